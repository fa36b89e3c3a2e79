"""Voorwaarden / Conditions: what was agreed, how it stands, what it governs, and what people asked for."""

import streamlit as st

from streamlit_app.account.conditions_part import show_conditions, show_wishes
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("On what conditions?"), anchor=False)
st.markdown(
    lang.t(
        "People set these conditions together. When one is broken or withdrawn, what it governs is switched off, with "
        "the reason. It comes back when the condition is met."
    )
)
show_conditions(area, lang)
show_wishes(area, lang)
