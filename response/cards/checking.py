"""Whether cards fit their area: each fault is a sentence that says what is wrong and what to do."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from data.area.area import Area
from data.area.measures import Measures, Places
from forecasting.model.residuals import AHEAD
from language import Language, UserError
from language.markdown import Markdown
from response.cards.actors import actor_ids
from response.cards.card import Card, Playbook

MOST_CARDS: Final = 60


class CardError(UserError):
    """What is wrong with a card; with ``file`` and ``line`` among its values, also where it stands."""

    def say(self, lang: Language) -> str:
        """Return the sentence in ``lang``, after the file and line where they are known."""
        return self._placed(lang).say(lang) if "line" in self.values else super().say(lang)

    def md(self, lang: Language) -> Markdown:
        """Return the same as Markdown."""
        return self._placed(lang).md(lang) if "line" in self.values else super().md(lang)

    def at(self, file: object, line: int) -> "CardError":
        """Return the same error with where it stands."""
        return CardError(self.message, **{**self.values, "file": file, "line": line})

    def _placed(self, lang: Language) -> UserError:
        values = {name: value for name, value in self.values.items() if name not in {"file", "line"}}
        what = UserError(self.message, **values).say(lang)
        return UserError("{file}, line {line}: {what}", file=self.values["file"], line=self.values["line"], what=what)


Fault = tuple[int, str, CardError]
"""The index of the card (or kind of business), the key that is wrong (with points), and the error."""


def faults(playbook: Playbook, area: Area, measures: Measures) -> Iterator[Fault]:
    """Yield what is wrong with cards that are valid each by itself, in the order of the file."""
    cards, known = playbook.cards, actor_ids(playbook)
    ids = [card.id for card in cards]
    if len(cards) > MOST_CARDS:
        yield MOST_CARDS, "id", CardError("A playbook has at most {most} cards. Leave some out.", most=MOST_CARDS)
    for index, card in enumerate(cards):
        if ids.index(card.id) < index:
            yield index, "id", CardError("Two cards are called '{card}'. Give each an id of its own.", card=card.id)
        yield from ((index, key, error) for key, error in _of_one(card, area, measures, known))
        yield from ((index, "businesses", error) for error in _businesses_of(card, playbook))
        for key in ("excludes", "strengthens"):
            for other in getattr(card, key):
                if other not in ids or other == card.id:
                    yield (
                        index,
                        key,
                        CardError(
                            "Card '{card}' names the card '{other}' at '{key}'. There is no other card of that id.",
                            card=card.id,
                            other=other,
                            key=key,
                        ),
                    )


def business_faults(playbook: Playbook, area: Area) -> Iterator[Fault]:
    """Yield what is wrong with kinds of business, in the order of the file."""
    known, ids = actor_ids(playbook), [one.id for one in playbook.businesses]
    for index, one in enumerate(playbook.businesses):
        if ids.index(one.id) < index or one.id in known:
            yield index, "id", CardError("There is another '{name}'. Give this one an id of its own.", name=one.id)
        if one.actor not in known:
            yield (
                index,
                "actor",
                CardError(
                    "The kind of business '{name}' names '{actor}', who is not known. Choose from {known}, or add an "
                    "[[actor]].",
                    name=one.id,
                    actor=one.actor,
                    known=", ".join(known),
                ),
            )
        unknown = [zone_id for zone_id in one.places.zones if zone_id not in area.zone_ids]
        if unknown or not zones_at(one.places, area):
            yield (
                index,
                "places",
                CardError(
                    "The kind of business '{name}' is at a place that this area does not have. It has: {known}.",
                    name=one.id,
                    known=", ".join(area.zone_ids),
                ),
            )


def _businesses_of(card: Card, playbook: Playbook) -> Iterator[CardError]:
    mine = [one.id for one in playbook.businesses if one.actor in card.actors]
    for name in card.businesses:
        if name not in mine:
            yield CardError(
                "Card '{card}' is for the kind of business '{name}', which its actors do not have. They have: {known}.",
                card=card.id,
                name=name,
                known=", ".join(mine) or "–",
            )


def _of_one(card: Card, area: Area, measures: Measures, known: tuple[str, ...]) -> Iterator[tuple[str, CardError]]:
    for zone_id in card.trigger.places.zones:
        if zone_id not in area.zone_ids:
            yield (
                "trigger.places",
                CardError(
                    "Card '{card}' names the place '{zone}', which this area does not have. It has: {known}.",
                    card=card.id,
                    zone=zone_id,
                    known=", ".join(area.zone_ids),
                ),
            )
    if not zones_of(card, area):
        yield (
            "trigger.places",
            CardError("Card '{card}' is for no place of this area. Name zones, or kinds that it has.", card=card.id),
        )
    if card.measure is not None and card.measure not in {measure.id for measure in measures}:
        yield (
            "measure",
            CardError(
                "Card '{card}' names the measure '{measure}', which is not in measures.toml. Add it there, or "
                "leave it out.",
                card=card.id,
                measure=card.measure,
            ),
        )
    for actor in card.actors:
        if actor not in known:
            yield (
                "actors",
                CardError(
                    "Card '{card}' names '{actor}', who is not known. Choose from {known}, or add an [[actor]].",
                    card=card.id,
                    actor=actor,
                    known=", ".join(known),
                ),
            )
    if card.lead_hours > AHEAD:
        yield (
            "lead_hours",
            CardError(
                "Card '{card}' needs {lead} hours, and the forecast reaches {reach} hours ahead. Nobody could decide "
                "in time. Make the time shorter, or plan it without the forecast.",
                card=card.id,
                lead=card.lead_hours,
                reach=AHEAD,
            ),
        )


def zones_of(card: Card, area: Area) -> tuple[str, ...]:
    """Return the zones (ids) of an area at which a card can be triggered."""
    return zones_at(card.trigger.places, area)


def zones_at(places: Places, area: Area) -> tuple[str, ...]:
    """Return the zones (ids) of an area that are named, or of a kind that is."""
    return tuple(zone.zone_id for zone in area.zones if zone.zone_id in places.zones or zone.kind in places.kinds)


def card_error(error: ValidationError, card_id: str) -> tuple[str, CardError]:
    """Return the key of a card that is wrong, and the sentence that says what to do."""
    first: Any = error.errors()[0]
    key = ".".join(str(step) for step in first["loc"])
    if first["type"] == "missing" and key == "stop":
        return key, CardError(
            "Card '{card}' has no stop rule. Write at 'stop' when it ends, so that nobody goes on for nothing.",
            card=card_id,
        )
    if first["type"] == "missing":
        return key, CardError("Card '{card}' has no '{key}'. Add it.", card=card_id, key=key)
    if first["type"] == "extra_forbidden":
        return key, CardError("Card '{card}' has '{key}', which is not known. Take it away.", card=card_id, key=key)
    if first["type"] == "literal_error":
        return key, CardError(
            "Card '{card}' has something else at '{key}' than one of: {known}.",
            card=card_id,
            key=key,
            known=first["ctx"]["expected"],
        )
    return key, CardError("Card '{card}' is not valid at '{key}': {what}.", card=card_id, key=key, what=first["msg"])
