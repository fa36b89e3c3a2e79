"""Saturdays as they were counted or are expected, and what is usual: what people set their thresholds by."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.consent import gate
from forecasting.inputs.history import count_array
from forecasting.values.arrays import Floats, Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import DAYTIME
from language import UserError

SATURDAY: Final = 5
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, eq=False)
class Day:
    """One local day: its hours (area time) and zones × hours of counts, or the expected ones where not ``counted``."""

    zone_ids: tuple[str, ...]
    hours: pd.DatetimeIndex
    counts: Floats
    counted: bool

    @property
    def date(self) -> date:
        """The day."""
        found: date = self.hours[0].date()
        return found

    def of(self, zone_id: str) -> Floats:
        """Return the counts of one zone by the hour, NaN where unknown."""
        return np.asarray(self.counts[self.zone_ids.index(zone_id)])

    def levels(self, zone_id: str, zone_thresholds: tuple[float, float, float]) -> Levels:
        """Return the level index of a zone by the hour, -1 where unknown."""
        counts = self.of(zone_id)
        found = np.searchsorted(np.array(zone_thresholds), counts, side="right")
        return np.where(np.isnan(counts), -1, found).astype(np.int8)


def last_saturday(area: Area, before: datetime) -> Day | None:
    """Return the last whole Saturday (area time) before a moment, as it was counted.

    ``None`` where its counts may not be read, or none is known.
    """
    local = pd.Timestamp(before).tz_convert(area.tz)
    today = local.tz_localize(None).normalize()
    day = today - pd.Timedelta(days=(today.day_of_week - SATURDAY) % 7 or 7)
    start, end = (moment.tz_localize(area.tz) for moment in (day, day + pd.Timedelta(days=1)))
    hours = pd.date_range(start, end, freq="h", inclusive="left").tz_convert("UTC")
    try:
        counts = gate.read(area, "counts", start.to_pydatetime(), end.to_pydatetime())
    except UserError:
        return None
    found = count_array(counts, area.zone_ids, hours)
    return Day(area.zone_ids, hours.tz_convert(area.tz), found, counted=True) if np.isfinite(found).any() else None


def next_saturday(forecast: Forecast) -> Day | None:
    """Return the first whole Saturday of a forecast as it is expected (medians), ``None`` where there is none."""
    local = forecast.local_hours
    for day in sorted(set(local.date)):
        chosen = np.flatnonzero(local.date == day)
        if day.weekday() == SATURDAY and local[chosen[0]].hour == 0 and local[chosen[-1]].hour == 23:
            return Day(forecast.zone_ids, local[chosen], forecast.median[:, chosen], counted=False)
    return None


def usual_counts(area: Area, before: datetime) -> dict[str, Floats]:
    """Return each zone's known daytime counts (local hours 8–22) of the year before a moment.

    Empty where they may not be read.
    """
    try:
        counts = gate.read(area, "counts", before - _YEAR, before)
    except UserError:
        return {}
    hour = pd.DatetimeIndex(counts["hour"]).tz_convert(area.tz).hour
    known = counts[(hour >= DAYTIME[0]) & (hour < DAYTIME[1]) & counts["count"].notna()]
    return {str(zone_id): group.to_numpy(float) for zone_id, group in known.groupby("zone_id")["count"]}
