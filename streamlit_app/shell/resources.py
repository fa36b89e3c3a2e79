"""What all sessions share: areas, snapshots and forecasts, read once and never changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from data.area.area import Area, list_areas, load_area
from data.area.measures import Measures, read_measures
from data.area.sources import Source, approved_sources
from data.consent.newest import counted_until
from data.keeping.fingerprint import DECISIONS, DESCRIPTION, MEASURES, MODELS, fingerprint
from feedback.people.roles import Role
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import obtain, recall
from forecasting.snapshot.standing import saved_forecast
from forecasting.training.model_files import load_models
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import Thresholds
from forecasting.values.timing import Timing, timing_of
from language import Language, UserError
from language.plain import told_apart
from streamlit_app.access.permissions import may_see
from streamlit_app.shell import logs

HOURS = 168
"""The app looks one week ahead."""


def area(area_id: str) -> Area:
    """Return the validated area as its files are now. Raises ``UserError`` when there is none."""
    return _area(area_id, fingerprint(area_id, DESCRIPTION))


@st.cache_resource(max_entries=50, show_spinner=False)
def _area(area_id: str, files: str) -> Area:  # noqa: ARG001 - a key of the cache
    return load_area(area_id)


def areas_for(role: Role) -> list[str]:
    """Return the ids of the areas that ``role`` may see. One whose files are not valid is left out, and logged."""
    found = []
    for area_id in list_areas():
        try:
            if may_see(area(area_id), role):
                found.append(area_id)
        except UserError as error:
            logs.log("area left out", area=area_id, reason=error.message)
    return found


def area_names(area_ids: Iterable[str], lang: Language) -> dict[str, str]:
    """Return what areas are called; areas of one name are told apart, or a list of choices would take the first."""
    return told_apart({area_id: area(area_id).name(lang) for area_id in area_ids})


def issued(area_id: str, cutoff: datetime) -> tuple[Snapshot, Forecast]:
    """Return the snapshot issued at ``cutoff`` (aware) for the coming week, and its forecast.

    Made anew when anything it is made from has changed: data, events, decisions, models, or the area itself. Raises
    ``UserError`` when the area has no models, or its sources may not be used.
    """
    return recalled(area_id, _issued_id(area_id, cutoff.astimezone(UTC), fingerprint(area_id)))


@st.cache_resource(max_entries=200, show_spinner=False)
def _issued_id(area_id: str, cutoff: datetime, files: str) -> str:  # noqa: ARG001 - a key of the cache
    return obtain(area(area_id), cutoff, HOURS, must_keep=False).id


def recalled(area_id: str, snapshot_id: str) -> tuple[Snapshot, Forecast]:
    """Return a snapshot of the past by its id, and its forecast.

    Raises ``UserError`` when it is not here and cannot be made again, or may no longer be used.
    """
    found = _recalled(area_id, snapshot_id, fingerprint(area_id, DECISIONS))
    return found, _timed(area_id, snapshot_id, timing(area_id, found.cutoff), found)


@st.cache_resource(max_entries=20, show_spinner=False)
def _recalled(area_id: str, snapshot_id: str, files: str) -> Snapshot:  # noqa: ARG001 - a key of the cache
    return recall(area(area_id), snapshot_id, HOURS, must_keep=False)


@st.cache_resource(max_entries=20, show_spinner=False)
def _timed(area_id: str, snapshot_id: str, timing: Timing, _snapshot: Snapshot) -> Forecast:  # noqa: ARG001 - keys of the cache
    return replace(forecast(_snapshot), timing=timing)


def timing(area_id: str, cutoff: datetime) -> Timing:
    """Return whether the week of a forecast made at ``cutoff`` (aware) is the one that comes, and how old its counts
    are."""
    until = _counted_until(area_id, cutoff.astimezone(UTC), fingerprint(area_id))
    return timing_of(area(area_id), cutoff, until)


@st.cache_resource(max_entries=50, show_spinner=False)
def _counted_until(area_id: str, cutoff: datetime, files: str) -> datetime | None:  # noqa: ARG001 - a key of the cache
    return counted_until(area(area_id), cutoff)


def sources(area_id: str) -> tuple[Source, ...]:
    """Return the area's approved sources as they are now. Raises ``UserError`` when a file of them cannot be read."""
    return _sources(area_id, fingerprint(area_id, DECISIONS))


@st.cache_resource(max_entries=50, show_spinner=False)
def _sources(area_id: str, files: str) -> tuple[Source, ...]:  # noqa: ARG001 - a key of the cache
    return approved_sources(area_id)


def thresholds(area_id: str) -> Thresholds:
    """Return the area's default thresholds."""
    return _thresholds(area_id, fingerprint(area_id, (*DESCRIPTION, *MODELS)))


@st.cache_resource(max_entries=20, show_spinner=False)
def _thresholds(area_id: str, files: str) -> Thresholds:  # noqa: ARG001 - a key of the cache
    found = area(area_id)
    return load_models(found).thresholds(found)


def applied(snapshot: Snapshot, unchanged: Forecast, scenario: Scenario | None) -> Forecast:
    """Return the forecast with a scenario applied. Raises ``UserError`` when the scenario does not fit the area."""
    if scenario is None or scenario.changes_nothing:
        return unchanged
    return _applied(snapshot.id, scenario.encode(), unchanged.timing, snapshot, scenario)


@st.cache_resource(max_entries=60, show_spinner=False)
def _applied(
    snapshot_id: str,  # noqa: ARG001 - a key of the cache
    code: str,  # noqa: ARG001 - a key of the cache
    timing: Timing,
    _snapshot: Snapshot,
    _scenario: Scenario,
) -> Forecast:
    return replace(forecast(_snapshot, _scenario), timing=timing)


def measures(area_id: str) -> Measures:
    """Return the measures of an area as they stand now. Raises ``UserError`` when their file is not valid."""
    return _measures(area_id, fingerprint(area_id, (*DESCRIPTION, *MEASURES)))


@st.cache_resource(max_entries=50, show_spinner=False)
def _measures(area_id: str, files: str) -> Measures:  # noqa: ARG001 - a key of the cache
    return read_measures(area(area_id))


def saved(of_area: Area, snapshot_id: str) -> Forecast | None:
    """Return the forecast of a saved snapshot; ``None`` when it is damaged or gone."""
    return _saved(of_area.id, snapshot_id, of_area)


@st.cache_resource(ttl="1h", max_entries=40, show_spinner=False)
def _saved(area_id: str, snapshot_id: str, _area: Area) -> Forecast | None:  # noqa: ARG001 - key of the cache
    return saved_forecast(_area, snapshot_id)
