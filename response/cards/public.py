"""What everybody may see of a playbook: values that have no place for what is not theirs.

A public card is made here only, and holds no trigger, staffing, cost, step or moment to decide by, so that none can
reach a page, an answer, a calendar or a print of somebody else.
"""

from dataclasses import dataclass

from data.area.zone import Names
from response.cards.card import Card, Playbook, Taste, Texts


@dataclass(frozen=True)
class PublicCard:
    """A card as everybody sees it: what it is called, whose it is, what it means for people, and who adopted it."""

    id: str
    names: Names
    taste: Taste
    actors: tuple[str, ...]
    text: Texts
    adopted: bool


def public_card(card: Card) -> PublicCard | None:
    """Return what everybody may see of a card; ``None`` when that is nothing."""
    if card.visible != "everybody" or card.public_text is None:
        return None
    return PublicCard(card.id, card.names, card.taste, card.actors, card.public_text, card.adopted is not None)


def public_cards(playbook: Playbook) -> tuple[PublicCard, ...]:
    """Return what everybody may see of a playbook, in its order."""
    return tuple(found for card in playbook.cards if (found := public_card(card)) is not None)
