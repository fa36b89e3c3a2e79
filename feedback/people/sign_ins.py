"""Who is in: every time somebody came in, by a code, a password or their organisation, until it is over or ended.

A sign-in has a random id, which the browser keeps, and no trace of the person. It stands as long as its row is here
and the code or account behind it was not withdrawn.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from time import monotonic
from typing import Any, Final

from sqlite_utils import Database

from data.keeping.acts import Actor
from data.keeping.real_time import utc_text
from feedback.database import audit
from feedback.database.store import change_store, open_store, store_path, version
from feedback.database.unavailable import UnavailableError
from feedback.people.invitations import Invitation, find, take
from feedback.people.organisations import Organisation, organisation_of
from feedback.people.roles import Role, included
from language import UserError

_PATIENCE: Final = 5.0
"""Seconds to wait for others when somebody comes in or is looked up: people stand at the door."""

_PAUSE: Final = 2.0
"""Seconds in which a database that could not be read is not asked again: pages must not wait for it at every turn."""

IDLE: Final = {
    Role.STEWARD: 2 * 3600,
    Role.FACILITATOR: 4 * 3600,
    Role.PROFESSIONAL: 3 * 86_400,
    Role.COMMUNICATIONS: 3 * 86_400,
}
"""Seconds after which somebody who was not here is out; other roles stay for as long as their sign-in.

A facilitator is here as long as the presenter view is open, so that an evening with a break is one sign-in.
"""

_REMEMBERED: Final = 10_000
_BESIDE: Final = 0.5
"""Seconds to wait when it is only written down that somebody is here."""

_STANDS: Final = """
    s.until > :now AND (
        s.access IS NULL
        OR EXISTS (SELECT 1 FROM access_codes AS c WHERE c.id = s.access AND c.withdrawn IS NULL)
        OR EXISTS (SELECT 1 FROM accounts AS a WHERE a.id = s.access AND a.withdrawn IS NULL)
    )
"""


@dataclass(frozen=True)
class SignIn:
    """One time that somebody came in: the role it gives, and the session it opens, if any.

    ``access`` is the id of the code or account, ``None`` for who signed in with their organisation; ``organisation``
    the one that the code or account is for. Moments are UTC, as the database writes them; ``seen`` is when they were
    last here, to within :func:`_grain`.
    """

    id: str
    role: Role
    access: str | None
    session: str | None
    since: str
    until: str
    seen: str
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Shown:
    """A sign-in as it is listed: with the ``label`` and ``kind`` of what opened the door.

    ``kind`` is that of a code, or ``password``, or ``organisation``, which has no label.
    """

    sign_in: SignIn
    kind: str
    label: str


class NotAskedError(Exception):
    """A code of one person, that nobody said they want to come in by."""


def come_in(
    code: str, stay: Callable[[Role], int], *, instead: Sequence[str] = (), asked: bool = True
) -> tuple[Invitation, SignIn]:
    """Let somebody in by a code; returns its invitation and the sign-in.

    ``stay`` says for how many seconds, by role. ``instead`` are sign-ins of the same browser; the one by the same code
    is replaced. The use of the code and the sign-in are kept both or neither, so that no one-time link is used up for
    nothing. ``asked`` is false for a link that was only opened: that is enough for the shared code of a room, and
    raises ``NotAskedError`` for every other. Raises ``WrongError`` when the code opens nothing.
    """
    found = find(code, patience=_PATIENCE)
    if not asked and found.kind != "shared":
        raise NotAskedError
    with change_store(patience=_PATIENCE) as db:
        take(db, found)
        for one in instead:
            db.execute("DELETE FROM sign_ins WHERE id = ? AND access = ?", [one, found.id])
        return found, _begin(db, found.role, stay(found.role), found.id, found.session, found.organisation)


def begin(
    role: Role,
    seconds: int,
    *,
    access: str | None = None,
    organisation: Organisation | None = None,
    instead: Sequence[str] = (),
) -> SignIn:
    """Let somebody in who proved who they are: by the password of an account, or to their ``organisation``.

    ``instead`` are sign-ins of the same browser that end by it.
    """
    with change_store(patience=_PATIENCE) as db:
        _delete(db, instead)
        row = next(db.query("SELECT organisation FROM accounts WHERE id = ?", [access]), {"organisation": organisation})
        return _begin(db, role, seconds, access, None, organisation_of(row["organisation"]))


def standing(ids: Sequence[str]) -> dict[str, SignIn]:
    """Return those of the sign-ins that stand now, by id: what was ended or withdrawn in any process is left out.

    Asked dozens of times in every rerun of a page, so it reads again only when the database was changed. Raises
    ``UnavailableError`` when it cannot be read; for a moment it is not asked again then.
    """
    path = store_path()
    if not ids or not path.exists():
        return {}
    now = datetime.now(UTC)
    found = [one for one in _memory.recall(path, tuple(ids)) if one.until > utc_text(now) and not _idle(one, now)]
    for one in found:
        if one.role in IDLE and _moment(one.seen) + _grain(one.role) <= now:
            _notice(one.id, now)
    return {one.id: one for one in found}


def listed(roles: Sequence[Role]) -> list[Shown]:
    """Return the sign-ins with these roles that stand now, the newest first."""
    sql = f"""
        SELECT s.*, coalesce(c.kind, CASE WHEN a.id IS NULL THEN 'organisation' ELSE 'password' END) AS kind,
            coalesce(c.label, a.name, '') AS label
        FROM sign_ins AS s
        LEFT JOIN access_codes AS c ON c.id = s.access LEFT JOIN accounts AS a ON a.id = s.access
        WHERE {_STANDS} ORDER BY s.since DESC, s.rowid DESC
    """  # noqa: S608
    with open_store() as db:
        rows = list(db.query(sql, {"now": utc_text()}))
    found = [Shown(_sign_in(row), row["kind"], row["label"]) for row in rows]
    now = datetime.now(UTC)
    return [one for one in found if one.sign_in.role in roles and not _idle(one.sign_in, now)]


def end(sign_in: str, *, by: Role) -> None:
    """End one sign-in: whoever has it is out with their next action. An unknown one is left.

    ``by`` is the role of who does so. Raises ``UserError`` when that does not include the role of the sign-in.
    """
    with change_store() as db:
        row = db.execute("SELECT role FROM sign_ins WHERE id = ?", [sign_in]).fetchone()
        if row and not (by in (Role.FACILITATOR, Role.STEWARD) and Role(row[0]) in included(by)):
            raise UserError("Only a data steward can end this.")
        _delete(db, [sign_in])


def leave(ids: Sequence[str]) -> None:
    """Let a browser out: end its sign-ins."""
    if ids and store_path().exists():
        with change_store(patience=_PATIENCE) as db:
            for one in standing(ids).values():
                audit.note_entry(db, actor_of(one), "sign_ins.leave")
            _delete(db, ids)


def end_all(path: Path | None = None) -> None:
    """End all sign-ins."""
    with change_store(path) as db:
        db.execute("DELETE FROM sign_ins")


def over(db: Database, now: str) -> list[str]:
    """Return the ids of the sign-ins whose time is past at ``now`` (UTC, ISO 8601)."""
    return [row[0] for row in db.execute("SELECT id FROM sign_ins WHERE until <= ?", [now])]


def _idle(one: SignIn, now: datetime) -> bool:
    return one.role in IDLE and _moment(one.seen) + timedelta(seconds=IDLE[one.role]) <= now


def _grain(role: Role) -> timedelta:
    """How exactly it is known when somebody was last here: each time it is written, all have to be looked up again."""
    return timedelta(seconds=max(60, IDLE[role] // 30))


def _notice(sign_in: str, now: datetime) -> None:
    """Write down that somebody is here. Where it cannot be written they are out a little earlier."""
    if _noticed.get(sign_in, 0.0) > monotonic() - 60:
        return
    if len(_noticed) > _REMEMBERED:
        _noticed.clear()
    _noticed[sign_in] = monotonic()
    with suppress(UnavailableError), change_store(patience=_BESIDE) as db:
        db.execute("UPDATE sign_ins SET seen = ? WHERE id = ?", [utc_text(now), sign_in])


_noticed: dict[str, float] = {}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class _Memory:
    """The answers since the database was last changed, and a fault of just now."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at: object = None
        self._found: dict[tuple[str, ...], list[SignIn]] = {}
        self._fault: tuple[Path, float, UnavailableError] | None = None

    def recall(self, path: Path, ids: tuple[str, ...]) -> list[SignIn]:
        fault = self._fault
        if fault and fault[0] == path and monotonic() < fault[1]:
            raise fault[2]
        try:
            # Looked at before reading: what is read later is at least as new.
            at = (path, version(path))
            with self._lock:
                if at != self._at or len(self._found) > _REMEMBERED:
                    self._at, self._found = at, {}
                known = self._found.get(ids)
            if known is None:
                known = _read(path, ids)
                with self._lock:
                    if self._at == at:
                        self._found[ids] = known
        except UnavailableError as error:
            self._fault = (path, monotonic() + _PAUSE, error)
            raise
        return known


_memory = _Memory()


def _read(path: Path, ids: tuple[str, ...]) -> list[SignIn]:
    marks = ", ".join(f":id{number}" for number in range(len(ids)))
    values = {"now": utc_text(), **{f"id{number}": one for number, one in enumerate(ids)}}
    sql = f"SELECT s.* FROM sign_ins AS s WHERE s.id IN ({marks}) AND {_STANDS}"  # noqa: S608
    with open_store(path, patience=_PATIENCE) as db:
        return [_sign_in(row) for row in db.query(sql, values)]


def actor_of(sign_in: SignIn) -> Actor:
    """Return who is in by a sign-in, as the audit log knows them."""
    return Actor(sign_in.role, sign_in.organisation, sign_in.access)


def _begin(
    db: Database,
    role: Role,
    seconds: int,
    access: str | None,
    session: str | None,
    organisation: Organisation | None,
) -> SignIn:
    now = datetime.now(UTC)
    _delete(db, over(db, utc_text(now)))
    until = utc_text(now + timedelta(seconds=seconds))
    since = utc_text(now)
    made = SignIn(token_urlsafe(12), role, access, session, since, until, since, organisation)
    db.table("sign_ins").insert({**asdict(made), "role": role.value, "organisation": organisation})
    audit.note_entry(db, actor_of(made), "sign_ins.come_in", session)
    return made


def _delete(db: Database, ids: Sequence[str]) -> None:
    for one in ids:
        db.execute("DELETE FROM sign_ins WHERE id = ?", [one])


def _sign_in(row: dict[str, Any]) -> SignIn:
    return SignIn(
        row["id"],
        Role(row["role"]),
        row["access"],
        row["session"],
        row["since"],
        row["until"],
        row["seen"],
        organisation_of(row["organisation"]),
    )
