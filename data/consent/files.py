"""Provider ``file`` of the consent gate: counts and weather that were imported, events from ``events.csv``.

Only :mod:`data.consent.gate` calls it, so that no source is read without a decision.
"""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from data.area.area import Area
from data.area.schemas import HOUR, checked, empty
from data.area.sources import Kind
from data.importing.events import read_events
from data.keeping.home import area_home, find
from language import UserError


def read(area: Area, kind: Kind, start: datetime, end: datetime, cutoff: datetime | None) -> pd.DataFrame:
    """Read a kind of data between two moments (aware; ``start`` ≤ hour < ``end``); see ``data.consent.gate.read``.

    The weather forecast at a cutoff is the last one issued at or before it, from ``weather_forecast.parquet``
    (the columns of weather, and ``issued``). Raises ``UserError`` when the imported file is gone.
    """
    if kind == "counts":
        return _counts(area, start, end)
    if kind == "weather":
        return _weather(area, start, end, cutoff)
    return _events(area, start, end)


def _counts(area: Area, start: datetime, end: datetime) -> pd.DataFrame:
    counts = _stored(area, "counts.parquet", start, end)
    every = pd.MultiIndex.from_product([area.zone_ids, _hours(area, start, end)], names=["zone_id", "hour"])
    whole = counts.set_index(["zone_id", "hour"])["count"].reindex(every).reset_index()
    return checked("counts", whole.astype({"zone_id": "str", "hour": HOUR, "count": float}))


def _weather(area: Area, start: datetime, end: datetime, cutoff: datetime | None) -> pd.DataFrame:
    until = end if cutoff is None else min(end, cutoff)
    weather = _stored(area, "weather.parquet", start, until)
    if cutoff is not None and (area_home(area.id) / "weather_forecast.parquet").exists():
        forecast = _stored(area, "weather_forecast.parquet", max(start, cutoff), end)
        forecast = forecast[forecast["issued"] <= cutoff]
        latest = forecast[forecast["issued"] == forecast["issued"].max()].drop(columns="issued")
        weather = pd.concat([weather, latest.assign(origin="forecast")], ignore_index=True)
    return checked("weather", weather.astype({"hour": HOUR, "origin": "str"}))


def _events(area: Area, start: datetime, end: datetime) -> pd.DataFrame:
    path = find(area.id, "events.csv")
    if path is None:
        return empty("events")
    events = read_events(path, area.zone_ids, area.tz)
    return events[(events["start"] < end) & (events["end"] > start)].reset_index(drop=True)


def _stored(area: Area, name: str, start: datetime, end: datetime) -> pd.DataFrame:
    path: Path = area_home(area.id) / name
    try:
        return pd.read_parquet(path, filters=[("hour", ">=", _utc(start)), ("hour", "<", _utc(end))])
    except FileNotFoundError as error:
        raise UserError("Area {area} has no {file}. Import it again.", area=area.id, file=name) from error
    except (pa.ArrowException, OSError) as error:
        raise UserError("{file} of area {area} is damaged. Import it again.", area=area.id, file=name) from error


def _hours(area: Area, start: datetime, end: datetime) -> pd.DatetimeIndex:
    """Return the hours of a period in UTC, on whole hours of the area's clocks."""
    offset = start.astimezone(area.tz).utcoffset() or pd.Timedelta(0)
    past = pd.Timedelta(offset) % pd.Timedelta(hours=1)
    first = (pd.Timestamp(_utc(start)) + past).ceil("h") - past
    return pd.date_range(first, _utc(end), freq="h", inclusive="left", name="hour", unit="us")


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
