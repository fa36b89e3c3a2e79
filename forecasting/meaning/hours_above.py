"""How many hours of the week a level lasts, from the sample paths of a forecast."""

from dataclasses import dataclass

import numpy as np

from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds


@dataclass(frozen=True)
class HoursAbove:
    """Hours of one zone at or above a level: the middle of what may happen, the ends of the range that holds 8 out
    of 10 cases, and the probability of at least one hour."""

    zone_id: str
    middle: float
    low: float
    high: float
    chance: float


def hours_above(forecast: Forecast, thresholds: Thresholds, level: int) -> list[HoursAbove]:
    """Return the hours at or above ``level`` (index in ``LEVELS``, at least 1) by zone, from the sample paths.

    Zones whose forecast is unknown are left out.
    """
    zone_thresholds = thresholds.array(forecast.zone_ids)[:, level - 1]
    hours = (forecast.paths >= zone_thresholds[None, :, None]).sum(axis=2)
    low, middle, high = np.quantile(hours, (0.1, 0.5, 0.9), axis=0, method="inverted_cdf")
    known = np.asarray(np.isfinite(forecast.median).any(axis=1))
    return [
        HoursAbove(zone_id, float(middle[z]), float(low[z]), float(high[z]), float((hours[:, z] > 0).mean()))
        for z, zone_id in enumerate(forecast.zone_ids)
        if known[z]
    ]
