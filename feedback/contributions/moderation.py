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

from data.keeping.acts import ChangedError
from data.keeping.real_time import utc_text
from feedback.database.migrations import subjects
from feedback.database.store import change_store, open_store
from language import Language, UserError, message_id
from language.markdown import Markdown

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
    """Something to decide on: in which table (``subject``), which row, what it says, and since when it is there.

    ``decision`` is the id of the newest decision on it; with ``text`` it is the version that a moderator saw.
    """

    subject: str
    id: str
    text: str
    state: str
    sent: str
    session: str | None
    decision: str | None = None


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


class DecidedError(ChangedError):
    """Somebody else decided meanwhile: which ``decision`` (id), the ``act``, and its ``reason``."""

    def say(self, lang: Language) -> str:
        """Return what was decided, in ``lang``."""
        return lang.t(self.message, what=self._what(lang))

    def md(self, lang: Language) -> Markdown:
        """Return what was decided, in ``lang``, as Markdown."""
        return lang.md(self.message, what=self._what(lang))

    def _what(self, lang: Language) -> str:
        act, reason = self.values["act"], self.values["reason"]
        return " ".join(filter(None, (f"{act_name(act, lang)}.", reason_text(reason, lang) if reason else "")))


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
            [mode.value, utc_text()],
        )


def cases(states: tuple[str, ...] = ("waiting",), *, session: str | None = None) -> list[Case]:
    """Return what is in one of the states, oldest first."""
    marks = ", ".join("?" * len(states))
    found: list[Case] = []
    with open_store() as db:
        for table in moderated():
            sql = f"""
                SELECT id, text, state, sent, session, (
                    SELECT log.id FROM moderation_log AS log WHERE log.subject = ? AND log.target = {table}.id
                    ORDER BY log.number DESC LIMIT 1
                ) FROM {table} WHERE state IN ({marks})
            """  # noqa: S608
            found += [Case(table, *row) for row in db.execute(sql, [table, *states]) if session in (None, row[4])]
    return sorted(found, key=lambda case: (case.sent, case.id))


def waiting() -> tuple[int, str | None]:
    """Return how many wait for a decision, and since when (UTC, ISO 8601) the one that waits longest."""
    queue = cases()
    return len(queue), queue[0].sent if queue else None


def publish(seen: Case, role: str) -> str:
    """Publish what a moderator saw; return the id of the decision, with which it can be undone.

    Raises ``DecidedError`` when somebody else decided on it meanwhile, and ``UserError`` when its writer changed or
    erased it: nothing is done then.
    """
    return _decide(seen, "publish", None, role)


def hide(seen: Case, reason: str, role: str) -> str:
    """Hide what a moderator saw for one of :data:`REASONS`; returns and raises as :func:`publish` does."""
    if reason not in REASONS:
        raise UserError("Choose a reason from the list: {known}.", known=", ".join(REASONS))
    return _decide(seen, "hide", reason, role)


def undo(decision: str, role: str) -> None:
    """Put a row back into the state it had before a decision.

    Raises ``UserError`` when it was undone already, or decided on again or erased since; and when that would publish
    words that nobody decided on, because their writer changed them since.
    """
    with change_store() as db:
        sql = "SELECT subject, target, before, at FROM moderation_log WHERE id = ?"
        found = db.execute(sql, [decision]).fetchone()
        last = found and _newest(db, found[0], found[1])
        if not last or last[0] != decision:
            raise UserError("This decision cannot be undone any more: something else was decided since.")
        if found[2] == "published" and _changed_since(db, found[0], found[1], found[3]):
            raise UserError("Its writer changed this text since. Read it under 'Hidden', and decide there.")
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


def act_name(act: str, lang: Language) -> str:
    """Return what was decided (``publish``, ``hide`` or ``undo``) in words."""
    names = {"publish": lang.t("published"), "hide": lang.t("hidden"), "undo": lang.t("undone")}
    return names[act]


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


def _decide(seen: Case, act: str, reason: str | None, role: str) -> str:
    state = {"publish": "published", "hide": "hidden"}[act]
    with change_store() as db:
        newest = _newest(db, seen.subject, seen.id)
        if newest and newest[0] != seen.decision:
            raise DecidedError(
                message_id("A colleague decided already: {what} Your decision was not carried out."),
                **dict(zip(("decision", "act", "reason"), newest, strict=True)),
            )
        text = _text(db, seen.subject, seen.id)
        if seen.text and not text:
            raise UserError("This contribution is not there any more.")
        if text != seen.text:
            raise UserError("Nothing was changed: its writer changed this text after you read it. Read it again first.")
        return _set_state(db, seen.subject, seen.id, state, act, reason, role)


def _newest(db: Database, subject: str, target: str) -> tuple[str, str, str | None] | None:
    """Return the id, act and reason of the newest decision on a row."""
    sql = "SELECT id, act, reason FROM moderation_log WHERE subject = ? AND target = ? ORDER BY number DESC LIMIT 1"
    found: tuple[str, str, str | None] | None = db.execute(sql, [subject, target]).fetchone()
    return found


def _changed_since(db: Database, subject: str, target: str, at: str) -> bool:
    """Return whether the writer changed a row at or after a moment; some tables cannot be changed by their writers."""
    if "changed" not in db.table(subject).columns_dict:
        return False
    ((changed,),) = db.execute(f"SELECT changed FROM {subject} WHERE id = ?", [target])  # noqa: S608
    return changed is not None and changed >= at


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
        [decision, utc_text(), subject, target, act, reason, found[0], undoes, role],
    )
    return decision
