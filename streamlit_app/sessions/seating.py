"""Taking a seat in a session: noted without a question; what somebody is, is asked later, and may be left open."""

import streamlit as st

from feedback.contributions.naming import ROLES, role_name
from feedback.sessions.door import FASTER
from feedback.sessions.sessions import Session, join, role_in
from language import Language
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.shell.acting import attempting, do


def rush(lately: int, lang: Language) -> str:
    """Ask a facilitator to look up when people come in faster than a room usually scans; '' when they do not."""
    if lately < FASTER:
        return ""
    return lang.t(
        "{n} people came in within ten seconds. Are there that many in the room? If not, let nobody else in.", n=lately
    )


def take_seat(here: Session, person: str) -> None:
    """Note once that somebody is there."""
    seated = f"{ResponseKey.JOIN}.{here.id}.{here.opened}.seated"
    if here.state == "open" and not st.session_state.get(seated):
        do(join, here.id, person)
        st.session_state[seated] = True


def ask_role(here: Session, person: str, lang: Language) -> None:
    """Ask what somebody is until they named it: below what they came for, and never before their first vote.

    Who is asked for a role first votes as one of that role.
    """
    named = f"{ResponseKey.JOIN}.{here.id}.named"
    if here.state != "open" or st.session_state.get(named):
        return
    if role_in(here.id, person) is not None:
        st.session_state[named] = True
        return
    st.pills(
        lang.t("Who are you today? You may skip this. It gives no extra rights."),
        tuple(ROLES),
        format_func=lambda role: role_name(role, lang),
        key=SessionKey.JOIN_ROLE,
        on_change=attempting(lang, lambda: do(join, here.id, person, st.session_state[SessionKey.JOIN_ROLE])),
    )
