"""Sheets of paper for a session on a bad network: one A4 an item, with the QR code and room to write."""

from html import escape

from data.area.area import Area
from feedback.contributions.naming import ROLES, role_name
from feedback.sessions.agenda import Item, kind_beside
from feedback.sessions.sessions import Session
from forecasting.values.thresholds import LEVELS
from language import Language
from streamlit_app.sessions.guess_paper import guess_rows
from streamlit_app.sessions.presenter.entrance_code import code_as_read, qr
from streamlit_app.sessions.rounds.needless_paper import needless_rows
from streamlit_app.sessions.rounds.saturday_paper import saturday_pages
from streamlit_app.thresholds.on_paper import PICTURES, by_picture, places_of
from visuals.base.palette import word
from visuals.charts.crowd import people_picture

LINES = {
    "question": 14,
    "request": 12,
    "look": 9,
    "scenario": 9,
    "thresholds": 0,
    "guess": 0,
    "needless": 0,
    "saturday": 0,
    "card": 12,
}


def sheets(session: Session, items: list[tuple[Item, list[str]]], area: Area, entrance: str, lang: Language) -> str:
    """Return one HTML page of A4 sheets to print; each item comes with the texts of its statements."""
    body = "".join(
        _sheet(session, item, content, area, entrance, lang)
        for item, texts in items
        for content in _contents(item, texts, area, lang)
    )
    return (
        f'<!doctype html><html lang="{lang.code}"><head><meta charset="utf-8"><title>{escape(session.title)}</title>'
        f'<link rel="stylesheet" href="../present/files/sheets.css"></head><body>{body}</body></html>'
    )


def _contents(item: Item, texts: list[str], area: Area, lang: Language) -> list[str]:
    """Return what is filled in on the sheets of an item: most have one."""
    asked = (_votes(texts, lang), _places(item, area, lang), guess_rows(item, area, lang), needless_rows(item, lang))
    return saturday_pages(item, area, lang) or ["".join(asked)]


def _sheet(session: Session, item: Item, content: str, area: Area, entrance: str, lang: Language) -> str:
    code = ""
    if session.code:
        picture = qr(f"{entrance}/{session.code}") if entrance else ""
        code = f'<div class="join">{picture}<b>{code_as_read(session.code)}</b></div>'
    told = [lang.t("REHEARSAL")] if session.rehearsal else []
    told += [lang.t("DEMO DATA")] if area.simulated else []
    demo = "".join(f' <span class="demo">{escape(mark)}</span>' for mark in told)
    kind = f"{escape(' · '.join(filter(None, (session.title, kind_beside(item, lang)))))}{demo}"
    return f"""<article>
<header><div><p class="quiet">{kind}</p><h1>{escape(item.title)}</h1>
<p>{escape(item.text)}</p>{_request(item, lang)}</div>{code}</header>
{content}
{'<div class="line"></div>' * LINES.get(item.kind, 3)}
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


def _request(item: Item, lang: Language) -> str:
    """The last day to answer, and the documents with their addresses: on paper nobody can click."""
    said = []
    if item.last_day is not None:
        said.append(lang.t("You can answer until {day}.", day=lang.date(item.last_day, "EEEE d MMMM yyyy")))
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    papers = "".join(f"<li>{escape(paper.title)}<br>{escape(paper.address)}</li>" for paper in item.documents)
    return lines + (f"<ul>{papers}</ul>" if papers else "")


def _places(item: Item, area: Area, lang: Language) -> str:
    """For a round about thresholds: pictures by letter, and a row for each place with three boxes."""
    if item.kind != "thresholds":
        return ""
    places = places_of(area.id)
    pictured = [area.zone(zone_id) for zone_id, ruler in places if by_picture(ruler)]
    shown = "".join(
        f"<figure>{people_picture(people, pictured[0].kind)}<b>{letter}</b></figure>"
        for letter, people in (PICTURES.items() if pictured else ())
    )
    heads = "".join(f"<th>{escape(word(level, lang))}</th>" for level in LEVELS[1:])
    rows = "".join(
        f"<tr><td>{escape(area.zone(zone_id).name(lang))}</td>{'<td class=box><i></i></td>' * 3}</tr>"
        for zone_id, _ in places
    )
    how = lang.t("From which picture on would you call it that? Write a letter, or a number of people if you know it.")
    if not pictured:
        how = lang.t("From how many people an hour would you call it that? Write a number.")
    role = lang.t("I am a: {roles}", roles=" / ".join(role_name(role, lang) for role in ROLES))
    return (
        f'<p>{escape(role)}</p><p>{escape(how)}</p><div class="pictures">{shown}</div>'
        f"<table class=places><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
