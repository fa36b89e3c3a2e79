"""Which rows are somebody's own: what a code shows, changes and erases, and what retention lets go of.

Every table with something a participant made has a column ``person`` (a keyed pseudonym, or NULL once the link is
cut) and a text column ``id``. Each module of ``feedback/migrations`` lists its own tables in ``owned``.
"""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from feedback.migrations import subjects


@dataclass(frozen=True)
class Owned:
    """One table with rows of participants.

    ``words`` are the columns with what somebody wrote or chose, which an overview shows. ``search`` names the
    full-text index over the table. With ``keep_row`` erasing empties the texts among the words and the person but
    leaves the row, because rows of others hang on it; otherwise the row goes.

    ``moment`` is the column that says when it was sent; the column ``session`` says in which session, if any.
    ``days`` is how long rows are kept at all (``None``: always, without their person).
    """

    table: str
    words: tuple[str, ...]
    search: str | None = None
    keep_row: bool = False
    moment: str = "sent"
    days: int | None = None


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
