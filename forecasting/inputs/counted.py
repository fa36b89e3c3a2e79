"""Which hours of the week a zone counts. Of hours that a counter never counts nothing can be expected.

Counters of shops and streets often run from opening to closing time, or at weekends only. What they do not count is
unknown, and stays so in a forecast; for the models such hours hold nobody, so that a day is whole without them.
"""

from typing import Final

import numpy as np

from forecasting.values.arrays import Flags, Floats
from forecasting.values.timeline import Timeline

DAYS: Final = 56
"""Days, up to the last known count, by which it is judged what a zone counts."""

LEAST: Final = 0.05
"""An hour of the day that was known on a smaller share of those days is not counted."""

LEAST_WEEKS: Final = 4
"""In so many weeks with counts, an hour of the week that was never known is not counted."""


def counted_week(timeline: Timeline, counts: Floats) -> Flags:
    """Return which local hours of the week each zone counts: zones × 7 (Monday first) × 24.

    ``counts`` (zones × hours of ``timeline``) are NaN where unknown. A zone that has none counts nothing.
    """
    known = np.isfinite(timeline.cube(counts))
    # Of a day that is not over, nobody knows yet whether its other hours are counted.
    ahead = np.zeros(known.shape[1:], dtype=bool)
    ahead[timeline.day[-1], timeline.hour_of_day[-1] + 1 :] = True
    weekday = timeline.dates.day_of_week.to_numpy()
    out = np.zeros((len(counts), 7, 24), dtype=bool)
    for z, zone in enumerate(known):
        there = np.flatnonzero(zone.any(axis=1))
        if not len(there):
            continue
        last = int(there[-1])
        days = np.arange(max(last - DAYS + 1, 0), last + 1)
        often = zone[days].sum(axis=0) >= LEAST * DAYS
        weeks = len(set(((last - there[there >= days[0]]) // 7).tolist()))
        seen = zone | (ahead & zone.any(axis=1, keepdims=True))
        by_weekday = np.stack([seen[days[weekday[days] == day]].any(axis=0) for day in range(7)])
        out[z] = often & (by_weekday | (weeks < LEAST_WEEKS))
    return out


def at_hours(week: Flags, timeline: Timeline) -> Flags:
    """Return which hours of ``timeline`` are counted: zones × hours of zones × 7 × 24."""
    return np.asarray(week[:, timeline.dates.day_of_week.to_numpy()[timeline.day], timeline.hour_of_day])


def nobody_outside(week: Flags, timeline: Timeline, counts: Floats) -> Floats:
    """Return ``counts`` (zones × hours) with 0 at hours that are not counted, on days of which others are."""
    some = week.any(axis=2, keepdims=True) & ~week
    return np.where(at_hours(some, timeline), 0.0, counts)
