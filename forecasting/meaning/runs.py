"""Runs: consecutive hours of one local day in which a place is at or above a level, in each sample path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecasting.values.arrays import Floats, Indices
from forecasting.values.forecast import Forecast

Hours = NDArray[np.uint32]

_BITS: Final = 32
"""A local day has at most 25 hours."""


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of at least so many hours, by place and local day of a forecast: all arrays are zones × days.

    ``chance``: the share of sample paths with such a run; NaN where no hour of the day is known. ``first`` and ``last``
    are indices of hours: in which the first such run begins, and the last hour of the last one. Each is the median over
    the paths that have one (half of them begin no later), -1 where none has.
    """

    days: tuple[date, ...]
    chance: Floats
    first: Indices
    last: Indices


@dataclass(frozen=True, eq=False)
class Reached:
    """In which hours a level is reached: zones × days × samples, each a number of which bit *i* is hour *i* of the day.

    A run ends with its local day, and at an hour of which nothing is known, such as one that a place does not count.
    Whole days as one number make all runs of a length a few operations. ``known``: zones × days, whether any hour is
    known. ``starts``: the index of the first hour of each day.
    """

    days: tuple[date, ...]
    starts: Indices
    hours: Hours
    known: NDArray[np.bool_]

    def runs(self, in_a_row: int, rows: Sequence[int] | None = None) -> Runs:
        """Return the runs of at least ``in_a_row`` hours, of some zones (indices) or all; others are NaN and -1."""
        shape = self.known.shape
        chosen = np.arange(shape[0]) if rows is None else np.asarray(rows, dtype=np.int64)
        begun = self.hours[chosen]
        for _ in range(in_a_row - 1):  # a bit stays where the next hour has one as well
            begun = begun & (begun >> np.uint32(1))
        met = begun > 0
        chance, first, last = np.full(shape, np.nan), np.full(shape, -1), np.full(shape, -1)
        chance[chosen] = np.where(self.known[chosen], met.mean(axis=2), np.nan)
        there = np.nonzero(met.any(axis=2))
        cells, some = (chosen[there[0]], there[1]), (begun[there], met[there])
        lowest = np.bitwise_count((some[0] & (~some[0] + np.uint32(1))) - np.uint32(1))
        highest = (np.frexp(some[0].astype(np.float64))[1] - 2 + in_a_row).astype(np.uint8)
        first[cells] = self.starts[there[1]] + _median(lowest, some[1])
        last[cells] = self.starts[there[1]] + _median(highest, some[1])
        return Runs(self.days, chance, first, last)


def reached(paths: Floats, thresholds: Floats, dates: NDArray[np.object_]) -> Reached:
    """Return in which hours of each local day a threshold is reached.

    ``paths``: samples × zones × hours; ``thresholds``: one of each zone; ``dates``: the local date of each hour.
    """
    starts = np.flatnonzero(np.concatenate([[True], dates[1:] != dates[:-1]]))
    ends = np.append(starts[1:], len(dates))
    above = np.zeros((paths.shape[1], len(starts), len(paths), _BITS), dtype=bool)
    for day, (start, end) in enumerate(zip(starts, ends, strict=True)):
        flags = paths[:, :, start:end] >= thresholds[None, :, None]
        above[:, day, :, : end - start] = flags.transpose(1, 0, 2)
    hours = np.packbits(above, axis=-1, bitorder="little").view("<u4")[..., 0]
    known = np.logical_or.reduceat(np.isfinite(paths[0]), starts, axis=1)
    return Reached(tuple(dates[starts]), starts, hours, known)


def run_on(
    forecast: Forecast, zone_id: str, day: date, threshold: float, in_a_row: int
) -> tuple[float, int, int] | None:
    """Return the chance of a run of one place on one local day, and its first and last hour (indices; -1: none).

    ``None`` where the forecast knows nothing of that place and day.
    """
    hours = np.flatnonzero(forecast.local_dates == day)
    if zone_id not in forecast.zone_ids or not len(hours):
        return None
    row = forecast.zone_ids.index(zone_id)
    paths = forecast.paths[:, row : row + 1, hours[0] : hours[-1] + 1]
    found = reached(paths, np.array([threshold]), forecast.local_dates[hours]).runs(in_a_row)
    if np.isnan(found.chance[0, 0]):
        return None
    first, last = int(found.first[0, 0]), int(found.last[0, 0])
    return float(found.chance[0, 0]), *((first + int(hours[0]), last + int(hours[0])) if first >= 0 else (-1, -1))


def _median(values: NDArray[np.uint8], there: NDArray[np.bool_]) -> Indices:
    """Return the median (the lower one of two) along the last axis of the values that are there, one at least."""
    ordered = np.sort(np.where(there, values, np.uint8(255)), axis=-1)
    middle = (there.sum(axis=-1) - 1) // 2
    return np.take_along_axis(ordered, middle[..., None], axis=-1)[..., 0].astype(np.int64)
