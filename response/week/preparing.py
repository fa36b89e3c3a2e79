"""From which chance on people prepare for crowds that are not expected: what they accept for nothing, as asked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from feedback.database.unavailable import UnavailableError
from feedback.sessions.rounds.needless import middle_of_all, newest_accepted
from forecasting.evaluation.economic_value import acts_from

ASSUMED_TIMES: Final = 2
"""How often somebody is taken to accept preparing for nothing where nobody was asked: an assumption of this project."""


@dataclass(frozen=True)
class Prepares:
    """How many ``times`` for nothing people accept: their middle answer in the session of the day ``asked``.

    Where ``asked`` is ``None`` it is assumed: nobody was asked, or too few answered, or their answers cannot be
    ``read`` now.
    """

    times: int = ASSUMED_TIMES
    asked: date | None = None
    read: bool = True

    @property
    def chance(self) -> float:
        """From which chance on they prepare, in tenths (0.1–0.9)."""
        return acts_from(self.times)


def prepares(area_id: str) -> Prepares:
    """Return what people of an area accept, assumed where that is not known or cannot be read."""
    try:
        return prepares_as_asked(area_id)
    except UnavailableError:
        return Prepares(read=False)


def prepares_as_asked(area_id: str) -> Prepares:
    """Return the same by the newest answers that may be told, of all roles together.

    Raises ``UnavailableError`` when they cannot be read.
    """
    found = newest_accepted(area_id)
    if found is None:
        return Prepares()
    day, groups = found
    return Prepares(middle_of_all(groups), date.fromisoformat(day))
