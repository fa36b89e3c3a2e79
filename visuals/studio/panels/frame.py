"""The frame that all pictures share: masthead, headline, what to do, small print, and in the midst the drawing.

High pictures stand these above each other; in wide ones the words stand beside the drawing. Every height is measured
before anything is drawn, and the drawing takes what is left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from language import UserError
from visuals.base.palette import INK, WHITE, ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.fitting import Fitted
from visuals.studio.layout.sheet import Line, Picture, Rect, Sheet
from visuals.studio.layout.sizes import Size
from visuals.studio.material.material import Material
from visuals.studio.panels.mappanel import icon
from visuals.studio.words.colophon import colophon
from visuals.studio.words.message import Message
from visuals.words.timing_words import week_mark

Draw = Callable[[Sheet, Box, Material, Message], None]

_MARGIN: Final = 56
_WORDS: Final = 0.41
"""Share of a wide picture's width that the words take."""

_LEAST_BODY: Final = 0.24
"""The drawing keeps at least this share of the height."""

_MASTHEAD_LINES: Final = 1.3
"""A name of more lines than this beside the marks gets a line of its own."""

_HEADLINE: Final = 78
_LEAST_HEADLINE: Final = 0.34
_MARK_ANGLE: Final = -18
_MARK_OPACITY: Final = 0.1


@dataclass(frozen=True)
class Framed:
    """How a drawing sits in the frame: whether it runs to the edges (a map), and whether it shows figures, which are
    ``marked`` across as made up where they are."""

    draw: Draw
    bleed: bool = False
    marked: bool = True


def compose(material: Material, message: Message, size: Size, framed: Framed) -> Sheet:
    """Lay a picture out. Raises ``UserError`` when a text is too long for it."""
    if message.serious and not message.advice:
        raise UserError("A picture that warns of crowds must say what to do. Fill in the advice.")
    sheet = Sheet(size, material.brand.face, material.brand.colours.paper)
    layout = _wide if size.wide else _tall
    body = layout(sheet, material, message, framed)
    if framed.marked and material.simulated:
        _across(sheet, body, material)
    return sheet


def _tall(sheet: Sheet, material: Material, message: Message, framed: Framed) -> Box:
    u, size, colours = sheet.unit, sheet.size, material.brand.colours
    margin = _MARGIN * u
    page = Box(margin, size.top + (0.7 * margin if not size.top else 0), size.width - 2 * margin, 0)
    bottom = size.height - size.bottom - (0.55 * margin if not size.bottom else 0)
    print_ = _small_print(sheet, material, message, page.width, framed)
    foot = bottom - print_.height
    advice_height = _advice_height(sheet, message, size.width - 2 * margin)
    body_bottom = foot - 22 * u - advice_height
    y = page.y + _masthead(sheet, Box(page.x, page.y, page.width, 44 * u), material, message) + 26 * u
    room = body_bottom - _LEAST_BODY * size.height - y
    y = _words(sheet, Box(page.x, y, page.width, room), material, message)
    y += 26 * u
    body = Box(0, y, size.width, body_bottom - y)
    inner = body if framed.bleed else Box(page.x, y, page.width, body.height - (30 * u if advice_height else 10 * u))
    framed.draw(sheet, inner, material, message)
    if advice_height:
        band = Box(0, body_bottom, size.width, advice_height)
        sheet.put(Rect(band, colours.accent))
        _advice(sheet, band.inset(margin, 24 * u), material, message)
    _print(sheet, print_, Box(page.x, foot, page.width, print_.height), material)
    return body


def _wide(sheet: Sheet, material: Material, message: Message, framed: Framed) -> Box:
    u, size = sheet.unit, sheet.size
    margin = 50 * u
    column = _WORDS * size.width
    print_ = _small_print(sheet, material, message, size.width - 2 * margin, framed)
    foot = size.height - 0.5 * margin - print_.height
    body = Box(column, 0, size.width - column, foot - 20 * u)
    page = Box(margin, 0.8 * margin, column - margin - 36 * u, body.bottom - 0.8 * margin)
    advice_width = page.width
    advice_height = _advice_height(sheet, message, advice_width - 2 * 24 * u)
    y = page.y + _masthead(sheet, page.top(44 * u), material, message) + 22 * u
    room = page.bottom - advice_height - (26 * u if advice_height else 0) - y
    _words(sheet, Box(page.x, y, page.width, room), material, message)
    inner = body if framed.bleed else Box(column, page.y, body.width - margin, page.height)
    framed.draw(sheet, inner, material, message)
    if advice_height:
        panel = Box(page.x, page.bottom - advice_height, page.width, advice_height)
        sheet.put(Rect(panel, material.brand.colours.accent, radius=14 * u))
        _advice(sheet, panel.inset(24 * u, 24 * u), material, message)
    _print(sheet, print_, Box(margin, foot, size.width - 2 * margin, print_.height), material)
    return body


def _masthead(sheet: Sheet, strip: Box, material: Material, message: Message) -> float:
    """Draw logo or name on the left and the marks on the right, or below a long name; return the height."""
    u, px = sheet.unit, 21 * sheet.unit
    marks = _marks(material, message)
    widths = [sheet.face.width(text, px, 700) + 26 * u for text, _, _ in marks]
    taken = sum(width + 10 * u for width in widths)
    name = material.brand.name or material.area.name(material.lang)
    beside = strip.left(strip.width - taken - 12 * u)
    alone = not material.brand.logo and sheet.face.width(name, 27 * u, 700) > _MASTHEAD_LINES * beside.width
    if material.brand.logo:
        url, across, high = material.brand.logo
        scale = min(beside.width / across, beside.height / high)
        sheet.put(Picture(Box(beside.x, beside.y, across * scale, high * scale), url))
    else:
        room = strip if alone else beside
        sheet.label(name, room, 27 * u, material.brand.colours.accent, weight=700, lines=2)
    right = strip.x + taken - 10 * u if alone else strip.right
    top = strip.bottom if alone else strip.y
    for (text, fill, colour), width in zip(reversed(marks), reversed(widths), strict=True):
        chip = Box(right - width, top + 4 * u, width, strip.height - 8 * u)
        sheet.put(
            Rect(chip, fill, radius=6 * u, stroke=INK, stroke_width=1.6 * u),
            Line(chip.middle[0], chip.middle[1] + 0.35 * px, text, px, 700, colour, "center"),
        )
        right = chip.x - 10 * u
    return strip.height * (2 if alone else 1)


def _marks(material: Material, message: Message) -> list[tuple[str, str, str]]:
    """Return what must be seen at once, with fill and ink: made-up data, another week, a concept, a correction."""
    lang = material.lang
    found = []
    if material.corrects is not None:
        found.append((lang.t("CORRECTION"), material.brand.colours.accent, material.brand.colours.on_accent))
    if message.mark:
        found.append((message.mark, material.brand.colours.accent, material.brand.colours.on_accent))
    if message.shows == "forecast" and (week := week_mark(material.forecast, lang)):
        found.append((week, WHITE, INK))
    if material.standing == "concept":
        found.append((lang.t("DRAFT"), WHITE, INK))
    if material.simulated:
        found.append((lang.t("DEMO DATA"), "#F5D547", INK))
    return found


def _words(sheet: Sheet, box: Box, material: Material, message: Message) -> float:
    """Write kicker, headline, and level with chance; return where they end."""
    u, colours = sheet.unit, material.brand.colours
    px = 30 * u
    kicker = sheet.fitted(message.kicker, box.width, px, height=2.4 * px, weight=600, leading=1.15)
    row = 66 * u if message.level else 0
    chance = _chance(sheet, box.width, message, material)
    row = max(row, chance.height + 16 * u) if chance else row
    room = box.height - kicker.height - 12 * u - row - (12 * u if row else 0)
    headline = sheet.fitted(
        message.headline,
        box.width,
        _HEADLINE * u,
        height=room,
        weight=700,
        leading=1.04,
        least=_LEAST_HEADLINE,
        lines=7 if sheet.size.wide else 5,
        balanced=True,
    )
    y = box.y
    sheet.write(kicker, Box(box.x, y, box.width, kicker.height), colours.accent, weight=600)
    y += kicker.height + 12 * u
    sheet.write(headline, Box(box.x, y, box.width, headline.height), colours.ink, weight=700)
    y += headline.height
    if row:
        y += 12 * u
        strip = Box(box.x, y, box.width, row)
        left = _pill(sheet, strip, message.level, material) if message.level else 0
        if chance:
            sheet.write(chance, strip.after(left), colours.ink, middle=True)
        y += row
    return y


def _pill_width(sheet: Sheet, level: ShownLevel, material: Material) -> float:
    u = sheet.unit
    return sheet.face.width(word(level, material.lang), 30 * u, 700) + 86 * u


def _chance(sheet: Sheet, width: float, message: Message, material: Material) -> Fitted | None:
    if not message.chance:
        return None
    u = sheet.unit
    left = _pill_width(sheet, message.level, material) + 18 * u if message.level else 0
    return sheet.fitted(message.chance, width - left, 31 * u, height=84 * u, leading=1.15, least=0.55, balanced=True)


def _pill(sheet: Sheet, strip: Box, level: ShownLevel, material: Material) -> float:
    """Draw a level as a pill with icon and word in the middle of ``strip``; return the width with the gap after it."""
    u, px = sheet.unit, 30 * sheet.unit
    width = _pill_width(sheet, level, material)
    pill = Box(strip.x, strip.middle[1] - 27 * u, width, 54 * u)
    sheet.put(
        Rect(pill, material.brand.fill(level), radius=27 * u, stroke=INK, stroke_width=1.8 * u),
        *icon(level, pill.x + 36 * u, pill.middle[1], 22 * u, material, on=material.brand.text_on(level)),
        Line(
            pill.x + 60 * u,
            pill.middle[1] + 0.34 * px,
            word(level, material.lang),
            px,
            700,
            material.brand.text_on(level),
        ),
    )
    return width + 18 * u


def _advice_fitted(sheet: Sheet, message: Message, width: float) -> Fitted:
    px = (36 if not sheet.size.wide else 31) * sheet.unit
    return sheet.fitted(message.advice, width, px, height=5.4 * px, weight=600, leading=1.18, least=0.55, balanced=True)


def _advice_height(sheet: Sheet, message: Message, width: float) -> float:
    if not message.advice:
        return 0
    u = sheet.unit
    return _advice_fitted(sheet, message, width).height + (2 * 24 + 34) * u


def _advice(sheet: Sheet, box: Box, material: Material, message: Message) -> None:
    u, colours = sheet.unit, material.brand.colours
    px = 22 * u
    sheet.put(Line(box.x, box.y + 0.78 * px, material.lang.t("What can you do?"), px, 600, colours.on_accent))
    fitted = _advice_fitted(sheet, message, box.width)
    sheet.write(fitted, box.below(34 * u), colours.on_accent, weight=600)


def _small_print(sheet: Sheet, material: Material, message: Message, width: float, framed: Framed) -> Fitted:
    px = (20.5 if not sheet.size.wide else 19) * sheet.unit
    text = colophon(material, message, with_map=framed.bleed)
    return sheet.fitted(text, width, px, height=9 * px, leading=1.28, least=0.8)


def _print(sheet: Sheet, fitted: Fitted, box: Box, material: Material) -> None:
    sheet.write(fitted, box, material.brand.colours.quiet)


def _across(sheet: Sheet, body: Box, material: Material) -> None:
    """Write across the drawing that data are made up, so that it survives any cropping."""
    text = material.lang.t("DEMO DATA")
    px = min(0.16 * body.width, 0.3 * body.height)
    px *= min(1, 0.86 * body.width / sheet.face.width(text, px, 700))
    x, y = body.middle
    sheet.put(Line(x, y + 0.3 * px, text, px, 700, INK, "center", angle=_MARK_ANGLE, opacity=_MARK_OPACITY))
