"""Hourly files of the German weather service DWD (``produkt_…_stunde_….txt``): one for each kind of weather.

``MESS_DATUM`` is in UTC. Precipitation (``R1``, mm), mean wind (``F``, m/s) and sunshine (``SD_SO``, minutes) are of
the hour before it; temperature (``TT_TU``, °C) and cloud cover (``V_N``, okta; -1: sky not visible) are those at it.
-999 is unknown.
"""

from typing import Final

import numpy as np

from data.importing.weather_formats.readings import Readings, cut, moments
from language import UserError

NAME: Final = "DWD"
_COLUMNS: Final = {"temp_c": "TT_TU", "rain_mm": "R1", "wind_ms": "F", "sun_h": "SD_SO", "cloud_okta": "V_N"}
_HOUR_BEFORE: Final = ("rain_mm", "wind_ms", "sun_h")
_UNKNOWN: Final = ("", "-999", "-999.0")


def recognises(text: str) -> bool:
    """Return whether a text is an hourly file of DWD."""
    names = [name.strip() for name in text.lstrip()[:500].partition("\n")[0].split(";")]
    return names[:2] == ["STATIONS_ID", "MESS_DATUM"]


def read(file: str, text: str, station: int | None) -> Readings:
    """Read the hours of the file's station. Raises ``UserError`` with the row that is not right."""
    table = cut(file, text.splitlines(), text[: len(text) - len(text.lstrip())].count("\n"), ";")
    stamps = moments(file, table.rows, table.texts("MESS_DATUM"), "%Y%m%d%H", "%Y%m%d%H:%M")
    stations = np.unique(table.numbers("STATIONS_ID", ()))
    if len(stations) > 1 or (station is not None and stations[0] != station):
        raise UserError(
            "{file} has hours of several stations ({stations}). Download one of them.",
            file=file,
            stations=", ".join(f"{number:g}" for number in stations[:10]),
        )
    columns = {}
    for name, code in _COLUMNS.items():
        if code not in table.names:
            continue
        array = table.numbers(code, _UNKNOWN)
        if name == "sun_h":
            array = array / 60
        if name == "cloud_okta":
            array = np.where(array == -1, 9, array)
        columns[name] = array
    readings = Readings(table.rows.tolist().__getitem__, stamps, columns)
    return readings.once(file).of_hour_before(_HOUR_BEFORE)
