"""A town whose counters run at some hours only, with made-up counts: what each counts is known, the rest never is."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area, load_area
from data.upkeep.adding import NewArea, add_area

Runs = Callable[[pd.DatetimeIndex], np.ndarray]

COUNTERS: Final[dict[str, Runs]] = {
    "altijd": lambda local: np.ones(len(local), dtype=bool),
    "vroeg": lambda local: local.hour >= 6,
    "winkel": lambda local: (local.hour >= 7) & (local.hour < 22),
    "nacht": lambda local: (local.hour >= 18) | (local.hour < 3),
    "weekend": lambda local: (local.day_of_week >= 5) & (local.hour >= 10) & (local.hour < 20),
    "zaterdag": lambda local: (
        (local.day_of_week < 5) & (local.hour >= 7) & (local.hour < 22)
        | (local.day_of_week == 5) & (local.hour >= 9) & (local.hour < 18)
    ),
}
"""When each counter runs, by the hour in area time."""


def town_of_counters(folder: Path, hours: pd.DatetimeIndex, *, names: tuple[str, ...] = tuple(COUNTERS)) -> Area:
    """Add the town ``tellers`` with counts of ``hours`` (UTC), as files in ``folder``; it replays their end."""
    local = hours.tz_convert("Europe/Amsterdam")
    rng = np.random.default_rng(7)
    level = 300 * (1.1 + np.sin((local.hour - 8) / 24 * 2 * np.pi)) * np.where(local.day_of_week >= 5, 1.4, 1)
    table = pd.DataFrame({"timestamp": [hour.isoformat() for hour in hours]})
    for name in names:
        table[name] = pd.array(rng.poisson(level), dtype="Int64")
        table.loc[~COUNTERS[name](local), name] = pd.NA
    table.to_csv(folder / "counts.csv", index=False)
    places = "".join(f"{name},{name.capitalize()},{52.1 + 0.002 * z},4.2\n" for z, name in enumerate(names))
    (folder / "zones.csv").write_text("zone_id,name,lat,lon\n" + places)
    add_area(
        NewArea(
            id="tellers",
            names={"nl": "Tellers", "en": "Counters"},
            time_zone="Europe/Amsterdam",
            country="NL",
            counts=folder / "counts.csv",
            zones=folder / "zones.csv",
            measure="passages",
            replay=datetime.fromisoformat(f"{local[-1] + pd.Timedelta(hours=1):%Y-%m-%dT%H:00}"),
        )
    )
    return load_area("tellers")
