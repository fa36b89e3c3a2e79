"""Days of an area: weekdays, public and school holidays, and holidays where its visitors come from.

Dates come from the ``holidays`` package; school holidays that it does not know stand in ``area.toml``. Beyond the years
that are known, a day is simply no holiday; how far school holidays are known is said by
:func:`school_holidays_known_until`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import holidays
import pandas as pd

from data.area.area import Area
from language import UserError

Category = Literal["public", "school"]
_FIRST_YEAR: Final = 2000


def days(area: Area, first: date, last: date) -> pd.DataFrame:
    """Return the local days from ``first`` to ``last``, both included.

    Index ``day``: naive ``DatetimeIndex`` of local midnights. Join hours to it with
    ``hours.tz_convert(area.tz).tz_localize(None).normalize()``. Columns:

    - ``weekday``: int, 0 = Monday.
    - ``public_holiday``: str, the holiday's English name (the first one when a day has several), or ``""``.
    - ``school_holiday``: str, the name in ``area.school_holidays``, else the English one in the area's school region,
      or ``""``.
    - ``visitor_holiday``: bool, a public or school holiday in any region of ``area.visitors_from``.

    Days in years that the package does not know are no holidays. Raises ``UserError`` when the country or a
    region in ``area.toml`` is not known to it.
    """
    index = pd.date_range(first, last, freq="D", name="day", unit="us")
    visitors = pd.Series(False, index=index)
    for place in area.visitors_from:
        country, _, subdiv = place.partition("-")
        for category in ("public", "school"):
            visitors |= _names(area, country, subdiv or None, category, index) != ""
    return pd.DataFrame(
        {
            "weekday": index.day_of_week.astype("int64"),
            "public_holiday": _names(area, area.country, area.subdiv, "public", index),
            "school_holiday": _school_names(area, index),
            "visitor_holiday": visitors,
        },
        index=index,
    )


def school_holidays_known_until(area: Area) -> date | None:
    """Return the last day for which the area's school holidays are known, or ``None`` when none are.

    Raises ``UserError`` when the country or school region in ``area.toml`` is not known.
    """
    if area.school_holidays:
        return max(holiday.last for holiday in area.school_holidays)
    if area.school_region is None:
        return None
    return _last_known(area.id, area.country, area.school_region)


def _school_names(area: Area, index: pd.DatetimeIndex) -> pd.Series:
    if area.school_holidays or area.school_region is None:
        names = pd.Series("", index=index, dtype=str)
        for holiday in area.school_holidays:
            names[pd.Timestamp(holiday.first) : pd.Timestamp(holiday.last)] = holiday.name
        return names
    return _names(area, area.country, area.school_region, "school", index)


def _names(area: Area, country: str, subdiv: str | None, category: Category, index: pd.DatetimeIndex) -> pd.Series:
    known = {int(year): _year(area.id, country, subdiv, category, int(year)) for year in index.year.unique()}
    return pd.Series([known[day.year].get(day, "") for day in index.date], index=index, dtype=str)


@cache
def _year(area_id: str, country: str, subdiv: str | None, category: Category, year: int) -> Mapping[date, str]:
    calendar = _calendar(area_id, country)
    if category not in calendar.supported_categories:
        return MappingProxyType({})
    if subdiv is not None and subdiv not in calendar.subdivisions:
        raise UserError(
            "Area {area}: region '{region}' of {country} is not known. Use one of: {known}.",
            area=area_id,
            region=subdiv,
            country=country,
            known=", ".join(calendar.subdivisions),
        )
    english = [code for code in calendar.supported_languages if code.startswith("en")]
    found = calendar(subdiv=subdiv, years=year, categories=(category,), language=english[0] if english else None)
    return MappingProxyType({day: found.get_list(day)[0] for day in found})


@cache
def _last_known(area_id: str, country: str, region: str) -> date | None:
    for year in range(_calendar(area_id, country).end_year, _FIRST_YEAR - 1, -1):
        if found := _year(area_id, country, region, "school", year):
            return max(found)
    return None


def _calendar(area_id: str, country: str) -> type[holidays.HolidayBase]:
    calendar: type[holidays.HolidayBase] | None = getattr(holidays, country, None)
    if calendar is None:
        raise UserError(
            "Area {area}: the holidays of country '{country}' are not known. Check country and "
            "visitors_from in area.toml.",
            area=area_id,
            country=country,
        )
    return calendar
