"""Who acts: the actors that every area has, and those that it names itself."""

from typing import Final

from data.area.zone import in_language
from language import Language, message_id
from response.cards.card import Playbook

EVERYWHERE: Final = {
    "gemeente": message_id("Municipality"),
    "handhaving": message_id("Enforcement"),
    "politie": message_id("Police"),
    "verkeersregelaars": message_id("Traffic wardens"),
    "reddingsbrigade": message_id("Lifeguards"),
    "evenementmanager": message_id("Event manager"),
    "horeca": message_id("Hospitality"),
    "vervoerder": message_id("Transport company"),
    "communicatie": message_id("Communications team"),
}
"""Actors by id, with what they are called (English id of the catalogue)."""


def actor_ids(playbook: Playbook) -> tuple[str, ...]:
    """Return the ids of all actors that cards of a playbook may name."""
    own = tuple(actor.id for actor in playbook.actors if actor.id not in EVERYWHERE)
    return (*EVERYWHERE, *own)


def actor_name(actor_id: str, playbook: Playbook, lang: Language) -> str:
    """Return what an actor is called; an area's own name for one goes before ours."""
    own = next((actor for actor in playbook.actors if actor.id == actor_id), None)
    if own is not None:
        return in_language(own.names, lang)
    return lang.t(EVERYWHERE[actor_id]) if actor_id in EVERYWHERE else actor_id


def acting(playbook: Playbook) -> tuple[str, ...]:
    """Return the actors that have a card to carry out, in the order of :func:`actor_ids`."""
    busy = {actor for card in playbook.cards for actor in card.actors}
    return tuple(actor for actor in actor_ids(playbook) if actor in busy)
