"""The member of the mix that only knows the last week: what is usual, moved by how far it lay above or below it."""

import warnings
from typing import Final

import numpy as np

from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Floats

WEEK: Final = 7
_DOUBT_DAYS: Final = 3.0
"""So many days without news are put beside those known: of a whole week seven tenths are believed."""


def level_of_last_days(counts: UsualCounts, cutoff: int) -> Floats:
    """Return how far the week before the place ``cutoff`` lay above what is usual, in logarithms: Z.

    The median of its days that are not special, of which the more is believed the more are known.
    """
    recent = np.arange(cutoff - WEEK, cutoff)
    above = counts.total[:, recent] - counts.usual_total[:, recent + WEEK]
    above = np.where(counts.days.special[recent], np.nan, above)
    known = np.isfinite(above).sum(axis=1)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        middle = np.where(known > 0, np.nanmedian(above, axis=1), 0.0)
    return np.asarray(middle * known / (known + _DOUBT_DAYS))
