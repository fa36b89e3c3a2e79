"""The facilitator's desk: make a session, open and close it, and steer what the room sees."""

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from data.keeping.acts import Seen, see
from feedback.contributions.moderation import Mode
from feedback.sessions.sessions import (
    KINDS,
    Session,
    close_session,
    find_session,
    kind_name,
    list_sessions,
    make_session,
    open_session,
    present,
)
from language import Language
from language.markdown import as_text
from streamlit_app.shell import resources, session
from streamlit_app.shell.acting import attempt, attempting, do, do_seen
from streamlit_app.shell.context import open_area
from streamlit_app.shell.widgets import Key


def fresh(name: str) -> str:
    """Return the id of a form that is being filled in. It names the form, so what is typed stays until it was kept."""
    number: str = st.session_state.setdefault(f"{Key.DESK_FORM}.{name}", str(uuid4()))
    return number


def renew(name: str) -> None:
    """Empty a form, after what was in it was kept."""
    st.session_state.pop(f"{Key.DESK_FORM}.{name}", None)
    st.rerun()


def state_name(chosen: Session, lang: Language) -> str:
    """Return how far a session is."""
    if chosen.state == "closed":
        reports = {
            "none": lang.t("closed"),
            "concept": lang.t("report is a draft"),
            "adopted": lang.t("report adopted"),
        }
        return reports[chosen.report]
    return {"draft": lang.t("in preparation"), "open": lang.t("open")}[chosen.state]


def choose_session(lang: Language) -> Session | None:
    """Show the choice of a session; the latest stands at first."""
    found = list_sessions()
    if not found:
        return None
    known = {one.id: one for one in found}
    wanted = st.session_state.get(Key.DESK_SESSION) or st.query_params.get("session")
    st.session_state[Key.DESK_SESSION] = wanted if wanted in known else found[0].id
    labels = {one.id: f"{one.title} · {lang.date(one.day, 'd MMMM yyyy')}" for one in found}
    twice = [label for label, times in Counter(labels.values()).items() if times > 1]
    # Streamlit tells options apart by their label only.
    labels |= {one.id: f"{labels[one.id]} · {one.name}" for one in found if labels[one.id] in twice}
    st.selectbox(
        lang.t("Session"),
        list(known),
        format_func=labels.__getitem__,
        key=Key.DESK_SESSION,
        width=480,
    )
    chosen = st.session_state[Key.DESK_SESSION]
    session.add_to_address(session=chosen)
    return find_session(chosen)


def make_form(lang: Language, *, opened: bool) -> None:
    """Show the form for a new session."""
    area = open_area()
    label = lang.t("New session")
    with (
        st.expander(label, icon=":material/add:", expanded=opened),
        st.form(f"{Key.DESK_FORM}.{fresh('new')}", border=False),
    ):
        title = st.text_input(lang.t("Title"), max_chars=120)
        with st.container(horizontal=True):
            kind = st.selectbox(lang.t("Kind"), KINDS, format_func=lambda kind: kind_name(kind, lang), width=220)
            day = st.date_input(lang.t("Date"), area.now().date(), format="DD-MM-YYYY", width=180)
            place = st.text_input(lang.t("Place of meeting"), max_chars=120, width=280)
        modes = {Mode.BEFORE: lang.t("before publication"), Mode.AFTER: lang.t("after publication")}
        mode = st.radio(
            lang.t("A moderator reads what people send"),
            tuple(modes),
            format_func=modes.__getitem__,
            horizontal=True,
        )
        if st.form_submit_button(lang.t("Make the session"), type="primary"):

            def make() -> None:
                made = do(
                    make_session,
                    title,
                    kind=kind,
                    day=day,
                    area=area.id,
                    place=place,
                    moderation=mode,
                    session_id=fresh("new"),
                )
                st.session_state.pop(Key.DESK_SESSION, None)
                st.query_params["session"] = made.id

            if attempt(lang, make):
                renew("new")


def steer(chosen: Session, lang: Language) -> None:
    """Show how far the session is, its code, and the buttons to open and close it and to go to its screens."""
    seen = see(_state, chosen.id)
    facts = [
        kind_name(chosen.kind, lang),
        lang.date(chosen.day, "EEEE d MMMM yyyy"),
        chosen.place,
        state_name(chosen, lang),
    ]
    st.markdown(" · ".join(as_text(fact) for fact in facts if fact))
    if chosen.state == "open" and chosen.code:
        joined = lang.n("{n} person takes part", "{n} people take part", present(chosen.id))
        st.markdown(f"## `{chosen.code[:3].upper()} {chosen.code[3:].upper()}`\n{joined}")
    with st.container(horizontal=True):
        if chosen.state == "open":
            st.link_button(
                lang.t("Presenter view"),
                f"present/{chosen.id}?lang={lang.code}",
                icon=":material/present_to_all:",
                type="primary",
            )
            ask_first(
                lang.t("Close the session"),
                "lock",
                lang.t(
                    "From then on nobody can come in with this code, vote or answer. Opened again, it has a new code."
                ),
                lang.t("Yes, close the session"),
                f"{Key.DESK}.close",
                attempting(lang, lambda: do_seen(seen, close_session, chosen.id)),
            )
        else:
            st.button(
                lang.t("Open the session") if chosen.state == "draft" else lang.t("Open it again"),
                icon=":material/play_arrow:",
                type="primary" if chosen.state == "draft" else "secondary",
                key=f"{Key.DESK}.open",
                on_click=attempting(lang, lambda: _open(chosen, seen)),
            )
        st.link_button(lang.t("Sheets for on paper"), f"sheets/{chosen.id}?lang={lang.code}", icon=":material/print:")
        st.link_button(lang.t("See it as a participant"), f"join?session={chosen.id}", icon=":material/smartphone:")


def ask_first(label: str, icon: str, effect: str, yes: str, key: str, act: Callable[[], None]) -> None:
    """Show what does harm when it is touched by accident before a full room: it says its effect, and asks."""
    with st.popover(label, icon=f":material/{icon}:"):
        st.markdown(effect)
        st.button(yes, key=key, on_click=act, type="primary")


def _open(chosen: Session, seen: Seen) -> None:
    area = resources.area(chosen.area or open_area().id)
    snapshot, _ = resources.issued(area.id, area.now())
    do_seen(seen, open_session, chosen.id, snapshot=snapshot.id)


def _state(session_id: str) -> str:
    return find_session(session_id).state
