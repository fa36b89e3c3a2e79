"""Wishes beyond what the models have seen: a warning in words, and wider intervals."""

from typing import Final

import numpy as np

from forecasting.snapshot.changes.kind import Doubt
from forecasting.snapshot.changes.kinds import KINDS
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Floats
from forecasting.values.scenario import Scenario

MOST: Final = 2.0
"""Intervals become at most so many times as wide (on the scale of factors)."""


def doubts(before: Snapshot, changed: Snapshot, scenario: Scenario) -> list[Doubt]:
    """Return what a scenario wishes beyond what was seen, and beyond what is forecast anyway.

    ``changed`` is the snapshot ``before`` with the scenario applied.
    """
    return [doubt for kind in KINDS if kind.doubts for doubt in kind.doubts(before, changed, scenario)]


def spread(before: Snapshot, changed: Snapshot, scenario: Scenario) -> Floats:
    """Return how many times as wide intervals become: zones × hours, 1 where nothing is out of the ordinary."""
    wide = np.ones((len(changed.zone_ids), len(changed.hours)))
    for kind in KINDS:
        if kind.widened is not None:
            wide = np.maximum(wide, kind.widened(before, changed, scenario))
    return np.minimum(wide, MOST)
