"""Voortgang / Progress: how far the work packages are, promises kept, support, and the decision on use."""

import streamlit as st

from feedback.people.roles import Role
from streamlit_app.access.permissions import may
from streamlit_app.account.progress_part import decision, felt, kept, packages, told
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("How far along is it?"), anchor=False)
decision(area, lang)
kept(area, lang)
felt(area, lang)
packages(area, lang)
told(area, lang, professional=may(Role.PROFESSIONAL, Role.COMMUNICATIONS))
