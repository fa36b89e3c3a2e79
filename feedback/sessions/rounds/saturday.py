"""Playing a frozen day in teams: each chooses cards at each moment to decide, and goes on when it is ready.

Everybody of a team chooses for the team: the last one who touched a card counts. What was decided at an earlier moment
stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store, select
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

TEAMS: Final = 12
"""Teams that can play at once."""

_LONGEST: Final = 40


@dataclass(frozen=True)
class TeamPlay:
    """How far a team is: the ``moment`` it decides at (from 1), and the cards it chose."""

    team: int
    moment: int
    cards: frozenset[str]


def choose(session_id: str, item_id: str, team: int, card: str, wanted: bool, *, moment: int, person: str) -> None:
    """Choose a card for a team, or take it back. ``moment`` is the one at which the card is decided on.

    Raises ``UserError`` when the team is at another moment, or the session is closed.
    """
    with change_store() as db:
        must_be_open(db, session_id)
        register(db, author_of_visit(person))
        if _moment(db, session_id, item_id, team) != moment:
            raise UserError("Your team decided on this already. Look at what it chose.")
        db.execute("DELETE FROM saturday_choices WHERE item = ? AND team = ? AND card = ?", [item_id, team, card])
        if wanted:
            _put(db, session_id, item_id, team, card, person=person)


def go_on(session_id: str, item_id: str, team: int, *, moment: int, person: str) -> None:
    """Let a team go on from a ``moment`` to the next; twice from the same one is once.

    Raises ``UserError`` when the session is closed.
    """
    with change_store() as db:
        must_be_open(db, session_id)
        register(db, author_of_visit(person))
        if _moment(db, session_id, item_id, team) == moment:
            db.execute("UPDATE saturday_teams SET moment = ? WHERE item = ? AND team = ?", [moment + 1, item_id, team])


def type_in(session_id: str, item_id: str, sheets: Sequence[TeamPlay]) -> int:
    """Keep what teams chose on paper, also after the session; returns how many teams. All of them, or none.

    Raises ``UserError`` for a team that played already: what it decided stays.
    """
    with change_store() as db:
        began = {team for (team,) in db.execute("SELECT team FROM saturday_teams WHERE item = ?", [item_id])}
        for sheet in sheets:
            if sheet.team in began:
                raise UserError("Team {team} played already. Leave it out: what it decided stays.", team=sheet.team)
            began.add(sheet.team)
            _moment(db, session_id, item_id, sheet.team)
            for card in sorted(sheet.cards):
                _put(db, session_id, item_id, sheet.team, card, person=None)
            db.execute(
                "UPDATE saturday_teams SET moment = ? WHERE item = ? AND team = ?", [sheet.moment, item_id, sheet.team]
            )
    return len(sheets)


def play_of(item_id: str, team: int) -> TeamPlay:
    """Return how far a team is; at the first moment without cards when it has not begun."""
    return next((one for one in plays(item_id) if one.team == team), TeamPlay(team, 1, frozenset()))


def plays(item_id: str) -> list[TeamPlay]:
    """Return all teams that began, by number."""
    with open_store() as db:
        teams = db.execute("SELECT team, moment FROM saturday_teams WHERE item = ? ORDER BY team", [item_id]).fetchall()
        rows = db.execute("SELECT team, card FROM saturday_choices WHERE item = ?", [item_id]).fetchall()
    return [TeamPlay(team, moment, frozenset(card for of, card in rows if of == team)) for team, moment in teams]


def _put(db: Database, session_id: str, item_id: str, team: int, card: str, *, person: str | None) -> None:
    db.execute(
        "INSERT INTO saturday_choices (id, session, item, team, card, person, sent) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [str(uuid4()), session_id, item_id, team, card[:_LONGEST], person, utc_text()],
    )


def _moment(db: Database, session_id: str, item_id: str, team: int) -> int:
    """Return at which moment a team decides; who is first begins it."""
    if not 1 <= team <= TEAMS:
        raise UserError("Choose a team first.")
    if not select(db, "agenda", "id = ? AND session = ?", item_id, session_id):
        raise UserError("This item is no longer on the agenda.")
    db.execute(
        "INSERT INTO saturday_teams (item, team, moment) VALUES (?, ?, 1) ON CONFLICT DO NOTHING", [item_id, team]
    )
    return int(
        db.execute("SELECT moment FROM saturday_teams WHERE item = ? AND team = ?", [item_id, team]).fetchone()[0]
    )
