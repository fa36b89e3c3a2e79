"""What all sessions share: areas, snapshots and forecasts, read once and never changed."""

import re
from datetime import UTC, datetime

import streamlit as st

from data.area import Area, load_area
from forecasting.forecast import Forecast
from forecasting.snapshot import Snapshot, forecast
from forecasting.snapshots import obtain
from forecasting.store import load_models
from forecasting.thresholds import Thresholds

HOURS = 168
"""The app looks one week ahead."""


@st.cache_resource(ttl="1h", max_entries=50, show_spinner=False)
def area(area_id: str) -> Area:
    """Return the validated area. Raises ``UserError`` when there is none."""
    return load_area(area_id)


@st.cache_resource(max_entries=20, show_spinner=False)
def issued(area_id: str, cutoff: datetime) -> tuple[Snapshot, Forecast]:
    """Return the snapshot issued at ``cutoff`` (aware) for the coming week, and its forecast.

    Raises ``UserError`` when the area has no models, or its sources may not be used.
    """
    snapshot = obtain(area(area_id), cutoff.astimezone(UTC), HOURS)
    return snapshot, forecast(snapshot)


@st.cache_resource(max_entries=20, show_spinner=False)
def thresholds(area_id: str) -> Thresholds:
    """Return the area's default thresholds."""
    found = area(area_id)
    return load_models(found).thresholds(found)


def cutoff_of(snapshot_id: str) -> datetime | None:
    """Return the cutoff (UTC) that a snapshot id begins with, or ``None`` when it is no such id."""
    match = re.fullmatch(r"(\d{8}T\d{2})-[0-9a-f]{6,}", snapshot_id)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], "%Y%m%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None
