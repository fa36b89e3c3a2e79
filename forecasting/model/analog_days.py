"""The same day of earlier years: by Easter, by date around Christmas, by the nearest holiday, else 52 weeks before.

How such days went, against what was usual then, is what the past can say about the days that come once a year.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped]

from forecasting.inputs.special_days import SpecialDays
from forecasting.model.usual_counts import UsualCounts, smoothed
from forecasting.values.arrays import Floats, Ints
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked

YEARS: Final = (1, 2, 3)
_WEEKS_52: Final = 364
_NEAR_HOLIDAY: Final = 3
_SAME_HOLIDAY: Final = 25


@dataclass(frozen=True, eq=False)
class Analogs:
    """How far above the usual (logarithms) earlier years' days were, for D days (``dates``) of Z zones.

    ``weeks52``: 52 weeks before, Z × D × 24; ``weeks52_day``: of the day's total, Z × D; ``weeks52_area``: pooled
    over zones, D; ``weeks52_logs``: ln(1 + count) itself then, Z × D × 24. ``last``: of the same day a year before,
    ``mean``: of one, two and three years before (Z × D × 24); ``mean_area`` (D × 24), ``mean_day`` (Z × D) and
    ``mean_area_day`` (D) likewise. NaN where unknown.
    """

    dates: pd.DatetimeIndex
    weeks52: Floats
    weeks52_day: Floats
    weeks52_area: Floats
    weeks52_logs: Floats
    last: Floats
    mean: Floats
    mean_area: Floats
    mean_day: Floats
    mean_area_day: Floats

    def on(self, dates: pd.DatetimeIndex) -> "Analogs":
        """Return those of other ``dates``: unknown where this holds nothing of them."""
        place = self.dates.get_indexer(dates)
        missing = place < 0
        taken: dict[str, Floats] = {}
        for name, axis in _AXIS.items():
            values = np.take(getattr(self, name), np.maximum(place, 0), axis=axis).astype(np.float32)
            values[(slice(None),) * axis + (missing,)] = np.nan
            taken[name] = values
        return Analogs(dates, **taken)

    def to_dict(self) -> dict[str, Any]:
        """Return the values for JSON: hundredths in 16 bits, compressed."""
        kept = {}
        for name in _AXIS:
            values = getattr(self, name)
            kept[name] = {"shape": list(values.shape), "values": packed(to_hundredths(values))}
        return {"first": self.dates[0].date().isoformat(), "days": len(self.dates), **kept}

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Analogs":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        dates = pd.date_range(fields["first"], periods=fields["days"], freq="D", unit="us")
        found: dict[str, Floats] = {}
        for name in _AXIS:
            values = from_hundredths(unpacked(fields[name]["values"]))
            found[name] = values.reshape(fields[name]["shape"]).astype(np.float32)
        return cls(dates, **found)


_AXIS: Final = {field.name: 0 if "area" in field.name else 1 for field in fields(Analogs) if field.name != "dates"}


def analogs(counts: UsualCounts) -> Analogs:
    """Return how the analog days of all days of ``counts`` went; a day after the cutoff is never one of them."""
    days = counts.days
    places = np.array([analog_days(days, years) for years in YEARS])
    weeks52 = np.arange(len(days.dates)) - _WEEKS_52
    by_hour, by_day = smoothed(counts.error, (0.25, 0.5, 0.25)), counts.total - counts.usual_total
    area, area_day = _pooled(counts, counts.error), _pooled(counts, by_day)
    return Analogs(
        days.dates,
        _taken(by_hour, weeks52, 1),
        _taken(by_day, weeks52, 1),
        _taken(area_day, weeks52, 0),
        _taken(counts.logs, weeks52, 1),
        _taken(by_hour, places[0], 1),
        _mean([_taken(by_hour, place, 1) for place in places]),
        _mean([_taken(area, place, 0) for place in places]),
        _mean([_taken(by_day, place, 1) for place in places]),
        _mean([_taken(area_day, place, 0) for place in places]),
    )


def analog_days(days: SpecialDays, years: int) -> Ints:
    """Return the place of each day's analog so many ``years`` before: D, below 0 where there is none."""
    return np.array([_analog(days, place, years) for place in range(len(days.dates))], dtype=np.int64)


def _analog(days: SpecialDays, place: int, years: int) -> int:
    date = days.dates[place]
    if -10 <= days.easter[place] <= 8:
        then = pd.Timestamp(easter(date.year - years)) + pd.Timedelta(days=int(days.easter[place]))
    elif -24 <= days.christmas[place] <= 16:
        then = date - pd.DateOffset(years=years)
    else:
        then = _by_holiday(days, place, years) or date - pd.Timedelta(days=_WEEKS_52 * years)
    return max(int((then - days.dates[0]).days), -1)


def _by_holiday(days: SpecialDays, place: int, years: int) -> pd.Timestamp | None:
    """Return the day as far from the same holiday as this one is from the first holiday within three days."""
    for apart in range(-_NEAR_HOLIDAY, _NEAR_HOLIDAY + 1):
        near = place + apart
        if 0 <= near < len(days.dates) and days.holiday[near]:
            then = near - 365 * years
            around = range(max(0, then - _SAME_HOLIDAY), max(then + _SAME_HOLIDAY + 1, 0))
            same = [other for other in around if other < len(days.names) and days.names[other] == days.names[near]]
            if same:
                return pd.Timestamp(days.dates[same[0]] - pd.Timedelta(days=apart))
    return None


def _pooled(counts: UsualCounts, values: Floats) -> Floats:
    return np.where(np.isfinite(values).any(axis=0), counts.pooled(values), np.nan)


def _taken(values: Floats, place: Ints, axis: int) -> Floats:
    found = np.take(values, np.maximum(place, 0), axis=axis).astype(np.float32)
    found[(slice(None),) * axis + (place < 0,)] = np.nan
    return found


def _mean(values: list[Floats]) -> Floats:
    stacked = np.stack(values)
    known = np.isfinite(stacked)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, stacked, 0).sum(axis=0) / np.maximum(count, 1), np.nan).astype(
        np.float32
    )
