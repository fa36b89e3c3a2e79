"""Hourly weather from anyone's table."""

from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.importing.clock import Rows, not_an_hour, once, place, whole_hours, without_time
from data.importing.counts import Imported
from data.importing.moments import read_moments
from data.importing.notices import Notice
from data.importing.numbers import read_numbers
from data.importing.table import open_table
from data.schemas import HOUR, checked
from language import UserError

RANGES: Final = {
    "temp_c": (-60.0, 60.0),
    "rain_mm": (0.0, 500.0),
    "wind_ms": (0.0, 120.0),
    "sun_h": (0.0, 1.0),
    "cloud_okta": (0.0, 9.0),
}
"""Lowest and highest value of each column: the world's weather records, rounded outwards."""

_OPTIONAL: Final = {"sun_h", "cloud_okta"}


def read_weather(path: Path, tz: ZoneInfo) -> Imported:
    """Read observed weather from a CSV or Parquet file (schema ``WEATHER``, sorted by hour).

    Columns ``timestamp, temp_c, rain_mm, wind_ms`` and perhaps ``sun_h, cloud_okta``; others are ignored. A
    time is the start of the hour; without an offset it is in ``tz``. The ranges are those of the world's
    weather records, so that a file in tenths of degrees or in km/h is seen. Raises ``UserError`` with the row.
    """
    table = open_table(path)
    given = [name for name in RANGES if name not in _OPTIONAL or table.position(name) is not None]
    times, *columns = table.columns(table.require(("timestamp", *given)))
    moments = read_moments(table, times, tz)
    notices: list[Notice] = list(moments.notices)
    values = [read_numbers(table, [column], grouped=False).array for column in columns]
    size = len(times)
    rows = without_time(Rows(table, moments, np.arange(size), np.zeros(size, dtype=np.int64), values))
    for name, numbers in zip(given, rows.numbers, strict=True):
        lowest, highest = RANGES[name]
        outside = (numbers < lowest) | (numbers > highest)
        if outside.any():
            index = int(outside.argmax())
            raise rows.error(
                index,
                "Row {row} of {file}: {column} is {value}, and it lies between {lowest} and {highest}. "
                "Leave an unknown value empty.",
                column=name,
                value=f"{numbers[index]:g}",
                lowest=f"{lowest:g}",
                highest=f"{highest:g}",
            )
    if not len(rows.records):
        raise UserError("{file} holds no rows below its header. Export it again.", file=table.file)
    if not whole_hours(rows).all():
        raise not_an_hour(rows)
    rows, utc, of_clock = place(rows)
    rows, utc, of_repeats = once(rows, utc)
    frame = pd.DataFrame({"hour": pd.DatetimeIndex(utc).tz_localize("UTC").astype(HOUR)})
    for name in RANGES:
        frame[name] = rows.numbers[given.index(name)] if name in given else np.nan
    frame["origin"] = pd.Series("observed", index=frame.index, dtype="str")
    frame = frame.sort_values("hour", ignore_index=True)
    return Imported(checked("weather", frame), [*notices, *of_clock, *of_repeats])
