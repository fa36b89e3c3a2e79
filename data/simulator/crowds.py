"""Invented counts: the true mean, with the noise and the gaps that real counting would have."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.area.area import Area
from data.simulator import truth
from data.simulator.effects import (
    EVENT_TURNOUT_SD,
    GAP_SHARE,
    HOUR_SD,
    OUTAGE_BLOCK_HOURS,
    OUTAGE_CHANCE,
    OUTAGE_HOURS,
    SHARED_DAY_SD,
    ZONE_DAY_SD,
)
from data.simulator.noise import Floats, key, normal, smooth, uniform
from data.simulator.world import world_events, world_of

_DAY_PARTS: Final = ((9.0, 0.70), (2.5, 0.55), (1.0, 0.45))
"""Days' noise: time scales in days and weights (squares add up to 1), so that days resemble their neighbours."""


def present(area: Area, hours: pd.DatetimeIndex) -> Floats:
    """Return the counted number of people present: zones × ``hours`` (UTC), whole, NaN where not counted.

    Without the gaps, the mean over all noise is ``truth.expected``.
    """
    seed = world_of(area).seed
    zones = np.array([key(zone_id) for zone_id in area.zone_ids])[:, None]
    time = hours.as_unit("s").asi8 // 3600
    events = world_events(area)
    ordinary = truth.expected(area, hours, events=events.iloc[:0])
    attended = events.assign(attendance=events["attendance"] * _turnout(seed, list(events["event_id"])))
    mean = ordinary * _days_noise(seed, zones, _local_days(area, hours))
    mean = (mean + truth.event_presence(area, hours, attended)) * _lognormal(
        HOUR_SD * normal(seed, "hour", zones, time), HOUR_SD
    )
    counted = np.round(np.maximum(mean + np.sqrt(mean) * normal(seed, "count", zones, time), 0))
    return np.where(_missing(seed, zones, time), np.nan, counted)


def _local_days(area: Area, hours: pd.DatetimeIndex) -> NDArray[np.int64]:
    midnight = hours.tz_convert(area.tz).tz_localize(None).normalize()
    return np.asarray(midnight.as_unit("s").asi8 // 86_400)


def _days_noise(seed: int, zones: NDArray[np.int64], day: NDArray[np.int64]) -> Floats:
    shared = sum(weight * smooth(seed, f"day/{scale}", day, scale) for scale, weight in _DAY_PARTS)
    own = sum(weight * smooth(seed, f"zone-day/{scale}", day, scale, zones) for scale, weight in _DAY_PARTS)
    return _lognormal(np.asarray(SHARED_DAY_SD * shared + ZONE_DAY_SD * own), np.hypot(SHARED_DAY_SD, ZONE_DAY_SD))


def _turnout(seed: int, event_ids: list[str]) -> Floats:
    events = np.array([key(event_id) for event_id in event_ids], dtype=np.int64)
    return _lognormal(EVENT_TURNOUT_SD * normal(seed, "turnout", events), EVENT_TURNOUT_SD)


def _lognormal(noise: Floats, sd: float) -> Floats:
    return np.asarray(np.exp(noise - sd**2 / 2))


def _missing(seed: int, zones: NDArray[np.int64], time: NDArray[np.int64]) -> NDArray[np.bool_]:
    block, within = np.divmod(time, OUTAGE_BLOCK_HOURS)
    shortest, longest = OUTAGE_HOURS
    length = shortest + (longest - shortest) * uniform(seed, "outage/length", zones, block)
    start = (OUTAGE_BLOCK_HOURS - length) * uniform(seed, "outage/start", zones, block)
    happens = uniform(seed, "outage", zones, block) < OUTAGE_CHANCE
    out = happens & (within >= start) & (within < start + length)
    return np.asarray(out | (uniform(seed, "gap", zones, time) < GAP_SHARE))
