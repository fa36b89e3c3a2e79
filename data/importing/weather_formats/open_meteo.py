"""Files as the pages and the service of Open-Meteo give them: CSV or JSON, in whatever units somebody chose there.

Temperature, wind and cloud cover are those at the stamp; precipitation and sunshine are sums over the hour *before* the
stamp. Stamps are local to ``utc_offset_seconds``, which stands in the file, as does the unit of each column.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.importing.weather_formats.readings import HOUR, Readings, cut, moments, numbers
from data.importing.weather_formats.saying import say_converted
from data.tables.json_text import parsed_json
from data.tables.notices import Notice
from data.tables.weather_units import converted, kept_unit, unit_of
from language import UserError

NAME: Final = "Open-Meteo"
_COLUMNS: Final = {
    "temp_c": ("temperature_2m",),
    "rain_mm": ("precipitation", "rain"),
    "wind_ms": ("wind_speed_10m", "windspeed_10m"),
    "sun_h": ("sunshine_duration",),
    "cloud_okta": ("cloud_cover", "cloudcover"),
}
_HOUR_BEFORE: Final = ("rain_mm", "sun_h")
_ITS_OWN: Final = ("sun_h", "cloud_okta")
"""Columns that Open-Meteo always gives in another unit: to convert them is nothing to tell."""

_META: Final = "utc_offset_seconds"
_FORMATS: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


def recognises(text: str) -> bool:
    """Return whether a text is a file of Open-Meteo."""
    start = text.lstrip()[:100_000]
    if start.startswith("{"):
        return '"hourly' in text and f'"{_META}"' in start
    return start.startswith("latitude,") and _META in start.partition("\n")[0]


def read(file: str, text: str, station: int | None) -> Readings:  # noqa: ARG001 - a file has one place
    """Read the hours of a file. Raises ``UserError`` with the row that is not right, and for more than one place."""
    is_json = text.lstrip().startswith("{")
    offset, rows, times, columns = _from_json(file, text) if is_json else _from_csv(file, text)
    stamps = _stamps(file, rows, times, offset)
    if (stamps != stamps.floor("h")).any():
        at = int((stamps != stamps.floor("h")).argmax())
        raise UserError(
            "Row {row} of {file}: {time} is not a whole hour. Give one row for each hour and zone.",
            row=int(rows[at]),
            file=file,
            time=times[at],
        )
    kept, notices = {}, list[Notice]()
    for name, codes in _COLUMNS.items():
        code = next((code for code in codes if code in columns), None)
        if code is None:
            continue
        unit, given = columns[code]
        known = unit_of(name, unit)
        if known is None:
            raise UserError(
                "{file} gives {column} in '{unit}', which is not known. Download it in another unit.",
                file=file,
                column=code,
                unit=unit[:20],
            )
        kept[name] = converted(name, known, numbers(file, rows, given, ("", "NaN", "nan")))
        if known != kept_unit(name) and name not in _ITS_OWN:
            notices.append(partial(say_converted, file, name, known))
    if "sun_h" in kept:  # sums of seconds are rounded
        kept["sun_h"] = np.where(kept["sun_h"] <= 1.01, np.minimum(kept["sun_h"], 1.0), kept["sun_h"])
    readings = Readings(rows.tolist().__getitem__, stamps, kept, notices)
    return readings.once(file).of_hour_before(_HOUR_BEFORE)


Columns = dict[str, tuple[str, Sequence[object]]]
"""By name: the unit, and the values."""


def _from_csv(file: str, text: str) -> tuple[float, npt.NDArray[np.int64], list[str], Columns]:
    lines = text.splitlines()
    at = next((at for at, line in enumerate(lines) if line.partition(",")[0].strip() == "time"), None)
    places = [line for line in lines[1:at] if line.strip()]
    if at is None or len(places) != 1:
        raise _not_one_place(file)
    about = dict(zip(lines[0].split(","), places[0].split(","), strict=False))
    offset = numbers(file, np.array([2]), [about[_META]], ())[0] if _META in about else 0.0
    table = cut(file, lines, at, ",", stop_at_blank=True)
    columns: Columns = {}
    for place, name in enumerate(table.names):
        found = re.fullmatch(r"(\w+)(?: \((.*)\))?", name)
        if found:
            columns[found[1]] = (found[2] or "", [cells[place].strip() for cells in table.cells])
    return offset, table.rows, table.texts("time"), columns


def _from_json(file: str, text: str) -> tuple[float, npt.NDArray[np.int64], list[str], Columns]:
    try:
        answer, _ = parsed_json(text.encode())
        hourly, units = answer["hourly"], answer["hourly_units"]
        times = [str(time) for time in hourly["time"]]
        columns: Columns = {}
        for name, given in hourly.items():
            if isinstance(given, list) and len(given) == len(times):
                columns[name] = (str(units.get(name, "")), given)
        offset: Any = answer[_META]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError("{file} is not an hourly file of {name}. Download it again.", file=file, name=NAME) from error
    rows = np.arange(1, len(times) + 1)
    if not times:
        raise UserError("{file} holds no rows below its header. Make it again.", file=file)
    return float(numbers(file, np.array([1]), [offset], ())[0]), rows, times, columns


def _stamps(file: str, rows: npt.NDArray[np.int64], times: list[str], offset: float) -> pd.DatetimeIndex:
    """Return stamps in UTC; those in seconds since 1970 are that already."""
    if all(time.isdecimal() and len(time) <= 11 for time in times):
        return pd.DatetimeIndex(pd.to_datetime([int(time) for time in times], unit="s", utc=True).as_unit("us"))
    if abs(offset) > 24 * HOUR.total_seconds():
        raise _not_one_place(file)
    return moments(file, rows, times, *_FORMATS) - pd.Timedelta(seconds=offset)


def _not_one_place(file: str) -> UserError:
    return UserError(
        "{file} does not hold the hours of one place. Download one place from {name}.", file=file, name=NAME
    )
