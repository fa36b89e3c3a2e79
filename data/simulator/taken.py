"""What was done in the practice world: measures on some days by a rule, with true effects that are planted here.

The counts of the practice world itself stay as they are, for models have learned from them. ``counted`` gives the
counts of the same days as they would be counted with the measures. Described in ``docs/simulator.md``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.simulator.noise import key, uniform
from data.simulator.world import world_of

FIRST: Final = (date(2025, 5, 1), date(2026, 5, 1))
LAST: Final = (date(2025, 9, 14), date(2026, 7, 31))
HOURS: Final = (12, 18)
"""Local hours in which every practice measure works: the afternoon."""

BUSY: Final = 0.4
"""Measures are taken on the busiest days by the forecast: from this share of the candidate days on."""

OFTEN: Final = 0.25
"""Chance of each measure on such a day; on the other days nothing is done."""


@dataclass(frozen=True)
class Planted:
    """A measure of the practice world: its card, at which zones it works, and the true factor on people there."""

    card: str
    zones: tuple[str, ...]
    factor: float


PLANTED: Final = (
    Planted("borden-spreiden", ("strand-pier", "strand-midden", "boulevard-midden"), 0.90),
    Planted("extra-regelaars", ("pier", "gevers-deynootplein"), 1.0),
    Planted("strandweg-autovrij", ("boulevard-zuid", "strand-zuid"), 0.80),
)
"""True effects: −10 %, none, and −20 %."""


def candidates() -> tuple[date, ...]:
    """Return the days of which a forecast is frozen: every other day of two summers."""
    found: list[date] = []
    for first, last in zip(FIRST, LAST, strict=True):
        found += [first + timedelta(days=step) for step in range(0, (last - first).days + 1, 2)]
    return tuple(found)


def taken(area: Area, expected: Mapping[date, float]) -> dict[date, Planted]:
    """Return on which of the candidate days which measure is taken, by how many people are ``expected`` on each."""
    days = sorted(expected)
    from_many = float(np.quantile([expected[day] for day in days], BUSY))
    lots = uniform(world_of(area).seed, "taken", np.array([day.toordinal() for day in days], dtype=np.int64))
    found: dict[date, Planted] = {}
    for day, lot in zip(days, lots, strict=True):
        which = int(lot / OFTEN)
        if expected[day] >= from_many and which < len(PLANTED):
            found[day] = PLANTED[which]
    return found


def counted(counts: pd.DataFrame, area: Area, days: Mapping[date, Sequence[str]]) -> pd.DataFrame:
    """Return counts (``zone_id, hour, count``) as they are with measures; ``days``: which cards on which local day.

    Whether one person more or less comes is drawn from a hash, so the counts stay whole, and the same on any machine.
    """
    local = counts["hour"].dt.tz_convert(area.tz)
    afternoon = (local.dt.hour >= HOURS[0]) & (local.dt.hour < HOURS[1])
    factor = pd.Series(1.0, index=counts.index)
    for planted in PLANTED:
        on = [day for day, cards in days.items() if planted.card in cards]
        factor[afternoon & local.dt.date.isin(on) & counts["zone_id"].isin(planted.zones)] *= planted.factor
    changed = (factor != 1.0).to_numpy()
    if not changed.any():
        return counts
    hours = np.asarray(counts["hour"].astype("int64") // 3_600_000_000, dtype=np.int64)
    zones = np.array([key(zone) for zone in counts["zone_id"]], dtype=np.int64)
    lots = uniform(world_of(area).seed, "one more or less", zones, hours)
    people = counts["count"].to_numpy() * factor.to_numpy()
    whole = np.floor(people + lots)
    return counts.assign(count=np.where(changed, np.where(np.isnan(people), np.nan, whole), counts["count"]))
