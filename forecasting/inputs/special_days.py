"""What is special about a day: holidays and the days beside them, Easter, Christmas, school holidays.

Such days are no usual days of their weekday, and forecasts fail most on them; the mix learns from these numbers what
they do (see ``mix.seen``).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped]

from data.area.area import Area
from data.area.calendars import days
from forecasting.values.arrays import Flags, Ints

MARGIN: Final = timedelta(days=14)
"""How many days of calendar beyond the first and last day it takes to know what is special about them."""


@dataclass(frozen=True, eq=False)
class SpecialDays:
    """D consecutive local days (``dates``: naive midnights), each array of length D.

    ``weekday``: 0 = Monday; ``holiday``: public holiday; ``special``: a holiday, or around Easter or Christmas, so not
    a usual day of its weekday; ``school``: in a school holiday; ``run``: how many free days in a
    row the day is part of; ``before`` and ``after``: the next day, or the one before, is a holiday.
    """

    dates: pd.DatetimeIndex
    weekday: Ints
    holiday: Flags
    special: Flags
    school: Flags
    run: Ints
    before: Flags
    after: Flags


def special_days(area: Area, dates: pd.DatetimeIndex) -> SpecialDays:
    """Return what is special about ``dates``."""
    calendar = days(area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date())
    every = pd.DatetimeIndex(calendar.index)
    holiday = calendar["public_holiday"].to_numpy(object) != ""
    weekday = calendar["weekday"].to_numpy(np.int64)
    from_easter = np.array([(day.date() - easter(day.year)).days for day in every])
    christmas = np.array([_from_christmas(day) for day in every])
    special = holiday | ((from_easter >= -2) & (from_easter <= 1)) | ((christmas >= -1) & (christmas <= 9))
    here = slice(*every.get_indexer(dates[[0, -1]]) + np.array([0, 1]))
    columns = {
        "weekday": weekday,
        "holiday": holiday,
        "special": special,
        "school": calendar["school_holiday"].to_numpy(object) != "",
        "run": _runs(holiday | (weekday >= 5)),
        "before": np.roll(holiday, -1),
        "after": np.roll(holiday, 1),
    }
    return SpecialDays(dates, **{name: column[here] for name, column in columns.items()})


def is_special(area: Area, hours: pd.DatetimeIndex) -> Flags:
    """Return which ``hours`` (UTC) fall on a special local day."""
    if not len(hours):
        return np.zeros(0, dtype=bool)
    local = hours.tz_convert(area.tz).tz_localize(None).normalize()
    dates = pd.date_range(local.min(), local.max(), freq="D", unit="us")
    return np.asarray(special_days(area, dates).special[dates.get_indexer(local)])


def ordinary_weekdays(special: Flags) -> tuple[Ints, Flags]:
    """Return the same weekdays of the 11 weeks before each day (D × 11 places), and which of them to learn from.

    Those are the nearest eight that were not special, or the last eight where fewer than three were usual. Places
    before the first day are negative, and not to be used.
    """
    lags = np.arange(len(special))[:, None] - 7 * np.arange(1, 12)
    usual = ~special[np.maximum(lags, 0)] & (lags >= 0)
    nearest = usual & (usual.cumsum(axis=1) <= 8)
    last_eight = np.broadcast_to(np.arange(11) < 8, lags.shape) & (lags >= 0)
    return lags, np.where(nearest.sum(axis=1, keepdims=True) >= 3, nearest, last_eight)


def _from_christmas(day: pd.Timestamp) -> int:
    return int((day - pd.Timestamp(day.year if day.month > 3 else day.year - 1, 12, 25)).days)


def _runs(free: Flags) -> Ints:
    """Return for each free day the length of its run of free days, 0 for the others."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    out = np.zeros(len(free), dtype=np.int64)
    for first, last in edges.reshape(-1, 2):
        out[first:last] = last - first
    return out
