"""The map in a cell: the deck of one hour, its legend, and the place that somebody taps."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import pydeck
import streamlit as st

from data.area.area import Area
from data.area.zone import in_language
from forecasting.meaning.busy import busy_moments
from language.markdown import as_text
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import Specification, note_picture
from streamlit_app.shell.workspace import CASE_QUANTILES, Workspace
from streamlit_app.showing import basemaps
from streamlit_app.showing.charts import made_of
from streamlit_app.showing.keys import ShowingKey
from visuals.base.framing import fitted, framed
from visuals.base.views import View
from visuals.maps.decks import ZONES_LAYER, deck
from visuals.maps.legends import density_legend, level_legend
from visuals.maps.maptext import LABELS_LAYER
from visuals.maps.still_map import still_map
from visuals.tables.tables import map_table
from visuals.words.amounts import marked
from visuals.words.hours import hour_title
from visuals.words.leading import hour_headline

HEIGHT = {False: 500, True: 400}
"""Pixels, on a laptop and a phone: a map that fills the screen would trap whoever scrolls."""

IN_A_FRAME: Final = (560, 200)
"""Pixels wide and high on the projector, where a page stands in a frame that is enlarged: the whole map is seen at
once, and the legend below it."""


def show_map(context: Context, hour_index: int, *, view: View | None = None, on_worst: bool = False) -> None:
    """Show the map of an hour with its legend, as the workspace says or in one ``view``.

    A tapped place becomes the workspace's. ``on_worst``: on a phone it opens where it gets worst this week, and on the
    place that was chosen; else on the whole area.
    """
    workspace, lang, compact = context.workspace, context.lang, narrow()
    shown = view or workspace.view
    key = _key(workspace, shown)
    width, height = IN_A_FRAME
    area = context.area
    if st.context.is_embedded:
        area = fitted(area, width, height)
    elif compact:
        area = framed(area, _to_see_first(context) if on_worst else ())
    alt = f"{lang.t('Map of how busy it is expected to be. The table below it says the same in words.')} "
    alt += _message(context, hour_index)
    st.pydeck_chart(
        _deck(context, area, hour_index, shown),
        height=height if st.context.is_embedded else HEIGHT[compact],
        on_select=partial(_take_tapped_zone, key),
        selection_mode="single-object",
        key=key,
        alt=alt,
    )
    note_picture(partial(_still, context, hour_index, shown), alt)
    _legend(context, shown)


def _to_see_first(context: Context) -> set[str]:
    """Return the place that was chosen and those that are worst in the worst hour of the week: the same ones in every
    hour, so that the map stays where it is while the hour moves."""
    found = {context.workspace.zone} if context.workspace.zone else set()
    if moments := busy_moments(context.forecast, context.thresholds):
        levels = context.forecast.levels(context.thresholds)[:, moments[0].peak]
        found |= {context.forecast.zone_ids[row] for row in np.flatnonzero(levels == levels.max())}
    return found


def _deck(context: Context, area: Area, hour_index: int, view: View) -> pydeck.Deck:
    """Return the deck of an hour, which all visitors share who see the same."""
    case, labels = context.workspace.case, basemaps.labels_of(area.id, context.lang.code)
    at = area.centre
    shown = (hour_index, view, case, at.lat, at.lon, at.zoom, len(labels))

    def make() -> pydeck.Deck:
        return deck(
            replace(context.outlook, area=area),
            hour_index=hour_index,
            view=view,
            quantile=CASE_QUANTILES[case],
            map_style=f"api/areas/{area.id}/style.json",
            basemap_labels=labels,
        )

    made: pydeck.Deck = _made((*made_of(context), "deck", *shown), make)
    return made


def _message(context: Context, hour_index: int) -> str:
    """Say what the map of an hour shows, for who does not see it."""
    case = context.workspace.case

    def make() -> str:
        said = hour_headline(context.outlook, hour_index=hour_index, quantile=CASE_QUANTILES[case])
        return f"{hour_title(context.forecast, hour_index, context.lang)}. {said}"

    made: str = _made((*made_of(context), "message", hour_index, case), make)
    return made


def table_of_hour(context: Context, hour_index: int) -> pd.DataFrame:
    """Return the map of an hour as a table, which all visitors share who see the same: nobody changes it."""
    key = (*made_of(context), "table", hour_index)
    made: pd.DataFrame = _made(key, lambda: map_table(context.outlook, hour_index=hour_index))
    return made


@st.cache_resource(max_entries=500, show_spinner=False)
def _made(key: tuple[Hashable, ...], _make: Callable[[], Any]) -> Any:  # noqa: ARG001 - key of the cache
    return _make()


def _still(context: Context, hour_index: int, view: View) -> Specification:
    """The map as a picture for a document. A heatmap, which only a browser can smooth, becomes its hexagons."""
    flat = View.LEVELS if view == View.LEVELS else View.HEXAGONS
    picture = still_map(
        _deck(context, context.area, hour_index, flat),
        context.area,
        basemaps.basemap(context.area.id),
        context.lang,
        title=hour_title(context.forecast, hour_index, context.lang),
        subtitle=marked(f"{context.area.name(context.lang)}. {_credit(context)}", context.forecast, context.lang),
    )
    specification: Specification = picture.to_dict(validate=False)
    return specification


def what_is_counted(context: Context) -> str:
    """Return what the area's counts count and what they do not, in a sentence or two."""
    counts = [source for source in context.sources if source.kind == "counts"]
    return " ".join(in_language(source.counted, context.lang) for source in counts if source.counted)


def _key(workspace: Workspace, view: View) -> str:
    """Return the map's key. What changes it opens the map anew; the hour does not, so that the view stays."""
    return f"{ShowingKey.DECK}.{workspace.area}.{view}.{narrow()}"


def _credit(context: Context) -> str:
    whose = basemaps.credit_of(context.area, context.lang.code)
    return f"{whose}." if whose else ""


def _take_tapped_zone(key: str) -> None:
    state = st.session_state.get(key)
    objects = state.selection.objects if state else {}
    tapped = [*objects.get(ZONES_LAYER, []), *objects.get(LABELS_LAYER, [])]
    if tapped:
        session.change(zone=tapped[0]["zone_id"])


def _legend(context: Context, view: View) -> None:
    lang = context.lang
    st.html(level_legend(lang))
    if view != View.LEVELS:
        st.html(density_legend(context.outlook))
    st.markdown(
        ":gray[:small["
        + " ".join(
            (
                context.thresholds_sentence,
                as_text(what_is_counted(context)),
                as_text(_credit(context)),
                as_text(basemaps.twin_sentence(context.area, lang)),
                lang.t("How people are spread inside a place is an assumption.")
                if context.area.measure == "present" and view != View.LEVELS
                else "",
            )
        ).strip()
        + "]]"
    )
