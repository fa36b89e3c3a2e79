"""The banner of a scenario: above every page, so that nobody takes 'what if' for what is expected."""

import streamlit as st

from data.area.area import Area
from language import Language
from streamlit_app.shell import resources, session
from streamlit_app.showing.keys import ShowingKey
from visuals.words.scenario_sentences import summary

SCENARIOS = "scenarios"
"""Address of the page where scenarios are made."""


def show_scenario(area: Area, lang: Language, *, in_short: bool) -> None:
    """Say that a scenario is on and what is different, with the way back to the forecast.

    ``in_short`` leaves out what is different, for the page that says so itself.
    """
    scenario = session.current().scenario
    if scenario is None:
        return
    what = "" if in_short else " · ".join(summary(scenario, area, resources.measures(area.id), lang))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(lang.t("Scenario: what if"), icon=":material/alt_route:", color="violet", width="content")
        if what:
            st.text(what, width="content")
        if st.context.is_embedded:  # on the projector it is what the room judges
            return
        st.button(
            lang.t("Back to the forecast"),
            key=ShowingKey.AS_FORECAST,
            type="tertiary",
            icon=":material/undo:",
            on_click=lambda: session.change(scenario=None),
        )
