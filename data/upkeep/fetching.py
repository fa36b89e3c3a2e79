"""Fetching an area's sources: each on its own, so that one that fails takes no other with it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.area.area import Area
from data.area.connector_settings import Connector
from data.area.sources import Source, read_sources
from data.area.zone import in_language
from data.connectors.client import Client
from data.connectors.connector import Asked, fetched_counts, fetched_events, fetched_weather
from data.connectors.doubts import doubts
from data.connectors.merging import Merged, kept, merge_counts, merge_events, merge_forecast, merge_weather
from data.doubts.doubt import Doubt, in_words
from data.keeping.failing import told
from data.keeping.home import area_home
from data.keeping.locking import locked
from data.tables.notices import Notice
from data.upkeep.fetch_status import Failure, SourceStatus, read_status, write_status
from language import Language, UserError

_JUDGED: Final = timedelta(days=14)
"""New counts older than this are not judged: a first delivery may hold years."""


@dataclass(frozen=True)
class Fetched:
    """What fetching a source brought: new and changed rows, their period (UTC), or what failed.

    ``notices``: what was decided on the way, and what looks wrong. ``failure`` with rows: a part failed.
    """

    source: Source
    new: int = 0
    changed: int = 0
    first: datetime | None = None
    last: datetime | None = None
    failure: UserError | None = None
    notices: list[Notice] = field(default_factory=list)

    def text(self, lang: Language) -> str:
        """Return the result in sentences."""
        name = in_language(self.source.title, lang)
        lines = []
        if self.failure is not None:
            lines.append(lang.t("{source}: failed. {what}", source=name, what=self.failure.say(lang)))
        if self.failure is None or self.new or self.changed:
            said = lang.t(
                "{source}: {new} new rows, {changed} changed.",
                source=name,
                new=lang.number(self.new),
                changed=lang.number(self.changed),
            )
            if self.first is not None and self.last is not None:
                first, last = (lang.date(moment, "d MMM y HH:mm") + " UTC" for moment in (self.first, self.last))
                said += " " + lang.t("From {first} to {last}.", first=first, last=last)
            lines.append(said)
        return "\n  ".join([*lines, *(in_words(notice, lang) for notice in self.notices)])

    def to_dict(self, lang: Language) -> dict[str, Any]:
        """Return the result as plain values with stable keys; sentences in ``lang``."""
        return {
            "source": self.source.id,
            "kind": self.source.kind,
            "new": self.new,
            "changed": self.changed,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "failure": self.failure.say(lang) if self.failure else None,
            "notices": [notice(lang) for notice in self.notices if not isinstance(notice, Doubt)],
            "doubts": [notice.to_dict(lang) for notice in self.notices if isinstance(notice, Doubt)],
        }


def fetch(
    area: Area, *, source_id: str | None = None, now: datetime | None = None, client: Client | None = None
) -> list[Fetched]:
    """Fetch all sources of ``area`` that have a connector, or only ``source_id``, into its files.

    Fetching again changes nothing but what the source changed. A source that is not approved is refused before
    anything is asked of it. Raises ``UserError`` when there is no such source or it has no connector, or another
    process is fetching; what goes wrong with one source is in its result.
    """
    sources = [source for source in read_sources(area.id) if source_id in (None, source.id)]
    if source_id is not None and not sources:
        raise UserError("Area {area} has no source '{source}'.", area=area.id, source=source_id)
    if source_id is not None and sources[0].connector is None:
        raise UserError(
            "Source '{source}' has no connector. Add a table [source.connector] to it in sources.toml.",
            source=source_id,
        )
    now = now or datetime.now(UTC)
    client = client or Client()
    results = []
    with locked(area.id, "fetch"):
        for source in sources:
            if source.connector is None:
                continue
            status = read_status(area.id)
            entry = status.get(source.id, SourceStatus())
            result, entry = _fetched(area, source, source.connector, client, now, entry)
            write_status(area.id, {**status, source.id: entry})
            results.append(result)
    return results


def _fetched(
    area: Area, source: Source, connector: Connector, client: Client, now: datetime, entry: SourceStatus
) -> tuple[Fetched, SourceStatus]:
    """Fetch one source; a failure becomes a part of the result and of its status."""
    try:
        if source.decision != "approved":
            raise UserError(
                "Source '{source}' of {area} may not be read: the people concerned have not agreed to it. The data "
                "steward can record their decision.",
                source=source.id,
                area=area.id,
            )
        folder = area_home(area.id) / Path(connector.folder).expanduser()
        reaching = client.reaching(own_network=connector.own_network)
        asked = Asked(area, connector, reaching, folder, now, entry.files, entry.data_until)
        result, entry = _KEEPING[source.kind](source, asked, entry)
    except Exception as error:  # whatever a source does, the next one has its turn
        result = Fetched(source, failure=told(error, area_home(area.id) if isinstance(error, OSError) else ""))
    if result.failure is not None:
        return result, entry.model_copy(update={"last_failure": Failure.of(result.failure, now)})
    return result, entry.model_copy(update={"last_success": now})


def _counts(source: Source, asked: Asked, entry: SourceStatus) -> tuple[Fetched, SourceStatus]:
    area = asked.area
    read = fetched_counts(asked)
    if read.frame is None:
        return Fetched(source, failure=read.failure), entry
    before = kept(area, "counts.parquet")
    merged = merge_counts(area, read.frame)
    first, last = _period(read.frame["hour"])
    known = merged.frame.dropna(subset=["count"])["hour"].max()
    since = (
        max(first, known - _JUDGED) if before is None else max(_first_new(before, read.frame, first), known - _JUDGED)
    )
    notices: list[Notice] = (
        [*read.notices, *doubts(area, merged.frame, since)] if merged.new or merged.changed else read.notices
    )
    update = {"files": read.files, "data_until": known.to_pydatetime()}
    return _result(source, merged, (first, last), notices, read.failure), entry.model_copy(update=update)


def _weather(source: Source, asked: Asked, entry: SourceStatus) -> tuple[Fetched, SourceStatus]:
    area, weather = asked.area, fetched_weather(asked)
    merged = merge_weather(area, weather.observed)
    first, last = _period(weather.observed["hour"])
    if weather.forecast is not None and weather.issued is not None:
        ahead = merge_forecast(area, weather.forecast, weather.issued)
        merged = Merged(merged.new + ahead.new, merged.changed + ahead.changed, merged.frame)
    entry = entry.model_copy(update={"data_until": last})
    if weather.forecast is not None:
        _, last = _period(weather.forecast["hour"])
    return _result(source, merged, (first, last), list(weather.notices)), entry


def _events(source: Source, asked: Asked, entry: SourceStatus) -> tuple[Fetched, SourceStatus]:
    calendar = fetched_events(asked)
    frame, stay = calendar.frame, calendar.staying(entry.event_ids)
    if frame.empty and entry.event_ids and not stay:
        raise UserError("There are no events at all any more. Nothing was changed; check the source.")
    merged = merge_events(asked.area, frame, [name for name in entry.event_ids if name not in stay], asked.now)
    period = (_period(frame["start"])[0], _period(frame["end"])[1]) if len(frame) else (None, None)
    entry = entry.model_copy(update={"event_ids": sorted({*frame["event_id"], *stay})})
    return _result(source, merged, period, calendar.notices, calendar.failure), entry


_KEEPING: Final = {"counts": _counts, "weather": _weather, "events": _events}


def _result(
    source: Source,
    merged: Merged,
    period: tuple[datetime | None, datetime | None],
    notices: list[Notice],
    failure: UserError | None = None,
) -> Fetched:
    return Fetched(source, merged.new, merged.changed, *period, failure=failure, notices=notices)


def _period(moments: pd.Series) -> tuple[datetime, datetime]:
    return moments.min().to_pydatetime(), moments.max().to_pydatetime()


def _first_new(before: pd.DataFrame, fetched: pd.DataFrame, first: datetime) -> datetime:
    """Return the first hour after what was known, where that comes later than the first one fetched."""
    newest = before.dropna(subset=["count"])["hour"].max()
    after = fetched.loc[fetched["hour"] > newest, "hour"]
    return after.min().to_pydatetime() if len(after) else first
