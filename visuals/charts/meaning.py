"""What thresholds mean, in words and as a strip: the Saturday that was, and the week that comes."""

from html import escape
from typing import Final

import numpy as np

from data.area.area import Area
from forecasting.inputs.saturdays import Day
from forecasting.meaning.alternatives import UNLIKELY
from forecasting.meaning.hours_above import HoursAbove
from forecasting.values.arrays import Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, ZoneThresholds
from language import Language
from language.plain import chance
from visuals.base.palette import INK, STYLES, ShownLevel, word
from visuals.words.hours import capitalised, clock

FROM, UNTIL = 8, 24
"""Hours of the day that a strip shows."""

_CELL: Final = "flex:1 1 0;min-width:0;text-align:center;font-size:.7rem;line-height:1.5rem;height:1.5rem"


def saturday_sentence(day: Day, zone_id: str, zone_thresholds: ZoneThresholds, lang: Language) -> str:
    """Say what thresholds would have meant on a Saturday that was counted, or will mean on one that is expected."""
    levels = _levels(day, zone_id, zone_thresholds)
    if levels is None:
        return lang.t("{start}: this place was not counted.", start=_start(day, lang))
    red, orange, yellow = (int((levels == level).sum()) for level in (3, 2, 1))
    start = _start(day, lang)
    if red and orange:
        return lang.n(
            "{start}: too busy for {n} hour, and busy for {more} more.",
            "{start}: too busy for {n} hours, and busy for {more} more.",
            red,
            start=start,
            more=lang.number(orange),
        )
    if red:
        return lang.n(
            "{start}: too busy for {n} hour.",
            "{start}: too busy for {n} hours.",
            red,
            start=start,
        )
    if orange:
        return lang.n(
            "{start}: busy for {n} hour, and never too busy.",
            "{start}: busy for {n} hours, and never too busy.",
            orange,
            start=start,
        )
    if yellow:
        return lang.n(
            "{start}: lively for {n} hour, and never busy.",
            "{start}: lively for {n} hours, and never busy.",
            yellow,
            start=start,
        )
    return lang.t("{start}: quiet all day.", start=start)


def saturday_strip(day: Day, zone_id: str, rows: list[tuple[str, ZoneThresholds]], lang: Language) -> str:
    """Return the hours of the day from 8 to 24 as a strip of levels, a row for each named set of thresholds, as HTML.

    Empty where nothing is known of the day.
    """
    parts = []
    for name, zone_thresholds in rows:
        levels = _levels(day, zone_id, zone_thresholds)
        if levels is None:
            return ""
        shown = [(int(hour), level) for hour, level in zip(day.hours.hour, levels, strict=True) if hour >= FROM]
        cells = "".join(_cell(hour, int(level), lang) for hour, level in shown)
        parts.append(
            f'<div style="font-size:.9rem;margin-top:.4rem">{escape(name)}</div>'
            f'<div style="display:flex;border:1px solid {INK};border-radius:4px;overflow:hidden" role="img" '
            f'aria-label="{escape(_told(shown, lang))}">{cells}</div>'
        )
    marks = "".join(f"<span>{escape(clock(hour, lang))}</span>" for hour in range(FROM, UNTIL + 1, 4))
    return (
        f'<div style="max-width:44rem">{"".join(parts)}<div aria-hidden="true" style="display:flex;'
        f'justify-content:space-between;font-size:.8rem">{marks}</div></div>'
    )


def week_sentence(found: list[HoursAbove], red: list[HoursAbove], zone_id: str, lang: Language) -> str:
    """Say how many hours of the week a place is expected to be busy or too busy, how sure, and how likely at all.

    ``found`` are the hours at orange or worse, ``red`` those at red: how many of them, or how likely, is said too.
    """
    hours = next((one for one in found if one.zone_id == zone_id), None)
    if hours is None:
        return lang.t("There is no forecast for this place.")
    values = {"low": lang.number(hours.low), "high": lang.number(hours.high), "chance": chance(hours.chance, lang)}
    if hours.low == hours.high:
        said = lang.n(
            "In the whole week we expect {n} hour that is busy or too busy. Chance of at least one: {chance}.",
            "In the whole week we expect {n} hours that are busy or too busy. Chance of at least one: {chance}.",
            int(hours.middle),
            chance=values["chance"],
        )
    else:
        said = lang.n(
            "In the whole week we expect {n} hour that is busy or too busy; in 8 out of 10 cases {low} to {high} "
            "hours. Chance of at least one: {chance}.",
            "In the whole week we expect {n} hours that are busy or too busy; in 8 out of 10 cases {low} to {high} "
            "hours. Chance of at least one: {chance}.",
            int(hours.middle),
            **values,
        )
    worst = next(one for one in red if one.zone_id == zone_id)
    return " ".join(part for part in (said, _worst(worst, lang)) if part)


def _worst(red: HoursAbove, lang: Language) -> str:
    if red.middle:
        return lang.n(
            "{n} hour of them is too busy, chance {chance}.",
            "{n} hours of them are too busy, chance {chance}.",
            int(red.middle),
            chance=chance(red.chance, lang),
        )
    if red.chance >= UNLIKELY:
        return lang.t("Chance that it gets too busy: {chance}.", chance=chance(red.chance, lang))
    return ""


def now_sentence(
    forecast: Forecast, area: Area, zone_id: str, zone_thresholds: ZoneThresholds, index: int, lang: Language
) -> str:
    """Say which level the hour looked at gets: 'On Saturday at 15:00 it will be too busy here.'"""
    count = float(forecast.median[forecast.zone_ids.index(zone_id), index])
    if np.isnan(count):
        return ""
    moment = forecast.local_hours[index]
    level = LEVELS[
        sum(count >= threshold for threshold in (zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red))
    ]
    return lang.md(
        "On {day} at {hour} it will be **{level}** at {zone}.",
        day=lang.date(moment.date(), "EEEE"),
        hour=clock(moment.hour, lang),
        level=word(level, lang),
        zone=area.zone(zone_id).name(lang),
    )


def _start(day: Day, lang: Language) -> str:
    when = lang.date(day.date, "d MMMM y")
    if day.counted:
        return lang.t("Saturday {day}, as counted", day=when)
    return lang.t("Saturday {day}, as expected", day=when)


def _levels(day: Day, zone_id: str, zone_thresholds: ZoneThresholds) -> Levels | None:
    if zone_id not in day.zone_ids:
        return None
    levels = day.levels(zone_id, (zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red))
    return None if (levels < 0).all() else levels


def _cell(hour: int, level: int, lang: Language) -> str:
    style = STYLES[_name(level)]
    icon = style.icon if level >= 2 or level < 0 else ""
    tip = escape(f"{clock(hour, lang)}: {word(_name(level), lang)}")
    return f'<span title="{tip}" style="{_CELL};background:{style.colour};color:{style.ink}">{icon}</span>'


def _name(level: int) -> ShownLevel:
    return LEVELS[level] if level >= 0 else "unknown"


def _told(shown: list[tuple[int, int]], lang: Language) -> str:
    """Say a strip in words: '8 o'clock quiet, 11 o'clock lively': the hours at which the level changes."""
    said, last = [], None
    for hour, level in shown:
        if level != last:
            said.append(f"{clock(hour, lang)} {word(_name(level), lang)}")
        last = level
    return capitalised(", ".join(said))
