"""Whose eyes a session is for: that of its area decides, for lists and for addresses alike."""

from data.area.area import Area, list_areas
from data.area.settings import default_area
from feedback.people.roles import Role, has_any
from feedback.sessions.sessions import Session
from streamlit_app.access.permissions import AREA_ROLES, may_see
from streamlit_app.shell import resources


def area_of(session: Session) -> Area:
    """Return the area that a session is about: the one that opens first when it names none, or one that is gone."""
    return resources.area(session.area if session.area in list_areas() else default_area())


def may_read(session: Session, role: Role) -> bool:
    """Return whether somebody with ``role`` may know of a session, its title and its reports.

    Of an area that is not here any more nobody knows who might; it stays with professionals.
    """
    if session.area and session.area not in list_areas():
        return has_any(role, AREA_ROLES["professional"])
    return may_see(area_of(session), role)
