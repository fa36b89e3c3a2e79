"""Kosten en opbrengsten / Costs and benefits: what it means for everybody, and the figures for professionals."""

import streamlit as st

from feedback.people.roles import Role
from response.costs.measured import case_in_use
from streamlit_app.access.permissions import may
from streamlit_app.account.costs_figures import show_figures
from streamlit_app.account.costs_part import show_items, show_meaning
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()
case, measured = case_in_use(area)

st.title(lang.t("What does it cost, and what does it bring?"), anchor=False)
show_meaning(case, lang)
show_items(case, lang, measured)
if case.items and may(Role.PROFESSIONAL):
    show_figures(case, area, lang)
