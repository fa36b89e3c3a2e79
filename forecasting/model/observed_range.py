"""What the models have seen: the range of weather by month and the largest event. Beyond it they guess."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.schemas import empty
from data.consent import gate
from forecasting.inputs.history import WeatherKnown, weather_array
from forecasting.model.features import weather_features
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

YEARS: Final = 3
"""As many as the day models learn from."""


@dataclass(frozen=True, eq=False)
class Seen:
    """``weather``: months × (daytime temperature °C, mm in the hour, m/s) × (lowest, highest), NaN where there is none.

    A month's range includes the months before and after it. ``attendance``: of the largest event, 0 without one.
    """

    weather: Floats
    attendance: float


def read_seen(area: Area, until: pd.Timestamp, weather_known: WeatherKnown = "forecast") -> Seen:
    """Read what was observed in the :data:`YEARS` before ``until`` (aware)."""
    start, end = (until - timedelta(days=365 * YEARS)).to_pydatetime(), until.to_pydatetime()
    events = gate.read(area, "events", start, end)
    largest = float(events["attendance"].max()) if len(events) else 0.0
    weather = empty("weather") if weather_known == "none" else gate.read(area, "weather", start, end)
    return Seen(weather_range(weather, area), largest)


def weather_range(weather: pd.DataFrame, area: Area) -> Floats:
    """Return the range of observed weather (columns of ``data.area.schemas.WEATHER``): months × 3 × 2."""
    out = np.full((12, 3, 2), np.nan)
    if weather.empty:
        return out
    hours = pd.DatetimeIndex(weather["hour"])
    timeline = Timeline.between(hours.min(), hours.max() + pd.Timedelta(hours=1), area.tz)
    values = weather_array(weather, timeline.hours)
    daytime = weather_features(values, timeline)[:, 0]
    month_of_day = timeline.dates.month.to_numpy() - 1
    month_of_hour = month_of_day[timeline.day]
    for month in range(12):
        near = [(month - 1) % 12, month, (month + 1) % 12]
        for kind, (found, months) in enumerate(
            ((daytime, month_of_day), (values[:, 1], month_of_hour), (values[:, 2], month_of_hour))
        ):
            known = found[np.isin(months, near) & np.isfinite(found)]
            if len(known):
                out[month, kind] = known.min(), known.max()
    return out
