"""Who may do what: the role of the visitor of this run, or of a request, decided on the server."""

import threading
from time import monotonic
from typing import Final

import streamlit as st
from starlette.requests import Request

from data.area.area import Access, Area
from feedback.people.roles import Role, has_any, role_name
from language import Language, UserError
from language.plain import joined
from streamlit_app.access.cookies import VISIT
from streamlit_app.access.visitors import ANYBODY, Visitor, visitor_of

AREA_ROLES: dict[Access, tuple[Role, ...]] = {
    "public": (Role.VISITOR,),
    "session": (Role.PARTICIPANT,),
    "professional": (Role.PROFESSIONAL,),
    "steward": (Role.STEWARD,),
}
"""Who may see an area, by its ``access``."""


class RefusedError(UserError):
    """A page or area that is not for whom looks; a code may change that."""


_A_MOMENT: Final = 0.05
_latest = threading.local()


def visitor() -> Visitor:
    """Return who looks at the page of this run, by the cookie that came with it and what of it still stands.

    A run asks this many times, so the answer is kept for a twentieth of a second. What is *done* asks anew
    (``acting``), and what it changed may be who looks: :func:`look_anew`.
    """
    cookie, now = st.context.cookies.get(VISIT), monotonic()
    asked, until, found = getattr(_latest, "answer", (None, 0.0, ANYBODY))
    if asked != cookie or now >= until:
        found = visitor_of(cookie)
        _latest.answer = (cookie, now + _A_MOMENT, found)
    return found


def look_anew() -> None:
    """Let the next :func:`visitor` of this run be looked up again."""
    _latest.__dict__.clear()


def visitor_of_request(request: Request) -> Visitor:
    """Return who sent the request, by its cookie and what of it still stands."""
    return visitor_of(request.cookies.get(VISIT))


def role_of_request(request: Request) -> Role:
    """Return the role of who sent the request."""
    return visitor_of_request(request).role


def may(*roles: Role) -> bool:
    """Return whether the visitor has one of the roles; a steward has all, a facilitator all but the steward's."""
    return has_any(visitor().role, roles)


def only_for(lang: Language, *roles: Role) -> None:
    """Raise ``RefusedError`` with one sentence unless the visitor has one of the roles."""
    if not may(*roles):
        names = joined([role_name(role, lang) for role in roles], lang)
        raise RefusedError("This is for: {roles}. Enter your code first.", roles=names)


def may_see(area: Area, role: Role) -> bool:
    """Return whether somebody with ``role`` may see the area."""
    return has_any(role, AREA_ROLES[area.access])
