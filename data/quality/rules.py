"""Rules that find what looks wrong in hourly counts: runs, copies, zeros, steps and outliers.

Every rule only flags; whoever calls it decides what to do. Frames are *wide*: index ``hour`` (UTC, every hour
from first to last), one float column a zone, NaN where unknown. Thresholds are this project's own choices, made
on seven years of 21 street sensors; each is named and explained where it is set.
"""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FLAT_HOURS: Final = 6
"""The same non-zero count this many hours in a row is a stuck sensor, not a coincidence."""

COPY_HOURS: Final = 12
COPY_VALUES: Final = 8
COPY_DAYS: Final = 60
"""A copy: 12 hours or more, with 8 different counts or more, equal to those of 1–60 whole days before."""

ZERO_FLOOR: Final = 20.0
"""Zeros are implausible where even quiet days would have brought this many people (chance e⁻²⁰ if Poisson)."""

STEP_FACTOR: Final = 1.25
STEP_FACTOR_ALL: Final = 1.5
STEP_DAYS: Final = 28
"""A step: a level that changes by this factor over four weeks and stays so the four weeks after. One zone is
judged against the others (factor 1.25, from five zones on); all zones together by their own level (1.5)."""

OUTLIER_Z: Final = 10.0
"""Robust z-score from which a count is called an outlier: about one hour in 300 on a street, most on holidays."""

_ZONES_TO_COMPARE: Final = 5


@dataclass(frozen=True)
class LocalGrid:
    """Counts by local day and clock hour: ``cells[day, hour, zone]``; NaN where unknown or non-existent.

    ``day`` and ``clock`` say for each row of the wide frame in which cell it is. The hour that the autumn clock
    change brings twice has one cell, holding the first of the two.
    """

    cells: Floats
    day: npt.NDArray[np.int64]
    clock: npt.NDArray[np.int64]

    def back(self, cells: Floats) -> Floats:
        """Lay cells of this shape out again as rows of the wide frame."""
        rows: Floats = cells[self.day, self.clock]
        return rows


def wide(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts (``zone_id, hour, count``) as a wide frame with every hour from first to last."""
    frame = counts.pivot(index="hour", columns="zone_id", values="count")  # noqa: PD010 - averages nothing
    hours = pd.date_range(frame.index.min(), frame.index.max(), freq="h", name="hour")
    return frame.reindex(hours).astype(float)


def local_grid(frame: pd.DataFrame, tz: ZoneInfo) -> LocalGrid:
    """Lay a wide frame out by local day and clock hour."""
    hours = pd.DatetimeIndex(frame.index).tz_convert(tz).tz_localize(None)
    dates = hours.normalize()
    day = ((dates - dates[0]) // pd.Timedelta(days=1)).to_numpy(dtype=np.int64)
    clock = hours.hour.to_numpy(dtype=np.int64)
    cells = np.full((day[-1] + 1, 24, frame.shape[1]), np.nan)
    cells[day[::-1], clock[::-1]] = frame.to_numpy()[::-1]
    return LocalGrid(cells, day, clock)


def runs(mask: Bools, least: int = 1) -> list[tuple[int, int]]:
    """Return the half-open index ranges of ``least`` places or more in which ``mask`` is true throughout."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])))).reshape(-1, 2)
    return [(int(start), int(stop)) for start, stop in edges[edges[:, 1] - edges[:, 0] >= least]]


def flat_runs(values: Floats) -> list[tuple[int, int]]:
    """Return the ranges in which one non-zero count repeats for :data:`FLAT_HOURS` hours or more."""
    same = (values[1:] == values[:-1]) & (values[1:] > 0)
    return [(start, stop + 1) for start, stop in runs(same, FLAT_HOURS - 1)]


def copies(values: Floats) -> list[tuple[int, int, int]]:
    """Return the ranges that repeat earlier hours exactly, as ``(start, stop, hours earlier)``.

    The later of two equal stretches is called the copy. ``values`` are consecutive *clock* hours of one zone:
    who fills a gap by hand copies by the clock. See :data:`COPY_HOURS` for the rule.
    """
    found = []
    for lag in range(24, min(COPY_DAYS * 24, len(values) - 1) + 1, 24):
        for start, stop in runs(values[lag:] == values[:-lag], COPY_HOURS):
            if len(np.unique(values[start:stop])) >= COPY_VALUES:
                found.append((start + lag, stop + lag, lag))
    return sorted(found)


def implausible_zeros(frame: pd.DataFrame, tz: ZoneInfo) -> pd.DataFrame:
    """Return for each hour and zone of a wide frame whether it lies in a run of zeros that cannot be true.

    The floor of an hour is the 10th percentile of the zone's non-zero counts at that clock hour, four weeks
    either way (over all days where those hold fewer than 14 such counts). A run of zeros is implausible when
    the floors of its hours add up to :data:`ZERO_FLOOR` or more. So a quiet lane may be empty all night, and a
    lockdown lowers the floor, but a shopping street without anybody for one afternoon hour is flagged.
    """
    grid = local_grid(frame, tz)
    days, _, zones = grid.cells.shape
    present = pd.DataFrame(grid.cells.reshape(days, -1))
    present = present.where(present > 0)
    floor = present.rolling(57, center=True, min_periods=14).quantile(0.1).fillna(present.quantile(0.1)).fillna(0)
    floors = grid.back(floor.to_numpy().reshape(days, 24, zones))
    values = frame.to_numpy()
    flagged = np.zeros(values.shape, dtype=bool)
    for zone in range(zones):
        for start, stop in runs(values[:, zone] == 0):
            flagged[start:stop, zone] = floors[start:stop, zone].sum() >= ZERO_FLOOR
    return pd.DataFrame(flagged, index=frame.index, columns=frame.columns)


@dataclass(frozen=True)
class Change:
    """Log ratio of the four weeks from a day on to the four weeks before it, for each day; NaN if unknown.

    ``lasting`` is a median that forgives odd days and persists four weeks later; it says *that* the level
    changed. ``mean`` is a plain mean, which peaks sharply and says *when*.
    """

    lasting: Floats
    mean: Floats


def level_changes(grid: LocalGrid) -> tuple[list[Change], Change]:
    """Return the change of each zone, net of what all zones share, and the change that they share.

    A day's level is its hourly mean, where at least 20 hours are known. For each weekday the median of the four
    weeks before is set against that of the four weeks after; the lasting change is the median over weekdays (at
    least four of them), or that of the second four weeks after if it is smaller, and zero if their signs
    differ. With fewer than five zones nothing is known to be shared, and each zone's own change is returned.
    """
    known = (~np.isnan(grid.cells)).sum(axis=1)
    hourly = np.nansum(grid.cells, axis=1) / np.maximum(known, 1)
    level = np.log(np.where((known >= 20) & (hourly > 0), hourly, np.nan))
    days, zones = level.shape
    unknown = np.full((days, zones), np.nan)
    if days < 3 * STEP_DAYS:
        return [Change(unknown[:, zone], unknown[:, zone]) for zone in range(zones)], Change(
            unknown[:, 0], unknown[:, 0]
        )
    windows = np.lib.stride_tricks.sliding_window_view(level, STEP_DAYS, axis=0)
    usual = _median(np.moveaxis(windows.reshape(len(windows), zones, 4, 7), 2, 0), least=2)
    mean = _mean(np.moveaxis(windows, 2, 0))
    compared = len(windows) - 2 * STEP_DAYS
    before = usual[:compared]
    soon, later = (
        _median(np.moveaxis(usual[shift : shift + compared] - before, 2, 0), least=4)
        for shift in (STEP_DAYS, 2 * STEP_DAYS)
    )
    sharp = mean[STEP_DAYS : STEP_DAYS + compared] - mean[:compared]
    place = slice(STEP_DAYS, STEP_DAYS + compared)

    def change(soon: Floats, later: Floats, sharp: Floats) -> Change:
        lasting, located = np.full(days, np.nan), np.full(days, np.nan)
        lasting[place], located[place] = _smaller(soon, later), sharp
        return Change(lasting, located)

    if zones < _ZONES_TO_COMPARE:
        own = [change(soon[:, zone], later[:, zone], sharp[:, zone]) for zone in range(zones)]
        return own, Change(unknown[:, 0], unknown[:, 0])
    shared = [_median(each.T, least=_ZONES_TO_COMPARE) for each in (soon, later, sharp)]
    net = [each - common[:, None] for each, common in zip((soon, later, sharp), shared, strict=True)]
    return [change(*(each[:, zone] for each in net)) for zone in range(zones)], change(*shared)


def steps(change: Change, factor: float) -> list[tuple[int, float]]:
    """Return ``(day, ratio)`` of the steps: where a lasting change is largest, at least four weeks apart."""
    size = np.nan_to_num(np.abs(change.lasting))
    found: list[tuple[int, float]] = []
    for peak in np.argsort(-size, kind="stable"):
        if size[peak] < np.log(factor):
            break
        near = slice(max(peak - STEP_DAYS // 2, 0), peak + STEP_DAYS // 2 + 1)
        towards = np.nan_to_num(change.mean[near] * np.sign(change.lasting[peak]), nan=-np.inf)
        day = near.start + int(np.argmax(towards))
        if all(abs(day - other) >= STEP_DAYS for other, _ in found):
            found.append((day, float(np.exp(change.lasting[peak]))))
    return sorted(found)


def outlier_scores(grid: LocalGrid) -> tuple[Floats, Floats]:
    """Return ``(score, usual)``, both ``[day, hour, zone]``: how unusual each count is, and what is usual there.

    Usual is the median of the same hour of the week, four weeks either way. The score is the log distance to it
    over a robust spread: 1.4826 × the median absolute distance at that hour of the week (Iglewicz & Hoaglin
    1993), with the spread of a Poisson count added, so that 3 instead of 1 at night is no outlier.
    """
    days, _, zones = grid.cells.shape
    weeks = -(-days // 7)
    log = np.full((weeks * 7, 24, zones), np.nan)
    log[:days] = np.log1p(grid.cells)
    log = log.reshape(weeks, -1)
    usual = pd.DataFrame(log).rolling(9, center=True, min_periods=4).median().to_numpy()
    distance = log - usual
    spread = 1.4826 * _median(np.abs(distance), least=4)
    score = distance / np.sqrt(spread**2 + 1 / np.exp(usual))
    shape = (weeks * 7, 24, zones)
    return score.reshape(shape)[:days], np.expm1(usual).reshape(shape)[:days]


def _median(values: Floats, *, least: int) -> Floats:
    """Median over the first axis; NaN where fewer than ``least`` values are known."""
    known = (~np.isnan(values)).sum(axis=0)
    ordered = np.sort(values, axis=0)
    low, high = (np.maximum(known - 1, 0) // 2, known // 2)
    high = np.minimum(high, len(values) - 1)
    middle = (
        np.take_along_axis(ordered, low[None], axis=0)[0] + np.take_along_axis(ordered, high[None], axis=0)[0]
    ) / 2
    return np.where(known >= least, middle, np.nan)


def _mean(values: Floats) -> Floats:
    """Mean over the first axis; NaN where fewer than half of the values are known."""
    known = (~np.isnan(values)).sum(axis=0)
    return np.where(2 * known >= len(values), np.nansum(values, axis=0) / np.maximum(known, 1), np.nan)


def _smaller(first: Floats, second: Floats) -> Floats:
    size = np.minimum(np.abs(first), np.abs(second)) * np.sign(first)
    return np.where(np.sign(first) == np.sign(second), size, np.where(np.isnan(first + second), np.nan, 0.0))
