"""How a day's total is spread over its hours, by kind of day, and day totals from incomplete days.

A kind of day is a weekday (a public holiday counts as a Sunday), in or out of the school holidays: 14 kinds.
Shares of a day's 24 local hours sum to 1. For counts of people present a day's total is in person-hours.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.values.arrays import Floats, Ints

RECENT_DAYS: Final = 70
"""Ten weeks: the recent days whose shares count most."""

LEAST_KNOWN: Final = 0.75
"""A day counts when the hours known of it usually hold at least this share of the day."""

KINDS: Final = 14
_PRIOR_DAYS: Final = 4.0
_OTHER_SCHOOL: Final = 0.4
_LONG_KINDS: Final = np.array([0, 0, 0, 0, 1, 2, 3])
_PRIOR_FLAT: Final = 2.0
_SMALLEST: Final = 1e-5


def day_kinds(calendar: pd.DataFrame, dates: pd.DatetimeIndex) -> Ints:
    """Return the kind of each day: 0–6 Monday–Sunday out of the school holidays, 7–13 in them."""
    rows = calendar.loc[dates]
    weekday = np.where(rows["public_holiday"] != "", 6, rows["weekday"])
    return np.asarray(weekday + 7 * (rows["school_holiday"] != ""), dtype=np.int64)


def day_totals(cube: Floats, shares: Floats) -> Floats:
    """Return totals of days (… × D) from counts by day and local hour (… × D × 24, NaN where unknown).

    What is unknown is taken to be its usual share, ``shares`` (… × D × 24), of the day; a day of which the
    known hours usually hold less than :data:`LEAST_KNOWN` is unknown.
    """
    known = np.isfinite(cube)
    mass = np.where(known, shares, 0).sum(axis=-1)
    total = np.where(known, cube, 0).sum(axis=-1)
    return np.where(mass >= LEAST_KNOWN, total / np.maximum(mass, LEAST_KNOWN), np.nan)


def long_profile(cube: Floats, kinds: Ints, dates: pd.DatetimeIndex) -> Floats:
    """Return one zone's usual shares over its whole history: month × (Mon–Thu, Fri, Sat, Sun) × 24.

    ``cube`` is D × 24. A month borrows from its neighbours (half weight) and, where it has few days, from the
    mean over all months.
    """
    total = cube.sum(axis=1)
    whole = np.isfinite(total) & (total > 0)
    shares = cube[whole] / total[whole, None]
    group, month = _LONG_KINDS[kinds[whole] % 7], dates[whole].month.to_numpy() - 1
    flat = (shares.sum(axis=0) + 1 / 24) / (whole.sum() + 1)
    out = np.empty((12, 4, 24))
    for g in range(4):
        here = group == g
        all_year = (shares[here].sum(axis=0) + _PRIOR_FLAT * flat) / (here.sum() + _PRIOR_FLAT)
        apart = np.abs(month[here][None, :] - np.arange(12)[:, None])
        near = np.array([1.0, 0.5, 0, 0, 0, 0, 0])[np.minimum(apart, 12 - apart)]
        weight = near.sum(axis=1, keepdims=True)
        out[:, g] = (near @ shares[here] + _PRIOR_DAYS * all_year) / (weight + _PRIOR_DAYS)
    return out


def long_shares(profile: Floats, kinds: Ints, dates: pd.DatetimeIndex) -> Floats:
    """Return the long-run shares of days: D × 24 from a :func:`long_profile`."""
    return np.asarray(profile[dates.month.to_numpy() - 1, _LONG_KINDS[kinds % 7]])


def recent_profiles(cube: Floats, kinds: Ints, prior: Floats) -> Floats:
    """Return the shares of each kind of day, as they are now: 14 × 24.

    ``cube`` holds one zone's recent days (D × 24), ``prior`` the long-run shares (4 × 24) of the month. The
    days of the same weekday count fully, in the other half of school holidays or not for 0.4, and the long run
    for four days.
    """
    total = cube.sum(axis=1)
    whole = np.isfinite(total) & (total > 0)
    shares, kinds = cube[whole] / total[whole, None], kinds[whole]
    weights = _kind_weights(kinds)
    summed = weights @ shares + _PRIOR_DAYS * prior[_LONG_KINDS[np.arange(KINDS) % 7]]
    mixed = np.maximum(summed / (weights.sum(axis=1, keepdims=True) + _PRIOR_DAYS), _SMALLEST)
    return np.asarray(mixed / mixed.sum(axis=1, keepdims=True))


def _kind_weights(kinds: Ints) -> NDArray[np.float64]:
    wanted = np.arange(KINDS)[:, None]
    same_weekday = wanted % 7 == kinds[None, :] % 7
    same_school = wanted // 7 == kinds[None, :] // 7
    return np.where(same_weekday, np.where(same_school, 1.0, _OTHER_SCHOOL), 0.0)
