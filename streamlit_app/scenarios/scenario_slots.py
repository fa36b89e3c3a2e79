"""The two scenarios of a workspace, A and B, each in a slot of its own."""

from typing import Final, Literal

from forecasting.values.scenario import Scenario
from streamlit_app.shell import session

Slot = Literal["scenario", "beside"]
SLOTS: Final[tuple[Slot, ...]] = ("scenario", "beside")
SLOT_NAMES: Final[dict[Slot, str]] = {"scenario": "A", "beside": "B"}


def scenario_of(slot: Slot) -> Scenario:
    """Return the scenario that stands in a slot; an empty one when none does."""
    found: Scenario | None = getattr(session.current(), slot)
    return found or Scenario()


def put(slot: Slot, scenario: Scenario) -> None:
    """Put a scenario into a slot; one that changes nothing is none."""
    session.change(**{slot: None if scenario.changes_nothing else scenario})
