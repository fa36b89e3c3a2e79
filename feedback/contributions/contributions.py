"""Contributions: what somebody says about what they saw, and how busy it felt there and then."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from data.keeping.from_outside import in_reach
from data.keeping.real_time import utc_text
from feedback.contributions.moderation import Mode, mode_of
from feedback.contributions.naming import MOODS, ROLES, TOPICS
from feedback.database.store import change_store, open_store
from feedback.database.texts import clean, search_words
from feedback.people.participants import Author, register
from language import UserError
from language.visible import one_line

FELT: Final = ("green", "yellow", "orange", "red")
"""How busy it felt: the four levels of the forecast."""

_HOUR: Final = "%Y-%m-%dT%H:%MZ"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST_REFERENCE: Final = 4000
_REFERENCES: Final = ("area", "zone", "cell", "scenario", "snapshot")
_INSERT: Final = (
    "id, person, area, session, item, role, topic, mood, text, felt, zone, hour, cell, scenario, snapshot, language, "
    "state, sent, changed"
)
_ONCE: Final = timedelta(minutes=10)
_SAID: Final = ("person", "area", "session", "item", "role", "topic", "mood", "text", "felt", "zone", "hour", "cell")
"""What must be the same for words to be those that were sent just now; the forecast beside them may be a newer one."""
_REASON: Final = """(
    SELECT log.reason FROM moderation_log AS log
    WHERE log.subject = 'contributions' AND log.target = contributions.id AND contributions.state = 'hidden'
        AND log.act = 'hide'
    ORDER BY log.number DESC LIMIT 1
)"""


@dataclass(frozen=True)
class Contribution:
    """One contribution. ``id`` is a uuid made by the sender; ``hour`` the start of an hour (aware, UTC).

    ``cell``, ``scenario`` (encoded) and ``snapshot`` say what was looked at; ``session`` and ``item`` where it was
    asked. ``state``, ``sent`` and ``changed`` (UTC, ISO 8601) are filled in by the database, and why it was hidden.
    """

    id: str
    area: str
    role: str
    language: str
    text: str = ""
    topic: str | None = None
    mood: str | None = None
    felt: str | None = None
    zone: str | None = None
    hour: datetime | None = None
    cell: str | None = None
    scenario: str | None = None
    snapshot: str | None = None
    session: str | None = None
    item: str | None = None
    state: str = "waiting"
    sent: str = ""
    changed: str | None = None
    reason: str | None = None


EARNEST: Final = "coalesce(session, '') NOT IN (SELECT id FROM sessions WHERE rehearsal)"
"""The SQL condition that a row was not sent in a rehearsal."""


def checked(contribution: Contribution) -> Contribution:
    """Return the contribution as it may be kept: text cleaned, every choice one of those there are.

    Raises ``UserError`` when it says nothing, is too long, or holds a value that does not exist.
    """
    text = clean(contribution.text)
    if not text and contribution.felt is None:
        raise UserError("Write something, or choose how busy it felt.")
    if not _ID.fullmatch(contribution.id):
        raise UserError("This form is damaged. Reload the page and send it again.")
    choices = (
        ("role", contribution.role, ROLES),
        ("topic", contribution.topic, (None, *TOPICS)),
        ("mood", contribution.mood, (None, *MOODS)),
        ("felt", contribution.felt, (None, *FELT)),
    )
    for name, value, known in choices:
        if value not in known:
            raise UserError(
                "'{value}' is not a value for {name}. Choose one of: {known}.",
                value=str(value)[:40],
                name=name,
                known=", ".join(k for k in known if k),
            )
    if contribution.hour is not None and not in_reach(contribution.hour):
        raise UserError("This form is damaged. Reload the page and send it again.")
    if contribution.felt is not None and (contribution.zone is None or contribution.hour is None):
        raise UserError("Choose the place and the hour at which it felt like that.")
    references = [getattr(contribution, name) for name in _REFERENCES]
    if any(reference is not None and len(reference) > _LONGEST_REFERENCE for reference in references):
        raise UserError("This form is damaged. Reload the page and send it again.")
    seen: dict[str, Any] = {
        name: value and one_line(value) for name, value in zip(_REFERENCES, references, strict=True)
    }
    return replace(contribution, text=text, **seen)


def send(contribution: Contribution, author: Author, *, once: bool = False) -> Contribution:
    """Keep a contribution and return it as it was kept; when this returns, it is on the disk.

    The same id sent again is the same contribution: nothing is doubled, and what its own author changed meanwhile
    replaces what was sent first. ``once``: so are the same words of the same person about the same within ten minutes,
    from a page that lost its connection while it was thanked and has them still. Raises ``UserError`` for what
    :func:`checked` refuses, and when it cannot be kept.
    """
    contribution = checked(contribution)
    with change_store() as db:
        register(db, author)
        row = _row(contribution, db) | {"person": author.person}
        if once and (before := _said_just_now(db, row)) is not None:
            return _one(db, before)
        marks = ", ".join(f":{name}" for name in _INSERT.split(", "))
        sql = f"INSERT INTO contributions ({_INSERT}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING"  # noqa: S608
        if db.execute(sql, row).rowcount == 0 and not _change(db, contribution, author.person):
            raise UserError("This form is damaged. Reload the page and send it again.")
        return _one(db, contribution.id)


def change(contribution: Contribution, person: str) -> Contribution:
    """Change what its own author said, and return it as it is kept now; checked before publication, it waits again.

    Raises ``UserError`` when it is gone or somebody else's, or :func:`checked` refuses it.
    """
    contribution = checked(contribution)
    with change_store() as db:
        if not _change(db, contribution, person):
            raise UserError("This contribution is not there any more.")
        return _one(db, contribution.id)


def find_contributions(
    area: str,
    *,
    words: str = "",
    role: str | None = None,
    topic: str | None = None,
    zone: str | None = None,
    session: str | None = None,
    states: Iterable[str] = ("published",),
) -> list[Contribution]:
    """Return an area's contributions, newest first.

    ``words`` must all occur, each as the beginning of a word; capitals and accents do not matter. What was sent in a
    rehearsal is only among those of that ``session``.
    """
    states = tuple(states)
    clauses = [EARNEST] if session is None else []
    clauses += ["area = ?", f"state IN ({', '.join('?' * len(states))})"]
    values: list[Any] = [area, *states]
    for column, value in (("role", role), ("topic", topic), ("zone", zone), ("session", session)):
        if value is not None:
            clauses.append(f"{column} = ?")
            values.append(value)
    if wanted := search_words(words):
        clauses.append("number IN (SELECT rowid FROM contributions_search WHERE contributions_search MATCH ?)")
        values.append(" ".join(f'"{word}"*' for word in wanted))
    with open_store() as db:
        return _read(db, f"{' AND '.join(clauses)} ORDER BY sent DESC, number DESC", values)


def of_person(person: str) -> list[Contribution]:
    """Return all that one author sent, newest first, whatever its state."""
    with open_store() as db:
        return _read(db, "person = ? ORDER BY sent DESC, number DESC", [person])


def own_words(contribution_id: str, person: str) -> Contribution | None:
    """Return what its own author said, without what moderators made of it; ``None`` when it is gone, or not theirs."""
    with open_store() as db:
        found = _read(db, "id = ? AND person = ?", [contribution_id, person])
    return replace(found[0], state="", changed=None, reason=None) if found else None


def _change(db: Database, contribution: Contribution, person: str) -> bool:
    """Change a row of ``person``; return whether there is one. Unchanged words keep their state."""
    found = _read(db, "id = ? AND person = ?", [contribution.id, person])
    if not found:
        return False
    before = found[0]
    kept = replace(contribution, state=before.state, sent=before.sent, changed=before.changed, reason=before.reason)
    if kept != before:
        state = before.state
        if kept.text != before.text and state == "published" and mode_of(db, kept.session) is Mode.BEFORE:
            state = "waiting"
        row = _row(kept, db) | {"state": state, "changed": utc_text()}
        names = ("role", "topic", "mood", "text", "felt", "zone", "hour", "state", "changed")
        values = [row[name] for name in names]
        db.execute(
            f"UPDATE contributions SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",  # noqa: S608
            [*values, contribution.id],
        )
    return True


def _row(contribution: Contribution, db: Database) -> dict[str, Any]:
    row = asdict(contribution)
    row["hour"] = contribution.hour and contribution.hour.astimezone(UTC).strftime(_HOUR)
    row["sent"] = contribution.sent or utc_text()
    # Only words are moderated: how busy it felt is one of four choices.
    waits = contribution.text and mode_of(db, contribution.session) is Mode.BEFORE
    row["state"] = "waiting" if waits else "published"
    return row


def _said_just_now(db: Database, row: dict[str, Any]) -> str | None:
    """Return the id under which the same person sent these words within :data:`_ONCE`, where that was another one."""
    if not row["text"]:
        return None
    same = " AND ".join(f"{name} IS :{name}" for name in _SAID)
    sql = f"SELECT id FROM contributions WHERE {same} AND id != :id AND sent BETWEEN :since AND :sent"  # noqa: S608
    since = utc_text(datetime.fromisoformat(row["sent"]) - _ONCE)
    found = db.execute(sql, row | {"since": since}).fetchone()
    return None if found is None else str(found[0])


def _one(db: Database, contribution_id: str) -> Contribution:
    return _read(db, "id = ?", [contribution_id])[0]


def _read(db: Database, where: str, values: Sequence[Any]) -> list[Contribution]:
    names = [field.name for field in fields(Contribution)]
    columns = ", ".join(_REASON if name == "reason" else name for name in names)
    rows = db.execute(f"SELECT {columns} FROM contributions WHERE {where}", values)  # noqa: S608
    return [_contribution(dict(zip(names, row, strict=True))) for row in rows]


def _contribution(row: dict[str, Any]) -> Contribution:
    if row["hour"] is not None:
        row["hour"] = datetime.fromisoformat(row["hour"])
    return Contribution(**row)
