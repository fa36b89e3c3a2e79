"""The design of a day: every feature that a day's total is explained by, named, and the same for all zones.

A zone's compiled model is one coefficient per feature name, so days × features @ features × zones gives every
zone's expected day at once. The first word of a name says which part of the forecast it belongs to:

- ``trend:1`` (constant), ``trend:years`` (since 2020-01-01), ``trend:2024-07-01`` (years since that day, 0 before)
- ``year:sin1``, ``year:cos1`` …, ``week:sin1`` …: Prophet's yearly (365.25 days) and weekly Fourier terms
- ``holiday:Christmas Day`` …: 1 on such a day; ``holiday:school:Summer`` …, ``holiday:visitors``
- ``weather:warm17`` …: see :func:`weather_features`
"""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped]

from forecasting.values.arrays import Floats
from forecasting.values.forecast import PartName
from forecasting.values.timeline import Timeline

PART_OF: Final[dict[str, PartName]] = {
    "trend": "level",
    "year": "season",
    "week": "weekday",
    "holiday": "holiday",
    "weather": "weather",
}
TREND_START: Final = pd.Timestamp("2020-01-01")
YEAR: Final = 365.25
DAYTIME: Final = (10, 18)
"""Local hours (from, up to and including 17) whose weather decides how busy a day is: an assumption."""

WARM_FROM: Final = (12.0, 17.0, 21.0, 25.0)
"""°C from which each further degree of the daytime mean has an effect of its own."""

WINDY_FROM_MS: Final = 8.0
"""m/s from which wind has an extra effect: the beginning of Beaufort 5, a fresh breeze."""

WEATHER_FEATURES: Final = (
    "weather:temp",
    *(f"weather:warm{degrees:.0f}" for degrees in WARM_FROM),
    "weather:sun",
    "weather:rain",
    "weather:wind",
    "weather:windy",
)
USUAL_CHANGE: Final = np.array([3.0] * (1 + len(WARM_FROM)) + [0.3, 0.2, 2.0, 2.0])
"""How far each of :data:`WEATHER_FEATURES` usually lies from its mean of two weeks, in a sea climate."""

_SEASONS: Final = {
    "before Christmas": ((12, 18), (12, 23)),
    "Christmas Eve": ((12, 24), (12, 24)),
    "between Christmas and New Year": ((12, 27), (12, 30)),
    "New Year's Eve": ((12, 31), (12, 31)),
    "first days of January": ((1, 2), (1, 5)),
}


def design(names: tuple[str, ...], calendar: pd.DataFrame, weather: Floats | None, timeline: Timeline) -> Floats:
    """Return the features ``names`` of the timeline's days: D × F.

    ``calendar`` holds at least those days and their neighbours (see ``data.area.calendars.days``); ``weather`` is
    hours × (temp_c, rain_mm, wind_ms, sun_h) without gaps, and may be ``None`` when no name asks for it. A
    holiday that none of the days is gives zeros.
    """
    dates = timeline.dates
    out = np.zeros((len(dates), len(names)))
    columns: dict[str, Floats] = {}
    if weather is not None:
        columns = dict(zip(WEATHER_FEATURES, weather_features(weather, timeline).T, strict=True))
    special = holiday_table(calendar)
    column_of = {name: index for index, name in enumerate(names)}
    day = dates.get_indexer(pd.DatetimeIndex(special["ds"]))
    column = np.array([column_of.get(name, -1) for name in special["holiday"]], dtype=np.int64)
    here = (day >= 0) & (column >= 0)
    out[day[here], column[here]] = 1
    for index, name in enumerate(names):
        part, _, detail = name.partition(":")
        if part == "trend":
            out[:, index] = _trend(detail, dates)
        elif part in ("year", "week"):
            out[:, index] = _wave(detail, dates, YEAR if part == "year" else 7.0)
        elif part == "weather":
            out[:, index] = columns[name]
    return out


def holiday_table(calendar: pd.DataFrame) -> pd.DataFrame:
    """Return the special days among the calendar's as Prophet takes them: ``ds, holiday``; a day may have several.

    Beside the named public holidays: any public holiday, the days before and after one, bridging Fridays and
    Mondays, the days around Christmas, New Year and Easter, school holidays by name, and visitors' holidays.
    """
    public = calendar["public_holiday"] != ""
    free = public | (calendar["weekday"] >= 5)
    before, after = public.shift(-1, fill_value=False), public.shift(1, fill_value=False)
    bridge = ~free & free.shift(1, fill_value=False) & free.shift(-1, fill_value=False)
    named = calendar["public_holiday"].str.replace(" (observed)", "", regex=False)
    school = calendar["school_holiday"]
    labels = [
        ("holiday:" + named).where(public, ""),
        _flag(public, "any public holiday"),
        _flag(before & ~public, "day before a public holiday"),
        _flag(after & ~public, "day after a public holiday"),
        _flag(bridge, "bridge day"),
        ("holiday:school:" + school).where(school != "", ""),
        _flag(school != "", "any school holiday"),
        _flag(calendar["visitor_holiday"], "visitors"),
        pd.Series([_season(day.date()) for day in calendar.index], index=calendar.index),
    ]
    table = pd.DataFrame({"ds": calendar.index.repeat(len(labels)), "holiday": np.array(labels).T.ravel()})
    return table[table["holiday"] != ""].reset_index(drop=True)


def weather_features(weather: Floats, timeline: Timeline) -> Floats:
    """Return the weather of the days: D × :data:`WEATHER_FEATURES`, from means over the hours of :data:`DAYTIME`.

    The mean temperature (°C) and its excess over each of :data:`WARM_FROM`; the share of the time with
    sunshine; the mean of ln(1 + mm of rain); wind (m/s) and its excess over :data:`WINDY_FROM_MS`. A day of
    which the timeline holds no such hour takes the mean of the hours it holds.
    """
    daytime = (timeline.hour_of_day >= DAYTIME[0]) & (timeline.hour_of_day < DAYTIME[1])
    count = len(timeline.dates)
    has_any = np.bincount(timeline.day[daytime], minlength=count) > 0
    used = daytime | ~has_any[timeline.day]
    values = weather.copy()
    values[:, 1] = np.log1p(values[:, 1])
    sums = np.array([np.bincount(timeline.day[used], values[used, kind], count) for kind in range(4)])
    temp, rain, wind, sun = sums / np.bincount(timeline.day[used], minlength=count)
    warm = [np.maximum(temp - degrees, 0) for degrees in WARM_FROM]
    return np.stack([temp, *warm, sun, rain, wind, np.maximum(wind - WINDY_FROM_MS, 0)], axis=1)


def _flag(days: "pd.Series[bool]", name: str) -> "pd.Series[str]":
    return pd.Series("", index=days.index, dtype=str).mask(days, f"holiday:{name}")


def _season(day: date) -> str:
    for name, (first, last) in _SEASONS.items():
        if first <= (day.month, day.day) <= last:
            return f"holiday:{name}"
    sunday = easter(day.year)
    for name, offset in (("Easter Saturday", -1), ("Tuesday after Easter", 2)):
        if day == sunday + timedelta(days=offset):
            return f"holiday:{name}"
    return ""


def _trend(detail: str, dates: pd.DatetimeIndex) -> Floats:
    if detail == "1":
        return np.ones(len(dates))
    since = TREND_START if detail == "years" else pd.Timestamp(detail)
    years = np.asarray((dates - since) / pd.Timedelta(days=YEAR), dtype=float)
    return years if detail == "years" else np.maximum(years, 0)


def _wave(detail: str, dates: pd.DatetimeIndex, period: float) -> Floats:
    days = dates.as_unit("s").asi8 / 86_400
    angle = 2 * np.pi * days * int(detail[3:]) / period
    return np.asarray(np.sin(angle) if detail.startswith("sin") else np.cos(angle))
