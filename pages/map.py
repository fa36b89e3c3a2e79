"""Kaart / Map: the forecast on the map, hour by hour; one place's week; the same as a table and as files."""

import streamlit as st

from forecasting.values.formats import as_geojson
from language.markdown import bold, small
from streamlit_app.notebook.cell import cell
from streamlit_app.shell.context import Context, open_context
from streamlit_app.shell.shown import say
from streamlit_app.shell.tables import show_numbers
from streamlit_app.shell.workspace import CASE_QUANTILES
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.choosing import choose_case, choose_hour, choose_view, choose_zone, play_on
from streamlit_app.showing.downloads import offer_hour, offer_week, origin_of
from streamlit_app.showing.keys import ShowingKey
from streamlit_app.showing.mapping import show_map, table_of_hour
from streamlit_app.showing.reproduce import python
from visuals.charts.week import week
from visuals.tables.figures import level_figures, week_figures
from visuals.tables.files import file_name
from visuals.words.hours import hour_title
from visuals.words.leading import hour_headline, worst_place
from visuals.words.rests_on import origin_sentences, rests_at
from visuals.words.sentences import level_sentence

playing = st.session_state.get(ShowingKey.PLAYING, False)


def map_cell() -> Context:
    """Show the map of one hour with its controls: the part that moves while the hours are played."""
    if st.session_state.get(ShowingKey.PLAYING, False) != playing:
        st.rerun()
    context = open_context()
    if playing:
        play_on(context)
        context = open_context()
    lang, workspace = context.lang, context.workspace
    title = hour_title(context.forecast, context.hour_index, lang)
    with cell(context, "map", title, lang.t("To see where it fills up, hour by hour."), heading=True) as this:
        quantile = CASE_QUANTILES[workspace.case]
        say(bold(hour_headline(context.outlook, hour_index=context.hour_index, quantile=quantile)))
        st.markdown(small(origin_sentences(context.forecast, context.area, lang)))
        index = choose_hour(context)
        show_map(context, index, on_worst=True)
        with st.container(horizontal=True):
            choose_view(context)
            choose_case(context)
        this.computed(
            lang.t(
                "Expected: it is as likely to get busier as quieter. Quiet side and busy side: 8 times out of 10 a "
                "place ends up between the two. The total of a place is spread over hexagons inside it. That is an "
                "assumption. Colours and heights have one scale for the whole week."
            ),
            table=lambda: level_figures(context.forecast, context.thresholds, index),
            code=python(
                context,
                "from visuals import deck",
                f'result = deck(outlook, hour_index={index}, view="{workspace.view}",',
                f'              quantile={quantile}, map_style="about:blank")',
            ),
            hour_index=index,
        )
    return context


context = st.fragment(map_cell, run_every=1.5)() if playing else map_cell()
context = context or open_context()
lang, area, forecast, thresholds = context.lang, context.area, context.forecast, context.thresholds
hour = context.hour_index

with cell(
    context, "zone", lang.t("One place, all week"), lang.t("Tap a place on the map, or choose one here.")
) as this:
    zone_id = choose_zone(context, default=worst_place(context.outlook, hour_index=hour))
    say(level_sentence(context.outlook, zone_id=zone_id, hour_index=hour))
    if rest := rests_at(forecast, area, zone_id, lang):
        say(rest)
    show_chart(
        context,
        lambda compact: week(context.outlook, zone_id=zone_id, compact=compact),
        "week",
        zone_id,
        alt_text=lang.t("Line of how busy it may get, hour by hour, with areas that show how sure that is."),
    )
    this.computed(
        lang.t(
            "The line is the middle of what may happen. Half of the time it ends up in the darkest area. It ends "
            "up in the middle one 8 times out of 10, and in the lightest 19 times out of 20. How wide the areas "
            "are was learned from the errors of past forecasts. The dashed line is normal: the middle of the last "
            "8 weeks at that hour."
        ),
        table=lambda: week_figures(forecast, thresholds, zone_id),
        code=python(
            context,
            "from visuals import week",
            f'result = week(outlook, zone_id="{zone_id}")',
        ),
    )

with cell(
    context, "table", lang.t("The same as a table"), lang.t("For screen readers, and for anyone who prefers figures.")
) as this:
    table = table_of_hour(context, hour)
    show_numbers(table, lang)
    with st.container(horizontal=True):
        offer_hour(context, hour, this.title, lang.t("This table as CSV"), "table.hour")
        offer_week(context, forecast, lang.t("Download the whole week (CSV)"), "table.week")
        st.download_button(
            lang.t("Download the whole week (GeoJSON)"),
            data=lambda: as_geojson(forecast, area, lang).encode(),
            file_name=file_name(lang.t("week"), origin_of(context), lang, ending="geojson"),
            mime="application/geo+json",
            icon=":material/download:",
            on_click="ignore",
        )
    this.computed(
        lang.t("Per place: the expected number, where it ends up 8 times out of 10, and the chance of crowds."),
        table=lambda: level_figures(forecast, thresholds, hour),
        code=python(
            context,
            "from visuals import map_table",
            f"result = map_table(outlook, hour_index={hour})",
        ),
        hour_index=hour,
    )
