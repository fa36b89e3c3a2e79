"""The mix at work: what its four members expect of the coming hours, and the mean of the middle two, which the last
days move a little.

Each member is used from the day it can be made: what the last days say from the second week on, trees and day models
from 56 days of counts. All see counts without events and in mean weather, so nothing counts twice.
"""

import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.mix.last_days import drift_of_last_days, level_of_last_days
from forecasting.mix.tree_members import Trees, fit_trees
from forecasting.model.robust_days import DayDesign, DayModels, fit_day_models, level_of_residuals
from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Flags, Floats
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked

WEEK: Final = 7
WEEKS_52: Final = 364
_SMALLEST: Final = 0.02
_LEAST_DAYS: Final = 3
_OTHER_LEVEL: Final = 1.2
"""In logarithms: more than three times as busy, or less than a third."""


@dataclass(frozen=True, eq=False)
class YearBefore:
    """ln(1 + count) 52 weeks before each of the days ``dates``: ``logs``, Z × D × 24, NaN where unknown."""

    dates: pd.DatetimeIndex
    logs: Floats

    @classmethod
    def of(cls, counts: UsualCounts) -> "YearBefore":
        """Return those of all days of ``counts``."""
        logs = np.full_like(counts.logs, np.nan)
        logs[:, WEEKS_52:] = counts.logs[:, :-WEEKS_52]
        return cls(counts.days.dates, logs)

    def on(self, dates: pd.DatetimeIndex) -> "YearBefore":
        """Return those of other ``dates``: unknown where this holds nothing of them."""
        place = self.dates.get_indexer(dates)
        logs = np.where((place >= 0)[:, None], self.logs[:, np.maximum(place, 0)], np.nan)
        return YearBefore(dates, logs.astype(np.float32))


@dataclass(frozen=True, eq=False)
class Mix:
    """What the members learned from counts before ``until`` (UTC), of Z zones.

    ``year_before``: of the days from then on; ``weight`` (Z): see ``usual_counts.UsualCounts``;
    ``trees`` is ``None`` where there is too little to learn from.
    """

    trees: Trees | None
    days: DayModels
    year_before: YearBefore
    weight: Floats
    until: datetime

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON; trees and counts compressed."""
        return {
            "until": self.until.isoformat(),
            "weight": [round(float(value), 3) for value in self.weight],
            "year_before": {
                "first": self.year_before.dates[0].date().isoformat(),
                "shape": list(self.year_before.logs.shape),
                "logs": packed(to_hundredths(self.year_before.logs)),
            },
            "days": self.days.to_dict(),
            "trees": None if self.trees is None else self.trees.to_dict(),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Mix":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is none."""
        kept = fields["year_before"]
        dates = pd.date_range(kept["first"], periods=kept["shape"][1], freq="D", unit="us")
        logs = from_hundredths(unpacked(kept["logs"])).reshape(kept["shape"]).astype(np.float32)
        return cls(
            None if fields["trees"] is None else Trees.from_dict(fields["trees"]),
            DayModels.from_dict(fields["days"]),
            YearBefore(dates, logs),
            np.array(fields["weight"], dtype=float),
            datetime.fromisoformat(fields["until"]),
        )


def fit_mix(counts: UsualCounts, end: int, days: DayDesign, until: datetime) -> Mix:
    """Fit all members on the ``counts`` before the place ``end``, which is the day of ``until``."""
    before = YearBefore.of(counts)
    return Mix(
        fit_trees(counts, end, before.logs),
        fit_day_models(counts.total, end, days),
        before.on(counts.days.dates[end:]),
        counts.weight,
        until,
    )


def expected_quiet(mix: Mix, counts: UsualCounts, cutoff: int, log_days: Floats, shares: Floats) -> Floats:
    """Return the expected counts without events and in mean weather: zones × days × 24 local hours.

    From the day with the place ``cutoff`` on, of which and after which no count is used. ``log_days``: what
    ``mix.days`` says of all days of ``counts``; ``shares`` (zones × days × 24) of the days ahead. NaN where a zone has
    too little history for any member. Days beyond the first week are taken like those of the first week.
    """
    ahead = shares.shape[1]
    target = cutoff + np.arange(ahead)
    like = cutoff + np.arange(ahead) % WEEK
    special, residuals = counts.days.special[:cutoff], (counts.total - log_days)[:, :cutoff]
    level = level_of_residuals(residuals, special)
    by_day = np.log1p(np.exp(log_days[:, target] + level[:, None])[..., None] * shares)
    members = [counts.base_on(target, like) + level_of_last_days(counts, cutoff)[:, None, None], by_day]
    if mix.trees is not None:
        before = mix.year_before.on(counts.days.dates[target]).logs
        members += mix.trees.log_counts(counts, target, like, before)
    drift = drift_of_last_days(residuals - level[:, None], special, ahead)
    found = middle_mean(np.stack(members)) + drift[..., None]
    stepped = _stepped(counts, cutoff)
    found[stepped] = np.where(np.isfinite(by_day[stepped]), by_day[stepped], found[stepped])
    return np.maximum(np.expm1(found), _SMALLEST)


def middle_mean(members: Floats) -> Floats:
    """Return the mean of the middle two of the members (M × …) that are known, of an odd number the middle one.

    NaN where none is known.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        return np.asarray(np.nanmedian(members, axis=0))


def _stepped(counts: UsualCounts, cutoff: int) -> Flags:
    """Return the zones of which the last week was of another order than what is usual: Z.

    A sensor that sees another place, or a street that opened: the day model's level follows at once.
    """
    week = np.arange(cutoff - WEEK, cutoff)
    above = counts.total[:, week] - counts.usual_total[:, week + WEEK]
    above[:, counts.days.special[week]] = np.nan
    known = np.isfinite(above).sum(axis=1) >= _LEAST_DAYS
    middle = np.zeros(len(above))
    middle[known] = np.nanmedian(above[known], axis=1)
    return np.abs(middle) > _OTHER_LEVEL
