"""Signs somebody in to an app under test: with the app's own cookie, as a browser would bring it.

A test app has no browser, so ``st.context.cookies`` is empty there. Here it gives what ``sign_in`` kept in the
session of that very test app; everything behind it is the app's own.
"""

import streamlit as st
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from feedback.people.codes import keyed
from feedback.people.invitations import invite
from feedback.people.organisations import Organisation
from feedback.people.roles import Role
from feedback.people.sign_ins import begin, come_in
from streamlit_app.access.cookies import VISIT, Entry, visit_value

JAR = "signing_in.cookies"


def _cookies(_context: ContextProxy) -> StreamlitCookies:
    return StreamlitCookies(st.session_state.get(JAR, {}))


ContextProxy.cookies = property(_cookies)  # type: ignore[assignment]


def cookies_of(
    role: Role, *, sessions: tuple[str, ...] = (), organisation: Organisation | None = None
) -> dict[str, str]:
    """The cookies of somebody who entered with ``role`` (none for a visitor), for an ``organisation``."""
    if role is Role.VISITOR:
        return {}
    person = keyed("person", f"test {role}")[:32]
    ids = [begin(role, 3600, organisation=organisation).id] if role is not Role.PARTICIPANT or not sessions else []
    for session in sessions:
        _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", session=session)
        ids.append(come_in(code, lambda _role: 3600)[1].id)
    return {VISIT: visit_value([Entry(one, person) for one in ids], 3600)}


def sign_in(
    app: AppTest, role: Role, *, sessions: tuple[str, ...] = (), organisation: Organisation | None = None
) -> AppTest:
    """Let the following runs of ``app`` be those of somebody with ``role``; returns ``app``."""
    app.session_state[JAR] = cookies_of(role, sessions=sessions, organisation=organisation)
    return app
