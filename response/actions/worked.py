"""When measures were at work, place by place, as the entries of the log together tell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from response.actions.entry import Logged


@dataclass(frozen=True)
class Worked:
    """A measure at one ``zone`` from ``start`` to ``end`` (UTC): ``None`` while nobody said that it ended.

    ``entry`` is the one that says that it started, or else that it ended.
    """

    zone: str
    start: datetime
    end: datetime | None
    entry: Logged

    def at(self, moment: datetime) -> bool:
        """Return whether it is at work at a moment (aware)."""
        return self.start <= moment and (self.end is None or self.end > moment)


def worked(entries: Iterable[Logged]) -> list[Worked]:
    """Return when what is started or ended worked, the earliest start first; what was struck through counts no more.

    An entry 'ended' belongs to the one 'started' before it, of the same card or linked to it, at the same place.
    """
    told = sorted((one for one in entries if not one.struck), key=lambda one: one.entry.happened)
    ends = [one for one in told if one.entry.stage == "ended"]
    taken: set[tuple[str, str]] = set()
    found: list[Worked] = []
    for one in told:
        if one.entry.stage != "started":
            continue
        for zone in one.entry.zones:
            end = one.entry.until
            closing = next((each for each in ends if (each.root, zone) not in taken and _closes(each, one, zone)), None)
            if closing is not None:
                taken.add((closing.root, zone))
                end = closing.entry.until or closing.entry.happened
            found.append(Worked(zone, one.entry.happened, end, one))
    alone = ((one, zone) for one in ends for zone in one.entry.zones if (one.root, zone) not in taken)
    found += [Worked(zone, one.entry.happened, one.entry.until or one.entry.happened, one) for one, zone in alone]
    return sorted(found, key=lambda each: each.start)


def during(
    told: Sequence[Worked], zones: Collection[str], start: datetime, end: datetime, tz: tzinfo
) -> tuple[Worked, ...]:
    """Return what was at work at some of the zones between two moments (aware), the earliest start first.

    One of which nobody said that it ended counts until its local day was over.
    """
    return tuple(one for one in told if one.zone in zones and one.start < end and _over(one, tz) >= start)


def _over(one: Worked, tz: tzinfo) -> datetime:
    if one.end is not None:
        return one.end
    return datetime.combine(one.start.astimezone(tz).date() + timedelta(days=1), time(), tz)


def _closes(end: Logged, start: Logged, zone: str) -> bool:
    same = start.root in end.entry.links or (end.entry.card is not None and end.entry.card == start.entry.card)
    return same and zone in end.entry.zones and end.entry.happened >= start.entry.happened
