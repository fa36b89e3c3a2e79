"""Sessies / Sessions: the facilitator's desk, from an empty agenda to an adopted report."""

import streamlit as st

from data.keeping.acts import see
from feedback.contributions.moderation import cases
from language.markdown import as_text
from streamlit_app.responses.moderating import show_queue
from streamlit_app.sessions.advice_desk import show_advices
from streamlit_app.sessions.agenda_desk import show_agenda
from streamlit_app.sessions.closing_desk import show_closing
from streamlit_app.sessions.mending_desk import show_mending, show_rehearsal
from streamlit_app.sessions.preflight import show_preflight
from streamlit_app.sessions.steering import choose_session, desk_of, make_form, steer
from streamlit_app.shell import session
from streamlit_app.shell.watching import watch

lang = session.spoken()
st.title(lang.t("Sessions"), anchor=False)
chosen = choose_session(lang)
make_form(lang, opened=chosen is None)

if chosen is not None:
    with st.container(border=True):
        st.header(as_text(chosen.title), anchor="session")
        show_rehearsal(chosen, lang)
        steer(chosen, lang)
        show_mending(chosen, lang)
        if chosen.state != "closed":
            show_preflight(chosen, lang)
    with st.container(border=True):
        st.header(lang.t("Agenda"), anchor="agenda")
        show_agenda(chosen, lang)
    waiting = len(cases(session=chosen.id))
    if waiting:
        with st.container(border=True):
            st.header(lang.n("{n} text waits for you", "{n} texts wait for you", waiting), anchor="moderate")
            show_queue(lang)
    if not chosen.rehearsal:
        with st.container(border=True):
            st.header(lang.t("Advice"), anchor="advices")
            show_advices(chosen, lang)
    if chosen.state != "draft":
        with st.container(border=True):
            st.header(lang.t("Close and report"), anchor="report")
            show_closing(chosen, lang)

watch(see(desk_of, chosen.id if chosen else None), lang)
