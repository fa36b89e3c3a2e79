"""What is special about a day, as numbers: how far holidays, Easter, Christmas and the ends of school holidays are.

Forecasts fail most around Easter, in the weeks of Christmas, and on the edges of holidays; these numbers let the
boosted part of a forecast learn what such days do (see ``boost_features``).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped]
from numpy.typing import NDArray

from data.area.area import Area
from data.area.calendars import days
from forecasting.values.arrays import Flags, Floats, Ints

MARGIN: Final = timedelta(days=45)
"""How many days of calendar beyond the first and last day it takes to know what is special about them."""

_HOLIDAY_REACH: Final = 15
_SCHOOL_REACH: Final = 30


@dataclass(frozen=True, eq=False)
class SpecialDays:
    """D consecutive local days (``dates``: naive midnights), each array of length D.

    ``weekday``: 0 = Monday; ``holiday``: public holiday; ``names``: its name, or ""; ``since`` and ``until``: days
    since the last and until the next public holiday, at most 15; ``easter``: days since Easter Sunday of the year;
    ``christmas``: days since the nearest 25 December (from April on that of the same year); ``special``: a holiday, or
    around Easter or Christmas, so not a usual day of its weekday; ``school``: number of the school holiday, 0 in term;
    ``school_since`` and ``school_until``: days since and until term and holiday change, at most 30; ``run``: how many
    free days in a row the day is part of; ``before`` and ``after``: the next day, or the one before, is a holiday.
    """

    dates: pd.DatetimeIndex
    weekday: Ints
    names: NDArray[np.object_]
    holiday: Flags
    since: Ints
    until: Ints
    easter: Ints
    christmas: Ints
    special: Flags
    school: Ints
    school_since: Ints
    school_until: Ints
    run: Ints
    before: Flags
    after: Flags


def special_days(area: Area, dates: pd.DatetimeIndex, school_names: tuple[str, ...]) -> SpecialDays:
    """Return what is special about ``dates``; a school holiday's number is its place in ``school_names``, from 1.

    A school holiday that has no place in ``school_names`` counts as the last of them.
    """
    calendar = days(area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date())
    every = pd.DatetimeIndex(calendar.index)
    names = calendar["public_holiday"].to_numpy(object)
    holiday = names != ""
    weekday = calendar["weekday"].to_numpy(np.int64)
    from_easter = np.array([(day.date() - easter(day.year)).days for day in every])
    christmas = np.array([_from_christmas(day) for day in every])
    school = np.array([_number(name, school_names) for name in calendar["school_holiday"]], dtype=np.int64)
    special = holiday | ((from_easter >= -2) & (from_easter <= 1)) | ((christmas >= -1) & (christmas <= 9))
    here = slice(*every.get_indexer(dates[[0, -1]]) + np.array([0, 1]))
    columns = {
        "weekday": weekday,
        "names": names,
        "holiday": holiday,
        "since": _steps(holiday, _HOLIDAY_REACH),
        "until": _steps(holiday[::-1], _HOLIDAY_REACH)[::-1],
        "easter": from_easter,
        "christmas": christmas,
        "special": special,
        "school": school,
        "school_since": _since_change(school > 0, _SCHOOL_REACH),
        "school_until": _since_change((school > 0)[::-1], _SCHOOL_REACH)[::-1],
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
    return np.asarray(special_days(area, dates, ()).special[dates.get_indexer(local)])


def school_holiday_names(calendar: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the school holidays in a calendar (see ``data.area.calendars.days``), in a fixed order."""
    return tuple(sorted(set(calendar["school_holiday"]) - {""}))


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


def _number(name: str, names: tuple[str, ...]) -> int:
    if not name:
        return 0
    return 1 + names.index(name) if name in names else max(len(names), 1)


def _from_christmas(day: pd.Timestamp) -> int:
    return int((day - pd.Timestamp(day.year if day.month > 3 else day.year - 1, 12, 25)).days)


def _steps(flags: Flags, reach: int) -> Ints:
    """Return the days since the last flag, 0 on it, at most ``reach``."""
    place = np.where(flags, np.arange(len(flags)), -reach)
    return np.asarray(np.minimum(np.arange(len(flags)) - np.maximum.accumulate(place), reach))


def _since_change(flags: Flags, reach: int) -> Ints:
    changed = np.concatenate([[True], flags[1:] != flags[:-1]])
    return _steps(changed, reach)


def _runs(free: Flags) -> Ints:
    """Return for each free day the length of its run of free days, 0 for the others."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    out = np.zeros(len(free), dtype=np.int64)
    for first, last in edges.reshape(-1, 2):
        out[first:last] = last - first
    return out


def mean_flags(flags: Flags, lags: Ints, used: Flags) -> Floats:
    """Return the share of the used lags (D × L places) that have a flag: D."""
    found = flags[np.maximum(lags, 0)] & used
    return np.asarray(found.sum(axis=1) / np.maximum(used.sum(axis=1), 1), dtype=float)
