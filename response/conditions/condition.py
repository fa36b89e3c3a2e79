"""A condition and a wish, as values that nobody changes.

A condition is set by a session, looked at again on its review day, and governs sources, pages, cards or publications.
"""

from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from language import Language
from response.cards.card import CARD_ID, Text, Texts, text_in

Id = Annotated[str, Field(pattern=CARD_ID)]

Kind = Literal["ethical", "legal", "economic", "technical"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

State = Literal["open", "met", "broken", "withdrawn"]
STATES: Final[tuple[State, ...]] = get_args(State)
SWITCH_OFF: Final[tuple[State, ...]] = ("broken", "withdrawn")
"""What switches off that which a condition governs. A review that is overdue only marks."""

Governed = Literal["source", "page", "card", "publication", "part"]
GOVERNED: Final[tuple[Governed, ...]] = get_args(Governed)
ALWAYS_ON: Final = frozenset({"about", "conditions", "manage", "privacy", "accessibility", "join"})
"""Pages that cannot be switched off: where conditions are read and decided, and what people have a right to."""

PICTURES: Final = "pictures"
"""The one publication that can be governed as a whole: pictures for press and street."""

WARN_AHEAD: Final = (30, 7, 1)
"""Days before the review day on which it is pointed out."""

WHO_IS_THERE: Final = "who-is-there"
"""The one part that is off until a condition says it may be on: telling colleagues which function is where."""

_MOST: Final = 200


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Governs(_Strict):
    """What a condition governs: the kind of thing, and its id."""

    what: Governed
    id: Annotated[str, Field(min_length=1, max_length=80)]

    @model_validator(mode="after")
    def _can_be_off(self) -> Self:
        if self.what == "page" and self.id in ALWAYS_ON:
            raise ValueError("this page cannot be switched off")
        if self.what == "publication" and self.id != PICTURES:
            raise ValueError("the only publication that can be governed is 'pictures'")
        if self.what == "part" and self.id != WHO_IS_THERE:
            raise ValueError("the only part that can be governed is 'who-is-there'")
        return self


class Decided(_Strict):
    """Who (a body, never a person) decided on the state of a condition, when (UTC) and why."""

    by: Annotated[str, Field(min_length=3, max_length=80)]
    at: AwareDatetime
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class Condition(_Strict):
    """One condition. ``session``: by which session it was set. ``proof``: what shows that it is met."""

    id: Id
    texts: Texts
    kind: Kind
    session: Annotated[str, Field(max_length=120)] = ""
    owner: Annotated[str, Field(max_length=80)] = ""
    proof: Annotated[str, Field(max_length=500)] | Texts = ""
    review: date | None = None
    state: State = "open"
    decided: Decided | None = None
    governs: tuple[Governs, ...] = Field(default=(), max_length=20)
    example: bool = False

    @model_validator(mode="after")
    def _decided(self) -> Self:
        if self.state in SWITCH_OFF and self.decided is None:
            raise ValueError("a condition is broken or withdrawn only by a decision with a reason")
        return self

    def text(self, lang: Language) -> str:
        """Return what the condition says."""
        return text_in(self.texts, lang)

    def proof_text(self, lang: Language) -> str:
        """Return what shows that it is met: in the language that is spoken, where it was written in several."""
        return self.proof if isinstance(self.proof, str) else text_in(self.proof, lang)

    @property
    def off(self) -> bool:
        """Whether what it governs is switched off."""
        return self.state in SWITCH_OFF

    def due(self, today: date) -> Literal["overdue", "soon"] | None:
        """Return whether its review day has passed, or is one of the days that are pointed out before."""
        if self.review is None or self.off:
            return None
        if self.review < today:
            return "overdue"
        return "soon" if self.review - today <= timedelta(days=WARN_AHEAD[0]) else None

    def warned_on(self) -> tuple[date, ...]:
        """Return the days on which its review is pointed out."""
        return () if self.review is None else tuple(self.review - timedelta(days=days) for days in WARN_AHEAD)


WishState = Literal["asked", "accepted", "built", "refused"]
WISH_STATES: Final[tuple[WishState, ...]] = get_args(WishState)


class Wish(_Strict):
    """A goal or a wished function: asked by whom (a group), what became of it, and why where it was refused."""

    id: Id
    kind: Literal["goal", "function"]
    texts: Texts
    asked_by: Annotated[str, Field(min_length=2, max_length=80)]
    state: WishState = "asked"
    why: Text | None = None

    @model_validator(mode="after")
    def _why(self) -> Self:
        if self.state == "refused" and self.why is None:
            raise ValueError("what is refused says why")
        return self


class Agreed(_Strict):
    """All conditions and wishes of an area."""

    conditions: tuple[Condition, ...] = Field(default=(), max_length=_MOST)
    wishes: tuple[Wish, ...] = Field(default=(), max_length=_MOST)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        ids = [one.id for one in self.conditions] + [one.id for one in self.wishes]
        if len(set(ids)) < len(ids):
            raise ValueError("two have the same id")
        return self

    def condition(self, condition_id: str) -> Condition | None:
        """Return the condition with this id."""
        return next((one for one in self.conditions if one.id == condition_id), None)
