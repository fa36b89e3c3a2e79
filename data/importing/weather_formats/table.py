"""Weather as a table with the names of this project, which anybody can make: read with all its ways to write a time."""

from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.importing.weather_formats.readings import COLUMNS, Readings
from data.importing.weather_formats.saying import say_converted
from data.tables.clock import Rows, not_an_hour, once, place, whole_hours, without_time
from data.tables.moments import read_moments
from data.tables.notices import Notice
from data.tables.numbers import read_numbers
from data.tables.opening import open_table
from data.tables.weather_units import converted, declared, kept_unit
from language import UserError

_OPTIONAL: Final = {"sun_h", "cloud_okta"}


def read_table(path: Path, tz: ZoneInfo) -> Readings:
    """Read columns ``timestamp, temp_c, rain_mm, wind_ms`` and perhaps ``sun_h, cloud_okta``; others are ignored.

    A name with another unit (``wind_kmh``, ``temp (°F)``) declares that unit. A time is the start of the hour; without
    an offset it is in ``tz``. Raises ``UserError`` with the row that is not right.
    """
    table = open_table(path)
    named = {column: (table.header.index(name), unit) for name in table.header for column, unit in _declared(name)}
    for name in COLUMNS:
        if (at := table.position(name)) is not None:
            named[name] = (at, kept_unit(name))
    required = table.require(("timestamp", *(name for name in COLUMNS if name not in {*_OPTIONAL, *named})))
    times, *columns = table.columns([required[0], *(at for at, _ in named.values())])
    moments = read_moments(table, times, tz)
    size = len(times)
    values = [read_numbers(table, [column], grouped=False).array for column in columns]
    rows = without_time(Rows(table, moments, np.arange(size), np.zeros(size, dtype=np.int64), values))
    if not len(rows.records):
        raise UserError("{file} holds no rows below its header. Make it again.", file=table.file)
    if not whole_hours(rows).all():
        raise not_an_hour(rows)
    rows, utc, of_clock = place(rows)
    rows, utc, of_repeats = once(rows, utc)
    notices: list[Notice] = [*table.notices, *moments.notices, *of_clock, *of_repeats]
    kept = {}
    for (name, (_, unit)), numbers in zip(named.items(), rows.numbers, strict=True):
        kept[name] = converted(name, unit, numbers)
        if unit != kept_unit(name):
            notices.append(partial(say_converted, table.file, name, unit))

    def row(index: int) -> int:
        return table.row(int(rows.records[index]))

    return Readings(row, pd.DatetimeIndex(utc).tz_localize("UTC"), kept, notices, moments.doubts)


def _declared(name: str) -> list[tuple[str, str]]:
    found = declared(name)
    return [found] if found else []
