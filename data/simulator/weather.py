"""Invented weather at the Dutch coast: what happened, and what was forecast at a moment.

Four smooth hidden fields (warmth, cloud, showers, wind) are turned into hourly weather by one function, so that
its parts agree: rain comes from clouds, and sunny summer days are warm. A forecast uses the same function on
fields that lose their likeness to the real ones with lead time, down to no more than a plausible day.
"""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from data.area.schemas import HOUR
from data.simulator.noise import Floats, smooth

MONTHLY_NORMALS: Final = (4.5, 4.6, 6.7, 9.6, 13.0, 15.7, 17.9, 18.2, 15.7, 12.1, 8.2, 5.2)
"""Mean °C by month, January first: rounded normals of the Dutch coast."""

LATITUDE: Final = 52.1
LONGITUDE: Final = 4.3

HORIZON_DAYS: Final = 10
"""Days from the start (UTC) of the cutoff's day for which there is a forecast."""

SKILL_LOSS: Final = {"warmth": 0.073, "cloud": 0.085, "showers": 0.25, "wind": 0.085}
"""How much of its correlation with the real field a forecast field loses per day of lead time."""

SCALES: Final = {
    "warmth": ((480.0, 0.50), (144.0, 0.65), (60.0, 0.57)),
    "cloud": ((144.0, 0.60), (48.0, 0.60), (12.0, 0.53)),
    "showers": ((8.0, 0.80), (3.0, 0.60)),
    "wind": ((72.0, 0.70), (14.0, 0.71)),
}
"""Hidden fields: time scales in hours and their weights (squares add up to 1)."""

WET_THRESHOLD: Final = 1.28
"""It rains when the wetness index, a standard normal number, is above this: 10 % of the hours."""

Fields = dict[str, Floats]


def observed(seed: int, hours: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the weather of ``hours`` (UTC) as it happened, in the columns of ``data.area.schemas.WEATHER``."""
    return _weather(hours, _fields(seed, "real", hours), "observed")


def forecast(seed: int, hours: pd.DatetimeIndex, cutoff: datetime) -> pd.DataFrame:
    """Return the weather of ``hours`` (UTC) as forecast on the UTC day of ``cutoff``.

    There is one forecast a day. Half of the variance of what it gets wrong is shared by all forecasts of the
    same hour, half is its own. Hours beyond :data:`HORIZON_DAYS` are absent.
    """
    run = pd.Timestamp(cutoff).tz_convert("UTC").normalize()
    hours = hours[hours < run + pd.Timedelta(days=HORIZON_DAYS)]
    lead = np.maximum(np.asarray((hours - run) / pd.Timedelta(days=1), dtype=np.float64), 0)
    day = int(run.timestamp()) // 86_400
    real = _fields(seed, "real", hours)
    shared = _fields(seed, "misjudged", hours)
    own = _fields(seed, "run", hours, day)
    foreseen: Fields = {}
    for name, loss in SKILL_LOSS.items():
        likeness = np.maximum(1 - loss * lead, 0.0)
        error = (shared[name] + own[name]) / np.sqrt(2)
        foreseen[name] = likeness * real[name] + np.sqrt(1 - likeness**2) * error
    return _weather(hours, foreseen, "forecast")


def sun_elevation(hours: pd.DatetimeIndex) -> Floats:
    """Return the sun's elevation in degrees halfway through each hour (Cooper's declination, no refraction)."""
    day = _day_of_year(hours)
    declination = np.radians(23.45) * np.sin(2 * np.pi * (284 + day) / 365)
    angle = np.radians(15 * (_clock(hours) + 0.5 + LONGITUDE / 15 - 12))
    latitude = np.radians(LATITUDE)
    sine = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(angle)
    return np.asarray(np.degrees(np.arcsin(sine)))


def normal_temperature(hours: pd.DatetimeIndex) -> Floats:
    """Return the normal daily mean temperature in °C: two annual harmonics through the monthly normals."""
    spectrum = np.fft.rfft(MONTHLY_NORMALS) / 12
    phase = 2j * np.pi * (_day_of_year(hours) - 15.7) / 365.25
    cycles = sum(2 * (spectrum[k] * np.exp(k * phase)).real for k in (1, 2))
    return np.asarray(spectrum[0].real + cycles)


def _fields(seed: int, world: str, hours: pd.DatetimeIndex, *counters: int) -> Fields:
    time = hours.as_unit("s").asi8 // 3600
    return {
        name: np.asarray(
            sum(
                weight * smooth(seed, f"weather/{world}/{name}/{scale:g}", time, scale, *counters)
                for scale, weight in scales
            )
        )
        for name, scales in SCALES.items()
    }


def _weather(hours: pd.DatetimeIndex, fields: Fields, origin: str) -> pd.DataFrame:
    warmth, cloud, showers, wind = (fields[name] for name in SCALES)
    summer = np.cos(2 * np.pi * (_day_of_year(hours) - 196) / 365.25)
    covered = 1 / (1 + np.exp(-0.4 - 1.7 * cloud))
    wetness = 0.7 * cloud + np.sqrt(1 - 0.7**2) * showers
    rain = np.where(wetness > WET_THRESHOLD, 0.1 + 2.2 * np.maximum(wetness - WET_THRESHOLD, 0) ** 1.5, 0.0)
    covered = np.where(rain > 0, np.maximum(covered, 0.85), covered)

    heat = 2.5 * warmth + 0.6 * (warmth**2 - 1) * np.maximum(summer, 0) - (0.4 + 1.0 * summer) * cloud
    swing = (3.0 + 1.7 * summer) * (1 - 0.6 * covered)
    daily = swing * np.cos(2 * np.pi * (_clock(hours) + 0.5 - 13.3) / 24)
    elevation = sun_elevation(hours)
    daylight = np.clip((elevation + 1) / 6, 0, 1)
    breeze = 0.8 * np.maximum(summer, 0) * daylight
    speed = (6.0 - 0.7 * summer) * np.exp(0.36 * (0.93 * wind + 0.36 * cloud) - 0.065) + breeze
    return pd.DataFrame(
        {
            "hour": hours.astype(HOUR),
            "temp_c": np.round(normal_temperature(hours) + heat + daily, 1),
            "rain_mm": np.round(rain, 1),
            "wind_ms": np.round(speed, 1),
            "sun_h": np.round(daylight * np.clip(1.1 - 1.15 * covered, 0, 1), 2),
            "cloud_okta": np.round(8 * covered),
            "origin": pd.Series(origin, index=range(len(hours)), dtype=str),
        }
    )


def _clock(hours: pd.DatetimeIndex) -> Floats:
    return hours.hour.to_numpy(dtype=np.float64)


def _day_of_year(hours: pd.DatetimeIndex) -> Floats:
    return hours.day_of_year.to_numpy(dtype=np.float64)
