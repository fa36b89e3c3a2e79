"""Events from a calendar in iCalendar format (``.ics``, RFC 5545), from an address or a folder."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

import pandas as pd

from data.area.area import Area
from data.area.connector_settings import Connector
from data.area.schemas import HOUR, checked, empty
from data.connectors.connector import Asked, Calendar
from data.connectors.ical.event import Event, UnreadError, read_event
from data.connectors.ical.parts import Parts, parts_of, value_of
from data.connectors.ical.places import visitors, zone_of
from data.connectors.ical.said import Unread, notices
from data.connectors.ical.series import Budget, Time, times_of
from data.connectors.ical.versions import Series, newest
from data.connectors.ical.zones import own_zones
from data.connectors.weather_frame import unexpected
from data.keeping.failing import told
from data.keeping.from_outside import check_size
from data.keeping.within_time import within_time
from language import UserError

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=5 * 365)
"""Events before :data:`_FIRST`, or further ahead than this, are mistakes of the calendar."""


def events(asked: Asked) -> Calendar:
    """Read all events of the source. Raises ``UserError`` when there is no calendar."""
    area, connector, now, folder = asked.area, asked.connector, asked.now, asked.folder
    if connector.url:
        return parsed([asked.client.get(connector.url, _valid).value], area, connector, now)
    paths = sorted(path for path in folder.glob(connector.pattern) if path.is_file())
    if not paths:
        raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=folder)
    contents, failure = [], None
    for path in paths:
        try:
            check_size(path)
            contents.append(_valid(path.read_bytes()))
        except Exception as error:  # one file takes no other with it
            failure = failure or told(error, path.name)
    if not contents and failure:
        raise failure
    found = parsed(contents, area, connector, now)
    return replace(found, failure=failure, whole=found.whole and failure is None)


@within_time
def parsed(contents: list[bytes], area: Area, connector: Connector, now: datetime) -> Calendar:
    """Return the events of calendars.

    The place is the zone whose id or name stands in LOCATION, else the zone that holds GEO, else the connector's.
    Visitors are the property X-ATTENDANCE, else the connector's ``attendance``. A cancelled event is left out; one that
    cannot be read, or lacks something, is left out and named with the reason. A repeating event is read from three
    years back to a year ahead of ``now``, one row for each time.
    """
    unread: list[Unread] = []
    files = [parts for content in contents if (parts := parts_of(content)) is not None]
    events = [event for number, parts in enumerate(files) for event in _read(parts, number, area, unread)]
    series, replaced = newest(events)
    unread += [Unread("replaced", event.name, event.uid) for event in replaced]
    budget = Budget()
    known: dict[Event, dict[str, object] | None] = {}
    rows: dict[str, dict[str, object]] = {}
    for time in (time for one in series for time in _times(one, area, now, budget, unread)):
        event = time.event
        if event not in known:
            known[event] = _known(event, area, connector, unread)
        if time.end <= time.start or not _FIRST <= time.start <= now + _AHEAD:
            unread.append(Unread("end" if time.end <= time.start else "date", event.name, event.uid))
        elif (found := known[event]) is not None:
            name = next(name for name in _names(time.id) if name not in rows)
            rows[name] = {"event_id": name, "name": event.name, **found, "start": time.start, "end": time.end}
    whole = all(parts.whole for parts in files)
    said = notices(unread, events, whole=whole)
    uids = frozenset(one.uid for one in unread if one.uid and one.reason != "replaced")
    return Calendar(_frame(rows), said, uids, whole)


def _valid(content: bytes) -> bytes:
    if parts_of(content) is None:
        raise unexpected("iCalendar", "iCalendar", content)
    return content


def _read(parts: Parts, file: int, area: Area, unread: list[Unread]) -> list[Event]:
    unread += [Unread("cut off", value_of(text, "SUMMARY"), value_of(text, "UID")) for text in parts.unfinished]
    found = []
    with own_zones(parts.zones):
        for number, text in enumerate(parts.events):
            try:
                found.append(read_event(text, file, number, area.tz))
            except UnreadError as error:
                name, uid = error.name or value_of(text, "SUMMARY"), error.uid or value_of(text, "UID")
                unread.append(Unread(error.reason, name, uid))
    return found


def _times(one: Series, area: Area, now: datetime, budget: Budget, unread: list[Unread]) -> Iterable[Time]:
    event = one.master or one.exceptions[0]
    try:
        return times_of(one, area.tz, now, budget)
    except UnreadError as error:
        unread.append(Unread(error.reason, event.name, event.uid))
    except Exception:  # whatever a strange rule does to the library
        unread.append(Unread("rule", event.name, event.uid))
    return []


def _known(event: Event, area: Area, connector: Connector, unread: list[Unread]) -> dict[str, object] | None:
    """Return zone and visitors of an event, or ``None`` when one of them is not known."""
    zone_id = zone_of(event.component, area, connector)
    if zone_id is None:
        unread.append(Unread("place", event.name, event.uid))
        return None
    try:
        attendance = visitors(event.component, connector)
    except ValueError:
        unread.append(Unread("number", event.name, event.uid))
        return None
    if attendance is None:
        unread.append(Unread("visitors", event.name, event.uid))
        return None
    return {"zone_id": zone_id, "attendance": attendance}


def _names(first: str) -> Iterator[str]:
    """Yield what a row may be called: what is taken already goes on with a number."""
    yield first
    yield from (f"{first}-{number}" for number in count(2))


def _frame(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    if not rows:
        return empty("events")
    columns = ["event_id", "name", "zone_id", "start", "end", "attendance"]
    frame = pd.DataFrame(list(rows.values()))[columns]
    frame = frame.astype({"event_id": "str", "name": "str", "zone_id": "str", "attendance": float})
    for side in ("start", "end"):
        frame[side] = pd.to_datetime(frame[side], utc=True).astype(HOUR)
    return checked("events", frame.sort_values(["start", "event_id"], ignore_index=True))
