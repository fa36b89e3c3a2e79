"""On how much counting the forecast of a place rests."""

from typing import Final, Literal

Rests = Literal["nothing", "new", "short", "enough"]
"""No known day; too few for a day model; no whole year, so no season of it; or a year and more."""

NEW_DAYS: Final = 56
"""Fewer known days give level and usual pattern only."""

SHORT_DAYS: Final = 350
"""Fewer known days say nothing of the year."""


def rests(known_days: int) -> Rests:
    """Return on what the forecast of a place rests that was counted on so many days."""
    if known_days <= 0:
        return "nothing"
    if known_days < NEW_DAYS:
        return "new"
    return "short" if known_days < SHORT_DAYS else "enough"
