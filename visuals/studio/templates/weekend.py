"""The weekend ahead: how busy each place gets, by part of the day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from forecasting.meaning.busy import ORANGE, BusyMoment, busy_levels, chance_of_reaching
from forecasting.meaning.claims import Claim
from forecasting.meaning.week_hours import days as days_of
from forecasting.meaning.week_hours import week_hours
from forecasting.values.arrays import Indices
from forecasting.values.forecast import DAYPARTS, Daypart
from forecasting.values.thresholds import LEVELS
from language import UserError
from language.plain import joined
from language.said import fact, together
from visuals.base.palette import GRID, INK, QUIET_INK, ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Rect, Sheet
from visuals.studio.material.material import Material
from visuals.studio.material.ranking import rank, worst
from visuals.studio.panels.charts import LABEL_PX
from visuals.studio.panels.frame import Framed
from visuals.studio.panels.mappanel import draw_legend, icon
from visuals.studio.words.message import Message, all_claims
from visuals.studio.words.wording import (
    advice_words,
    chance_claim,
    chance_words,
    headline_words,
    level_claim,
    moment_words,
    moments_of,
)
from visuals.words.claim_words import chance_of, claim, hours_claims, said
from visuals.words.hours import capitalised, daypart_name, weekday

_SATURDAY: Final = 5
_PARTS: Final[tuple[Daypart, ...]] = DAYPARTS[1:]
"""Morning, afternoon and evening: nobody plans a visit to the beach at night."""

_ROW: Final = 50
_MOST_ROWS: Final = 12


@dataclass(frozen=True)
class _Cell:
    zone_id: str
    day: date
    part: Daypart
    level: ShownLevel
    count: float
    chance: float


def message(material: Material) -> Message:
    """Return what the weekend says: its most important busy moment, how likely that is, and what to do."""
    lang = material.lang
    days = _days(material)
    cells = _cells(material)
    busy = next((m for m in moments_of(material) if m.start.date() in days), None)
    level = busy.level if busy else worst([cell.level for cell in cells])
    advice = _advice(material, busy)
    headline = headline_words(material, _headline(material, busy, level), advice)
    chance = _chance(material, busy)
    top = hours_claims(material, busy.zone_id, busy.levels[:1]) if busy else []
    hours = _hours(material)
    drawn = [*top, *(one for cell in cells for one in _cell_claims(material, cell, hours))]
    alt = _alt(material, cells, headline, advice)
    end = pd.Timestamp(days[-1]) + pd.Timedelta(days=1)
    return Message(
        kicker=lang.t("The weekend of {day}", day=lang.date(days[0], "d MMMM y")),
        headline=headline,
        level=level,
        chance=chance,
        advice=advice,
        alt=alt,
        until=end.tz_localize(material.area.tz).to_pydatetime(),
        figures=pd.DataFrame([vars(cell) for cell in cells]).rename(columns={"count": "q50", "chance": "p_orange"}),
        claims=all_claims(drawn, (headline, chance, advice, alt)),
    )


def _advice(material: Material, busy: BusyMoment | None) -> str:
    """Return what to do on the day of the headline, with its name: it holds for every place that is busy that day."""
    moments = [one for one in moments_of(material) if busy is not None and one.start.date() == busy.start.date()]
    said_of = advice_words(material, moments)
    if busy is None or material.words.advice:
        return said_of
    return material.lang.t(
        "{day}: {advice}", day=capitalised(weekday(busy.start.date(), material.lang)), advice=said_of
    )


def _headline(material: Material, busy: BusyMoment | None, level: ShownLevel) -> str:
    lang = material.lang
    if busy is not None:
        return moment_words(busy, material)
    if level == "unknown":
        return lang.t("There is no forecast of this weekend")
    calm = claim(material, "at most", _known(material), _hours(material), "green" if level == "green" else "yellow")
    if level == "green":
        return said(lang.t("A quiet weekend everywhere"), calm)
    return said(lang.t("A lively weekend, busy nowhere"), calm)


def _chance(material: Material, busy: BusyMoment | None) -> str:
    """Say how likely the headline is, or of a weekend that is not busy how likely it gets busy somewhere."""
    if busy is not None:
        return chance_words(material, hours_claims(material, busy.zone_id, busy.levels[:1])[1], "some time")
    anywhere = claim(material, "chance", material.forecast.zone_ids, _hours(material), "orange")
    return material.lang.t("Chance that it gets busy somewhere: {chance}", chance=chance_of(anywhere, material.lang))


def _hours(material: Material) -> Indices:
    """Return the hours still to come of the days and parts of the day that are shown."""
    forecast = material.forecast
    of_days = np.isin(forecast.local_dates, np.asarray(_days(material), dtype=object))
    hours = np.flatnonzero(of_days & (forecast.local_hours.hour.to_numpy() >= 6))
    return np.asarray(hours[hours >= forecast.local_hours.searchsorted(material.since)])


def _known(material: Material) -> list[str]:
    """Return the places of which something is known in these hours."""
    known = np.flatnonzero(np.isfinite(material.forecast.median[:, _hours(material)]).any(axis=1))
    return [material.forecast.zone_ids[row] for row in known]


def _cell_claims(material: Material, cell: _Cell, shown: Indices) -> Iterator[Claim | None]:
    """Yield what one cell of the table claims: the level of the busiest hour of that part of the day, and a chance.

    ``shown`` are the hours of the whole table.
    """
    if cell.level != "unknown":
        part = material.forecast.local_hours.hour[shown] // 6 == DAYPARTS.index(cell.part)
        hours = shown[(material.forecast.local_dates[shown] == cell.day) & part]
        yield level_claim(material, cell.zone_id, hours, cell.level)
        yield chance_claim(material, cell.zone_id, hours, cell.level)


def _days(material: Material) -> list[date]:
    """Return the Saturday and Sunday to come, as far as they lie in the forecast. Raises ``UserError`` for none."""
    forecast, hours = material.forecast, week_hours(material.forecast, material.since)
    dates = set(forecast.local_dates[hours[forecast.local_hours.hour[hours] >= 6]])
    shown = sorted(day for day in dates if day.weekday() >= _SATURDAY)
    if not shown:
        raise UserError("There is no Saturday or Sunday in this forecast. Choose another picture.")
    return [day for day in shown if day - shown[0] <= timedelta(days=1)]


def _cells(material: Material) -> list[_Cell]:
    """Return the busiest hour of each place and part of the day: its level is that of which the headline speaks."""
    forecast, thresholds = material.forecast, material.thresholds
    levels, orange = busy_levels(forecast, thresholds), thresholds.array(forecast.zone_ids)[:, ORANGE - 1]
    cells = []
    for day, of_day in days_of(forecast, week_hours(forecast, material.since)):
        for part in _PARTS if day in _days(material) else ():
            hours = of_day[forecast.local_hours.hour[of_day] // 6 == DAYPARTS.index(part)]
            for row, zone_id in enumerate(forecast.zone_ids) if len(hours) else ():
                count = float(forecast.median[row, hours].max())
                level: ShownLevel = "unknown" if isnan(count) else LEVELS[levels[row, hours].max()]
                likely = chance_of_reaching(forecast, zone_id, hours, float(orange[row]))
                cells.append(_Cell(zone_id, day, part, level, count, likely))
    return cells


def _zones(material: Material, cells: list[_Cell]) -> list[str]:
    """Return the places, the busiest of the weekend first."""

    def busyness(zone_id: str) -> tuple[int, float]:
        own = [cell for cell in cells if cell.zone_id == zone_id]
        orange = material.thresholds.zones[zone_id].orange
        return max((rank(cell.level) for cell in own), default=-1), max(
            (cell.count / orange for cell in own if cell.level != "unknown"), default=-1.0
        )

    return sorted(material.forecast.zone_ids, key=busyness, reverse=True)


def _alt(material: Material, cells: list[_Cell], headline: str, advice: str) -> str:
    lang, hours = material.lang, _hours(material)
    sentences = []
    for level in reversed(LEVELS):
        zones = [
            zone_id
            for zone_id in _zones(material, cells)
            if worst([cell.level for cell in cells if cell.zone_id == zone_id]) == level
        ]
        if zones:
            names = joined([material.name(zone_id) for zone_id in zones], lang)
            here = said(names, claim(material, "level", zones, hours, level))
            sentences.append(lang.t("{level}: {zones}.", level=capitalised(word(level, lang)), zones=here))
    start = lang.t(
        "Table of the weekend of {day} by place and part of the day. {headline}.",
        day=lang.date(_days(material)[0], "d MMMM y"),
        headline=headline,
    )
    return together([start, lang.t("At the busiest part of the weekend:"), *sentences, advice])


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, lang = sheet.unit, material.lang
    cells = {(cell.zone_id, cell.day, cell.part): cell for cell in _cells(material)}
    days = _days(material)
    legend = draw_legend(sheet, Box(box.x - 12 * u, box.y, box.width + 24 * u, box.height + 12 * u), material, u)
    area = box.above(box.bottom - legend.y + 14 * u)
    head = 2 * 1.5 * LABEL_PX * u
    zones = _zones(material, list(cells.values()))
    rows = int(min(max((area.height - head) / (_ROW * u), 1), _MOST_ROWS, len(zones)))
    height = min((area.height - head) / rows, 1.9 * _ROW * u)
    names = min(0.3 * area.width, 330 * u)
    columns = [(day, part) for day in days for part in _PARTS]
    gap = 6 * u
    day_gap = 16 * u
    width = (area.width - names - gap - day_gap * (len(days) - 1)) / len(columns)

    def column(number: int) -> Box:
        left = area.x + names + gap + number * width + (number // len(_PARTS)) * day_gap
        return Box(left, area.y, width, area.height)

    _draw_heads(sheet, material, days, column, head)
    if rows < len(zones):
        left = lang.t(
            "The {rows} busiest of {n} places", rows=lang.number(rows), n=fact(lang.number(len(zones)), "area")
        )
        sheet.label(left, area.left(names).top(head), LABEL_PX * u, QUIET_INK, lines=2)
    for line, zone_id in enumerate(zones[:rows]):
        strip = Box(area.x, area.y + head + line * height, area.width, height)
        sheet.label(material.name(zone_id), strip.left(names), 25 * u, INK, weight=600, lines=3)
        for number, (day, part) in enumerate(columns):
            place = column(number)
            cell = Box(place.x, strip.y, place.width, height).inset(gap / 2)
            found = cells.get((zone_id, day, part))
            if found is None:
                sheet.put(Rect(cell, GRID, radius=8 * u, opacity=0.5))
                continue
            sheet.put(Rect(cell, material.brand.fill(found.level), radius=8 * u, stroke=INK, stroke_width=1.2 * u))
            size = min(20 * u, 0.42 * cell.height)
            on = material.brand.text_on(found.level)
            sheet.put(*icon(found.level, *cell.middle, size, material, on=on))


def _draw_heads(sheet: Sheet, material: Material, days: list[date], column: Callable[[int], Box], head: float) -> None:
    u, lang = sheet.unit, material.lang
    for number, day in enumerate(days):
        first, last = column(number * len(_PARTS)), column(number * len(_PARTS) + len(_PARTS) - 1)
        title = Box(first.x, first.y, last.right - first.x, head / 2)
        name = capitalised(lang.date(day, "EEEE d MMMM"))
        sheet.label(name, title, 24 * u, INK, weight=700, align="center", lines=1)
        for position, part in enumerate(_PARTS):
            place = column(number * len(_PARTS) + position)
            strip = Box(place.x + 2 * u, place.y + head / 2, place.width - 4 * u, head / 2)
            sheet.label(daypart_name(part, lang), strip, LABEL_PX * u, QUIET_INK, align="center", lines=1)


FRAMED = Framed(_draw)
