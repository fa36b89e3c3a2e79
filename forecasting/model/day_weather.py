"""What the weather of a day does to its total, as logarithms per unit of ``features.WEATHER_FEATURES``.

Learned from days against the week before and after them: what those weeks have in common, temperature and counts alike,
is taken off first, else warm weather would stand in for a season that is not yet seen. Believed only as far as it helps
on days that were not learned from, so that it does no harm where the weather tells nothing.
"""

from typing import Final

import numpy as np

from forecasting.values.arrays import Flags, Floats

_AROUND_DAYS: Final = 7
_AREA_SD: Final = 0.05
_ZONE_SD: Final = 0.02
"""Prior standard deviations of the effect of one standard deviation of weather: of the area, and of a zone's own."""

_MOST_SD: Final = 4.0
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


def fit_day_effects(residuals: Floats, weather: Floats) -> Floats:
    """Return the effects: zones × features.

    ``residuals`` (zones × D): logarithms of day totals above what is expected of such a day without weather, NaN where
    unknown; ``weather`` (D × features).
    """
    x = weather - around(weather)
    spread = x.std(axis=0)
    scaled = np.clip(x / np.where(spread > 0, spread, 1), -_MOST_SD, _MOST_SD)
    y = residuals - around(residuals[..., None])[..., 0]
    known: Flags = np.asarray(np.isfinite(y).any(axis=0))
    out = np.zeros((len(residuals), weather.shape[1]))
    if known.sum() < _LEAST_KNOWN:
        return out
    area = np.full(y.shape[1], np.nan)
    area[known] = np.nanmean(y[:, known], axis=0)
    belief = _belief(scaled, area, known) * known.sum() / (known.sum() + _DOUBT_DAYS)
    shared = _robust(scaled[known], area[known], _AREA_SD)
    for zone, row in enumerate(y):
        here = np.isfinite(row)
        own = _robust(scaled[here], row[here] - scaled[here] @ shared, _ZONE_SD) if here.sum() >= _LEAST_KNOWN else 0.0
        out[zone] = belief * (shared + own) / np.where(spread > 0, spread, np.inf)
    return out.round(6)


def _belief(x: Floats, y: Floats, known: Flags) -> float:
    """Return the share of the effects that comes nearest on days that they were not learned from."""
    part = np.arange(len(y)) // _BLOCK_DAYS % _PARTS
    told = np.zeros(len(y))
    for held in range(_PARTS):
        told[part == held] = x[part == held] @ _robust(x[known & (part != held)], y[known & (part != held)], _AREA_SD)
    errors = np.abs(y[known][:, None] - told[known][:, None] * _SHARES).mean(axis=0)
    return float(_SHARES[errors.argmin()])


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
