"""What the forecast means, in plain words (Dutch level B1): the message first, a number only when it helps.

Chances are said by ``language.plain.chance`` alone, numbers of people rounded as people say them.
"""

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from forecasting.meaning.alternatives import UNLIKELY
from forecasting.meaning.busy import (
    ORANGE,
    YELLOW,
    BusyMoment,
    busy_levels,
    busy_moments,
    chance_anywhere,
    chance_of_reaching,
    hours_at_levels,
)
from forecasting.meaning.claims import Claim
from forecasting.meaning.week_hours import daypart_of, days, week_hours
from forecasting.values.arrays import Indices, Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds
from language import Language
from language.plain import chance, joined
from language.said import together
from visuals.base.outlook import Outlook
from visuals.base.palette import word
from visuals.words.amounts import compared_sentence, marked, no_forecast, people_range
from visuals.words.claim_words import chance_of, claim, hours_claims, said
from visuals.words.days_together import days_together, quiet_days, unknown_days
from visuals.words.hours import capitalised, clock, day_and_part, weekday
from visuals.words.level_words import hours_words, levels_words, others_sentence, telling

_NAMED = 2
"""More places than this are not named in one short sentence."""


def headline(outlook: Outlook, *, since: datetime | None = None) -> str:
    """Return the coming week in one sentence, marked as demo data where it is.

    For example 'It will be busy at The Pier on Saturday afternoon, chance 7 out of 10'.
    """
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    moments = busy_moments(forecast, thresholds, since=since)
    message = moment_sentence(moments[0], outlook) if moments else _nowhere_busy(outlook, week_hours(forecast, since))
    return marked(message, forecast, lang)


def moment_sentence(moment: BusyMoment, outlook: Outlook) -> str:
    """Say one busy moment: where, when (the daypart of its peak) and how likely."""
    lang = outlook.lang
    level = claim(outlook, "level", [moment.zone_id], np.array([moment.peak]), moment.level)
    return capitalised(
        lang.t(
            "it will be {level} at {zone} on {when}, chance {chance}",
            level=said(word(moment.level, lang), level),
            zone=outlook.area.zone(moment.zone_id).name(lang),
            when=_when(outlook.forecast, moment.peak, lang),
            chance=said(chance(moment.chance_of_level, lang), hours_claims(outlook, moment.zone_id, moment.levels[:1])),
        )
    )


def hours_sentence(moment: BusyMoment, outlook: Outlook) -> str:
    """Say which hours of a busy moment have which level: 'Saturday too busy from 12:00 to 18:00, busy from …'."""
    lang, day = outlook.lang, weekday(moment.start.date(), outlook.lang)
    levels = said(levels_words(moment.levels, lang), hours_claims(outlook, moment.zone_id, moment.levels))
    return capitalised(lang.t("{day} {levels}", day=day, levels=levels))


def week_sentences(outlook: Outlook, *, since: datetime | None = None) -> list[str]:
    """Return one short sentence a day for the coming week; days in a row that are quiet everywhere share one."""
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    hours = week_hours(forecast, since)
    if nothing_known(forecast, hours):
        return [lang.t("There is no forecast of this week yet.")]
    if _all_quiet(forecast, thresholds, hours):
        return [said(lang.t("It stays quiet everywhere, the whole week."), nowhere_above(outlook, hours, "green"))]
    moments = busy_moments(forecast, thresholds, since=since)
    levels = busy_levels(forecast, thresholds)
    by_day = [(day, _day_sentence(outlook, day, indices, moments, levels)) for day, indices in days(forecast, hours)]
    return [capitalised(sentence) for sentence in days_together(by_day, lang)]


def _day_sentence(outlook: Outlook, day: date, hours: Indices, moments: list[BusyMoment], levels: Levels) -> str:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    today = [moment for moment in moments if moment.start.date() == day]
    if not today:
        return _calm_day(outlook, day, hours)
    # The most important moment of a place comes first, and with it the worst level.
    worst = {moment.zone_id: moment.level for moment in reversed(today)}
    zone_id = today[0].zone_id
    found = hours_at_levels(forecast, thresholds, levels, zone_id, hours)
    top, *lower = telling(found)
    others = {other: level for other, level in worst.items() if other != zone_id}
    parts = [
        lang.t(
            "{day}: {level} at {zone} {hours}, chance {chance}.",
            day=weekday(day, lang),
            level=word(top.level, lang),
            zone=area.zone(zone_id).name(lang),
            hours=said(hours_words(top.spans, lang), hours_claims(outlook, zone_id, [top])),
            chance=chance(top.chance, lang),
        ),
        *(
            lang.t(
                "It is {level} there {hours}.",
                level=word(one.level, lang),
                hours=said(hours_words(one.spans, lang), hours_claims(outlook, zone_id, [one])),
            )
            for one in lower
        ),
        said(others_sentence(list(others.values()), lang), worst_claims(outlook, others, hours)),
    ]
    return together(parts)


def _calm_day(outlook: Outlook, day: date, hours: Indices) -> str:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    name = weekday(day, lang)
    if nothing_known(forecast, hours):
        return unknown_days(name, lang)
    risk = chance_anywhere(forecast, thresholds, hours)
    calm = nowhere_above(outlook, hours, "yellow")
    if risk >= UNLIKELY:
        zone_id, _ = likeliest(forecast, thresholds, hours)
        return lang.t(
            "{day}: chance that it gets busy somewhere {chance}, most likely at {zone}.",
            day=name,
            chance=said(chance(risk, lang), calm, _anywhere(outlook, hours)),
            zone=said(area.zone(zone_id).name(lang), claim(outlook, "chance", [zone_id], hours, "orange")),
        )
    lively = (forecast.levels(thresholds)[:, hours] >= YELLOW).any(axis=1)
    zones = [forecast.zone_ids[row] for row in np.flatnonzero(lively)]
    if not zones:
        return said(quiet_days(name, lang), nowhere_above(outlook, hours, "green"))
    there = worst_claims(outlook, dict.fromkeys(zones, "yellow"), hours)
    if len(zones) > _NAMED:
        return said(lang.t("{day}: lively at several places, busy nowhere.", day=name), calm, there)
    named = said(joined([area.zone(zone_id).name(lang) for zone_id in zones], lang), calm, there)
    return lang.t("{day}: lively at {zones}, busy nowhere.", day=name, zones=named)


def nowhere_above(outlook: Outlook, hours: Indices, level: Level) -> Claim | None:
    """Return the claim that no place gets worse than ``level`` in any of ``hours``."""
    return claim(outlook, "at most", outlook.forecast.zone_ids, hours, level)


def worst_claims(outlook: Outlook, worst: Mapping[str, Level], hours: Indices) -> list[Claim]:
    """Return the claims that the worst of ``hours`` has, at each of some places, the level given."""
    alike = {level: [zone_id for zone_id, other in worst.items() if other == level] for level in worst.values()}
    found = (claim(outlook, "level", zone_ids, hours, level) for level, zone_ids in alike.items())
    return [one for one in found if one is not None]


def _anywhere(outlook: Outlook, hours: Indices) -> Claim | None:
    return claim(outlook, "chance", outlook.forecast.zone_ids, hours, "orange")


def nothing_known(forecast: Forecast, hours: Indices) -> bool:
    """Return whether the forecast says nothing about these hours (or there are none)."""
    return bool(np.isnan(forecast.median[:, hours]).all())


def _all_quiet(forecast: Forecast, thresholds: Thresholds, hours: Indices) -> bool:
    if any(nothing_known(forecast, of_day) for _, of_day in days(forecast, hours)):
        return False
    calm = forecast.levels(thresholds)[:, hours].max(initial=0) < YELLOW
    return bool(calm and chance_anywhere(forecast, thresholds, hours) < UNLIKELY)


def _nowhere_busy(outlook: Outlook, hours: Indices) -> str:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    if nothing_known(forecast, hours):
        return lang.t("There is no forecast of this week yet")
    if _all_quiet(forecast, thresholds, hours):
        return said(lang.t("It stays quiet everywhere, the whole week"), nowhere_above(outlook, hours, "green"))
    zone_id, index = likeliest(forecast, thresholds, hours)
    there = claim(outlook, "chance", [zone_id], np.array([index]), "orange")
    zone = said(area.zone(zone_id).name(lang), there, nowhere_above(outlook, hours, "yellow"))
    values = {"zone": zone, "when": _when(forecast, index, lang)}
    risk = chance_anywhere(forecast, thresholds, hours)
    if risk >= UNLIKELY:
        return lang.t(
            "Chance that it gets busy somewhere in the whole week {chance}, most likely at {zone} on {when}",
            chance=said(chance(risk, lang), _anywhere(outlook, hours)),
            **values,
        )
    return lang.t("It will be busy nowhere, the whole week; the liveliest is {zone} on {when}", **values)


def likeliest(forecast: Forecast, thresholds: Thresholds, hours: Indices) -> tuple[str, int]:
    """Return the zone and hour that come closest to orange."""
    orange = thresholds.array(forecast.zone_ids)[:, ORANGE - 1]
    fullness = np.nan_to_num(forecast.quantile(0.9)[:, hours] / orange[:, None])
    row, column = np.unravel_index(fullness.argmax(), fullness.shape)
    return forecast.zone_ids[int(row)], int(hours[column])


def level_sentence(outlook: Outlook, *, zone_id: str, hour_index: int) -> str:
    """Say one zone in one hour: its level, the 80 % interval, and how that compares with a normal day.

    Where the level is green or yellow but being busy is not unlikely, the chance is said too.
    """
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    row = forecast.zone_ids.index(zone_id)
    if np.isnan(forecast.median[row, hour_index]):
        return no_forecast(forecast, area, zone_id, lang)
    moment = forecast.local_hours[hour_index]
    expected = float(forecast.median[row, hour_index])
    level = thresholds.level(zone_id, expected)
    hours = np.array([hour_index])
    risk = chance_of_reaching(forecast, zone_id, hours, thresholds.zones[zone_id].orange)
    amount = claim(outlook, "expected", [zone_id], hours)
    sentences = [
        capitalised(
            lang.t(
                "on {day} at {hour} it will be {level} at {zone}: {range}.",
                day=weekday(moment.date(), lang),
                hour=clock(moment.hour, lang),
                level=said(word(level, lang), claim(outlook, "level", [zone_id], hours, level)),
                zone=area.zone(zone_id).name(lang),
                range=said(
                    people_range(
                        float(forecast.quantile(0.1)[row, hour_index]),
                        float(forecast.quantile(0.9)[row, hour_index]),
                        forecast.measure,
                        lang,
                    ),
                    amount,
                ),
            )
        )
    ]
    if LEVELS.index(level) >= ORANGE or risk >= UNLIKELY:
        likely = claim(outlook, "chance", [zone_id], hours, "orange")
        sentences.append(lang.t("Chance of crowds in this hour: {chance}.", chance=chance_of(likely, lang)))
    normal = float(forecast.normal[row, hour_index])
    compared = compared_sentence(expected, normal, moment.date(), lang)
    sentences.append(said(compared, claim(outlook, "compared", [zone_id], hours)) if compared else "")
    return together(sentences)


def _when(forecast: Forecast, index: int, lang: Language) -> str:
    moment = forecast.local_hours[index]
    return day_and_part(moment.date(), daypart_of(moment.hour), lang)
