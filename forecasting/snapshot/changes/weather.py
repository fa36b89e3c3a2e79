"""Other weather from the cutoff on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from forecasting.model.features import WEATHER_FEATURES, weather_features
from forecasting.model.hour_effects import hour_features
from forecasting.snapshot.changes.kind import Doubt, ScenarioKind
from forecasting.snapshot.scenario_weather import RECIPES, TEMP, changed_weather
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags, Floats
from forecasting.values.scenario import Scenario, Weather
from language import UserError, message_id

Beyond = Literal["warm", "cold", "rain", "wind"]

_STEP: Final = {"warm": 10.0, "cold": 10.0, "rain": 5.0, "wind": 5.0}
"""Beyond the range by this much (°C, mm in the hour, m/s), intervals are twice as wide: an assumption."""

_SAME_C: Final = 1.0
"""A day that becomes colder by no more than this (°C) is not told of."""

SLACK: Final = 0.1
"""What lies beyond the range by less than this counts as seen."""

_SAID: Final[dict[Beyond, str]] = {
    "warm": message_id(
        "{value} °C in the daytime: the model has never seen this. The warmest day at this time of year was {seen} °C."
    ),
    "cold": message_id(
        "{value} °C in the daytime: the model has never seen this. The coldest day at this time of year was {seen} °C."
    ),
    "rain": message_id(
        "{value} mm of rain in an hour: the model has never seen this. The most at this time of year was {seen} mm."
    ),
    "wind": message_id(
        "Wind of {value} m/s: the model has never seen this. The most at this time of year was {seen} m/s."
    ),
}


def _told(s: Snapshot, scenario: Scenario) -> Snapshot:
    """Raises ``UserError`` in an area whose models know no weather."""
    if set(s.weather_origin) == {"none"}:
        raise UserError(
            "The forecasts of {area} do not use the weather, so a scenario cannot change it.", area=s.area_id
        )
    whole = s.whole_timeline
    weather = changed_weather(s.whole_weather, whole, scenario.weather or Weather(), whole.hours >= s.hours[0])
    first = int(whole.hours.searchsorted(s.hours[0]))
    ahead = weather[first : first + len(s.hours)]
    days = s.days.copy()
    features = weather_features(_within_reach(s, weather), whole)
    for column, name in enumerate(s.names):
        if name in WEATHER_FEATURES:
            days[:, column] = features[:, WEATHER_FEATURES.index(name)]
    return replace(s, whole_weather=weather, weather=ahead, hour_features=hour_features(ahead), days=days)


def _within_reach(s: Snapshot, weather: Floats) -> Floats:
    """Return the weather with days no warmer or colder than was ever seen at that time of year, or is forecast.

    Beyond that, a day counts as the warmest (or coldest) one seen: a slope that was learned below 25 °C says nothing
    about 38.
    """
    whole = s.whole_timeline
    forecast, wished = (weather_features(known, whole)[:, 0] for known in (s.whole_weather, weather))
    seen = s.seen.weather[s.dates.month.to_numpy() - 1, 0]
    reached = np.clip(wished, np.fmin(seen[:, 0], forecast), np.fmax(seen[:, 1], forecast))
    out = weather.copy()
    out[:, TEMP] += np.where(np.isfinite(seen).all(axis=1), reached - wished, 0)[whole.day]
    return out


def _doubts(before: Snapshot, changed: Snapshot, scenario: Scenario) -> Iterator[Doubt]:
    """Beyond what was seen, and beyond what is forecast anyway."""
    if "weather" not in scenario.changed:
        return
    for beyond, (value, seen, excess) in _weather(before, changed).items():
        if excess.max(initial=0) > 0:
            worst = int(excess.argmax())
            yield Doubt(beyond, float(value[worst]), float(seen[worst]), _SAID[beyond])


def _widened(before: Snapshot, changed: Snapshot, scenario: Scenario) -> Floats:
    wide = np.ones((len(changed.zone_ids), len(changed.hours)))
    if "weather" in scenario.changed:
        for beyond, (_, _, excess) in _weather(before, changed).items():
            by_hour = excess[changed.day] if len(excess) == len(changed.dates) else excess
            wide = np.maximum(wide, 1 + by_hour[None, :] / _STEP[beyond])
    return wide


def colder_days(s: Snapshot, scenario: Scenario) -> dict[date, tuple[float, float]]:
    """Return the days that a scenario with a temperature of its own makes colder than is forecast.

    Of each (a day of the area) the mean from 10:00 to 18:00 in °C: as forecast, and in the scenario.
    """
    wish = scenario.weather or Weather()
    wished = RECIPES[wish.preset].temp_c if wish.preset else wish.temp_c
    if wished is None:
        return {}
    forecast = weather_features(s.whole_weather, s.whole_timeline)[:, 0]
    ahead = (int(day) for day in np.unique(s.day))
    return {s.dates[day].date(): (float(forecast[day]), wished) for day in ahead if forecast[day] > wished + _SAME_C}


@lru_cache(maxsize=8)
def _weather(before: Snapshot, changed: Snapshot) -> dict[Beyond, tuple[Floats, Floats, Floats]]:
    """By kind: the wish, the most seen, and by how much the wish is beyond it (by day, rain and wind by hour)."""
    inside = np.isin(np.arange(len(changed.dates)), np.unique(changed.day))
    temp, temp_before = (weather_features(s.whole_weather, s.whole_timeline)[:, 0] for s in (changed, before))
    seen = changed.seen.weather[changed.dates.month.to_numpy() - 1]
    by_hour = seen[changed.day]
    found: dict[Beyond, tuple[Floats, Floats, Floats]] = {
        "warm": (temp, seen[:, 0, 1], _excess(temp - np.maximum(seen[:, 0, 1], temp_before), inside)),
        "cold": (temp, seen[:, 0, 0], _excess(np.minimum(seen[:, 0, 0], temp_before) - temp, inside)),
    }
    wet_or_windy: tuple[tuple[Beyond, int], ...] = (("rain", 1), ("wind", 2))
    for beyond, column in wet_or_windy:
        wish, most = changed.weather[:, column], by_hour[:, column, 1]
        found[beyond] = (wish, most, _excess(wish - np.maximum(most, before.weather[:, column])))
    return found


def _excess(beyond: Floats, inside: Flags | bool = True) -> Floats:
    return np.where((beyond > SLACK) & inside, beyond, 0.0)


WEATHER: Final = ScenarioKind("weather", told=_told, moved=None, doubts=_doubts, widened=_widened)
