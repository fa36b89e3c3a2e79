"""What a session still takes in: while it is open, and what may be answered at home afterwards."""

from datetime import date

from sqlite_utils import Database

from data.area.settings import time_of
from data.keeping.real_time import real_today
from feedback.sessions.agenda import Item
from feedback.sessions.sessions import Session, read_session
from language import UserError


def takes_answers(session: Session, item: Item) -> bool:
    """Return whether an item can be answered in words now: in the room, or a request at home until its last day.

    A rehearsal is over when it is closed.
    """
    if session.state == "open":
        return True
    return (
        session.state == "closed"
        and not session.rehearsal
        and item.kind == "request"
        and item.last_day is not None
        and not item.over(_today(session))
    )


def must_be_open(db: Database, session_id: str, item_id: str | None = None) -> Session:
    """Return the session when things can still be sent to it.

    A request for advice (``item_id``) of a session that was opened once can be answered at home too, until its
    deadline. Raises ``UserError`` that tells that nothing is lost.
    """
    session = read_session(db, session_id)
    if session.state == "open":
        return session
    if item_id is not None and session.state != "draft" and not session.rehearsal:
        item = next(iter(db.table("agenda").rows_where("id = ?", [item_id])), None)
        if item is not None and item["kind"] == "request" and (item["deadline"] or "") >= _today(session).isoformat():
            return session
    raise UserError(
        "This session is closed, so nothing more can be sent to it. Your text is still on the screen: "
        "you can copy it and send it as a contribution."
    )


def _today(session: Session) -> date:
    return real_today(time_of(session.area))
