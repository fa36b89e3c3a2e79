"""Modereren / Moderation: what waits, what was decided and why, and when moderators look."""

import streamlit as st

from data.keeping.acts import see
from streamlit_app.responses.moderating import choose_mode, moderated_now, show_decisions, show_queue, waiting_sentence
from streamlit_app.shell import session
from streamlit_app.shell.watching import watch

lang = session.spoken()
session.add_to_address()

st.title(waiting_sentence(lang) or lang.t("Nothing is waiting for a moderator"), anchor=False)

with st.container(border=True):
    st.header(lang.t("What people wrote"), anchor="queue")
    st.markdown(f":gray[:small[{lang.t('Hide only for a reason from the list. A rude word is not a reason.')}]]")
    show_queue(lang)

with st.container(border=True):
    st.header(lang.t("Decisions"), anchor="decisions")
    st.markdown(f":gray[:small[{lang.t('To undo one. The public log counts them, without content.')}]]")
    show_decisions(lang)

with st.container(border=True):
    st.header(lang.t("Before or after publication"), anchor="mode")
    choose_mode(lang)

watch(see(moderated_now), lang)
