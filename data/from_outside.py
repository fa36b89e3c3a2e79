"""Values that anybody can send: what may be read from them at all, before anything is done with them."""

from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json

YEARS: Final = range(1900, 2200)
"""Years that moments of this project lie in. Nearer to the ends of the calendar, time zones lead out of it."""


def parsed(text: str | bytes) -> Any:
    """Return the value of a JSON text.

    Raises ``ValueError`` for all that is none: also for halves of surrogates, and for what is nested deeper than
    anything of this project. NaN and infinities are numbers here; whoever asks for a number decides on them.
    """
    return from_json(text)


def in_reach(moment: datetime) -> bool:
    """Return whether a moment lies in :data:`YEARS`, so that it can be computed with in any time zone."""
    return moment.year in YEARS
