"""Every day in the school holidays, or none of them."""

from dataclasses import replace
from typing import Final

import numpy as np

from forecasting.snapshot.changes.kind import ScenarioKind
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Floats
from forecasting.values.scenario import Scenario

_SCHOOL = "holiday:school:"
_ANY_SCHOOL = "holiday:any school holiday"


def _told(s: Snapshot, scenario: Scenario) -> Snapshot:
    """Every day in the school holidays is the mean of all of them, by name."""
    on = bool(scenario.school_holiday)
    named = np.array([name.startswith(_SCHOOL) for name in s.names])
    days: Floats = s.days.copy()
    ordinary = ~(days[:, named] > 0).any(axis=1)
    rows = np.flatnonzero(ordinary) if on else np.arange(len(days))
    days[np.ix_(rows, np.flatnonzero(named))] = 1 / max(named.sum(), 1) if on else 0
    if _ANY_SCHOOL in s.names:
        days[:, s.names.index(_ANY_SCHOOL)] = float(on)
    return replace(s, days=days, kinds=s.kinds % 7 + (7 if on else 0))


SCHOOL_HOLIDAY: Final = ScenarioKind("school_holiday", told=_told, moved=None, doubts=None, widened=None)
