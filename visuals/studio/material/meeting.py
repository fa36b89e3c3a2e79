"""A session as its poster shows it: what, when, where, the agenda, and the address that its QR code opens."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from feedback.database.store import store_path
from feedback.sessions.agenda import agenda
from feedback.sessions.sessions import Kind, Session, list_sessions, session_named

ADDRESS: Final = "http://localhost:8501"
"""Where the app is reached when nobody says it."""


@dataclass(frozen=True)
class Meeting:
    """A session with the titles of its agenda, ``code`` while people can join, and the ``link`` of the QR code.

    Without a session to come (``day`` is ``None``) it is an invitation to take part in general.
    """

    link: str
    title: str = ""
    kind: Kind | None = None
    day: date | None = None
    place: str = ""
    code: str | None = None
    items: tuple[str, ...] = ()


def meeting_of(area_id: str, name: str | None, today: date, address: str = ADDRESS) -> Meeting:
    """Return a session by its name, or the next one of an area, or an invitation where there is none.

    Raises ``UserError`` when there is no session of that name.
    """
    session = session_named(name) if name else _next(area_id, today)
    app = address.rstrip("/")
    if session is None:
        return Meeting(f"{app}/join?area={area_id}")
    return Meeting(
        # The entrance of the app: whoever scans it is in, without typing the code.
        link=f"{app}/enter/{session.code}" if session.code else f"{app}/join?area={session.area}",
        title=session.title,
        kind=session.kind,
        day=session.day,
        place=session.place,
        code=session.code,
        items=tuple(item.title for item in agenda(session.id)),
    )


def _next(area_id: str, today: date) -> Session | None:
    if not store_path().exists():
        return None
    sessions = (session for session in list_sessions("draft", "open") if session.area == area_id)
    return min(
        (session for session in sessions if session.day >= today), key=lambda session: session.date, default=None
    )
