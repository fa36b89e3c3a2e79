"""My place: the one that a visitor wants to see first. Their own browser remembers it, and nobody else."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from forecasting.meaning.busy import BusyMoment
from language.markdown import bullets
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.showing.keys import ShowingKey
from visuals.words.leading import now_sentence, place_sentences

COOKIE: Final = "csm_place"

_DAYS: Final = 180
_SCRIPT: Final = f"""
export default function ({{ data }}) {{
  const secure = location.protocol === "https:" ? "; secure" : ""
  const age = data.place ? {_DAYS * 86_400} : 0
  document.cookie = "{COOKIE}=" + encodeURIComponent(data.place) + "; path=/; samesite=lax; max-age=" + age + secure
}}
"""


def show_my_place(context: Context, moments: Sequence[BusyMoment]) -> None:
    """Show the choice of one's own place, when it gets busy there, and how it is there in this hour.

    Before one is chosen, this hour is told of the place of the first of ``moments``.
    """
    outlook = context.outlook
    with st.container(gap="xsmall", key="my-place"):
        place = _choose(context)
        shown = place or (moments[0].zone_id if moments else None)
        lines = place_sentences(outlook, place) if place else []
        now = now_sentence(outlook, shown, context.area.now()) if shown else ""
        if lines or now:
            st.markdown(bullets([*filter(None, [now]), *lines]))


def _choose(context: Context) -> str | None:
    lang, area = context.lang, context.area
    key = f"{ShowingKey.MY_PLACE}.{area.id}"
    kept = kept_place(area.id)
    st.session_state[key] = kept if kept in context.forecast.zone_ids else None

    def take_over() -> None:
        place: str | None = st.session_state[key]
        st.session_state[ShowingKey.MY_PLACE] = f"{area.id}:{place}" if place else ""

    chosen: str | None = st.selectbox(
        lang.t("My place"),
        context.forecast.zone_ids,
        format_func=lambda zone_id: area.zone(zone_id).name(lang),
        index=None,
        key=key,
        on_change=take_over,
        placeholder=lang.t("Choose your place"),
        help=None if narrow() else lang.t("Only your own browser remembers it. Empty the box and it is forgotten."),
        label_visibility="collapsed" if narrow() else "visible",
        width=320,
    )
    _tell_browser()
    return chosen


def kept_place(area_id: str) -> str | None:
    """Return the id of the place that was chosen in this session, else of the one the browser remembers."""
    if ShowingKey.MY_PLACE not in st.session_state:
        st.session_state[ShowingKey.MY_PLACE] = st.context.cookies.get(COOKIE) or ""
    of_area, _, place = str(st.session_state[ShowingKey.MY_PLACE]).partition(":")
    return place if of_area == area_id else None


def _tell_browser() -> None:
    place: str = st.session_state[ShowingKey.MY_PLACE]
    if place != (st.context.cookies.get(COOKIE) or ""):
        component = st.components.v2.component("my_place", js=_SCRIPT)
        component(key=ShowingKey.MY_PLACE_COOKIE, data={"place": place}, height=0)
