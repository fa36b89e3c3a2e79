"""Hourly files of the Irish weather service Met Éireann (``hly….csv``), with lines about the station above the header.

Times are in UTC (``01-nov-2026 00:00``). Precipitation (``rain``, mm), mean wind (``wdsp``, knots) and sunshine
(``sun``, hours) are of the hour before; temperature (``temp``, °C) and cloud cover (``clamt``, okta) are those at it.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from data.importing.weather_formats.readings import Readings, cut, moments
from data.importing.weather_formats.saying import say_converted
from data.tables.notices import Notice
from data.tables.weather_units import converted, kept_unit, unit_of
from language import UserError

NAME: Final = "Met Éireann"
_COLUMNS: Final = {"temp_c": "temp", "rain_mm": "rain", "wind_ms": "wdsp", "sun_h": "sun", "cloud_okta": "clamt"}
_DOCUMENTED: Final = {"wind_ms": "knots"}
"""Units of the documentation that are not the ones that are kept; a line above the header goes before it."""

_HOUR_BEFORE: Final = ("rain_mm", "wind_ms", "sun_h")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEADER_LINES: Final = 100


def recognises(text: str) -> bool:
    """Return whether a text is an hourly file of Met Éireann."""
    lines = text[:20_000].splitlines()[:_HEADER_LINES]
    at = _header(lines)
    return at is not None and ("ind" in _cells(lines[at]) or lines[0].startswith("Station Name"))


def read(file: str, text: str, station: int | None) -> Readings:  # noqa: ARG001 - a file has one station
    """Read the hours of a file. Raises ``UserError`` with the row that is not right."""
    lines = text.splitlines()
    at = _header(lines[:_HEADER_LINES])
    if at is None:
        raise UserError("{file} is not an hourly file of {name}. Download it again.", file=file, name=NAME)
    table = cut(file, [*lines[:at], lines[at].casefold(), *lines[at + 1 :]], at, ",")
    stamps = moments(
        file, table.rows, [_in_numbers(text) for text in table.texts("date")], "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"
    )
    columns, notices = {}, list[Notice]()
    for name, code in _COLUMNS.items():
        if code not in table.names:
            continue
        unit = _said(lines[:at], name, code) or _DOCUMENTED.get(name, kept_unit(name))
        columns[name] = converted(name, unit, table.numbers(code))
        if unit != kept_unit(name):
            notices.append(partial(say_converted, file, name, unit))
    readings = Readings(table.rows.tolist().__getitem__, stamps, columns, notices)
    return readings.once(file).of_hour_before(_HOUR_BEFORE)


def _cells(line: str) -> list[str]:
    return [cell.strip().casefold() for cell in line.split(",")]


def _header(lines: Sequence[str]) -> int | None:
    """Return the line that names the columns: ``date`` first, and one of weather."""
    for at, line in enumerate(lines):
        names = _cells(line)
        if names[0] == "date" and set(names) & set(_COLUMNS.values()):
            return at
    return None


def _said(preamble: Sequence[str], name: str, code: str) -> str | None:
    """Return the unit that a line such as ``wdsp: - Mean Wind Speed (knot)`` gives a column."""
    for line in preamble:
        found = re.match(rf"\s*{code}\s*:.*\(([^()]*)\)\s*$", line, re.IGNORECASE)
        if found:
            return unit_of(name, found[1])
    return None


def _in_numbers(text: str) -> str:
    """Return a date with its month as a number, whatever language this machine speaks."""
    parts = text.casefold().split("-")
    if len(parts) == 3 and parts[1] in _MONTHS:
        parts[1] = str(_MONTHS.index(parts[1]) + 1)
    return "-".join(parts)
