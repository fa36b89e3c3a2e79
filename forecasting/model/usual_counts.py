"""What is usual: counts by local day and hour, and the median of the last eight usual days of the same weekday.

The mix compares counts with this usual count, so that zones of any size speak one language. Counts are those without
events and in mean weather (see ``area_model``); logarithms are ln(1 + count).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from forecasting.inputs.special_days import SpecialDays, ordinary_weekdays
from forecasting.model.profiles import day_totals
from forecasting.values.arrays import Floats, Ints

NEEDED_DAYS: Final = 98
"""Days before a cutoff from which everything usual of the coming days follows (eleven weeks before last Sunday)."""

_IMPLAUSIBLE: Final = 2.0
_LONGEST_OUTAGE: Final = 9
_CHUNK: Final = 120
_HOUR_SMOOTHING: Final = (0.25, 0.5, 0.25)


@dataclass(frozen=True, eq=False)
class UsualCounts:
    """Z zones × D days × 24 local hours. ``days``: what is special about the D days; ``weight`` (Z): of each zone
    where zones are pooled, the root of its mean count.

    ``logs``: ln(1 + count), NaN where unknown, and on the days to forecast; ``usual``: the median of ``logs`` over
    the last eight usual days of the weekday;
    ``spread``: standard deviation of the ``logs`` that ``usual`` is the median of.
    """

    days: SpecialDays
    weight: Floats
    logs: Floats
    usual: Floats
    spread: Floats

    @cached_property
    def usual_total(self) -> Floats:
        """Logarithm of the day's usual total: Z × D."""
        return np.asarray(np.log(np.maximum(np.expm1(self.usual).sum(axis=2), 0.5)))

    @cached_property
    def total(self) -> Floats:
        """Logarithm of the day's total, with unknown hours as usual; NaN where too few are known: Z × D."""
        counts, usual = np.expm1(self.logs), np.expm1(self.usual)
        shares = usual / np.maximum(usual.sum(axis=2, keepdims=True), 1e-6)
        total = day_totals(counts, np.nan_to_num(shares))
        return np.log(np.where(total > 0, total, np.nan))

    def base_on(self, target: Ints, like: Ints) -> Floats:
        """Return what is usual of the days ``target`` (places; ``like``: days of their weekdays): Z × T × 24.

        On a public holiday from Monday to Saturday that is what the Sunday before is usually like.
        """
        weekday = self.days.weekday[like]
        moved = np.where(self.days.holiday[target], (weekday + 1) % 7, 0)
        return np.asarray(self.usual[:, like - moved])

    def pooled(self, values: Floats) -> Floats:
        """Return the weighted mean over zones of what is known: … of (Z × …), 0 where nothing is."""
        weight = self.weight.reshape((-1,) + (1,) * (values.ndim - 1))
        known = np.isfinite(values)
        total = (np.where(known, values, 0) * weight).sum(axis=0)
        return np.asarray(total / np.maximum((known * weight).sum(axis=0), 1e-9), dtype=np.float32)


def usual_counts(cube: Floats, days: SpecialDays, weight: Floats | None = None) -> UsualCounts:
    """Return what is usual of counts by local day and hour (Z × D × 24, NaN where unknown or to be forecast).

    Days that look like a failing sensor are unknown (:func:`without_outages`). ``weight`` is the root of the zones'
    mean counts over a longer time, where the cube is short.
    """
    counts = without_outages(cube, days)
    if weight is None:
        known = np.isfinite(counts)
        weight = np.sqrt(np.where(known, counts, 0).sum(axis=(1, 2)) / np.maximum(known.sum(axis=(1, 2)), 1))
    logs = np.log1p(counts).astype(np.float32)
    usual, spread = (np.full(logs.shape, np.nan, dtype=np.float32) for _ in range(2))
    lags, used = ordinary_weekdays(days.special)
    for start in range(0, len(days.dates), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        found = logs[:, np.maximum(lags[chunk], 0)]
        learned = np.where(used[chunk][None, :, :, None], found, np.nan)
        usual[:, chunk], spread[:, chunk] = median_and_spread(learned)
    usual = np.where(np.isfinite(usual), usual, smoothed(usual, _HOUR_SMOOTHING))
    return UsualCounts(days, weight, logs, usual, spread)


def without_outages(cube: Floats, days: SpecialDays) -> Floats:
    """Return counts (Z × D × 24) with the days of a failing sensor unknown.

    That is at most nine days in a row of which each holds less than a seventh of what the days of its weekday usually
    hold. Longer runs are a new level: there people really stay away, or the sensor sees another place.
    """
    known = np.isfinite(cube)
    hours = known.sum(axis=2)
    mean = np.where(known, cube, 0).sum(axis=2) / np.maximum(hours, 1)
    logs = np.where(hours >= 12, np.log1p(mean), np.nan)[..., None]
    lags, used = ordinary_weekdays(days.special)
    found = np.where(used[None, :, :, None], logs[:, np.maximum(lags, 0)], np.nan)
    low = logs[..., 0] < median_and_spread(found)[0][..., 0] - _IMPLAUSIBLE
    edge = np.zeros((len(low), 1), dtype=np.int8)
    out = cube.copy()
    for zone, steps in enumerate(np.diff(np.hstack([edge, low.astype(np.int8), edge]), axis=1)):
        for first, last in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
            if last - first <= _LONGEST_OUTAGE:
                out[zone, first:last] = np.nan
    return out


def median_and_spread(values: Floats) -> tuple[Floats, Floats]:
    """Return median and standard deviation over the third axis of what is known: (Z × D × H) of (Z × D × L × H)."""
    ordered = np.sort(values, axis=2)
    known = np.isfinite(ordered)
    count = known.sum(axis=2, keepdims=True)
    last = np.maximum(count - 1, 0)
    middle = (np.take_along_axis(ordered, last // 2, axis=2) + np.take_along_axis(ordered, (last + 1) // 2, axis=2)) / 2
    mean = np.where(known, ordered, 0).sum(axis=2, keepdims=True) / np.maximum(count, 1)
    square = np.where(known, (ordered - mean) ** 2, 0).sum(axis=2, keepdims=True) / np.maximum(count, 1)
    spread = np.where(count > 0, np.sqrt(square), np.nan)
    return middle[:, :, 0].astype(np.float32), spread[:, :, 0].astype(np.float32)


def smoothed(values: Floats, weights: tuple[float, ...]) -> Floats:
    """Return the moving average over the last axis of what is known; beyond the ends the outermost value goes on."""
    side, count = len(weights) // 2, values.shape[-1]
    padded = np.concatenate([values[..., :1]] * side + [values] + [values[..., -1:]] * side, axis=-1)
    known = np.isfinite(padded)
    filled = np.where(known, padded, 0)
    total = sum(weight * filled[..., lag : lag + count] for lag, weight in enumerate(weights))
    mass = sum(weight * known[..., lag : lag + count] for lag, weight in enumerate(weights))
    return np.where(mass > 0, total / np.maximum(mass, 1e-9), np.nan).astype(np.float32)
