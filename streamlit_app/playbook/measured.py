"""Findings on effects for the app: computed once for all who look, and anew when log, counts or forecasts change."""

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import ALL, fingerprint
from feedback.database.store import version
from response.effects.finding import Finding
from response.effects.frozen import FILE
from response.effects.reading import findings
from streamlit_app.shell import resources


def findings_of(area: Area) -> tuple[Finding, ...]:
    """Return what is known of the effect of each card. Raises ``UserError`` as ``response`` does."""
    return _findings(area.id, fingerprint(area.id, (*ALL, FILE, "playbook.toml", "playbook.json")), version())


@st.cache_resource(max_entries=20, show_spinner=False)
def _findings(area_id: str, files: str, log: tuple[int, int]) -> tuple[Finding, ...]:  # noqa: ARG001 - keys of the cache
    return findings(resources.area(area_id))
