"""What should be known of how a calendar was read, in sentences: what was left out and why, what repeats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from data.connectors.ical.event import Event, Reason
from data.tables.notices import Notice
from language import Language

_NAMED: Final = 5


@dataclass(frozen=True)
class Unread:
    """An event that was left out: why, its name and its UID as far as they are known."""

    reason: Reason
    name: str
    uid: str


def notices(unread: Iterable[Unread], events: Iterable[Event], *, whole: bool) -> list[Notice]:
    """Return what to say, the gravest first."""
    found: list[Notice] = [] if whole else [_say_cut_off]
    by_reason: dict[Reason, list[str]] = {}
    for one in unread:
        by_reason.setdefault(one.reason, []).append(one.name or one.uid or "?")
    found += [partial(_say_left_out, reason, _different(names)) for reason, names in by_reason.items()]
    kept = list(events)
    zones: dict[str, list[str]] = {}
    for event in kept:
        for zone in sorted(event.unknown_zones):
            zones.setdefault(zone, []).append(event.name)
    found += [partial(_say_unknown_zone, zone, _different(names)) for zone, names in zones.items()]
    if skipped := _different([event.name for event in kept if event.skipped]):
        found.append(partial(_say_skipped, skipped))
    if repeating := _different([event.name for event in kept if event.repeats and not event.cancelled]):
        found.append(partial(_say_repeating, repeating))
    return found


def _different(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _because(reason: Reason, lang: Language) -> str:
    texts: dict[Reason, Callable[[], str]] = {
        "cut off": lambda: lang.t("its end (END:VEVENT) is missing"),
        "broken": lambda: lang.t("it cannot be read as an event"),
        "id": lambda: lang.t("it has no UID"),
        "name": lambda: lang.t("it has no name (SUMMARY)"),
        "start": lambda: lang.t("its start (DTSTART) is missing or cannot be read"),
        "end": lambda: lang.t("its end is missing, cannot be read, or does not come after its start"),
        "date": lambda: lang.t("its date is impossible"),
        "rule": lambda: lang.t("its repetition (RRULE, RDATE, EXDATE or RECURRENCE-ID) cannot be read"),
        "often": lambda: lang.t("it repeats more often than an event for visitors can"),
        "place": lambda: lang.t("its place is not known: neither LOCATION, GEO nor the connector names a zone"),
        "visitors": lambda: lang.t(
            "its number of visitors is not known: neither X-ATTENDANCE nor the connector has it"
        ),
        "number": lambda: lang.t("its number of visitors (X-ATTENDANCE) is not a number"),
        "replaced": lambda: lang.t("another event with the same UID is newer (DTSTAMP)"),
    }
    return texts[reason]()


def _say_cut_off(lang: Language) -> str:
    return lang.t(
        "The calendar breaks off: its end (END:VCALENDAR) is missing. What came before it was read, and no event was "
        "removed."
    )


def _say_left_out(reason: Reason, names: list[str], lang: Language) -> str:
    return lang.n(
        "{n} event was left out, because {reason}: {names}.",
        "{n} events were left out, because {reason}: {names}.",
        len(names),
        reason=_because(reason, lang),
        names=_listed(names),
    )


def _say_unknown_zone(zone: str, names: list[str], lang: Language) -> str:
    return lang.n(
        "The time zone '{zone}' is not known. The times of {n} event were taken as those of the area: {names}.",
        "The time zone '{zone}' is not known. The times of {n} events were taken as those of the area: {names}.",
        len(names),
        zone=zone,
        names=_listed(names),
    )


def _say_skipped(names: list[str], lang: Language) -> str:
    return lang.n(
        "{n} event has a line that cannot be read. It was skipped. Time and name can be read: {names}.",
        "{n} events have a line that cannot be read. It was skipped. Times and names can be read: {names}.",
        len(names),
        names=_listed(names),
    )


def _say_repeating(names: list[str], lang: Language) -> str:
    return lang.n(
        "{n} event repeats; it was read up to a year ahead: {names}.",
        "{n} events repeat; they were read up to a year ahead: {names}.",
        len(names),
        names=_listed(names),
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
