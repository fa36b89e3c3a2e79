"""Findings on effects for the app: computed once for all who look, and anew when log, counts or forecasts change."""

from typing import Final

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import ALL, fingerprint
from feedback.database import action_rows
from response.effects.finding import Finding
from response.effects.frozen import FILE
from response.effects.reading import day_spread, findings
from streamlit_app.shell import resources

ASSUMED_SPREAD: Final = 0.15


def findings_of(area: Area) -> tuple[Finding, ...]:
    """Return what is known of the effect of each card. Raises ``UserError`` as ``response`` does."""
    files = fingerprint(area.id, (*ALL, FILE, "playbook.toml", "playbook.json"))
    return _findings(area.id, files, action_rows.head())


def spread_of_a_day(area: Area, zones: tuple[str, ...], parts: tuple[int, ...]) -> float:
    """Return how far one day lies from its forecast there (a standard deviation of logarithms), by days that are over.

    Where none are kept, or nothing was chosen yet, it is taken to be 15 %.
    """
    found = _spread(area.id, zones, parts, fingerprint(area.id, (*ALL, FILE)))
    return found if found is not None else ASSUMED_SPREAD


@st.cache_resource(max_entries=50, show_spinner=False)
def _spread(area_id: str, zones: tuple[str, ...], parts: tuple[int, ...], files: str) -> float | None:  # noqa: ARG001
    return day_spread(resources.area(area_id), zones, parts) if zones and parts else None


@st.cache_resource(max_entries=20, show_spinner=False)
def _findings(area_id: str, files: str, log: tuple[str, int]) -> tuple[Finding, ...]:  # noqa: ARG001 - keys of the cache
    return findings(resources.area(area_id))
