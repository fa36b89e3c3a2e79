"""What the weather of a day does to its total, as logarithms per unit of ``features.WEATHER_FEATURES``.

Learned from days against the week before and after them: what those weeks have in common, temperature and counts alike,
is taken off first, else warm weather would stand in for a season that is not yet seen. How strong the weather may be is
not assumed: of several strengths, for the area and then for each zone, the one is taken that came nearest on days that
were not learned from. So a beach may triple on a hot day, beside a street that hardly notices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from forecasting.values.arrays import Flags, Floats, Ints

_AROUND_DAYS: Final = 7
_AREA_SDS: Final = (0.025, 0.05, 0.1, 0.2, 0.4)
_ZONE_SDS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Prior standard deviations of the effect of a usual change of the weather: of the area, and of a zone's own."""

_BLOCK_DAYS: Final = 21
_PARTS: Final = 3
_DOUBT_DAYS: Final = 60
_SHARES: Final = np.linspace(0, 1, 21)
_LEAST_KNOWN: Final = 28
_ROUNDS: Final = 6
_NORMAL_MAD: Final = 1.4826
_LEAST_NOISE: Final = 0.02


def around(values: Floats) -> Floats:
    """Return the mean of what is known on each day and in the week before and after it: … × D × K."""
    days = values.shape[-2]
    known = np.isfinite(values)
    sums, counts = (
        np.cumsum(np.concatenate([np.zeros_like(part[..., :1, :]), part], axis=-2), axis=-2)
        for part in (np.where(known, values, 0.0), known.astype(float))
    )
    first = np.maximum(np.arange(days) - _AROUND_DAYS, 0)
    end = np.minimum(np.arange(days) + _AROUND_DAYS + 1, days)
    count = counts[..., end, :] - counts[..., first, :]
    mean = (sums[..., end, :] - sums[..., first, :]) / np.maximum(count, 1)
    return np.where(count > 0, mean, np.nan)


def fit_day_effects(residuals: Floats, weather: Floats, usual_change: Floats) -> Floats:
    """Return the effects: zones × features.

    ``residuals`` (zones × D): logarithms of day totals above what is expected of such a day without weather, NaN where
    unknown; ``weather`` (D × features); ``usual_change`` (features) from day to day, which is not asked of the days:
    else what was hardly ever seen, as a degree above 25, would be believed to be strong. All 0 for a zone, or an area,
    of which fewer than four weeks are known.
    """
    days = _Days((weather - around(weather)) / usual_change)
    y = residuals - around(residuals[..., None])[..., 0]
    known: Flags = np.asarray(np.isfinite(y).any(axis=0))
    out = np.zeros((len(residuals), weather.shape[1]))
    if known.sum() < _LEAST_KNOWN:
        return out
    area = np.full(y.shape[1], np.nan)
    area[known] = np.nanmean(y[:, known], axis=0)
    shared, _ = days.nearest(area, (days.learned(area, days.nothing, sd) for sd in _AREA_SDS))
    for zone, row in enumerate(y):
        count = int(np.isfinite(row).sum())
        if count >= _LEAST_KNOWN:
            own, belief = days.nearest(row, (shared, *(days.learned(row, shared, sd) for sd in _ZONE_SDS)))
            out[zone] = own.whole * belief * count / (count + _DOUBT_DAYS)
    return np.asarray(out / usual_change).round(6)


@dataclass(frozen=True, eq=False)
class _Effects:
    """Effects of K features: ``whole`` from all days, ``without`` (_PARTS × K) from all but those of each part."""

    whole: Floats
    without: Floats


class _Days:
    """Days with their weather ``x`` (D × K), in parts that are left out in turn: blocks of three weeks."""

    def __init__(self, x: Floats) -> None:
        self.x = x
        self.part: Ints = np.arange(len(x)) // _BLOCK_DAYS % _PARTS
        self.nothing = _Effects(np.zeros(x.shape[1]), np.zeros((_PARTS, x.shape[1])))

    def learned(self, y: Floats, start: _Effects, prior_sd: float) -> _Effects:
        """Return the effects on ``y`` (D, NaN where unknown) that lie about ``prior_sd`` from those of ``start``."""
        known = np.isfinite(y)

        def near(used: Flags, middle: Floats) -> Floats:
            return middle + _robust(self.x[used], y[used] - self.x[used] @ middle, prior_sd)

        without = [near(known & (self.part != held), middle) for held, middle in enumerate(start.without)]
        return _Effects(near(known, start.whole), np.stack(without))

    def nearest(self, y: Floats, candidates: Iterable[_Effects]) -> tuple[_Effects, float]:
        """Return which effects come nearest to ``y`` on days they were not learned from, and what share of them."""
        known = np.isfinite(y)
        best, least, share = self.nothing, np.inf, 0.0
        for effects in candidates:
            told = (effects.without[self.part] * self.x).sum(axis=1)
            errors = np.abs(y[known, None] - told[known, None] * _SHARES).mean(axis=0)
            if errors.min() < least:
                best, least, share = effects, float(errors.min()), float(_SHARES[errors.argmin()])
        return best, share


def _robust(x: Floats, y: Floats, prior_sd: float) -> Floats:
    """Return the coefficients of a Bayesian ridge regression in which far outliers count little."""
    beta: Floats = np.zeros(x.shape[1])
    weight: Floats = np.ones(len(y))
    noise = max(_NORMAL_MAD * float(np.median(np.abs(y))) if len(y) else 0.0, _LEAST_NOISE)
    for _ in range(_ROUNDS):
        weighted = x * weight[:, None]
        beta = np.linalg.solve(weighted.T @ x / noise**2 + np.eye(len(beta)) / prior_sd**2, weighted.T @ y / noise**2)
        residual = y - x @ beta
        noise = max(_NORMAL_MAD * float(np.median(np.abs(residual))) if len(y) else 0.0, _LEAST_NOISE)
        weight = 1 / (1 + (residual / (2 * noise)) ** 2)
    return beta
