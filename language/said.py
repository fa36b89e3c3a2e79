"""Words that carry what they claim and which kept facts they tell, so that it can be checked later: by a test, and
when a newer forecast comes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_Words = TypeVar("_Words", str, list[str])

Kept = Literal[
    "action",
    "area",
    "card",
    "condition",
    "cost",
    "count",
    "event",
    "people",
    "picture",
    "scenario",
    "session",
    "setting",
    "test",
    "weather",
]
"""What is kept, and told as it is: actions, an area with its places and thresholds, cards of a playbook, conditions,
costs and benefits, counts, events, what people said, what a picture says, what a scenario asks for, sessions, what
somebody chose to look at, tests of forecasts, and the weather that was forecast."""


@dataclass(frozen=True)
class Fact:
    """Words that tell what is kept (``of``), and no forecast."""

    of: Kept
    words: str


class Said(str):
    """Words with the claims (``forecasting.meaning.claims``) and the facts that stand in them.

    ``Language.t``, ``Language.n``, ``joined`` and :func:`together` hand these on; other ways of joining words lose
    them, and a test of sentences then misses them.
    """

    claims: tuple[Any, ...]
    facts: tuple[Fact, ...]

    def __new__(cls, text: str, claims: Iterable[Any] = (), facts: Iterable[Fact] = ()) -> "Said":
        """Make words of a text and what is claimed and told in it; what is there twice counts once."""
        said = super().__new__(cls, text)
        said.claims = tuple(dict.fromkeys(claims))
        said.facts = tuple(dict.fromkeys(facts))
        return said


def fact(words: object, of: Kept) -> Said:
    """Return words that tell what is kept: the one way to put a place, an hour, a level, a figure or a chance into a
    text without a claim. Never for what a forecast says."""
    return Said(str(words), claims_of(words), (Fact(of, str(words)), *facts_of(words)))


def tells(of: Kept) -> Callable[[Callable[_P, _Words]], Callable[_P, _Words]]:
    """Mark a function all whose words, one text or a list of them, tell what is kept: the same as :func:`fact`."""

    def marked(say: Callable[_P, _Words]) -> Callable[_P, _Words]:
        @wraps(say)
        def telling(*args: _P.args, **options: _P.kwargs) -> _Words:
            words: Any = say(*args, **options)
            told = [one and fact(one, of) for one in ([words] if isinstance(words, str) else words)]
            return cast(_Words, told[0] if isinstance(words, str) else told)

        return telling

    return marked


def claims_of(*values: Any) -> tuple[Any, ...]:
    """Return what is claimed in some words, or in anything else (in which nothing is claimed)."""
    return tuple(claim for value in values if isinstance(value, Said) for claim in value.claims)


def facts_of(*values: Any) -> tuple[Fact, ...]:
    """Return which kept facts some words tell, or anything else (which tells none)."""
    return tuple(one for value in values if isinstance(value, Said) for one in value.facts)


def saying(text: str, *values: Any) -> str:
    """Return a text that was made of ``values``, with what is claimed and told in these."""
    claims, facts = claims_of(*values), facts_of(*values)
    return Said(text, claims, facts) if claims or facts else text


def together(parts: Sequence[str], between: str = " ") -> str:
    """Return parts that are not empty as one text, with what is claimed and told in them."""
    return saying(between.join(part for part in parts if part), *parts)
