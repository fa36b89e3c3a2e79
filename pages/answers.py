"""Wat is ermee gedaan? / What was done with it?: advices and answers, late ones on top, with their history."""

import streamlit as st

from data.keeping.acts import see
from data.keeping.real_time import real_today
from feedback.people.roles import Role
from feedback.sessions.advice import advices
from language.markdown import as_text
from streamlit_app.access.permissions import may
from streamlit_app.sessions.answering import headline, latest, show_advice, show_reports
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area
from streamlit_app.shell.telling import told_on_the_spot
from streamlit_app.shell.watching import watch

lang = session.spoken()
session.add_to_address()

with told_on_the_spot(lang.t("What was done with it?")):
    area = open_area()
    found, titles = latest(area.id)
    st.title(as_text(headline(found, real_today(area.tz), lang)), anchor=False)
    st.markdown(
        lang.t(
            "Advice comes from sessions with residents, entrepreneurs and others. The municipality answers by a "
            "set day."
        )
    )
    for advice in found:
        show_advice(advice, titles, lang)
    if not found:
        st.markdown(lang.t("As soon as a session gives advice, it is shown here with the day of the answer."))

with st.container(border=True):
    st.header(lang.t("Reports of sessions"), anchor="reports")
    with told_on_the_spot():
        show_reports(lang)

if may(Role.FACILITATOR):
    watch(see(advices), lang)

with st.container(border=True):
    st.header(lang.t("Follow it, without an e-mail address"), anchor="follow")
    st.markdown(
        f"[{lang.t('News feed (RSS)')}](answers.rss?lang={lang.code}) · "
        f"[{lang.t('Promised days in your calendar')}](answers.ics?lang={lang.code})"
    )
