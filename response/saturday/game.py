"""The game of an area, ``saturday.toml``: which day is played, its moments to decide, and cards with what they cost.

All of it is there to be played with by everybody. A card of the game stands for one of the playbook, of which it takes
the measure and whether it invites or restricts; what else stands there, such as a trigger, may be hidden, and is not
here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.area.area import Area
from data.area.measures import Measure, read_measures
from data.keeping.home import find
from data.keeping.toml_file import read_toml
from language import UserError
from response.cards.card import CARD_ID, Playbook, Taste
from response.cards.history import read_playbook

FILE: Final = "saturday.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Line(_Strict):
    """A card as the file has it: the ``card`` of the playbook (its own id where none is named), ``moment`` and cost."""

    id: str = Field(pattern=CARD_ID)
    card: str | None = None
    moment: int = Field(ge=1, le=7)
    cost: int = Field(ge=0, le=1_000_000)


@dataclass(frozen=True)
class GameCard:
    """A card of the game: the ``measure`` it takes, decided at the ``moment`` (from 1), for so many euros."""

    id: str
    measure: str
    taste: Taste
    moment: int
    cost: int


class _File(_Strict):
    day: date
    moments: Annotated[tuple[datetime, ...], Field(min_length=2, max_length=7)]
    cards: Annotated[tuple[_Line, ...], Field(alias="card", min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if list(self.moments) != sorted(set(self.moments)) or self.moments[-1].date() > self.day:
            raise ValueError("moments must rise, up to the day")
        if any(card.moment > len(self.moments) for card in self.cards):
            raise ValueError("a card names a moment that there is not")
        if len({card.id for card in self.cards}) < len(self.cards):
            raise ValueError("two cards have the same id")
        return self


@dataclass(frozen=True)
class Game:
    """A local ``day`` with rising ``moments`` before its evening (area time) at which teams decide."""

    day: date
    moments: tuple[datetime, ...]
    cards: tuple[GameCard, ...]

    def at(self, moment: int) -> tuple[GameCard, ...]:
        """Return the cards to decide on at a moment (from 1)."""
        return tuple(card for card in self.cards if card.moment == moment)

    def chosen(self, ids: frozenset[str]) -> tuple[GameCard, ...]:
        """Return the cards with these ids, in the order of the game."""
        return tuple(card for card in self.cards if card.id in ids)


def read_game(area: Area) -> Game:
    """Return the game of an area, its cards as the playbook has them now.

    Raises ``UserError`` when it has none, is not a practice world, or the file is not valid.
    """
    path = find(area.id, FILE)
    if path is None or not area.simulated:
        raise UserError(
            "Only a practice world with a file 'saturday.toml' has a day to play. {area} has none.", area=area.id
        )
    try:
        file = _File.model_validate(read_toml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "day"
        raise UserError("{file} is not valid at '{key}': {what}.", file=path, key=where, what=first["msg"]) from error
    playbook = read_playbook(area)
    return Game(file.day, file.moments, tuple(_card(line, playbook) for line in file.cards))


def _card(line: _Line, playbook: Playbook) -> GameCard:
    card = playbook.card(line.card or line.id)
    if card is None or card.measure is None:
        raise UserError(
            "Card '{card}' of the game stands for no card of the playbook that has a measure. Name one at 'card' in "
            "saturday.toml.",
            card=line.id,
        )
    return GameCard(line.id, card.measure, card.taste, line.moment, line.cost)


def measure_of(card: GameCard, area: Area) -> Measure:
    """Return the measure that a card takes."""
    return next(measure for measure in read_measures(area) if measure.id == card.measure)
