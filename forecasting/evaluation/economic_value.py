"""What warnings are worth: their expense beside that of always acting, of never acting and of knowing it all before.

D. S. Richardson, *Skill and relative economic value of the ECMWF ensemble prediction system*, Quarterly Journal of the
Royal Meteorological Society 126 (2000), 649–667. To act costs C; what comes without having acted costs L, and acting
avoids that. With α = C / L, base rate s, hit rate H and false alarm rate F, relative to the climate's best of always
and never (0) and to perfect foresight (1):

    V = [min(α, s) − F α (1 − s) + H s (1 − α) − s] / [min(α, s) − s α]
"""

from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np

from forecasting.values.arrays import Flags, Floats, Ints

RESAMPLES: Final = 1000
INTERVAL: Final = (0.1, 0.9)
"""Ends of an interval that holds the value in 8 out of 10 resamplings."""


@dataclass(frozen=True)
class Outcomes:
    """Days by what was warned and what came: hits, misses, false alarms, and days on which rightly nothing was said."""

    hits: int
    misses: int
    false_alarms: int
    correct: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.hits + self.misses + self.false_alarms + self.correct

    @property
    def came(self) -> int:
        """Days on which it came."""
        return self.hits + self.misses

    @property
    def base_rate(self) -> float:
        """The share of days on which it came; NaN without days."""
        return self.came / self.days if self.days else float("nan")


@dataclass(frozen=True)
class Expenses:
    """What each way of deciding costs over all days, in the unit of cost and loss."""

    always: float
    never: float
    perfect: float
    forecast: float

    @property
    def value(self) -> float:
        """The relative value of the forecast; NaN where foresight has nothing to gain."""
        best = min(self.always, self.never)
        return (best - self.forecast) / (best - self.perfect) if best > self.perfect else float("nan")


def expenses(outcomes: Outcomes, cost: float, loss: float) -> Expenses:
    """Return what each way of deciding costs, when acting costs ``cost`` and a miss ``loss``."""
    acted = outcomes.hits + outcomes.false_alarms
    return Expenses(
        always=outcomes.days * cost,
        never=outcomes.came * loss,
        perfect=outcomes.came * cost,
        forecast=acted * cost + outcomes.misses * loss,
    )


def relative_value(hit_rate: float, false_alarm_rate: float, base_rate: float, ratio: float) -> float:
    """Return the relative economic value; NaN where base rate or cost–loss ratio is 0 or 1 (or beyond, or unknown)."""
    if not (0 < base_rate < 1 and 0 < ratio < 1):
        return float("nan")
    climate = min(ratio, base_rate)
    gained = climate - false_alarm_rate * ratio * (1 - base_rate) + hit_rate * base_rate * (1 - ratio) - base_rate
    return gained / (climate - base_rate * ratio)


def value_of(outcomes: Outcomes, ratio: float) -> float:
    """Return the relative economic value of warnings; NaN where it is not defined, as when it never came."""
    quiet = outcomes.false_alarms + outcomes.correct
    if not outcomes.came or not quiet:
        return float("nan")
    rates = outcomes.hits / outcomes.came, outcomes.false_alarms / quiet
    return relative_value(*rates, outcomes.base_rate, ratio)


def ratio_of(for_nothing: float) -> float:
    """Return the cost–loss ratio of somebody who accepts acting so many times for nothing to prevent one miss."""
    return 1 / (for_nothing + 1)


def acts_from(for_nothing: float) -> float:
    """Return the chance from which such a person acts, in tenths as chances are said and warnings are counted.

    From 1 to 9 out of 10; halfway between two it is the higher one, which is for nothing less often.
    """
    return min(max(floor(10 * ratio_of(for_nothing) + 0.5), 1), 9) / 10


def outcomes_of(warned: Flags, came: Flags) -> Outcomes:
    """Return days (two arrays of the same shape) by what was warned and what came."""
    return Outcomes(
        hits=int((warned & came).sum()),
        misses=int((~warned & came).sum()),
        false_alarms=int((warned & ~came).sum()),
        correct=int((~warned & ~came).sum()),
    )


@dataclass(frozen=True)
class Worth:
    """The value of acting from a chance on at a cost–loss ``ratio``, with its range of 8 out of 10 over weeks.

    ``low`` and ``high`` are NaN where too few resamplings had a day on which it came, or one on which it did not.
    """

    ratio: float
    chance: float
    outcomes: Outcomes
    value: float
    low: float
    high: float


def worth(chances: Floats, came: Flags, weeks: Ints, ratio: float, chance: float) -> Worth:
    """Return what acting from a ``chance`` on would have been worth.

    ``chances``, ``came`` and ``weeks`` have one entry a day; whole weeks are drawn again, as their days go together.
    """
    warned = chances >= chance - 1e-9
    found = outcomes_of(warned, came)
    values = resampled(warned, came, weeks, ratio)
    known = values[np.isfinite(values)]
    low, high = np.quantile(known, INTERVAL) if 2 * len(known) > len(values) else (np.nan, np.nan)
    return Worth(ratio, chance, found, value_of(found, ratio), float(low), float(high))


def resampled(warned: Flags, came: Flags, weeks: Ints, ratio: float, *, resamples: int = RESAMPLES) -> Floats:
    """Return the value in each of so many drawings of as many weeks as there are, with replacement."""
    _, week = np.unique(weeks, return_inverse=True)
    count = int(week.max()) + 1 if len(week) else 0
    if not count:
        return np.full(resamples, np.nan)
    kinds = np.stack([warned & came, ~warned & came, warned & ~came, ~warned & ~came])
    by_week = np.stack([np.bincount(week, kind, count) for kind in kinds], axis=1)
    drawn = np.random.default_rng(0).integers(0, count, (resamples, count))
    times = np.stack([np.bincount(one, minlength=count) for one in drawn])
    hits, misses, alarms, correct = (times @ by_week).T
    days, happened = hits + misses + alarms + correct, hits + misses
    best = np.minimum(days * ratio, happened)
    gained = best - (hits + alarms) * ratio - misses
    defined = (happened > 0) & (happened < days) & (0 < ratio < 1)
    return np.asarray(np.where(defined, gained / np.where(defined, best - happened * ratio, 1), np.nan))
