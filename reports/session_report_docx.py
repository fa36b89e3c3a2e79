"""The report of a session for Word: real headings, alternative texts, table headers that repeat, and its language."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from language import Language
from reports.session_report import Part, Picture, SessionReport, Table

_LANGUAGES: Final = {"nl": "nl-NL", "en": "en-GB"}
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a Word file cannot hold."""


def report_docx(report: SessionReport, lang: Language, *, compact: bool = False) -> bytes:
    """Return the report as the bytes of a ``.docx`` file; ``compact`` for what is to stand on one sheet of A4."""
    document = docx.Document()
    _styled(document, lang)
    if compact:
        _made_small(document)
    document.core_properties.title = _kept(report.title)
    document.core_properties.language = _LANGUAGES[lang.code]
    document.core_properties.author = ""
    now = datetime.now(UTC)
    document.core_properties.created = document.core_properties.modified = now
    document.add_heading(_kept(report.title), 0)
    document.add_paragraph(_kept(report.subtitle))
    marks = " · ".join(mark for mark in (report.status, report.demo) if mark)
    document.add_paragraph().add_run(marks).bold = True
    for part in report.parts:
        _add(document, part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _styled(document: Any, lang: Language) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[lang.code])
    normal.element.get_or_add_rPr().append(language)
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.name = "Arial"
        document.styles[name].font.color.rgb = RGBColor(0x0B, 0x4F, 0x6C)


def _made_small(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.3)
    page.top_margin = page.bottom_margin = Cm(1)
    sizes = {"Normal": 8.5, "Title": 15, "Heading 1": 10.5, "List Bullet": 8.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(5 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1


def _add(document: Any, part: Part) -> None:
    document.add_heading(_kept(part.heading), part.level)
    for paragraph in part.paragraphs:
        document.add_paragraph(_kept(paragraph))
    if part.picture is not None:
        _add_picture(document, part.picture)
    for bullet in part.bullets:
        document.add_paragraph(_kept(bullet), style="List Number" if part.numbered else "List Bullet")
    if part.table is not None:
        _add_table(document, part.table)


def _add_picture(document: Any, picture: Picture) -> None:
    shape = document.add_picture(BytesIO(picture.png), width=Cm(16))
    shape._inline.docPr.set("descr", _kept(picture.alt))


def _add_table(document: Any, table: Table) -> None:
    document.add_paragraph(_kept(table.caption)).runs[0].italic = True
    columns = [str(column) for column in table.frame.columns]
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, column in zip(made.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(_kept(column)).bold = True
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(header)
    for values in table.frame.itertuples(index=False):
        for cell, value in zip(made.add_row().cells, values, strict=True):
            cell.text = _kept(str(value))


def _kept(text: str) -> str:
    return _FORBIDDEN.sub("", text)
