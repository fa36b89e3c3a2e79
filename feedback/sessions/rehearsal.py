"""A rehearsal: a session that is opened to try it out. All that is sent to it is marked, and wiped with one touch."""

from typing import Final

from feedback.contributions.moderation import moderated
from feedback.database.store import change_store, open_store
from feedback.people.invitations import end_session
from feedback.sessions.sessions import Session, find_session, open_session, read_session
from language import UserError

_SENT: Final = {
    "votes": "session = ?",
    "responses": "session = ?",
    "contributions": "session = ?",
    "proposals": "session = ?",
    "guesses": "session = ?",
    "needless": "session = ?",
    "saturday_choices": "session = ?",
    "card_views": "session = ?",
    "saturday_teams": "item IN (SELECT id FROM agenda WHERE session = ?)",
    "guess_rounds": "item IN (SELECT id FROM agenda WHERE session = ?)",
    "attendance": "session = ?",
    "statements": "session = ? AND seed = 0",
}
"""What people send to a session: the tables, and which rows of them."""


def begin_rehearsal(session_id: str, *, snapshot: str | None = None) -> Session:
    """Open a session that is in preparation as a rehearsal. Raises ``UserError`` when it was opened before."""
    with change_store() as db:
        session = read_session(db, session_id)
        if session.rehearsal:
            return session
        if session.state != "draft":
            raise UserError("Only a session in preparation can be rehearsed. Copy this one to rehearse it.")
        db.table("sessions").update(session_id, {"rehearsal": 1})
    try:
        return open_session(session_id, snapshot=snapshot)
    except UserError:
        with change_store() as db:
            db.table("sessions").update(session_id, {"rehearsal": 0})
        raise


def end_rehearsal(session_id: str) -> Session:
    """Wipe all that was sent in a rehearsal and what was decided on it; the session is in preparation again.

    The agenda and the facilitator's own statements stay. Raises ``UserError`` when the session is no rehearsal: what
    people sent in earnest is never wiped.
    """
    with change_store() as db:
        if not read_session(db, session_id).rehearsal:
            raise UserError("This session is no rehearsal, so nothing was wiped.")
        for table in moderated():
            decided = f"subject = ? AND target IN (SELECT id FROM {table} WHERE session = ?)"  # noqa: S608
            db.execute(f"UPDATE moderation_log SET undoes = NULL WHERE {decided}", [table, session_id])  # noqa: S608
            db.execute(f"DELETE FROM moderation_log WHERE {decided}", [table, session_id])  # noqa: S608
        for table, where in _SENT.items():
            db.execute(f"DELETE FROM {table} WHERE {where}", [session_id])  # noqa: S608
        as_before = "state = 'published', first_text = '', corrected = NULL"
        db.execute(f"UPDATE statements SET {as_before} WHERE session = ?", [session_id])  # noqa: S608
        db.execute("UPDATE agenda SET revealed = 0, shown = NULL, ends = NULL WHERE session = ?", [session_id])
        fresh = {
            "state": "draft",
            "rehearsal": 0,
            "code": None,
            "item": None,
            "snapshot": None,
            "opened": None,
            "closed": None,
        }
        db.table("sessions").update(session_id, fresh)
    end_session(session_id)
    return find_session(session_id)


def rehearsals() -> frozenset[str]:
    """Return the ids of the sessions that are rehearsed now."""
    with open_store() as db:
        return frozenset(row[0] for row in db.execute("SELECT id FROM sessions WHERE rehearsal"))


def must_be_earnest(session_id: str) -> None:
    """Raise ``UserError`` for a rehearsal: nothing of it is given out as if it were a session."""
    if session_id in rehearsals():
        raise UserError("This is a rehearsal: it has no advice and no report. Wipe the test first.")
