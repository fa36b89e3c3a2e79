"""Advices at the desk: write one down, mend it, answer it, and mend or take back an answer."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

import streamlit as st

from data.area.settings import time_of
from data.keeping.acts import see
from data.keeping.real_time import real_today
from feedback.contributions.built_on import LinkKind
from feedback.contributions.contributions import find_contributions
from feedback.database.texts import excerpt
from feedback.sessions.advice import (
    ANSWER_STATES,
    Advice,
    Answer,
    AnswerState,
    advices,
    answer_advice,
    answer_name,
    give_advice,
)
from feedback.sessions.advice_mending import change_advice, change_answer, remove_advice, withdraw_answer
from feedback.sessions.agenda import agenda
from feedback.sessions.dates import promise_doubt
from feedback.sessions.responses import responses
from feedback.sessions.sessions import Session
from feedback.sessions.statements import statements
from language import Language
from language.markdown import as_text
from streamlit_app.sessions.asking import ask, settled
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.steering import ask_first, fresh, renew
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, as_drawn, attempt, attempting, chosen_of, do, do_seen
from streamlit_app.shell.context import open_area

PROMISED = 42
"""Days within which an answer is proposed to be promised: six weeks."""


def show_advices(chosen: Session, lang: Language) -> None:
    """Show the advices of a session and the form for another one."""
    for advice in advices(chosen.id):
        with st.container(border=True, key=f"advice-{advice.id}"):
            st.markdown(f"**{lang.md('Advice {number}', number=advice.number)}.** {as_text(advice.text)}")
            mend_advice(chosen, advice, lang)
            answer_form(advice, lang)
    with st.expander(lang.t("Write down advice"), icon=":material/add:"):
        _advice_form(chosen, lang)


@dataclass(frozen=True)
class _Told:
    """What was filled in about an advice."""

    text: str
    fields: dict[str, Any]


def _advice_fields(chosen: Session, key: str, lang: Language, before: Advice | None = None) -> _Told:
    known = _linkable(chosen)
    numbered = {link: f"{index}. {excerpt(text)}" for index, (link, text) in enumerate(known.items(), 1)}
    text = st.text_area(lang.t("The advice"), before.text if before else "", height=100, key=f"{key}.text")
    support = st.text_input(
        lang.t("Who supports it (groups or numbers, no names)"),
        before.supported_by if before else "",
        key=f"{key}.support",
    )
    minority = st.text_area(
        lang.t("Minority view (not necessary)"), before.minority if before else "", height=70, key=f"{key}.minority"
    )
    links = st.multiselect(
        lang.t("Builds on"),
        list(known),
        [link for link in before.links if link in known] if before else [],
        format_func=numbered.__getitem__,
        placeholder=lang.t("Choose"),
        key=f"{key}.links",
    )
    due = st.date_input(
        lang.t("The municipality promises an answer by"),
        date.fromisoformat(before.due)
        if before
        else max(chosen.day, real_today(time_of(chosen.area))) + timedelta(PROMISED),
        format="DD-MM-YYYY",
        width=220,
        key=f"{key}.due",
    )
    return _Told(text, {"due": due, "supported_by": support, "minority": minority, "links": links})


def _advice_form(chosen: Session, lang: Language) -> None:
    key = f"{SessionKey.DESK_ADVICE}.{fresh('advice')}"
    with st.form(key, border=False):
        told = _advice_fields(chosen, key, lang)
        ask(key, lang)
        sent = st.form_submit_button(lang.t("Keep the advice"), type="primary")

    def keep() -> None:
        do(give_advice, chosen.id, told.text, **told.fields, advice_id=fresh("advice"))

    doubt = promise_doubt(told.fields["due"], real_today(time_of(chosen.area)), lang)
    if sent and settled(key, doubt) and attempt(lang, keep):
        renew("advice")


def _linkable(chosen: Session) -> dict[tuple[LinkKind, str], str]:
    """Return what an advice can build on: statements, answers and contributions of the session, with their text."""
    found: dict[tuple[LinkKind, str], str] = {("statement", s.id): s.text for s in statements(chosen.id, "published")}
    for item in agenda(chosen.id):
        found |= {("response", r.id): r.text for r in responses(item.id, "published")}
    found |= {("contribution", c.id): c.text for c in find_contributions(chosen.area, session=chosen.id)}
    return {link: text for link, text in found.items() if text}


def mend_advice(chosen: Session, advice: Advice, lang: Language) -> None:
    """Show the form in which an advice is changed, and the button that takes it away while it was not answered."""
    name = f"change.{advice.id}"
    key = f"{SessionKey.DESK_ADVICE}.{fresh(name)}"
    seen, changed = as_begun(name, f"{key}.text" in st.session_state, _read, advice)
    with st.container(horizontal=True):
        with st.popover(lang.t("Change the advice"), icon=":material/edit:"), st.form(key, border=False):
            told = _advice_fields(chosen, key, lang, advice)
            if changed:
                st.info(lang.md("A colleague changed this advice. Now it says: “{text}”", text=advice.text))
            ask(key, lang)
            sent = st.form_submit_button(lang.t("Keep the change"), type="primary")
        if not advice.answers and not advice.withdrawn:
            now = see(_read, advice)
            ask_first(
                lang.t("Remove"),
                "delete",
                lang.t("The advice goes, and with it the day of its answer. It cannot be brought back."),
                lang.t("Yes, remove it"),
                f"{key}.remove",
                attempting(lang, lambda: do_seen(now, remove_advice, advice.id)),
            )
    due = told.fields["due"]
    doubt = promise_doubt(due, real_today(time_of(chosen.area)), lang) if due.isoformat() != advice.due else ""

    def change() -> None:
        do_seen(seen, change_advice, advice.id, told.text, **told.fields)

    if sent and settled(key, doubt) and attempt(lang, change):
        session.say_once(lang.t("The change is kept."))
        renew(name)


def _read(advice: Advice) -> list[Advice]:
    return [one for one in advices(advice.session) if one.id == advice.id]


def answer_form(advice: Advice, lang: Language) -> None:
    """Show the form with which the municipality answers an advice, and those to mend the latest answer."""
    name = f"answer.{advice.id}"
    seen = as_drawn(name, _read, advice)
    key, tz = f"{SessionKey.ANSWER}.{fresh(name)}", open_area().tz
    with st.expander(lang.t("Answer this advice"), icon=":material/reply:"), st.form(key, border=False):
        state, told = _answer_fields(key, tz, lang)
        ask(key, lang)
        sent = st.form_submit_button(lang.t("Publish the answer"), type="primary")

    def answer() -> None:
        do_seen(seen, answer_advice, advice.id, chosen_of(state), **told, answer_id=fresh(name))

    if sent and settled(key, _promise(state, told, tz, lang)) and attempt(lang, answer):
        renew(name)
    if advice.answers:
        _mend_answer(advice, advice.answers[0], lang)


def _answer_fields(
    key: str, tz: tzinfo, lang: Language, before: Answer | None = None
) -> tuple[AnswerState | None, dict[str, Any]]:
    state = st.radio(
        lang.t("The answer"),
        ANSWER_STATES,
        ANSWER_STATES.index(before.state) if before else None,
        format_func=lambda state: answer_name(state, lang),
        horizontal=True,
        key=f"{key}.state",
    )
    text = st.text_area(lang.t("Because …"), before.text if before else "", height=90, key=f"{key}.text")
    by = st.text_input(
        lang.t("On behalf of"),
        before.answered_by if before else "",
        placeholder=lang.t("municipality"),
        key=f"{key}.by",
    )
    due = st.date_input(
        lang.t("When it is under study: next answer by"),
        date.fromisoformat(before.due) if before and before.due else real_today(tz) + timedelta(PROMISED),
        format="DD-MM-YYYY",
        width=220,
        key=f"{key}.due",
    )
    return state, {"text": text, "answered_by": by, "due": due}


def _promise(state: AnswerState | None, told: dict[str, Any], tz: tzinfo, lang: Language) -> str:
    return promise_doubt(told["due"], real_today(tz), lang) if state == "study" else ""


def _mend_answer(advice: Advice, answer: Answer, lang: Language) -> None:
    name = f"mend.{answer.id}"
    key, tz = f"{SessionKey.ANSWER}.{fresh(name)}", open_area().tz
    seen, changed = as_begun(name, f"{key}.text" in st.session_state, _read, advice)
    now = see(_read, advice)
    with st.container(horizontal=True):
        with st.popover(lang.t("Change the answer"), icon=":material/edit:"), st.form(key, border=False):
            state, told = _answer_fields(key, tz, lang, answer)
            if changed:
                st.info(lang.md("A colleague changed this answer. Now it says: “{text}”", text=answer.text))
            ask(key, lang)
            sent = st.form_submit_button(lang.t("Keep the change"), type="primary")
        ask_first(
            lang.t("Withdraw the answer"),
            "undo",
            lang.t("It no longer counts. Everybody can still read it, marked as withdrawn."),
            lang.t("Yes, withdraw it"),
            f"{key}.withdraw",
            attempting(lang, lambda: do_seen(now, withdraw_answer, advice.id, answer.id)),
        )
    doubt = _promise(state, told, tz, lang) if told["due"].isoformat() != answer.due else ""

    def change() -> None:
        do_seen(seen, change_answer, advice.id, answer.id, chosen_of(state), **told)

    if sent and settled(key, doubt) and attempt(lang, change):
        session.say_once(lang.t("The change is kept."))
        renew(name)
