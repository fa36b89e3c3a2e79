"""Counts, weather and events from a watched folder or an address, read like an imported file."""

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

import pandas as pd

from data.connectors.connector import Asked, Calendar, Counts, Weather
from data.connectors.merging import lay_over
from data.doubts.record import record
from data.importing.counts.reader import read_counts
from data.importing.events import read_events
from data.importing.weather import read_weather
from data.keeping.failing import told
from data.keeping.home import area_home
from data.quality.series_doubts import series_doubts
from data.tables.notices import Notice
from language import UserError

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Before this no counts of this kind exist; an earlier date is a mistake of the source."""

_EVENTS_AHEAD: Final = timedelta(days=5 * 365)


def counts(asked: Asked) -> Counts:
    """Read the counts that are new since the files that were read before.

    A file that cannot be read is named in ``failure``; the others are read all the same.
    """
    area, connector, now = asked.area, asked.connector, asked.now
    found = Counts(files=dict(asked.files))
    frames: list[pd.DataFrame] = []
    for path, name in _files(asked):
        code = hashlib.sha256(path.read_bytes()).hexdigest()
        if asked.files.get(name) == code:
            continue
        try:
            imported = read_counts(
                path,
                area.zone_ids,
                area.tz,
                area.measure,
                called=area.called,
                reading=connector.reading,
                now=now,
            )
            check_dates(name, imported.frame["hour"], now + timedelta(hours=1))
        except Exception as error:  # one file takes no other with it
            found.failure = found.failure or told(error, name)
            continue
        found.files[name] = code
        found.notices += [*imported.notices, *imported.doubts, *series_doubts(area, imported.frame)]
        record(area_home(area.id), "counts", name, imported.doubts)
        frames.append(imported.frame)
    if frames:
        keys = ["zone_id", "hour"]
        known = pd.concat(frames, ignore_index=True).dropna(subset=["count"])
        found.frame = known.drop_duplicates(keys, keep="last").sort_values(keys, ignore_index=True)
    return found


def events(asked: Asked) -> Calendar:
    """Read all events of the source. Raises ``UserError`` with file and row."""
    area, now = asked.area, asked.now
    frames = []
    for path, name in _files(asked):
        frame = read_events(path, area.zone_ids, area.tz)
        check_dates(name, frame["start"], now + _EVENTS_AHEAD)
        frames.append(frame)
    whole = pd.concat(frames, ignore_index=True).drop_duplicates("event_id", keep="last")
    return Calendar(whole.reset_index(drop=True))


def weather(asked: Asked) -> Weather:
    """Read all weather of the source, in whatever format it is; later files go before earlier ones, value by value.

    Raises ``UserError`` with file and row.
    """
    area, connector, now = asked.area, asked.connector, asked.now
    whole: pd.DataFrame | None = None
    notices: list[Notice] = []
    for path, name in _files(asked):
        found = read_weather(path, area.tz, units=connector.units, station=connector.station, now=now)
        notices += [*found.notices, *found.doubts]
        record(area_home(area.id), "weather", name, found.doubts)
        whole = found.frame if whole is None else lay_over(whole, found.frame, ["hour"]).frame
    if whole is None:
        raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=asked.folder)
    return Weather(whole, notices=tuple(notices))


def check_dates(name: str, moments: pd.Series, last: datetime) -> None:
    """Raise ``UserError`` when a moment lies in another century, or after ``last``."""
    for moment in (moments.min(), moments.max()):
        if not pd.isna(moment) and not _FIRST <= moment <= last:
            raise UserError(
                "{name} answers with impossible dates ({date}). Nothing was changed.",
                name=name,
                date=f"{moment:%Y-%m-%d}",
            )


def _files(asked: Asked) -> Iterator[tuple[Path, str]]:
    """Yield the files of the source, oldest first, with the names they are called by."""
    connector, folder = asked.connector, asked.folder
    if not connector.url:
        paths = [path for path in folder.glob(connector.pattern) if path.is_file() and not path.name.startswith(".")]
        if not paths:
            raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=folder)
        for path in sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name)):
            yield path, path.name
        return
    name = PurePosixPath(urlsplit(connector.url).path).name or "download"
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / name
        path.write_bytes(asked.client.get(connector.url, bytes).value)
        yield path, name
