"""Scenario's / Scenarios: what if it rains, what if the concert comes, what if a street closes; beside the forecast."""

import streamlit as st

from forecasting.meaning.variants import Variant, hour_figures, hours_figures, most_changed, week_figures
from language.markdown import bold
from language.said import fact
from streamlit_app.notebook.cell import cell
from streamlit_app.scenarios.scenario_form import choose_slot, form
from streamlit_app.scenarios.scenario_results import (
    choose_camera,
    choose_level,
    show_doubts,
    show_maps,
    show_spec,
    variants_of,
    variants_python,
)
from streamlit_app.scenarios.scenario_sharing import share
from streamlit_app.shell import session
from streamlit_app.shell.context import Context, open_context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import say
from streamlit_app.showing.choosing import choose_hour, choose_zone
from streamlit_app.showing.downloads import offer_week
from streamlit_app.showing.reproduce import python
from visuals.charts.scenario_charts import hours_chart
from visuals.charts.scenario_week import week_compared
from visuals.tables.tables import variants_table
from visuals.words.hours import capitalised, hour_words
from visuals.words.scenario_effects import effect_sentence

opened = open_context()
was_on = opened.workspace.scenario is not None
if not st.context.is_embedded:  # on the projector the item has a title
    st.title(opened.lang.t("What if?"), anchor=False)
    st.markdown(
        opened.lang.t(
            "Change the weather, add an event, close a place or take a measure. You see at once what that does. "
            "Scenario A then holds on all pages, until you go back to the forecast."
        )
    )


@st.fragment
def what_if() -> None:
    """Show the form and what it does: the part that runs again when a control moves."""
    context = open_context()
    if (context.workspace.scenario is not None) != was_on:
        st.rerun()
    variants = variants_of(context)
    if st.context.is_embedded:  # a room came to see what it does
        show_effect(context, variants)
        show_form(context)
    else:
        show_form(context)
        show_effect(context, variants)
    show_side_by_side(context, variants)
    show_place(context, variants)


def show_form(context: Context) -> None:
    """Show the form of scenario A or B."""
    lang = context.lang
    with cell(context, "make", lang.t("Make a scenario"), lang.t("To try what you doubt, before it happens.")):
        session.show_notices()
        slot = choose_slot(lang)
        form(context, slot)
        share(context, slot)


def show_effect(context: Context, variants: list[Variant]) -> None:
    """Show what each scenario does, in a sentence and in hours."""
    lang, thresholds = context.lang, context.thresholds
    shown_thresholds = context.visitor_thresholds.shown.text
    with cell(context, "effect", lang.t("What does it do?"), lang.t("In one sentence, and in hours.")) as this:
        show_doubts(context)
        for variant in variants[1:]:
            sentence = effect_sentence(variant, variants[0], context.outlook, key=shown_thresholds)
            say(bold(f"{capitalised(variant.name)}.") + f" {sentence}")
        if len(variants) == 1:
            st.markdown(lang.t("Nothing is different yet. Choose something above."))
        level = choose_level(lang)
        show_spec(
            hours_chart(variants, context.outlook, level=level, compact=narrow(), key=shown_thresholds),
            lang.t("Dots of the hours at or above a level, by place. The figures can be downloaded below."),
        )
        with st.container(horizontal=True):
            for number, variant in enumerate(variants[1:]):
                label = lang.t("The week of {scenario} as CSV", scenario=variant.name)
                offer_week(context, variant.forecast, label, f"effect.week.{number}")
        this.computed(
            lang.t(
                "The effects of weather, events and school holidays were learned from past counts. The effects of "
                "measures, and where people go when a place closes, are assumptions with a range. The forecast and "
                "the scenarios are counted over the same {n} simulated weeks. So the difference comes from the "
                "scenario.",
                n=len(context.forecast.paths),
            ),
            table=lambda: hours_figures(variants, thresholds),
            code=python(
                context,
                "from visuals import hours_chart",
                *variants_python(context),
                f'result = hours_chart(variants, outlook, level="{level}")',
            ),
        )


def show_side_by_side(context: Context, variants: list[Variant]) -> None:
    """Show one hour of the forecast and the scenarios on maps beside each other."""
    lang, thresholds = context.lang, context.thresholds
    title = lang.t("Side by side: {hour}", hour=fact(hour_words(context.forecast, context.hour_index, lang), "setting"))
    with cell(context, "maps", title, lang.t("To see where it changes.")) as this:
        index = choose_hour(context, can_play=False)
        show_maps(context, variants, index, choose_camera(context))
        with st.expander(
            lang.t("The same as a table"), icon=":material/table:", on_change="rerun", key="maps.table"
        ) as table:
            if table.open:
                st.caption(lang.t("Expected, and in brackets where it ends up 8 times out of 10."))
                st.dataframe(variants_table(variants, context.outlook, hour_index=index), hide_index=True)
        this.computed(
            lang.t("All maps show the same area. The same colour means the same level everywhere."),
            table=lambda: hour_figures(variants, thresholds, index),
            code=python(
                context,
                "from visuals import basemap_of, camera_of, drawing, level_map",
                *variants_python(context),
                f"result = [level_map(variant, outlook, hour_index={index}, camera=camera_of(area),",
                "                    drawing=drawing(basemap_of(area.id), area)) for variant in variants]",
            ),
            hour_index=index,
        )


def show_place(context: Context, variants: list[Variant]) -> None:
    """Show one place's week, with and without the scenarios."""
    lang = context.lang
    with cell(context, "place", lang.t("One place, all week"), lang.t("For people who know one place well.")) as this:
        zone_id = choose_zone(context, default=most_changed(variants))
        show_spec(
            week_compared(variants, context.outlook, zone_id=zone_id, compact=narrow()),
            lang.t("Lines of the forecast and the scenarios over the week. The figures can be downloaded below."),
        )
        this.computed(
            lang.t("The middle of what may happen, hour by hour, with and without the scenario."),
            table=lambda: week_figures(variants, context.thresholds, zone_id),
            code=python(
                context,
                "from visuals import week_compared",
                *variants_python(context),
                f'result = week_compared(variants, outlook, zone_id="{zone_id}")',
            ),
        )


what_if()
