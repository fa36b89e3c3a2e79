"""Mending a session at the desk: change it, copy it as a template, rehearse it, take it away while it is empty."""

from datetime import timedelta

import streamlit as st

from data.area.settings import time_of
from data.keeping.acts import see
from data.keeping.real_time import real_today
from feedback.contributions.moderation import Mode
from feedback.sessions.dates import day_doubt
from feedback.sessions.mending import change_session, copy_session, is_empty, remove_session
from feedback.sessions.rehearsal import begin_rehearsal, end_rehearsal
from feedback.sessions.sessions import KINDS, Session, find_session, kind_name
from language import Language
from streamlit_app.sessions.asking import ask, settled
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.steering import ask_first, choose_mode, choose_packages, fresh, renew, snapshot_of
from streamlit_app.sessions.wording_shown import rehearsal_sentence
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, attempt, attempting, do, do_seen


def show_mending(chosen: Session, lang: Language) -> None:
    """Show what can be done with a session as a whole, beside opening and closing it."""
    with st.container(horizontal=True):
        if chosen.report != "adopted":
            _change(chosen, lang)
        _copy(chosen, lang)
        if chosen.state == "draft":
            _rehearse(chosen, lang)
        if chosen.report == "none" and not chosen.rehearsal and is_empty(chosen.id):
            _remove(chosen, lang)


def show_rehearsal(chosen: Session, lang: Language) -> None:
    """Say that a session is a rehearsal, with the button that wipes all that was sent; nothing for another one."""
    if not chosen.rehearsal:
        return
    seen = see(_rehearsed, chosen.id)

    def wipe() -> None:
        do_seen(seen, end_rehearsal, chosen.id)
        session.say_once(lang.t("The test was wiped. The session is in preparation again."))

    with st.container(border=True, key="rehearsal"):
        st.warning(rehearsal_sentence(lang), icon=":material/theater_comedy:")
        st.button(
            lang.t("End the rehearsal and wipe the test"),
            icon=":material/cleaning_services:",
            type="primary",
            key=f"{SessionKey.DESK}.wipe",
            on_click=attempting(lang, wipe),
        )


def _change(chosen: Session, lang: Language) -> None:
    name = f"session.{chosen.id}"
    key = f"{SessionKey.DESK_FORM}.{fresh(name)}"
    seen, changed = as_begun(name, f"{key}.title" in st.session_state, _what_it_is, chosen.id)
    with st.popover(lang.t("Change the session"), icon=":material/edit:"), st.form(key, border=False):
        title = st.text_input(lang.t("Title"), chosen.title, key=f"{key}.title")
        kind = st.selectbox(
            lang.t("Kind"),
            KINDS,
            KINDS.index(chosen.kind),
            format_func=lambda kind: kind_name(kind, lang),
            key=f"{key}.kind",
        )
        day = st.date_input(lang.t("Date"), chosen.day, format="DD-MM-YYYY", key=f"{key}.day")
        place = st.text_input(lang.t("Place of meeting"), chosen.place, key=f"{key}.place")
        packages = choose_packages(chosen.area, chosen.packages, lang, key=f"{key}.packages")
        mode = choose_mode(lang, chosen.moderation, key=f"{key}.mode")
        if changed:
            facts = ", ".join((chosen.title, lang.date(chosen.day, "d MMMM yyyy"), chosen.place))
            st.info(lang.md("A colleague changed it. Now it is: {facts}", facts=facts))
        ask(key, lang)
        sent = st.form_submit_button(lang.t("Keep the change"), type="primary")
    today = real_today(time_of(chosen.area))
    doubt = day_doubt(day, today, lang) if day != chosen.day else ""
    if (
        sent
        and settled(key, doubt)
        and attempt(
            lang,
            lambda: do_seen(
                seen,
                change_session,
                chosen.id,
                title=title,
                kind=kind,
                day=day,
                place=place,
                moderation=Mode(mode),
                packages=packages,
            ),
        )
    ):
        session.say_once(lang.t("The change is kept."))
        renew(name)


def _copy(chosen: Session, lang: Language) -> None:
    name = f"copy.{chosen.id}"
    key = f"{SessionKey.DESK_FORM}.{fresh(name)}"
    with st.popover(lang.t("Copy the session"), icon=":material/content_copy:"), st.form(key, border=False):
        st.markdown(lang.t("The agenda and your own statements are copied. What people sent is not."))
        title = st.text_input(lang.t("Title"), chosen.title, key=f"{key}.title")
        day = st.date_input(
            lang.t("Date"),
            max(chosen.day, real_today(time_of(chosen.area))) + timedelta(7),
            format="DD-MM-YYYY",
            key=f"{key}.day",
        )
        ask(key, lang)
        sent = st.form_submit_button(lang.t("Make the copy"), type="primary")

    def copy() -> None:
        made = do(copy_session, chosen.id, title=title, day=day, copy_id=fresh(name))
        st.session_state.pop(SessionKey.DESK_SESSION, None)
        st.query_params["session"] = made.id

    if sent and settled(key, day_doubt(day, real_today(time_of(chosen.area)), lang)) and attempt(lang, copy):
        renew(name)


def _rehearse(chosen: Session, lang: Language) -> None:
    seen = see(_rehearsed, chosen.id)
    ask_first(
        lang.t("Rehearse"),
        "theater_comedy",
        lang.t(
            "The session opens as a rehearsal, with a code to try it with phones. It says so everywhere. "
            "Afterwards you wipe the test with one touch."
        ),
        lang.t("Begin the rehearsal"),
        f"{SessionKey.DESK}.rehearse",
        attempting(lang, lambda: do_seen(seen, begin_rehearsal, chosen.id, snapshot=snapshot_of(chosen))),
    )


def _remove(chosen: Session, lang: Language) -> None:
    seen = see(_what_it_is, chosen.id)

    def remove() -> None:
        do_seen(seen, remove_session, chosen.id)
        st.session_state.pop(SessionKey.DESK_SESSION, None)
        st.query_params.pop("session", None)
        session.say_once(lang.t("The session was deleted."))

    ask_first(
        lang.t("Delete the session"),
        "delete",
        lang.t("Nobody took part yet. The session goes, with its agenda. It cannot be brought back."),
        lang.t("Yes, delete it"),
        f"{SessionKey.DESK}.remove",
        attempting(lang, remove),
    )


def _what_it_is(session_id: str) -> tuple[object, ...]:
    now = find_session(session_id)
    return now.title, now.kind, now.date, now.place, now.moderation, now.packages, now.report


def _rehearsed(session_id: str) -> tuple[str, bool]:
    now = find_session(session_id)
    return now.state, now.rehearsal
