"""What if: one place's day with a scenario beside the forecast."""

from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd
from shapely.geometry import LineString

from forecasting.meaning.busy import ORANGE, RED
from forecasting.meaning.claiming import claimed
from forecasting.values.arrays import Indices
from language import UserError
from language.said import fact, saying, together
from visuals.base.palette import INK, QUIET_INK, WHITE, ShownLevel, shown_level
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Line, Point, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.material.whatif import scenario_words, with_scenario
from visuals.studio.panels.charts import LABEL_PX, band_of, draw_borders, line_of, people_plot, read_below
from visuals.studio.panels.frame import Framed
from visuals.studio.words.message import Message, all_claims
from visuals.studio.words.wording import (
    chance_claim,
    chance_words,
    day_kicker,
    headline_words,
    level_claim,
)
from visuals.words.amounts import factor_words, people
from visuals.words.claim_words import said
from visuals.words.hours import capitalised

_DASH: Final = (10.0, 8.0)
_FROM: Final = 6
"""The first hour of the day that is drawn."""


def message(material: Material) -> Message:
    """Return what the scenario changes at the place shown, on the day shown."""
    lang, zone_id, row = material.lang, material.zone_id, material.row
    changed = with_scenario(material)
    hours = _hours(material)
    before, after = (f.median[row, hours] for f in (material.forecast, changed.forecast))
    peak = int(hours[int(np.maximum(before, after).argmax())])
    was, becomes = float(material.forecast.median[row, peak]), float(changed.forecast.median[row, peak])
    level: ShownLevel = shown_level(material.thresholds, zone_id, becomes)
    at = np.array([peak])
    differs = claimed("compared", changed.forecast, material.thresholds, [zone_id], at, base=material.forecast)
    drawn = [level_claim(changed, zone_id, at, level), chance_claim(changed, zone_id, at, level), differs]
    what = fact(scenario_words(material), "scenario")
    advice = material.words.advice or lang.t("This is no forecast and no advice: it shows what would be different.")
    how = factor_words(becomes / was if was > 0 else 1.0, lang)
    headline = headline_words(
        material, lang.t("If {what}: {how} at {zone}", what=what, how=said(how, differs), zone=material.name())
    )
    likely = chance_words(changed, drawn[1], "busiest hour")
    chance = lang.t("With the scenario: {chance}", chance=saying(likely[:1].lower() + likely[1:], likely))
    local = material.forecast.local_hours
    start = local[peak].to_pydatetime()
    alt = lang.t(
        "Lines of one day at {zone}: as forecast and what if {what}. {headline}: {was} as forecast, {becomes} with "
        "the scenario. {chance}. {advice}",
        zone=said(day_kicker(start.date(), zone_id, material), drawn),
        what=what,
        headline=headline,
        was=people(was, material.forecast.measure, lang),
        becomes=people(becomes, material.forecast.measure, lang),
        chance=chance,
        advice=advice,
    )
    return Message(
        mark=lang.t("WHAT IF"),
        kicker=together((capitalised(what), lang.date(start.date(), "EEEE d MMMM y")), " · "),
        headline=headline,
        level=level,
        chance=chance,
        advice=advice,
        alt=alt,
        claims=all_claims(drawn, (headline, chance, alt)),
        until=local[int(hours[-1])].to_pydatetime() + timedelta(hours=1),
        figures=pd.DataFrame(
            {
                "zone_id": zone_id,
                "hour": local[hours],
                "forecast_q50": before,
                "scenario_q50": after,
                **{
                    f"scenario_{name}": changed.forecast.quantile(q)[row, hours]
                    for name, q in (("q10", 0.1), ("q90", 0.9))
                },
                **{
                    f"scenario_{name}": changed.forecast.exceedance(material.thresholds)[row, hours, level - 1]
                    for name, level in (("p_orange", ORANGE), ("p_red", RED))
                },
            }
        ),
    )


def _hours(material: Material) -> Indices:
    """Return the known hours of the day shown. Raises ``UserError`` when there are fewer than two."""
    local = material.forecast.local_hours
    day = (local.date == material.moment.date()) & (local.hour >= _FROM)
    hours = np.flatnonzero(day & ~np.isnan(material.forecast.median[material.row]))
    if len(hours) < 2:
        raise UserError(
            "There is no forecast for {zone} on {day}. Choose another day or place.",
            zone=material.name(),
            day=material.lang.date(material.moment.date(), "EEEE d MMMM"),
        )
    return hours


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, lang, row = sheet.unit, material.lang, material.row
    changed = with_scenario(material).forecast
    hours = _hours(material)
    reading = lang.t(
        "A scenario is not a forecast: it shows what would be different. Area: it ends up in it 8 times out of 10."
    )
    rest = read_below(sheet, box, reading)
    px = 1.15 * LABEL_PX * u
    _draw_key(sheet, rest.top(1.7 * px), material, px)
    low, high = (changed.quantile(q)[row, hours] for q in (0.1, 0.9))
    before, after = material.forecast.median[row, hours], changed.median[row, hours]
    highest = float(max(high.max(), before.max()))
    plot = people_plot(sheet, rest.below(1.9 * px), material, highest, foot=1.75 * LABEL_PX * u)
    step = plot.box.width / len(hours)
    xs = plot.box.x + (np.arange(len(hours)) + 0.5) * step
    accent = material.brand.colours.accent
    sheet.put(Shape(band_of(plot, hours, xs, low, high), fill=accent, opacity=0.22))
    draw_borders(sheet, plot, material)
    top = int(after.argmax())
    sheet.put(
        Shape(line_of(plot, hours, xs, before), stroke=QUIET_INK, stroke_width=3.5 * u, dash=_dash(u)),
        Shape(line_of(plot, hours, xs, after), stroke=accent, stroke_width=5 * u),
        Point(float(xs[top]), plot.y(float(after[top])), "circle", 15 * u, accent, WHITE, 3 * u),
    )
    every = 1 if step > 2.2 * LABEL_PX * u else 2 if step > 1.1 * LABEL_PX * u else 3
    for number, index in enumerate(hours):
        if number % every == 0:
            place = Box(xs[number] - every * step / 2, plot.box.bottom + 8 * u, every * step, 1.5 * LABEL_PX * u)
            hour = str(material.forecast.local_hours[int(index)].hour)
            sheet.label(hour, place, LABEL_PX * u, QUIET_INK, align="center", middle=False, lines=1)


def _draw_key(sheet: Sheet, strip: Box, material: Material, px: float) -> None:
    """Draw which line is which."""
    u, lang = sheet.unit, material.lang
    left, y = strip.x, strip.middle[1]
    accent = material.brand.colours.accent
    for text, colour, dash in (
        (lang.t("with the scenario"), accent, ()),
        (lang.t("as forecast"), QUIET_INK, _dash(u)),
    ):
        swatch = LineString([(left, y), (left + 48 * u, y)])
        sheet.put(
            Shape(swatch, stroke=colour, stroke_width=5 * u, dash=dash),
            Line(left + 60 * u, y + 0.33 * px, text, px, 600, INK),
        )
        left += 60 * u + sheet.face.width(text, px, 600) + 40 * u


def _dash(u: float) -> tuple[float, ...]:
    return tuple(part * u for part in _DASH)


FRAMED = Framed(_draw)
