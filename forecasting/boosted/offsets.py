"""The boosted part at work: what it sees of an area's counts, and its offsets from Prophet's expectation.

It works on counts without events and in average weather. What weather and events do is Prophet's and theirs alone,
so nothing counts twice, and a scenario with other weather or other events needs the same offsets:

    expected = (Prophet's day total × share of the hour × rain and wind in the hour) × exp(offset) + people at events
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days as calendar_days
from forecasting.boosted import level_member
from forecasting.boosted.features import AHEAD_DAYS, features
from forecasting.boosted.model import BoostModel
from forecasting.inputs.special_days import MARGIN, school_holiday_names, special_days
from forecasting.model.analog_days import Analogs, analogs
from forecasting.model.day_model import DayModel
from forecasting.model.day_parts import DayParts
from forecasting.model.features import WEATHER_FEATURES, design
from forecasting.model.usual_counts import UsualCounts, usual_counts
from forecasting.values.arrays import Flags, Floats
from forecasting.values.timeline import Timeline

KNOWN_AHEAD: Final = 75
"""Days after the end of training of which the model keeps how their like went in earlier years."""

_FURTHEST: Final = 3.0
_SMALLEST: Final = 0.02
_LEAST_DAYS: Final = 3
_OTHER_LEVEL: Final = 1.2
"""In logarithms: more than three times as busy, or less than a third."""


@dataclass(frozen=True, eq=False)
class Boosted:
    """A fitted boosted part with what it needs of the past.

    ``until`` (UTC): counts from that moment on were not used; ``before``: earlier years' like of the days after it;
    ``weight`` (zones): see ``usual_counts.UsualCounts``; ``school_names``: the school holidays it knows, in order.
    """

    model: BoostModel
    before: Analogs
    weight: Floats
    school_names: tuple[str, ...]
    until: datetime

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "until": self.until.isoformat(),
            "school_names": list(self.school_names),
            "weight": [round(float(value), 3) for value in self.weight],
            "before": self.before.to_dict(),
            "model": self.model.to_dict(),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Boosted":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        return cls(
            BoostModel.from_dict(fields["model"]),
            Analogs.from_dict(fields["before"]),
            np.array(fields["weight"], dtype=float),
            tuple(fields["school_names"]),
            datetime.fromisoformat(fields["until"]),
        )


@dataclass(frozen=True, eq=False)
class Learning:
    """What the boosted part learns from: counts of all zones by day until the end of training, and some days more.

    ``end``: the place of the first day that is not wholly before the end of training; ``calendar``: see
    ``data.area.calendars.days``, with some weeks on either side.
    """

    counts: UsualCounts
    before: Analogs
    calendar: pd.DataFrame
    school_names: tuple[str, ...]
    end: int


def learning(area: Area, timeline: Timeline, quiet: Floats) -> Learning:
    """Return what ``quiet`` counts (zones × hours: without events, in average weather) let the boosted part see."""
    dates = pd.date_range(timeline.dates[0], periods=len(timeline.dates) + KNOWN_AHEAD, freq="D", unit="us")
    calendar = calendar_days(area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date())
    names = school_holiday_names(calendar)
    days = special_days(area, dates, names)
    counts = usual_counts(_by_day(timeline, quiet, dates), days)
    whole = timeline.hour_of_day[-1] == 23
    return Learning(counts, analogs(counts), calendar, names, len(timeline.dates) - (0 if whole else 1))


def recent_counts(
    area: Area, timeline: Timeline, quiet: Floats, cutoff: pd.Timestamp, until: pd.Timestamp, boosted: Boosted
) -> UsualCounts:
    """Return what is usual from the recent ``quiet`` counts (zones × hours), for the days ``cutoff`` to ``until``.

    Both are local midnights; counts of the day ``cutoff`` itself are not used. There are at least seven days.
    """
    last = max(until, cutoff + pd.Timedelta(days=AHEAD_DAYS - 1))
    dates = pd.date_range(timeline.dates[0], last, freq="D", unit="us")
    cube = _by_day(timeline, quiet, dates)
    cube[:, dates >= cutoff] = np.nan
    return usual_counts(cube, special_days(area, dates, boosted.school_names), boosted.weight)


def weather_effects(
    models: Sequence[DayModel], means: Sequence[Floats], calendar: pd.DataFrame, weather: Floats | None, days: Timeline
) -> Floats:
    """Return what the day ``models`` say that the days' weather did, against their mean weather: zones × days, logs."""
    out = np.zeros((len(models), len(days.dates)))
    if weather is None:
        return out
    x = design(WEATHER_FEATURES, calendar, weather, days)
    for zone, (model, mean) in enumerate(zip(models, means, strict=True)):
        here = [place for place, name in enumerate(model.names) if name in WEATHER_FEATURES]
        columns = [WEATHER_FEATURES.index(model.names[place]) for place in here]
        out[zone] = (x[:, columns] - mean[here]) @ model.coefficients[here]
    return out


def expected_quiet(
    model: BoostModel, counts: UsualCounts, cutoff: int, days: int, before: Analogs, parts: DayParts
) -> Floats:
    """Return the expected counts without events and in average weather: zones × days × 24 local hours.

    From the day with the place ``cutoff`` on, of which and after which no count is used; NaN where a zone has too
    little history to say what is usual, or has another level now.
    """
    ahead = np.arange(days)
    like = cutoff + ahead % 7
    seen = level_member.seen(counts, cutoff + ahead, like, before)
    logs = model.log_counts(features(counts, cutoff, days, before, parts), seen, counts.usual[:, like])
    expected = np.maximum(np.expm1(logs), _SMALLEST)
    return np.where(_stepped(counts, cutoff)[:, None, None], np.nan, expected)


def log_offsets(quiet: Floats, log_days: Floats, shares: Floats, caps: Floats, timeline: Timeline) -> Floats:
    """Return the offsets of the hours' logs that turn Prophet's expectation into the blended one: zones × hours.

    ``quiet``: as :func:`expected_quiet` of the timeline's days; ``log_days`` (zones × days): Prophet's ln(1 + total)
    in average weather, with the level of the last weeks; ``shares`` (zones × hours) of the day; ``caps`` (zones): the
    highest ln(1 + total) that is believed. 0 where the boosted part knows nothing.
    """
    totals = np.maximum(np.expm1(np.minimum(log_days, caps[:, None])), 0)[:, timeline.day]
    wanted = quiet[:, timeline.day, timeline.hour_of_day]
    offsets = np.log(wanted) - np.log(np.maximum(totals * shares, _SMALLEST / 10))
    return np.clip(np.where(np.isfinite(offsets), offsets, 0), -_FURTHEST, _FURTHEST)


def _stepped(counts: UsualCounts, cutoff: int) -> Flags:
    """Return the zones of which the last week was of another order than what is usual: Z.

    A sensor that sees another place, or a street that opened: only the level correction of Prophet's part knows.
    """
    week = np.arange(cutoff - AHEAD_DAYS, cutoff)
    above = counts.total[:, week] - counts.usual_total[:, week + AHEAD_DAYS]
    above[:, counts.days.special[week]] = np.nan
    known = np.isfinite(above).sum(axis=1) >= _LEAST_DAYS
    middle = np.zeros(len(above))
    middle[known] = np.nanmedian(above[known], axis=1)
    return np.abs(middle) > _OTHER_LEVEL


def _by_day(timeline: Timeline, values: Floats, dates: pd.DatetimeIndex) -> Floats:
    cube = np.full((len(values), len(dates), 24), np.nan)
    cube[:, dates.get_indexer(timeline.dates)] = timeline.cube(values)
    return cube
