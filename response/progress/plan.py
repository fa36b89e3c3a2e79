"""What people fill in of the progress: results, joint meetings, the one decision on use, and whom to tell what."""

from datetime import date
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from language import Language
from response.cards.card import CARD_ID, Texts, text_in

Id = Annotated[str, Field(pattern=CARD_ID)]
Short = Annotated[str, Field(max_length=120)]

Reach = Literal["internal", "external"]
REACHES: Final[tuple[Reach, ...]] = get_args(Reach)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Result(_Strict):
    """What a work package is to deliver, by which day; once ``done``, with the proof and which body checked it."""

    id: Id
    package: Id
    texts: Texts
    due: date | None = None
    done: date | None = None
    proof: Annotated[str, Field(max_length=500)] = ""
    checked_by: Short = ""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.done is not None and not (self.proof.strip() and self.checked_by.strip()):
            raise ValueError("what is done has a proof, and says who checked it")
        return self

    def text(self, lang: Language) -> str:
        """Return what it is."""
        return text_in(self.texts, lang)

    def late(self, today: date) -> bool:
        """Return whether its day has passed and it is not done."""
        return self.done is None and self.due is not None and self.due < today


class Meeting(_Strict):
    """A meeting of at least two work packages together; ``session`` is its id when it was held in the app."""

    id: Id
    day: date
    name: Short
    packages: Annotated[tuple[Id, ...], Field(min_length=2)]
    session: Short = ""


class UseDecision(_Strict):
    """The one decision on taking it into use: go or no go, by which body, on which day, why, on which conditions."""

    outcome: Literal["go", "no go"]
    by: Annotated[str, Field(min_length=3, max_length=80)]
    on: date
    reason: Annotated[str, Field(min_length=10, max_length=2000)]
    conditions: tuple[Id, ...] = ()


class Telling(_Strict):
    """Who hears what, when and by which channel. ``sent`` once it went out; ``approved_by`` a function, no person."""

    id: Id
    day: date
    texts: Texts
    audience: Annotated[str, Field(min_length=2, max_length=120)]
    channel: Annotated[str, Field(min_length=2, max_length=120)]
    reach: Reach
    approved_by: Short = ""
    session: Short = ""
    picture: Short = ""
    sent: date | None = None

    @model_validator(mode="after")
    def _approved(self) -> Self:
        if self.sent is not None and self.reach == "external" and not self.approved_by.strip():
            raise ValueError("what went out to everybody was approved by somebody")
        return self

    def text(self, lang: Language) -> str:
        """Return what is told."""
        return text_in(self.texts, lang)


class Plan(_Strict):
    """All of it. What nobody filled in is absent."""

    results: tuple[Result, ...] = Field(default=(), max_length=200)
    meetings: tuple[Meeting, ...] = Field(default=(), max_length=200)
    use: UseDecision | None = None
    tellings: tuple[Telling, ...] = Field(default=(), max_length=500)

    @property
    def ids(self) -> set[str]:
        """All ids that are taken."""
        return {
            *(one.id for one in self.results),
            *(one.id for one in self.meetings),
            *(one.id for one in self.tellings),
        }

    def seen_by(self, *, professional: bool) -> tuple[Telling, ...]:
        """Return the communications calendar, by day: to professionals whole, to everybody what is for everybody."""
        found = [one for one in self.tellings if professional or one.reach == "external"]
        return tuple(sorted(found, key=lambda one: (one.day, one.id)))
