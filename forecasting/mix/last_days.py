"""What the last days say: a member of the mix that moves what is usual by them, and how far they drift from the mix."""

import warnings
from typing import Final

import numpy as np

from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Flags, Floats

WEEK: Final = 7
_DOUBT_DAYS: Final = 3.0
"""So many days without news are put beside those known: of a whole week seven tenths are believed."""

_DRIFT_DAYS: Final = 4
_OLDER: Final = 0.5
_FURTHEST: Final = 0.3
_LASTS: Final = 0.5
_FADES: Final = 0.8
"""Of how far the last days drifted, half is expected of the first day ahead, and of each later one less."""


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


def drift_of_last_days(above: Floats, special: Flags, ahead: int) -> Floats:
    """Return by how much the last days move the expected logarithms of the days ``ahead``: Z × ahead.

    ``above`` (Z × days before a cutoff): how far each day's total lay above what was expected of it at the level of the
    last weeks, NaN where unknown; ``special`` (days): days of which nothing is learned here. A day counts half as much
    as the one after it, and as no further off than a factor of 1.35, so that one odd day moves little.
    """
    last = np.where(special[-_DRIFT_DAYS:], np.nan, above[:, -_DRIFT_DAYS:])
    known = np.isfinite(last)
    weight = known * _OLDER ** np.arange(last.shape[1])[::-1]
    total = (np.clip(np.where(known, last, 0), -_FURTHEST, _FURTHEST) * weight).sum(axis=1)
    drift = total / np.maximum(weight.sum(axis=1), 1e-9)
    return np.asarray(drift[:, None] * _LASTS * _FADES ** np.arange(ahead))
