"""What is known beside the forecast of each day: its weather, and the events."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.meaning.week_hours import days, week_hours
from forecasting.snapshot.snapshot import Snapshot, WeatherOrigin
from forecasting.values.arrays import Floats, Indices
from forecasting.values.forecast import Forecast
from language import Language
from language.said import fact, together
from visuals.words.hours import between_hours, capitalised

_TEMPERATURE, _RAIN, _WIND = 0, 1, 2
"""Columns of a snapshot's weather."""
_BY_DAY: Final = range(9, 21)
"""Local hours of which the weather is told: when people are out."""
_DRY_MM: Final = 0.5
_SHOWER_MM: Final = 4.0
_STRONG_MS: Final = 10.8
"""Wind of 6 Beaufort and more."""


@dataclass(frozen=True)
class DayFacts:
    """One day: its weather and its events in words, each empty where nothing is known."""

    day: date
    weather: str
    events: tuple[str, ...]


def day_facts(snapshot: Snapshot, forecast: Forecast, area: Area, lang: Language) -> list[DayFacts]:
    """Return what the forecast takes for known of each day of the week, as it stood when it was made."""
    local = forecast.local_hours
    origins = dict(zip(snapshot.dates.date, snapshot.weather_origin, strict=False))
    found = []
    for day, hours in days(forecast, week_hours(forecast)):
        out = hours[np.isin(local[hours].hour, _BY_DAY)]
        weather = _weather(snapshot.weather[out], origins.get(day, "none"), lang)
        found.append(DayFacts(day, weather, _events(snapshot, forecast, area, hours, lang)))
    return found


def _weather(weather: Floats, origin: WeatherOrigin, lang: Language) -> str:
    warmth = weather[:, _TEMPERATURE]
    if origin == "none" or not np.isfinite(warmth).any():
        return ""
    warmest = lang.t("{degrees} °C", degrees=fact(lang.number(round(float(np.nanmax(warmth)))), "weather"))
    if origin == "climatology":
        return lang.t("as usual at this time of the year, about {warmest}", warmest=warmest)
    said, rain, wind = [warmest], weather[:, _RAIN], weather[:, _WIND]
    if np.isfinite(rain).any():
        millimetres = float(np.nansum(rain))
        wet = lang.t("a shower") if millimetres < _SHOWER_MM else lang.t("rain")
        said.append(lang.t("dry") if millimetres < _DRY_MM else wet)
    if np.isfinite(wind).any() and float(np.nanmax(wind)) >= _STRONG_MS:
        said.append(lang.t("strong wind"))
    return together(said, ", ")


def _events(snapshot: Snapshot, forecast: Forecast, area: Area, hours: Indices, lang: Language) -> tuple[str, ...]:
    first, last = forecast.hours[hours[0]], forecast.hours[hours[-1]]
    said = []
    rows: list[dict[Any, Any]] = snapshot.events.to_dict("records")
    for event in rows:
        start, end = (pd.to_datetime(event[side], utc=True) for side in ("start", "end"))
        if start > last or end <= first:
            continue
        zone, name = area.zone(event["zone_id"]).name(lang), area.event_name(event["name"], lang)
        when = between_hours(start.tz_convert(area.tz), end.tz_convert(area.tz), lang)
        said.append(fact(capitalised(lang.t("{event} at {zone}, {when}", event=name, zone=zone, when=when)), "event"))
    return tuple(said)


def day_sentence(facts: DayFacts, lang: Language) -> str:
    """Return the facts of a day in a line: 'Fri 7: 25 °C, dry. Night market at …'; empty where nothing is known."""
    known = [part for part in (facts.weather, *facts.events) if part]
    if not known:
        return ""
    return lang.t("{day}: {facts}", day=capitalised(lang.date(facts.day, "EEE d MMM")), facts=together(known, ". "))
