"""When the events of a calendar take place, within a window: repetition, exceptions and further dates (RFC 5545).

The expansion itself is that of the package recurring-ical-events. It is given times on the wall clock of the event, so
that 20:00 stays 20:00 and a day stays a day when the clocks change; what comes out is put on that clock again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar.prop import vDDDLists, vDDDTypes
from recurring_ical_events.query import CalendarQuery

from data.connectors.ical.event import Event, Moment, UnreadError
from data.connectors.ical.versions import Series

BACK: Final = timedelta(days=3 * 366)
AHEAD: Final = timedelta(days=366)
"""The window: as far back as models learn from, and a year ahead."""

MOST_STEPS: Final = 200_000
"""Days, weeks, months or years that the rules of a calendar may step through together: some hundreds of daily ones."""

_DAYS: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_TIMES_A_DAY: Final = 4
_MOST_DATES: Final = 20_000
_NUMBER: Final = "X-NUMBER"
_NEVER: Final = vDDDLists([date(1, 1, 1)])


@dataclass(frozen=True, eq=False)
class Time:
    """One time of an event: of which version it is, and from when until when (UTC). ``id``: the same every night."""

    id: str
    event: Event
    start: datetime
    end: datetime


class Budget:
    """What is left of :data:`MOST_STEPS`."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def take(self, steps: float) -> None:
        """Take steps. Raises ``UnreadError`` when there are not so many left."""
        if steps > self._left:
            raise UnreadError("often")
        self._left -= int(steps)


def times_of(series: Series, here: ZoneInfo, now: datetime, budget: Budget) -> list[Time]:
    """Return the times of a series, those of a repeating event between :data:`BACK` before ``now`` and :data:`AHEAD`
    after it.

    Raises ``UnreadError`` when a rule of it cannot be read, or takes place more often than an event for visitors can.
    """
    master, exceptions = series.master, series.exceptions
    first = master or exceptions[0]
    tz = here if first.whole_days else first.start.tzinfo  # type: ignore[union-attr]
    assert tz is not None
    if master is not None and master.cancelled:
        return []
    if master is not None and not master.repeats and not exceptions:
        return [_time(series.id, master, _wall(master.start, tz), None, tz)]
    events = [*([master] if master else []), *exceptions]
    calendar = icalendar.Calendar()
    for number, event in enumerate(events):
        calendar.add_component(_on_the_wall(event, number, master, tz, now, budget))
    edges = ((now + apart).astimezone(tz).replace(tzinfo=None) for apart in (-BACK, AHEAD))
    ends = dict(_own_ends(master, tz)) if master else {}
    found = []
    for one in CalendarQuery(calendar, components=["VEVENT"]).between(*edges):
        event, start = events[int(one[_NUMBER])], _wall(one["DTSTART"].dt, tz)
        original = start
        if event.original is not None:
            original = start - (_wall(event.start, tz) - _original(event, master, tz))
        if not event.cancelled:
            moment = None if master and original == _wall(master.start, tz) else _utc(original, tz)
            name = series.id if moment is None else f"{series.id}-{moment:%Y%m%dT%H%M}"
            found.append(_time(name, event, start, ends.get(start) if event is master else None, tz))
    return found


def _on_the_wall(
    event: Event, number: int, master: Event | None, tz: tzinfo, now: datetime, budget: Budget
) -> icalendar.Event:
    """Return an event with its times on the wall clock, for the expansion; it is recognised by its number."""
    start = _wall(event.start, tz)
    lasting = max(_end(event, start, None, tz).astimezone(tz).replace(tzinfo=None) - start, timedelta(0))
    if event.original is None and len(event.rules) == 1:
        start = _advanced(event.rules[0], start, (now - BACK).astimezone(tz).replace(tzinfo=None) - lasting)
    made = icalendar.Event()
    made["UID"], made["SEQUENCE"], made[_NUMBER] = "series", event.sequence, str(number)
    made["DTSTART"], made["DTEND"] = vDDDTypes(start), vDDDTypes(start + lasting)
    if event.original is not None:
        made["RECURRENCE-ID"] = vDDDTypes(_original(event, master, tz))
        if event.and_future:
            made["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        made["EXDATE"] = _NEVER  # so that an exception to an older version is seen as such
        return made
    if len(event.dates) + len(event.but_dates) > _MOST_DATES:
        raise UnreadError("often")
    rules = [_rule(rule, start, tz, now, budget) for rule in event.rules]
    if rules := [rule for rule in rules if rule is not None]:
        made["RRULE"] = rules
    if event.dates:
        made["RDATE"] = vDDDLists([_like(moment, event, tz) for moment, _ in event.dates])
    but = [_excepted(moment, event, tz) for moment in event.but_dates]
    but += [moment for rule in event.but_rules for moment in _starts(rule, start, tz, now, budget)]
    if but:
        made["EXDATE"] = vDDDLists(but)
    return made


def _rule(
    rule: icalendar.vRecur, start: datetime, tz: tzinfo, now: datetime, budget: Budget
) -> icalendar.vRecur | None:
    """Return a rule whose end, if any, is on the wall clock too; ``None`` for one that never takes place."""
    given: dict[str, list[Any]] = {str(name).upper(): list(values) for name, values in rule.items()}
    often, apart = str(given.get("FREQ", [""])[0]).upper(), int(given.get("INTERVAL", [1])[0])
    if often not in _DAYS:
        raise UnreadError("often" if often in ("SECONDLY", "MINUTELY", "HOURLY") else "rule")
    if apart < 1:
        raise UnreadError("rule")
    per_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        per_day *= max(len(given.get(part, [])), 1)
    if per_day > _TIMES_A_DAY:
        raise UnreadError("often")
    until = [_until(moment, tz) for moment in given.get("UNTIL", [])]
    last = min([(now + AHEAD).astimezone(tz).replace(tzinfo=None), *until])
    budget.take(max((last - start).days, 0) / (_DAYS[often] * apart) * per_day)
    made = icalendar.vRecur({**given, **({"UNTIL": until} if until else {})})
    return made if _lives(made, start) else None


def _advanced(rule: icalendar.vRecur, start: datetime, before: datetime) -> datetime:
    """Return a later start from which a rule of days or weeks goes on alike, at least a step before ``before``.

    So that a market of 1990 need not be followed through all weeks since.
    """
    given = {str(name).upper(): list(values) for name, values in rule.items()}
    days = {"DAILY": 1, "WEEKLY": 7}.get(str(given.get("FREQ", [""])[0]).upper())
    apart = int(given.get("INTERVAL", [1])[0])
    if days is None or apart < 1 or "COUNT" in given:
        return start
    steps = (before - start).days // (days * apart) - 2
    return start + timedelta(days=days * apart * max(steps, 0))


def _lives(rule: icalendar.vRecur, start: datetime) -> bool:
    """Return whether a rule ever takes place: what never does would be looked for until the year 9999.

    So it is moved to just before that: the calendar of 1901 to 2099 comes back every 28 years, and that of the
    9900s is that of the 1900s. Raises ``UnreadError`` when the rule cannot be read.
    """
    year = 9953 + (start.year - 1953) % 28
    plain = {name: value for name, value in rule.items() if str(name).upper() not in ("UNTIL", "COUNT")}
    text = icalendar.vRecur(plain).to_ical().decode()  # type: ignore[no-untyped-call]
    try:
        return next(iter(rrulestr(text, dtstart=start.replace(year=year))), None) is not None
    except (ValueError, TypeError, IndexError) as error:
        raise UnreadError("rule") from error


def _starts(rule: icalendar.vRecur, start: datetime, tz: tzinfo, now: datetime, budget: Budget) -> list[datetime]:
    """Return the times of a rule up to the end of the window."""
    made = _rule(rule, start, tz, now, budget)
    if made is None:
        return []
    last = (now + AHEAD).astimezone(tz).replace(tzinfo=None)
    text = made.to_ical().decode()  # type: ignore[no-untyped-call]
    return list(takewhile(lambda moment: moment <= last, islice(rrulestr(text, dtstart=start), _MOST_DATES)))


def _until(moment: Moment, tz: tzinfo) -> datetime:
    """Return the end of a rule on the wall clock; a day counts to its end."""
    if isinstance(moment, datetime):
        return _wall(moment, tz) if moment.tzinfo else moment
    return datetime.combine(moment, time()) + timedelta(days=1, seconds=-1)


def _wall(moment: Moment, tz: tzinfo) -> datetime:
    """Return a moment on the wall clock of ``tz``; a day begins at midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(tz).replace(tzinfo=None) if moment.tzinfo else moment


def _like(moment: Moment, event: Event, tz: tzinfo) -> datetime:
    """Return a further start like that of the event: a day gets its hour, and where it is whole days an hour goes."""
    if event.whole_days:
        return datetime.combine(_wall(moment, tz).date(), time())
    if isinstance(moment, datetime):
        return _wall(moment, tz)
    return datetime.combine(moment, _wall(event.start, tz).time())


def _excepted(moment: Moment, event: Event, tz: tzinfo) -> Moment:
    """Return what an EXDATE excepts: a start, or all of a day."""
    return _wall(moment, tz) if isinstance(moment, datetime) and not event.whole_days else _wall(moment, tz).date()


def _original(event: Event, master: Event | None, tz: tzinfo) -> datetime:
    """Return of which start of the master an event is the exception."""
    assert event.original is not None
    return _like(event.original, master, tz) if master else _wall(event.original, tz)


def _own_ends(master: Event, tz: tzinfo) -> Iterator[tuple[datetime, Moment | timedelta]]:
    """Yield further starts that have an end or a duration of their own."""
    for moment, end in master.dates:
        if end is not None:
            yield _like(moment, master, tz), end


def _time(name: str, event: Event, start: datetime, own_end: Moment | timedelta | None, tz: tzinfo) -> Time:
    return Time(name, event, _utc(start, tz), _end(event, start, own_end, tz))


def _end(event: Event, start: datetime, own_end: Moment | timedelta | None, tz: tzinfo) -> datetime:
    """Return the end (UTC) of the time that starts at ``start`` on the wall clock.

    Whole days end at midnight, days of a DURATION are days of the clock, and an hour lasts an hour, also when the
    clocks change. Without an end or a duration an event of whole days lasts one, and another one no time at all.
    """
    began = _utc(start, tz)
    if isinstance(own_end, timedelta):
        return _lasting(start, own_end, tz)
    if own_end is not None:
        return _utc(_wall(own_end, tz), tz)
    if event.end is None:
        return _lasting(start, event.lasting or timedelta(days=1 if event.whole_days else 0), tz)
    if event.whole_days:
        return _utc(start + (_wall(event.end, tz) - _wall(event.start, tz)), tz)
    return began + (_utc(_wall(event.end, tz), tz) - _utc(_wall(event.start, tz), tz))


def _lasting(start: datetime, lasting: timedelta, tz: tzinfo) -> datetime:
    days = timedelta(days=lasting.days)
    return _utc(start + days, tz) + (lasting - days)


def _utc(wall: datetime, tz: tzinfo) -> datetime:
    return wall.replace(tzinfo=tz).astimezone(UTC)
