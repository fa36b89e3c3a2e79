"""From the day model and the last weeks to expected counts by the hour."""

import numpy as np

from forecasting.model.level import DAYS, level_correction
from forecasting.model.profiles import day_totals, long_shares, recent_profiles
from forecasting.values.arrays import Floats, Ints
from forecasting.values.timeline import Timeline


def recent_state(
    recent: Timeline, ordinary: Floats, kinds: Ints, first_day: int, log_days: Floats, profile: Floats
) -> tuple[float, Floats]:
    """Return one zone's level correction and its shares by kind of day (14 × 24), as they are now.

    ``recent`` ends at the cutoff; ``ordinary`` are its counts without events. ``kinds`` and ``log_days`` (what
    the day model says) are by day, and ``first_day`` is the place in them of the first day of ``recent``.
    """
    cube = recent.cube(ordinary)
    days = slice(first_day, first_day + len(recent.dates))
    totals = day_totals(cube, long_shares(profile, kinds[days], recent.dates))
    level = level_correction(totals[None, -DAYS:], log_days[days][None, -DAYS:])
    return float(level[0]), recent_profiles(cube, kinds[days], profile[recent.dates[-1].month - 1])


def expected_counts(
    log_days: Floats, shares: Floats, day: Ints, hour_log: Floats, added: Floats, cap: Floats | float
) -> Floats:
    """Return expected counts: … × hours.

    ``log_days``: ln(1 + day total), … × days, no higher than ``cap`` (…); ``shares`` (… × hours) of the day;
    ``day`` (hours) the place of each hour's day; ``hour_log``: logarithm of the hour's own factor; ``added``:
    people whom events add.
    """
    totals = np.maximum(np.expm1(np.minimum(log_days, np.asarray(cap)[..., None])), 0)
    return np.asarray(totals[..., day] * shares * np.exp(hour_log) + added)
