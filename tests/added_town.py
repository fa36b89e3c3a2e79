"""A town that somebody adds from files: its counts, a card, and days of which a forecast was frozen before."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np
import pandas as pd

from data.__main__ import main as data_command
from data.area.area import Area, load_area
from data.keeping.home import area_home
from forecasting.__main__ import main as forecasting_command
from response.actions.log import log, read_entry
from response.effects.frozen import FILE, FrozenDay, save_frozen

TOWN: Final = "testtown"
NOW: Final = "2026-07-06T08:00"
"""The moment whose week the town replays; what is counted there ends on the evening before."""

EXPECTED: Final = 300
TRUE: Final = 0.7
"""People in each hour of an afternoon as it was forecast, and what the signs make of it."""

ZONES: Final = "zone_id,name,lat,lon\nmarkt,Markt,52.011,4.358\nstation,Station,52.007,4.356\n"
MEASURE: Final = """
[[measure]]
id = "borden"
names = { nl = "Borden", en = "Signs" }
decided_by = { nl = "Gemeente" }
source = { nl = "Aanname" }
[measure.effect]
type = "change"
places = { zones = ["markt"] }
factor = { low = 0.8, expected = 0.9, high = 1.0 }
"""
CARD: Final = """
[[card]]
id = "borden"
names = { nl = "Borden naar het station", en = "Signs to the station" }
measure = "borden"
kind = "route"
taste = "sweet"
actors = ["gemeente"]
decides = { nl = "Gemeente" }
lead_hours = 24
stop = { nl = "Stop als het rustig is." }
steps = [{ nl = "Zet de borden neer." }]
side_effects = { nl = "Drukte elders." }
undone = { nl = "Haal de borden weg." }
source = { nl = "Aanname." }
[card.trigger]
places = { zones = ["markt"] }
level = "orange"
hours = 2
chance = 0.5
"""


def add_town(folder: Path, first: date) -> Area:
    """Add the town from files in ``folder`` with counts from ``first`` on, and let the app learn from them."""
    _counts(folder / "counts.csv", first)
    (folder / "zones.csv").write_text(ZONES)
    added = ["add-area", TOWN, "--name", "Testdorp", "--tz", "Europe/Amsterdam", "--country", "NL"]
    files = ["--counts", str(folder / "counts.csv"), "--zones", str(folder / "zones.csv")]
    assert data_command([*added, *files, "--replay", NOW]) == 0
    assert forecasting_command(["train", "--area", TOWN, "--until", "2026-06-29T00:00", "--jobs", "1"]) == 0
    return load_area(TOWN)


def _counts(path: Path, first: date) -> None:
    hours = pd.date_range(first, "2026-07-06", freq="h", inclusive="left")
    generator = np.random.default_rng(1)
    rows = [
        pd.DataFrame(
            {
                "timestamp": hours,
                "zone_id": zone,
                "count": generator.poisson(size * (1 + np.sin((hours.hour - 8) / 24 * 2 * np.pi)) + 5),
                "remark": "x",
            }
        )
        for zone, size in (("markt", 200), ("station", 80))
    ]
    pd.concat(rows).to_csv(path, index=False, sep=";")


def add_card(area: Area) -> None:
    """Give the town a playbook of one card, and the measure that it calculates with."""
    (area_home(area.id) / "measures.toml").write_text(MEASURE)
    (area_home(area.id) / "playbook.toml").write_text(CARD)


def freeze_days(area: Area, days: Sequence[date], draw: np.random.Generator) -> None:
    """Keep a forecast of each day, made on the evening before."""
    frozen = []
    for day in days:
        paths = np.full((2, 4, 1), 6.0 * EXPECTED) * np.exp(draw.normal(0, 0.05, (1, 1, 100)))
        cutoff = datetime.combine(day - timedelta(days=1), time(18), area.tz)
        frozen.append(FrozenDay(day, f"forecast of {day}", cutoff, area.zone_ids, paths))
    save_frozen(frozen, area_home(area.id) / FILE)


def log_days(area: Area, days: Sequence[date]) -> None:
    """Log that the signs stood on the market in the afternoon of each day."""
    for day in days:
        values = {"id": str(uuid4()), "area": area.id, "stage": "ended", "card": "borden", "zones": ["markt"]}
        start, end = (datetime.combine(day, time(hour), area.tz) for hour in (12, 18))
        log(read_entry({**values, "happened": start, "until": end}), area)


def delivered(
    acted: Sequence[date], days: Sequence[date], draw: np.random.Generator, *, factor: float = TRUE
) -> pd.DataFrame:
    """Return the afternoons of the market as they are delivered later; ``factor``: what the signs make of it."""
    rows = []
    for day in days:
        size = EXPECTED * np.exp(draw.normal(0, 0.05)) * (factor if day in acted else 1)
        for hour in range(12, 18):
            moment = pd.Timestamp(datetime.combine(day, time(hour)), tz="Europe/Amsterdam")
            rows.append((moment, "markt", draw.poisson(size)))
    return pd.DataFrame(rows, columns=["timestamp", "zone_id", "count"])


def not_yet_counted(area: Area, late: pd.DataFrame) -> None:
    """Take out of the counts of the town what is delivered later."""
    path = area_home(area.id) / "counts.parquet"
    counts = pd.read_parquet(path)
    came = counts["hour"].isin(late["timestamp"].dt.tz_convert("UTC")) & (counts["zone_id"] == "markt")
    counts[~came].to_parquet(path, index=False)
