"""The rows that one person made, in all tables that hold such rows."""

from typing import Any

from sqlite_utils import Database

from feedback.database.migrations import subjects
from feedback.database.owned import Owned


def owned_tables() -> tuple[Owned, ...]:
    """Return the tables with rows of participants, of all subjects."""
    return tuple(owned for subject in subjects() for owned in getattr(subject, "owned", ()))


def rows_of(db: Database, person: str) -> dict[str, list[dict[str, Any]]]:
    """Return by table what one person made: id, moment and words of each row, newest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for owned in owned_tables():
        columns = ("id", owned.moment, *owned.words)
        sql = f"SELECT {', '.join(columns)} FROM {owned.table} WHERE person = ? ORDER BY {owned.moment} DESC"  # noqa: S608
        rows = [dict(zip(columns, row, strict=True)) for row in db.execute(sql, [person])]
        if rows:
            found[owned.table] = rows
    return found
