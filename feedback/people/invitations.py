"""Codes that let people in with a role: shared by a room, personal, or good for one time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.acts import concerning
from data.keeping.real_time import utc_text
from feedback.database.connections import PATIENCE
from feedback.database.store import change_store, open_store
from feedback.people import access_ledger
from feedback.people.codes import keyed_code, new_code, normalised
from feedback.people.organisations import Organisation, organisation_of
from feedback.people.roles import Role
from language import UserError, message_id
from language.visible import one_line

Kind = Literal["shared", "personal", "once"]
"""Shared: everybody who has it is another person. Personal: one person, on any device. Once: personal, one time."""

LABEL: Final = 80
"""Characters of a label at most."""

AN_EVENING: Final = timedelta(hours=36)
"""How long a facilitator's link for a second one is good at most."""

_PURPOSE: Final = "access code"
_COLUMNS: Final = "id, role, kind, label, session, landing, made, until, used, withdrawn, organisation"


class WrongError(UserError):
    """A code or password that opens nothing, as opposed to one that could not be looked up."""


@dataclass(frozen=True)
class Invitation:
    """A code that was given out, without the code itself, which nobody can read again.

    ``label`` names an organisation or meeting. ``session`` is the id of the session it belongs to, if any, and
    ``landing`` the page to which it leads, such as ``join?session=…``. Moments are UTC, as the database writes them;
    ``used`` is the first time. ``organisation`` is for which organisation it was given out, if it was.
    """

    id: str
    role: Role
    kind: Kind
    label: str
    session: str | None
    landing: str
    made: str
    until: str | None
    used: str | None
    withdrawn: str | None
    organisation: Organisation | None = None

    @property
    def open(self) -> bool:
        """Whether it still lets somebody in."""
        return not self.withdrawn and not self.over and not (self.kind == "once" and self.used)

    @property
    def over(self) -> bool:
        """Whether its time is past."""
        return bool(self.until and self.until <= utc_text())


def invite(
    role: Role,
    label: str,
    *,
    by: Role,
    kind: Kind = "personal",
    code: str | None = None,
    session: str | None = None,
    landing: str = "",
    until: datetime | None = None,
    organisation: Organisation | None = None,
) -> tuple[Invitation, str]:
    """Give out a code; returns the invitation and the code, which is shown now and never again.

    ``by`` is the role of who does so: only a steward makes facilitators and stewards, but that a facilitator lets a
    second one in by a one-time link that is good for a day and a half (``AN_EVENING``). ``code`` is for a session that
    has its own (see :func:`feedback.people.codes.short_code`); without it one of five words is made.
    ``until`` (aware) is when it stops, ``organisation`` the one that it is for. Raises ``UserError`` for a label that
    is empty, too long or an address, or a code in use.
    """
    beside = role is by is Role.FACILITATOR and kind == "once" and until is not None and until - AN_EVENING <= _now()
    if role is Role.VISITOR or (role in (Role.FACILITATOR, Role.STEWARD) and by is not Role.STEWARD and not beside):
        raise UserError("Only a data steward can give this role.")
    if landing and not re.fullmatch(r"[a-z]+(\?[\w=&%.~-]*)?", landing):
        raise ValueError(f"not a page of this app: {landing}")
    fresh = code or new_code()
    row = {
        "id": uuid4().hex,
        "role": role.value,
        "kind": kind,
        "label": plain_label(label),
        "session": session,
        "landing": landing,
        "made": utc_text(),
        "until": utc_text(until) if until else None,
        "used": None,
        "withdrawn": None,
        "organisation": organisation.value if organisation else None,
    }
    code_hash = keyed_code(_PURPOSE, fresh)
    with change_store() as db:
        if next(db.query("SELECT 1 FROM access_codes WHERE code_hash = ?", [code_hash]), None):
            raise UserError("This code is in use already. Choose another one.")
        db.table("access_codes").insert({**row, "code_hash": code_hash, "made_by": by.value})
        concerning(str(row["id"]))
    return _invitation(row), fresh


def _now() -> datetime:
    return datetime.now(UTC)


def plain_label(label: str) -> str:
    """Return a label as it is kept. Raises ``UserError`` when it is empty, too long, or an e-mail address."""
    kept = one_line(label)
    if not kept or len(kept) > LABEL or "@" in kept:
        raise UserError("Name the organisation or meeting, in at most {n} characters. Not a person.", n=LABEL)
    return kept


def find(code: str, *, patience: float = PATIENCE) -> Invitation:
    """Return the invitation of a code that lets somebody in now.

    Raises ``WrongError`` when it is unknown, withdrawn, over or used up; the sentence is the same for all, so that
    nobody learns which codes exist.
    """
    code_hash = keyed_code(_PURPOSE, code)
    with open_store(patience=patience) as db:
        row = next(db.query(f"SELECT {_COLUMNS} FROM access_codes WHERE code_hash = ?", [code_hash]), None)  # noqa: S608
    if not normalised(code) or row is None or not _invitation(row).open:
        raise _refusal()
    return _invitation(row)


def take(db: Database, found: Invitation) -> None:
    """Use a code inside a change; of two who use a one-time code at once, only one gets in.

    Raises ``WrongError`` for who comes second, and when it was withdrawn meanwhile.
    """
    now = db.execute("SELECT used, withdrawn FROM access_codes WHERE id = ?", [found.id]).fetchone()
    if now is None or now[1] or (now[0] and found.kind == "once"):
        raise _refusal()
    if not now[0] and found.kind != "shared":
        access_ledger.note("used", [found.id])
        db.execute("UPDATE access_codes SET used = ? WHERE id = ?", [utc_text(), found.id])


def _refusal() -> WrongError:
    return WrongError(message_id("This code does not open anything. Check it, or ask for a new one."))


def withdraw(invitation_id: str) -> None:
    """Withdraw a code: it lets nobody in any more, and who came in by it is out. Unknown ids are left."""
    with change_store() as db:
        sql = "SELECT 1 FROM access_codes WHERE id = ? AND withdrawn IS NULL"
        if db.execute(sql, [invitation_id]).fetchone():
            access_ledger.note("withdrawn", [invitation_id])
            db.execute("UPDATE access_codes SET withdrawn = ? WHERE id = ?", [utc_text(), invitation_id])


def end_session(session: str, *, until: datetime | None = None) -> None:
    """Let the room's code of a session let nobody in any more; who came in by it stays in, to look back or erase.

    With ``until`` (aware) it still does so until then.
    """
    with change_store() as db:
        sql = "SELECT id FROM access_codes WHERE session = ? AND kind = 'shared' AND (until IS NULL OR until > ?)"
        ids = [row[0] for row in db.execute(sql, [session, utc_text()])]
        at = utc_text(until)
        access_ledger.note("ended", ids, at=at)
        for one in ids:
            db.execute("UPDATE access_codes SET until = ? WHERE id = ?", [at, one])


def invitations(roles: Sequence[Role] = tuple(Role), *, session: str | None = None) -> list[Invitation]:
    """Return what was given out for these roles, newest first; with ``session`` only what belongs to it."""
    with open_store() as db:
        rows = list(db.query(f"SELECT {_COLUMNS} FROM access_codes ORDER BY made DESC, rowid DESC"))  # noqa: S608
    found = [_invitation(row) for row in rows]
    return [one for one in found if one.role in roles and session in (None, one.session)]


def ever_entered(role: Role) -> bool:
    """Return whether somebody has entered with this role, or has a password for it."""
    with open_store() as db:
        return _entered(db, role)


def first_links(roles: Sequence[Role], label: str) -> dict[Role, str]:
    """Give out a one-time code for each of the roles in which nobody ever entered; earlier ones end.

    Returns the codes. At the first start this is how the first facilitator and steward get in.
    """
    codes = {}
    for role in roles:
        if ever_entered(role):
            continue
        for earlier in invitations((role,)):
            if earlier.kind == "once":
                withdraw(earlier.id)
        _, codes[role] = invite(role, label, by=Role.STEWARD, kind="once")
    return codes


def _entered(db: Database, role: Role) -> bool:
    used = db.execute("SELECT 1 FROM access_codes WHERE role = ? AND used IS NOT NULL LIMIT 1", [role.value])
    account = db.execute("SELECT 1 FROM accounts WHERE role = ? LIMIT 1", [role.value])
    return used.fetchone() is not None or account.fetchone() is not None


def _invitation(row: dict[str, str | None]) -> Invitation:
    organisation = organisation_of(row["organisation"])
    return Invitation(**{**row, "role": Role(row["role"]), "organisation": organisation})  # type: ignore[arg-type]
