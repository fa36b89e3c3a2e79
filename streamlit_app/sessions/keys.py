"""Keys under which the widgets of sessions, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class SessionKey(StrEnum):
    """Keys of sessions; no other wing has the same."""

    JOIN_ITEM = "join.item"
    JOIN_ROLE = "join.role"
    JOIN_CHOSEN = "join.chosen"
    JOIN_SEEN = "join.seen"
    TEAM = "join.team"
    DESK = "sessions"
    DESK_SESSION = "sessions.chosen"
    DESK_FORM = "sessions.form"
    DESK_ITEM = "sessions.item"
    DESK_SHEET = "sessions.sheet"
    DESK_ADVICE = "sessions.advice"
    DESK_CLOSE = "sessions.close"
    ANSWER = "answers.answer"
