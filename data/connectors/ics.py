"""Events from a calendar in iCalendar format (``.ics``, RFC 5545), from an address or a folder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import icalendar
import pandas as pd

from data.area import Area
from data.connectors.client import Client
from data.connectors.repeats import occurrences, repeats
from data.connectors.settings import Connector
from data.connectors.tables import check_dates
from data.connectors.weather_frame import unexpected
from data.from_outside import check_size
from data.importing.notices import Notice
from data.schemas import HOUR, checked, empty
from language import Language, UserError


@dataclass(frozen=True)
class Calendar:
    """Events (schema ``EVENTS``) and what should be known of how they were read."""

    frame: pd.DataFrame
    notices: list[Notice]


def fetch(area: Area, connector: Connector, client: Client, folder: Path, now: datetime) -> Calendar:
    """Read all events of the source.

    Raises ``UserError`` when there is no calendar, or its dates are impossible.
    """
    if connector.url:
        contents = [client.get(connector.url, _valid).value]
    else:
        paths = sorted(path for path in folder.glob(connector.pattern) if path.is_file())
        contents = [_of_file(path) for path in paths]
    if not contents:
        raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=folder)
    return parsed(contents, area, connector, now)


def parsed(contents: list[bytes], area: Area, connector: Connector, now: datetime) -> Calendar:
    """Return the events of calendars.

    The place is the zone whose id or name stands in LOCATION, else the zone that holds GEO, else the connector's.
    Visitors are the property X-ATTENDANCE, else the connector's ``attendance``. An event without either is left
    out and named in a notice; a cancelled one is left out. A repeating event is read from three years back to a year
    ahead of ``now``, one row for each time.
    """
    rows: dict[str, dict[str, object]] = {}
    firsts: dict[str, datetime | None] = {}
    left_out, repeating = [], []
    events = [event for content in contents for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]
    # One time of a repeating event can be said to be otherwise: that is laid over it, wherever it stands in the file.
    for event in sorted(events, key=lambda event: "RECURRENCE-ID" in event):
        name, uid = (str(event.get(field, "")).strip() for field in ("SUMMARY", "UID"))
        original = _moment(event, "RECURRENCE-ID", area)
        event_id = _id_at(uid, original, firsts.get(uid)) if original else uid
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            rows.pop(event_id, None)
            continue
        row = _row(event, event_id, area, connector) if name else None
        times = _times(row, event, area, now) if row else None
        if times is None:
            left_out.append(name or uid or "?")
            continue
        if repeats(event):
            repeating.append(name)
            firsts[uid] = _moment(event, "DTSTART", area)
        rows |= {str(time["event_id"]): {**time, "name": name} for time in times}
    notices: list[Notice] = []
    if left_out:
        notices.append(partial(_say_left_out, left_out))
    if repeating:
        notices.append(partial(_say_repeating, repeating))
    if not rows:
        return Calendar(empty("events"), notices)
    columns = ["event_id", "name", "zone_id", "start", "end", "attendance"]
    frame = pd.DataFrame(list(rows.values()))[columns]
    frame = frame.astype({"event_id": "str", "name": "str", "zone_id": "str", "attendance": float})
    for side in ("start", "end"):
        frame[side] = pd.to_datetime(frame[side], utc=True).astype(HOUR)
    check_dates("iCalendar", frame["start"], now + timedelta(days=5 * 365))
    return Calendar(checked("events", frame.sort_values(["start", "event_id"], ignore_index=True)), notices)


def _valid(content: bytes) -> bytes:
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise unexpected("iCalendar", "iCalendar", content) from error
    if calendar.name != "VCALENDAR":
        raise unexpected("iCalendar", "iCalendar", content)
    return content


def _of_file(path: Path) -> bytes:
    check_size(path)
    return _valid(path.read_bytes())


def _row(event: icalendar.Component, event_id: str, area: Area, connector: Connector) -> dict[str, object] | None:
    start = _moment(event, "DTSTART", area)
    end = _end(event, start, area)
    zone_id = _zone(event, area) or connector.zone
    attendance = _attendance(event, connector)
    if (
        not event_id
        or start is None
        or end is None
        or zone_id not in area.zone_ids
        or attendance is None
        or end <= start
    ):
        return None
    return {"event_id": event_id, "zone_id": zone_id, "start": start, "end": end, "attendance": attendance}


def _times(
    row: dict[str, object], event: icalendar.Component, area: Area, now: datetime
) -> list[dict[str, object]] | None:
    """Return a row for each time of an event; ``None`` when its rule cannot be read."""
    if not repeats(event):
        return [row]
    start, end = row["start"], row["end"]
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    try:
        starts = occurrences(event, area.tz, now)
    except (ValueError, TypeError):
        return None
    return [
        {**row, "event_id": _id_at(str(row["event_id"]), moment, start), "start": moment, "end": moment + (end - start)}
        for moment in starts
    ]


def _id_at(uid: str, moment: datetime, first: datetime | None) -> str:
    """Return the id of one time of an event; its first time has the id of the event itself."""
    return uid if moment == first else f"{uid}-{moment:%Y%m%dT%H%M}"


def _moment(event: icalendar.Component, name: str, area: Area) -> datetime | None:
    """Return a moment in UTC: without a time zone it is area time, and a date is its midnight."""
    given = getattr(event.get(name), "dt", None)
    if isinstance(given, datetime):
        return (given if given.tzinfo else given.replace(tzinfo=area.tz)).astimezone(UTC)
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day, tzinfo=area.tz).astimezone(UTC)
    return None


def _end(event: icalendar.Component, start: datetime | None, area: Area) -> datetime | None:
    if "DTEND" in event or start is None:
        return _moment(event, "DTEND", area)
    lasting = getattr(event.get("DURATION"), "dt", None)
    if isinstance(lasting, timedelta):
        return start + lasting
    whole_day = not isinstance(getattr(event.get("DTSTART"), "dt", None), datetime)
    return start + timedelta(days=1) if whole_day else None


def _zone(event: icalendar.Component, area: Area) -> str:
    words = str(event.get("LOCATION", "")).casefold()
    found = [
        (len(name), zone.zone_id)
        for zone in area.zones
        for name in (zone.zone_id, *zone.names.values())
        if name.casefold() in words
    ]
    if found:
        return max(found)[1]
    geo = event.get("GEO")
    if geo is None:
        return ""
    from shapely.geometry import Point

    place = Point(float(geo.longitude), float(geo.latitude))
    return next((zone.zone_id for zone in area.zones if zone.geometry.contains(place)), "")


def _attendance(event: icalendar.Component, connector: Connector) -> float | None:
    given = str(event.get("X-ATTENDANCE", "")).strip()
    return float(given) if given.isdigit() else connector.attendance


def _say_left_out(names: list[str], lang: Language) -> str:
    return lang.n(
        "{n} event was left out, because its place, time or number of visitors is not known: {names}.",
        "{n} events were left out, because their place, time or number of visitors is not known: {names}.",
        len(names),
        names=", ".join(names[:5]) + (", …" if len(names) > 5 else ""),
    )


def _say_repeating(names: list[str], lang: Language) -> str:
    return lang.n(
        "{n} event repeats; it was read up to a year ahead: {names}.",
        "{n} events repeat; they were read up to a year ahead: {names}.",
        len(names),
        names=", ".join(names[:5]) + (", …" if len(names) > 5 else ""),
    )
