"""Hourly files of the Dutch weather service KNMI: whole ones (``uurgeg_…``), subsets, and the JSON of its service.

``HH`` is 1–24 UTC, the hour that *ends* then. ``T`` in 0.1 °C, ``FH`` in 0.1 m/s, ``RH`` in 0.1 mm and ``SQ`` in
0.1 hour, where -1 is a trace (less than half the unit; taken as 0, so that a drop does not make an hour wet).
``N`` is cloud cover in okta, 9 when the sky cannot be seen. A subset has the columns somebody asked for.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.importing.weather_formats.readings import NOT_A_TIME, Readings, cut, moments, numbers
from data.tables.json_text import parsed_json
from data.tables.weather_units import Floats
from language import UserError

NAME: Final = "KNMI"
_COLUMNS: Final = {
    "temp_c": ("T",),
    "rain_mm": ("RH",),
    "wind_ms": ("FH", "FF"),
    "sun_h": ("SQ",),
    "cloud_okta": ("N",),
}
_WITH_TRACE: Final = ("rain_mm", "sun_h")
_STATION: Final = ("STN", "STNS")
_HOUR: Final = ("HH", "H")
_START: Final = 100_000
"""Characters in which the header stands, below the description of all columns."""


def recognises(text: str) -> bool:
    """Return whether a text is an hourly file of KNMI."""
    if text.lstrip().startswith("["):
        start = text[:2000]
        return all(f'"{key}"' in start for key in ("station_code", "date", "hour"))
    return bool(_headers(text[:_START].splitlines()))


def read(file: str, text: str, station: int | None) -> Readings:
    """Read the hours of a station (the only one of the file, when none is named) from a text or JSON.

    Raises ``UserError`` with the row that is not right, or when the stations of the file have to be told apart.
    """
    table = _from_json(file, text) if text.lstrip().startswith("[") else _from_text(file, text)
    return table.readings(_chosen(file, table.stations, station))


class _Table:
    """Columns of a file: lists of the same length, and the days and hours they are of."""

    def __init__(
        self,
        file: str,
        rows: npt.NDArray[np.int64],
        stations: Floats,
        days: pd.DatetimeIndex,
        hours: Floats,
        columns: Mapping[str, Sequence[object]],
    ) -> None:
        self.file, self.rows, self.stations = file, rows, stations
        wrong = ~((hours >= 1) & (hours <= 24) & (hours % 1 == 0))
        if wrong.any():
            at = int(wrong.argmax())
            raise UserError(NOT_A_TIME, row=int(rows[at]), file=file, value=f"{hours[at]:g}")
        self._starts = days + pd.to_timedelta(hours - 1, unit="h")
        self._columns = columns

    def readings(self, chosen: npt.NDArray[np.bool_]) -> Readings:
        rows, values = self.rows[chosen], {}
        for name, codes in _COLUMNS.items():
            code = next((code for code in codes if code in self._columns), None)
            if code is None:
                continue
            given = [value for value, here in zip(self._columns[code], chosen, strict=True) if here]
            array = numbers(self.file, rows, given, ("",))
            if name in _WITH_TRACE:
                array = np.where(array == -1, 0, array)
            values[name] = array if name == "cloud_okta" else array / 10
        return Readings(rows.tolist().__getitem__, self._starts[chosen], values)


def _from_text(file: str, text: str) -> _Table:
    lines = text.splitlines()
    headers = _headers(lines)
    if not headers or len({tuple(_cells(lines[at])) for at in headers}) > 1:
        raise UserError("{file} is not an hourly file of {name}. Download it again.", file=file, name=NAME)
    table = cut(file, lines, headers[0], ",")
    station, hour = (next(name for name in names if name in table.names) for names in (_STATION, _HOUR))
    days = moments(file, table.rows, table.texts("YYYYMMDD"), "%Y%m%d")
    columns = {code: table.texts(code) for codes in _COLUMNS.values() for code in codes if code in table.names}
    return _Table(file, table.rows, table.numbers(station, ()), days, table.numbers(hour, ()), columns)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.lstrip("# ").split(",")]


def _headers(lines: Sequence[str]) -> list[int]:
    """Return the lines that name the columns: files laid end to end have several."""
    found = []
    for at, line in enumerate(lines):
        if "YYYYMMDD" in line:
            names = set(_cells(line))
            if "YYYYMMDD" in names and names & set(_STATION) and names & set(_HOUR):
                found.append(at)
    return found


def _from_json(file: str, text: str) -> _Table:
    try:
        records, _ = parsed_json(text.encode())
        given: dict[str, list[Any]] = {
            key: [record[key] for record in records] for key in ("station_code", "date", "hour")
        }
    except (ValueError, TypeError, KeyError) as error:
        raise UserError("{file} is not an hourly file of {name}. Download it again.", file=file, name=NAME) from error
    if not given["date"]:
        raise UserError("{file} holds no rows below its header. Make it again.", file=file)
    rows = np.arange(1, len(records) + 1)
    codes = [code for codes in _COLUMNS.values() for code in codes if any(code in record for record in records)]
    columns = {code: [record.get(code) for record in records] for code in codes}
    days = moments(file, rows, [str(day)[:10] for day in given["date"]], "%Y-%m-%d", "%Y%m%d")
    stations, hours = (numbers(file, rows, given[key], ()) for key in ("station_code", "hour"))
    return _Table(file, rows, stations, days, hours, columns)


def _chosen(file: str, stations: Floats, station: int | None) -> npt.NDArray[np.bool_]:
    found = np.unique(stations)
    if station is None and len(found) > 1:
        raise UserError(
            "{file} has hours of several stations ({stations}). Download one of them.",
            file=file,
            stations=", ".join(f"{number:g}" for number in found[:10]),
        )
    chosen = np.asarray(stations == (found[0] if station is None else station))
    if not chosen.any():
        raise UserError("The file of {name} has no hours of station {station}.", name=NAME, station=station)
    return chosen
