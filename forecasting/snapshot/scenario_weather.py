"""The weather of a scenario: from words and wishes to the weather of every hour.

Only hours from the cutoff on change. Hours are local: a beach day is one on the beach's own clock.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from forecasting.model.features import DAYTIME
from forecasting.values.arrays import Flags, Floats
from forecasting.values.scenario import Preset, Weather
from forecasting.values.timeline import Timeline

TEMP, RAIN, WIND, SUN = range(4)
"""Columns of weather: °C, mm in the hour, m/s, share of the hour with sunshine."""

WET_MM: Final = 0.1
"""An hour with this much rain in a scenario has no sunshine."""


@dataclass(frozen=True)
class Recipe:
    """A preset: the mean from 10:00 to 18:00 (or a difference), rain in the local hours ``wet``, wind, sunshine."""

    temp_c: float | None
    temp_delta_c: float
    rain_mm: float
    wet: tuple[int, ...]
    wind_ms: float
    sun_h: float


RECIPES: Final[dict[Preset, Recipe]] = {
    "stranddag": Recipe(temp_c=26, temp_delta_c=0, rain_mm=0, wet=(), wind_ms=3, sun_h=0.9),
    "buiig": Recipe(temp_c=None, temp_delta_c=-2, rain_mm=1.5, wet=tuple(range(1, 24, 2)), wind_ms=7, sun_h=0.2),
    "storm": Recipe(temp_c=None, temp_delta_c=-4, rain_mm=2, wet=tuple(range(24)), wind_ms=14, sun_h=0),
}
"""Assumptions of this project. A beach day: 26 °C, dry, a light breeze (Beaufort 2), sunshine nine tenths of the
daylight hours. Showers: 2 °C colder, 1.5 mm in every other hour, a moderate breeze (Beaufort 4), little sunshine.
Storm: 4 °C colder, 2 mm in every hour, a near gale (Beaufort 7), no sunshine."""

_DAYLIGHT: Final = (8, 20)


def changed_weather(weather: Floats, timeline: Timeline, wish: Weather, ahead: Flags) -> Floats:
    """Return ``weather`` (hours × 4) as a scenario wishes it in the hours that are ``ahead`` (boolean)."""
    recipe = RECIPES.get(wish.preset) if wish.preset else None
    out = weather.copy()
    temp_c = recipe.temp_c if recipe else wish.temp_c
    delta = recipe.temp_delta_c if recipe else wish.temp_delta_c or 0.0
    if temp_c is not None:
        out[:, TEMP] += np.where(ahead, (temp_c - _daytime_mean(weather[:, TEMP], timeline))[timeline.day], 0)
    elif delta:
        out[ahead, TEMP] += delta
    if recipe is not None:
        wet = np.isin(timeline.hour_of_day, recipe.wet)
        out[ahead, RAIN] = np.where(wet, recipe.rain_mm, 0.0)[ahead]
        out[ahead, WIND] = recipe.wind_ms
        daylight = (timeline.hour_of_day >= _DAYLIGHT[0]) & (timeline.hour_of_day < _DAYLIGHT[1])
        out[ahead, SUN] = np.where(daylight, recipe.sun_h, 0.0)[ahead]
        return out
    if wish.rain_mm is not None:
        out[ahead, RAIN] = wish.rain_mm
        if wish.rain_mm >= WET_MM:
            out[ahead, SUN] = 0.0
    if wish.wind_ms is not None:
        out[ahead, WIND] = wish.wind_ms
    return out


def _daytime_mean(temp: Floats, timeline: Timeline) -> Floats:
    """Mean from 10:00 to 18:00 of every day."""
    used = (timeline.hour_of_day >= DAYTIME[0]) & (timeline.hour_of_day < DAYTIME[1])
    count = len(timeline.dates)
    sums = np.bincount(timeline.day[used], temp[used], count)
    return np.asarray(sums / np.maximum(np.bincount(timeline.day[used], minlength=count), 1))
