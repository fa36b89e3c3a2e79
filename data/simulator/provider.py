"""The simulator behind the consent gate."""

from datetime import datetime

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.schemas import HOUR, checked
from data.area.sources import Kind
from data.simulator import crowds, weather
from data.simulator.world import world_of


def read(area: Area, kind: Kind, start: datetime, end: datetime, cutoff: datetime | None) -> pd.DataFrame:
    """Return invented counts or weather for the hours with ``start`` ≤ hour < ``end`` (see ``data.consent.gate.read``).

    Counts do not depend on ``cutoff``. Raises ``UserError`` when the area has no valid practice world, and
    ``ValueError`` for another kind.
    """
    hours = _hours(start, end)
    if kind == "counts":
        return checked(kind, _counts(area, hours))
    if kind == "weather":
        return checked(kind, _weather(area, hours, cutoff))
    raise ValueError(f"the simulator makes no {kind}")


def _hours(start: datetime, end: datetime) -> pd.DatetimeIndex:
    first = pd.Timestamp(start).tz_convert("UTC").ceil("h")
    return pd.date_range(first, pd.Timestamp(end).tz_convert("UTC"), freq="h", inclusive="left", unit="us")


def _counts(area: Area, hours: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "zone_id": pd.Series(np.repeat(area.zone_ids, len(hours)), dtype=str),
            "hour": hours.take(np.tile(np.arange(len(hours)), len(area.zones))).astype(HOUR),
            "count": crowds.present(area, hours).ravel(),
        }
    )


def _weather(area: Area, hours: pd.DatetimeIndex, cutoff: datetime | None) -> pd.DataFrame:
    seed = world_of(area).seed
    if cutoff is None:
        return weather.observed(seed, hours)
    past = hours < pd.Timestamp(cutoff)
    parts = [weather.observed(seed, hours[past]), weather.forecast(seed, hours[~past], cutoff)]
    return pd.concat(parts, ignore_index=True)
