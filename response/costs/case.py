"""A case of costs and benefits: items, parties and rates, as values that nobody changes.

The file is described in ``docs/data-formats.md``.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from language import Language, UserError
from response.cards.card import CARD_ID, Text, Texts, text_in

Id = Annotated[str, Field(pattern=CARD_ID)]

Kind = Literal["cost", "benefit", "transfer"]
"""A transfer is paid by one party and received by another: for all together it is nothing."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

RateClass = Literal["standard", "fixed", "exception"]
"""Which rate: the usual one; that of costs that are made whatever the use; the second exception."""
RATE_CLASSES: Final[tuple[RateClass, ...]] = get_args(RateClass)

Basis = Literal["assumed", "measured"]
Scope = Literal["once", "area"]
"""Whether an item comes once, however many areas take part, or again with each area."""

Effect = Literal[
    "work", "technology", "staff", "time", "safety", "comfort", "turnover", "property", "information", "other"
]
"""What an amount values."""
EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)

LONGEST_HORIZON: Final = 100
MOST_ITEMS: Final = 60
MOST_EUROS: Final = 1e12


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Yearly(_Strict):
    """Euros a year from year ``first`` to ``last`` (both included; ``None``: the end of the horizon).

    Year 0 is the base year. Amounts are never negative: the kind of the item says which way they go.
    """

    first: int = Field(ge=0, le=LONGEST_HORIZON)
    last: int | None = Field(default=None, ge=0, le=LONGEST_HORIZON)
    low: float = Field(ge=0, le=MOST_EUROS, allow_inf_nan=False)
    expected: float = Field(ge=0, le=MOST_EUROS, allow_inf_nan=False)
    high: float = Field(ge=0, le=MOST_EUROS, allow_inf_nan=False)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise ValueError("low, expected and high must not fall")
        if self.last is not None and self.last < self.first:
            raise ValueError("the last year must not be before the first")
        return self


class Item(_Strict):
    """One cost, benefit or transfer.

    ``payer`` and ``gainer`` are ids of parties: a cost has who pays, a benefit who gains, a transfer both. ``amounts``
    are in prices of ``base_year``. ``other``: what of it is not in money. ``card``: the card of the playbook whose
    measured effect it rests on. ``example``: nobody stands for the figure. ``source`` may be said in several languages.
    """

    id: Id
    names: Texts
    kind: Kind
    payer: Id | None = None
    gainer: Id | None = None
    base_year: int = Field(ge=2000, le=2200)
    amounts: tuple[Yearly, ...] = Field(default=(), max_length=20)
    rate: RateClass = "standard"
    values: Effect
    scope: Scope = "area"
    other: Texts | None = None
    source: Text | Texts
    basis: Basis = "assumed"
    card: Id | None = None
    example: bool = False

    @model_validator(mode="after")
    def _sides(self) -> Self:
        needs = {"cost": (True, False), "benefit": (False, True), "transfer": (True, True)}[self.kind]
        if (self.payer is not None, self.gainer is not None) != needs:
            raise ValueError("a cost has a payer, a benefit a gainer, a transfer both, and nothing else")
        if self.kind == "transfer" and self.payer == self.gainer:
            raise ValueError("a transfer goes from one party to another")
        if not self.amounts and self.other is None:
            raise ValueError("an item has amounts, or says what is not in money")
        return self

    def name(self, lang: Language) -> str:
        """Return what the item is called."""
        return text_in(self.names, lang)

    def source_text(self, lang: Language) -> str:
        """Return where its figures come from: in the language that is spoken, where it was written in several."""
        return self.source if isinstance(self.source, str) else text_in(self.source, lang)


class Party(_Strict):
    """Who pays or gains: an organisation or group, never a person."""

    id: Id
    names: Texts


class Rate(_Strict):
    """A real discount rate (``percent`` a year) of a class from a day on, where it is found, and who confirmed it."""

    of: RateClass
    percent: float = Field(ge=-5, le=25, allow_inf_nan=False)
    valid_from: date
    source: Text
    confirmed_by: Text | None = None
    confirmed_on: date | None = None

    @property
    def fraction(self) -> float:
        """The rate as a fraction."""
        return self.percent / 100


_FOUND_IN: Final = "Werkgroep discontovoet 2020"

RATES: Final = (
    Rate(
        of="standard",
        percent=2.25,
        valid_from=date(2021, 1, 1),
        source=_FOUND_IN,
    ),
    Rate(
        of="fixed",
        percent=1.6,
        valid_from=date(2021, 1, 1),
        source=_FOUND_IN,
    ),
    Rate(
        of="exception",
        percent=2.9,
        valid_from=date(2021, 1, 1),
        source=_FOUND_IN,
    ),
)
"""The rates that ship. None is confirmed: a steward does that."""


class Case(_Strict):
    """All items of an area in prices of one base year, over ``horizon`` years after it.

    ``number``: how often it was changed since it was delivered.
    """

    base_year: int = Field(ge=2000, le=2200)
    horizon: int = Field(default=10, ge=1, le=LONGEST_HORIZON)
    parties: tuple[Party, ...] = ()
    items: tuple[Item, ...] = Field(default=(), max_length=MOST_ITEMS)
    rates: tuple[Rate, ...] = RATES
    number: int = 0

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id."""
        return next((one for one in self.items if one.id == item_id), None)

    def party_name(self, party_id: str, lang: Language) -> str:
        """Return what a party is called."""
        return next(text_in(one.names, lang) for one in self.parties if one.id == party_id)

    def rate(self, of: RateClass) -> Rate:
        """Return the rate of a class that is in force in the base year: the newest that began by its end.

        Raises ``UserError`` when there was none yet.
        """
        begun = [one for one in self.rates if one.of == of and one.valid_from.year <= self.base_year]
        if not begun:
            raise UserError("There is no rate of this class for {year}. Add one, with its source.", year=self.base_year)
        return max(begun, key=lambda one: one.valid_from)


def checked(case: Case) -> Case:
    """Return a case of which everything fits together.

    Raises ``UserError`` that says what is wrong and what to do.
    """
    ids = [item.id for item in case.items]
    parties = [party.id for party in case.parties]
    for item in case.items:
        if ids.count(item.id) > 1:
            raise UserError("Two items are called '{item}'. Give each an id of its own.", item=item.id)
        if item.base_year != case.base_year:
            raise UserError(
                "Item '{item}' is in prices of {year}, the others are in prices of {base}. Convert its amounts first.",
                item=item.id,
                year=item.base_year,
                base=case.base_year,
            )
        for party in (item.payer, item.gainer):
            if party is not None and party not in parties:
                raise UserError(
                    "Item '{item}' names the party '{party}', which is not known.", item=item.id, party=party
                )
        for yearly in item.amounts:
            if max(yearly.first, yearly.last or 0) > case.horizon:
                raise UserError(
                    "Item '{item}' has amounts after year {horizon}, where the sum ends. Make the horizon longer, "
                    "or end it earlier.",
                    item=item.id,
                    horizon=case.horizon,
                )
        case.rate(item.rate)
    if len(set(parties)) < len(parties):
        raise UserError("Two parties have the same id. Give each an id of its own.")
    return case
