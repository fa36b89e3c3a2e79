"""Privacy: what is yours, the statement in plain words, and when moderators hide something."""

import streamlit as st

from feedback.upkeep.policy import moderation_policy, privacy_statement
from streamlit_app.responses.moderating import show_public_log
from streamlit_app.responses.own_contributions import show_mine
from streamlit_app.shell import session
from streamlit_app.shell.telling import told_on_the_spot

lang = session.spoken()
session.add_to_address()

st.title(lang.t("Your words stay yours"), anchor=False)

with st.container(border=True):
    st.header(lang.t("See, change or erase what is yours"), anchor="mine")
    with told_on_the_spot():
        show_mine(lang)

with st.container(border=True):
    st.header(lang.t("Privacy statement"), anchor="statement")
    st.warning(lang.t("Still to be checked by a lawyer."), icon=":material/gavel:")
    for question, answer in privacy_statement(lang):
        st.subheader(question, anchor=False)
        st.markdown(answer)

with st.container(border=True):
    st.header(lang.t("When do we hide something?"), anchor="moderation")
    st.markdown(moderation_policy(lang))
    with told_on_the_spot():
        show_public_log(lang)
