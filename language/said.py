"""Words that carry what they claim, so that it can be checked later: by a test, and when a newer forecast comes."""

from collections.abc import Iterable, Sequence
from typing import Any


class Said(str):
    """Words with the claims (``forecasting.meaning.claims``) that stand in them.

    ``Language.t``, ``Language.n``, ``joined`` and :func:`together` hand claims on; other ways of joining words lose
    them, and a test of sentences then misses them.
    """

    claims: tuple[Any, ...]

    def __new__(cls, text: str, claims: Iterable[Any] = ()) -> "Said":
        """Make words of a text and what is claimed in it; a claim that is there twice counts once."""
        said = super().__new__(cls, text)
        said.claims = tuple(dict.fromkeys(claims))
        return said


def claims_of(*values: Any) -> tuple[Any, ...]:
    """Return what is claimed in some words, or in anything else (in which nothing is claimed)."""
    return tuple(claim for value in values if isinstance(value, Said) for claim in value.claims)


def saying(text: str, *values: Any) -> str:
    """Return a text that was made of ``values``, with what is claimed in these."""
    claims = claims_of(*values)
    return Said(text, claims) if claims else text


def together(parts: Sequence[str], between: str = " ") -> str:
    """Return parts that are not empty as one text, with what is claimed in them."""
    return saying(between.join(part for part in parts if part), *parts)
