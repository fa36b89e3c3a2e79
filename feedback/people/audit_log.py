"""The audit log as its steward reads it: lines, newest first, chosen by kind, in words and as CSV; and its keeping."""

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Final

from data.keeping import ledger
from data.keeping.acts import LEDGER, Actor, Outcome, UnderWay
from data.keeping.csv_out import defused
from feedback.database import audit
from feedback.database.store import change_store, open_store, store_path
from feedback.database.unavailable import UnavailableError
from feedback.people.audit_words import KINDS, Kind, kind_of

_COLUMNS: Final = "id, at, act, target, outcome, role, organisation, access, means"
COLUMNS: Final = ("at", "kind", "act", "target", "outcome", "role", "organisation", "access", "invited", "means")
"""Columns of the CSV file: ``access`` is the id of the invitation or account, ``invited`` the meeting it was for."""


@dataclass(frozen=True)
class Line:
    """One line: when (UTC, ISO 8601), which act on which id, what came of it, and by whom.

    ``access`` is the id of the invitation or account that gave the role, and ``invited`` the organisation or meeting
    that it was given out to, as far as that is still known. Persons are not known.
    """

    id: str
    at: str
    act: str
    target: str | None
    outcome: Outcome
    role: str
    organisation: str | None
    access: str | None
    means: str
    invited: str = ""

    @property
    def kind(self) -> Kind:
        """What sort of act it is."""
        return kind_of(self.act, self.outcome)


def lines(kinds: Sequence[Kind] = KINDS, *, most: int | None = None, since: str = "") -> list[Line]:
    """Return what was done, newest first: of some ``kinds``, at most so many, from a moment (UTC, ISO 8601) on."""
    _take_in()
    sql = f"""
        SELECT l.{_COLUMNS.replace(", ", ", l.")}, coalesce(c.label, a.name, '') AS invited FROM audit_log AS l
        LEFT JOIN access_codes AS c ON c.id = l.access LEFT JOIN accounts AS a ON a.id = l.access
        WHERE l.at >= ? ORDER BY l.at DESC, l.number DESC
    """  # noqa: S608
    with open_store() as db:
        found = [Line(**row) for row in db.query(sql, [since])]
        found += [Line(**told) for told in audit.open_ends(db) if str(told["at"]) >= since]  # type: ignore[arg-type]
    found.sort(key=lambda one: (one.at, one.outcome == "begun"), reverse=True)
    return [one for one in found if one.kind in kinds][:most]


def as_csv(found: Sequence[Line]) -> str:
    """Return lines as CSV; what a spreadsheet would take for a formula begins with an apostrophe."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    table.writerows([defused(str(getattr(line, name) or "")) for name in COLUMNS] for line in found)
    return text.getvalue()


def exported() -> str:
    """Return the whole log as CSV, to be kept or looked into elsewhere."""
    return as_csv(lines())


def newest_on(target: str | None, since: str) -> Line | None:
    """Return what was last done to something, from a moment (UTC, ISO 8601) on."""
    if target is None:
        return None
    return next((one for one in lines(since=since) if one.target == target and one.outcome == "done"), None)


def refuse(under: UnderWay, outcome: Outcome) -> None:
    """Note that somebody was not let do something, or came too late for it."""
    with change_store() as db:
        audit.note_refusal(db, under, outcome)


def wrong_code() -> None:
    """Note that somebody tried a code or password that opens nothing: once a minute at most, and never which.

    A guesser neither fills the log nor keeps the database of a room busy. Where it cannot be written now it is not.
    """
    global _told  # noqa: PLW0603
    if _told is not None and monotonic() < _told + 60:
        return
    _told = monotonic()
    with suppress(UnavailableError), change_store(patience=_BESIDE) as db:
        audit.note_refusal(db, UnderWay(Actor("visitor"), "sign_ins.come_in", None), "refused")


_told: float | None = None
_BESIDE: Final = 0.5
"""Seconds to wait for others to note a wrong code."""


def carry_over(fresh: Path) -> None:
    """Bring the log of the database that is there now into one that takes its place: what was done stays told.

    A damaged one gives what can still be read of it.
    """
    if not store_path().exists():
        return
    try:
        with closing(sqlite3.connect(f"file:{store_path()}?mode=ro", uri=True)) as now:
            rows = now.execute(f"SELECT {_COLUMNS} FROM audit_log ORDER BY number").fetchall()  # noqa: S608
    except sqlite3.DatabaseError:
        return
    with change_store(fresh) as db:
        marks = ", ".join("?" * len(_COLUMNS.split(", ")))
        db.conn.executemany(f"INSERT OR IGNORE INTO audit_log ({_COLUMNS}) VALUES ({marks})", rows)  # noqa: S608


def count_before(moment: str) -> int:
    """Return how many lines are older than a moment (UTC, ISO 8601)."""
    _take_in()
    with open_store() as db:
        return int(db.execute("SELECT count(*) FROM audit_log WHERE at < ?", [moment]).fetchone()[0])


def drop_before(moment: str) -> None:
    """Let go of the lines that are older than a moment (UTC, ISO 8601), also of those beside the database."""
    trim_ledger(moment)
    with change_store() as db:
        db.execute("DELETE FROM audit_log WHERE at < ?", [moment])


def trim_ledger(before: str) -> int:
    """Drop the lines beside the database from before a moment (UTC, ISO 8601); return how many those were.

    Of an act whose end is known, its beginning goes as well.
    """
    with open_store() as db:
        audit.tidy(db)
    return ledger.trim(LEDGER, "at", before)


def _take_in() -> None:
    with change_store() as db:
        audit.take_in(db)
