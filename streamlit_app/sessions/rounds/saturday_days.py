"""Frozen days to play, made once for all who look: it takes some seconds."""

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import DESCRIPTION, MEASURES, PLAYBOOK, fingerprint
from response.saturday.frozen import FrozenDay, frozen_day
from response.saturday.game import read_game
from streamlit_app.shell import resources


def frozen_of(area: Area) -> FrozenDay:
    """Return the day that an area plays. Raises ``UserError`` where it has none, or it cannot be made."""
    return _frozen(area.id, fingerprint(area.id, (*DESCRIPTION, *MEASURES, *PLAYBOOK, "saturday.toml")))


@st.cache_resource(max_entries=5, show_spinner=False)
def _frozen(area_id: str, files: str) -> FrozenDay:  # noqa: ARG001 - a key of the cache
    area = resources.area(area_id)
    return frozen_day(area, read_game(area), resources.thresholds(area_id))
