"""Signs somebody in to an app under test: with the app's own cookie, as a browser would bring it.

A test app has no browser, so ``st.context.cookies`` is empty there. Here it gives what ``sign_in`` kept in the
session of that very test app; everything behind it is the app's own.
"""

import streamlit as st
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from feedback.codes import keyed
from feedback.roles import Role
from streamlit_app.cookies import VISIT, Visitor, visit_value

_JAR = "signing_in.cookies"


def _cookies(_context: ContextProxy) -> StreamlitCookies:
    return StreamlitCookies(st.session_state.get(_JAR, {}))


ContextProxy.cookies = property(_cookies)  # type: ignore[assignment]


def cookies_of(role: Role, *, sessions: tuple[str, ...] = ()) -> dict[str, str]:
    """The cookies of somebody who entered with ``role`` (none for a visitor)."""
    if role is Role.VISITOR:
        return {}
    visitor = Visitor(role, keyed("person", f"test {role}")[:32], sessions)
    return {VISIT: visit_value(visitor, 3600)}


def sign_in(app: AppTest, role: Role, *, sessions: tuple[str, ...] = ()) -> AppTest:
    """Let the following runs of ``app`` be those of somebody with ``role``; returns ``app``."""
    app.session_state[_JAR] = cookies_of(role, sessions=sessions)
    return app
