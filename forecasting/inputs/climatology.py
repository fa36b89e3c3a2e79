"""Typical weather by day of the year and hour of the day, for days that no weather forecast reaches."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

HARMONICS: Final = 2
"""Sines and cosines of the year: enough for a season, too few to learn one year's weather by heart."""
_SHORTEST_DAYS: Final = 300
_RECENT_HOURS: Final = 28 * 24
_RIDGE: Final = 5.0


@dataclass(frozen=True, eq=False)
class Climatology:
    """Coefficients by local hour (24 × 4 kinds of weather × 5 terms of the year)."""

    coefficients: Floats

    def weather(self, timeline: Timeline) -> Floats:
        """Return the typical weather: hours × (temp_c, rain_mm, wind_ms, sun_h).

        Rain is such that the logarithm of 1 + mm is its mean: a little every hour, and not 0.
        """
        terms = _year_terms(timeline.dates)[timeline.day]
        values = np.einsum("hkt,ht->hk", self.coefficients[timeline.hour_of_day], terms)
        values[:, 1] = np.expm1(np.maximum(values[:, 1], 0))
        values[:, 2] = np.maximum(values[:, 2], 0)
        values[:, 3] = np.clip(values[:, 3], 0, 1)
        return np.asarray(values)

    def completed(self, weather: Floats, timeline: Timeline) -> Floats:
        """Return ``weather`` (hours × 4) with what is unknown in it replaced by what is typical."""
        return np.where(np.isfinite(weather), weather, self.weather(timeline))


def fit_climatology(weather: Floats, timeline: Timeline) -> Climatology:
    """Fit typical weather to observed weather (hours × 4) by ridge regression on the day of the year.

    With less than a year of weather the season cannot be known, and the typical weather is that of the last four weeks.
    A kind of weather that was never observed is typically 0.
    """
    terms = _year_terms(timeline.dates)[timeline.day]
    values = weather.copy()
    if len(timeline.dates) < _SHORTEST_DAYS:
        terms = terms * (np.arange(terms.shape[1]) == 0)
        known = np.flatnonzero(np.isfinite(values).any(axis=1))
        values[: known[-1] + 1 - _RECENT_HOURS if len(known) > _RECENT_HOURS else 0] = np.nan
    values[:, 1] = np.log1p(values[:, 1])
    out = np.zeros((24, values.shape[1], terms.shape[1]))
    penalty = np.diag([1e-6] + [_RIDGE] * (terms.shape[1] - 1))
    for hour in range(24):
        here = timeline.hour_of_day == hour
        for kind in range(values.shape[1]):
            known = here & np.isfinite(values[:, kind])
            x, y = terms[known], values[known, kind]
            if len(y):
                out[hour, kind] = np.linalg.solve(x.T @ x + penalty, x.T @ y)
    return Climatology(out.round(5))


def _year_terms(dates: pd.DatetimeIndex) -> Floats:
    angle = 2 * np.pi * dates.day_of_year.to_numpy(float)[:, None] / 365.25 * np.arange(1, HARMONICS + 1)
    return np.hstack([np.ones((len(dates), 1)), np.sin(angle), np.cos(angle)])
