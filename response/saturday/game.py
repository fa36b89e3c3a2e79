"""The game of an area, ``saturday.toml``: which day is played, its moments to decide, and cards with what they cost.

All of it is there to be played with by everybody. The cards of the playbook are others: what is hidden of those stands
nowhere here.
"""

from datetime import date, datetime
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.area.area import Area
from data.area.measures import Measure, read_measures
from data.keeping.home import find
from data.keeping.toml_file import read_toml
from language import UserError
from response.cards.card import CARD_ID, Taste

FILE: Final = "saturday.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GameCard(_Strict):
    """A card of the game: the ``measure`` it takes, decided at the ``moment`` (from 1), for so many euros."""

    id: str = Field(pattern=CARD_ID)
    measure: str
    taste: Taste
    moment: int = Field(ge=1, le=7)
    cost: int = Field(ge=0, le=1_000_000)


class Game(_Strict):
    """A local ``day`` with rising ``moments`` before its evening (area time) at which teams decide."""

    day: date
    moments: Annotated[tuple[datetime, ...], Field(min_length=2, max_length=7)]
    cards: Annotated[tuple[GameCard, ...], Field(alias="card", min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if list(self.moments) != sorted(set(self.moments)) or self.moments[-1].date() > self.day:
            raise ValueError("moments must rise, up to the day")
        if any(card.moment > len(self.moments) for card in self.cards):
            raise ValueError("a card names a moment that there is not")
        if len({card.id for card in self.cards}) < len(self.cards):
            raise ValueError("two cards have the same id")
        return self

    def at(self, moment: int) -> tuple[GameCard, ...]:
        """Return the cards to decide on at a moment (from 1)."""
        return tuple(card for card in self.cards if card.moment == moment)

    def chosen(self, ids: frozenset[str]) -> tuple[GameCard, ...]:
        """Return the cards with these ids, in the order of the game."""
        return tuple(card for card in self.cards if card.id in ids)


def read_game(area: Area) -> Game:
    """Return the game of an area.

    Raises ``UserError`` when it has none, is not a practice world, or the file is not valid.
    """
    path = find(area.id, FILE)
    if path is None or not area.simulated:
        raise UserError(
            "Only a practice world with a file 'saturday.toml' has a day to play. {area} has none.", area=area.id
        )
    try:
        game = Game.model_validate(read_toml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "day"
        raise UserError("{file} is not valid at '{key}': {what}.", file=path, key=where, what=first["msg"]) from error
    known = {measure.id for measure in read_measures(area)}
    for card in game.cards:
        if card.measure not in known:
            raise UserError(
                "Card '{card}' names the measure '{measure}', which is not in measures.toml. Add it there, or "
                "leave it out.",
                card=card.id,
                measure=card.measure,
            )
    return game


def measure_of(card: GameCard, area: Area) -> Measure:
    """Return the measure that a card takes."""
    return next(measure for measure in read_measures(area) if measure.id == card.measure)
