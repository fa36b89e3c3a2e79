"""Hourly files of the Dutch weather service KNMI (``uurgeg_<station>_<years>.txt``, or the zip it comes in).

``HH`` is 1–24 UTC, the hour that *ends* then. ``T`` in 0.1 °C, ``FH`` in 0.1 m/s, ``RH`` in 0.1 mm and ``SQ`` in
0.1 hour, where -1 is a trace (less than half the unit; taken as 0, so that a drop does not make an hour wet).
``N`` is cloud cover in okta, 9 when the sky cannot be seen.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.connectors.client import Client
from data.connectors.open_meteo import Weather
from data.connectors.settings import Connector
from data.connectors.weather_frame import unexpected, weather_frame
from data.importing.content import LIMIT_MB, check_size, too_large
from language import UserError

_NAME: Final = "KNMI"
_COLUMNS: Final = {"temp_c": "T", "rain_mm": "RH", "wind_ms": "FH", "sun_h": "SQ", "cloud_okta": "N"}
_WITH_TRACE: Final = ("rain_mm", "sun_h")


def fetch(connector: Connector, client: Client, folder: Path, now: datetime) -> Weather:
    """Read the station's hours from an address, or from all files in ``folder`` that fit the connector's pattern.

    Raises ``UserError`` when there are none, or a file is not an hourly file of that station.
    """
    if connector.url:
        frames = [client.get(connector.url, lambda content: parsed(content, connector, now)).value]
    else:
        paths = sorted(path for path in folder.glob(connector.pattern) if path.is_file())
        frames = [_of_file(path, connector, now) for path in paths]
    if not frames:
        raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=folder)
    whole = pd.concat(frames, ignore_index=True).drop_duplicates("hour", keep="last")
    return Weather(whole.sort_values("hour", ignore_index=True))


def _of_file(path: Path, connector: Connector, now: datetime) -> pd.DataFrame:
    check_size(path)
    return parsed(path.read_bytes(), connector, now)


def parsed(content: bytes, connector: Connector, now: datetime) -> pd.DataFrame:
    """Return the hours of the connector's station, from its ``since`` on, as weather by the start of the hour."""
    table = _table(content)
    table = table[table["STN"] == connector.station]
    if connector.since is not None:
        table = table[table["YYYYMMDD"] >= int(f"{connector.since:%Y%m%d}")]
    if table.empty:
        raise UserError("The file of {name} has no hours of station {station}.", name=_NAME, station=connector.station)
    try:
        days = pd.to_datetime(table["YYYYMMDD"].astype("int64").astype(str), format="%Y%m%d", utc=True)
    except ValueError as error:
        raise unexpected(_NAME, "uurgeg", content) from error
    if not table["HH"].between(1, 24).all():
        raise unexpected(_NAME, "uurgeg", content)
    hours = pd.DatetimeIndex(days + pd.to_timedelta(table["HH"] - 1, unit="h"))
    values = {name: table[column].to_numpy(float) for name, column in _COLUMNS.items()}
    for name in _WITH_TRACE:
        values[name] = np.where(values[name] == -1, 0, values[name])
    tenths = {name: array if name == "cloud_okta" else array / 10 for name, array in values.items()}
    return weather_frame(_NAME, hours, tenths, now)


def _table(content: bytes) -> pd.DataFrame:
    lines = _unzipped(content).decode("latin-1").splitlines()
    heads = [index for index, line in enumerate(lines) if {"STN", "YYYYMMDD", "HH"} <= set(_cells(line))]
    if not heads:
        raise unexpected(_NAME, "uurgeg", content)
    names = _cells(lines[heads[-1]])
    wanted = ["STN", "YYYYMMDD", "HH", *_COLUMNS.values()]
    if not set(wanted) <= set(names):
        raise unexpected(_NAME, "uurgeg", content)
    rows = [line for line in lines[heads[-1] + 1 :] if line.strip() and not line.startswith("#")]
    try:
        table = pd.read_csv(
            io.StringIO("\n".join(rows)), header=None, names=names, usecols=wanted, skipinitialspace=True, dtype=float
        )
    except (ValueError, pd.errors.ParserError) as error:
        raise unexpected(_NAME, "uurgeg", content) from error
    known = table[["STN", "YYYYMMDD", "HH"]].notna().all(axis=1)
    return table[known].reset_index(drop=True)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.lstrip("# ").split(",")]


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in (item for item in packed.infolist() if item.filename.endswith(".txt")):
                if member.file_size > LIMIT_MB * 2**20:
                    raise too_large(member.filename)
                return packed.read(member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise unexpected(_NAME, "uurgeg", content) from error
    raise unexpected(_NAME, "uurgeg", content)
