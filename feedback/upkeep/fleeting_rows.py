"""Letting go of what lives for some hours only, and keeping it out of every copy of the database."""

import sqlite3
from datetime import datetime, timedelta

from data.keeping.real_time import utc_text
from feedback.database.fleeting import Fleeting
from feedback.database.migrations import subjects
from feedback.database.store import change_store, forget_pages, open_store


def fleeting_tables() -> tuple[Fleeting, ...]:
    """Return the tables whose rows live for some hours only, in the order in which these go."""
    return tuple(one for subject in subjects() for one in getattr(subject, "fleeting", ()))


def count_fleeting(now: datetime) -> int:
    """Return how many rows are due at a moment (aware)."""
    with open_store() as db:
        return sum(
            int(db.execute(f"SELECT count(*) FROM {one.table} WHERE at <= ?", [_before(one, now)]).fetchone()[0])  # noqa: S608
            for one in fleeting_tables()
        )


def drop_fleeting(now: datetime) -> int:
    """Let go of the rows that are due at a moment (aware); return how many.

    What is deleted is overwritten; the log that may still hold it is emptied as soon as nobody reads in it.
    """
    if not count_fleeting(now):
        return 0
    with change_store() as db:
        gone = sum(
            db.execute(f"DELETE FROM {one.table} WHERE at <= ?", [_before(one, now)]).rowcount  # noqa: S608
            for one in fleeting_tables()
        )
    with open_store() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forget_pages()
    return gone


def leave_out_fleeting(copy: sqlite3.Connection) -> None:
    """Take the rows that live for some hours only out of a copy, so that no backup keeps them for longer."""
    copy.execute("PRAGMA secure_delete = ON")
    known = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with copy:
        for one in fleeting_tables():
            if one.table in known:
                copy.execute(f"DELETE FROM {one.table}")  # noqa: S608


def _before(one: Fleeting, now: datetime) -> str:
    return utc_text(now - timedelta(hours=one.hours))
