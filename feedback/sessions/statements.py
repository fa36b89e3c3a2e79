"""Statements and votes of a session: who adds one, what resembles it, and the ballots that groups are found in."""

import re
import secrets
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal
from uuid import uuid4

import pandas as pd
from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.moderation import Mode, mode_of
from feedback.database.store import change_store, open_store, select
from feedback.database.texts import clean
from feedback.groups.opinions import Ballots, last_votes
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

LENGTH: Final = 140
ALIKE: Final = 0.8
"""Two statements this alike (0–1) are pointed out to whoever writes the second."""

StatementState = Literal["waiting", "published", "hidden"]


@dataclass(frozen=True)
class Statement:
    """A statement. ``number`` counts from 0 within its session, as pol.is does; ``seed`` was there at the start.

    ``first_text`` is what it said when it was first voted on, if a facilitator ``corrected`` it since (UTC).
    """

    id: str
    session: str
    item: str | None
    number: int
    person: str | None
    text: str
    state: StatementState
    seed: bool
    meta: bool
    published_consensus: float | None
    sent: str
    first_text: str = ""
    corrected: str | None = None


def one_line(text: str, longest: int) -> str:
    """Return what somebody wrote as one line of visible characters.

    Raises ``UserError`` when there are no words in it, or more than ``longest`` characters.
    """
    line = " ".join(clean(text, longest=longest).split())
    if not any(character.isalnum() for character in line):
        raise UserError("Write a few words first.")
    return line


def add_statement(
    session_id: str,
    text: str,
    *,
    person: str | None,
    item_id: str | None = None,
    seed: bool = False,
    statement_id: str | None = None,
) -> Statement:
    """Add a statement; the same ``statement_id`` twice adds one. A facilitator's own (``seed``) is shown at once.

    Raises ``UserError`` when it is empty or too long, stands there already in the same words, or the session is
    closed (a seed can be added before it opens).
    """
    text = one_line(text, LENGTH)
    statement_id = statement_id or str(uuid4())
    with change_store() as db:
        if not seed:
            must_be_open(db, session_id)
        if person is not None:
            register(db, author_of_visit(person))
        if not db.table("statements").count_where("id = ?", [statement_id]):
            insert_statement(db, statement_id, session_id, text, person=person, item_id=item_id, seed=seed)
        return read_statement(db, statement_id)


def insert_statement(
    db: Database, statement_id: str, session_id: str, text: str, *, person: str | None, item_id: str | None, seed: bool
) -> None:
    """Keep a statement inside a change; of somebody in the room it may wait for a moderator first.

    Raises ``UserError`` when it stands there already in the same words.
    """
    must_be_new(db, session_id, text)
    waits = not seed and mode_of(db, session_id) is Mode.BEFORE
    last = db.execute("SELECT max(number) FROM statements WHERE session = ?", [session_id]).fetchone()[0]
    db.table("statements").insert(
        {
            "id": statement_id,
            "session": session_id,
            "item": item_id,
            "number": 0 if last is None else last + 1,
            "person": person,
            "text": text,
            "state": "waiting" if waits else "published",
            "seed": int(seed),
            "sent": utc_text(),
        }
    )


def begin_with(session_id: str, text: str, item_id: str) -> Statement:
    """Add a facilitator's own statement to an item. It is shown at once; raises as :func:`add_statement` does."""
    return add_statement(session_id, text, person=None, item_id=item_id, seed=True)


def must_be_new(db: Database, session_id: str, text: str, *, but: str | None = None) -> None:
    """Raise ``UserError`` when a session has a statement in the same words already, other than ``but`` (its id)."""
    shown = (s for s in _rows(db, session_id) if s.state != "hidden" and s.id != but)
    if same := next((s for s in shown if _core(s.text) == _core(text)), None):
        raise UserError("This statement is already there: '{text}'. You can vote on it.", text=same.text)


def read_statement(db: Database, statement_id: str) -> Statement:
    """Return a statement inside a change. Raises ``UserError`` when it is gone."""
    for row in select(db, "statements", "id = ?", statement_id):
        return _statement(row)
    raise UserError("This statement is gone.")


def statements(session_id: str, *states: StatementState, item_id: str | None = None) -> list[Statement]:
    """Return the statements of a session (or of one item), in the ``states`` or all; by number."""
    with open_store() as db:
        found = _rows(db, session_id)
    return [s for s in found if (not states or s.state in states) and (item_id is None or s.item == item_id)]


def alike(text: str, existing: list[Statement]) -> list[Statement]:
    """Return published statements that say nearly the same, the most alike first."""
    core = _core(text)
    scored = [(SequenceMatcher(None, core, _core(s.text)).ratio(), s) for s in existing if s.state == "published"]
    near = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [statement for _, statement in near]


def vote(statement_id: str, value: int, *, person: str) -> None:
    """Note somebody's vote (1 agree, -1 disagree, 0 pass) on a statement; a later one replaces it.

    Raises ``UserError`` when the statement is gone, or its session is closed.
    """
    with change_store() as db:
        row = next(iter(db.table("statements").rows_where("id = ? AND state = 'published'", [statement_id])), None)
        if row is None or not row["text"]:
            raise UserError("This statement is gone, so your vote was not counted. Your other votes are kept.")
        must_be_open(db, row["session"])
        register(db, author_of_visit(person))
        known = db.execute(
            "SELECT ballot FROM votes WHERE session = ? AND person = ? LIMIT 1", [row["session"], person]
        ).fetchone()
        db.execute(
            "INSERT INTO votes (id, session, statement, ballot, person, vote, sent) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (ballot, statement) DO UPDATE SET vote = excluded.vote, sent = excluded.sent",
            [
                str(uuid4()),
                row["session"],
                statement_id,
                known[0] if known else secrets.token_hex(8),
                person,
                value,
                utc_text(),
            ],
        )


def session_of(one_id: str) -> str | None:
    """Return the session of a statement, or a session by its own id; ``None`` for what is not there."""
    sql = "SELECT session FROM statements WHERE id = :id UNION ALL SELECT id FROM sessions WHERE id = :id"
    with open_store() as db:
        found = db.execute(sql, {"id": one_id}).fetchone()
    return str(found[0]) if found else None


def votes_of(session_id: str, person: str) -> dict[str, int]:
    """Return somebody's own votes in a session: statement id to vote."""
    with open_store() as db:
        found = select(db, "votes", "session = ? AND person = ?", session_id, person)
    return {row["statement"]: row["vote"] for row in found}


def tally(session_id: str, item_id: str | None = None) -> pd.DataFrame:
    """Return the count of votes per published statement: ``id, number, text, agrees, disagrees, passes``."""
    shown = statements(session_id, "published", item_id=item_id)
    with open_store() as db:
        rows = db.execute(
            "SELECT statement, sum(vote = 1), sum(vote = -1), sum(vote = 0) FROM votes WHERE session = ? "
            "GROUP BY statement",
            [session_id],
        ).fetchall()
    counted = {row[0]: row[1:] for row in rows}
    return pd.DataFrame(
        [(s.id, s.number, s.text, *counted.get(s.id, (0, 0, 0))) for s in shown if s.text],
        columns=["id", "number", "text", "agrees", "disagrees", "passes"],
    )


def voters(session_id: str, item_id: str | None = None) -> int:
    """Return how many people voted, in a session or on the statements of one item."""
    with open_store() as db:
        return int(
            db.execute(
                "SELECT count(DISTINCT ballot) FROM votes JOIN statements ON statements.id = votes.statement "
                "WHERE votes.session = ? AND (? IS NULL OR statements.item = ?)",
                [session_id, item_id, item_id],
            ).fetchone()[0]
        )


def vote_rows(session_id: str) -> pd.DataFrame:
    """Return all votes of a session: ``voter`` (its ballot), ``statement`` (number), ``vote``, ``at``, in order."""
    with open_store() as db:
        rows = db.execute(
            "SELECT votes.ballot, statements.number, votes.vote, votes.sent FROM votes "
            "JOIN statements ON statements.id = votes.statement WHERE votes.session = ? ORDER BY votes.sent",
            [session_id],
        ).fetchall()
    frame = pd.DataFrame(rows, columns=["voter", "statement", "vote", "at"])
    return frame.assign(at=pd.to_datetime(frame["at"], utc=True, format="ISO8601"))


def ballots(session_id: str) -> Ballots:
    """Return the ballots of a session, over all statements that were ever shown; hidden ones do not form groups."""
    known = statements(session_id, "published", "hidden")
    left_out = frozenset(s.number for s in known if s.state == "hidden" or s.meta)
    return last_votes(vote_rows(session_id), [s.number for s in known], left_out=left_out)


def imported_groups(session_id: str) -> dict[Hashable, int]:
    """Return the groups that came along with an import: ballot to group. Empty when there were none."""
    with open_store() as db:
        return {
            row["ballot"]: row["group_id"]
            for row in db.table("imported_groups").rows_where("session = ?", [session_id])
        }


def _rows(db: Database, session_id: str) -> list[Statement]:
    return [_statement(row) for row in select(db, "statements", "session = ?", session_id, order_by="number")]


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(**{**row, "seed": bool(row["seed"]), "meta": bool(row["meta"])})


def _core(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9 ]+", "", " ".join(plain.split()))
