"""What was counted before a forecast, for comparison: read once for all sessions, through the consent gate."""

from datetime import datetime

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import fingerprint
from forecasting.inputs.saturdays import Day, last_saturday, next_saturday, usual_counts
from forecasting.values.arrays import Floats
from forecasting.values.space import Ruler, rarity_ruler, ruler
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context


def saturdays(context: Context) -> list[Day]:
    """Return the last Saturday as it was counted, and the next one as it is expected; each where it is known."""
    area_id = context.area.id
    last = _counted(area_id, context.snapshot.cutoff, fingerprint(area_id))
    found = (last, next_saturday(context.forecast))
    return [day for day in found if day is not None]


def ruler_of(context: Context, zone_id: str) -> Ruler | None:
    """Return the ruler by which thresholds of a zone are chosen, ``None`` where there is nothing to go by."""
    return ruler_in(context.area, context.snapshot.cutoff, zone_id)


def ruler_in(area: Area, cutoff: datetime, zone_id: str) -> Ruler | None:
    """Return the ruler of a zone, as :func:`ruler_of` does, from the counts before ``cutoff`` (aware)."""
    zone = area.zone(zone_id)
    by_itself = ruler(zone, area.measure)
    if by_itself is not None:
        return by_itself
    usual = _usual(area.id, cutoff, fingerprint(area.id))
    return rarity_ruler(zone, usual[zone_id]) if zone_id in usual else None


@st.cache_resource(max_entries=20, show_spinner=False)
def _counted(area_id: str, cutoff: datetime, files: str) -> Day | None:  # noqa: ARG001 - a key of the cache
    return last_saturday(resources.area(area_id), cutoff)


@st.cache_resource(max_entries=20, show_spinner=False)
def _usual(area_id: str, cutoff: datetime, files: str) -> dict[str, Floats]:  # noqa: ARG001 - a key of the cache
    return usual_counts(resources.area(area_id), cutoff)
