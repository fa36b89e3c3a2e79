"""All that is doubted about data that an area keeps: what its files showed, and what the data show themselves."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pandas as pd

from data.area.area import Area
from data.consent import gate
from data.doubts.ahead import ahead_doubts
from data.doubts.doubt import Doubt
from data.doubts.record import recorded
from data.importing.unit_doubts import unit_doubts
from data.quality.series_doubts import series_doubts

LOOK_BACK: Final = timedelta(days=10 * 365)
"""Counts older than this are not judged unless somebody asks."""

_ALL: Final = (datetime(1850, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def stored_doubts(area: Area, counts: pd.DataFrame | None = None, now: datetime | None = None) -> list[Doubt]:
    """Return what is doubted about counts, weather and events, in this order.

    ``counts`` (schema ``COUNTS``) are those to judge; without them, the imported ones of the last ten years. Weather is
    judged when it was imported: its units, and hours after ``now`` (default: the clock's). Raises ``UserError`` when
    stakeholders did not approve a source, or its file is gone or damaged.
    """
    return [
        *recorded(area.id, "counts"),
        *(_of_counts(area) if counts is None else series_doubts(area, counts)),
        *recorded(area.id, "weather"),
        *_of_weather(area, now or datetime.now(UTC)),
        *recorded(area.id, "events"),
    ]


def _of_counts(area: Area) -> list[Doubt]:
    source = gate.source_of(area, "counts")
    if source is None or source.provider != "file":
        return []
    now = area.now()
    return series_doubts(area, gate.read(area, "counts", now - LOOK_BACK, now))


def _of_weather(area: Area, now: datetime) -> list[Doubt]:
    source = gate.source_of(area, "weather")
    if source is None or source.provider != "file":
        return []
    weather = gate.read(area, "weather", *_ALL)
    columns = {name: weather[name].to_numpy(float) for name in ("temp_c", "rain_mm", "wind_ms")}
    return [*unit_doubts("weather.parquet", columns), *ahead_doubts("weather.parquet", weather["hour"], now)]
