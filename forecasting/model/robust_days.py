"""Robust models of each zone's day: what the mix knows of the calendar, and what weather is measured against.

They have the terms of Prophet's day model (trend, year, week, special days, with the same prior scales), in closed
form, and are robust: days far from what is expected count little, and old days less than new ones. So a lockdown or
works in the past leave no trace in them.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.model.day_model import (
    CHANGEPOINT_PRIOR,
    EFFECT_PRIOR,
    SEASON_PRIOR,
    SHORTEST_DAYS,
    YEARLY_TERMS,
    DayModel,
    quarter_starts,
)
from forecasting.model.features import YEAR, design, holiday_table
from forecasting.values.arrays import Flags, Floats
from forecasting.values.timeline import only_days

MOST_DAYS: Final = 3 * 365
LEVEL_DAYS: Final = 14
_LOOK_BACK: Final = 40
_LEAST_FOR_YEAR: Final = YEARLY_TERMS[0][0]
_HALF_LIFE_DAYS: Final = 180.0
_LEVEL_SD: Final = 5.0
_ROUNDS: Final = 6
_FIRST_NOISE: Final = 0.2
_LEAST_NOISE: Final = 0.02
_NORMAL_MAD: Final = 1.4826


class DayDesign:
    """The features of the days ``dates`` (with their ``calendar``) that robust day models are made of."""

    def __init__(self, calendar: pd.DataFrame, dates: pd.DatetimeIndex) -> None:
        special = holiday_table(calendar)
        labels = tuple(sorted(set(special.loc[special["ds"].isin(dates), "holiday"])))
        terms = range(1, YEARLY_TERMS[0][1] + 1)
        year = tuple(f"year:{wave}{term}" for term in terms for wave in ("sin", "cos"))
        week = tuple(f"week:{wave}{term}" for term in (1, 2, 3) for wave in ("sin", "cos"))
        self.bends = tuple(f"trend:{day.date()}" for day in quarter_starts(dates[0], dates[-1]))
        self.names = np.array(("trend:1", "trend:years", *self.bends, *year, *week, *labels))
        self.kinds = np.array([name.partition(":")[0] for name in self.names])
        self.dates, self.x = dates, design(tuple(self.names), calendar, None, only_days(dates))

    def fit(self, totals: Floats, end: int) -> DayModel | None:
        """Return the robust model of one zone's ``totals`` (D, logarithms, NaN where unknown) before the place ``end``.

        ``None`` with fewer known days than Prophet needs. The year is only in it with two years of history.
        """
        seen = np.arange(max(0, end - MOST_DAYS), end)
        known = seen[np.isfinite(totals[seen])]
        if len(known) < SHORTEST_DAYS:
            return None
        here = self._used(int(known[0]), int(known[-1]), self.x[known])
        x, middle = self.x[np.ix_(known, here)], float(np.median(totals[known]))
        y = totals[known] - middle
        precision = np.diag(1 / (self._scale(here, len(known)) * max(float(totals[known].max()), 1.0)) ** 2)
        fading = 0.5 ** ((end - known) / _HALF_LIFE_DAYS)
        weight, noise = fading, _FIRST_NOISE
        beta: Floats = np.zeros(x.shape[1])
        for _ in range(_ROUNDS):
            weighted = x * weight[:, None]
            beta = np.linalg.solve(weighted.T @ x / noise**2 + precision, weighted.T @ y / noise**2)
            residual = y - x @ beta
            noise = max(_NORMAL_MAD * float(np.median(np.abs(residual))), _LEAST_NOISE)
            weight = fading / (1 + (residual / (2 * noise)) ** 2)
        beta[0] += middle
        return DayModel(tuple(map(str, self.names[here])), beta)

    def _used(self, first: int, last: int, x: Floats) -> Flags:
        """Return which terms a model has that sees the days from ``first`` to ``last``, with the features ``x``."""
        bends = [f"trend:{day.date()}" for day in quarter_starts(self.dates[first], self.dates[last])]
        unseen = np.isin(self.names, [bend for bend in self.bends if bend not in bends])
        seasonal = (self.kinds == "year") & (last - first < _LEAST_FOR_YEAR)
        return np.asarray((x.any(axis=0) | (self.kinds == "trend")) & ~unseen & ~seasonal)

    def _scale(self, here: Flags, days: int) -> Floats:
        years = days / YEAR
        scales = {"year": SEASON_PRIOR, "week": SEASON_PRIOR, "holiday": EFFECT_PRIOR}
        found = np.array([scales.get(kind, np.sqrt(2) * CHANGEPOINT_PRIOR / years) for kind in self.kinds[here]])
        found[:2] = _LEVEL_SD, _LEVEL_SD / years
        return found


@dataclass(frozen=True, eq=False)
class DayModels:
    """Robust day models of Z zones: ``coefficients`` (Z × F) of the features ``names``, NaN for a zone without one."""

    names: tuple[str, ...]
    coefficients: Floats

    def to_dict(self) -> dict[str, Any]:
        """Return the models as plain values for JSON."""
        values = [[None if np.isnan(value) else float(f"{value:.6g}") for value in row] for row in self.coefficients]
        return {"features": list(self.names), "coefficients": values}

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "DayModels":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is none."""
        names = tuple(fields["features"])
        values = np.array(fields["coefficients"], dtype=float).reshape(len(fields["coefficients"]), len(names))
        return cls(names, values)

    def expected(self, calendar: pd.DataFrame, dates: pd.DatetimeIndex) -> Floats:
        """Return the logarithms of the totals of ``dates``, without the level of the last weeks: Z × dates."""
        if not self.names:
            return np.full((len(self.coefficients), len(dates)), np.nan)
        return np.asarray(self.coefficients @ design(self.names, calendar, None, only_days(dates)).T)


def fit_day_models(totals: Floats, end: int, days: DayDesign) -> DayModels:
    """Return the models of all zones, fitted on their ``totals`` (Z × D, logarithms) before the place ``end``."""
    fitted = [days.fit(row, end) for row in totals]
    names = tuple(sorted({name for model in fitted if model for name in model.names}))
    column = {name: place for place, name in enumerate(names)}
    coefficients = np.full((len(totals), len(names)), np.nan)
    for zone, model in enumerate(fitted):
        if model is not None:
            coefficients[zone] = 0.0
            coefficients[zone, [column[name] for name in model.names]] = model.coefficients
    return DayModels(names, coefficients)


def level_of_residuals(residuals: Floats, special: Flags) -> Floats:
    """Return the median of the last 14 known ordinary days of each zone: Z. ``residuals``: Z × days before a cutoff."""
    found = np.zeros(len(residuals))
    for zone, row in enumerate(residuals[:, -_LOOK_BACK:]):
        ordinary = row[np.isfinite(row) & ~special[-_LOOK_BACK:]][-LEVEL_DAYS:]
        found[zone] = np.median(ordinary) if len(ordinary) else 0.0
    return found
