"""Charts in a cell. Each is specified once for all that it shows, not in every rerun."""

from collections.abc import Callable
from typing import Any

import altair as alt
import streamlit as st

from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import note_picture

Make = Callable[[bool], alt.LayerChart]


def show_chart(context: Context, make: Make, *key: str | int, alt_text: str) -> None:
    """Show the chart that ``make(compact)`` returns; ``compact`` is whether the window is narrow.

    ``key`` names the chart and all that it shows besides forecast, scenario, thresholds and language. ``alt_text``
    says what kind of picture it is, for who does not see it.
    """
    forecast = context.forecast
    made_of = (context.snapshot.id, forecast.scenario, forecast.timing.now, context.borders.shown.text)
    shown = (*made_of, context.lang.code, *key)
    st.vega_lite_chart(spec=_specified(shown, narrow(), make), theme=None, alt=alt_text)
    note_picture(lambda: _specified(shown, False, make), alt_text, narrow=lambda: _specified(shown, True, make))


@st.cache_resource(max_entries=500, show_spinner=False)
def _specified(key: tuple[str | int, ...], compact: bool, _make: Make) -> dict[str, Any]:  # noqa: ARG001 - key of the cache
    """Return the chart as a Vega-Lite specification. Altair checks it then, which takes most of the time."""
    spec: dict[str, Any] = _make(compact).to_dict()
    return spec
