"""The rows of the action log: added one after the other, read by area, and never changed.

What stands in a row, and how a row hangs on the one before, is the business of ``response.actions``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store, select

NEWEST: Final = "number IN (SELECT max(number) FROM actions WHERE area = ? GROUP BY root)"


@dataclass(frozen=True)
class ActionRow:
    """A row: its place in the chain, the columns to search by, and the ``body`` that its ``hash`` is of."""

    number: int
    id: str
    root: str
    area: str
    stage: str
    card: str | None
    happened: str
    missing: int
    body: str
    hash: str


@dataclass(frozen=True)
class ActionText:
    """Free words of a row: of which ``field``, with the ``salt`` of the hash that the row holds in their place."""

    id: str
    action: str
    field: str
    salt: str
    text: str


Chained = Callable[[int, str], ActionRow]
"""Makes a row of its number and the hash of the row before; the first one hangs on nothing."""


def add(row_id: str, chained: Chained, texts: Iterable[ActionText]) -> bool:
    """Add a row at the end of the chain; return whether it was not there yet, since sent twice is one.

    When this returns, it is on the disk. Two who write at once get a row each, in one chain.
    """
    with change_store() as db:
        if db.execute("SELECT 1 FROM actions WHERE id = ?", [row_id]).fetchone():
            return False
        last = db.execute("SELECT number, hash FROM actions ORDER BY number DESC LIMIT 1").fetchone()
        row = chained(last[0] + 1 if last else 1, last[1] if last else "")
        _insert(db, "actions", asdict(row))
        for text in texts:
            _insert(db, "action_texts", {**asdict(text), "sent": utc_text()})
    return True


def newest(area: str, where: str = "", *values: object, most: int = -1) -> list[ActionRow]:
    """Return the newest version of each entry of an area, the latest happening first.

    ``where`` is a condition in SQL of this room (see :func:`wanted`); at most ``most`` rows, all when negative.
    """
    condition = f"area = ? AND {NEWEST}" + (f" AND {where}" if where else "")
    with open_store() as db:
        found = select(
            db, "actions", condition, area, area, *values, order_by=f"happened DESC, number DESC LIMIT {int(most)}"
        )
    return [ActionRow(**row) for row in found]


def wanted(
    *, missing: bool = False, stages: Sequence[str] = (), card: str | None = None, since: str = ""
) -> tuple[str, list[object]]:
    """Return the condition, with its values, that a row is one of these kinds."""
    parts: list[str] = ["missing > 0"] if missing else []
    values: list[object] = []
    if stages:
        parts.append(f"stage IN ({', '.join('?' * len(stages))})")
        values += stages
    if card is not None:
        parts.append("card = ?")
        values.append(card)
    if since:
        parts.append("happened >= ?")
        values.append(since)
    return " AND ".join(parts), values


def versions(root: str) -> list[ActionRow]:
    """Return all rows of one entry, the first one first."""
    with open_store() as db:
        return [ActionRow(**row) for row in select(db, "actions", "root = ?", root, order_by="number")]


def chain() -> list[ActionRow]:
    """Return all rows of all areas, in the order of the chain."""
    with open_store() as db:
        return [ActionRow(**row) for row in select(db, "actions", "1", order_by="number")]


def head() -> tuple[str, int]:
    """Return what is another one as soon as a row was added or words were erased: the last hash, how many texts."""
    with open_store() as db:
        last = db.execute("SELECT hash FROM actions ORDER BY number DESC LIMIT 1").fetchone()
        ((words,),) = db.execute("SELECT count(*) FROM action_texts")
    return (last[0] if last else ""), int(words)


def count(area: str) -> int:
    """Return how many entries an area has."""
    with open_store() as db:
        ((number,),) = db.execute("SELECT count(DISTINCT root) FROM actions WHERE area = ?", [area])
    return int(number)


def texts(ids: Sequence[str] | None = None) -> dict[str, list[ActionText]]:
    """Return the words that are still there, by the id of their row: of some rows, or of all."""
    names = "id, action, field, salt, text"
    sql, marks = f"SELECT {names} FROM action_texts", ", ".join("?" * len(ids or ()))  # noqa: S608
    found: defaultdict[str, list[ActionText]] = defaultdict(list)
    with open_store() as db:
        rows = db.execute(sql) if ids is None else db.execute(f"{sql} WHERE action IN ({marks})", list(ids))
        for row in rows:
            found[row[1]].append(ActionText(*row))
    return found


def _insert(db: Database, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
