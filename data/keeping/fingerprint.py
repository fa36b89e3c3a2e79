"""Whether the files of an area changed: what a running app asks before it uses what it read earlier."""

from collections.abc import Sequence
from typing import Final

from data.keeping.home import SHIPPED, area_home

DESCRIPTION: Final = ("area.toml", "zones.geojson", "zones.csv")
MODELS: Final = ("models/_area.json", "models/_second_week.json")
"""Written last when an area is trained, and what is learned apart."""

MEASURES: Final = ("measures.toml", "effects.json")
PLAYBOOK: Final = ("playbook.toml", "playbook.json")
BASEMAP: Final = ("basemap.geojson",)
TWIN: Final = ("twin.geojson",)
DECISIONS: Final = ("sources.toml", "decisions.jsonl", "stances.jsonl")

ALL: Final = (
    *DESCRIPTION,
    *MODELS,
    *DECISIONS,
    "counts.parquet",
    "weather.parquet",
    "weather_forecast.parquet",
    "events.csv",
    *MEASURES,
)


def fingerprint(area_id: str, names: Sequence[str] = ALL) -> str:
    """Return a text that differs when one of the files was written, added or removed; takes about 0.1 ms.

    It goes by time and size, which every way of changing an area here alters: files are replaced whole.
    """
    parts = []
    for folder in (area_home(area_id), SHIPPED / area_id):
        for name in names:
            try:
                found = (folder / name).stat()
            except OSError:
                continue
            parts.append(f"{folder}/{name} {found.st_mtime_ns} {found.st_size} {found.st_ino}")
    return "\n".join(parts)
