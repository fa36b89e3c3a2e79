"""Hours of the coming week: which ones, on which day, and where they stand in it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, cast

import numpy as np

from forecasting.values.arrays import Indices
from forecasting.values.forecast import DAYPARTS, Daypart, Forecast

DAYS: Final = 7
"""A weekday's name is clear within seven days; further hours of a forecast are not put into words."""

_OPENING: Final = 14
"""When beaches are fullest."""


def week_hours(forecast: Forecast, since: datetime | None = None) -> Indices:
    """Return the indices of the hours on the first seven local dates of the forecast.

    ``since`` (aware) leaves out the hours that started before it, so that a forecast made this morning says
    nothing about a morning that has passed.
    """
    first = 0 if since is None else int(forecast.local_hours.searchsorted(since))
    dates = forecast.local_dates[first:]
    midnights = np.flatnonzero(dates[1:] != dates[:-1]) + 1
    count = len(dates) if len(midnights) < DAYS else int(midnights[DAYS - 1])
    return np.arange(first, first + count)


def opening_hour(forecast: Forecast, hours: Indices) -> int:
    """Return which of ``hours`` to show first where none is asked for: the first afternoon (14:00), or else the first.

    Hours of which nothing is known come last.
    """
    known = hours[np.isfinite(forecast.median[:, hours]).any(axis=0)]
    shown = known if len(known) else hours
    afternoons = shown[forecast.local_hours[shown].hour == _OPENING]
    return int((afternoons if len(afternoons) else shown)[0])


def first_date(forecast: Forecast, hours: Indices) -> date:
    """Return the local date of the first of ``hours``, or the forecast's own first date when there are none."""
    return cast("date", forecast.local_dates[hours[0] if len(hours) else 0])


def days(forecast: Forecast, hours: Indices) -> Iterator[tuple[date, Indices]]:
    """Yield each local date with the indices of its hours."""
    dates = forecast.local_dates[hours]
    for part in np.split(hours, np.flatnonzero(dates[1:] != dates[:-1]) + 1):
        if not len(part):
            continue
        yield forecast.local_dates[part[0]], part


def week_position(moment: datetime, first: date) -> int:
    """Return the hours on the wall clock from 0:00 on ``first`` to ``moment`` (area time).

    The wall clock keeps every day 24 hours wide, so that days line up when the clocks change.
    """
    return (moment.date() - first).days * 24 + moment.hour


def daypart_of(hour: int) -> Daypart:
    """Return the daypart of an hour 0–23 of the local day."""
    return DAYPARTS[hour // 6]
