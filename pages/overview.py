"""In het kort / In short: what the app does, what it is not used for, and the same in fixed forms."""

import streamlit as st

from streamlit_app.account.overview_part import fixed_forms, in_short
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("How it works, in short"), anchor=False)
in_short(area, lang)
fixed_forms(area, lang)
