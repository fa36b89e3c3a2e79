"""How good were we: the busy moments that came and that we forecast, right and wrong, one tile each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from shapely.geometry import LineString

from forecasting.evaluation.backtest_result import Backtest
from language import UserError
from language.said import fact, tells
from visuals.base.palette import INK, PAPER
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Point, Rect, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.panels.charts import read_below
from visuals.studio.panels.frame import Framed
from visuals.studio.words.message import Message
from visuals.studio.words.wording import headline_words
from visuals.words.accuracy import moment_list, source_sentences

Outcome = Literal["hit", "missed", "false alarm"]

_RECENT: Final = timedelta(days=31)
_ENOUGH: Final = 3
"""Fewer tested weeks in the last month say little: all weeks tested are shown then."""

_MISSED: Final = "#8E1B3A"
_ALARM: Final = "#8C8579"
_MOST_TILE: Final = 128
_TALL: Final = 0.7
"""A panel that is higher than this part of its width is that of a poster."""


@dataclass(frozen=True)
class _Outcomes:
    """What came of the busy moments of some weeks: seen coming, missed, and false alarms."""

    weeks: int
    recent: bool
    seen: int
    missed: int
    alarms: int

    @property
    def came(self) -> int:
        return self.seen + self.missed


def message(material: Material) -> Message:
    """Return how many busy moments were seen coming, and how many were missed or forecast in vain."""
    lang, result = material.lang, _result(material)
    found = _outcomes(material, result)
    headline = headline_words(material, _headline(material, found))
    sentences = _sentences(material, found, result)
    return Message(
        kicker=_kicker(material, found, result),
        headline=headline,
        alt=" ".join([f"{headline}.", *sentences]),
        shows="test",
        origin=lang.t(
            "Test {id}: each forecast was made again with only what was known then, and compared with the counts.",
            id=result.id,
        ),
        figures=moment_list(result),
    )


def _result(material: Material) -> Backtest:
    if material.backtest is None:
        raise UserError("The forecasts of this area have not been tested yet.")
    return material.backtest


def _outcomes(material: Material, result: Backtest) -> _Outcomes:
    recent = [cutoff for cutoff in result.cutoffs if cutoff >= material.since - _RECENT]
    enough = len(recent) >= _ENOUGH
    if enough:
        listed = [moment.outcome for moment in result.listed if moment.start >= min(recent)]
        counts = [listed.count(outcome) for outcome in ("hit", "missed", "false alarm")]
        return _Outcomes(len(recent), True, *counts)
    moments = result.moments
    return _Outcomes(len(result.cutoffs), False, moments.seen, moments.missed, moments.false_alarms)


@tells("test")
def _kicker(material: Material, found: _Outcomes, result: Backtest) -> str:
    lang = material.lang
    if found.recent:
        return lang.n("The last month: {n} week tested", "The last month: {n} weeks tested", found.weeks)
    first, last = (lang.date(moment, "MMMM y", material.area.tz) for moment in (result.cutoffs[0], result.cutoffs[-1]))
    return lang.n(
        "How good were we? {n} week tested, {first} to {last}",
        "How good were we? {n} weeks tested, {first} to {last}",
        found.weeks,
        first=first,
        last=last,
    )


@tells("test")
def _headline(material: Material, found: _Outcomes) -> str:
    if not found.came:
        return material.lang.t("It did not get busy anywhere in the weeks we tested")
    return material.lang.n(
        "We saw {seen} of the {n} busy moment coming",
        "We saw {seen} of the {n} busy moments coming",
        found.came,
        seen=material.lang.number(found.seen),
    )


def _labels(material: Material, found: _Outcomes) -> dict[Outcome, str]:
    lang = material.lang
    return {
        "hit": fact(lang.n("{n} time seen coming", "{n} times seen coming", found.seen), "test"),
        "missed": fact(lang.n("{n} time missed", "{n} times missed", found.missed), "test"),
        "false alarm": fact(lang.n("{n} false alarm", "{n} false alarms", found.alarms), "test"),
    }


@tells("test")
def _sentences(material: Material, found: _Outcomes, result: Backtest) -> list[str]:
    inside = round(100 * (result.model.coverage_80 or 0))
    lang = material.lang
    return [
        *(f"{text}." for text in _labels(material, found).values()),
        lang.t("Of every 100 counts, 80 should lie inside our range. It was {inside}.", inside=lang.number(inside)),
        *source_sentences(material.sources, lang)[1:],
    ]


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, lang, result = sheet.unit, material.lang, _result(material)
    found = _outcomes(material, result)
    inside = round(100 * (result.model.coverage_80 or 0))
    reading = lang.t(
        "Each tile is one busy moment. Of every 100 counts, 80 should lie inside our range. It was {inside}.",
        inside=fact(lang.number(inside), "test"),
    )
    rest = read_below(sheet, box, reading)
    labels = _labels(material, found)
    groups: Sequence[tuple[Outcome, int]] = (
        ("hit", found.seen),
        ("missed", found.missed),
        ("false alarm", found.alarms),
    )
    head, gap = 64 * u, 36 * u
    # On a poster one below the other: beside each other they leave half of it empty.
    down = rest.height > _TALL * rest.width
    width, height = (
        (side - gap * (len(groups) - 1)) / len(groups) if split else side
        for side, split in ((rest.width, not down), (rest.height, down))
    )
    room = Box(0, 0, width, height - head)
    tile = min(_tile(room, max(number for _, number in groups)), _MOST_TILE * u)
    across = max(int(width // tile), 1)
    for place_of, (outcome, number) in enumerate(groups):
        left = rest.x + (0 if down else place_of * (width + gap))
        top = rest.y + (place_of * (height + gap) if down else 0)
        sheet.label(labels[outcome], Box(left, top, width, head - 12 * u), 27 * u, INK, weight=700, lines=2)
        for index in range(number):
            place = Box(left + index % across * tile, top + head + index // across * tile, tile, tile)
            _tile_of(sheet, outcome, place.inset(0.06 * tile), material)


def _tile(room: Box, most: int) -> float:
    """Return the size of tiles with which ``most`` of them fit in rows in ``room``."""
    size = min(room.width, room.height)
    while size > 1 and int(room.width // size) * int(room.height // size) < most:
        size *= 0.97
    return size


def _tile_of(sheet: Sheet, outcome: Outcome, box: Box, material: Material) -> None:
    """Draw a tile: seen coming is full, missed is an open ring, a false alarm a cross: not by colour alone."""
    u = sheet.unit
    radius = 0.14 * box.width
    if outcome == "hit":
        sheet.put(Rect(box, material.brand.colours.accent, radius=radius))
        sheet.put(Point(*box.middle, "circle", 0.34 * box.width, PAPER))
    elif outcome == "missed":
        sheet.put(Rect(box, PAPER, radius=radius, stroke=_MISSED, stroke_width=max(0.09 * box.width, 2 * u)))
    else:
        sheet.put(Rect(box, "#E9E5DC", radius=radius, stroke=_ALARM, stroke_width=1.5 * u))
        x, y, reach = *box.middle, 0.2 * box.width
        for slope in (1, -1):
            stroke = LineString([(x - reach, y - slope * reach), (x + reach, y + slope * reach)])
            sheet.put(Shape(stroke, stroke=_ALARM, stroke_width=0.08 * box.width))


FRAMED = Framed(_draw)
