"""The rows that one person made, in all tables that hold such rows."""

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from feedback.database.migrations import subjects
from feedback.database.owned import Owned
from feedback.database.store import open_store


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


def rows_by(persons: Iterable[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return what each of ``persons`` made, as :func:`rows_of` does; who made nothing is left out.

    Raises ``UnavailableError`` when the database cannot be read.
    """
    with open_store() as db:
        return {person: rows for person in persons if (rows := rows_of(db, person))}
