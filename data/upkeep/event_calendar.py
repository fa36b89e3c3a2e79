"""The event calendar of an area, as its steward keeps it: read whole, checked, and written whole."""

import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.area.area import Area
from data.area.schemas import empty
from data.area.sources import add_source, has_source, read_sources
from data.importing.events import read_events
from data.keeping.home import area_home, find, written_whole
from data.keeping.locking import locked
from data.upkeep.earlier import keep_earlier
from language import UserError

COLUMNS: Final = ("event_id", "name", "zone_id", "start", "end", "attendance")

_FILE: Final = "events.csv"
_TITLE: Final = {"nl": "Evenementenkalender", "en": "Event calendar"}


@dataclass(frozen=True)
class Saved:
    """Ids of the events that were added, changed and removed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the calendar was like this already."""
        return not (self.added or self.changed or self.removed)


def read_calendar(area: Area) -> pd.DataFrame:
    """Return all events of the area (schema ``EVENTS``, UTC). Raises ``UserError`` when the file is not right."""
    path = find(area.id, _FILE)
    return read_events(path, area.zone_ids, area.tz) if path else empty("events")


def save_calendar(area: Area, events: pd.DataFrame, *, agreed_by: str = "") -> Saved:
    """Make ``events`` the calendar of the area; a copy of the earlier one is kept.

    ``events`` has :data:`COLUMNS`; a time without a zone is area time, and an event without an id gets one. An
    area's first events need ``agreed_by``: who agreed to their use. Raises ``UserError`` with the name of the event
    that is not complete, or when the area's events come from elsewhere.
    """
    check_kept_here(area)
    with locked(area.id, "fetch"):
        return _kept(area, read_calendar(area), events, agreed_by)


def add_event(area: Area, event: Mapping[Any, Any], *, agreed_by: str = "") -> Saved:
    """Add one event to the newest calendar; of one whose id is in it already nothing is changed.

    ``event`` has :data:`COLUMNS`. Raises ``UserError`` as :func:`save_calendar`.
    """
    check_kept_here(area)
    with locked(area.id, "fetch"):
        before = read_calendar(area)
        if event["event_id"] in set(before["event_id"]):
            return Saved((), (), ())
        row = pd.DataFrame([dict(event)], columns=list(COLUMNS))
        return _kept(area, before, pd.concat([before[list(COLUMNS)], row]) if len(before) else row, agreed_by)


def check_kept_here(area: Area) -> None:
    """Raise ``UserError`` when the events of the area come from elsewhere, so that nobody keeps them here."""
    if any(source.provider != "file" for source in read_sources(area.id) if source.kind == "events"):
        raise UserError("These data ship with the project and stay as they are. Add an area of your own.")


def _kept(area: Area, calendar: pd.DataFrame, events: pd.DataFrame, agreed_by: str) -> Saved:
    rows = [event_row(area, event) for event in events[list(COLUMNS)].to_dict("records")]
    taken = {row["event_id"] for row in rows if row["event_id"]}
    for row in rows:
        if not row["event_id"]:
            row["event_id"] = _new_id(row, taken)
            taken.add(row["event_id"])
    before = calendar.set_index("event_id")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _FILE
        pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(path, index=False, lineterminator="\n")
        after = read_events(path, area.zone_ids, area.tz).set_index("event_id")
        saved = _difference(before, after)
        if saved.nothing:
            return saved
        if not has_source(area.id, "events"):
            add_source(area.id, "events", _TITLE, agreed_by)
        keep_earlier(area, _FILE)
        with written_whole(area_home(area.id) / _FILE) as temporary:
            temporary.write_bytes(path.read_bytes())
            temporary.chmod(0o644)
    return saved


def event_row(area: Area, event: Mapping[Any, Any]) -> dict[str, str]:
    """Return an event as texts of the calendar, its moments in UTC. Raises ``UserError`` when it is not complete."""
    name = " ".join(str(event["name"] or "").split())
    start, end = (_moment(area, event[side]) for side in ("start", "end"))
    attendance = pd.to_numeric(str(event["attendance"]), errors="coerce")
    complete = name and start is not None and end is not None and start < end and attendance >= 0
    if not complete or event["zone_id"] not in area.zone_ids:
        raise incomplete(name)
    assert start is not None
    assert end is not None
    return {
        "event_id": str(event["event_id"] or "") if isinstance(event["event_id"], str) else "",
        "name": name,
        "zone_id": str(event["zone_id"]),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "attendance": f"{float(attendance):.10g}",
    }


def incomplete(name: str) -> UserError:
    """Return the error about an event of which something is missing, or is not possible."""
    return UserError(
        "Event '{name}' is not complete. It needs a name, a place, an end after its start, and a number of "
        "visitors of 0 or more.",
        name=name or "?",
    )


def _moment(area: Area, value: object) -> pd.Timestamp | None:
    moment = pd.to_datetime(value, errors="coerce")  # type: ignore[call-overload]
    if pd.isna(moment):
        return None
    if moment.tzinfo is None:
        moment = moment.tz_localize(area.tz, ambiguous=True, nonexistent="shift_forward")
    found: pd.Timestamp = moment.tz_convert("UTC")
    return found


def _new_id(row: dict[str, str], taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", row["name"]).encode("ascii", "ignore").decode().lower()
    base = f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:40] or 'event'}-{row['start'][:10]}"
    number, fresh = 2, base
    while fresh in taken:
        fresh, number = f"{base}-{number}", number + 1
    return fresh


def _difference(before: pd.DataFrame, after: pd.DataFrame) -> Saved:
    both = before.index.intersection(after.index)
    differs = (before.loc[both] != after.loc[both, before.columns]).any(axis=1)
    return Saved(
        tuple(after.index.difference(before.index)), tuple(both[differs]), tuple(before.index.difference(after.index))
    )
