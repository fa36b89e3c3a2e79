"""The map in a cell: the deck of one hour, its legend, and the place that somebody taps."""

from functools import partial

import streamlit as st

from data.area import in_language
from streamlit_app import basemaps, session
from streamlit_app.context import Context
from streamlit_app.device import narrow
from streamlit_app.widgets import Key
from streamlit_app.workspace import CASE_QUANTILES, View, Workspace
from visuals.decks import ZONES_LAYER, deck
from visuals.legends import density_legend, level_legend

HEIGHT = {False: 500, True: 400}
"""Pixels, on a laptop and a phone: a map that fills the screen would trap whoever scrolls."""

NARROWER = 1.0
"""How many zoom levels further away a phone looks, so that the whole area fits its width."""


def show_map(context: Context, hour_index: int, *, view: View | None = None) -> None:
    """Show the map of an hour with its legend, as the workspace says or in one ``view``.

    A tapped place becomes the workspace's.
    """
    workspace, lang, compact = context.workspace, context.lang, narrow()
    shown = view or workspace.view
    key = _key(workspace, shown)
    area = context.area.seen_from(NARROWER) if compact else context.area
    st.pydeck_chart(
        deck(
            context.forecast,
            area,
            context.thresholds,
            lang,
            hour_index=hour_index,
            view=shown,
            quantile=CASE_QUANTILES[workspace.case],
            map_style=f"api/areas/{area.id}/style.json",
            basemap_labels=basemaps.labels_of(area.id, lang.code),
        ),
        height=HEIGHT[compact],
        on_select=partial(_take_tapped_zone, key),
        selection_mode="single-object",
        key=key,
        alt=lang.t("Map of how busy it is expected to be. The table below it says the same in words."),
    )
    _legend(context, shown)


def what_is_counted(context: Context) -> str:
    """Return what the area's counts count and what they do not, in a sentence or two."""
    counts = [source for source in context.sources if source.kind == "counts"]
    return " ".join(in_language(source.counted, context.lang) for source in counts if source.counted)


def _key(workspace: Workspace, view: View) -> str:
    """Return the map's key. What changes it opens the map anew; the hour does not, so that the view stays."""
    return f"{Key.DECK}.{workspace.area}.{view}.{narrow()}"


def _credit(context: Context) -> str:
    whose = basemaps.credit_of(context.area, context.lang.code)
    return f"{whose}." if whose else ""


def _take_tapped_zone(key: str) -> None:
    state = st.session_state.get(key)
    tapped = state.selection.objects.get(ZONES_LAYER, []) if state else []
    if tapped:
        session.change(zone=tapped[0]["zone_id"])


def _legend(context: Context, view: View) -> None:
    lang = context.lang
    st.html(level_legend(lang))
    if view != "levels":
        st.html(density_legend(context.forecast, context.area, lang))
    st.markdown(
        ":gray[:small["
        + " ".join(
            (
                context.borders_sentence,
                what_is_counted(context),
                _credit(context),
                lang.t("How people are spread inside a place is an assumption.")
                if context.area.measure == "present" and view != "levels"
                else "",
            )
        ).strip()
        + "]]"
    )
