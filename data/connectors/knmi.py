"""Hourly files of the Dutch weather service KNMI, from an address or a folder.

What they look like: ``data.importing.weather_formats.knmi``.
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.area.connector_settings import Connector
from data.connectors.connector import Asked, Weather
from data.connectors.weather_frame import unexpected, weather_frame
from data.importing.unit_doubts import unit_doubts
from data.importing.weather_formats import knmi
from data.importing.weather_formats.text import text_of
from data.keeping.from_outside import check_size
from data.keeping.within_time import within_time
from language import UserError

_NAME: Final = knmi.NAME


def weather(asked: Asked) -> Weather:
    """Read the station's hours from an address, or from all files in the folder that fit the connector's pattern.

    Raises ``UserError`` when there are none, or a file is not an hourly file of that station.
    """
    connector, folder, now = asked.connector, asked.folder, asked.now
    if connector.url:
        frames = [asked.client.get(connector.url, partial(parsed, connector=connector, now=now)).value]
    else:
        paths = sorted(path for path in folder.glob(connector.pattern) if path.is_file())
        frames = [_of_file(path, connector, now) for path in paths]
    if not frames:
        raise UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder=folder)
    whole = pd.concat(frames, ignore_index=True).drop_duplicates("hour", keep="last")
    observed = whole.sort_values("hour", ignore_index=True)
    doubts = unit_doubts(_NAME, {name: observed[name].to_numpy(float) for name in ("temp_c", "rain_mm", "wind_ms")})
    return Weather(observed, notices=tuple(doubts))


def _of_file(path: Path, connector: Connector, now: datetime) -> pd.DataFrame:
    check_size(path)
    return parsed(path.read_bytes(), connector, now, path.name)


@within_time
def parsed(content: bytes, connector: Connector, now: datetime, file: str = _NAME) -> pd.DataFrame:
    """Return the hours of the connector's station, from its ``since`` on, as weather by the start of the hour."""
    text = text_of(file, content)
    if text is None or not knmi.recognises(text):
        raise unexpected(_NAME, "uurgeg", content)
    readings = knmi.read(file, text, connector.station)
    since = pd.Timestamp(connector.since or datetime.min.replace(year=1700), tz=UTC)
    wanted = np.asarray(readings.hours >= since)
    if not wanted.any():
        raise UserError("The file of {name} has no hours of station {station}.", name=_NAME, station=connector.station)
    columns = {name: array[wanted] for name, array in readings.columns.items()}
    return weather_frame(_NAME, readings.hours[wanted], columns, now)
