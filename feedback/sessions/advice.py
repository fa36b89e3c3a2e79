"""Advices that come from sessions, and what the municipality answered: by which day, and everything it said before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.built_on import LinkKind
from feedback.database.store import change_store, open_store
from feedback.database.texts import clean
from feedback.sessions.rehearsal import must_be_earnest
from language import Language, UserError

AnswerState = Literal["adopted", "partly", "study", "rejected"]

ANSWER_STATES: Final[tuple[AnswerState, ...]] = get_args(AnswerState)
LONGEST: Final = 4000


@dataclass(frozen=True)
class Answer:
    """One answer to an advice. ``due`` is the day by which the next one comes, while it is under study.

    ``changed`` is when its words were mended last, ``withdrawn`` when it was taken back (UTC): it then only stays to
    be read as what was said.
    """

    id: str
    advice: str
    state: AnswerState
    text: str
    answered_by: str
    due: str | None
    made: str
    changed: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True)
class Advice:
    """An advice with the answers to it, the latest first. ``due`` is the day by which the first answer was promised.

    ``withdrawn`` are the answers that were taken back, which count for nothing; ``changed`` is when the advice itself
    was mended last (UTC).
    """

    id: str
    number: int
    session: str
    text: str
    supported_by: str
    minority: str
    due: str
    made: str
    answers: tuple[Answer, ...]
    links: tuple[tuple[LinkKind, str], ...]
    changed: str | None = None
    withdrawn: tuple[Answer, ...] = ()

    @property
    def promised(self) -> dt.date | None:
        """The day by which an answer is to come; ``None`` when a final one was given."""
        if not self.answers:
            return dt.date.fromisoformat(self.due)
        latest = self.answers[0]
        return dt.date.fromisoformat(latest.due) if latest.state == "study" and latest.due else None

    def overdue(self, today: dt.date) -> bool:
        """Return whether the promised day has passed without an answer."""
        return self.promised is not None and self.promised < today


def answer_name(state: AnswerState, lang: Language) -> str:
    """Return what a kind of answer is called."""
    names: dict[AnswerState, str] = {
        "adopted": lang.t("adopted"),
        "partly": lang.t("partly adopted"),
        "study": lang.t("under study"),
        "rejected": lang.t("not adopted"),
    }
    return names[state]


def give_advice(
    session_id: str,
    text: str,
    *,
    due: dt.date,
    supported_by: str = "",
    minority: str = "",
    links: Sequence[tuple[LinkKind, str]] = (),
    advice_id: str | None = None,
) -> Advice:
    """Keep an advice of a session, which is to be answered by ``due``; the same ``advice_id`` twice is one advice.

    ``links`` name contributions, statements and answers it builds on. Raises ``UserError`` without a text.
    """
    text = worded(text)
    advice_id = advice_id or str(uuid4())
    must_be_earnest(session_id)
    with change_store() as db:
        if not db.table("advices").count_where("id = ?", [advice_id]):
            last = db.execute("SELECT max(number) FROM advices").fetchone()[0]
            db.table("advices").insert(
                {
                    "id": advice_id,
                    "number": (last or 0) + 1,
                    "session": session_id,
                    "text": text,
                    "supported_by": clean(supported_by, longest=LONGEST),
                    "minority": clean(minority, longest=LONGEST),
                    "due": due.isoformat(),
                    "made": utc_text(),
                }
            )
            db.table("advice_links").insert_all(
                {"advice": advice_id, "kind": kind, "target": target} for kind, target in dict.fromkeys(links)
            )
        return _advices(db, "id = ?", [advice_id])[0]


def answer_advice(
    advice_id: str,
    state: AnswerState,
    text: str,
    *,
    answered_by: str = "",
    due: dt.date | None = None,
    answer_id: str | None = None,
) -> Advice:
    """Add an answer; earlier ones stay to be read. The same ``answer_id`` twice is one answer.

    Raises ``UserError`` without a reason, or when it is under study without a day for the next answer.
    """
    text = worded(text)
    if state == "study" and due is None:
        raise UserError("Say by which day the next answer comes.")
    answer_id = answer_id or str(uuid4())
    with change_store() as db:
        if not db.table("answers").count_where("id = ?", [answer_id]):
            db.table("answers").insert(
                {
                    "id": answer_id,
                    "advice": advice_id,
                    "state": state,
                    "text": text,
                    "answered_by": clean(answered_by, longest=200),
                    "due": due.isoformat() if due and state == "study" else None,
                    "made": utc_text(),
                }
            )
        return _advices(db, "id = ?", [advice_id])[0]


def advices(session_id: str | None = None) -> list[Advice]:
    """Return all advices, or those of one session; the latest comes first."""
    with open_store() as db:
        if session_id is None:
            return _advices(db, "1", [])
        return _advices(db, "session = ?", [session_id])


def advices_on(kind: LinkKind, target: str) -> list[Advice]:
    """Return the advices that build on a contribution, statement or answer of somebody."""
    with open_store() as db:
        return _advices(db, "id IN (SELECT advice FROM advice_links WHERE kind = ? AND target = ?)", [kind, target])


def _advices(db: Database, where: str, values: list[str]) -> list[Advice]:
    found = []
    for row in list(db.table("advices").rows_where(where, values, order_by="number desc")):
        answers = db.table("answers").rows_where("advice = ?", [row["id"]], order_by="made desc, rowid desc")
        links = db.table("advice_links").rows_where("advice = ?", [row["id"]])
        found.append(_advice(row, [Answer(**answer) for answer in answers], [(k["kind"], k["target"]) for k in links]))
    return found


def _advice(row: dict[str, Any], answers: list[Answer], links: list[tuple[LinkKind, str]]) -> Advice:
    standing = tuple(answer for answer in answers if not answer.withdrawn)
    taken_back = tuple(answer for answer in answers if answer.withdrawn)
    return Advice(**row, answers=standing, links=tuple(links), withdrawn=taken_back)


def read_advice(db: Database, advice_id: str) -> Advice:
    """Return an advice inside a change. Raises ``UserError`` when it is gone."""
    for advice in _advices(db, "id = ?", [advice_id]):
        return advice
    raise UserError("This advice is gone.")


def worded(text: str) -> str:
    """Return a text as it is kept. Raises ``UserError`` when there are no words in it, or it is too long."""
    text = clean(text, longest=LONGEST)
    if not any(character.isalnum() for character in text):
        raise UserError("Write a few words first.")
    return text
