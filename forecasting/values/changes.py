"""What changed since an earlier forecast, day by day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast

_LEAST_HOURS: Final = 12
"""A day of which fewer hours are in both forecasts is not compared."""

NOTABLE_FACTOR: Final = 1.15
NOTABLE_DEGREES: Final = 2.0
"""Smaller changes are not worth a word: choices of this project, below what the intervals of a day span."""

_DAYTIME: Final = range(10, 18)


@dataclass(frozen=True)
class DayChange:
    """One local day: ``factor`` of the expected numbers, new to old (median over zones), and ``degrees`` warmer.

    ``degrees`` is the change of the mean temperature expected between 10:00 and 18:00; NaN where it is not known.
    """

    day: date
    factor: float
    degrees: float

    @property
    def notable(self) -> bool:
        """Whether people should be told."""
        return not 1 / NOTABLE_FACTOR < self.factor < NOTABLE_FACTOR or abs(self.degrees) >= NOTABLE_DEGREES


def changes(
    old: Forecast, new: Forecast, *, old_weather: Floats | None = None, new_weather: Floats | None = None
) -> list[DayChange]:
    """Return every local day that is in both forecasts, in order.

    ``…_weather``: what each was made with, hours × (temp_c, …), as in ``Snapshot.weather``. Empty when the
    forecasts are of other zones.
    """
    if old.zone_ids != new.zone_ids:
        return []
    common = new.hours.intersection(old.hours)
    here, there = new.hours.get_indexer(common), old.hours.get_indexer(common)
    local = common.tz_convert(new.tz)
    found = []
    for day in dict.fromkeys(local.date):
        hours = np.flatnonzero(local.date == day)
        if len(hours) < _LEAST_HOURS:
            continue
        now, before = new.median[:, here[hours]], old.median[:, there[hours]]
        both = np.isfinite(now) & np.isfinite(before)
        now, before = (np.where(both, values, 0).sum(axis=1) for values in (now, before))
        known = before > 0
        factor = float(np.median(now[known] / before[known])) if known.any() else float("nan")
        day_hours = hours[np.isin(local.hour[hours], _DAYTIME)]
        degrees = float("nan")
        if old_weather is not None and new_weather is not None and len(day_hours):
            degrees = float(np.mean(new_weather[here[day_hours], 0] - old_weather[there[day_hours], 0]))
        found.append(DayChange(day, factor if known.any() else 1.0, degrees))
    return found
