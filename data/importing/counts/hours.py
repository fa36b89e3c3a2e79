"""Hours made of rows of 1 to 60 minutes, also where a sensor goes from one length to another.

How long the rows of an hour are is told by the minutes at which they stand: an hour with rows at 0, 15, 30 and 45 has
rows of 15 minutes. It is believed where three hours in a row say the same, or where no hour of the zone has shorter
ones; any other hour has rows as long as the shorter ones beside it, so that one row of four is a quarter of an hour
and no whole one. An hour counts when three quarters of its rows are known, and is scaled to the whole hour.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.area.area import Measure

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BELIEVED_HOURS: Final = 3
LEAST_SHARE: Final = 0.75


@dataclass(frozen=True)
class Hours:
    """Hours (``zone, hour, count``; NaN unknown), the lengths of rows found, and how many hours had rows missing.

    ``scaled`` hours had enough rows to be scaled to the whole hour, ``incomplete`` ones had not. ``odd`` is the first
    row (its index) that stands on no regular minute; then there are no hours.
    """

    frame: pd.DataFrame
    steps: tuple[int, ...] = (60,)
    scaled: int = 0
    incomplete: int = 0
    odd: int | None = None


def to_hours(
    zones: Places, utc: npt.NDArray[np.datetime64], past: npt.NDArray[np.timedelta64], counts: Floats, measure: Measure
) -> Hours:
    """Make hours of rows: ``past`` is how long after a whole hour (of the area's clocks) each row begins."""
    hour = utc - past
    if not past.astype(np.int64).any():
        return Hours(pd.DataFrame({"zone": zones, "hour": hour, "count": counts}))
    seconds = past.astype("timedelta64[s]").astype(np.int64)
    first = hour.min()
    ids = (hour - first).astype("timedelta64[h]").astype(np.int64)
    keys = zones * (ids.max() + 1) + ids
    every = np.unique(keys)
    known = np.flatnonzero(~np.isnan(counts))
    order = known[np.argsort(keys[known] * 3600 + seconds[known], kind="stable")]
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    own = np.gcd(np.gcd.reduceat(seconds[order], starts), 3600)
    size = np.diff(np.append(starts, len(order)))
    table_keys = keys[order][starts]
    step = _steps(table_keys // (ids.max() + 1), own, size, _usual_gap(zones[order], utc[order]))
    wrong = own % step != 0
    if wrong.any():
        rows = order[np.repeat(wrong, size)]
        return Hours(pd.DataFrame(), odd=int(rows[seconds[rows] % np.repeat(step[wrong], size[wrong]) != 0].min()))
    whole = 3600 // step
    share = size / whole
    total = np.add.reduceat(counts[order], starts)
    count = total / share if measure == "passages" else total / size
    enough = share >= LEAST_SHARE
    result = np.full(len(every), np.nan)
    result[np.searchsorted(every, table_keys)] = np.where(enough, count, np.nan)
    frame = pd.DataFrame(
        {
            "zone": every // (ids.max() + 1),
            "hour": first + (every % (ids.max() + 1)).astype("timedelta64[h]"),
            "count": result,
        }
    )
    lengths = tuple(int(length // 60) for length in np.unique(step))
    return Hours(frame, lengths, int((enough & (share < 1)).sum()), int((~enough).sum()) + len(every) - len(starts))


def _steps(zones: Places, own: Places, size: Places, usual: int) -> Places:
    """Return for each hour (sorted by zone and time) how many seconds its rows last; an hour where nothing tells.

    ``own`` is what the minutes of the hour itself say, ``size`` how many rows it has.
    """
    full = size * own == 3600
    change = (np.diff(zones, prepend=-1) != 0) | (np.diff(own, prepend=-1) != 0) | (np.diff(full, prepend=False) != 0)
    run = np.cumsum(change) - 1
    length = np.bincount(run)[run]
    finest = pd.Series(own).groupby(zones).transform("min").to_numpy()
    settled = full & (own % 60 == 0) & ((length >= BELIEVED_HOURS) | (own == finest))
    believed = pd.Series(np.where(settled, own, np.nan)).groupby(zones)
    beside = np.fmin(believed.ffill().to_numpy(), believed.bfill().to_numpy())
    found = np.where(np.isnan(beside), usual, np.nan_to_num(beside))
    return np.asarray(np.where(settled, own, found), dtype=np.int64)


def _usual_gap(zones: Places, utc: npt.NDArray[np.datetime64]) -> int:
    """Return the usual seconds between rows of a zone, where a file too short for whole hours is regular."""
    gaps = np.diff(utc).astype("timedelta64[s]").astype(np.int64)[np.diff(zones) == 0]
    if len(gaps) < 2:
        return 3600
    lengths, often = np.unique(gaps, return_counts=True)
    usual = int(lengths[often.argmax()])
    regular = often.max() * 2 >= len(gaps) and usual > 0 and usual % 60 == 0 and 3600 % usual == 0
    return usual if regular else 3600
