"""What a trigger would have done on past forecasts: how often it calls, how often for nothing, and what it misses.

The forecasts are those of the area's newest backtest, of which every day is kept with what came.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.evaluation.backtest_result import Backtest, days_path
from forecasting.evaluation.economic_value import Outcomes, Worth, outcomes_of, ratio_of, worth
from forecasting.evaluation.past_days import LONGEST_RUN, chance_of, read_days
from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.thresholds import LEVELS, Thresholds
from response.cards.card import Trigger
from response.cards.checking import zones_at

ORIGINS_NEEDED: Final = 52
"""Weeks of forecasts: with less than all seasons once, a preview would tell of those weeks only."""


@dataclass(frozen=True, eq=False)
class PastTrigger:
    """A trigger on past forecasts, an entry for each local day: the highest ``chance`` of its run at any of its places,
    whether such a run ``came`` at any of them, and in which ``week`` it was."""

    chance: Floats
    came: Flags
    week: Ints

    def outcomes(self, chance: float) -> Outcomes:
        """Return how it would have gone, had one acted from a chance on."""
        return outcomes_of(self.chance >= chance - 1e-9, self.came)

    def worth(self, for_nothing: float) -> Worth:
        """Return what warnings would have been worth to who accepts so many for nothing to prevent one miss."""
        ratio = ratio_of(for_nothing)
        return worth(self.chance, self.came, self.week, ratio, ratio)


def weekly_origins(backtest: Backtest | None) -> int:
    """Return in how many different weeks the forecasts of a backtest begin."""
    return len({cutoff.isocalendar()[:2] for cutoff in backtest.cutoffs}) if backtest else 0


def past_weeks(area_id: str, backtest: Backtest | None) -> int:
    """Return of how many weeks the days are kept; 0 where only a result is."""
    return weekly_origins(backtest) if days_path(area_id) else 0


def past_trigger(trigger: Trigger, area: Area, thresholds: Thresholds) -> PastTrigger | None:
    """Return what was expected of a trigger and what came, day by day.

    ``None`` where fewer than :data:`ORIGINS_NEEDED` weeks are kept, or the run is longer than what is kept of them.
    """
    path = days_path(area.id)
    if path is None or trigger.hours > LONGEST_RUN:
        return None
    return on_days(path, trigger, area, thresholds)


def on_days(path: Path, trigger: Trigger, area: Area, thresholds: Thresholds) -> PastTrigger | None:
    """Return the same of a file of days."""
    here = zones_at(trigger.places, area)
    days = read_days(path, trigger.hours, here)
    if days["cutoff"].nunique() < ORIGINS_NEEDED:
        return None
    limit = dict(zip(here, thresholds.array(here)[:, LEVELS.index(trigger.level) - 1], strict=True))
    limits = days["zone_id"].map(limit).to_numpy(float)
    rows = pd.DataFrame(
        {
            "cutoff": days["cutoff"],
            "day": days["day"],
            "chance": chance_of(days, limits),
            "came": days["came"].to_numpy(float) >= limits,
        }
    )
    daily = rows.groupby(["cutoff", "day"], sort=True, as_index=False).agg({"chance": "max", "came": "any"})
    week = np.unique(daily["cutoff"], return_inverse=True)[1]
    return PastTrigger(daily["chance"].to_numpy(float), daily["came"].to_numpy(bool), week.astype(np.int64))
