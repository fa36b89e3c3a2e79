"""The poster of a session: when and where, what is on the agenda, and a QR code to take part."""

from datetime import datetime, time
from typing import Final

import pandas as pd
import segno
from shapely import union_all
from shapely.geometry import box as rectangle

from feedback.sessions.sessions import kind_name
from language.said import tells
from visuals.base.palette import INK, QUIET_INK, WHITE
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Rect, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.material.meeting import Meeting
from visuals.studio.panels.frame import Framed
from visuals.studio.words.message import Message
from visuals.studio.words.wording import headline_words
from visuals.words.hours import capitalised

_QUIET_ZONE: Final = 4
"""Modules of light around a QR code, as its standard asks."""

_MOST_ITEMS: Final = 9


def message(material: Material) -> Message:
    """Return what the poster says: a session, or without one an invitation to take part."""
    lang, meeting = material.lang, _meeting(material)
    headline = headline_words(material, meeting.title or _invitation(material))
    advice = material.words.advice or _advice(material, meeting)
    where = _where(material, meeting)
    alt = [
        lang.t("Poster: {title}. {where}.", title=headline, where=where),
        lang.t("On the agenda: {items}.", items="; ".join(meeting.items)) if meeting.items else "",
        advice,
        lang.t("The QR code opens {link}", link=meeting.link),
    ]
    return Message(
        kicker=where,
        headline=headline,
        advice=advice,
        alt=" ".join(part for part in alt if part),
        shows="people",
        origin=lang.t("What is shown and said at the meeting becomes a public report, without names."),
        until=datetime.combine(meeting.day, time(23, 59), material.area.tz) if meeting.day else None,
        figures=pd.DataFrame({"item": meeting.items}),
    )


def _meeting(material: Material) -> Meeting:
    return material.meeting or Meeting("")


def _invitation(material: Material) -> str:
    return material.lang.t("Have your say about crowds in {area}", area=material.area.name(material.lang))


@tells("session")
def _where(material: Material, meeting: Meeting) -> str:
    lang = material.lang
    if meeting.day is None or meeting.kind is None:
        return lang.t("Take part")
    when = capitalised(lang.date(meeting.day, "EEEE d MMMM y"))
    kind = capitalised(kind_name(meeting.kind, lang))
    return " · ".join(part for part in (kind, when, meeting.place) if part)


def _advice(material: Material, meeting: Meeting) -> str:
    lang = material.lang
    if meeting.code:
        # Two groups of three letters, the way people read them aloud; they stay on one line.
        read = f"{meeting.code[:3]}\u00a0{meeting.code[3:]}".upper()
        return lang.t("Come and take part. Scan the code, or enter {code} on the page.", code=read)
    return lang.t("Come and take part. Scan the code to read more.")


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, meeting = sheet.unit, _meeting(material)
    beside = box.width > 1.15 * box.height
    most = 0.42 * box.width if beside else 0.5 * box.height
    side = min(most, 0.96 * box.height, 640 * u)
    if beside:
        code = Box(box.right - side, box.y, side, side)
        words = Box(box.x, box.y, box.width - side - 40 * u, box.height)
    else:
        code = Box(box.x + (box.width - side) / 2, box.bottom - side, side, side)
        words = box.above(side + 24 * u)
    _draw_code(sheet, code, meeting.link)
    _draw_agenda(sheet, words, meeting, material)


def _draw_agenda(sheet: Sheet, box: Box, meeting: Meeting, material: Material) -> None:
    u, lang = sheet.unit, material.lang
    if meeting.day is None:
        sentence = lang.t("Look at what is expected, change what you doubt, and say what you think.")
        sheet.label(sentence, box, 40 * u, INK, weight=600, middle=box.height < 400 * u)
        return
    head = 44 * u
    sheet.label(lang.t("On the agenda"), box.top(head), 25 * u, QUIET_INK, weight=600, lines=1, middle=False)
    items = meeting.items[:_MOST_ITEMS]
    if not items:
        sheet.label(lang.t("The agenda follows."), box.below(head).top(60 * u), 31 * u, INK, lines=2, middle=False)
        return
    height = min((box.height - head) / len(items), 104 * u)
    mark = 60 * u
    for line, title in enumerate(items):
        strip = Box(box.x, box.y + head + line * height, box.width, height)
        size = min(mark - 16 * u, height * 0.7)
        chip = Box(strip.x, strip.middle[1] - size / 2, size, size)
        sheet.put(Rect(chip, material.brand.colours.accent, radius=size / 2))
        on = material.brand.colours.on_accent
        sheet.label(str(line + 1), chip, size * 0.55, on, weight=700, align="center", lines=1)
        sheet.label(title, strip.after(mark).inset(0, 3 * u), 31 * u, INK, weight=600, lines=2)


def _draw_code(sheet: Sheet, box: Box, link: str) -> None:
    """Draw a QR code in whole pixels, so that its edges are sharp."""
    rows = [list(row) for row in segno.make(link or "-", error="m", micro=False).matrix]
    modules = len(rows) + 2 * _QUIET_ZONE
    size = max(int(box.width // modules), 1)
    left, top = (round(middle - size * modules / 2) for middle in box.middle)
    inner = (left + _QUIET_ZONE * size, top + _QUIET_ZONE * size)
    dark = [
        rectangle(inner[0] + x * size, inner[1] + y * size, inner[0] + (x + 1) * size, inner[1] + (y + 1) * size)
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    ]
    frame = Box(left, top, size * modules, size * modules)
    sheet.put(Rect(frame, WHITE, radius=12 * sheet.unit), Shape(union_all(dark), fill=INK))


FRAMED = Framed(_draw, marked=False)
