"""When a repeating event of a calendar takes place (RFC 5545: RRULE, RDATE, EXDATE), within a window."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]

BACK: Final = timedelta(days=3 * 366)
AHEAD: Final = timedelta(days=366)
"""The window: as far back as models learn from, and a year ahead."""

_MOST: Final = 50_000
"""Times that are looked at: more than daily for a century. A rule that needs more is not of an event for visitors."""

_TOO_OFTEN: Final = {"SECONDLY", "MINUTELY", "HOURLY"}


def repeats(event: icalendar.Component) -> bool:
    """Return whether the event takes place more than once."""
    return "RRULE" in event or "RDATE" in event


def occurrences(event: icalendar.Component, area_tz: ZoneInfo, now: datetime) -> list[datetime]:
    """Return the starts (UTC) of a repeating event between :data:`BACK` before ``now`` and :data:`AHEAD` after it.

    An event at 20:00 stays at 20:00 on the clock when that is put forward or back. Raises ``ValueError`` when the rule
    cannot be read, or takes place more often than an event for visitors can.
    """
    given: Any = getattr(event["DTSTART"], "dt", None)
    tz = given.tzinfo if isinstance(given, datetime) and given.tzinfo else area_tz

    def on_clock(moment: date | datetime) -> datetime:
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time())
        return moment.astimezone(tz).replace(tzinfo=None) if moment.tzinfo else moment

    start, every = on_clock(given), rruleset()
    every.rdate(start)
    for rule in _listed(event.get("RRULE")):
        every.rrule(rrulestr(_plain(rule, on_clock), dtstart=start))
    for moment in _moments(event, "RDATE"):
        every.rdate(on_clock(moment))
    for moment in _moments(event, "EXDATE"):
        every.exdate(on_clock(moment))
    first, last = (edge.astimezone(tz).replace(tzinfo=None) for edge in (now - BACK, now + AHEAD))
    found: list[datetime] = []
    for number, moment in enumerate(every):
        if moment > last:
            break
        if number > _MOST:
            raise ValueError("too many times")
        if moment >= first:
            found.append(moment.replace(tzinfo=tz).astimezone(UTC))
    return found


def _plain(rule: icalendar.vRecur, on_clock: Any) -> str:
    """Return a rule as text in which the end, if any, is on the clock too."""
    if not _TOO_OFTEN.isdisjoint(str(part).upper() for part in rule.get("FREQ", [])):
        raise ValueError("too often")
    end = {"UNTIL": [_whole_day(until, on_clock) for until in rule["UNTIL"]]} if "UNTIL" in rule else {}
    return str(icalendar.vRecur({**rule, **end}).to_ical().decode())  # type: ignore[no-untyped-call]


def _whole_day(until: date | datetime, on_clock: Any) -> datetime:
    moment: datetime = on_clock(until)
    return moment if isinstance(until, datetime) else moment + timedelta(days=1, seconds=-1)


def _moments(event: icalendar.Component, name: str) -> list[date | datetime]:
    given = [moment.dt for dates in _listed(event.get(name)) for moment in dates.dts]
    return [moment[0] if isinstance(moment, tuple) else moment for moment in given]


def _listed(given: Any) -> list[Any]:
    return [] if given is None else given if isinstance(given, list) else [given]
