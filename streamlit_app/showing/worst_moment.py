"""The map of the worst moment of the week as a still picture, which leads to the map itself."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from forecasting.meaning.busy import BusyMoment
from language.said import fact
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.navigation import PAGES
from streamlit_app.shell.workspace import encode
from streamlit_app.showing import basemaps
from streamlit_app.showing.choosing import moment_at
from visuals.base.views import View
from visuals.charts.still import still
from visuals.maps.decks import deck
from visuals.maps.still_map import still_map
from visuals.words.amounts import marked
from visuals.words.hours import hour_title

_WIDTH, _HEIGHT = 480, 420
_CLOSER = 0.9
"""How many zoom levels further away it looks than the map, so that the whole area fits."""


def show_worst_moment(context: Context, moment: BusyMoment) -> None:
    """Show where it is how busy in the peak of a busy moment, with the way to that hour and place on the map.

    It is not kept with the cell: who wants the map keeps it there.
    """
    lang = context.lang
    seen = replace(context.workspace, moment=moment_at(context.forecast, moment.peak), zone=moment.zone_id)
    address = encode(seen)
    when = hour_title(context.forecast, moment.peak, lang)
    alt = lang.t(
        "Map of how busy it is expected to be: {hour}. The sentences beside it say the same.",
        hour=fact(when, "setting"),
    )
    made_of = (context.snapshot.id, context.forecast.scenario, context.visitor_thresholds.shown.text, lang.code)
    picture = _picture((*made_of, context.forecast.timing.now), moment.peak, context)
    st.image(picture, alt=alt, width="stretch", link=f"map?{urlencode(address)}")
    st.page_link(
        PAGES / "map.py", label=lang.t("See this hour on the map"), icon=":material/map:", query_params=address
    )


def see_on_map(zone_id: str, hour: str) -> None:
    """Go to the map, at a place and an hour (ISO with offset)."""
    session.change(zone=zone_id, moment=datetime.fromisoformat(hour).astimezone(UTC))
    st.switch_page(PAGES / "map.py")


@st.cache_resource(max_entries=50, show_spinner=False)
def _picture(key: tuple[str | bool, ...], hour_index: int, _context: Context) -> bytes:  # noqa: ARG001 - a key of the cache
    context, area, lang = _context, _context.area.seen_from(_CLOSER), _context.lang
    of_hour = deck(
        replace(context.outlook, area=area), hour_index=hour_index, view=View.LEVELS, map_style="about:blank"
    )
    picture = still_map(
        of_hour,
        area,
        basemaps.basemap(area.id),
        lang,
        title=hour_title(context.forecast, hour_index, lang),
        subtitle=marked(area.name(lang), context.forecast, lang) + ".",
        width=_WIDTH,
        height=_HEIGHT,
    )
    return still(picture.to_dict(validate=False), width=_WIDTH, sharpness=2.0)
