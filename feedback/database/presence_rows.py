"""The rows of which function is where, and of answers to them. They live for a day: see ``feedback.upkeep``."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from feedback.database.store import change_store, open_store, select


@dataclass(frozen=True)
class PresenceRow:
    """That a ``function`` is ``there`` (or no more), as an ``organisation`` says it, since ``at`` (UTC, ISO 8601)."""

    id: str
    area: str
    zone: str
    function: str
    there: int
    organisation: str
    at: str


@dataclass(frozen=True)
class PresenceAnswer:
    """What another organisation answers to a presence."""

    id: str
    presence: str
    answer: str
    organisation: str
    at: str


def add_presence(row: PresenceRow) -> None:
    """Keep what an organisation says; the same id sent again is the same row."""
    with change_store() as db:
        _insert(db, "presences", asdict(row))


def add_answer(row: PresenceAnswer) -> None:
    """Keep what an organisation answers; the same id sent again is the same row."""
    with change_store() as db:
        _insert(db, "presence_answers", asdict(row))


def presence(presence_id: str) -> PresenceRow | None:
    """Return one row; ``None`` when it is gone."""
    with open_store() as db:
        found = select(db, "presences", "id = ?", presence_id)
    return PresenceRow(**_told(found[0])) if found else None


def newest_presences(area: str, since: str) -> list[PresenceRow]:
    """Return the newest row of each place, function and organisation that is later than ``since``, the latest first."""
    newest = "number IN (SELECT max(number) FROM presences WHERE area = ? GROUP BY zone, function, organisation)"
    with open_store() as db:
        found = select(db, "presences", f"{newest} AND at > ?", area, since, order_by="number DESC")
    return [PresenceRow(**_told(row)) for row in found]


def answers_to(area: str) -> dict[str, list[PresenceAnswer]]:
    """Return the newest answer of each organisation to each row of an area, by the id of that row."""
    newest = (
        "number IN (SELECT max(number) FROM presence_answers WHERE presence IN "
        "(SELECT id FROM presences WHERE area = ?) GROUP BY presence, organisation)"
    )
    found: defaultdict[str, list[PresenceAnswer]] = defaultdict(list)
    with open_store() as db:
        for row in select(db, "presence_answers", newest, area):
            found[str(row["presence"])].append(PresenceAnswer(**_told(row)))
    return found


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "number"}


def _insert(db: Database, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
