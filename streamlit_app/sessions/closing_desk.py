"""The end of a session, for the facilitator: its advices, the closing form, and the report."""

from datetime import date, timedelta

import streamlit as st

from data.keeping.acts import see
from feedback.contributions.contributions import find_contributions
from feedback.contributions.naming import ROLES, role_name
from feedback.database.texts import excerpt
from feedback.sessions.advice import ANSWER_STATES, Advice, LinkKind, advices, answer_advice, answer_name, give_advice
from feedback.sessions.agenda import agenda
from feedback.sessions.closing import adopt, counted_roles, fill_in
from feedback.sessions.responses import responses
from feedback.sessions.sessions import Session, find_session
from feedback.sessions.statements import statements
from language import Language
from language.markdown import as_text
from streamlit_app.sessions.steering import fresh, renew
from streamlit_app.shell.acting import as_drawn, attempt, attempting, do, do_seen
from streamlit_app.shell.widgets import Key

PROMISED = 42
"""Days within which an answer is proposed to be promised: six weeks."""


def show_advices(chosen: Session, lang: Language) -> None:
    """Show the advices of a session and the form for another one."""
    for advice in advices(chosen.id):
        with st.container(border=True, key=f"advice-{advice.id}"):
            st.markdown(f"**{lang.md('Advice {number}', number=advice.number)}.** {as_text(advice.text)}")
            answer_form(advice, lang)
    with st.expander(lang.t("Write down an advice"), icon=":material/add:"):
        _advice_form(chosen, lang)


def _advice_form(chosen: Session, lang: Language) -> None:
    known = _linkable(chosen)
    numbered = {link: f"{index}. {excerpt(text)}" for index, (link, text) in enumerate(known.items(), 1)}
    with st.form(f"{Key.DESK_ADVICE}.{fresh('advice')}", border=False):
        text = st.text_area(lang.t("The advice"), height=100)
        support = st.text_input(lang.t("Who supports it (groups or numbers, no names)"))
        minority = st.text_area(lang.t("Minority view (not necessary)"), height=70)
        links = st.multiselect(
            lang.t("Builds on"),
            list(known),
            format_func=numbered.__getitem__,
            placeholder=lang.t("Choose"),
        )
        due = st.date_input(
            lang.t("The municipality promises an answer by"),
            max(chosen.day, date.today()) + timedelta(PROMISED),
            format="DD-MM-YYYY",
            width=220,
        )
        if st.form_submit_button(lang.t("Keep the advice"), type="primary") and attempt(
            lang,
            lambda: do(
                give_advice,
                chosen.id,
                text,
                due=due,
                supported_by=support,
                minority=minority,
                links=links,
                advice_id=fresh("advice"),
            ),
        ):
            renew("advice")


def _linkable(chosen: Session) -> dict[tuple[LinkKind, str], str]:
    """Return what an advice can build on: statements, answers and contributions of the session, with their text."""
    found: dict[tuple[LinkKind, str], str] = {("statement", s.id): s.text for s in statements(chosen.id, "published")}
    for item in agenda(chosen.id):
        found |= {("response", r.id): r.text for r in responses(item.id, "published")}
    found |= {("contribution", c.id): c.text for c in find_contributions(chosen.area, session=chosen.id)}
    return {link: text for link, text in found.items() if text}


def answer_form(advice: Advice, lang: Language) -> None:
    """Show the form with which the municipality answers an advice; earlier answers stay."""
    name = f"answer.{advice.id}"
    seen = as_drawn(name, lambda: [one for one in advices(advice.session) if one.id == advice.id])
    with (
        st.expander(lang.t("Answer this advice"), icon=":material/reply:"),
        st.form(f"{Key.ANSWER}.{fresh(name)}", border=False),
    ):
        state = st.radio(
            lang.t("The answer"), ANSWER_STATES, format_func=lambda state: answer_name(state, lang), horizontal=True
        )
        text = st.text_area(lang.t("Because …"), height=90)
        by = st.text_input(lang.t("On behalf of"), placeholder=lang.t("municipality"))
        due = st.date_input(
            lang.t("When it is under study: next answer by"),
            date.today() + timedelta(PROMISED),
            format="DD-MM-YYYY",
            width=220,
        )
        if st.form_submit_button(lang.t("Publish the answer"), type="primary") and attempt(
            lang,
            lambda: do_seen(
                seen, answer_advice, advice.id, state, text, answered_by=by, due=due, answer_id=fresh(name)
            ),
        ):
            renew(name)


def show_closing(chosen: Session, lang: Language) -> None:
    """Show the closing form, and once it is filled in, the report to read, take along and adopt."""
    counted = {**counted_roles(chosen.id), **chosen.attended}
    seen = as_drawn(f"closing.{chosen.id}", find_session, chosen.id)
    if chosen.report != "adopted":
        with st.form(f"{Key.DESK_CLOSE}.form", border=False):
            minutes = st.text_area(lang.t("Minutes: what was said and agreed"), chosen.minutes, height=200)
            organisations = st.text_area(lang.t("Organisations that were there"), chosen.organisations, height=70)
            st.markdown(lang.t("How many people came, by the role they named"))
            with st.container(horizontal=True):
                attended = {
                    role: st.number_input(
                        role_name(role, lang) if role else lang.t("No role named"),
                        0,
                        5000,
                        counted.get(role, 0),
                        width=150,
                        key=f"{Key.DESK_CLOSE}.{chosen.id}.{role}",
                    )
                    for role in (*ROLES, "")
                }
            if st.form_submit_button(lang.t("Close and make the report"), type="primary") and attempt(
                lang,
                lambda: do_seen(
                    seen, fill_in, chosen.id, minutes=minutes, organisations=organisations, attended=attended
                ),
            ):
                st.rerun()
    if chosen.report == "none":
        return
    with st.container(horizontal=True):
        for form, label, icon in (
            ("html", lang.t("Read the report"), "article"),
            ("docx", lang.t("Report for Word"), "description"),
            ("zip", lang.t("Open data (ZIP)"), "folder_zip"),
        ):
            st.link_button(label, f"report/{chosen.id}.{form}?lang={lang.code}", icon=f":material/{icon}:")
    if chosen.report == "concept":
        shown = see(find_session, chosen.id)
        st.markdown(lang.t("The report is a draft. Once adopted, everybody can read it, and it does not change."))
        st.button(
            lang.t("Adopt the report"),
            key=f"{Key.DESK_CLOSE}.adopt",
            icon=":material/verified:",
            on_click=attempting(lang, lambda: do_seen(shown, adopt, chosen.id)),
        )
