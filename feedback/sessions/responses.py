"""What people answer to an item in their own words: on the phone, at home, or on paper that is typed in later."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.moderation import Mode, mode_of
from feedback.database.store import change_store, open_store
from feedback.database.texts import clean
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

LONGEST = 1000
State = Literal["waiting", "published", "hidden"]


@dataclass(frozen=True)
class Response:
    """An answer. ``person`` is a pseudonym, or ``None`` on paper and once the link is cut."""

    id: str
    session: str
    item: str
    person: str | None
    text: str
    state: State
    paper: bool
    sent: str


def respond(session_id: str, item_id: str, text: str, *, person: str, response_id: str) -> Response:
    """Keep somebody's answer to an item; the same ``response_id`` twice is one answer, and so are the same words.

    A page that lost its connection while it was thanked has them still, and sends them as another answer.
    Raises ``UserError`` when there are no words in it, it is too long, or the session is closed.
    """
    text = _worded(text)
    with change_store() as db:
        must_be_open(db, session_id, item_id)
        register(db, author_of_visit(person))
        _must_be_on_agenda(db, session_id, item_id)
        same = db.table("responses").rows_where("item = ? AND person = ? AND text = ?", [item_id, person, text])
        if (before := next(iter(same), None)) is not None:
            return _response(before)
        if not db.table("responses").count_where("id = ?", [response_id]):
            db.table("responses").insert(
                _row(response_id, session_id, item_id, person, text, mode_of(db, session_id) is Mode.BEFORE)
            )
        return _response(next(iter(db.table("responses").rows_where("id = ?", [response_id]))))


def type_in(session_id: str, item_id: str, texts: list[str]) -> list[Response]:
    """Keep answers that were written on paper, and return them. Moderators look at them as at those of phones.

    They can be typed in after the session was closed. Raises ``UserError`` for one that is too long, or when the item
    is gone; then none of them is kept.
    """
    worded = [_worded(text) for text in texts if text.strip()]
    with change_store() as db:
        _must_be_on_agenda(db, session_id, item_id)
        waits = mode_of(db, session_id) is Mode.BEFORE
        rows = [{**_row(str(uuid4()), session_id, item_id, None, text, waits), "paper": 1} for text in worded]
        db.table("responses").insert_all(rows)
    return [_response(row) for row in rows]


def responses(item_id: str, *states: State) -> list[Response]:
    """Return the answers to an item, in the ``states`` or all; the latest comes first."""
    with open_store() as db:
        rows = list(db.table("responses").rows_where("item = ?", [item_id], order_by="sent desc, rowid desc"))
    return [_response(row) for row in rows if not states or row["state"] in states]


def own_responses(item_id: str, person: str) -> list[Response]:
    """Return what somebody answered to an item, the latest first."""
    return [response for response in responses(item_id) if response.person == person]


def _must_be_on_agenda(db: Database, session_id: str, item_id: str) -> None:
    if not db.table("agenda").count_where("id = ? AND session = ?", [item_id, session_id]):
        raise UserError("This item is no longer on the agenda.")


def _worded(text: str) -> str:
    text = clean(text, longest=LONGEST)
    if not any(character.isalnum() for character in text):
        raise UserError("Write a few words first.")
    return text


def _row(response_id: str, session: str, item: str, person: str | None, text: str, waits: bool) -> dict[str, Any]:
    return {
        "id": response_id,
        "session": session,
        "item": item,
        "person": person,
        "text": text,
        "state": "waiting" if waits else "published",
        "sent": utc_text(),
    }


def _response(row: dict[str, Any]) -> Response:
    return Response(**{**row, "paper": bool(row["paper"])})
