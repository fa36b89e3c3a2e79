"""Votes by the role that people named: counted once, when the session closes, so that no vote has to keep a role.

A role that fewer than five people named is never told of by itself, and what is left is never fewer than five either:
it could be found by taking the others from the whole.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from feedback.contributions.role_counts import published_roles
from feedback.database.store import open_store, select


@dataclass(frozen=True)
class RoleVotes:
    """How one role voted on a statement; ``role`` is empty for all who are not told of by themselves."""

    statement: str
    role: str
    agrees: int
    disagrees: int
    passes: int


def note_votes_by_role(db: Database, session_id: str) -> None:
    """Count the votes of a session by role inside a change, and keep them in the place of what was counted before."""
    rows = db.execute(
        "SELECT votes.statement, coalesce(attendance.role, ''), sum(vote = 1), sum(vote = -1), sum(vote = 0) "
        "FROM votes LEFT JOIN attendance ON attendance.session = votes.session AND attendance.person = votes.person "
        "WHERE votes.session = ? GROUP BY 1, 2",
        [session_id],
    ).fetchall()
    counted: defaultdict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for statement, role, *votes in rows:
        agrees, disagrees, passes = map(int, votes)
        counted[statement][role] = agrees, disagrees, passes
    db.execute("DELETE FROM votes_by_role WHERE session = ?", [session_id])
    for statement, by_role in counted.items():
        for role, (agrees, disagrees, passes) in told_apart(by_role).items():
            db.execute(
                "INSERT INTO votes_by_role (session, statement, role, agrees, disagrees, passes) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [session_id, statement, role, agrees, disagrees, passes],
            )


def told_apart(by_role: Mapping[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Return votes by role as they may be told; roles that may not be told of by themselves are one, with no name."""
    told = set(published_roles({role: sum(votes) for role, votes in by_role.items()})) - {""}
    rest = [votes for role, votes in by_role.items() if role not in told]
    found = {role: votes for role, votes in by_role.items() if role in told}
    if rest:
        agrees, disagrees, passes = (sum(one) for one in zip(*rest, strict=True))
        found[""] = agrees, disagrees, passes
    return found


def votes_by_role(session_id: str) -> list[RoleVotes]:
    """Return how the roles voted in a session that is closed."""
    names = ("statement", "role", "agrees", "disagrees", "passes")
    with open_store() as db:
        found = select(db, "votes_by_role", "session = ?", session_id, order_by="statement, role")
    return [RoleVotes(**{name: row[name] for name in names}) for row in found]
