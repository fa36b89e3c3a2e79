"""The report of a session as a value: headings, paragraphs, tables and pictures, the same for every file format.

Everything in it is fit to be published: published texts only, roles and origins of fewer than five people coarsened,
groups of fewer than five people left out. Made anew, it leaves out what was erased meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.area.area import Area
from data.area.settings import time_of
from data.keeping.real_time import day_of, real_now
from feedback.contributions.naming import role_name, topic_name
from feedback.contributions.published import Published, published
from feedback.contributions.role_counts import published_roles
from feedback.groups.opinions import ENOUGH_VOTERS, Opinions
from feedback.sessions.advice import Advice, advices, answer_name
from feedback.sessions.agenda import SPOKEN, Item, agenda, kind_beside
from feedback.sessions.closing import versions
from feedback.sessions.paper import on_paper
from feedback.sessions.polis_store import published_opinions, statement_texts
from feedback.sessions.proposals import proposers
from feedback.sessions.responses import responses
from feedback.sessions.rounds.card_views import views_on
from feedback.sessions.rounds.needless import accepted, accepters
from feedback.sessions.rounds.saturday import plays
from feedback.sessions.sessions import Session, kind_name
from feedback.sessions.statements import Statement, statements, tally, voters
from language import Language
from reports.rounds.card import views_sentences
from reports.rounds.needless import needless_question, needless_sentences, needless_table
from reports.rounds.saturday import ending_table, endings, hindsight, how_played
from reports.session_guess_words import guess_question, guess_sentences, how_scored, result_table
from reports.session_guesses import GuessResult
from response.saturday.frozen import FrozenDay
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
    """A part under one heading. ``level`` 1 is a chapter, 2 an item in it; ``numbered`` bullets have their numbers."""

    heading: str
    level: int = 1
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None
    numbered: bool = False


@dataclass(frozen=True)
class SessionReport:
    """A report. ``status`` says draft or adopted; ``demo`` is the mark of practice data, or empty."""

    title: str
    subtitle: str
    status: str
    demo: str
    parts: tuple[Part, ...]


def session_report(
    session: Session,
    area: Area,
    lang: Language,
    pictures: Mapping[str, Picture],
    guessed: Mapping[str, GuessResult] | None = None,
    played: FrozenDay | None = None,
) -> SessionReport:
    """Put the report together. ``pictures`` belong to items, by their id; ``"groups"`` is the map of opinion groups.

    ``guessed`` is what came of guessing rounds until now, by item; ``played`` the frozen day of the area.
    """
    where = [kind_name(session.kind, lang), lang.date(session.day, "EEEE d MMMM yyyy"), session.place]
    items = agenda(session.id)
    parts = [
        *_mended(session, lang),
        *_minutes(session, lang),
        _attendance(session, lang),
        *_advices(advices(session.id), lang),
        *_agenda(items, lang),
        *(
            _guesses(number, item, (guessed or {}).get(item.id), area, lang)
            if item.kind == "guess"
            else _needless(number, item, lang)
            if item.kind == "needless"
            else _played(number, item, played, lang)
            if item.kind == "saturday" and played is not None
            else _item(session, number, item, lang, pictures.get(item.id))
            for number, item in enumerate(items, 1)
        ),
        *_groups(session, lang, pictures.get("groups")),
        *_contributions(published(area.id, area.tz, session=session.id), area, lang),
        _account(session, area, lang),
    ]
    return SessionReport(
        session.title,
        " · ".join(part for part in where if part),
        _status(session, lang),
        lang.t("DEMO DATA") if area.simulated else "",
        tuple(parts),
    )


def _status(session: Session, lang: Language) -> str:
    """Say whether the report is a draft, was taken back, or is adopted: which version, and since when."""
    done = versions(session.id)
    if not done:
        return lang.t("Draft: not adopted yet")
    last = done[-1]
    day = lang.date(day_of(last.at, time_of(session.area)), "d MMMM yyyy")
    if session.report != "adopted":
        return lang.t("Draft: the report was withdrawn on {day}", day=day)
    if last.version == 1:
        return lang.t("Adopted on {day}", day=day)
    return lang.t("Version {version}, adopted on {day}", version=last.version, day=day)


def _mended(session: Session, lang: Language) -> list[Part]:
    """Return what was rectified or withdrawn since the first version, and why; nothing when that never was."""
    said = []
    for done in versions(session.id):
        day = lang.date(day_of(done.at, time_of(session.area)), "d MMMM yyyy")
        if done.act == "rectified":
            told = {"day": day, "version": done.version, "note": done.note}
            said.append(lang.t("Rectified on {day}, version {version}: {note}", **told))
        elif done.act == "withdrawn":
            said.append(lang.t("Withdrawn on {day}: {note}", day=day, note=done.note))
    return [Part(lang.t("What was mended in this report"), bullets=tuple(said))] if said else []


def _agenda(items: Sequence[Item], lang: Language) -> list[Part]:
    named = [(item.title, kind_beside(item, lang)) for item in items]
    lines = tuple(f"{title} ({kind})" if kind else title for title, kind in named)
    return [Part(lang.t("Agenda"), bullets=lines, numbered=True)] if lines else []


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
    came = sum(session.attended.values())
    nobody = lang.t("How many came was not written down.")
    said = [lang.n("{n} person came.", "{n} people came.", came) if came else nobody]
    if paper := on_paper(session.id):
        said.append(lang.n("{n} of them took part on paper.", "{n} of them took part on paper.", paper))
    caption = lang.t("Roles that fewer than five people named are counted together.")
    return Part(lang.t("Who came"), paragraphs=(" ".join(said),), table=Table(caption, frame) if rows else None)


def _advices(found: Sequence[Advice], lang: Language) -> list[Part]:
    if not found:
        return []
    count = lang.n("The session gave {n} piece of advice.", "The session gave {n} pieces of advice.", len(found))
    parts = [Part(lang.t("Advice"), paragraphs=(count,))]
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


def _item(session: Session, number: int, item: Item, lang: Language, picture: Picture | None) -> Part:
    said = tuple(f"“{r.text}”" for r in responses(item.id, "published") if r.text) if item.kind in SPOKEN else ()
    counted = tally(session.id, item.id)
    table = None
    if len(counted):
        worded = {s.id: _as_voted(s, lang) for s in statements(session.id, "published", item_id=item.id)}
        frame = counted.assign(text=counted["id"].map(worded))[["text", "agrees", "passes", "disagrees"]].set_axis(
            [lang.t("Statement"), lang.t("Agree"), lang.t("Pass"), lang.t("Disagree")], axis=1
        )
        people = lang.n("{n} person voted.", "{n} people voted.", voters(session.id, item.id))
        table = Table(f"{lang.t('How many people voted, for each statement.')} {people}", frame)
    text = [item.text] if item.text else []
    if item.kind == "thresholds":
        count = lang.n("{n} person proposed thresholds.", "{n} people proposed thresholds.", proposers(session.id))
        text.append(f"{count} {lang.t('The result is on the page Thresholds.')}")
    elif item.kind == "card":
        said = (*views_sentences(views_on(item.id), lang), *said)
    elif not said and table is None and picture is None:
        text.append(lang.t("Nobody sent an answer to this item."))
    return Part(f"{number}. {item.title}", 2, tuple(text), said, table, picture)


def _guesses(number: int, item: Item, found: GuessResult | None, area: Area, lang: Language) -> Part:
    """Return room and forecast beside the counts; made again after the guessed day, the report has who was closer."""
    text = [item.text] if item.text else []
    if found is None:
        return Part(f"{number}. {item.title}", 2, (*text, lang.t("Nobody guessed.")))
    text.append(guess_question(found.day, lang))
    text.append(lang.n("{n} person guessed.", "{n} people guessed.", found.people))
    text += guess_sentences(found, lang)
    table = Table(how_scored(lang), result_table(found, area, lang)) if found.places else None
    return Part(f"{number}. {item.title}", 2, tuple(text), table=table)


def _needless(number: int, item: Item, lang: Language) -> Part:
    found = accepted(item.id)
    text = [*([item.text] if item.text else []), needless_question(lang)]
    text.append(lang.n("{n} person answered.", "{n} people answered.", accepters(item.id)))
    said = tuple(needless_sentences(found, lang))
    table = Table(lang.t("The middle answer of each role."), needless_table(found, lang)) if found else None
    return Part(f"{number}. {item.title}", 2, tuple(text), said, table)


def _played(number: int, item: Item, day: FrozenDay, lang: Language) -> Part:
    found = endings(plays(item.id), day, lang)
    text = (*([item.text] if item.text else []), how_played(lang))
    table = Table(lang.t("How it ended for each team that was done."), ending_table(found, lang))
    return Part(f"{number}. {item.title}", 2, text, tuple(hindsight(day, lang)), table)


def _as_voted(statement: Statement, lang: Language) -> str:
    """Return a statement with what it said when people voted on it first, if it was corrected since."""
    if not statement.corrected or not statement.first_text:
        return statement.text
    return lang.t("{text} (corrected; it said: “{first}”)", text=statement.text, first=statement.first_text)


def _groups(session: Session, lang: Language, picture: Picture | None) -> list[Part]:
    found: Opinions = published_opinions(session.id)
    if found.participants == 0:
        return []
    texts = statement_texts(session.id)
    parts = [Part(lang.t("What unites and what divides"), paragraphs=(intro(found, lang),), picture=picture)]
    if found.participants < ENOUGH_VOTERS or len(found.group_ids) < 2:
        return parts
    told = {lang.t("What unites"): unites(found, texts, lang), lang.t("What divides"): divides(found, texts, lang)}
    told |= {lang.t("Group {name}", name=name): said for name, said in stands_for(found, texts, lang).items()}
    return parts + [Part(heading, 2, bullets=tuple(said)) for heading, said in told.items() if said]


def _contributions(found: Sequence[Published], area: Area, lang: Language) -> list[Part]:
    """The texts, each with no more of its origin than five people share; nothing when none were sent."""
    if not found:
        return []
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
    return [Part(lang.t("Contributions"), paragraphs=(count,), bullets=tuple(told))]


def _account(session: Session, area: Area, lang: Language) -> Part:
    made = lang.date(real_now(), "d MMMM yyyy, HH:mm", area.tz)
    said = [
        lang.t("This file was made on {moment}.", moment=made),
        lang.t("Area: {area}.", area=area.name(lang)),
        lang.t("Origins that fewer than five people share are left out, and so are groups of fewer than five."),
        lang.t("What people erased is not in this report, not even when it is made again."),
    ]
    if session.snapshot:
        said.insert(2, lang.t("Forecast that was looked at: {snapshot}.", snapshot=session.snapshot))
    if area.simulated:
        said.append(lang.t("Figures marked so are made up, to practise with."))
    return Part(lang.t("How this report was made"), bullets=tuple(said))
