"""Hours and the local days they belong to."""

from dataclasses import dataclass
from typing import Final, Self
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from forecasting.values.arrays import Floats, Ints

HOUR: Final = pd.Timedelta(hours=1)


@dataclass(frozen=True, eq=False)
class Timeline:
    """H consecutive hours (UTC, start of the hour) and the D local days that they touch.

    ``day``: for each hour the index of its local day in ``dates`` (naive midnights); ``hour_of_day``: its local
    hour, 0–23. A day on which the clocks change has 23 or 25 hours; its hours are counted as they are.
    """

    hours: pd.DatetimeIndex
    dates: pd.DatetimeIndex
    day: Ints
    hour_of_day: Ints

    @classmethod
    def of(cls, hours: pd.DatetimeIndex, tz: ZoneInfo) -> Self:
        """Return the timeline of consecutive ``hours`` (UTC) in the time zone ``tz``."""
        local = hours.tz_convert(tz).tz_localize(None)
        midnights = local.normalize()
        dates = pd.date_range(midnights[0], midnights[-1], freq="D", unit="us")
        return cls(hours, dates, dates.get_indexer(midnights).astype(np.int64), local.hour.to_numpy(np.int64))

    @classmethod
    def between(cls, start: pd.Timestamp, end: pd.Timestamp, tz: ZoneInfo) -> Self:
        """Return the timeline of the whole hours with ``start`` ≤ hour < ``end`` (aware)."""
        first = start.tz_convert("UTC").ceil("h")
        hours = pd.date_range(first, end.tz_convert("UTC"), freq="h", inclusive="left", unit="us")
        return cls.of(hours, tz)

    def part(self, hours: slice) -> "Timeline":
        """Return the timeline of some of the hours (a slice of consecutive ones)."""
        day = self.day[hours]
        dates = self.dates[day[0] : day[-1] + 1]
        return Timeline(self.hours[hours], dates, day - day[0], self.hour_of_day[hours])

    def cube(self, values: Floats) -> Floats:
        """Return hourly values (... × H) by day and local hour: ... × D × 24, NaN where there is no hour.

        Where the clocks go back, the hour that comes twice is the mean of the two.
        """
        flat = self.day * 24 + self.hour_of_day
        shape = (*values.shape[:-1], len(self.dates) * 24)
        out = np.full(shape, np.nan)
        out[..., flat] = values
        twice = np.flatnonzero(flat[1:] == flat[:-1])
        out[..., flat[twice]] = (values[..., twice] + values[..., twice + 1]) / 2
        return out.reshape(*values.shape[:-1], len(self.dates), 24)


def only_days(dates: pd.DatetimeIndex) -> Timeline:
    """Return a timeline of ``dates`` without hours, for features that ask for none."""
    none = np.zeros(0, dtype=np.int64)
    return Timeline(pd.DatetimeIndex([], tz="UTC"), dates, none, none)
