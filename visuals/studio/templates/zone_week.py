"""One place's coming week: what is expected, and how sure that is."""

from datetime import timedelta
from typing import Final

import numpy as np
from shapely.geometry import LineString

from forecasting.meaning.week_hours import daypart_of, days
from visuals.base.palette import INK, ShownLevel, shown_level
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.fonts import Weight
from visuals.studio.layout.sheet import Point, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.panels.charts import LABEL_PX, band_of, draw_borders, line_of, people_plot, read_below
from visuals.studio.panels.frame import Framed
from visuals.studio.words.message import Message, all_claims
from visuals.studio.words.wording import (
    advice_words,
    chance_claim,
    chance_words,
    headline_words,
    level_claim,
    moment_of,
)
from visuals.tables.figures import week_figures
from visuals.words.amounts import people_range
from visuals.words.claim_words import claim, said
from visuals.words.hours import capitalised, day_and_part
from visuals.words.timing_words import week_words

_DAY_LINE: Final = "#D9D5CC"
_LEAST_NAMED: Final = 10
"""A day of fewer hours in the picture is not named: there is no room."""


def message(material: Material) -> Message:
    """Return what the week says: when this place is busiest, how likely, and what to do."""
    lang, forecast, zone_id = material.lang, material.forecast, material.zone_id
    hours = material.known_hours()
    peak = _peak(material)
    start = forecast.local_hours[peak].to_pydatetime()
    expected = float(forecast.median[material.row, peak])
    level: ShownLevel = shown_level(material.thresholds, zone_id, expected)
    at = np.array([peak])
    drawn = [
        level_claim(material, zone_id, at, level),
        chance_claim(material, zone_id, at, level),
        claim(material, "expected", [zone_id], at),
    ]
    chance = chance_words(material, drawn[1], "busiest hour")
    busy = moment_of(material, zone_id, peak)
    advice = advice_words(material, [busy] if busy else [])
    when = day_and_part(start.date(), daypart_of(start.hour), lang)
    busiest = lang.t("{zone}: busiest on {when}", zone=said(material.name(), drawn), when=when)
    headline = headline_words(material, busiest, advice)
    low, high = (float(forecast.quantile(q)[material.row, peak]) for q in (0.1, 0.9))
    first, last = (forecast.local_hours[int(hours[at])].date() for at in (0, -1))
    week = week_words(first, lang, (last - first).days + 1)
    alt = lang.t(
        "Line of the week of {week} at {zone}, hour by hour. {headline}: {range}. {chance}. {advice}",
        week=week,
        zone=said(material.name(), drawn),
        headline=headline,
        range=people_range(low, high, forecast.measure, lang),
        chance=chance,
        advice=advice,
    )
    return Message(
        kicker=lang.t("Week of {week}", week=week),
        headline=headline,
        level=level,
        chance=chance,
        advice=advice,
        alt=alt,
        until=forecast.local_hours[int(hours[-1])].to_pydatetime() + timedelta(hours=1),
        figures=week_figures(forecast, material.thresholds, zone_id),
        claims=all_claims(drawn, (headline, chance, advice, alt)),
    )


def _peak(material: Material) -> int:
    hours = material.known_hours()
    return int(hours[material.forecast.median[material.row, hours].argmax()])


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, forecast, row = sheet.unit, material.forecast, material.row
    reading = material.lang.t("Line: expected. Area: it ends up in it 8 times out of 10.")
    hours = material.known_hours()
    low, high = (forecast.quantile(q)[row, hours] for q in (0.1, 0.9))
    highest = float(high.max())
    foot = 2.9 * LABEL_PX * u
    plot = people_plot(sheet, read_below(sheet, box, reading), material, highest, foot=foot)
    width = plot.box.width / (hours[-1] - hours[0] + 1)
    xs = plot.box.x + (hours - hours[0] + 0.5) * width
    _draw_days(sheet, plot.box, material, width, foot)
    accent = material.brand.colours.accent
    sheet.put(Shape(band_of(plot, hours, xs, low, high), fill=accent, opacity=0.28))
    draw_borders(sheet, plot, material)
    medians = forecast.median[row, hours]
    top = int(medians.argmax())
    sheet.put(
        Shape(line_of(plot, hours, xs, medians), stroke=accent, stroke_width=4 * u),
        Point(float(xs[top]), plot.y(float(medians[top])), "circle", 15 * u, accent, "#FFFFFF", 3 * u),
    )


def _draw_days(sheet: Sheet, plot: Box, material: Material, width: float, foot: float) -> None:
    """Draw a line at each midnight, and the name and date of each day under its hours."""
    u, lang = sheet.unit, material.lang
    hours = material.known_hours()
    busiest = material.forecast.local_hours[_peak(material)].date()
    for day, indices in days(material.forecast, hours):
        left = plot.x + (indices[0] - hours[0]) * width
        if left > plot.x:
            line = LineString([(left, plot.y), (left, plot.bottom)])
            sheet.put(Shape(line, stroke=_DAY_LINE, stroke_width=1.2 * u))
        if len(indices) >= _LEAST_NAMED:
            name = f"{capitalised(lang.date(day, 'EEE'))}\n{lang.date(day, 'd MMM')}"
            column = Box(left + 3 * u, plot.bottom + 8 * u, len(indices) * width - 6 * u, foot - 8 * u)
            weight: Weight = 700 if day == busiest else 400
            sheet.label(name, column, LABEL_PX * u, INK, weight=weight, align="center", middle=False, lines=2)


FRAMED = Framed(_draw)
