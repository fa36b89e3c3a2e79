"""Possible moments: not expected to be busy, but likely enough to prepare for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from forecasting.meaning.busy import ORANGE, busy_levels, chance_of_reaching, end_of, orange_chance, stretches
from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds

_NOISE: Final = 1e-9
"""A chance is a share of sample paths: what is as high as asked must not fail on its last digit."""


@dataclass(frozen=True)
class Possible:
    """Consecutive hours of one zone on one local day, none expected to be orange, each likely enough to reach it.

    ``start`` and ``end`` are area time (``end`` is when the last hour ends), ``first`` and ``last`` index the
    forecast's hours. ``chance`` is the probability that at least one of these hours reaches orange.
    """

    zone_id: str
    start: datetime
    end: datetime
    first: int
    last: int
    chance: float


def possible_moments(
    forecast: Forecast, thresholds: Thresholds, likely: float, *, since: datetime | None = None
) -> list[Possible]:
    """Return the possible moments of the coming seven days, the likeliest first (in tenths), then the soonest.

    Those are runs of hours that each reach orange with a chance of at least ``likely`` (0–1), as a backtest counts
    warnings. A run with an hour that is expected to be orange belongs to a busy moment, and is left out. ``since``
    (aware) leaves out the hours before it.
    """
    chances, levels = orange_chance(forecast, thresholds), busy_levels(forecast, thresholds)
    found = [
        Possible(
            zone_id=zone_id,
            start=forecast.local_moments[int(run[0])],
            end=end_of(forecast, int(run[-1])),
            first=int(run[0]),
            last=int(run[-1]),
            chance=chance_of_reaching(forecast, zone_id, run, thresholds.zones[zone_id].orange),
        )
        for _, hours in days(forecast, week_hours(forecast, since))
        for row, zone_id in enumerate(forecast.zone_ids)
        for run in stretches(hours, np.asarray(chances[row] >= likely - _NOISE))
        if (levels[row, run] < ORANGE).all()
    ]
    return sorted(found, key=lambda one: (-round(one.chance, 1), one.start))
