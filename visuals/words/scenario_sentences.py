"""Scenarios in plain words: what is different, and what that does."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from data.area.area import Area
from data.area.measures import Measures
from data.area.zone import in_language
from forecasting.values.scenario import Event, Preset, Scenario, Weather
from language import Language
from language.plain import joined
from language.said import tells
from visuals.words.hours import between_hours, weekday

_WHOLE_DAY: Final = 24


def preset_name(preset: Preset, lang: Language) -> str:
    """Return the name of a kind of weather."""
    names: dict[Preset, str] = {
        "stranddag": lang.t("beach day"),
        "buiig": lang.t("showers"),
        "storm": lang.t("storm"),
    }
    return names[preset]


def summary(scenario: Scenario, area: Area, measures: Measures, lang: Language) -> list[str]:
    """Return what is different from the forecast, a phrase each; empty when nothing is."""
    phrases = (say(scenario, area, measures, lang) for field, say in SAID.items() if field in scenario.changed)
    return [phrase for some in phrases for phrase in some]


@tells("weather")
def colder_sentence(days: Mapping[date, tuple[float, float]], lang: Language) -> str:
    """Say of days that a scenario makes colder (°C as forecast, and in it) why they may get less busy; else nothing."""
    if not days:
        return ""
    said = [
        lang.t("{day} ({degrees} °C)", day=weekday(day, lang), degrees=lang.number(round(was)))
        for day, (was, _) in days.items()
    ]
    return lang.t(
        "It is already warmer in the forecast on {days}. This scenario makes it {degrees} °C. That is why it may get "
        "less busy then.",
        days=joined(said, lang),
        degrees=lang.number(round(next(iter(days.values()))[1])),
    )


def zone_name(area: Area, zone_id: str, lang: Language) -> str:
    """Return the name of a zone, or its id where the area has none of that id."""
    return area.zone(zone_id).name(lang) if zone_id in area.zone_ids else zone_id


@tells("scenario")
def when(period: object, area: Area, lang: Language) -> str:
    """Say a period of a scenario: 'Saturday from 12:00 to 18:00', 'Saturday to Sunday'."""
    start, end = (_local(getattr(period, side), area) for side in ("start", "end"))
    if start.date() == end.date() or (end.hour == 0 and (end - start).total_seconds() <= _WHOLE_DAY * 3600):
        hours = between_hours(start, end, lang)
        whole = start.hour == 0 and end.hour == 0
        day = weekday(start.date(), lang)
        return lang.t("on {day}", day=day) if whole else lang.t("on {day} {hours}", day=day, hours=hours)
    if start.hour == end.hour == 0:
        last = end - timedelta(days=1)
        return lang.t("{first} to {last}", first=lang.date(start, "EEE d MMM"), last=lang.date(last, "EEE d MMM"))
    return lang.t("from {start} to {end}", start=_moment(start, lang), end=_moment(end, lang))


def _moment(moment: datetime, lang: Language) -> str:
    return lang.date(moment, "EEE d MMM HH:mm")


def _local(moment: datetime, area: Area) -> datetime:
    return moment.replace(tzinfo=area.tz) if moment.tzinfo is None else moment.astimezone(area.tz)


def _events(scenario: Scenario, area: Area, _measures: Measures, lang: Language) -> list[str]:
    return [_event(event, area, lang) for event in scenario.events]


@tells("scenario")
def _event(event: Event, area: Area, lang: Language) -> str:
    where = {"zone": zone_name(area, event.zone_id, lang), "when": when(event, area, lang)}
    if event.attendance == 0:
        return lang.t("no event at {zone} {when}", **where)
    return lang.t("event of {n} visitors at {zone} {when}", n=lang.number(event.attendance), **where)


def _school_holiday(scenario: Scenario, _area: Area, _measures: Measures, lang: Language) -> list[str]:
    return [lang.t("school holiday") if scenario.school_holiday else lang.t("no school holiday")]


@tells("scenario")
def _closures(scenario: Scenario, area: Area, _measures: Measures, lang: Language) -> list[str]:
    return [
        lang.t("{zone} closed {when}", zone=zone_name(area, item.zone_id, lang), when=when(item, area, lang))
        for item in scenario.closures
    ]


def _taken(scenario: Scenario, area: Area, measures: Measures, lang: Language) -> list[str]:
    by_id, phrases = {measure.id: measure for measure in measures}, []
    for action in scenario.measures:
        measure = by_id.get(action.id)
        name = in_language(measure.names, lang) if measure else action.id
        taken = lang.t("{measure} {when}", measure=name, when=when(action, area, lang))
        phrases.append(lang.t("{measure} (assumed)", measure=taken) if measure is None or measure.assumed else taken)
    return phrases


@tells("scenario")
def _weather(scenario: Scenario, _area: Area, _measures: Measures, lang: Language) -> list[str]:
    weather = scenario.weather or Weather()
    if weather.preset:
        return [lang.t("weather: {preset}", preset=preset_name(weather.preset, lang))]
    phrases = []
    if weather.temp_c is not None:
        phrases.append(lang.t("{n} °C in the daytime", n=_decimal(weather.temp_c, lang)))
    if weather.temp_delta_c:
        degrees = _decimal(abs(weather.temp_delta_c), lang)
        phrases.append(
            lang.t("{n} °C warmer", n=degrees) if weather.temp_delta_c > 0 else lang.t("{n} °C colder", n=degrees)
        )
    if weather.rain_mm is not None:
        phrases.append(
            lang.t("{n} mm of rain every hour", n=_decimal(weather.rain_mm, lang))
            if weather.rain_mm
            else lang.t("no rain")
        )
    if weather.wind_ms is not None:
        phrases.append(lang.t("wind of {n} m/s", n=_decimal(weather.wind_ms, lang)))
    return phrases


def _decimal(value: float, lang: Language) -> str:
    return lang.number(value, decimals=0 if value == round(value) else 1)


SAID: Final[dict[str, Callable[[Scenario, Area, Measures, Language], list[str]]]] = {
    "weather": _weather,
    "school_holiday": _school_holiday,
    "events": _events,
    "closures": _closures,
    "measures": _taken,
}
"""How each field of a scenario is said, in the order in which they are named."""
