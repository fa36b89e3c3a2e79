"""Open-Meteo (open-meteo.com, CC BY 4.0, no key): past weather from its archive, and the forecast.

Temperature, wind and cloud cover are those at the stamp; precipitation and sunshine are sums over the hour
*before* the stamp, so they are taken from the next one. All in UTC. Documented at open-meteo.com/en/docs.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.connectors.connector import Asked, Weather
from data.connectors.weather_frame import unexpected, weather_frame
from data.keeping.within_time import within_time
from data.tables.json_text import parsed_json
from language import UserError

_NAME: Final = "Open-Meteo"
_ARCHIVE: Final = "https://archive-api.open-meteo.com"
_FORECAST: Final = "https://api.open-meteo.com"
_UNITS: Final = {
    "temperature_2m": "°C",
    "precipitation": "mm",
    "wind_speed_10m": "m/s",
    "sunshine_duration": "s",
    "cloud_cover": "%",
}
_PAST_DAYS: Final = 10
"""The archive is some five days behind; the last days come from the forecast's own past, until it catches up."""

_FORECAST_DAYS: Final = 16
_YEARS: Final = 3
_HOUR: Final = pd.Timedelta(hours=1)


def weather(asked: Asked) -> Weather:
    """Fetch past weather from what is known on (or the connector's ``since``, or three years), and the forecast.

    Raises ``UserError`` when Open-Meteo does not answer, or with something else than documented.
    """
    area, connector, client, known_until = asked.area, asked.connector, asked.client, asked.known_until
    now = asked.now.astimezone(UTC)
    place: dict[str, str | int | float] = {
        "latitude": area.centre.lat if connector.lat is None else connector.lat,
        "longitude": area.centre.lon if connector.lon is None else connector.lon,
        "hourly": ",".join(_UNITS),
        "wind_speed_unit": "ms",
        "timezone": "UTC",
    }
    first = connector.since or (now - timedelta(days=_YEARS * 365)).date()
    if known_until is not None:
        first = max(first, (known_until - timedelta(days=_PAST_DAYS)).date())
    last = (now - timedelta(days=1)).date()
    parse = _parser(now)
    forecast = client.get(
        f"{connector.url or _FORECAST}/v1/forecast",
        parse,
        {**place, "past_days": _PAST_DAYS, "forecast_days": _FORECAST_DAYS},
    )
    issued = forecast.at.replace(minute=0, second=0, microsecond=0)
    past = forecast.value["hour"] < issued
    observed = [forecast.value[past]]
    if first <= last:
        observed.insert(
            0, client.get(f"{connector.url or _ARCHIVE}/v1/archive", parse, _period(place, first, last)).value
        )
    return Weather(_first_known(observed), forecast.value[~past].reset_index(drop=True), issued)


def _period(place: dict[str, str | int | float], first: date, last: date) -> dict[str, str | int | float]:
    return {**place, "start_date": first.isoformat(), "end_date": last.isoformat()}


def _first_known(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Lay frames together; where two know a value, the first counts."""
    whole = frames[0].set_index("hour")
    for frame in frames[1:]:
        whole = whole.combine_first(frame.set_index("hour"))
    return whole[frames[0].columns.drop("hour")].reset_index()


def _parser(now: datetime) -> Callable[[bytes], pd.DataFrame]:
    return lambda content: parsed(content, now)


@within_time
def parsed(content: bytes, now: datetime) -> pd.DataFrame:
    """Return what Open-Meteo answered as weather by the start of the hour. Raises ``UserError`` when it is not that."""
    try:
        answer, _ = parsed_json(content)
        hourly, units = answer["hourly"], answer["hourly_units"]
        stamps = pd.DatetimeIndex(pd.to_datetime(hourly["time"], format="%Y-%m-%dT%H:%M")).tz_localize("UTC")
        columns = {name: _numbers(hourly[name], len(stamps)) for name in _UNITS}
        if answer["utc_offset_seconds"] != 0:
            raise ValueError("not in UTC")
        wrong = [name for name, unit in _UNITS.items() if units[name] != unit]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unexpected(_NAME, "hourly JSON", content) from error
    if wrong:
        raise UserError(
            "{name} gives {column} in another unit than asked. Nothing was changed.", name=_NAME, column=wrong[0]
        )
    if not len(stamps):
        raise UserError("{name} answers without any data. Check the connector in sources.toml.", name=_NAME)
    if (stamps != stamps.floor("h")).any() or stamps.has_duplicates:
        raise unexpected(_NAME, "hourly JSON", content)
    frame = pd.DataFrame(columns, index=stamps)
    after = frame.reindex(stamps + _HOUR)
    sun = after["sunshine_duration"].to_numpy() / 3600
    return weather_frame(
        _NAME,
        stamps,
        {
            "temp_c": frame["temperature_2m"].to_numpy(),
            "rain_mm": after["precipitation"].to_numpy(),
            "wind_ms": frame["wind_speed_10m"].to_numpy(),
            "sun_h": np.where(sun <= 1.01, np.minimum(sun, 1.0), sun),
            "cloud_okta": np.round(frame["cloud_cover"].to_numpy() / 12.5),
        },
        now + timedelta(days=_FORECAST_DAYS + 1),
    )


def _numbers(values: Any, size: int) -> npt.NDArray[np.float64]:
    numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
    if len(numbers) != size:
        raise ValueError("columns of different length")
    return numbers
