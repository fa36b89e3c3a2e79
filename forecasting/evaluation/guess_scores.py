"""Who knew better: people who guessed how busy a day gets, or the forecast; both scored alike on what was counted."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from forecasting.values.arrays import Flags
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds, levels

ENOUGH: Final = 0.9
"""A day counts as counted when at least this share of its hours is known: a choice of this project."""

Shares = tuple[float, float, float, float]
"""How much of what was said lies on each level, from quiet to too busy; together 1."""


def shares_of(said: Sequence[str]) -> Shares:
    """Return which share said each level. Raises ``ValueError`` when nobody said anything, or no level."""
    if not said or set(said) - set(LEVELS):
        raise ValueError("shares are of levels that somebody said")
    green, yellow, orange, red = (said.count(level) / len(said) for level in LEVELS)
    return green, yellow, orange, red


def expected_shares(forecast: Forecast, thresholds: Thresholds, zone_id: str, day: date) -> Shares | None:
    """Return in which share of the sample paths the busiest hour of a local day has each level; ``None``: not known."""
    hours = _known(forecast, zone_id, day)
    if not hours.any():
        return None
    peaks = np.nanmax(forecast.paths[:, forecast.zone_ids.index(zone_id), hours], axis=1)
    found = levels(peaks[None, :], thresholds.array((zone_id,)))[0]
    return shares_of([LEVELS[level] for level in found])


def came(counts: pd.DataFrame, forecast: Forecast, thresholds: Thresholds, zone_id: str, day: date) -> Level | None:
    """Return the level of the busiest counted hour of a local day; ``None`` as long as too little of it was counted.

    ``counts`` has columns ``zone_id, hour`` (UTC) and ``count``. Hours that the place does not count are not missed.
    """
    hours = forecast.hours[_known(forecast, zone_id, day)]
    known = counts[(counts["zone_id"] == zone_id) & counts["hour"].isin(hours) & counts["count"].notna()]
    if not len(hours) or known["hour"].nunique() < ENOUGH * len(hours):
        return None
    return thresholds.level(zone_id, float(known["count"].max()))


def middle(shares: Shares) -> Level:
    """Return the level that at least half said at most."""
    return LEVELS[int(np.searchsorted(np.cumsum(shares), 0.5 - 1e-9))]


def steps_off(shares: Shares, level: Level) -> float:
    """Return how many levels somebody was off: 0 is exactly right, 3 the other end.

    It is the ranked probability score (Epstein 1969), here a sum over the three thresholds. Who puts everything on one
    level gets the number of levels it was off. Nobody gets better by saying something else than they think.
    """
    below = np.cumsum(shares)[:-1]
    reached = np.arange(len(LEVELS) - 1) >= LEVELS.index(level)
    return float(((below - reached) ** 2).sum())


def _known(forecast: Forecast, zone_id: str, day: date) -> Flags:
    row = forecast.zone_ids.index(zone_id)
    return np.asarray((forecast.local_dates == day) & np.isfinite(forecast.median[row]))
