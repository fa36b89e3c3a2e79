"""What was called for before and is not any more: so that a calendar takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from response.cards.card import Card
from response.week.ahead import Use, WeekAhead


@dataclass(frozen=True)
class Withdrawn:
    """A card that an earlier forecast or playbook called for on a day, from ``start`` to ``end``, and that is off."""

    card: Card
    day: date
    start: datetime
    end: datetime


def withdrawn(week: WeekAhead, earlier: Iterable[WeekAhead]) -> tuple[Withdrawn, ...]:
    """Return what earlier weeks (newest first) called for on days of this week that have not passed, and it does not.

    Of each card and day what the newest of them said counts.
    """
    called = {key_of(use) for use in week.uses if use.met}
    found: dict[tuple[str, date], Withdrawn] = {}
    for before in earlier:
        for use in before.uses:
            if use.met and key_of(use) not in called and use.span[1] > week.now and use.day in week.days:
                found.setdefault(key_of(use), Withdrawn(use.card, use.day, *use.span))
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.card.id)))


def key_of(use: Use) -> tuple[str, date]:
    """Return what makes a use the same one from forecast to forecast: its card and its day."""
    return use.card.id, use.day
