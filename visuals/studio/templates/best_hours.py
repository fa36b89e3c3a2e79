"""One place, one day: the busiest and the quietest hours ('better come before 11:00')."""

from datetime import timedelta

import numpy as np
from shapely.geometry import LineString

from forecasting.meaning.alternatives import VISIT_FROM, VISIT_TO, quiet_alternatives
from forecasting.meaning.busy import ORANGE, BusyMoment, LevelHours, busy_levels, hours_at_levels
from forecasting.meaning.claims import Claim
from forecasting.values.arrays import Indices
from language import UserError
from language.said import together
from visuals.base.palette import INK, QUIET_INK, shown_level
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Rect, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.panels.charts import LABEL_PX, draw_borders, people_plot, read_below
from visuals.studio.panels.frame import Framed
from visuals.studio.panels.mappanel import icon
from visuals.studio.words.message import Message, all_claims
from visuals.studio.words.wording import (
    advice_words,
    chance_claim,
    chance_words,
    day_kicker,
    first_sentence,
    level_claim,
    moment_of,
)
from visuals.tables.figures import week_figures
from visuals.words.advising import advice
from visuals.words.claim_words import claim, hours_claims, said
from visuals.words.hours import between_hours, capitalised, clock, end_hour
from visuals.words.level_words import hours_words, levels_words, telling


def message(material: Material) -> Message:
    """Return what the day says: when to come, when it is busiest and how likely that is."""
    lang, zone_id, local = material.lang, material.zone_id, material.forecast.local_hours
    hours, peak, levels = _hours(material), _peak(material), _levels(material)
    busy = moment_of(material, zone_id, peak)
    day = local[peak].date()
    drawn = hours_claims(material, zone_id, levels) if levels else _liveliest(material, peak)
    chance = chance_words(material, drawn[1], "some time" if levels else "busiest hour")
    todo = _advice(material, busy)
    headline = material.words.headline or _headline(material, peak, busy)
    alt = lang.t(
        "Bars of how busy it gets at {zone} on {day}, hour by hour. {headline}. {hours}. {chance}. {advice}",
        zone=said(material.name(), drawn),
        day=lang.date(day, "EEEE d MMMM y"),
        headline=headline,
        hours=_hours_said(material, levels, drawn[0]),
        chance=chance,
        advice=todo,
    )
    return Message(
        kicker=day_kicker(day, zone_id, material),
        headline=headline,
        level=drawn[0].level,
        chance=chance,
        advice=todo,
        alt=alt,
        until=local[int(hours[-1])].to_pydatetime() + timedelta(hours=1),
        figures=week_figures(material.forecast, material.thresholds, zone_id).iloc[hours].reset_index(drop=True),
        claims=all_claims(drawn, (headline, chance, todo, alt)),
    )


def _liveliest(material: Material, peak: int) -> list[Claim]:
    """Return what is claimed of a day that is not busy: the level of its liveliest hour, and the chance."""
    level = shown_level(material.thresholds, material.zone_id, float(material.forecast.median[material.row, peak]))
    at = np.array([peak])
    found = level_claim(material, material.zone_id, at, level), chance_claim(material, material.zone_id, at, level)
    return [one for one in found if one is not None]


def _levels(material: Material) -> tuple[LevelHours, ...]:
    """Return which hours of the day still to come are too busy and which busy."""
    levels = busy_levels(material.forecast, material.thresholds)
    return hours_at_levels(material.forecast, material.thresholds, levels, material.zone_id, _coming(material))


def _peak(material: Material) -> int:
    """Return the hour (index) of the day still to come that is the worst, and of those the fullest."""
    hours, row = _coming(material), material.row
    levels = busy_levels(material.forecast, material.thresholds)[row, hours]
    return int(hours[np.lexsort((material.forecast.median[row, hours], levels))[-1]])


def _hours_said(material: Material, levels: tuple[LevelHours, ...], found: Claim) -> str:
    """Say which hours have which level, or which is the liveliest hour of a day that is not busy."""
    lang = material.lang
    if levels:
        return capitalised(said(levels_words(levels, lang), hours_claims(material, material.zone_id, levels)))
    return lang.t("Liveliest {hours}", hours=said(between_hours(found.start, found.end, lang), found))


def _headline(material: Material, peak: int, busy: BusyMoment | None) -> str:
    lang = material.lang
    if busy is not None:
        return first_sentence(advice(busy, material, since=material.since)[0])
    at = clock(int(material.forecast.local_hours[peak].hour), lang)
    calm = claim(material, "at most", [material.zone_id], _coming(material), "yellow")
    return lang.t("Liveliest around {hour}, never busy", hour=said(at, _liveliest(material, peak), calm))


def _advice(material: Material, busy: BusyMoment | None) -> str:
    """Return what to do besides what the headline says: which hours to avoid, and where else it is quiet then."""
    if busy is None or material.words.advice:
        return advice_words(material, [])
    lang, levels = material.lang, _levels(material)
    besides = advice(busy, material, since=material.since)[1:]
    worst, *lower = telling(levels)
    widest = lower[-1] if lower else worst
    hours = said(hours_words(widest.spans, lang), hours_claims(material, material.zone_id, [widest]))
    avoid = lang.t("Avoid the hours {hours}.", hours=hours)
    if lower:
        worse = said(levels_words([worst], lang), hours_claims(material, material.zone_id, [worst]))
        avoid = lang.t("Avoid the hours {hours}: {levels}.", hours=hours, levels=worse)
    return together([avoid, *besides])


def _better(material: Material) -> list[tuple[int, int]]:
    """Return the stretches of the day (first and last hour of the clock) that are better than the busy moment."""
    busy = moment_of(material, material.zone_id, _peak(material))
    if busy is None:
        return []
    found = quiet_alternatives([busy], material.forecast, material.area, material.thresholds, since=material.since)
    return [(item.start.hour, end_hour(item.end) - 1) for item in found if item.kind in {"earlier", "later"}]


def _hours(material: Material) -> Indices:
    """Return the hours of the chosen day in which people go out, and on to those at night in which it is busy.

    Raises ``UserError`` when none are known.
    """
    forecast, row = material.forecast, material.row
    clock_hour = forecast.local_hours.hour.to_numpy()
    day = (forecast.local_dates == material.moment.date()) & ~np.isnan(forecast.median[row])
    busy = clock_hour[day & (busy_levels(forecast, material.thresholds)[row] >= ORANGE)]
    first, last = min([VISIT_FROM, *busy.tolist()]), max([VISIT_TO - 1, *busy.tolist()])
    hours = np.flatnonzero(day & (clock_hour >= first) & (clock_hour <= last))
    if not len(hours):
        raise UserError(
            "There is no forecast for {zone} on {day}. Choose another day or place.",
            zone=material.name(),
            day=material.lang.date(material.moment.date(), "EEEE d MMMM"),
        )
    return hours


def _coming(material: Material) -> Indices:
    """Return those of the hours that have not passed, or all of them when all have."""
    hours = _hours(material)
    coming = hours[hours >= material.forecast.local_hours.searchsorted(material.since)]
    return coming if len(coming) else hours


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, forecast, row, lang = sheet.unit, material.forecast, material.row, material.lang
    hours = _hours(material)
    reading = lang.t("Bar: expected. Thin line: it ends up on it 8 times out of 10. Hours are local time.")
    highest = float(forecast.quantile(0.9)[row, hours].max())
    foot = 1.75 * LABEL_PX * u
    plot = people_plot(sheet, read_below(sheet, box, reading), material, highest, foot=foot)
    draw_borders(sheet, plot, material)
    step = plot.box.width / len(hours)
    clocks = forecast.local_hours[hours].hour.to_numpy()
    for first, last in _better(material):
        inside = np.flatnonzero((clocks >= first) & (clocks <= last))
        left = plot.box.x + inside[0] * step
        band = Box(left, plot.box.y, (inside[-1] - inside[0] + 1) * step, plot.box.height)
        sheet.put(Rect(band, material.brand.colours.accent, opacity=0.1))
        tag = band.inset(3 * u).top(3.6 * LABEL_PX * u)
        sheet.label(
            lang.t("best time"),
            tag,
            1.1 * LABEL_PX * u,
            material.brand.colours.accent,
            weight=700,
            align="center",
            middle=False,
        )
    wide = step * 0.68
    every = 1 if step > 2.2 * LABEL_PX * u else 2
    for number, index in enumerate(hours):
        x = plot.box.x + (number + 0.5) * step
        count = float(forecast.median[row, index])
        level = shown_level(material.thresholds, material.zone_id, count)
        top = plot.y(count)
        bar = Box(x - wide / 2, top, wide, plot.box.bottom - top)
        low, high = (plot.y(float(forecast.quantile(q)[row, index])) for q in (0.1, 0.9))
        sheet.put(
            Rect(bar, material.brand.fill(level), radius=min(6 * u, bar.height / 2), stroke=INK, stroke_width=1.4 * u),
            Shape(LineString([(x, low), (x, high)]), stroke=INK, stroke_width=2.4 * u, opacity=0.75),
        )
        if bar.height > 44 * u and wide > 26 * u:
            sheet.put(*icon(level, x, plot.box.bottom - 22 * u, 15 * u, material, on=material.brand.text_on(level)))
        if number % every == 0:
            label = Box(x - every * step / 2, plot.box.bottom + 8 * u, every * step, foot - 8 * u)
            text = str(forecast.local_hours[int(index)].hour)
            sheet.label(text, label, LABEL_PX * u, QUIET_INK, align="center", middle=False, lines=1)


FRAMED = Framed(_draw)
