"""Which version of an event counts, where a calendar (or several) has more than one."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from data.connectors.ical.event import Event, Moment


@dataclass(frozen=True, eq=False)
class Series:
    """What belongs together by UID: the event itself, if it is there, and exceptions to its times.

    ``id``: what its rows are called by; the UID, but where two events go by one UID.
    """

    id: str
    master: Event | None
    exceptions: tuple[Event, ...]


def newest(events: Iterable[Event]) -> tuple[list[Series], list[Event]]:
    """Return the series of the newest versions, and the events that gave way to another one without a higher number.

    RFC 5545: the highest SEQUENCE counts, then the latest DTSTAMP. Of those equal in both, a later file goes first;
    in one file they are two events of one UID, and both are kept.
    """
    by_uid: dict[str, dict[Hashable, list[Event]]] = {}
    for event in events:
        by_uid.setdefault(event.uid, {}).setdefault(_of(event.original), []).append(event)
    found: list[Series] = []
    replaced: list[Event] = []
    for uid, versions in by_uid.items():
        kept = {original: _kept(same, replaced) for original, same in versions.items()}
        masters = kept.pop(None, [])
        exceptions = tuple(event for same in kept.values() for event in same[:1])
        replaced += [event for same in kept.values() for event in same[1:]]
        found.append(Series(uid, masters[0] if masters else None, exceptions))
        found += [Series(f"{uid}-{_stamp(twin.start)}", twin, ()) for twin in masters[1:]]
    return found, replaced


def _kept(versions: list[Event], replaced: list[Event]) -> list[Event]:
    """Return the events that are no older version of another; note those that only their date made older."""
    best = max(_rank(event) for event in versions)
    top = [event for event in versions if _rank(event) == best]
    for event in versions:
        same_file = event.sequence == best[0] and event.file == best[2]
        if _rank(event) < best and same_file and all(_says(event) != _says(other) for other in top):
            replaced.append(event)
    return list({_says(event): event for event in top}.values())


def _rank(event: Event) -> tuple[int, datetime, int]:
    return event.sequence, event.stamp, event.file


def _says(event: Event) -> Hashable:
    return event.name, _of(event.start), event.cancelled


def _of(moment: Moment | None) -> Hashable:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _stamp(moment: Moment) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"
