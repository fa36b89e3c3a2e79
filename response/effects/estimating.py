"""The effect of a measure, from days with it beside days without it at the same forecast level.

What is looked at of a day is how far what was counted lies from what was forecast before the decision (the logarithm of
their ratio, so that an effect is a share). Of all days together::

    difference = forecast error at this level + effect · measure + rest

The forecast error is a line in the forecast level, for measures are taken on the days that are forecast busiest, and
forecasts err there otherwise than on other days. The rest has the spread of each day's sample paths, times one factor
that the days themselves tell, and it fades from day to day: ``r`` to the power of the days between, with ``r`` by
restricted maximum likelihood. Given these, the effect is the mean weighted by inverse variance (generalised least
squares), with the interval of Student's t. Its chance is that of :mod:`response.effects.chance`: the days with the
measure are drawn by lot anew, and the same t is reckoned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from response.effects.chance import Floats, statistic_p

CONFIDENCE: Final = 0.95
POWER: Final = 0.8
_FADES: Final = np.arange(0, 0.96, 0.05)
_WIDEST: Final = 2.0
"""No day counts more, or less, than this factor of spread beside the middle one: paths of one day may be off."""

_LEVELS: Final = 12
"""From so many days on the line in the forecast level is fitted; of fewer it would take more than it gives."""


@dataclass(frozen=True)
class Unit:
    """A day (or part of it): its number, how far it lies from what was forecast, and the forecast ``level``.

    ``spread`` is the standard deviation of the sample paths on the same scale; ``treated``: with the measure.
    """

    day: int
    difference: float
    spread: float
    level: float
    treated: bool


@dataclass(frozen=True)
class Estimate:
    """An effect on the scale of the differences, with its standard error and interval of 95 %.

    ``p``: how often chance alone shows as much. ``treated`` and ``others``: from how many days. ``fades``: how much of
    a day's rest is left on the next day. ``without``: the effect with one of the treated days left out, each in turn.
    ``df``: degrees of freedom.
    """

    effect: float
    se: float
    low: float
    high: float
    p: float
    treated: int
    others: int
    df: int
    fades: float
    without: tuple[float, ...]

    @property
    def found(self) -> bool:
        """Whether chance alone shows as much less than once in 20 times, and the interval agrees."""
        return self.p <= 1 - CONFIDENCE and (self.low > 0 or self.high < 0)

    @property
    def steady(self) -> bool:
        """Whether it stays on the same side of nothing, whichever day is left out."""
        return len({bool(one > 0) for one in (*self.without, self.effect)}) == 1

    @property
    def smallest_seen(self) -> float:
        """The smallest effect that so many days show in 8 out of 10 cases."""
        return smallest_effect(self.se, self.df)


def estimate(units: Sequence[Unit], *, seed: int = 0) -> Estimate:
    """Return the effect of the measure on the treated units.

    Raises ``ValueError`` with fewer than two treated units or three others: nothing can be said then.
    """
    ordered = sorted(units, key=lambda unit: (unit.day, unit.treated))
    treated = np.array([unit.treated for unit in ordered], dtype=bool)
    k, others = int(treated.sum()), int((~treated).sum())
    if k < 2 or others < 3:
        raise ValueError("at least two days with the measure and three without are needed")
    model = _fitted(_Model.of(ordered, 0.0), treated)
    _, effect, se = model.tested(treated[None, :])
    df = len(ordered) - model.columns - 1
    reach = float(stats.t.ppf(0.5 + CONFIDENCE / 2, df)) * float(se[0])
    without = tuple(
        float(model.but(row).tested(np.delete(treated, row)[None, :])[1][0]) for row in np.flatnonzero(treated).tolist()
    )
    p = statistic_p(lambda sets: model.tested(sets)[0], treated, seed=seed)
    return Estimate(
        effect=float(effect[0]),
        se=float(se[0]),
        low=float(effect[0]) - reach,
        high=float(effect[0]) + reach,
        p=p,
        treated=k,
        others=others,
        df=df,
        fades=model.fades,
        without=without,
    )


def smallest_effect(se: float, df: int) -> float:
    """Return the smallest effect that is found in 8 out of 10 cases, for a standard error."""
    return float(stats.t.ppf(0.5 + CONFIDENCE / 2, df) + stats.t.ppf(POWER, df)) * se


def power(effect: float, se: float, df: int) -> float:
    """Return in what share of cases an effect is found (noncentral t)."""
    limit = float(stats.t.ppf(0.5 + CONFIDENCE / 2, df))
    away = effect / se
    return float(stats.nct.sf(limit, df, away) + stats.nct.cdf(-limit, df, away))


def days_needed(effect: float, day_sd: float, *, others: int | None = None, most: int = 400) -> int | None:
    """Return how many days with a measure show an effect in 8 out of 10 cases; ``None`` when ``most`` do not.

    ``day_sd``: the standard deviation of one day. ``others``: how many days without it there are; as many as with it
    when that is not said.
    """
    for n in range(2, most + 1):
        m = n if others is None else others
        se, df = day_sd * float(np.sqrt(1 / n + 1 / m)), n + m - 2
        if df >= 1 and smallest_effect(se, df) <= abs(effect):
            return n
    return None


def day_sd(found: Estimate) -> float:
    """Return the standard deviation of one day that an estimate was made from."""
    return found.se / float(np.sqrt(1 / found.treated + 1 / found.others))


@dataclass(frozen=True)
class _Model:
    """Differences of ordered units with the columns that hold without a measure, and how their rest hangs together."""

    differences: Floats
    base: Floats
    spread: Floats
    days: Floats
    fades: float

    @classmethod
    def of(cls, units: Sequence[Unit], fades: float) -> "_Model":
        level = np.array([unit.level for unit in units])
        spread = np.array([unit.spread for unit in units])
        middle = float(np.median(spread)) or 1.0
        columns = [np.ones(len(units))]
        if len(units) >= _LEVELS and np.ptp(level) > 1e-9:
            columns.append(level - level.mean())
        return cls(
            np.array([unit.difference for unit in units]),
            np.column_stack(columns),
            np.clip(spread / middle, 1 / _WIDEST, _WIDEST),
            np.array([float(unit.day) for unit in units]),
            fades,
        )

    @property
    def columns(self) -> int:
        return int(self.base.shape[1])

    @cached_property
    def root(self) -> Floats:
        """The Cholesky root of how the rests of all units vary together, but for their one factor."""
        gap = np.abs(self.days[:, None] - self.days[None, :])
        together = np.where(gap == 0, 1.0, self.fades ** np.maximum(gap, 1)) if self.fades else (gap == 0).astype(float)
        np.fill_diagonal(together, 1.0 + 1e-9)
        root: Floats = np.linalg.cholesky(self.spread[:, None] * together * self.spread[None, :])
        return root

    @cached_property
    def whitened(self) -> tuple[Floats, Floats]:
        """The differences and an orthonormal base, made independent and of one spread."""
        solved = np.linalg.solve(self.root, np.column_stack([self.differences, self.base]))
        ortho = np.linalg.qr(solved[:, 1:])[0]
        y = solved[:, 0]
        return y - ortho @ (ortho.T @ y), ortho

    def but(self, row: int) -> "_Model":
        """Return the same without one unit."""
        kept = np.arange(len(self.days)) != row
        return replace(
            self,
            differences=self.differences[kept],
            base=self.base[kept],
            spread=self.spread[kept],
            days=self.days[kept],
        )

    def tested(self, sets: npt.NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
        """Return t, the effect and its standard error, for sets of treated units, one a row."""
        y, ortho = self.whitened
        x = np.linalg.solve(self.root, sets.T.astype(float))
        x = x - ortho @ (ortho.T @ x)
        spread = np.maximum((x * x).sum(axis=0), 1e-300)
        effect: Floats = (y @ x) / spread
        rest = np.maximum(y @ y - effect**2 * spread, 1e-300)
        se: Floats = np.sqrt(rest / (len(y) - self.columns - 1) / spread)
        return effect / se, effect, se

    def likelihood(self, treated: npt.NDArray[np.bool_]) -> float:
        """Return the restricted log likelihood of how fast the rest fades, the effect left free."""
        whole = np.column_stack([self.base, treated.astype(float)])
        solved = np.linalg.solve(self.root, np.column_stack([self.differences, whole]))
        y, x = solved[:, 0], solved[:, 1:]
        ortho, upper = np.linalg.qr(x)
        rest = y - ortho @ (ortho.T @ y)
        df = len(y) - x.shape[1]
        total = max(float(rest @ rest), 1e-300)
        information = 2 * np.log(np.abs(np.diag(upper))).sum()
        return float(-0.5 * (df * np.log(total) + 2 * np.log(np.diag(self.root)).sum() + information))


def _fitted(model: _Model, treated: npt.NDArray[np.bool_]) -> _Model:
    """Return the model with the fading that is likeliest; none where too few days follow each other to tell."""
    if np.count_nonzero(np.diff(np.unique(model.days)) == 1) < 5:
        return model
    return max((replace(model, fades=float(one)) for one in _FADES), key=lambda one: one.likelihood(treated))
