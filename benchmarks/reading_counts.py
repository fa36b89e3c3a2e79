"""How long reading a large delivery of counts takes, and how much memory: a year of 40 sensors, every three minutes.

Each file is read in a process of its own, so that its peak of memory is its own. Run it:
``python -m benchmarks.reading_counts``.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section
from data.importing.counts.reader import read_counts

SENSORS = 40
YEAR = ("2025-01-01", "2026-01-01")
ZONES = 30_000


def run() -> Section:
    """Measure, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            "a row for each moment and sensor": (_tidy(folder), SENSORS),
            "two columns for each sensor, one a direction": (_wide(folder), SENSORS),
            f"{ZONES:,} zones, one day": (_many_zones(folder), ZONES),
        }
        rows = []
        for what, (path, zones) in files.items():
            seconds, of_cpu, megabytes = _measured(path, zones)
            rows.append(
                Row(
                    f"{what} ({path.stat().st_size / 2**20:.0f} MB)",
                    f"{seconds:.0f} s ({of_cpu:.0f} s of CPU), {megabytes:,.0f} MB",
                    goal="60 s, 2,048 MB",
                )
            )
    return Section(
        "Reading counts",
        f"A year of {SENSORS} sensors, every three minutes (7 million counts), to hours; each file in a process alone.",
        rows,
    )


def read(path: Path, zones: int) -> None:
    """Read one file and print seconds, seconds of CPU, and megabytes at the peak."""
    started, before = time.perf_counter(), time.process_time()
    imported = read_counts(path, _ids(zones), ZoneInfo("Europe/Amsterdam"), "passages")
    assert imported.frame["count"].notna().all()
    took, of_cpu = time.perf_counter() - started, time.process_time() - before
    print(took, of_cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _measured(path: Path, zones: int) -> tuple[float, ...]:
    command = [sys.executable, "-m", "benchmarks.reading_counts", str(path), str(zones)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(float(text) for text in said.split())


def _ids(zones: int) -> list[str]:
    return [f"sensor-{n:05}" for n in range(zones)]


def _moments() -> pd.DatetimeIndex:
    return pd.date_range(*YEAR, freq="3min", inclusive="left", tz="Europe/Amsterdam")


def _texts(moments: pd.DatetimeIndex) -> pd.Index:
    return pd.Index([moment.isoformat(sep=" ") for moment in moments])


def _tidy(folder: Path) -> Path:
    texts, counts = _texts(_moments()), np.random.default_rng(1).poisson(20, (SENSORS, len(_moments())))
    path = folder / "tidy.csv"
    with path.open("w") as file:
        file.write("timestamp,zone_id,count\n")
        for zone, of_zone in zip(_ids(SENSORS), counts, strict=True):
            pd.DataFrame({"t": texts, "z": zone, "n": of_zone}).to_csv(file, index=False, header=False)
    return path


def _wide(folder: Path) -> Path:
    moments = _moments()
    names = [f"{zone}_{degrees}" for zone in _ids(SENSORS) for degrees in (0, 180)]
    counts = np.random.default_rng(1).poisson(10, (len(moments), len(names)))
    frame = pd.DataFrame(counts, columns=names)
    frame.insert(0, "timestamp", _texts(moments))
    frame.to_csv(folder / "wide.csv", index=False)
    return folder / "wide.csv"


def _many_zones(folder: Path) -> Path:
    hours = pd.date_range("2025-06-02", periods=24, freq="h").strftime("%Y-%m-%d %H:%M")
    counts = np.random.default_rng(1).poisson(20, ZONES * 24)
    frame = pd.DataFrame({"timestamp": np.tile(hours, ZONES), "zone_id": np.repeat(_ids(ZONES), 24), "count": counts})
    frame.to_csv(folder / "zones.csv", index=False)
    return folder / "zones.csv"


if __name__ == "__main__":
    if len(sys.argv) == 3:
        read(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        for row in run().rows:
            print(row.what, "|", row.ours, "|", row.goal)
