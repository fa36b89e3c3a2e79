"""Bronnen / Sources: what is counted, where, by whom, on what ground, and who agreed."""

import streamlit as st

from streamlit_app.account.sources_part import all_sources, near_you
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("Which sources do we use?"), anchor=False)
st.markdown(
    lang.t(
        "Does one of the parties object to a source? Then it stays out at once, and every next forecast goes "
        "without it."
    )
)
near_you(area, lang)
all_sources(area, lang)
