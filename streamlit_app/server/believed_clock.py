"""What time the caretaker believes it is: a clock that was set wrong erases nothing, and stops nothing.

The machine's wall clock can jump by years: an empty battery, a wrong time server. Retention at such a moment would let
go of everything, and no backup would be due for years. So a jump is doubted: time goes on from before it by the steady
clock, until the wall clock has stood by its new time for three days.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LEAP: Final = timedelta(days=7)
"""More than this ahead of what the steady clock says is doubted; a machine that slept is not."""
BACK: Final = timedelta(hours=25)
"""More than this back is doubted; a time zone or a small correction is not."""
OFF: Final = timedelta(days=60)
"""A server may have been off for so long before its clock is doubted."""
TRIAL: Final = timedelta(days=3)
"""After so long in which the new time went on as a clock does, it is believed."""


def steady() -> float:
    """Return seconds that nobody sets, and that go on while the machine sleeps where the system knows of that."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


@dataclass
class BelievedClock:
    """The wall clock as far as it is believed; ``doubted`` says that it is not, at this moment."""

    _believed: datetime | None = None
    _steady: float = 0.0
    _trial: tuple[datetime, float] | None = None

    @property
    def doubted(self) -> bool:
        """Whether the wall clock says something else than is believed."""
        return self._trial is not None

    def now(self, wall: datetime, steadily: float, trace: datetime | None = None) -> datetime:
        """Return what time it is believed to be (UTC), by the wall clock and the steady one (seconds).

        ``trace`` is the moment at which was last let go of what was due; at the first look it stands in for what was
        believed then.
        """
        if self._believed is None:
            expected, ahead = trace or wall, OFF
        else:
            expected, ahead = self._believed + timedelta(seconds=steadily - self._steady), LEAP
        if expected - BACK <= wall <= expected + ahead or self._stood_the_trial(wall, steadily):
            self._believed, self._trial = wall, None
        else:
            self._believed = expected
        self._steady = steadily
        return self._believed

    def _stood_the_trial(self, wall: datetime, steadily: float) -> bool:
        if self._trial is not None:
            since, began = self._trial
            gone = timedelta(seconds=steadily - began)
            if abs(wall - since - gone) <= timedelta(hours=2):
                return gone >= TRIAL
        self._trial = (wall, steadily)
        return False
