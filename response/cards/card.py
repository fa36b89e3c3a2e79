"""A card of a playbook: one thing that a town does about crowds, as values that nobody changes.

The file is described in ``docs/data-formats.md``.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from data.area.measures import Places
from data.area.zone import Name, Names, in_language
from language import Language
from language.visible import visible

Kind = Literal["inform", "spread", "route", "room", "dose", "staff", "enforce", "communicate"]
"""What sort of thing it is: inform, spread over time, route, make room, dose access, staff, enforce, communicate."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Taste = Literal["sweet", "sour"]
"""``sweet`` invites people, ``sour`` restricts them (*zoet*, *zuur*)."""

TriggerLevel = Literal["yellow", "orange", "red"]
TRIGGER_LEVELS: Final[tuple[TriggerLevel, ...]] = get_args(TriggerLevel)

Visible = Literal["professionals", "everybody"]
"""Who sees that there is such a card; everybody sees its name, whose it is and ``public_text``, and nothing else."""

CARD_ID: Final = r"^[a-z0-9][a-z0-9-]{0,39}$"
LONGEST: Final = 600
MOST_STEPS: Final = 12

Text = Annotated[str, AfterValidator(visible), AfterValidator(str.strip), Field(min_length=1, max_length=LONGEST)]
Texts = Annotated[dict[Literal["nl", "en"], Text], Field(min_length=1)]
"""What is said, by language code."""

ActorId = Annotated[str, Field(pattern=CARD_ID)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trigger(_Strict):
    """When a card is for use: at one of ``places`` the ``level`` or worse, ``hours`` or more in a row on one local day,
    with a chance (0–1) of at least ``chance``."""

    places: Places
    level: TriggerLevel
    hours: int = Field(ge=1, le=24)
    chance: float = Field(ge=0.05, le=1, allow_inf_nan=False)


class Amount(_Strict):
    """About how much: from ``low`` to ``high``."""

    low: float = Field(ge=0, allow_inf_nan=False)
    high: float = Field(ge=0, le=10_000_000, allow_inf_nan=False)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Message(_Strict):
    """What is said to people, by whom and along which way."""

    channel: Texts
    sender: Texts
    text: Texts


class Adopted(_Strict):
    """Which body adopted a card, and when. Never a person."""

    by: Annotated[Name, Field(min_length=3, max_length=80)]
    on: date


class Card(_Strict):
    """One thing that can be done about crowds.

    ``measure``: id in ``measures.toml``, for its effect. ``basis``: the power or legal basis; absent where it is not
    known, never invented. ``lead_hours``: so many hours from the decision until it works. ``people``: how many are
    needed, ``cost``: in euros a day. ``excludes`` and ``strengthens``: ids of other cards. ``businesses``: the kinds of
    business (ids) of its actors that it is for; all of them where none is named. Until ``adopted`` it is an example.
    """

    id: str = Field(pattern=CARD_ID)
    names: Annotated[Names, Field(min_length=1)]
    measure: str | None = None
    kind: Kind
    taste: Taste
    actors: Annotated[tuple[ActorId, ...], Field(min_length=1, max_length=9)]
    decides: Texts
    basis: Texts | None = None
    lead_hours: int = Field(ge=0)
    trigger: Trigger
    stop: Texts
    steps: Annotated[tuple[Texts, ...], Field(min_length=1, max_length=MOST_STEPS)]
    side_effects: Texts
    people: Amount | None = None
    cost: Amount | None = None
    undone: Texts
    message: Message | None = None
    source: Texts
    assumed: bool = True
    visible: Visible = "professionals"
    public_text: Texts | None = None
    excludes: tuple[str, ...] = ()
    strengthens: tuple[str, ...] = ()
    businesses: tuple[ActorId, ...] = ()
    adopted: Adopted | None = None

    @model_validator(mode="after")
    def _says_to_everybody(self) -> Self:
        if self.visible == "everybody" and self.public_text is None:
            raise ValueError("a card that everybody sees needs a public_text")
        return self

    def name(self, lang: Language) -> str:
        """Return what the card is called in ``lang``."""
        return in_language(self.names, lang)


class Actor(_Strict):
    """Somebody who acts: an organisation or a trade, never a person."""

    id: ActorId
    names: Annotated[Names, Field(min_length=1)]


class Business(_Strict):
    """A kind of business, which does the cards of its ``actor``, and the ``places`` where there are any."""

    id: ActorId
    names: Annotated[Names, Field(min_length=1)]
    actor: ActorId
    places: Places

    def does(self, card: Card) -> bool:
        """Return whether a card is for this kind of business."""
        return self.actor in card.actors and (not card.businesses or self.id in card.businesses)


class Playbook(_Strict):
    """The cards of an area in the order of its file, and what it names besides what is everywhere: actors, and kinds of
    business.

    ``version`` is the number of the last change, 0 where the file stands as it is.
    """

    cards: tuple[Card, ...] = ()
    actors: tuple[Actor, ...] = ()
    businesses: tuple[Business, ...] = ()
    version: int = 0

    def card(self, card_id: str) -> Card | None:
        """Return the card with this id; ``None`` when there is none (any more)."""
        return next((card for card in self.cards if card.id == card_id), None)


def text_in(texts: dict[Literal["nl", "en"], str], lang: Language) -> str:
    """Return what is said in ``lang``, or in whatever language there is."""
    return texts.get("en" if lang.code == "en" else "nl") or next(iter(texts.values()))
