"""What a day model says of days, in the parts that the boosted part of the forecast looks at; and its quick twin.

Weather is left out, at its mean: the boosted part works on counts as in average weather. At the thousands of past
cutoffs that the boosted part learns from, Prophet would take hours; :func:`twin_parts` gives nearly the same in
milliseconds: the same trend, waves, special days and prior scales, with all priors Gaussian, solved in closed form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from forecasting.model.day_model import (
    CHANGEPOINT_PRIOR,
    EFFECT_PRIOR,
    SEASON_PRIOR,
    YEARLY_TERMS,
    DayModel,
    quarter_starts,
)
from forecasting.model.features import design, holiday_table
from forecasting.values.arrays import Floats, Ints
from forecasting.values.timeline import Timeline

BACK: Final = 70
"""Days before a cutoff of which the day model's word is needed."""

_LEAST_DAYS: Final = 120
_LEVEL_SD: Final = 5.0
_ROUNDS: Final = 3
_FIRST_NOISE: Final = 0.2
_LEAST_NOISE: Final = 0.02


@dataclass(frozen=True, eq=False)
class DayParts:
    """Z zones × N consecutive days, of which the first has the place ``first`` among the days of the counts.

    ``expected``: ln(1 + day total) in average weather, without the level of the last weeks; ``holidays`` and
    ``yearly``: the parts of it that special days and the season make. NaN for a zone without a day model.
    """

    expected: Floats
    holidays: Floats
    yearly: Floats
    first: int


def model_parts(
    models: Sequence[DayModel], means: Sequence[Floats], calendar: pd.DataFrame, dates: pd.DatetimeIndex, first: int
) -> DayParts:
    """Return what fitted day ``models`` say of ``dates``, the first of which has the place ``first``.

    ``means``: each model's mean of its features; of the weather these are used. ``calendar`` holds the dates.
    """
    plain = [tuple(name for name in model.names if not name.startswith("weather:")) for model in models]
    names = tuple(sorted({name for some in plain for name in some}))
    x = design(names, calendar, None, only_days(dates))
    column = {name: place for place, name in enumerate(names)}
    out = np.zeros((3, len(models), len(dates)))
    for zone, (model, mean) in enumerate(zip(models, means, strict=True)):
        weather = np.array([name.startswith("weather:") for name in model.names])
        terms = x[:, [column[name] for name in plain[zone]]] * model.coefficients[~weather]
        kinds = np.array([name.partition(":")[0] for name in plain[zone]])
        out[0, zone] = terms.sum(axis=1) + float(mean[weather] @ model.coefficients[weather])
        out[1, zone] = terms[:, kinds == "holiday"].sum(axis=1)
        out[2, zone] = terms[:, kinds == "year"].sum(axis=1)
    return DayParts(out[0], out[1], out[2], first)


class Twin:
    """The quick twin of the day models of all zones, for the days of ``dates``; ``totals`` is ln(1 + total), Z × D."""

    def __init__(self, totals: Floats, calendar: pd.DataFrame, dates: pd.DatetimeIndex) -> None:
        special = holiday_table(calendar)
        labels = tuple(sorted(set(special.loc[special["ds"].isin(dates), "holiday"])))
        timeline = only_days(dates)
        most = max(terms for _, terms in YEARLY_TERMS)
        year = tuple(f"year:{wave}{term + 1}" for term in range(most) for wave in ("sin", "cos"))
        week = tuple(f"week:{wave}{term}" for term in (1, 2, 3) for wave in ("sin", "cos"))
        self.totals, self.dates = totals, dates
        self.labels, self.year, self.week = (design(n, calendar, None, timeline) for n in (labels, year, week))

    def parts(self, cutoff: int, ahead: int, window: int) -> DayParts:
        """Return what the twin, fitted on the ``window`` days before the place ``cutoff``, says of the days around it.

        That is from :data:`BACK` days before the cutoff until ``ahead`` days from it on.
        """
        seen = np.arange(max(0, cutoff - window), cutoff)
        asked = np.arange(cutoff - BACK, cutoff + ahead)
        out = np.full((3, len(self.totals), len(asked)), np.nan)
        for zone, row in enumerate(self.totals):
            known = seen[np.isfinite(row[seen])]
            if len(known) >= _LEAST_DAYS:
                out[:, zone] = self._fitted(row[known], known, asked)
        return DayParts(out[0], out[1], out[2], cutoff - BACK)

    def _fitted(self, values: Floats, known: Ints, asked: Ints) -> Floats:
        first, last = int(known[0]), int(known[-1])
        quarters = self.dates.get_indexer(quarter_starts(self.dates[first], self.dates[last]))
        waves = 2 * next((terms for days, terms in YEARLY_TERMS if last - first >= days), 0)

        def columns(places: Ints) -> tuple[Floats, Floats, Floats, Floats]:
            time = (places - first) / (last - first)
            bends = [np.maximum(time - (bend - first) / (last - first), 0) for bend in quarters]
            trend = np.stack([np.ones(len(places)), time, *bends], axis=1)
            return trend, self.year[places, :waves], self.week[places], self.labels[places]

        x = np.hstack(columns(known))
        scale = np.concatenate(
            [
                [_LEVEL_SD, _LEVEL_SD],
                np.full(len(quarters), np.sqrt(2) * CHANGEPOINT_PRIOR),
                np.full(waves + self.week.shape[1], SEASON_PRIOR),
                np.full(self.labels.shape[1], EFFECT_PRIOR),
            ]
        ) * max(float(values.max()), 1.0)
        squares, products = x.T @ x, x.T @ values
        noise = _FIRST_NOISE
        beta: Floats = np.zeros(x.shape[1])
        for _ in range(_ROUNDS):
            beta = np.linalg.solve(squares / noise**2 + np.diag(1 / scale**2), products / noise**2)
            noise = max(float(np.sqrt(np.mean((values - x @ beta) ** 2))), _LEAST_NOISE)
        blocks = columns(asked)
        ends = np.cumsum([0, *(block.shape[1] for block in blocks)])
        terms = [block @ beta[a:b] for block, a, b in zip(blocks, ends[:-1], ends[1:], strict=True)]
        return np.stack([np.sum(terms, axis=0), terms[3], terms[1]])


def only_days(dates: pd.DatetimeIndex) -> Timeline:
    """Return a timeline of ``dates`` without hours, for features that ask for none."""
    none = np.zeros(0, dtype=np.int64)
    return Timeline(pd.DatetimeIndex([], tz="UTC"), dates, none, none)
