"""What a trigger would have done on past forecasts: how often it calls, how often for nothing, and what it misses.

The forecasts are those of the area's newest backtest, of which every day is kept with what came. Days on which a
measure was at work are counted apart: what did not come then was a false alarm, or was prevented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
from response.actions.log import entries
from response.actions.worked import Worked, during, worked
from response.cards.card import Trigger
from response.cards.checking import zones_at

ORIGINS_NEEDED: Final = 52
"""Weeks of forecasts: with less than all seasons once, a preview would tell of those weeks only."""


@dataclass(frozen=True, eq=False)
class PastTrigger:
    """A trigger on past forecasts, an entry for each local day: the highest ``chance`` of its run at any of its places,
    whether such a run ``came`` at any of them, in which ``week`` it was, and whether a measure was at work there that
    day (``acted``), by the log."""

    chance: Floats
    came: Flags
    week: Ints
    acted: Flags

    def outcomes(self, chance: float) -> Outcomes:
        """Return how it would have gone, had one acted from a chance on; of days without a measure."""
        return self._outcomes(chance, ~self.acted)

    def with_measure(self, chance: float) -> Outcomes:
        """Return the same of the days on which a measure was at work."""
        return self._outcomes(chance, self.acted)

    def worth(self, for_nothing: float) -> Worth:
        """Return what warnings would have been worth to who accepts so many for nothing to prevent one miss.

        Of days without a measure: on the others warning and what came are not independent.
        """
        ratio, free = ratio_of(for_nothing), ~self.acted
        return worth(self.chance[free], self.came[free], self.week[free], ratio, ratio)

    def _outcomes(self, chance: float, days: Flags) -> Outcomes:
        return outcomes_of(self.chance[days] >= chance - 1e-9, self.came[days])


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
    told = worked(entries(area.id, stages=("started", "ended")))
    return on_days(path, trigger, area, thresholds, told)


def on_days(
    path: Path, trigger: Trigger, area: Area, thresholds: Thresholds, told: Sequence[Worked] = ()
) -> PastTrigger | None:
    """Return the same of a file of days; ``told`` is what was at work when."""
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
    acted = np.array([_acted(day, told, here, area) for day in daily["day"]], dtype=bool)
    return PastTrigger(daily["chance"].to_numpy(float), daily["came"].to_numpy(bool), week.astype(np.int64), acted)


def _acted(day: date, told: Sequence[Worked], zones: Sequence[str], area: Area) -> bool:
    start = datetime.combine(day, time(), area.tz)
    return bool(told) and bool(during(told, zones, start, start + timedelta(days=1), area.tz))
