"""The rows of trials: frozen plans, and the days on which somebody broke off. Added, and never changed."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from feedback.database.store import change_store, open_store, select


@dataclass(frozen=True)
class TrialRow:
    """A plan as it was frozen: canonical JSON with its hash, when (UTC, ISO 8601), and by which role."""

    id: str
    area: str
    frozen: str
    role: str
    organisation: str | None
    plan: str
    hash: str


@dataclass(frozen=True)
class BreakRow:
    """A day on which somebody broke off, why, and by which role."""

    id: str
    trial: str
    day: str
    reason: str
    role: str
    organisation: str | None
    at: str


def add_trial(row: TrialRow) -> None:
    """Keep a plan; one that is there already stays as it is."""
    with change_store() as db:
        _insert(db, "trials", asdict(row))


def add_break(row: BreakRow) -> None:
    """Keep that somebody broke off; a day on which somebody did already stays as it is."""
    with change_store() as db:
        _insert(db, "trial_breaks", asdict(row))


def trial_rows(area: str) -> list[TrialRow]:
    """Return the plans of an area, the newest first."""
    with open_store() as db:
        return [TrialRow(**row) for row in select(db, "trials", "area = ?", area, order_by="frozen DESC, id")]


def trial_row(trial_id: str) -> TrialRow | None:
    """Return one plan; ``None`` when there is none."""
    with open_store() as db:
        found = select(db, "trials", "id = ?", trial_id)
    return TrialRow(**found[0]) if found else None


def break_rows(trial_id: str) -> list[BreakRow]:
    """Return the days on which somebody broke off a trial, in their order."""
    with open_store() as db:
        return [BreakRow(**row) for row in select(db, "trial_breaks", "trial = ?", trial_id, order_by="day")]


def _insert(db: Database, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
