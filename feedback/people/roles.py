"""The roles people have here, and which role includes which.

A role says what somebody may do. What somebody *is* (resident, entrepreneur, police) they say themselves with each
contribution; that opens nothing.
"""

from enum import StrEnum
from typing import Final

from language import Language


class Role(StrEnum):
    """What somebody may do; ``VISITOR`` is everybody who did not enter a code."""

    VISITOR = "visitor"
    PARTICIPANT = "participant"
    KLANKBORD = "klankbord"
    COMMUNICATIONS = "communications"
    PROFESSIONAL = "professional"
    FACILITATOR = "facilitator"
    STEWARD = "steward"


INVITED: Final = (Role.KLANKBORD, Role.COMMUNICATIONS, Role.PROFESSIONAL)
"""Roles to which a facilitator or steward invites people, by a personal code."""

TRUSTED: Final = (Role.FACILITATOR, Role.STEWARD)
"""Roles that begin with a one-time link and may set a password."""

_SEAT: Final = frozenset({Role.VISITOR, Role.PARTICIPANT})
_INCLUDES: Final = {
    Role.VISITOR: frozenset({Role.VISITOR}),
    Role.PARTICIPANT: _SEAT,
    **{role: _SEAT | {role} for role in INVITED},
    Role.FACILITATOR: frozenset(Role) - {Role.STEWARD},
    Role.STEWARD: frozenset(Role),
}


def included(role: Role) -> frozenset[Role]:
    """Return all roles that somebody with ``role`` has: a steward may do everything a facilitator may."""
    return _INCLUDES[role]


def has_any(role: Role, wanted: tuple[Role, ...]) -> bool:
    """Return whether somebody with ``role`` has one of the ``wanted`` roles."""
    return not included(role).isdisjoint(wanted)


def role_name(role: Role, lang: Language) -> str:
    """Return what the role is called."""
    names = {
        Role.VISITOR: lang.t("visitor"),
        Role.PARTICIPANT: lang.t("participant"),
        Role.KLANKBORD: lang.t("member of the sounding board"),
        Role.COMMUNICATIONS: lang.t("communications"),
        Role.PROFESSIONAL: lang.t("professional"),
        Role.FACILITATOR: lang.t("facilitator"),
        Role.STEWARD: lang.t("data steward"),
    }
    return names[role]
