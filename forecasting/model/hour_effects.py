"""What rain and wind in the hour do to the count of that hour, as logarithms of factors.

The effect is learned from differences *within* a day (a wet hour against the dry hours of the same day), so it
is not confused with what makes whole days quiet. Counts divided by it are counts as in dry, calm weather; on
those the day model is fitted, which may then still find that rainy days are quieter than their hours explain.
"""

from typing import Final

import numpy as np

from data.area.area import Area
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

NAMES: Final = ("wet", "rain", "wind")
WET_FROM_MM: Final = 0.1
WIND_FROM_MS: Final = 5.5
"""m/s from which wind counts: the beginning of Beaufort 4, which raises dust and loose paper."""

_SMALLEST_SHARE: Final = 0.01
_RIDGE: Final = 0.5
_BORROWED: Final = 0.2
_HUBER: Final = 0.6
_ROUNDS: Final = 3


def hour_features(weather: Floats) -> Floats:
    """Return hours × :data:`NAMES` of hourly weather (hours × 4, no gaps).

    Whether it rains, ln(1 + mm), and m/s of wind above :data:`WIND_FROM_MS`.
    """
    rain, wind = weather[:, 1], weather[:, 2]
    return np.stack([rain >= WET_FROM_MM, np.log1p(rain), np.maximum(wind - WIND_FROM_MS, 0)], axis=1).astype(float)


def fit_hour_effects(area: Area, counts: Floats, shares: Floats, weather: Floats, timeline: Timeline) -> Floats:
    """Return the effects: zones × :data:`NAMES`, logarithms of factors per unit of :func:`hour_features`.

    ``counts`` (zones × hours) is NaN where unknown or touched by an event; ``shares`` (zones × hours) is the
    usual share of the day. Each zone borrows from the zones of its kind. Robust (Huber) weighted ridge
    regression of log counts on the features, both as differences from their day's weighted mean.
    """
    features = hour_features(weather)
    information = np.zeros((len(counts), len(NAMES), len(NAMES)))
    evidence = np.zeros((len(counts), len(NAMES)))
    for z in range(len(counts)):
        used = np.isfinite(counts[z]) & (shares[z] >= _SMALLEST_SHARE)
        if used.any():
            weight, day = shares[z, used], timeline.day[used]
            x = _within_days(features[used], weight, day)
            y = _within_days((np.log1p(counts[z, used]) - np.log(shares[z, used]))[:, None], weight, day)[:, 0]
            information[z], evidence[z] = _robust_normal_equations(x, y, weight)
    effects = np.zeros_like(evidence)
    kinds = np.array([zone.kind for zone in area.zones])
    ridge = _RIDGE * np.eye(len(NAMES))
    for kind in sorted(set(kinds)):
        here = np.flatnonzero(kinds == kind)
        pooled = np.linalg.solve(information[here].sum(axis=0) + ridge, evidence[here].sum(axis=0))
        borrowed = _BORROWED * information[here].mean(axis=0) + ridge
        for z in map(int, here):
            effects[z] = np.linalg.solve(information[z] + borrowed, evidence[z] + borrowed @ pooled)
    return effects.round(5)


def _within_days(values: Floats, weight: Floats, day: Floats) -> Floats:
    count = int(day.max()) + 1
    mass = np.maximum(np.bincount(day, weight, count), 1e-9)
    means = np.stack([np.bincount(day, weight * column, count) / mass for column in values.T], axis=1)
    return np.asarray(values - means[day])


def _robust_normal_equations(x: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    ridge = _RIDGE * np.eye(x.shape[1])
    w = weight
    for _ in range(_ROUNDS):
        beta = np.linalg.solve((x * w[:, None]).T @ x + ridge, (x * w[:, None]).T @ y)
        w = weight * np.minimum(_HUBER / np.maximum(np.abs(y - x @ beta), 1e-9), 1)
    return (x * w[:, None]).T @ x, (x * w[:, None]).T @ y
