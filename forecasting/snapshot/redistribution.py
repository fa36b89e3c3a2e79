"""What a scenario does to the numbers of people: in every sample path alike, so that ranges carry through."""

import numpy as np

from forecasting.snapshot.changes.kinds import KINDS
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags, Floats
from forecasting.values.scenario import Scenario


def moves(scenario: Scenario) -> bool:
    """Return whether people go elsewhere, or are there at another time."""
    return any(kind.moved is not None and kind.field in scenario.changed for kind in KINDS)


def moved(snapshot: Snapshot, scenario: Scenario, values: Floats, expected: Floats) -> tuple[Floats, Flags]:
    """Return ``values`` after measures and closures, and which zones × hours they touched.

    ``values``: (paths + 1) × zones × hours; the last is the expected course, for which measures work as expected.
    ``expected``: zones × hours, decides where there is room. Raises ``UserError`` for a zone or measure that the
    area has not got, when all zones are closed at once, and for closures in an area of passages.
    """
    out, touched = values.copy(), np.zeros(expected.shape, dtype=bool)
    for kind in KINDS:
        if kind.moved is not None and kind.field in scenario.changed:
            touched |= kind.moved(snapshot, scenario, out, expected)
    return out, touched & np.isfinite(values[-1])
