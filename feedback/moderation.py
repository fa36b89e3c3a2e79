"""Moderation: what waits, what is decided and why, and a public log without content.

Reasons come from a public list. Rude words are none of them: nothing is hidden for its tone alone. Tables that are
moderated have columns ``id``, ``text``, ``state`` (waiting, published, hidden), ``sent`` and ``session``; each module
of ``feedback/migrations`` names its own in ``moderated``. Why something is hidden stands in the log.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import uuid4

from sqlite_utils import Database

from feedback.migrations import subjects
from feedback.store import change_store, open_store, utc_now
from language import Language, UserError, message_id

REASONS: Final = {
    "personal": message_id("It holds personal data, of the writer or of others."),
    "threat": message_id("It threatens somebody, or insults a person."),
    "discrimination": message_id("It discriminates against people."),
    "unlawful": message_id("It calls for something that is forbidden, or is against the law."),
    "advertising": message_id("It is advertising."),
    "off_topic": message_id("It is about something else than this area and how busy it is."),
    "duplicate": message_id("It is the same text again."),
}
"""Why something is hidden: the public list."""


class Mode(StrEnum):
    """When moderators look: before something is public, or after."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Case:
    """Something to decide on: in which table (``subject``), which row, what it says, and since when it is there."""

    subject: str
    id: str
    text: str
    state: str
    sent: str
    session: str | None


@dataclass(frozen=True)
class Decision:
    """A line of the log: when (UTC, ISO 8601), on which row, what was done, why, and by which role.

    ``text``: what the row says now, ``None`` where it was erased since.
    """

    id: str
    at: str
    subject: str
    target: str
    act: str
    reason: str | None
    role: str
    undone: bool
    text: str | None


def moderated() -> tuple[str, ...]:
    """Return the tables whose rows are moderated, of all subjects."""
    return tuple(table for subject in subjects() for table in getattr(subject, "moderated", ()))


def mode_of(db: Database, session: str | None) -> Mode:
    """Return when moderators look at what is said in a session (its own setting), or outside any (the general one)."""
    found = db.execute("SELECT moderation FROM sessions WHERE id = ?", [session]).fetchone()
    found = found or db.execute("SELECT value FROM settings WHERE name = 'moderation'").fetchone()
    return Mode(found[0]) if found else Mode.BEFORE


def general_mode() -> Mode:
    """Return when moderators look at what is said outside sessions."""
    with open_store() as db:
        return mode_of(db, None)


def set_general_mode(mode: Mode) -> None:
    """Set when moderators look at what is said outside sessions."""
    with change_store() as db:
        db.execute(
            "INSERT INTO settings (name, value, since) VALUES ('moderation', ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value, since = excluded.since",
            [mode.value, utc_now()],
        )


def cases(states: tuple[str, ...] = ("waiting",), *, session: str | None = None) -> list[Case]:
    """Return what is in one of the states, oldest first."""
    marks = ", ".join("?" * len(states))
    found: list[Case] = []
    with open_store() as db:
        for table in moderated():
            sql = f"SELECT id, text, state, sent, session FROM {table} WHERE state IN ({marks})"  # noqa: S608
            found += [Case(table, *row) for row in db.execute(sql, states) if session in (None, row[4])]
    return sorted(found, key=lambda case: (case.sent, case.id))


def waiting() -> tuple[int, str | None]:
    """Return how many wait for a decision, and since when (UTC, ISO 8601) the one that waits longest."""
    queue = cases()
    return len(queue), queue[0].sent if queue else None


def publish(subject: str, target: str, role: str) -> str:
    """Publish a row; return the id of the decision, with which it can be undone."""
    return _decide(subject, target, "publish", None, role)


def hide(subject: str, target: str, reason: str, role: str) -> str:
    """Hide a row for one of :data:`REASONS`; return the id of the decision, with which it can be undone."""
    if reason not in REASONS:
        raise UserError("Choose a reason from the list: {known}.", known=", ".join(REASONS))
    return _decide(subject, target, "hide", reason, role)


def undo(decision: str, role: str) -> None:
    """Put a row back into the state it had before a decision.

    Raises ``UserError`` when it was undone already, or decided on again or erased since.
    """
    with change_store() as db:
        found = db.execute("SELECT subject, target, before FROM moderation_log WHERE id = ?", [decision]).fetchone()
        last = (
            found
            and db.execute(
                "SELECT id FROM moderation_log WHERE subject = ? AND target = ? ORDER BY number DESC LIMIT 1", found[:2]
            ).fetchone()
        )
        if not last or last[0] != decision:
            raise UserError("This decision cannot be undone any more: something else was decided since.")
        _set_state(db, found[0], found[1], found[2], "undo", None, role, undoes=decision)


def decisions(most: int = 50) -> list[Decision]:
    """Return the newest decisions, newest first, for moderators."""
    sql = """
        SELECT id, at, subject, target, act, reason, role,
            EXISTS (SELECT 1 FROM moderation_log AS later WHERE later.undoes = moderation_log.id)
        FROM moderation_log ORDER BY number DESC LIMIT ?
    """
    with open_store() as db:
        return [
            Decision(key, at, subject, target, act, reason, role, bool(undone), _text(db, subject, target))
            for key, at, subject, target, act, reason, role, undone in db.execute(sql, [most]).fetchall()
        ]


def public_log() -> list[tuple[str, str, str | None, int]]:
    """Return month (``2026-08``), act, reason and how often, newest month first: no content and no persons.

    Decisions that were undone count among those that were undone only.
    """
    sql = """
        SELECT substr(at, 1, 7), act, reason, count(*) FROM moderation_log
        WHERE NOT EXISTS (SELECT 1 FROM moderation_log AS later WHERE later.undoes = moderation_log.id)
        GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3
    """
    with open_store() as db:
        return [(str(month), str(act), reason, int(count)) for month, act, reason, count in db.execute(sql)]


def reason_text(reason: str, lang: Language) -> str:
    """Return one of :data:`REASONS` in words."""
    return lang.t(REASONS[reason])


def state_name(state: str, reason: str | None, lang: Language) -> str:
    """Return what became of something that was sent, for its author; ``reason`` (or none) is why it was hidden."""
    if state == "hidden":
        return lang.t("A moderator has hidden it.") + (f" {reason_text(reason, lang)}" if reason else "")
    return lang.t("Everybody can read it.") if state == "published" else lang.t("A moderator reads it first.")


def _text(db: Database, subject: str, target: str) -> str | None:
    if subject not in moderated():
        return None
    found = db.execute(f"SELECT text FROM {subject} WHERE id = ?", [target]).fetchone()  # noqa: S608
    return found[0] if found else None


def _decide(subject: str, target: str, act: str, reason: str | None, role: str) -> str:
    with change_store() as db:
        return _set_state(db, subject, target, {"publish": "published", "hide": "hidden"}[act], act, reason, role)


def _set_state(
    db: Database,
    subject: str,
    target: str,
    state: str,
    act: str,
    reason: str | None,
    role: str,
    *,
    undoes: str | None = None,
) -> str:
    if subject not in moderated():
        raise KeyError(subject)
    found = db.execute(f"SELECT state FROM {subject} WHERE id = ?", [target]).fetchone()  # noqa: S608
    if found is None:
        raise UserError("This contribution is not there any more.")
    decision = str(uuid4())
    db.execute(f"UPDATE {subject} SET state = ? WHERE id = ?", [state, target])  # noqa: S608
    db.execute(
        "INSERT INTO moderation_log (id, at, subject, target, act, reason, before, undoes, role) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [decision, utc_now(), subject, target, act, reason, found[0], undoes, role],
    )
    return decision
