"""The hour that the autumn clock change gives twice: which rows of it come first, told by their neighbours.

A file may be newest first, or hold years newest first and each year oldest first. So the rows around a repeated hour
say in which order they stand, not the first and the last row of the file.
"""

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.integer]


def run_backwards(groups: Places, local: npt.NDArray[np.datetime64], repeated: Places) -> npt.NDArray[np.bool_]:
    """Return for each of the ``repeated`` rows whether the rows of its group run backwards in time there.

    ``groups`` and ``local`` are of all rows, in the order of the file. The neighbourhood of an hour are the rows of
    its group from the one before its first to the one after its last.
    """
    order = np.argsort(groups, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    sorted_groups, sorted_local = groups[order], local[order]
    steps = np.sign((sorted_local[1:] - sorted_local[:-1]).astype(np.int64))
    steps[sorted_groups[1:] != sorted_groups[:-1]] = 0
    upwards = np.concatenate(([0], np.cumsum(steps)))
    days = local[repeated].astype("datetime64[D]").astype(np.int64)
    night = groups[repeated].astype(np.int64) * (days.max() - days.min() + 1) + days - days.min()
    _, code = np.unique(night, return_inverse=True)
    first, last = np.full(code.max() + 1, len(order)), np.zeros(code.max() + 1, dtype=np.int64)
    np.minimum.at(first, code, place[repeated])
    np.maximum.at(last, code, place[repeated])
    trend = upwards[np.minimum(last + 1, len(order) - 1)] - upwards[np.maximum(first - 1, 0)]
    return np.asarray(trend < 0)[code]
