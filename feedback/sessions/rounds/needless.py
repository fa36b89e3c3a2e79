"""How often may be acted for nothing, to prevent that it is once too late: asked in a session, told by role.

Who accepts *n* times for nothing acts from a chance of 1 in *n* + 1 on. Roles are what people say they are; fewer than
five of a role are never told apart, nor can they be found by subtraction (``small_cells``).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.naming import ROLES
from feedback.contributions.small_cells import K, Label, coarsened
from feedback.database.store import change_store, open_store, select
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

TIMES: Final = (0, 1, 2, 3, 5, 9, 19)
"""What can be chosen on a phone; on paper any number up to :data:`MOST`."""

MOST: Final = 99


@dataclass(frozen=True)
class Accepted:
    """How many ``times`` for nothing somebody of a ``role`` accepts."""

    role: str
    times: int


@dataclass(frozen=True)
class RoleGroup:
    """What one role accepts; ``None`` is the others together, of whom no role may be told. ``times`` rise."""

    role: str | None
    times: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.times)

    @property
    def middle(self) -> int:
        """The middle answer: at least half of them accept no more (of two in the middle the lower one)."""
        return _middle(self.times)


def accept(session_id: str, item_id: str, times: int, role: str, *, person: str) -> None:
    """Keep somebody's answer; the newest of a person counts.

    Raises ``UserError`` when the room saw the answers already, or the session is closed.
    """
    with change_store() as db:
        must_be_open(db, session_id)
        register(db, author_of_visit(person))
        if _item(db, session_id, item_id)["shown"]:
            raise UserError("The answers were shown already, so nobody can answer any more.")
        _keep(db, session_id, item_id, Accepted(role, times), person=person)


def type_in(session_id: str, item_id: str, sheets: Sequence[Accepted]) -> int:
    """Keep answers that were written on paper, also after the session; returns how many. All of them, or none."""
    with change_store() as db:
        _item(db, session_id, item_id)
        for sheet in sheets:
            _keep(db, session_id, item_id, sheet, person=None)
    return len(sheets)


def own_accepted(item_id: str, person: str) -> Accepted | None:
    """Return what somebody answered."""
    with open_store() as db:
        rows = select(db, "needless", "item = ? AND person = ?", item_id, person)
    return Accepted(rows[0]["role"], int(rows[0]["times"])) if rows else None


def accepters(item_id: str) -> int:
    """Return how many people answered."""
    with open_store() as db:
        return int(db.table("needless").count_where("item = ?", [item_id]))


def accepted(item_id: str) -> list[RoleGroup]:
    """Return the answers to an item in groups that may be told, largest first, the others together last."""
    with open_store() as db:
        rows = db.execute("SELECT role, times FROM needless WHERE item = ? ORDER BY role, times", [item_id])
        return by_role([Accepted(*row) for row in rows.fetchall()])


def by_role(found: Sequence[Accepted]) -> list[RoleGroup]:
    """Return answers in groups that may be told, largest first, the others together last.

    Of fewer than five answers there is no group.
    """
    if len(found) < K:
        return []
    groups: defaultdict[str | None, list[int]] = defaultdict(list)
    for label, one in zip(coarsened([Label(role=one.role) for one in found]), found, strict=True):
        groups[label.role].append(one.times)
    told = [RoleGroup(role, tuple(sorted(times))) for role, times in groups.items()]
    return sorted(told, key=lambda group: (group.role is None, -group.n, group.role or ""))


def middle_of_all(groups: Sequence[RoleGroup]) -> int:
    """Return the middle answer of all who were told of, whatever their role. Raises ``ValueError`` of no group."""
    if not groups:
        raise ValueError("nobody answered")
    return _middle(sorted(times for group in groups for times in group.times))


def newest_accepted(area: str) -> tuple[str, list[RoleGroup]] | None:
    """Return the day of the newest session of an area whose room saw its answers, and these answers.

    ``None`` where nobody was asked yet, or too few answered; rehearsals are left out.
    """
    sql = """
        SELECT agenda.id, sessions.date FROM agenda JOIN sessions ON sessions.id = agenda.session
        WHERE agenda.kind = 'needless' AND sessions.area = ? AND NOT sessions.rehearsal AND agenda.shown IS NOT NULL
        ORDER BY sessions.date DESC, agenda.shown DESC
    """
    with open_store() as db:
        asked = db.execute(sql, [area]).fetchall()
    found = ((str(day), accepted(str(item))) for item, day in asked)
    return next(((day, groups) for day, groups in found if groups), None)


def _middle(times: Sequence[int]) -> int:
    return times[(len(times) - 1) // 2]


def _item(db: Database, session_id: str, item_id: str) -> dict[str, Any]:
    for row in select(db, "agenda", "id = ? AND session = ?", item_id, session_id):
        return row
    raise UserError("This item is no longer on the agenda.")


def _keep(db: Database, session_id: str, item_id: str, sent: Accepted, *, person: str | None) -> None:
    if sent.role not in ROLES:
        raise UserError("Say first what you are.")
    if not 0 <= sent.times <= MOST:
        raise UserError("Choose how often, from 0 to {most}.", most=MOST)
    db.execute(
        "INSERT INTO needless (id, session, item, person, role, times, paper, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (item, person) DO UPDATE SET role = excluded.role, times = excluded.times, sent = excluded.sent",
        [str(uuid4()), session_id, item_id, person, sent.role, sent.times, int(person is None), utc_text()],
    )
