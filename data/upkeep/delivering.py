"""A file of counts or weather that somebody delivers for an area: looked at first, then laid over what is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from data.area.area import Area
from data.area.reading import Reading
from data.area.sources import add_source, has_source, read_sources
from data.connectors.doubts import doubts
from data.connectors.merging import kept, lay_over
from data.doubts.doubt import Doubt
from data.doubts.record import record
from data.importing.counts.reader import read_counts
from data.importing.weather import read_weather
from data.keeping.acts import ChangedError
from data.keeping.home import area_home, written_whole
from data.keeping.locking import locked
from data.quality.series_doubts import series_doubts
from data.tables.notices import Notice
from data.upkeep.earlier import keep_earlier
from language import UserError

Delivered = Literal["counts", "weather"]

KEYS: Final = {"counts": ["zone_id", "hour"], "weather": ["hour"]}

_TITLES: Final = {
    "counts": {"nl": "Ingelezen tellingen", "en": "Imported counts"},
    "weather": {"nl": "Ingelezen weer", "en": "Imported weather"},
}
_JUDGED: Final = timedelta(days=14)
"""New counts older than this are not judged: a first delivery may hold years."""


@dataclass(frozen=True)
class Delivery:
    """What a file holds, and what becomes of the area's data when it is taken in.

    ``frame`` is what was read (schema of its kind), ``whole`` what is there afterwards; ``new`` and ``changed`` count
    rows, ``stays`` those of which the file says nothing. ``notices`` tell what was decided while reading, ``doubts``
    what looks wrong. ``file`` is the name of the file.
    """

    kind: Delivered
    frame: pd.DataFrame
    whole: pd.DataFrame
    new: int
    changed: int
    stays: int
    notices: tuple[Notice, ...]
    doubts: tuple[Doubt, ...] = ()
    file: str = ""

    @property
    def first(self) -> datetime:
        """The first hour in the file (UTC)."""
        return self.frame["hour"].min().to_pydatetime()  # type: ignore[no-any-return]

    @property
    def last(self) -> datetime:
        """The last hour in the file (UTC)."""
        return self.frame["hour"].max().to_pydatetime()  # type: ignore[no-any-return]


def look_at(
    area: Area,
    kind: Delivered,
    path: Path,
    *,
    reading: Reading | None = None,
    units: Mapping[str, str] | None = None,
) -> Delivery:
    """Read and check a file as ``python -m data add-area`` does, and lay it over what is there, without keeping it.

    ``reading`` declares what the columns of counts are, ``units`` in which unit columns of weather are, where that is
    another than their name says. Raises ``UserError`` with file and row for what is not right, and when the area's
    data come from elsewhere.
    """
    check_source(area, kind)
    if kind == "counts":
        read = read_counts(path, area.zone_ids, area.tz, area.measure, called=area.called, reading=reading)
        doubtful = [*read.doubts, *series_doubts(area, read.frame)]
    else:
        read = read_weather(path, area.tz, units=units)
        doubtful = read.doubts
    frame = read.frame
    before = kept(area, f"{kind}.parquet")
    merged = lay_over(before, frame, KEYS[kind])
    stays = len(merged.frame) - len(frame)
    if kind == "counts" and (merged.new or merged.changed):
        known = merged.frame.dropna(subset=["count"])["hour"].max()
        doubtful = [*doubtful, *doubts(area, merged.frame, max(frame["hour"].min(), known - _JUDGED))]
    return Delivery(
        kind,
        frame,
        merged.frame,
        merged.new,
        merged.changed,
        stays,
        tuple(read.notices),
        tuple(doubtful),
        path.name,
    )


def take_in(area: Area, delivery: Delivery, *, agreed_by: str = "") -> None:
    """Keep what was delivered; a copy of what was there before is kept too.

    Where the area had no source of this kind, one is added, with who agreed to it. Raises ``UserError`` when nobody is
    named then, or when data came in since the delivery was looked at, or are coming in now.
    """
    name = f"{delivery.kind}.parquet"
    with locked(area.id, "fetch"):
        now = lay_over(kept(area, name), delivery.frame, KEYS[delivery.kind])
        if (now.new, now.changed, len(now.frame)) != (delivery.new, delivery.changed, len(delivery.whole)):
            raise ChangedError("Other data came in meanwhile. Look at the file again.")
        if not has_source(area.id, delivery.kind):
            add_source(area.id, delivery.kind, _TITLES[delivery.kind], agreed_by)
        keep_earlier(area, name)
        with written_whole(area_home(area.id) / name) as temporary:
            now.frame.to_parquet(temporary, index=False)
        record(area_home(area.id), delivery.kind, delivery.file, list(delivery.doubts))


def by_zone(area: Area, delivery: Delivery, name: Callable[[str], str]) -> pd.DataFrame:
    """Return one row for each zone: ``zone, first, last`` (area time), ``known, mean, mean_before``.

    ``known`` counts hours in the file with a count; the means are over the hours of the file, and over those kept
    before it. Two means that lie far apart are a sign of another unit.
    """
    before = kept(area, "counts.parquet")
    rows = []
    for zone_id in area.zone_ids:
        here = delivery.frame[(delivery.frame["zone_id"] == zone_id) & delivery.frame["count"].notna()]
        there = before[before["zone_id"] == zone_id]["count"] if before is not None else pd.Series(dtype=float)
        hours = here["hour"].dt.tz_convert(area.tz)
        rows.append(
            {
                "zone": name(zone_id),
                "first": hours.min(),
                "last": hours.max(),
                "known": len(here),
                "mean": here["count"].mean(),
                "mean_before": there.mean(),
            }
        )
    return pd.DataFrame(rows)


def check_source(area: Area, kind: Delivered) -> None:
    """Raise ``UserError`` when the area's data of this kind come from elsewhere, so that no file can be laid over."""
    providers = {source.provider for source in read_sources(area.id) if source.kind == kind}
    if providers - {"file"}:
        raise UserError("These data ship with the project and stay as they are. Add an area of your own.")
