"""Whether the week of a forecast is the one that comes, or one of another time; and whether its counts are old."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from data.area.area import Area
from data.keeping import real_time

FORECAST_IS_OLD: Final = timedelta(days=3)
"""A forecast whose moment lies further away from the real time is not one of the coming week: half of it has passed.
A choice of this project."""

COUNTS_ARE_OLD: Final = timedelta(days=7)
"""Counts that end longer before the moment of forecasting miss a whole week: that is said. A choice of this project,
so that who brings counts in every week is not told off."""


@dataclass(frozen=True)
class Timing:
    """How a forecast lies in time; whoever shows it must say what is not as usual.

    - ``now``: its week is the one that comes; not so for a week that is replayed and for a forecast that is old
    - ``counted_until``: the local date of the newest count where that is old, else ``None``
    """

    now: bool = True
    counted_until: date | None = None

    @property
    def usual(self) -> bool:
        """Whether it is the coming week, expected from counts of late."""
        return self.now and self.counted_until is None


USUAL: Final = Timing()


def timing_of(area: Area, cutoff: datetime, counted_until: datetime | None = None) -> Timing:
    """Return how the forecast of an area made at ``cutoff`` (aware) lies in time.

    ``counted_until`` is the end of the last hour counted before it (``data.consent.newest``), ``None`` where it
    is not known.
    """
    far = abs(real_time.real_now() - cutoff) > FORECAST_IS_OLD
    old = counted_until is not None and cutoff - counted_until > COUNTS_ARE_OLD
    until = counted_until.astimezone(area.tz).date() if counted_until is not None and old else None
    return Timing(now=not far and area.clock.mode == "live", counted_until=until)
