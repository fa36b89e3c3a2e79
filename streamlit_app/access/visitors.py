"""Who a visitor is: what they may do here by the times that they came in, as far as those still stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feedback.database.unavailable import UnavailableError
from feedback.people.organisations import Organisation
from feedback.people.roles import Role, included
from feedback.people.sign_ins import SignIn, standing
from streamlit_app.access.cookies import Entry, read_visit

MOST: Final = 20
"""Times that a browser stays in by at once: what a cookie can hold."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who visits: the role, a keyed pseudonym (never a name; ``None`` for who did not enter a code),
    the sessions entered by their code, and the id of the code or account that gave the role, with the ``organisation``
    that it was given out for.

    ``entries`` are the times they came in that still stand; ``lead`` is the sign-in that gives the role. ``known`` is
    false when it could not be looked up: then they are nobody, and ``entries`` may stand or not.
    """

    role: Role = Role.VISITOR
    person: str | None = None
    sessions: tuple[str, ...] = ()
    grant: str | None = None
    lead: str | None = None
    entries: tuple[Entry, ...] = ()
    known: bool = True
    organisation: Organisation | None = None


ANYBODY: Final = Visitor()


def visitor_of(cookie: str | None) -> Visitor:
    """Return who comes with a cookie, by what stands in the database at this moment."""
    return _standing(read_visit(cookie))


def standing_now(visitor: Visitor) -> Visitor:
    """Return who a visitor is at this moment, by what still stands of how they came in."""
    return _standing(visitor.entries)


def _standing(entries: tuple[Entry, ...]) -> Visitor:
    if not entries:
        return ANYBODY
    try:
        found = standing([entry.sign_in for entry in entries])
    except UnavailableError:
        return Visitor(entries=entries, known=False)
    return _by([(entry, found[entry.sign_in]) for entry in entries if entry.sign_in in found])


def joined_by(before: Visitor, entry: Entry) -> tuple[Entry, ...]:
    """Return the entries of a visitor who came in once more; of too many the oldest go, but not the one of the role."""
    entries = (*before.entries, entry)
    others = [one for one in entries if one.sign_in != before.lead]
    gone = others[: max(len(entries) - MOST, 0)]
    return tuple(one for one in entries if one not in gone)


def without_session(visitor: Visitor) -> list[str]:
    """Return the sign-ins of a visitor that are no seat in a session: what a password or an organisation replaces."""
    found = standing([entry.sign_in for entry in visitor.entries])
    return [one.id for one in found.values() if one.session is None]


def _by(stood: Sequence[tuple[Entry, SignIn]]) -> Visitor:
    """Return the visitor who came in at these times: a later one counts, unless an earlier role includes it."""
    role, lead = Role.VISITOR, None
    for entry, sign_in in stood:
        if sign_in.role is role or sign_in.role not in included(role):
            role, lead = sign_in.role, (entry, sign_in)
    sessions = dict.fromkeys(sign_in.session for _, sign_in in stood if sign_in.session)
    entries = tuple(entry for entry, _ in stood)
    if lead is None:
        return ANYBODY
    entry, sign_in = lead
    return Visitor(
        role,
        entry.person,
        tuple(sessions),
        sign_in.access,
        sign_in.id,
        entries,
        organisation=sign_in.organisation,
    )
