"""An event as it stands in a calendar, with every moment on a known clock; or the reason why it cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import icalendar

from data.connectors.ical.zones import zone_called
from language.visible import one_line

Moment = date | datetime
"""A day, or an aware moment."""

Reason = Literal[
    "cut off",
    "broken",
    "id",
    "name",
    "start",
    "end",
    "date",
    "rule",
    "often",
    "place",
    "visitors",
    "number",
    "replaced",
]
"""Why an event is left out: what cannot be read, is not known, or is not possible."""

_ANY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_YEAR: Final = 1901
_LAST_YEAR: Final = 2099


class UnreadError(Exception):
    """An event that cannot be read: why, and what it is called as far as that is known."""

    def __init__(self, reason: Reason, name: str = "", uid: str = "") -> None:
        self.reason, self.name, self.uid = reason, name, uid
        super().__init__(reason)


@dataclass(frozen=True, eq=False)
class Event:
    """One VEVENT.

    ``sequence`` and ``stamp`` (UTC) tell versions apart, ``file`` and ``number`` where it stood. ``original``: of which
    time of a repeating event this is an exception, ``and_future``: also of those after it. ``end`` or ``lasting``, or
    neither. ``rules``, ``but_rules``: when it repeats, and does not; ``dates``: further starts, some with an end or a
    duration of their own; ``but_dates``: days and starts on which it is not. ``unknown_zones``: names of time zones
    that nobody knows; those times are taken as the area's. ``skipped``: whether a line that does not matter was broken.
    """

    uid: str
    name: str
    cancelled: bool
    sequence: int
    stamp: datetime
    file: int
    number: int
    start: Moment
    end: Moment | None
    lasting: timedelta | None
    original: Moment | None
    and_future: bool
    rules: tuple[icalendar.vRecur, ...]
    but_rules: tuple[icalendar.vRecur, ...]
    dates: tuple[tuple[Moment, Moment | timedelta | None], ...]
    but_dates: tuple[Moment, ...]
    unknown_zones: frozenset[str]
    skipped: bool
    component: icalendar.Component

    @property
    def whole_days(self) -> bool:
        """Whether it is on days and not at hours."""
        return not isinstance(self.start, datetime)

    @property
    def repeats(self) -> bool:
        """Whether it takes place more than once; an exception never does."""
        return self.original is None and bool(self.rules or self.dates)


def read_event(text: str, file: int, number: int, here: ZoneInfo) -> Event:
    """Read the text of a VEVENT. Raises ``UnreadError``. ``here``: the clock of times without a time zone."""
    try:
        component: Any = icalendar.Event.from_ical(text)
    except Exception as error:  # whatever the library stumbles over
        raise UnreadError("broken") from error
    name, uid = (one_line(str(_first(component.get(field)) or "")) for field in ("SUMMARY", "UID"))
    try:
        return _event(component, uid, name, file, number, here)
    except UnreadError as error:
        raise UnreadError(error.reason, name, uid) from error
    except Exception as error:
        raise UnreadError("broken", name, uid) from error


def _event(component: Any, uid: str, name: str, file: int, number: int, here: ZoneInfo) -> Event:
    if not uid:
        raise UnreadError("id")
    broken = {str(field).upper() for field, _ in component.errors}
    for field, reason in _REASONS.items():
        if field in broken:
            raise UnreadError(reason)
    unknown: set[str] = set()

    def at(field: str) -> Moment | None:
        return _moment(_first(component.get(field)), here, unknown)

    start, original = at("DTSTART"), at("RECURRENCE-ID")
    cancelled = str(_first(component.get("STATUS")) or "").strip().upper() == "CANCELLED"
    if start is None and cancelled:  # it says no more than that
        start = original or _ANY
    if start is None:
        raise UnreadError("start")
    stamp = at("DTSTAMP") if "DTSTAMP" not in broken else None
    lasting = getattr(_first(component.get("DURATION")), "dt", None)
    ranged = getattr(_first(component.get("RECURRENCE-ID")), "params", {}).get("RANGE", "")
    event = Event(
        uid=uid,
        name=name,
        cancelled=cancelled,
        sequence=int(_first(component.get("SEQUENCE")) or 0),
        stamp=stamp if isinstance(stamp, datetime) else datetime.min.replace(tzinfo=UTC),
        file=file,
        number=number,
        start=start,
        end=at("DTEND"),
        lasting=lasting if isinstance(lasting, timedelta) else None,
        original=original,
        and_future=str(ranged).upper() == "THISANDFUTURE",
        rules=tuple(_listed(component.get("RRULE"))),
        but_rules=tuple(_listed(component.get("EXRULE"))),
        dates=tuple(_dates(component, "RDATE", here, unknown)),
        but_dates=tuple(moment for moment, _ in _dates(component, "EXDATE", here, unknown)),
        unknown_zones=frozenset(unknown),
        skipped=bool(component.errors),
        component=component,
    )
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        raise UnreadError("date")
    if not event.cancelled and not event.name:
        raise UnreadError("name")
    return event


_REASONS: Final[dict[str, Reason]] = {
    "UID": "id",
    "DTSTART": "start",
    "DTEND": "end",
    "DURATION": "end",
    "RECURRENCE-ID": "rule",
    "RRULE": "rule",
    "EXRULE": "rule",
    "RDATE": "rule",
    "EXDATE": "rule",
    "SEQUENCE": "broken",
}
"""Properties without which, or misread, an event would be at another time, or another event."""


def _moment(given: Any, here: ZoneInfo, unknown: set[str]) -> Moment | None:
    moment = getattr(given, "dt", None)
    return _on_clock(moment, given, here, unknown) if isinstance(moment, date) else None


def _on_clock(moment: Moment, given: Any, here: ZoneInfo, unknown: set[str]) -> Moment:
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        return moment
    name = str(getattr(given, "params", {}).get("TZID", ""))
    zone: tzinfo | None = zone_called(name, here.key) if name else here
    if zone is None:
        unknown.add(name)
    return moment.replace(tzinfo=zone or here)


def _dates(
    component: Any, field: str, here: ZoneInfo, unknown: set[str]
) -> Iterator[tuple[Moment, Moment | timedelta | None]]:
    for listed in _listed(component.get(field)):
        for one in listed.dts:
            value = one.dt
            if isinstance(value, tuple):
                start, end = value
                yield (
                    _on_clock(start, listed, here, unknown),
                    (end if isinstance(end, timedelta) else _on_clock(end, listed, here, unknown)),
                )
            elif isinstance(value, date):
                yield _on_clock(value, listed, here, unknown), None
            else:
                raise UnreadError("rule")


def _listed(given: Any) -> list[Any]:
    return [] if given is None else given if isinstance(given, list) else [given]


def _first(given: Any) -> Any:
    """Return a property that may be there once; of several, the first."""
    return given[0] if isinstance(given, list) else given
