"""Zones that nobody may be in.

A closed zone is empty. Each hour its people are divided over the open zones: the more room a zone has left and the
nearer it is, the more (weight e^(-metres / 500) × room left). Nobody gets lost: totals are kept.
"""

from typing import Final

import numpy as np

from forecasting.snapshot.changes.kind import ScenarioKind, during, row_of
from forecasting.snapshot.changes.room import crossed, room_left
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags, Floats, Indices
from forecasting.values.scenario import Closure, Scenario
from language import UserError

NEAR_M: Final = 500.0
"""A zone this much further away gets 1/e of the people: an assumption of this project."""


def _moved(s: Snapshot, scenario: Scenario, values: Floats, expected: Floats) -> Flags:
    """Raises ``UserError`` for a zone that is not there, when all close at once, and in an area of passages."""
    touched = np.zeros(expected.shape, dtype=bool)
    closed = _closed(s, scenario.closures)
    columns = np.flatnonzero(closed.any(axis=0))
    if len(columns):
        _close(s, closed, columns, values, expected)
        touched[:, columns] = True
    return touched


def _close(s: Snapshot, closed: Flags, columns: Indices, out: Floats, expected: Floats) -> None:
    shut = closed[:, columns]
    room = np.where(shut, 0.0, room_left(s, expected)[:, columns])
    if (room.sum(axis=0) == 0).any():
        raise UserError("A scenario cannot close all places at once: people must be able to go somewhere.")
    for row in np.flatnonzero(shut.any(axis=1)):
        hours = columns[shut[row]]
        weight = np.exp(-s.apart[row] / NEAR_M)[:, None] * room[:, shut[row]]
        weight /= weight.sum(axis=0)
        gone = np.nan_to_num(out[:, row, hours]).copy()
        out[:, row, hours] *= 0
        open_rows = np.flatnonzero(weight.any(axis=1))
        added = gone[:, None, :] * weight[None, open_rows].astype(out.dtype)
        out[crossed(open_rows, hours)] += added


def _closed(s: Snapshot, closures: tuple[Closure, ...]) -> Flags:
    closed = np.zeros((len(s.zone_ids), len(s.hours)), dtype=bool)
    if closures and s.measure == "passages":
        raise UserError(
            "In {area} passers-by are counted, so nobody can say where they would go. No place can be closed.",
            area=s.area_id,
        )
    for closure in closures:
        closed[row_of(s, closure.zone_id)] |= during(s, closure)
    return closed


CLOSURES: Final = ScenarioKind("closures", told=None, moved=_moved, doubts=None, widened=None)
