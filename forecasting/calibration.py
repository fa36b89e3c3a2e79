"""From the errors of past forecasts to intervals that hold what they promise.

Errors are ln(1 + count) − ln(1 + expected), of forecasts made at past moments (see ``residuals``). Their
quantiles at the same hour of the day become the quantiles of the coming hours, at Weibull plotting positions
i / (n + 1), which is split conformal prediction (Vovk et al. 2005; Romano et al. 2019) with signed scores.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

from forecasting.forecast import QUANTILES
from forecasting.thresholds import Floats
from forecasting.timeline import Ints

ASSUMED_SD: Final = 0.5
"""Spread of the log error where no errors are known yet: an assumption, cautious (a factor of 1.6 either way)."""

_DEFAULT_WEIGHT: Final = 20.0
_SCALE_LIMITS: Final = (0.75, 1.3)


@dataclass(frozen=True, eq=False)
class Calibration:
    """``errors``: zones × 24 local hours × quantiles, log errors; ``horizon``: factor on their spread by day ahead."""

    errors: Floats
    horizon: Floats

    def log_errors(self, hour_of_day: Ints) -> Floats:
        """Return the quantiles of the log error of consecutive hours from the cutoff on: zones × H × 9."""
        return _widened(self.errors[:, hour_of_day], self._spread(len(hour_of_day)))

    def log_errors_at(self, probabilities: Floats, hour_of_day: Ints) -> Floats:
        """Return the log errors at any ``probabilities`` (P, rising): zones × H × P.

        Between the quantiles linear in the normal score; beyond the outermost the last slope goes on.
        """
        known, wanted = ndtri(np.array(QUANTILES)), ndtri(probabilities)
        left = np.clip(np.searchsorted(known, wanted) - 1, 0, len(known) - 2)
        part = (wanted - known[left]) / (known[left + 1] - known[left])
        fine = self.errors[..., left] * (1 - part) + self.errors[..., left + 1] * part
        middle = self.errors[..., QUANTILES.index(0.5)]
        return _widened(fine[:, hour_of_day], self._spread(len(hour_of_day)), middle[:, hour_of_day])

    def _spread(self, hours: int) -> Floats:
        return np.asarray(self.horizon[np.minimum(np.arange(hours) // 24, len(self.horizon) - 1)])


def calibrate(errors: Floats, hour_of_day: Ints) -> Calibration:
    """Return the calibration that past errors give.

    ``errors``: zones × origins × hours ahead, NaN where the count was unknown; ``hour_of_day``: origins × hours
    ahead. An hour of the day borrows the hours before and after it. Zones with few errors lean on
    :data:`ASSUMED_SD`. The spread's growth with the days ahead is pooled over zones.
    """
    assumed = ASSUMED_SD * ndtri(np.array(QUANTILES))
    out = np.empty((len(errors), 24, len(QUANTILES)))
    for hour in range(24):
        near = np.isin(hour_of_day, [(hour - 1) % 24, hour, (hour + 1) % 24])
        for z, zone in enumerate(errors):
            found = zone[near]
            found = found[np.isfinite(found)]
            weight = len(found) / (len(found) + _DEFAULT_WEIGHT)
            own = np.quantile(found, QUANTILES, method="weibull") if len(found) else assumed
            out[z, hour] = weight * own + (1 - weight) * assumed
    return Calibration(np.maximum.accumulate(out, axis=-1), _growth(errors, out, hour_of_day))


def _growth(errors: Floats, quantiles: Floats, hour_of_day: Ints) -> Floats:
    days = errors.shape[-1] // 24
    middle = quantiles[:, hour_of_day, QUANTILES.index(0.5)]
    width = quantiles[:, hour_of_day, QUANTILES.index(0.9)] - quantiles[:, hour_of_day, QUANTILES.index(0.1)]
    size = np.abs(errors - middle) / np.maximum(width, 1e-6)
    by_day = [size[..., day * 24 : day * 24 + 24] for day in range(days)]
    means = np.array([np.nanmean(block) if np.isfinite(block).any() else np.nan for block in by_day])
    if not np.isfinite(means).all():
        return np.ones(max(days, 1))
    return np.asarray(np.clip(means / means.mean(), *_SCALE_LIMITS))


def _widened(values: Floats, spread: Floats, middle: Floats | None = None) -> Floats:
    if middle is None:
        middle = values[..., QUANTILES.index(0.5)]
    return np.asarray(middle[..., None] + (values - middle[..., None]) * spread[:, None])
