"""What a visitor should know besides the forecast itself: what changed since the previous one, and old data."""

import streamlit as st

from data.upkeep.freshness import stale
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.current import previous_of
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import load
from forecasting.values.changes import DayChange, changes
from forecasting.values.forecast import Forecast
from language import UserError
from streamlit_app.shell.context import Context
from visuals.words.changes import change_sentence


def news(context: Context) -> list[str]:
    """Return what changed since the previous forecast, and which data are old: a sentence each, often none."""
    said = [_changed(context), *(old.text(context.lang) for old in stale(context.area, context.area.now()))]
    return [sentence for sentence in said if sentence]


def _changed(context: Context) -> str:
    before = previous_of(context.area, context.snapshot)
    if before is None:
        return ""
    snapshot_id, cutoff = before
    found = _since(context.area.id, snapshot_id, context.snapshot.id, context.snapshot, context.unchanged)
    shown = context.snapshot.cutoff.astimezone(context.area.tz).date()
    today = shown if context.forecast.timing.now else None
    return change_sentence(found, cutoff.astimezone(context.area.tz).date(), today, context.lang)


@st.cache_data(max_entries=50, show_spinner=False)
def _since(
    area_id: str,
    old_id: str,
    new_id: str,  # noqa: ARG001 - a key of the cache; the values below are not
    _snapshot: Snapshot,
    _forecast: Forecast,
) -> list[DayChange]:
    try:
        old = load(area_id, old_id)
    except UserError:
        return []
    return changes(forecast(old), _forecast, old_weather=old.weather, new_weather=_snapshot.weather)
