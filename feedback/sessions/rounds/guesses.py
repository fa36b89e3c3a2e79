"""Guesses: how busy somebody thinks their place gets on a coming day, sent before the room sees the forecast of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.contributions import FELT
from feedback.contributions.small_cells import K, Label, coarsened
from feedback.database.store import change_store, open_store, select
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

LETTERS: Final = dict(zip("abcd", FELT, strict=True))
"""The four pictures by the letter that they have on paper, from quiet to too busy."""


@dataclass(frozen=True)
class Guess:
    """How busy somebody thinks a place gets: the worst ``level`` of the day."""

    zone: str
    level: str


@dataclass(frozen=True)
class Round:
    """What an item asks about: the local ``day``, and the forecast that is laid beside the guesses."""

    snapshot: str
    day: date


@dataclass(frozen=True)
class Group:
    """Guesses that may be told of together: all for one ``zone``, or (``None``) for several places of few people."""

    zone: str | None
    guesses: tuple[Guess, ...]


def guess(session_id: str, item_id: str, zone: str, level: str, *, person: str, about: Round) -> None:
    """Keep somebody's guess; the newest of a person counts. ``about`` is what is asked, if nobody guessed yet.

    Raises ``UserError`` when the room saw the forecast already, or the session is closed.
    """
    with change_store() as db:
        must_be_open(db, session_id)
        register(db, author_of_visit(person))
        if _item(db, session_id, item_id)["shown"]:
            raise UserError("The forecast was shown already, so nobody can guess any more.")
        _keep(db, session_id, item_id, Guess(zone, level), about, person=person)


def type_in(session_id: str, item_id: str, sheets: Sequence[Guess], *, about: Round) -> int:
    """Keep guesses that were written on paper, also after the session; returns how many. All of them, or none."""
    with change_store() as db:
        _item(db, session_id, item_id)
        for sheet in sheets:
            _keep(db, session_id, item_id, sheet, about, person=None)
    return len(sheets)


def round_of(item_id: str) -> Round | None:
    """Return what an item asks about; ``None`` as long as nobody guessed."""
    with open_store() as db:
        rows = select(db, "guess_rounds", "item = ?", item_id)
    return Round(rows[0]["snapshot"], date.fromisoformat(rows[0]["day"])) if rows else None


def guesses(item_id: str) -> tuple[Guess, ...]:
    """Return all guesses of an item, in an order that tells nothing."""
    with open_store() as db:
        rows = db.execute("SELECT zone, level FROM guesses WHERE item = ? ORDER BY zone, level", [item_id])
        return tuple(Guess(*row) for row in rows.fetchall())


def own_guess(item_id: str, person: str) -> Guess | None:
    """Return what somebody guessed."""
    with open_store() as db:
        rows = select(db, "guesses", "item = ? AND person = ?", item_id, person)
    return Guess(rows[0]["zone"], rows[0]["level"]) if rows else None


def guessers(item_id: str) -> int:
    """Return how many people guessed."""
    with open_store() as db:
        return int(db.table("guesses").count_where("item = ?", [item_id]))


def told_apart(found: Sequence[Guess]) -> list[Group]:
    """Return guesses in groups that may be told of, largest first, places of few people together last.

    Of fewer than five guesses there is no group.
    """
    if len(found) < K:
        return []
    by_zone: defaultdict[str | None, list[Guess]] = defaultdict(list)
    for label, one in zip(coarsened([Label(zone=one.zone) for one in found]), found, strict=True):
        by_zone[label.zone].append(one)
    told = [Group(zone, tuple(rows)) for zone, rows in by_zone.items()]
    return sorted(told, key=lambda group: (group.zone is None, -len(group.guesses), group.zone or ""))


def earlier_rounds(area: str, before: str) -> list[str]:
    """Return the items of an area at which people guessed for an earlier day than ``before`` (``YYYY-MM-DD``).

    The newest comes first; those of rehearsals are left out.
    """
    sql = """
        SELECT guess_rounds.item FROM guess_rounds
            JOIN agenda ON agenda.id = guess_rounds.item JOIN sessions ON sessions.id = agenda.session
        WHERE sessions.area = ? AND NOT sessions.rehearsal AND guess_rounds.day < ? ORDER BY guess_rounds.day DESC
    """
    with open_store() as db:
        return [str(row[0]) for row in db.execute(sql, [area, before]).fetchall()]


def _item(db: Database, session_id: str, item_id: str) -> dict[str, Any]:
    for row in select(db, "agenda", "id = ? AND session = ?", item_id, session_id):
        return row
    raise UserError("This item is no longer on the agenda.")


def _keep(db: Database, session_id: str, item_id: str, sent: Guess, about: Round, *, person: str | None) -> None:
    if sent.level not in FELT or not sent.zone:
        raise UserError("Choose a place and a picture first.")
    db.execute(
        "INSERT INTO guess_rounds (item, snapshot, day) VALUES (?, ?, ?) ON CONFLICT (item) DO NOTHING",
        [item_id, about.snapshot, about.day.isoformat()],
    )
    db.execute(
        "INSERT INTO guesses (id, session, item, person, zone, level, paper, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (item, person) DO UPDATE SET zone = excluded.zone, level = excluded.level, sent = excluded.sent",
        [str(uuid4()), session_id, item_id, person, sent.zone, sent.level, int(person is None), utc_text()],
    )
