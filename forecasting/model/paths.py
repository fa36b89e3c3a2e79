"""Sample paths: ways the whole week may go in all zones together.

Which errors come together, over hours and over zones, is taken from past weeks as they were (ensemble copula
coupling with a Schaake shuffle: Clark et al. 2004; Schefzik et al. 2013): a path is a past week's pattern of
errors, of which only the ranks are kept. The ranks are then filled with calibrated values, so the paths at any
hour have the quantiles of the forecast.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecasting.values.arrays import Floats, Ints

SAMPLES: Final = 200
_MAIN: Final = 0.8
_SHARED: Final = 0.5


def path_ranks(errors: Floats, hour_of_day: Ints, hours: Ints, seed: int) -> NDArray[np.uint8]:
    """Return the rank (0–199) of every path at every zone and hour: samples × zones × hours.

    ``errors`` (zones × origins × hours ahead) and ``hour_of_day`` as for ``calibrate``; ``hours``: the local hours of
    the day to fill. A past week is shifted by less than a day so that its hours of the day match. As there are
    fewer past weeks than paths, a path is one week (weight √0.8) and a little of another (√0.2), the same for
    all zones and hours, which leaves the correlations as they are.
    """
    generator = np.random.default_rng(seed)
    zones, origins, ahead = errors.shape
    if origins == 0:
        return _ranks(_assumed(generator, zones, len(hours)))
    filled = _filled(errors, generator)
    shift = np.argmax(hour_of_day == hours[0], axis=1)
    take = (shift[:, None] + np.arange(len(hours))[None, :]) % ahead
    weeks = np.take_along_axis(filled, np.broadcast_to(take, (zones, *take.shape)), axis=2)
    first = generator.permutation(np.arange(SAMPLES) % origins)
    second = generator.integers(0, origins, SAMPLES)
    mixed = np.sqrt(_MAIN) * weeks[:, first] + np.sqrt(1 - _MAIN) * weeks[:, second]
    return _ranks(mixed.transpose(1, 0, 2) + 1e-9 * generator.standard_normal((SAMPLES, zones, len(hours))))


def _ranks(values: Floats) -> NDArray[np.uint8]:
    return np.asarray(values.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable"), dtype=np.uint8)


def _filled(errors: Floats, generator: np.random.Generator) -> Floats:
    """Errors where they are unknown: partly the mean error of the other zones then, partly chance."""
    known = np.isfinite(errors)
    size = np.nanstd(errors) if known.any() else 1.0
    count = known.sum(axis=0)
    mean = np.where(known, errors, 0).sum(axis=0) / np.maximum(count, 1)
    chance = size * generator.standard_normal(errors.shape)
    return np.where(known, errors, np.sqrt(_SHARED) * mean[None] + np.sqrt(1 - _SHARED) * chance)


def _assumed(generator: np.random.Generator, zones: int, hours: int) -> Floats:
    """Without past weeks: half of the variance shared by all zones and hours of a day, half by chance."""
    days = generator.standard_normal((SAMPLES, 1, hours // 24 + 1)).repeat(24, axis=2)[..., :hours]
    chance = generator.standard_normal((SAMPLES, zones, hours))
    return np.asarray(np.sqrt(_SHARED) * days + np.sqrt(1 - _SHARED) * chance)
