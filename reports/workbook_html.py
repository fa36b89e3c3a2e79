"""A workbook as one HTML file that needs nothing else: pictures inside, for screen readers and for paper."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from language import Language
from reports.kept_week import kept_week
from reports.markdown import as_html, as_html_line
from reports.workbook import Figures, Kept, Workbook

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def workbook_html(workbook: Workbook, lang: Language, tz: ZoneInfo) -> str:
    """Return the workbook as the text of an ``.html`` file; moments are said in ``tz``."""

    def moment(at: datetime) -> str:
        return lang.date(at, "d MMMM yyyy HH:mm", tz)

    return _TEMPLATES.get_template("workbook.html.j2").render(
        title=workbook.title or lang.t("Workbook"),
        code=lang.code,
        demo=lang.t("DEMO DATA") if workbook.simulated else "",
        demo_sentence=lang.t("Figures marked so are made up, to practise with."),
        count=lang.n("{n} result", "{n} results", len(workbook.kept)),
        changed=lang.t("last changed {moment}", moment=moment(workbook.changed)),
        contents=lang.t("Contents"),
        figures=lang.t("The figures"),
        how=lang.t("How was this computed?"),
        results=[_result(kept, lang, moment) for kept in workbook.kept],
    )


def _result(kept: Kept, lang: Language, moment: Callable[[datetime], str]) -> dict[str, Any]:
    pictures = [
        (_address(picture.png), _address(picture.narrow) if picture.narrow else "", picture.alt)
        for picture in kept.pictures
    ]
    return {
        "kept": kept,
        "week": kept_week(kept, lang),
        "pictures": pictures,
        "said": [_markup(text) for text in kept.said],
        "rows": _how_many(kept.figures, lang) if kept.figures else "",
        "open": not kept.pictures and not kept.said,
        "origin": Markup(as_html_line(kept.origin)),  # noqa: S704 - it escapes what is HTML
        "explained": [_markup(text) for text in (kept.method, *kept.sources)],
        "kept_at": lang.t("Kept on {moment}.", moment=moment(kept.kept_at)),
        "python": "\n".join(part for part in (kept.setup, kept.code) if part),
    }


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _how_many(figures: Figures, lang: Language) -> str:
    if figures.total == len(figures.rows):
        return lang.t("All figures behind this result.")
    shown, total = lang.number(len(figures.rows)), lang.number(figures.total)
    return lang.t("The first {n} of {total} rows. The notebook has them all.", n=shown, total=total)


def _markup(markdown: str) -> Markup:
    return Markup(as_html(markdown))  # noqa: S704 - it escapes what is HTML
