"""The plan of a trial, and the lots: which days are on is drawn with a seed that everybody may see and try."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from response.actions.chain import canonical, digest
from response.actions.entry import UUID

RED_LIMIT: Final = 0.1
"""A day with a chance of red of this or more (somewhere at the places of the trial) is not part of a trial."""

FEWEST: Final = 4
MOST: Final = 60

Words = Annotated[str, Field(min_length=3, max_length=600)]
Part = Literal[0, 1, 2, 3]


class Plan(BaseModel):
    """What is tried, and how it will be judged; nothing of it changes after it is frozen.

    ``parts``: dayparts (indices) in which the card works. ``matters``: the smallest effect that matters, as a share.
    ``days``: all days, on and off. ``seed``: what the lots are drawn with, in public. ``agreed``: bodies, no people.
    ``needed``: how many days the plan was reckoned to need.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=UUID)]
    area: Annotated[str, Field(min_length=1, max_length=80)]
    question: Words
    card: Annotated[str, Field(min_length=1, max_length=40)]
    zones: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)]
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=4)]
    matters: Annotated[float, Field(ge=0.01, le=0.9)]
    days: Annotated[tuple[date, ...], Field(min_length=FEWEST, max_length=MOST)]
    seed: Annotated[str, Field(min_length=1, max_length=80)]
    stop: Words
    agreed: Words
    needed: int | None = None
    practice: bool = False

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days must rise, and none may stand there twice")
        return self

    @property
    def on(self) -> tuple[date, ...]:
        """The days with the card."""
        return drawn(self.days, self.seed)

    def text(self) -> str:
        """Return the plan as canonical JSON: what its hash is of. Shares are written as whole ten-thousandths."""
        plain = self.model_dump(mode="json") | {"matters": round(self.matters * 10_000)}
        return canonical({**plain, "on": [day.isoformat() for day in self.on]})

    @property
    def hash(self) -> str:
        """The SHA-256 of the plan."""
        return digest(self.text())


def drawn(days: Iterable[date], seed: str) -> tuple[date, ...]:
    """Return the days that are on: half of them (of an odd number one more is off).

    The lot of a day is the SHA-256 of ``seed/day``, such as ``4711/2026-08-08``; the days with the lowest lots are on.
    Anybody can reckon this again, with any program.
    """
    ordered = sorted(days, key=lambda day: lot(seed, day))
    return tuple(sorted(ordered[: len(ordered) // 2]))


def lot(seed: str, day: date) -> str:
    """Return the lot of a day."""
    return hashlib.sha256(f"{seed}/{day.isoformat()}".encode()).hexdigest()
