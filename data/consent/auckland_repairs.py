"""What is wrong with the Auckland counts as published, and how each fault is mended.

Evidence and figures for every rule are in ``docs/data-auckland.md``. Two clocks appear: the *recorded* hour is
what the sensors' clock showed (naive), the hour is the true one (UTC). Nothing here invents a count: a fault
moves a count to its true hour, or makes it unknown (NaN).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.quality.rules import copies, implausible_zeros, runs

TZ: Final = ZoneInfo("Pacific/Auckland")

STANDARD_TIME: Final = (
    ("2023-09-24 02:00", "2023-10-01 05:00"),
    ("2025-09-28 02:00", "2025-10-01 05:00"),
)
"""Recorded hours in which the clock had not yet been put forward: summer time began, but the record stayed on
standard time (UTC+12) until the first of October. At each end one recorded hour does not exist."""

SINGLE_AUTUMN_HOUR: Final = 2023
"""In this year's autumn the recorded 02:00 holds one hour (the first); in the other years it holds two."""

SAME_OUTAGE: Final = 24
"""Two runs of false zeros at most this many hours apart are one outage."""


@dataclass(frozen=True)
class Fault:
    """A stretch of recorded hours (``start`` ≤ hour < ``end``) in which one sensor did not count truly."""

    sensor: str
    start: str
    end: str
    reason: str


KNOWN_FAULTS: Final = (
    Fault("107 Quay Street", "2019-04-01 06:00", "2022-03-01 06:00", "zeros for three years, then empty"),
    Fault("205 Queen Street", "2020-08-01 06:00", "2020-09-01 06:00", "holds the counts of 210 Queen Street"),
    Fault("183 K Road", "2020-08-21 10:00", "2020-08-25 07:00", "failing: a few percent of its usual counts"),
    Fault("205 Queen Street", "2023-05-09 09:00", "2023-05-19 11:00", "failing: zeros at night, ragged by day"),
    Fault("205 Queen Street", "2024-04-23 13:00", "2024-06-07 10:00", "failing: zeros at night, ragged by day"),
    Fault("205 Queen Street", "2024-09-17 17:00", "2024-10-02 15:00", "failing: zeros at night, ragged by day"),
    Fault("205 Queen Street", "2024-10-09 08:00", "2024-10-23 08:00", "failing: zeros at night, ragged by day"),
)
"""Faults that no general rule can tell from real quiet: seen by eye, beside the other sensors."""


def recorded(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the published table with the recorded hour as index (naive, every hour) and a column a sensor.

    The published ``date`` is an operating day from 06:00 to 05:59, and on six rows it is wrong. The order of
    the rows is right throughout: so only the first date is used, and the clock hours are followed from there.
    Raises ``ValueError`` when two rows in succession bear the same clock hour.
    """
    clock = raw["hour"].str.split(":").str[0].astype(int).to_numpy()
    onward = np.diff(clock) % 24
    if (onward == 0).any():
        raise ValueError("two rows in succession bear the same clock hour")
    start = pd.Timestamp(raw["date"].iloc[0]) + pd.Timedelta(hours=int(clock[0]))
    passed = np.concatenate(([0], np.cumsum(onward)))
    hours = start + pd.to_timedelta(passed, unit="h")
    table = raw.drop(columns=["date", "hour", "year"]).astype(float).set_axis(hours, axis=0)
    return table.reindex(pd.date_range(hours[0], hours[-1], freq="h", name="recorded"))


def without_copies(table: pd.DataFrame) -> pd.DataFrame:
    """Return the recorded table with stretches unknown that were copied from earlier weeks to fill a gap."""
    copied = np.zeros(table.shape, dtype=bool)
    for column, values in enumerate(table.to_numpy().T):
        for start, stop, _ in copies(values):
            copied[start:stop, column] = True
    return table.mask(copied)


def without_known_faults(table: pd.DataFrame) -> pd.DataFrame:
    """Return the recorded table with the stretches of :data:`KNOWN_FAULTS` unknown."""
    cleaned = table.copy()
    for fault in KNOWN_FAULTS:
        last = pd.Timestamp(fault.end) - pd.Timedelta(hours=1)
        cleaned.loc[fault.start : last, fault.sensor] = np.nan
    return cleaned


def in_utc(table: pd.DataFrame) -> pd.DataFrame:
    """Return the recorded table by true hour: index ``hour`` (UTC, every hour), unknown hours NaN.

    - Spring: 02:00 does not exist; what is recorded there (a zero, or nothing) is dropped.
    - Spring of 2023 and 2025: see :data:`STANDARD_TIME`.
    - Autumn: 02:00 comes twice and is recorded as one sum; each of the two hours gets half, so that the day's
      total is exact. In 2023 it holds the first hour only; the second is unknown.
    """
    clock = pd.DatetimeIndex(table.index)
    late = np.zeros(len(clock), dtype=bool)
    gone = np.zeros(len(clock), dtype=bool)
    for start, end in STANDARD_TIME:
        late |= (clock >= pd.Timestamp(start)) & (clock < pd.Timestamp(end))
        gone |= clock == pd.Timestamp(end)
    hours = clock.tz_localize(TZ, nonexistent="NaT", ambiguous=np.ones(len(clock), dtype=bool)).tz_convert("UTC")
    standard = clock.tz_localize("Etc/GMT-12").tz_convert("UTC")
    hours = hours.where(~late, standard)
    twice = clock.tz_localize(TZ, nonexistent="shift_forward", ambiguous="NaT").isna()
    summed = twice & (clock.year != SINGLE_AUTUMN_HOUR)

    values = table.mul(np.where(summed, 0.5, 1.0), axis=0).set_axis(hours, axis=0)
    second = values.loc[summed].set_axis(hours[summed] + pd.Timedelta(hours=1), axis=0)
    first = values.loc[~(gone | hours.isna())]
    true: pd.DataFrame = pd.concat([first, second]).sort_index()
    every = pd.date_range(true.index[0], true.index[-1], freq="h", name="hour", unit="us")
    return true.reindex(every)


def without_false_zeros(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts (wide, UTC) with implausible runs of zeros unknown, and what cannot be trusted beside them.

    Unknown too are the hour at either side, within which the sensor stopped or started, and what lies between
    two such runs that are at most :data:`SAME_OUTAGE` hours apart: a sensor that stops twice a day is failing.
    """
    zero = implausible_zeros(counts, TZ).to_numpy()
    untrusted = zero.copy()
    for column in range(zero.shape[1]):
        stretches = runs(zero[:, column])
        for (_, stop), (start, _) in pairwise(stretches):
            untrusted[stop:start, column] |= start - stop <= SAME_OUTAGE
    untrusted[1:] |= zero[:-1]
    untrusted[:-1] |= zero[1:]
    return counts.mask(untrusted)


def cleaned(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the published table with every known fault mended: index ``hour`` (UTC), a column a sensor.

    No rule removes high counts: the highest of the record are real (New Year's Eve, marches, parades).
    """
    return without_false_zeros(in_utc(without_known_faults(without_copies(recorded(raw)))))
