"""Made-up days: frozen forecasts, counts with a planted effect, and entries of the log, for tests of effects."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import pandas as pd

from data.area.area import Area
from response.actions.entry import Logged
from response.actions.log import read_entry
from response.effects.days import Taken, taken_on
from response.effects.frozen import FrozenDay

FIRST = date(2025, 6, 2)
ZONES = ("strand-pier", "strand-midden", "boulevard-midden")


@dataclass(frozen=True)
class World:
    """What an effect is measured from, as ``response.effects.finding.finding`` takes it."""

    taken: list[Taken]
    frozen: dict[date, FrozenDay]
    sums: pd.Series
    entries: list[Logged]


def entry(
    area: Area, day: date, card: str, zones: tuple[str, ...] = ZONES, hours: tuple[int, int] = (12, 18)
) -> Logged:
    """What was done on one day, decided the day before."""
    start, end = (datetime.combine(day, time(hour), area.tz) for hour in hours)
    root = str(uuid5(NAMESPACE_URL, f"{day}{card}{zones}"))
    values = {"id": root, "area": area.id, "stage": "ended", "happened": start, "until": end, "card": card}
    return Logged(entry=read_entry({**values, "zones": zones}), number=1, root=root, entered=end, role="professional")


def world(area: Area, seed: int = 1, *, effect: float = -0.1, on: int = 12, n: int = 60, to: float = 0.0) -> World:
    """A card taken on ``on`` of ``n`` days that are forecast busy, with an ``effect`` there and ``to`` elsewhere."""
    draw = np.random.default_rng(seed)
    level = draw.normal(0, 0.25, n)
    busy = set(np.argsort(-(level + draw.normal(0, 0.2, n)))[:on].tolist())
    frozen, rows, entries = {}, {}, []
    for i in range(n):
        day = FIRST + timedelta(days=i)
        cutoff = datetime.combine(day - timedelta(days=1), time(18), area.tz)
        expected = 3000 * np.exp(level[i]) * np.ones((len(area.zone_ids), 4, 1))
        paths = expected * np.exp(draw.normal(0, 0.12, (1, 1, 100)))
        frozen[day] = FrozenDay(day, f"snapshot {i}", cutoff, area.zone_ids, paths)
        shared = np.exp(draw.normal(0.03, 0.12))
        for z, zone in enumerate(area.zone_ids):
            factor = 1 + effect if i in busy and zone in ZONES else 1 + to if i in busy and zone not in ZONES else 1
            for part in range(4):
                rows[day, zone, part] = float(expected[z, part, 0] * shared * factor)
        if i in busy:
            entries.append(entry(area, day, "borden-spreiden"))
    index = pd.MultiIndex.from_tuples(list(rows), names=["day", "zone", "part"])
    return World(taken_on(entries, area), frozen, pd.Series(list(rows.values()), index=index), entries)
