"""Counts by the role that people named, fit to be published."""

from collections.abc import Mapping
from typing import Final

FEWEST: Final = 5
"""A role that fewer people named is not counted by itself."""


def published_roles(attended: Mapping[str, int]) -> dict[str, int]:
    """Return attendance by role fit to be published: roles of fewer than five, and who named none, are one rest.

    The rest is never smaller than five either, unless nothing else is told: the smallest role then joins it.
    """
    told = {role: n for role, n in attended.items() if n >= FEWEST and role}
    rest = sum(attended.values()) - sum(told.values())
    while told and 0 < rest < FEWEST:
        smallest = min(told, key=lambda role: told[role])
        rest += told.pop(smallest)
    return {**told, **({"": rest} if rest else {})}
