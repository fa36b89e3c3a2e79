"""Hourly weather from anyone's file: tables with the names of this project, and what weather services give out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.area.schemas import HOUR, checked
from data.doubts.ahead import ahead_doubts
from data.importing.unit_doubts import likely_unit, unit_doubts
from data.importing.weather_formats import format_of
from data.importing.weather_formats.readings import NOT_A_TIME, Readings
from data.importing.weather_formats.table import read_table
from data.importing.weather_formats.text import text_of
from data.keeping.from_outside import check_size
from data.keeping.within_time import within_time
from data.tables.notices import Imported, Notice
from data.tables.weather_units import checked_units, converted, kept_unit, weather_name
from language import Language, UserError
from language.plain import joined

RANGES: Final = {
    "temp_c": (-60.0, 60.0),
    "rain_mm": (0.0, 500.0),
    "wind_ms": (0.0, 120.0),
    "sun_h": (0.0, 1.0),
    "cloud_okta": (0.0, 9.0),
}
"""Lowest and highest value of each column: the world's weather records, rounded outwards."""

_EXPECTED: Final = ("temp_c", "rain_mm", "wind_ms")
_YEARS: Final = (1850, 2100)


@within_time
def read_weather(
    path: Path,
    tz: ZoneInfo,
    *,
    units: Mapping[str, str] | None = None,
    station: int | None = None,
    now: datetime | None = None,
) -> Imported:
    """Read observed weather from a file (schema ``WEATHER``, sorted by hour).

    Its format is seen from its content: see ``data.importing.weather_formats``. A time without an offset is in ``tz``.
    ``units`` says in which unit columns of a table are (``{"wind_ms": "km/h"}``), ``station`` which station of
    several to take. What looks like another unit is doubted and kept; so are hours after ``now`` (default: the
    clock's). Raises ``UserError`` with the row: see ``docs/data-formats.md`` for what is refused.
    """
    check_size(path)
    with path.open("rb") as file:
        text = None if file.read(4) == b"PAR1" else text_of(path.name, path.read_bytes())
    form = format_of(text) if text else None
    given = checked_units(dict(units or {}))
    if form is None or text is None:
        readings = _in_kept_units(path.name, read_table(path, tz), given)
    elif given:
        raise UserError(
            "{file} is a file of {name}, whose units are known. Read it without saying units.",
            file=path.name,
            name=form.NAME,
        )
    else:
        readings = form.read(path.name, text, station)
    return imported(path.name, readings, now)


def imported(file: str, readings: Readings, now: datetime | None = None) -> Imported:
    """Return readings as weather, with what is to be told and doubted about them. Raises ``UserError`` with the row."""
    _check_values(file, readings)
    readings = readings.once(file)
    notices: list[Notice] = list(readings.notices)
    frame = pd.DataFrame({"hour": readings.hours.astype(HOUR)})
    for name in RANGES:
        frame[name] = readings.columns.get(name, np.nan)
    frame["origin"] = pd.Series("observed", index=frame.index, dtype="str")
    absent = [name for name in _EXPECTED if name not in readings.columns]
    if len(absent) == len(_EXPECTED):
        raise UserError("{file} holds no temperature, rain or wind. Download it again with those.", file=file)
    if absent:
        notices.append(partial(_say_absent, file, absent))
    ahead = ahead_doubts(file, frame["hour"], now or datetime.now(UTC))
    doubts = unit_doubts(file, {name: frame[name].to_numpy(float) for name in RANGES})
    frame = frame.sort_values("hour", ignore_index=True)
    return Imported(checked("weather", frame), notices, [*readings.doubts, *doubts, *ahead])


def _in_kept_units(file: str, readings: Readings, given: Mapping[str, str]) -> Readings:
    """Convert what somebody said to be in another unit."""
    other = {name: unit for name, unit in given.items() if name in readings.columns and unit != kept_unit(name)}
    values = {
        name: converted(name, other.get(name, kept_unit(name)), array) for name, array in readings.columns.items()
    }
    said = [partial(_say_asked, file, name, unit) for name, unit in other.items()]
    return replace(readings, columns=values, notices=[*readings.notices, *said])


def _check_values(file: str, readings: Readings) -> None:
    years = readings.hours.year
    odd = np.asarray((years < _YEARS[0]) | (years >= _YEARS[1]))
    if odd.any():
        at = int(odd.argmax())
        raise UserError(NOT_A_TIME, row=readings.row(at), file=file, value=f"{readings.hours[at]:%Y-%m-%d}")
    for name, numbers in readings.columns.items():
        lowest, highest = RANGES[name]
        outside = (numbers < lowest) | (numbers > highest)
        if not outside.any():
            continue
        index, unit = int(outside.argmax()), likely_unit(name, numbers, lowest, highest)
        message = (
            "Row {row} of {file}: {column} is {value}, but it should lie between {lowest} and {highest}. Leave an "
            "unknown value empty."
        )
        if unit:
            message = (
                "Row {row} of {file}: {column} is {value}, but it should lie between {lowest} and {highest}. It "
                "looks like {unit}. If it is, read it in again with {column}={unit}."
            )
        raise UserError(
            message,
            row=readings.row(index),
            file=file,
            column=name,
            value=f"{numbers[index]:g}",
            lowest=f"{lowest:g}",
            highest=f"{highest:g}",
            unit=unit or "",
        )


def _say_asked(file: str, column: str, unit: str, lang: Language) -> str:
    return lang.t(
        "In {file}, {what} was converted from {unit} to {kept}, as you said.",
        file=file,
        what=weather_name(column, lang),
        unit=unit,
        kept=kept_unit(column),
    )


def _say_absent(file: str, columns: list[str], lang: Language) -> str:
    return lang.t(
        "{file} has no {what}: that stays unknown, unless another file has it.",
        file=file,
        what=joined([weather_name(column, lang) for column in columns], lang),
    )
