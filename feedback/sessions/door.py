"""The door of a session that is open: how fast people come in, and shutting it once everybody is there."""

from datetime import UTC, datetime, timedelta
from typing import Final

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store
from feedback.people.invitations import end_session
from feedback.sessions.sessions import Session, new_code, read_session

LATELY: Final = timedelta(seconds=10)
"""How long ago is lately, for who came in."""

FASTER: Final = 30
"""People who came in lately, from which a facilitator is asked to look up: that many scan a code at once only where
many people are."""


def came_lately(session_id: str) -> int:
    """Return how many took a seat lately."""
    with open_store() as db:
        since = utc_text(datetime.now(UTC) - LATELY)
        return int(db.table("attendance").count_where("session = ? AND joined >= ?", [session_id, since]))


def is_shut(session: Session) -> bool:
    """Return whether nobody comes in any more, while the session goes on for who is there."""
    return session.state == "open" and session.code is None


def shut_door(session_id: str) -> None:
    """Let nobody come in any more by the code of the room; who is in stays in, and votes on."""
    if _looked_at(session_id).state != "open":
        return
    end_session(session_id)
    with change_store() as db:
        db.table("sessions").update(session_id, {"code": None})


def open_door(session_id: str) -> None:
    """Let people come in again, by another code: the one that was on the screen may be anywhere by now."""
    session = _looked_at(session_id)
    if not is_shut(session):
        return
    code = new_code(session)
    with change_store() as db:
        db.table("sessions").update(session_id, {"code": code})


def _looked_at(session_id: str) -> Session:
    """Return a session as a change sees it: what a colleague did a moment before is refused there."""
    with change_store() as db:
        return read_session(db, session_id)
