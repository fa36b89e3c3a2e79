"""Shapes of counts, weather and events, checked with Pandera wherever such a frame is made."""

from typing import Final

import pandas as pd
import pandera.pandas as pa

from data.area.sources import Kind

HOUR: Final = pd.DatetimeTZDtype("us", "UTC")

COUNTS: Final = pa.DataFrameSchema(
    {
        "zone_id": pa.Column(str),
        "hour": pa.Column(HOUR),
        "count": pa.Column(float, pa.Check.ge(0), nullable=True),
    },
    unique=["zone_id", "hour"],
    strict=True,
)
"""Counts: one row for each zone and hour (start of the hour); NaN is unknown, never 0."""

WEATHER: Final = pa.DataFrameSchema(
    {
        "hour": pa.Column(HOUR, unique=True),
        "temp_c": pa.Column(float, pa.Check.in_range(-60, 60), nullable=True),
        "rain_mm": pa.Column(float, pa.Check.ge(0), nullable=True),
        "wind_ms": pa.Column(float, pa.Check.ge(0), nullable=True),
        "sun_h": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "cloud_okta": pa.Column(float, pa.Check.in_range(0, 9), nullable=True),
        "origin": pa.Column(str, pa.Check.isin(["observed", "forecast"])),
    },
    strict=True,
)
"""Weather: °C, mm in the hour, m/s, fraction of the hour with sunshine, okta (9 = sky not visible)."""

EVENTS: Final = pa.DataFrameSchema(
    {
        "event_id": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "zone_id": pa.Column(str),
        "start": pa.Column(HOUR),
        "end": pa.Column(HOUR),
        "attendance": pa.Column(float, pa.Check.ge(0)),
    },
    strict=True,
)
"""Events: ``end`` after ``start``; ``attendance`` is the number of visitors expected over the whole event."""

_SCHEMAS: Final[dict[Kind, pa.DataFrameSchema]] = {"counts": COUNTS, "weather": WEATHER, "events": EVENTS}


def empty(kind: Kind) -> pd.DataFrame:
    """Return an empty frame of the kind's shape."""
    columns = _SCHEMAS[kind].columns
    return pd.DataFrame({name: pd.Series(dtype=column.dtype.type) for name, column in columns.items()})


def checked(kind: Kind, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with the kind's column types, or raise ``pandera.errors.SchemaError``."""
    return _SCHEMAS[kind].validate(frame)
