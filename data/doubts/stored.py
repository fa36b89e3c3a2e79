"""Doubts about the weather that an area keeps, so that they can be told at any time."""

from datetime import UTC, datetime
from typing import Final

from data import gate
from data.area import Area
from data.doubts.ahead import ahead_doubts
from data.doubts.doubt import Doubt
from data.doubts.units import unit_doubts

_ALL: Final = (datetime(1850, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def weather_doubts(area: Area, now: datetime | None = None) -> list[Doubt]:
    """Judge the imported weather of an area: units, and hours after ``now`` (default: the clock's).

    Raises ``UserError`` when stakeholders did not approve the source, or its file is gone or damaged.
    """
    source = gate.source_of(area, "weather")
    if source is None or source.provider != "file":
        return []
    weather = gate.read(area, "weather", *_ALL)
    columns = {name: weather[name].to_numpy(float) for name in ("temp_c", "rain_mm", "wind_ms")}
    ahead = ahead_doubts("weather.parquet", weather["hour"], now or datetime.now(UTC))
    return [*unit_doubts("weather.parquet", columns), *ahead]
