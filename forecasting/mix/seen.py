"""What the trees of the mix look at, for every zone and hour of some days. ``NAMES`` lists it.

Counts are ln(1 + count) of days without events, in average weather. Of the last days only those before the day's own
week are used, so that a day ahead is seen as the days that were learned from: no forecast has to be simulated.
"""

import warnings
from typing import Final

import numpy as np

from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Flags, Floats, Ints

WEEKS: Final = range(1, 9)
_WEEK: Final = 7
_LIMIT: Final = 1.5

Columns = dict[str, Floats]


def seen(counts: UsualCounts, target: Ints, like: Ints, year_before: Floats) -> Columns:
    """Return what is seen by name, each Z × T × 24 or with axes of length 1, of the days with the places ``target``.

    Counts are those before the days ``like`` (the same weekdays, at most a week after the last known count), the
    calendar is the target's; ``year_before`` (Z × T × 24): ln(1 + count) 52 weeks before the target.
    """
    days, usual = counts.days, counts.usual[:, like]
    base = counts.base_on(target, like)
    sunday = like - (days.weekday[like] - 6) % _WEEK
    own, area = last_errors(counts, like)
    lags = {f"lag{week}": counts.logs[:, like - _WEEK * week] for week in WEEKS}
    return {
        "zone": np.arange(len(counts.logs), dtype=np.float32)[:, None, None],
        "hour": np.arange(24, dtype=np.float32)[None, None],
        "weekday": by_day(days.weekday[target]),
        "day_of_year": by_day(days.dates.day_of_year.to_numpy()[target]),
        "holiday": by_day(days.holiday[target]),
        "school": by_day(days.school[target]),
        "before": by_day(days.before[target]),
        "after": by_day(days.after[target]),
        "run": by_day(days.run[target]),
        "base": base,
        "spread": counts.spread[:, like],
        "sunday": counts.usual[:, sunday] - usual,
        "last": own[..., None],
        "last_area": area[None, :, None],
        "lag52": year_before,
        **lags,
        **{f"above{week}": lag - base for week, lag in zip(WEEKS, lags.values(), strict=True)},
        "above52": year_before - base,
    }


def last_errors(counts: UsualCounts, like: Ints) -> tuple[Floats, Floats]:
    """Return how far the days 13 to 7 before each day lay above what was usual: Z × T, and of the area: T."""
    above = np.where(counts.days.special, np.nan, counts.total - counts.usual_total)
    week = np.clip(above, -_LIMIT, _LIMIT)[:, like[:, None] - np.arange(_WEEK, 2 * _WEEK)]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        own = np.nanmean(week, axis=2)
    return own, np.where(np.isfinite(own).any(axis=0), counts.pooled(own), np.nan)


def stacked(columns: Columns, names: tuple[str, ...], shape: tuple[int, ...]) -> Floats:
    """Return the columns ``names`` side by side: Z × T × 24 × F, single precision."""
    out = np.empty((*shape, len(names)), dtype=np.float32)
    for place, name in enumerate(names):
        out[..., place] = columns[name]
    return out


def by_day(values: Flags | Floats | Ints) -> Floats:
    """Return values of days as 1 × T × 1."""
    return np.asarray(values, dtype=np.float32)[None, :, None]
