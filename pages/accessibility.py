"""Toegankelijkheid / Accessibility: how accessible the app is, what was tested, and what does not work yet."""

import streamlit as st

from reports.accessibility import accessibility_statement
from streamlit_app.shell import session

lang = session.spoken()
session.add_to_address()

st.title(lang.t("Accessibility"), anchor=False)
for heading, text in accessibility_statement(lang):
    with st.container(border=True):
        st.header(heading, anchor=False)
        st.markdown(text)
