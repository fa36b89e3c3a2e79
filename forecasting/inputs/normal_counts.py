"""What is normal at an hour of the week: the median of the last eight weeks, to compare a forecast with."""

from typing import Final

import numpy as np

from forecasting.inputs.history import History
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

WEEKS: Final = 8


def normal_counts(recent: History, timeline: Timeline) -> Floats:
    """Return the median count at the same local hour of the week over the last weeks: zones × hours, NaN if unknown."""
    last = recent.timeline.part(slice(max(len(recent.timeline.hours) - WEEKS * 168, 0), None))
    counts = recent.counts[:, -len(last.hours) :]
    past = last.dates.day_of_week.to_numpy()[last.day] * 24 + last.hour_of_day
    wanted = timeline.dates.day_of_week.to_numpy()[timeline.day] * 24 + timeline.hour_of_day
    out = np.full((len(counts), 168), np.nan)
    for slot in range(168):
        values = counts[:, past == slot]
        known = np.isfinite(values).any(axis=1)
        out[known, slot] = np.nanmedian(values[known], axis=1)
    return out[:, wanted]
