"""Proeven / Trials: what is tried on days drawn by lot, in plain words, with its result whatever it is."""

import streamlit as st

from streamlit_app.playbook.trials_part import show_trials
from streamlit_app.playbook.weeks import playbook_of
from streamlit_app.shell.context import open_context

context = open_context()
lang = context.lang

st.title(lang.t("Trials"), anchor=False)
st.markdown(
    lang.t(
        "Does a measure help? It is fairest to let the lot decide on which days it is taken. Only for measures that "
        "invite people, never on days that may get too busy."
    )
)
show_trials(context, playbook_of(context.area))
