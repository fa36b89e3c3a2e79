"""The weather and the events that the forecast took for known, day by day."""

import streamlit as st

from language.markdown import bullets
from streamlit_app.shell.context import Context
from visuals.words.day_facts import day_facts, day_sentence


def show_day_facts(context: Context) -> None:
    """Show weather and events of each day. With a scenario nothing is shown: these are not those of the scenario."""
    if context.forecast.scenario:
        return
    found = day_facts(context.snapshot, context.unchanged, context.area, context.lang)
    lines = [sentence for facts in found if (sentence := day_sentence(facts, context.lang))]
    if lines:
        st.markdown(f":material/partly_cloudy_day: {context.lang.t('Weather, and what is going on:')}")
        st.markdown(bullets(lines))
