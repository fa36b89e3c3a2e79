"""Whether models should leave out hours in which a measure was at work: measured on the practice world.

The same models are trained three times on the counts before a summer: with the measures of the summer before, with
those hours left out, and had nothing been done. Each then forecasts busy afternoons of the next summer, on which
nothing was done, from the evening before. What was counted then is known. Days are chosen by what was forecast of them
before, not by what came: the busiest days that came are those that any forecast missed.
"""

import argparse
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section, replace
from data.area.area import Area, load_area
from data.consent import gate
from data.consent.practised import practised_counts
from data.keeping.home import SHIPPED
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.training.model_files import load_models
from forecasting.training.training import train
from response.actions.practice import practice_entries
from response.effects.frozen import read_frozen

AREA = "scheveningen"
ZONES = ("boulevard-zuid", "strand-zuid", "boulevard-midden")
"""Where the practice measures take 20, 20 and 10 % away."""

UNTIL = datetime(2026, 5, 1, tzinfo=UTC)
FIRST, LAST = datetime(2024, 5, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
TESTED_FROM = date(2026, 6, 1)
TESTED = 12
"""Days that are forecast: of the days with a kept forecast on which nothing was done, the busiest by that forecast."""

_AFTERNOON = 2

WAYS = ("as counted", "left out", "never done")


@dataclass(frozen=True)
class Found:
    """What models of one way did on the tested afternoons: how far off on average, and how far to one side (shares).

    ``hours`` of a place in training had a measure.
    """

    way: str
    error: float
    bias: float
    hours: int


def measured(ways: tuple[str, ...] = WAYS) -> Iterator[Found]:
    """Train in each way and forecast the tested days."""
    area = load_area(AREA)
    done = {one.entry.happened.astimezone(area.tz).date(): one.entry.card or "" for one in practice_entries(area)}
    plain = gate.read(area, "counts", FIRST, LAST)
    plain = plain[plain["zone_id"].isin(ZONES)].reset_index(drop=True)
    cards = {day: [card] for day, card in done.items()}
    counted = practised_counts(area, FIRST, LAST, cards)
    counted = counted[counted["zone_id"].isin(ZONES)].reset_index(drop=True)
    acted = (counted["count"] != plain["count"]) & plain["count"].notna()
    days = _tested(set(done))
    for way in ways:
        counts = {"as counted": counted, "never done": plain}.get(way)
        if counts is None:
            counts = counted.assign(count=counted["count"].mask(acted))
        error, bias = _judged(counts, plain, area, days)
        yield Found(way, error, bias, int((acted & (plain["hour"] < UNTIL)).sum()))


def _tested(done: set[date]) -> list[date]:
    expected = {}
    for day, one in read_frozen(AREA).items():
        totals = one.totals(ZONES, [_AFTERNOON])
        if day >= TESTED_FROM and day not in done and totals is not None:
            expected[day] = float(np.median(totals))
    return sorted(sorted(expected, key=expected.__getitem__)[-TESTED:])


def _judged(counts: pd.DataFrame, truth: pd.DataFrame, area: Area, days: list[date]) -> tuple[float, float]:
    """Return how far forecasts of models of these counts are off on the afternoons of some days, and to which side."""
    before = os.environ.get("CSM_HOME")
    with TemporaryDirectory() as folder:
        os.environ["CSM_HOME"] = folder
        try:
            here = _prepared(Path(folder), counts)
            train(here, UNTIL, into=Path(folder) / "models", jobs=1)
            models = load_models(here, Path(folder) / "models")
            logs = []
            for day in days:
                cutoff = datetime.combine(day - timedelta(days=1), time(18), area.tz).astimezone(UTC)
                made = forecast(issue(here, cutoff, 48, models=models))
                hours = (made.local_dates == day) & (made.local_hours.hour >= 12) & (made.local_hours.hour < 18)
                came = truth.set_index(["zone_id", "hour"])["count"]
                for row, zone in enumerate(made.zone_ids):
                    real = float(came.loc[zone].reindex(made.hours[hours]).sum())
                    logs.append(np.log(float(made.median[row, hours].sum()) / real))
        finally:
            os.environ.pop("CSM_HOME")
            if before is not None:
                os.environ["CSM_HOME"] = before
    return float(np.abs(np.expm1(logs)).mean()), float(np.expm1(np.mean(logs)))


def _prepared(home: Path, counts: pd.DataFrame) -> Area:
    """Make an area of three places whose counts lie in a file, and return it."""
    folder = home / "areas" / AREA
    folder.mkdir(parents=True)
    for name in ("area.toml", "simulator.toml"):
        shutil.copy(SHIPPED / AREA / name, folder / name)
    (folder / "measures.toml").touch()  # those of the area name places that are not here
    zones = json.loads((SHIPPED / AREA / "zones.geojson").read_text("utf-8"))
    zones["features"] = [one for one in zones["features"] if one["properties"]["zone_id"] in ZONES]
    (folder / "zones.geojson").write_text(json.dumps(zones), "utf-8")
    sources = (SHIPPED / AREA / "sources.toml").read_text("utf-8")
    (folder / "sources.toml").write_text(sources.replace('provider = "simulator"', 'provider = "file"', 1), "utf-8")
    events = pd.read_csv(SHIPPED / AREA / "events.csv", dtype=str)
    events[events["zone_id"].isin(ZONES)].to_csv(folder / "events.csv", index=False)
    counts.to_parquet(folder / "counts.parquet", index=False)
    return load_area(AREA)


def section(found: list[Found]) -> Section:
    """Return the figures as a section of the results page."""
    rows = [
        Row(f"models of counts {_NAMES[one.way]}: mean error", f"{one.error:.1%}", f"to one side: {one.bias:+.1%}")
        for one in found
    ]
    how = (
        f"`python -m benchmarks.acted_hours`: three places at which measures took 10 or 20 % away in {found[0].hours} "
        f"hours of the summer of 2025, models trained until {UNTIL:%Y-%m-%d} in three ways, and people counted in the "
        f"afternoons of {TESTED} days of June and July 2026: the busiest by their forecast on which nothing was done."
    )
    return Section("Hours with a measure: left out of training, or not", how, rows)


_NAMES = {
    "as counted": "with the measures in them",
    "left out": "with those hours left out",
    "never done": "had nothing been done (known in the practice world only)",
}


def run() -> Section:
    """Train, forecast and return the section."""
    return section(list(measured()))


def main() -> None:
    """Print what each way gave, and write the section when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write it to the results page")
    options, found = parser.parse_args(), []
    for one in measured():
        print(one, flush=True)
        found.append(one)
    if options.write:
        replace(section(found))


if __name__ == "__main__":
    main()
