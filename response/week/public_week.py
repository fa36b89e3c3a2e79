"""What everybody may know of the week ahead: which public cards are for use on which day, and nothing else of them."""

from dataclasses import dataclass
from datetime import date

from response.cards.public import PublicCard, public_card
from response.week.ahead import WeekAhead


@dataclass(frozen=True)
class PublicUse:
    """A public card on a day on which it is called for."""

    card: PublicCard
    day: date


def public_uses(week: WeekAhead) -> tuple[PublicUse, ...]:
    """Return the public cards that are called for in the coming week, day by day, in the order of the playbook."""
    order = {card.id: number for number, card in enumerate(week.playbook.cards)}
    found = [
        PublicUse(public, use.day) for use in week.uses if use.met and (public := public_card(use.card)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.day, order[one.card.id])))
