"""Overzicht / Timeline: everything that was forecast, decided, answered and done, the latest first."""

import streamlit as st

from streamlit_app.account.timeline_part import show_timeline
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("What happened when"), anchor=False)
st.markdown(lang.t("Everything that was forecast, decided, answered and done. The app fills this in by itself."))
show_timeline(area, lang)
