"""The report of a session as a value: headings, paragraphs, tables and pictures, the same for every file format.

Everything in it is fit to be published: published texts only, roles and origins of fewer than five people coarsened,
groups of fewer than five people left out. Made anew, it leaves out what was erased meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.area.area import Area
from feedback.contributions.naming import role_name, topic_name
from feedback.contributions.published import Published, published
from feedback.groups.opinions import ENOUGH_VOTERS, Opinions
from feedback.sessions.advice import Advice, advices, answer_name
from feedback.sessions.agenda import SPOKEN, Item, agenda, item_kind_name
from feedback.sessions.closing import published_roles
from feedback.sessions.polis_store import published_opinions, statement_texts
from feedback.sessions.responses import responses
from feedback.sessions.sessions import Session, kind_name
from feedback.sessions.statements import tally
from language import Language
from visuals.words.opinions import divides, intro, stands_for, unites


@dataclass(frozen=True)
class Picture:
    """A picture (PNG) with the text that says the same to who does not see it."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Table:
    """A table with the sentence above it; the column names are its header."""

    caption: str
    frame: pd.DataFrame


@dataclass(frozen=True)
class Part:
    """A part under one heading. ``level`` 1 is a chapter, 2 an item in it."""

    heading: str
    level: int = 1
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class SessionReport:
    """A report. ``status`` says draft or adopted; ``demo`` is the mark of practice data, or empty."""

    title: str
    subtitle: str
    status: str
    demo: str
    parts: tuple[Part, ...]


def session_report(session: Session, area: Area, lang: Language, pictures: dict[str, Picture]) -> SessionReport:
    """Put the report together. ``pictures`` belong to items, by their id; ``"groups"`` is the map of opinion groups."""
    status = (
        lang.t("Adopted on {day}", day=lang.date(date.fromisoformat(session.adopted[:10]), "d MMMM yyyy"))
        if session.adopted
        else lang.t("Draft: not adopted yet")
    )
    where = [kind_name(session.kind, lang), lang.date(session.day, "EEEE d MMMM yyyy"), session.place]
    items = agenda(session.id)
    parts = [
        *_minutes(session, lang),
        _attendance(session, lang),
        *_advices(advices(session.id), lang),
        Part(lang.t("Agenda"), bullets=tuple(f"{item.title} ({item_kind_name(item.kind, lang)})" for item in items)),
        *(_item(session, item, lang, pictures.get(item.id)) for item in items),
        *_groups(session, lang, pictures.get("groups")),
        _contributions(published(area.id, area.tz, session=session.id), area, lang),
        _account(session, area, lang),
    ]
    return SessionReport(
        session.title,
        " · ".join(part for part in where if part),
        status,
        lang.t("DEMO DATA") if area.simulated else "",
        tuple(parts),
    )


def _minutes(session: Session, lang: Language) -> list[Part]:
    parts = [Part(lang.t("Minutes"), paragraphs=tuple(session.minutes.split("\n\n")))] if session.minutes else []
    if session.organisations:
        lines = tuple(line.strip() for line in session.organisations.splitlines() if line.strip())
        parts.append(Part(lang.t("Organisations"), bullets=lines))
    return parts


def _attendance(session: Session, lang: Language) -> Part:
    told = published_roles(session.attended)
    rows = [(role_name(role, lang) if role else lang.t("Other, or not said"), n) for role, n in told.items()]
    frame = pd.DataFrame(rows, columns=[lang.t("role"), lang.t("people")])
    total = lang.n("{n} person came.", "{n} people came.", sum(session.attended.values()))
    caption = lang.t("Roles that fewer than five people named are counted together.")
    return Part(lang.t("Who came"), paragraphs=(total,), table=Table(caption, frame) if rows else None)


def _advices(found: Sequence[Advice], lang: Language) -> list[Part]:
    if not found:
        return []
    parts = [Part(lang.t("Advices"))]
    for advice in reversed(found):
        said = [advice.text]
        if advice.supported_by:
            said.append(lang.t("Supported by: {who}", who=advice.supported_by))
        if advice.minority:
            said.append(lang.t("Minority view: {what}", what=advice.minority))
        for answer in advice.answers[:1]:
            said.append(lang.t("Answer: {state}. {text}", state=answer_name(answer.state, lang), text=answer.text))
        if advice.promised is not None:
            said.append(lang.t("Answer promised by {day}.", day=lang.date(advice.promised, "d MMMM yyyy")))
        parts.append(Part(lang.t("Advice {number}", number=advice.number), 2, tuple(said)))
    return parts


def _item(session: Session, item: Item, lang: Language, picture: Picture | None) -> Part:
    said = tuple(f"“{r.text}”" for r in responses(item.id, "published") if r.text) if item.kind in SPOKEN else ()
    counted = tally(session.id, item.id)
    table = None
    if len(counted):
        frame = counted[["text", "agrees", "passes", "disagrees"]].set_axis(
            [lang.t("Statement"), lang.t("Agree"), lang.t("Pass"), lang.t("Disagree")], axis=1
        )
        table = Table(lang.t("How many people voted, for each statement."), frame)
    text = (item.text,) if item.text else ()
    return Part(item.title, 2, text, said, table, picture)


def _groups(session: Session, lang: Language, picture: Picture | None) -> list[Part]:
    found: Opinions = published_opinions(session.id)
    if found.participants == 0:
        return []
    texts = statement_texts(session.id)
    parts = [Part(lang.t("What unites and what divides"), paragraphs=(intro(found, lang),), picture=picture)]
    if found.participants < ENOUGH_VOTERS or len(found.group_ids) < 2:
        return parts
    parts += [
        Part(lang.t("What unites"), 2, bullets=tuple(unites(found, texts, lang))),
        Part(lang.t("What divides"), 2, bullets=tuple(divides(found, texts, lang))),
    ]
    for name, said in stands_for(found, texts, lang).items():
        parts.append(Part(lang.t("Group {name}", name=name), 2, bullets=tuple(said)))
    return parts


def _contributions(found: Sequence[Published], area: Area, lang: Language) -> Part:
    """The texts, each with no more of its origin than five people share."""
    told = []
    for said in found:
        if not said.text:
            continue
        origin = [
            role_name(said.label.role, lang) if said.label.role else "",
            area.zone(said.label.zone).name(lang) if said.label.zone in area.zone_ids and said.label.zone else "",
            topic_name(said.topic, lang) if said.topic else "",
        ]
        told.append(f"“{said.text}”" + "".join(f" · {part}" for part in origin if part))
    count = lang.n(
        "{n} contribution was sent in this session.", "{n} contributions were sent in this session.", len(found)
    )
    return Part(lang.t("Contributions"), paragraphs=(count,), bullets=tuple(told))


def _account(session: Session, area: Area, lang: Language) -> Part:
    said = [
        lang.t("Area: {area}.", area=area.name(lang)),
        lang.t("Origins that fewer than five people share are left out, and so are groups of fewer than five."),
        lang.t("What people erased is not in this report, also when it is made again."),
    ]
    if session.snapshot:
        said.insert(1, lang.t("Forecast that was looked at: {snapshot}.", snapshot=session.snapshot))
    if area.simulated:
        said.append(lang.t("Figures marked so are made up, to practise with."))
    return Part(lang.t("How this report was made"), bullets=tuple(said))
