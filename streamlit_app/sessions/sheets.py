"""Sheets of paper for a session on a bad network: one A4 an item, with the QR code and room to write."""

from html import escape

from data.area.area import Area
from feedback.sessions.agenda import Item, item_kind_name
from feedback.sessions.sessions import Session
from language import Language
from streamlit_app.sessions.presenter_view import code_as_read, qr

LINES = {"question": 14, "request": 14, "look": 9, "scenario": 9, "thresholds": 9}


def sheets(session: Session, items: list[tuple[Item, list[str]]], area: Area, entrance: str, lang: Language) -> str:
    """Return one HTML page of A4 sheets to print; each item comes with the texts of its statements."""
    body = "".join(_sheet(session, item, texts, area, entrance, lang) for item, texts in items)
    return (
        f'<!doctype html><html lang="{lang.code}"><head><meta charset="utf-8"><title>{escape(session.title)}</title>'
        f'<link rel="stylesheet" href="../present/files/sheets.css"></head><body>{body}</body></html>'
    )


def _sheet(session: Session, item: Item, texts: list[str], area: Area, entrance: str, lang: Language) -> str:
    code = ""
    if session.code:
        picture = qr(f"{entrance}/{session.code}") if entrance else ""
        code = f'<div class="join">{picture}<b>{code_as_read(session.code)}</b></div>'
    demo = f' <span class="demo">{escape(lang.t("DEMO DATA"))}</span>' if area.simulated else ""
    kind = f"{escape(session.title)} · {escape(item_kind_name(item.kind, lang))}{demo}"
    return f"""<article>
<header><div><p class="quiet">{kind}</p><h1>{escape(item.title)}</h1><p>{escape(item.text)}</p></div>{code}</header>
{_votes(texts, lang)}{'<div class="line"></div>' * LINES.get(item.kind, 3)}
<footer>{escape(lang.t("Do not write names or telephone numbers. Hand this sheet in to the facilitator."))}</footer>
</article>"""


def _votes(texts: list[str], lang: Language) -> str:
    if not texts:
        return ""
    heads = "".join(f"<th>{escape(word)}</th>" for word in (lang.t("Agree"), lang.t("Disagree"), lang.t("Pass")))
    rows = "".join(
        f"<tr><td>{number}. {escape(text)}</td>{'<td class=box><i></i></td>' * 3}</tr>"
        for number, text in enumerate(texts, 1)
    )
    return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
