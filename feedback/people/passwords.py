"""Passwords of facilitators and stewards: argon2, and never more than two computed at a time.

One takes 64 MB and a good part of a second of a core; a hundred at once would take the machine down.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from typing import Any, Final
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.keeping.acts import concerning
from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store
from feedback.people import access_ledger
from feedback.people.codes import normalised
from feedback.people.invitations import WrongError, plain_label
from feedback.people.organisations import Organisation, organisation_of
from feedback.people.roles import TRUSTED, Role
from language import UserError, message_id
from language.visible import one_line

AT_ONCE: Final = 2
SHORTEST: Final = 12
LONGEST: Final = 200

_PATIENCE: Final = 20.0
_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Account:
    """Who enters by password: the name of a function or organisation, and the role."""

    id: str
    name: str
    role: Role
    made: str
    withdrawn: str | None
    organisation: Organisation | None = None


def set_password(
    name: str,
    role: Role,
    password: str,
    *,
    by: Role,
    own: str | None = None,
    organisation: Organisation | None = None,
) -> Account:
    """Give the account ``name`` a password: a new account, or one that had another password; who came in by that
    is out.

    ``by`` is the role of who does so: a facilitator can make a facilitator's account, and change only the one they
    entered with (``own``, its id); a steward can change all. ``organisation`` is the one it is for. Raises
    ``UserError`` when the password is too easy, or the name is taken.
    """
    if role not in TRUSTED or (role is Role.STEWARD and by is not Role.STEWARD):
        raise UserError("Only a data steward can give this role.")
    label, key = plain_label(name), normalised(name)
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 5 or normalised(password) == key:
        raise UserError("Choose a password of at least {n} characters, such as four words.", n=SHORTEST)
    with _place():
        password_hash = _hasher().hash(password)
    with change_store() as db:
        earlier = next(db.query("SELECT id, role FROM accounts WHERE name = ?", [label]), None)
        if earlier and (earlier["role"] != role.value or (by is not Role.STEWARD and earlier["id"] != own)):
            raise UserError("The name '{name}' is taken. Choose another one.", name=label)
        account = Account(uuid4().hex, label, role, utc_text(), None, organisation)
        if earlier:
            access_ledger.note("withdrawn", [earlier["id"]])
            db.execute("DELETE FROM accounts WHERE id = ?", [earlier["id"]])
        db.table("accounts").insert(
            {
                "id": account.id,
                "name": label,
                "role": role.value,
                "made": account.made,
                "password_hash": password_hash,
                "organisation": organisation.value if organisation else None,
            }
        )
        concerning(account.id)
    return account


def check_password(name: str, password: str) -> Account:
    """Return the account with this name and password.

    Takes as long for a name that does not exist. Raises ``WrongError`` when they do not fit, another ``UserError``
    when it cannot be found out now.
    """
    label = one_line(name)
    with open_store() as db:
        row = next(db.query("SELECT * FROM accounts WHERE name = ?", [label]), None)
    known = row if row and not row["withdrawn"] else None
    with _place():
        try:
            fits: bool = _hasher().verify(known["password_hash"] if known else _nobodys(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            fits = False
    if not fits or known is None:
        raise WrongError(message_id("This name and password do not match. Check them, or enter with a code."))
    return _account(known)


def accounts() -> list[Account]:
    """Return all accounts that have a password, without it."""
    with open_store() as db:
        return [_account(row) for row in db.query("SELECT * FROM accounts ORDER BY name")]


def _account(row: dict[str, Any]) -> Account:
    organisation = organisation_of(row["organisation"])
    return Account(row["id"], row["name"], Role(row["role"]), row["made"], row["withdrawn"], organisation)


def withdraw_account(account_id: str) -> None:
    """Withdraw an account: its password opens nothing any more, and who came in by it is out."""
    with change_store() as db:
        if db.execute("SELECT 1 FROM accounts WHERE id = ? AND withdrawn IS NULL", [account_id]).fetchone():
            access_ledger.note("withdrawn", [account_id])
            db.execute("UPDATE accounts SET withdrawn = ? WHERE id = ?", [utc_text(), account_id])


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=_PATIENCE):
        raise UserError("Many people are entering a password. Try again in a minute.")
    try:
        yield
    finally:
        _places.release()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """Return a hash that no password fits, to take the same time for names that do not exist."""
    return _hasher().hash(uuid4().hex)
