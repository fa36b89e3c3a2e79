"""The audit log: who did what and when, by role, organisation and invitation. Lines are added, and never changed.

What changes the database is noted in the transaction that changes it (``store.change_store``); what changed files
stands in a ledger beside the database first, and is taken in from there.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlite_utils import Database

from data.keeping import ledger
from data.keeping.acts import LEDGER, Actor, Outcome, UnderWay, begun_only, line

PASSING: Final[tuple[Outcome, ...]] = ("begun", "left")
"""What stands in the ledger until something else is known."""

_SAME: Final = 60
"""Seconds in which the same refusal is one line: who presses on must not fill the log."""


def note(db: Database, under: UnderWay, outcome: Outcome = "done") -> None:
    """Add a line inside a change."""
    _add(db, line(under, outcome))


def note_entry(db: Database, actor: Actor, act: str, target: str | None = None) -> None:
    """Add a line, inside a change, for what is done at the door, where nobody has a role yet."""
    note(db, UnderWay(actor, act, target))


def note_refusal(db: Database, under: UnderWay, outcome: Outcome) -> None:
    """Add a line, inside a change, for what was not done; the same within a minute is one line."""
    told = line(under, outcome)
    sql = """
        SELECT 1 FROM audit_log WHERE act = :act AND outcome = :outcome AND role = :role AND access IS :access
            AND target IS :target AND at > :since LIMIT 1
    """
    since = (datetime.now(UTC) - timedelta(seconds=_SAME)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not db.execute(sql, {**told, "since": since}).fetchone():
        _add(db, told)


def take_in(db: Database) -> None:
    """Take in, inside a change, what the ledger beside the database tells and does not stand in the log yet.

    That an act began stays beside the log, since lines of the log are never changed: see :func:`open_ends`.
    """
    for told in ledger.read(LEDGER):
        if told["outcome"] not in PASSING:
            _add(db, told)


def open_ends(db: Database) -> list[dict[str, str | None]]:
    """Return the lines of acts that began and of which nothing tells that they ended: their process did, or goes on."""
    return [line for line in begun_only() if not _stands(db, line["id"])]


def tidy(db: Database) -> None:
    """Drop what the ledger tells of beginnings whose end is known."""
    waiting = {line["id"] for line in open_ends(db)}
    ledger.keep(LEDGER, lambda line: line["outcome"] not in PASSING or line["id"] in waiting)


def _stands(db: Database, act_id: str | None) -> bool:
    return bool(db.execute("SELECT 1 FROM audit_log WHERE id = ?", [act_id]).fetchone())


def _add(db: Database, told: dict[str, str | None]) -> None:
    db.execute(
        "INSERT OR IGNORE INTO audit_log (id, at, act, target, outcome, role, organisation, access, means) "
        "VALUES (:id, :at, :act, :target, :outcome, :role, :organisation, :access, :means)",
        told,
    )
