"""The closing form of a session, and its report from concept to adopted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store, select
from feedback.database.texts import clean
from feedback.sessions.paper import on_paper
from feedback.sessions.rehearsal import must_be_earnest
from feedback.sessions.sessions import Session, close_session, find_session, read_session
from language import UserError

VersionAct = Literal["adopted", "rectified", "withdrawn"]

LONGEST: Final = 20_000


def counted_roles(session_id: str) -> dict[str, int]:
    """Return how many people who joined named each role; ``""`` for who named none, and for who came on paper."""
    with open_store() as db:
        rows = db.execute(
            "SELECT coalesce(role, ''), count(*) FROM attendance WHERE session = ? GROUP BY 1 ORDER BY 2 DESC, 1",
            [session_id],
        )
        counted = {role: int(count) for role, count in rows}
    paper = on_paper(session_id)
    return {**counted, "": counted.get("", 0) + paper} if paper else counted


def fill_in(session_id: str, *, minutes: str, organisations: str, attended: Mapping[str, int]) -> Session:
    """Close the session with its form; the report becomes a concept. It can be filled in again until it is adopted.

    ``attended`` is how many people came, by role, also those without a phone. Raises ``UserError`` when the report
    was adopted, a number is below zero, or the session is a rehearsal.
    """
    form = _form(minutes, organisations, attended)
    must_be_earnest(session_id)
    if find_session(session_id).report == "adopted":
        raise UserError("This report was adopted. Rectify it, or withdraw it, and say why.")
    close_session(session_id)
    with change_store() as db:
        db.table("sessions").update(session_id, {**form, "report": "concept"})
    return find_session(session_id)


def adopt(session_id: str) -> Session:
    """Adopt the report, as its next version: from now on everybody can read it, and its text does not change unseen.

    The link to who said what ends 30 days after it was adopted first. Raises ``UserError`` when there is no concept.
    """
    with change_store() as db:
        session = read_session(db, session_id)
        if session.report == "none":
            raise UserError("There is no report yet. Fill in the closing form first.")
        if session.report == "concept":
            _note(db, session_id, "adopted", "")
            db.table("sessions").update(session_id, {"report": "adopted", "adopted": session.adopted or utc_text()})
    return find_session(session_id)


def rectify(session_id: str, note: str, *, minutes: str, organisations: str, attended: Mapping[str, int]) -> Session:
    """Mend an adopted report, as its next version; ``note`` says to everybody what was wrong.

    Raises ``UserError`` without a note, when the report is not adopted, or as :func:`fill_in` does.
    """
    form, note = _form(minutes, organisations, attended), _said(note)
    with change_store() as db:
        _must_be_adopted(read_session(db, session_id))
        _note(db, session_id, "rectified", note)
        db.table("sessions").update(session_id, form)
    return find_session(session_id)


def withdraw_report(session_id: str, note: str) -> Session:
    """Take an adopted report back: it is a concept again, and everybody reads in the ``note`` why.

    Raises ``UserError`` without a note, or when the report is not adopted.
    """
    note = _said(note)
    with change_store() as db:
        _must_be_adopted(read_session(db, session_id))
        _note(db, session_id, "withdrawn", note)
        db.table("sessions").update(session_id, {"report": "concept"})
    return find_session(session_id)


@dataclass(frozen=True)
class Version:
    """Something done with a report in public: which version was adopted, rectified or withdrawn, why, when (UTC)."""

    version: int
    act: VersionAct
    note: str
    at: str


def versions(session_id: str) -> list[Version]:
    """Return what was done with the report of a session in public, the first on top."""
    with open_store() as db:
        rows = select(db, "report_versions", "session = ?", session_id, order_by="at, rowid")
    return [Version(row["version"], row["act"], row["note"], row["at"]) for row in rows]


def _form(minutes: str, organisations: str, attended: Mapping[str, int]) -> dict[str, str]:
    if any(number < 0 for number in attended.values()):
        raise UserError("The number of people cannot be below zero.")
    return {
        "minutes": clean(minutes, longest=LONGEST),
        "organisations": clean(organisations, longest=2000),
        "attended": json.dumps({role: int(number) for role, number in attended.items() if number}),
    }


def _said(note: str) -> str:
    note = clean(note, longest=1000)
    if not any(character.isalnum() for character in note):
        raise UserError("Say in a few words why. Everybody can read it.")
    return note


def _must_be_adopted(session: Session) -> None:
    if session.report != "adopted":
        raise UserError("This report is not adopted, so you can simply change it.")


def _note(db: Database, session_id: str, act: VersionAct, note: str) -> None:
    sql = "SELECT coalesce(max(version), 0) FROM report_versions WHERE session = ?"
    ((last,),) = db.execute(sql, [session_id])
    number = last if act == "withdrawn" else last + 1
    row = {"id": str(uuid4()), "session": session_id, "version": number, "act": act, "note": note, "at": utc_text()}
    db.table("report_versions").insert(row)
