"""Room left for people who go elsewhere: how many make a zone too busy, less those expected; at least a twentieth."""

from typing import Final

import numpy as np

from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Floats, Indices

LEAST_ROOM: Final = 0.05
"""Part of a zone's room that counts as left even when it is full: people go somewhere."""


def room_left(s: Snapshot, expected: Floats) -> Floats:
    """Return the room left: zones × hours; none where nothing is known."""
    room = np.maximum(s.room[:, None] - expected, LEAST_ROOM * s.room[:, None])
    return np.where(np.isfinite(room), room, 0.0)


def crossed(rows: Indices, hours: Indices) -> tuple[slice, Indices, Indices]:
    """Return the index of all paths at every combination of some zones and hours."""
    return slice(None), rows[:, None], hours[None, :]
