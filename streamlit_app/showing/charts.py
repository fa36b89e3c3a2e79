"""Charts in a cell. Each is specified once for all that it shows, not in every rerun."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import streamlit as st

from data.keeping.fingerprint import DESCRIPTION, fingerprint
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import note_picture

_TAPPED: Final = "tapped"
Make = Callable[[bool], alt.LayerChart]


@dataclass(frozen=True)
class Tappable:
    """What of a chart can be tapped: the ``part`` (name of a layer), and which ``fields`` of a row are told."""

    part: str
    fields: tuple[str, ...]


def made_of(context: Context) -> tuple[Hashable, ...]:
    """Return what a picture or table is made of besides what it shows: where that is the same, it is the same."""
    forecast, area = context.forecast, context.area
    thresholds = context.visitor_thresholds.shown.text
    files = fingerprint(area.id, DESCRIPTION)
    return (context.snapshot.id, forecast.scenario, forecast.timing.now, thresholds, area.id, files, context.lang.code)


def show_chart(
    context: Context, make: Make, *key: str | int, alt_text: str, tappable: Tappable | None = None
) -> dict[str, Any] | None:
    """Show the chart that ``make(compact)`` returns; ``compact`` is whether the window is narrow.

    ``key`` names the chart and all that it shows besides forecast, scenario, thresholds and language. ``alt_text``
    says what kind of picture it is, for who does not see it. Returns the fields of what was tapped just now, if
    anything.
    """
    shown = (*made_of(context), *key)
    note_picture(lambda: _specified(shown, False, make), alt_text, narrow=lambda: _specified(shown, True, make))
    spec = _specified(shown, narrow(), make)
    # Who does not see it hears its message too, which a chart has in its title.
    alt_text = f"{alt_text} {_message(spec)}".strip()
    if tappable is None:
        st.vega_lite_chart(spec=spec, theme=None, alt=alt_text)
        return None
    point = {"type": "point", "fields": list(tappable.fields), "on": "click"}
    listening = {**spec, "params": [{"name": _TAPPED, "select": point, "views": [tappable.part]}]}
    name = "-".join(map(str, key))
    seen = st.vega_lite_chart(
        spec=listening, theme=None, alt=alt_text, on_select="rerun", selection_mode=_TAPPED, key=f"chart.{name}"
    )
    tapped: list[dict[str, Any]] = seen["selection"].get(_TAPPED, [])
    return tapped[0] if tapped else None


def _message(spec: Mapping[str, Any]) -> str:
    """Return the title of a chart, which says what is to be seen on it; empty where it has none."""
    title = spec.get("title") or ""
    text = title.get("text", "") if isinstance(title, Mapping) else title
    return text if isinstance(text, str) else " ".join(text)


@st.cache_resource(max_entries=500, show_spinner=False)
def _specified(key: tuple[Hashable, ...], compact: bool, _make: Make) -> dict[str, Any]:  # noqa: ARG001 - key of the cache
    """Return the chart as a Vega-Lite specification. Tests let Altair check each kind; here that would take longest."""
    spec: dict[str, Any] = _make(compact).to_dict(validate=False)
    return spec
