"""What is made ready before a session: whether a phone reached the app, and whether the sheets are printed."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store
from feedback.sessions.agenda import agenda
from feedback.sessions.sessions import find_session
from feedback.sessions.statements import statements

Part = Literal["reached", "printed"]


@dataclass(frozen=True)
class Prepared:
    """Under which address another device reached the app (empty: none did), and whether the sheets of the agenda as it
    is now were opened for printing."""

    reached: str
    printed: bool


def note_reached(session_id: str, address: str) -> None:
    """Note that a device which is not the facilitator's reached the app under an address.

    Raises ``UserError`` when there is no such session.
    """
    _note(session_id, "reached", address)


def note_printed(session_id: str) -> None:
    """Note that the sheets were opened. Raises ``UserError`` when there is no such session."""
    _note(session_id, "printed", _agenda_token(session_id))


def prepared(session_id: str) -> Prepared:
    """Return what was made ready."""
    with open_store() as db:
        sql = "SELECT part, made_for FROM preparations WHERE session = ?"
        done = dict(db.execute(sql, [session_id]).fetchall())
    return Prepared(done.get("reached", ""), done.get("printed") == _agenda_token(session_id))


def _agenda_token(session_id: str) -> str:
    """Return a hash of all that stands on the sheets; another one: they must be printed again."""
    items = [(one.id, one.title, one.text, one.kind) for one in agenda(session_id)]
    texts = [(one.id, one.text) for one in statements(session_id, "published")]
    return hashlib.sha256(json.dumps([items, texts]).encode()).hexdigest()


def _note(session_id: str, part: Part, made_for: str) -> None:
    find_session(session_id)
    with change_store() as db:
        db.execute(
            "INSERT INTO preparations (session, part, made_for, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (session, part) DO UPDATE SET made_for = excluded.made_for, at = excluded.at",
            [session_id, part, made_for, utc_text()],
        )
