"""Moderation as pages show it: the queue with what was found in it, decisions, and the public log."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from textwrap import shorten

import pandas as pd
import streamlit as st

from data.keeping.acts import see
from data.keeping.real_time import real_now
from feedback.contributions.moderation import (
    REASONS,
    Case,
    DecidedError,
    Mode,
    act_name,
    cases,
    decisions,
    general_mode,
    hide,
    public_log,
    publish,
    reason_text,
    set_general_mode,
    undo,
    waiting,
)
from feedback.contributions.personal import find_personal, named
from feedback.sessions.rehearsal import rehearsals
from language import Language
from language.markdown import as_text
from streamlit_app.access.permissions import visitor
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell.acting import attempt, attempting, chosen_of, do, do_seen
from streamlit_app.shell.context import open_area

AT_ONCE = 20
_SHOWN = 120
"""Characters of a text in the list of decisions: enough to know which one it is."""

_STATES = ("waiting", "published", "hidden")


def waiting_sentence(lang: Language) -> str:
    """Say how many wait for a moderator, and for how long the first one does; empty when nothing waits."""
    count, since = waiting()
    if since is None:
        return ""
    sentence = lang.n("{n} text waits for a moderator", "{n} texts wait for a moderator", count)
    hours = int((real_now() - datetime.fromisoformat(since)) / timedelta(hours=1))
    if hours >= 1:
        sentence += ", " + lang.n("the first one for {n} hour", "the first one for {n} hours", hours)
    return sentence


def moderated_now() -> tuple[object, ...]:
    """Return what moderators see at one desk: what waits, what was decided, and when they look."""
    return cases(_STATES), decisions(AT_ONCE), general_mode()


def choose_mode(lang: Language) -> None:
    """Show when moderators look at what is said outside sessions, and let it be changed."""
    names = {Mode.BEFORE: lang.t("before publication"), Mode.AFTER: lang.t("after publication")}
    seen = see(general_mode)
    st.session_state[ResponseKey.MODE] = general_mode()
    st.segmented_control(
        lang.t("We look at texts from outside sessions"),
        list(Mode),
        format_func=names.__getitem__,
        required=True,
        key=ResponseKey.MODE,
        on_change=attempting(lang, lambda: do_seen(seen, set_general_mode, Mode(st.session_state[ResponseKey.MODE]))),
        help=lang.t("Each session has its own setting. How busy it felt has no words, and is not looked at."),
    )


def show_queue(lang: Language) -> None:
    """Show what is in one of the states, oldest first, with what can be done about it."""
    names = {"waiting": lang.t("Waiting"), "published": lang.t("Published"), "hidden": lang.t("Hidden")}
    state = st.segmented_control(
        lang.t("Show"), _STATES, default="waiting", required=True, format_func=names.__getitem__, key=ResponseKey.QUEUE
    )
    found = [case for case in cases((state,)) if case.text]
    if state == "published":
        found.reverse()
    places = [name for zone in open_area().zones for name in zone.names.values()]
    for case in found[:AT_ONCE]:
        _show_case(case, places, lang)
    if not found:
        st.markdown(
            lang.t("Nothing is waiting. Well done.") if state == "waiting" else lang.t("There is nothing here.")
        )
    if len(found) > AT_ONCE:
        more = lang.n("There is {n} more.", "There are {n} more.", len(found) - AT_ONCE)
        st.markdown(f":gray[:small[{more}]]")


def show_decisions(lang: Language) -> None:
    """Show the newest decisions; each can be undone as long as nothing else was decided on the same text."""
    found = decisions(AT_ONCE)
    if not found:
        st.markdown(lang.t("No decisions yet."))
    for decision in found:
        reason = f" · {reason_text(decision.reason, lang)}" if decision.reason else ""
        when = lang.date(datetime.fromisoformat(decision.at), "d MMM HH:mm", open_area().tz)
        with st.container(horizontal=True, vertical_alignment="center"):
            told = f":gray[:small[{when} · {act_name(decision.act, lang)}{reason}]]"
            st.markdown(
                f"{as_text(shorten(decision.text, _SHOWN, placeholder='…'))}  \n{told}" if decision.text else told
            )
            if decision.act != "undo" and not decision.undone:
                st.button(
                    lang.t("Undo"),
                    key=f"{ResponseKey.UNDO}.{decision.id}",
                    on_click=_undo,
                    args=(decision.id, lang),
                    type="tertiary",
                    icon=":material/undo:",
                )


def show_public_log(lang: Language) -> None:
    """Show how many decisions there were by month and reason: no content and no persons."""
    log = public_log()
    if not log:
        st.markdown(lang.t("No decisions yet."))
        return
    columns = (lang.t("month"), lang.t("decision"), lang.t("reason"), lang.t("number"))
    rows = [
        (_month(month, lang), act_name(act, lang), reason_text(reason, lang) if reason else "–", count)
        for month, act, reason, count in log
    ]
    st.dataframe(pd.DataFrame(rows, columns=list(columns)), hide_index=True)


def _show_case(case: Case, places: list[str], lang: Language) -> None:
    with st.container(border=True):
        st.markdown(as_text(case.text))
        found = find_personal(case.text, places)
        told = [
            *([lang.t("Rehearsal")] if case.session in rehearsals() else []),
            _subject_name(case.subject, lang),
            lang.date(datetime.fromisoformat(case.sent), "d MMM HH:mm", open_area().tz),
        ]
        st.markdown(f":gray[:small[{' · '.join(told)}]]")
        if found:
            told_of = lang.md("Perhaps personal data: {found}.", found=named(found, case.text, lang))
            st.markdown(f":material/privacy_tip: {told_of}")
        key = f"{ResponseKey.CASE_OF}.{case.subject}.{case.id}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if case.state != "published":
                st.button(
                    lang.t("Publish"),
                    key=f"{key}.publish",
                    on_click=_publish,
                    args=(case, lang),
                    type="primary",
                    icon=":material/check:",
                )
            if case.state != "hidden":
                with st.popover(lang.t("Hide"), icon=":material/visibility_off:"):
                    reason = st.radio(
                        lang.t("Why? Everybody can see the reason, not the text."),
                        tuple(REASONS),
                        index=None,
                        format_func=lambda reason: reason_text(reason, lang),
                        key=f"{key}.reason",
                    )
                    st.button(
                        lang.t("Hide for this reason"),
                        key=f"{key}.hide",
                        disabled=reason is None,
                        on_click=_hide,
                        args=(case, reason, lang),
                    )


def _publish(seen: Case, lang: Language) -> None:
    def act() -> None:
        with _forgiving_second_taps() as own:
            own.add(do(publish, seen, visitor().role.value))

    attempt(lang, act)


def _hide(seen: Case, reason: str | None, lang: Language) -> None:
    def act() -> None:
        with _forgiving_second_taps() as own:
            own.add(do(hide, seen, chosen_of(reason), visitor().role.value))

    attempt(lang, act)


@contextmanager
def _forgiving_second_taps() -> Iterator[set[str]]:
    """Yield the decisions of this desk, to which a new one is added; that one of them stands already is no error."""
    own = st.session_state.setdefault(ResponseKey.DECIDED, set())
    try:
        yield own
    except DecidedError as error:
        if error.values["decision"] not in own:
            raise


def _undo(decision: str, lang: Language) -> None:
    attempt(lang, lambda: do(undo, decision, visitor().role.value))


def _month(month: str, lang: Language) -> str:
    return lang.date(datetime.strptime(month, "%Y-%m").date(), "LLLL y")


def _subject_name(subject: str, lang: Language) -> str:
    names = {
        "contributions": lang.t("Response"),
        "statements": lang.t("Statement"),
        "responses": lang.t("Answer to an open question"),
    }
    return names.get(subject, subject)
