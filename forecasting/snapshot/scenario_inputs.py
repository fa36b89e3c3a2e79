"""A snapshot with what a scenario tells the models in place of its own."""

from functools import lru_cache

from forecasting.snapshot.changes.kinds import KINDS
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.scenario import Scenario


@lru_cache(maxsize=8)
def altered(snapshot: Snapshot, scenario: Scenario) -> Snapshot:
    """Return the snapshot of what the models would have been told: ``snapshot`` itself where that is nothing else.

    Kept for the last few, because both the forecast and its doubts ask for it. Raises ``UserError`` when the scenario
    changes the weather of an area whose models know none, or names a zone that is not there.
    """
    s = snapshot
    for kind in KINDS:
        if kind.told is not None and kind.field in scenario.changed:
            s = kind.told(s, scenario)
    return s


def tells(scenario: Scenario) -> bool:
    """Return whether the models would have been told something else."""
    return any(kind.told is not None and kind.field in scenario.changed for kind in KINDS)
