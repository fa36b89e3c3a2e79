"""What thresholds mean, in words and as a strip: the Saturday that was, and the week that comes."""

from html import escape
from typing import Final

import numpy as np

from forecasting.inputs.saturdays import Day
from forecasting.meaning.alternatives import UNLIKELY
from forecasting.meaning.claims import Claim, What
from forecasting.values.arrays import Levels
from forecasting.values.thresholds import LEVELS, ZoneThresholds
from language import Language
from language.plain import number_of_hours
from language.said import fact, together
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, STYLES, ShownLevel, word
from visuals.words.claim_words import chance_of, claim, said
from visuals.words.hours import capitalised, clock

FROM, UNTIL = 8, 24
"""Hours of the day that a strip shows."""

_EXACTLY: Final[tuple[What, ...]] = ("reaches", "level")

_CELL: Final = "flex:1 1 0;min-width:0;text-align:center;font-size:.75rem;line-height:1.5rem;height:1.5rem"


def saturday_sentence(day: Day, zone_id: str, outlook: Outlook) -> str:
    """Say what thresholds would have meant on a Saturday that was counted, or will mean on one that is expected.

    An expected Saturday is one of the outlook's forecast.
    """
    lang = outlook.lang
    levels = _levels(day, zone_id, outlook.thresholds.zones[zone_id])
    if levels is None:
        return lang.t("{start}: this place was not counted.", start=fact(_start(day, lang), "count"))
    sentence = _hours_by_level(levels, _start(day, lang), lang)
    return fact(sentence, "count") if day.counted else said(sentence, _day_claims(outlook, zone_id, day, levels))


def _hours_by_level(levels: Levels, start: str, lang: Language) -> str:
    red, orange, yellow = (int((levels == level).sum()) for level in (3, 2, 1))
    if red and orange:
        return lang.n(
            "{start}: too busy for {n} hour, and busy for another {more}.",
            "{start}: too busy for {n} hours, and busy for another {more}.",
            red,
            start=start,
            more=number_of_hours(orange, lang),
        )
    if red:
        return lang.n("{start}: too busy for {n} hour.", "{start}: too busy for {n} hours.", red, start=start)
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


def _day_claims(outlook: Outlook, zone_id: str, day: Day, levels: Levels) -> list[Claim | None]:
    """Return what is claimed when the hours of each level on an expected day are counted."""
    first = int(outlook.forecast.hours.searchsorted(day.hours[0].tz_convert("UTC")))
    found = [claim(outlook, "at most", [zone_id], first + np.arange(len(levels)), LEVELS[int(levels.max())])]
    for index in range(1, len(LEVELS)):
        if (at := first + np.flatnonzero(levels == index)).size:
            found += [claim(outlook, what, [zone_id], at, LEVELS[index]) for what in _EXACTLY]
    return found


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


def week_sentence(outlook: Outlook, zone_id: str) -> str:
    """Say how many hours of the forecast a place is expected to be busy or too busy, how sure, and how likely at all.

    How many of them are too busy is said too, or how likely that is.
    """
    lang, hours = outlook.lang, np.arange(len(outlook.forecast.hours))
    busy = claim(outlook, "hours", [zone_id], hours, "orange")
    if busy is None or busy.value is None or busy.low is None or busy.high is None:
        return lang.t("There is no forecast for this place.")
    likely = chance_of(claim(outlook, "chance", [zone_id], hours, "orange"), lang)
    if busy.low == busy.high:
        sentence = lang.n(
            "In the whole week we expect {n} hour that is busy or too busy. Chance of at least one: {chance}.",
            "In the whole week we expect {n} hours that are busy or too busy. Chance of at least one: {chance}.",
            int(busy.value),
            chance=likely,
        )
    else:
        sentence = lang.n(
            "In the whole week we expect {n} hour that is busy or too busy. 8 times out of 10 it is {low} to "
            "{high} hours. Chance of at least one: {chance}.",
            "In the whole week we expect {n} hours that are busy or too busy. 8 times out of 10 it is {low} to "
            "{high} hours. Chance of at least one: {chance}.",
            int(busy.value),
            low=lang.number(busy.low),
            high=lang.number(busy.high),
            chance=likely,
        )
    return together((said(sentence, busy), _worst(outlook, zone_id)))


def _worst(outlook: Outlook, zone_id: str) -> str:
    lang, hours = outlook.lang, np.arange(len(outlook.forecast.hours))
    red, likely = (claim(outlook, what, [zone_id], hours, "red") for what in ("hours", "chance"))
    if red is not None and red.value:
        sentence = lang.n(
            "{n} hour of them is too busy, chance {chance}.",
            "{n} hours of them are too busy, chance {chance}.",
            int(red.value),
            chance=chance_of(likely, lang),
        )
        return said(sentence, red)
    if likely is not None and likely.value is not None and likely.value >= UNLIKELY:
        return lang.t("Chance that it gets too busy: {chance}.", chance=chance_of(likely, lang))
    return ""


def hour_sentence(outlook: Outlook, zone_id: str, hour_index: int) -> str:
    """Say which level the hour looked at gets: 'On Saturday at 15:00 it will be too busy at The Pier.'"""
    lang, count = outlook.lang, float(outlook.forecast.median[outlook.forecast.zone_ids.index(zone_id), hour_index])
    if np.isnan(count):
        return ""
    moment = outlook.forecast.local_hours[hour_index]
    level = outlook.thresholds.level(zone_id, count)
    return lang.t(
        "On {day} at {hour} it will be {level} at {zone}.",
        day=lang.date(moment.date(), "EEEE"),
        hour=clock(moment.hour, lang),
        level=said(word(level, lang), claim(outlook, "level", [zone_id], np.array([hour_index]), level)),
        zone=outlook.area.zone(zone_id).name(lang),
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
    words, last = [], None
    for hour, level in shown:
        if level != last:
            words.append(f"{clock(hour, lang)} {word(_name(level), lang)}")
        last = level
    return capitalised(", ".join(words))
