"""What the mix sees of an area's counts, in training and at a cutoff, and its offsets from Prophet's expectation.

It works on counts without events and in mean weather. What weather and events do is added by
the effects of the area model alone, so nothing counts twice, and a scenario with other weather or other events needs
the same offsets:

    expected = (Prophet's day total × share of the hour × rain and wind in the hour) × exp(offset) + people at events
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days as calendar_days
from forecasting.inputs.special_days import MARGIN, special_days
from forecasting.mix.mix import WEEK, Mix
from forecasting.model.robust_days import DayDesign
from forecasting.model.usual_counts import UsualCounts, usual_counts
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

KNOWN_AHEAD: Final = 75
"""Days after the end of training of which the mix keeps what was counted a year before."""

_FURTHEST: Final = 3.0
_SMALLEST: Final = 0.002


@dataclass(frozen=True, eq=False)
class Learning:
    """What the mix learns from: counts of all zones by day until the end of training, and some days more.

    ``end``: the place of the first day that is not wholly before the end of training; ``calendar``: see
    ``data.area.calendars.days``, with some weeks on either side; ``design``: of the days, for the day models.
    """

    counts: UsualCounts
    calendar: pd.DataFrame
    design: DayDesign
    end: int


def learning(area: Area, timeline: Timeline, quiet: Floats) -> Learning:
    """Return what ``quiet`` counts (zones × hours: without events, in mean weather) let the mix learn from."""
    dates = pd.date_range(timeline.dates[0], periods=len(timeline.dates) + KNOWN_AHEAD, freq="D", unit="us")
    calendar = calendar_days(area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date())
    counts = usual_counts(_by_day(timeline, quiet, dates), special_days(area, dates))
    whole = timeline.hour_of_day[-1] == 23
    end = len(timeline.dates) - (0 if whole else 1)
    return Learning(counts, calendar, DayDesign(calendar, dates), end)


def recent_counts(
    area: Area, timeline: Timeline, quiet: Floats, cutoff: pd.Timestamp, until: pd.Timestamp, mix: Mix
) -> UsualCounts:
    """Return what is usual from the recent ``quiet`` counts (zones × hours), for the days ``cutoff`` to ``until``.

    Both are local midnights; counts of the day ``cutoff`` itself are not used. There are at least seven days.
    """
    last = max(until, cutoff + pd.Timedelta(days=WEEK - 1))
    dates = pd.date_range(timeline.dates[0], last, freq="D", unit="us")
    cube = _by_day(timeline, quiet, dates)
    cube[:, dates >= cutoff] = np.nan
    return usual_counts(cube, special_days(area, dates), mix.weight)


def log_offsets(quiet: Floats, log_days: Floats, shares: Floats, caps: Floats, timeline: Timeline) -> Floats:
    """Return the offsets of the hours' logs that turn Prophet's expectation into that of the mix: zones × hours.

    ``quiet``: as ``mix.expected_quiet`` of the timeline's days; ``log_days`` (zones × days): Prophet's ln(1 + total)
    in mean weather; ``shares`` (zones × hours) of the day; ``caps`` (zones): the highest
    ln(1 + total) that is believed. 0 where the mix knows nothing.
    """
    totals = np.maximum(np.expm1(np.minimum(log_days, caps[:, None])), 0)[:, timeline.day]
    wanted = quiet[:, timeline.day, timeline.hour_of_day]
    offsets = np.log(wanted) - np.log(np.maximum(totals * shares, _SMALLEST))
    return np.clip(np.where(np.isfinite(offsets), offsets, 0), -_FURTHEST, _FURTHEST)


def _by_day(timeline: Timeline, values: Floats, dates: pd.DatetimeIndex) -> Floats:
    cube = np.full((len(values), len(dates), 24), np.nan)
    cube[:, dates.get_indexer(timeline.dates)] = timeline.cube(values)
    return cube
