"""What is known of an area up to a moment, read through the consent gate and laid out as arrays."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days
from data.area.schemas import empty
from data.area.sources import Kind
from data.consent import gate
from forecasting.inputs.counted import DAYS, counted_week
from forecasting.values.arrays import Flags, Floats
from forecasting.values.timeline import Timeline

WEATHER = ("temp_c", "rain_mm", "wind_ms", "sun_h")

YEARS: Final = 3
"""Years of history that are used: enough for seasons and holidays, few enough to be about today."""

HISTORY_DAYS: Final = YEARS * 365

WeatherKnown = Literal["forecast", "none", "climatology", "observed"]
"""What a forecast may know of the weather beyond its cutoff: what was forecast then (as in daily use); no weather at
all, also not of the past; only what is typical; or, as no forecast can, the weather that came."""

WEATHER_KNOWN: Final[tuple[WeatherKnown, ...]] = get_args(WeatherKnown)


@dataclass(frozen=True, eq=False)
class History:
    """Counts (zones × hours, NaN where unknown), hourly weather and events of one stretch of time.

    ``weather``: hours × (temp_c, rain_mm, wind_ms, sun_h), NaN where unknown; ``calendar``: the rows of
    ``data.area.calendars.days`` for the days of ``timeline``, with a week on either side. ``weather_known`` says what
    forecasts of that time may know of the weather ahead.
    """

    area: Area
    timeline: Timeline
    counts: Floats
    weather: Floats
    events: pd.DataFrame
    calendar: pd.DataFrame
    sources: tuple[str, ...]
    weather_known: WeatherKnown = "forecast"

    @cached_property
    def counted(self) -> Flags:
        """Which hours of the week each zone counts: see :func:`forecasting.inputs.counted.counted_week`."""
        return counted_week(self.timeline, self.counts)

    @cached_property
    def has_weather(self) -> bool:
        """Whether any weather is known."""
        return bool(np.isfinite(self.weather).any())

    def zone_hash(self, zone_id: str) -> str:
        """Return a hash of everything a model of this zone is fitted on."""
        row = self.area.zone_ids.index(zone_id)
        partly = () if self.counted[row].all() else (str(self.counted[row].tolist()),)
        return digest(
            self.area.zone(zone_id).model_dump_json(exclude={"geometry", "names"}),
            self.area.zone(zone_id).geometry.wkt,
            self.timeline.hours,
            self.counts[row],
            self.weather,
            self.events,
            self.calendar,
            ",".join(self.sources),
            *partly,
        )


def read_history(area: Area, start: datetime, end: datetime, weather_known: WeatherKnown = "forecast") -> History:
    """Read what happened in ``area`` in the hours with ``start`` ≤ hour < ``end`` (aware).

    Raises ``UserError`` when the area has no counts, or a source of it is not approved.
    """
    timeline = Timeline.between(pd.Timestamp(start), pd.Timestamp(end), area.tz)
    counts = gate.read(area, "counts", start, end)
    weather = empty("weather") if weather_known == "none" else gate.read(area, "weather", start, end)
    return History(
        area,
        timeline,
        count_array(counts, area.zone_ids, timeline.hours),
        weather_array(weather, timeline.hours),
        gate.read(area, "events", start, end),
        calendar_of(area, timeline),
        source_ids(area),
        weather_known,
    )


def counted_before(recent: History, cutoff: datetime) -> Flags:
    """Return which hours of the week each zone counts, as known at ``cutoff``: zones × 7 × 24.

    ``recent``: the weeks before it. Of zones that counted nothing lately, the years before it tell.
    """
    known = np.isfinite(recent.counts)
    last = known.shape[1] - known[:, ::-1].argmax(axis=1)
    silent = ~known.any(axis=1) | (last < DAYS * 24)
    if not silent.any():
        return recent.counted
    start = cutoff - timedelta(days=365 * YEARS)
    timeline = Timeline.between(pd.Timestamp(start), pd.Timestamp(cutoff), recent.area.tz)
    counts = count_array(gate.read(recent.area, "counts", start, cutoff), recent.area.zone_ids, timeline.hours)
    return np.where(silent[:, None, None], counted_week(timeline, counts), recent.counted)


def weather_ahead(
    area: Area, start: datetime, end: datetime, cutoff: datetime, weather_known: WeatherKnown
) -> pd.DataFrame:
    """Return the weather from ``start`` to ``end`` (aware) as a forecast at ``cutoff`` may know it.

    Columns as ``data.consent.gate.read`` gives them; hours of which nothing may be known are absent.
    """
    if weather_known == "none":
        return empty("weather")
    if weather_known == "observed":
        return gate.read(area, "weather", start, end)
    known = gate.read(area, "weather", start, end, cutoff=cutoff)
    return known if weather_known == "forecast" else known[known["hour"] < cutoff]


def count_array(counts: pd.DataFrame, zone_ids: tuple[str, ...], hours: pd.DatetimeIndex) -> Floats:
    """Return a frame of counts as zones × ``hours``, NaN where it says nothing."""
    row = pd.Index(zone_ids).get_indexer(pd.Index(counts["zone_id"].astype(object)))
    column = hours.get_indexer(pd.DatetimeIndex(counts["hour"]))
    known = (row >= 0) & (column >= 0)
    out = np.full((len(zone_ids), len(hours)), np.nan)
    out[row[known], column[known]] = counts["count"].to_numpy(float)[known]
    return out


def weather_array(weather: pd.DataFrame, hours: pd.DatetimeIndex) -> Floats:
    """Return a frame of weather as ``hours`` × :data:`WEATHER`, NaN where it says nothing.

    Where the sunshine is unknown and the cloud cover is not, it is taken as the share of open sky.
    """
    out = np.full((len(hours), len(WEATHER)), np.nan)
    if weather.empty:
        return out
    found = weather.set_index("hour").reindex(hours)
    open_sky = 1 - found["cloud_okta"].clip(upper=8) / 8
    found["sun_h"] = found["sun_h"].fillna(open_sky)
    return np.asarray(found[list(WEATHER)].to_numpy(float))


def calendar_of(area: Area, timeline: Timeline) -> pd.DataFrame:
    """Return the calendar of a timeline's days and a week on either side."""
    week = pd.Timedelta(days=7)
    return days(area, (timeline.dates[0] - week).date(), (timeline.dates[-1] + week).date())


def source_ids(area: Area) -> tuple[str, ...]:
    """Return the ids of the sources that are read: of counts, weather and events, in this order."""
    kinds: tuple[Kind, ...] = ("counts", "weather", "events")
    return tuple(source.id for kind in kinds for source in gate.sources_of(area, kind))


def digest(*things: str | Floats | pd.DatetimeIndex | pd.DataFrame) -> str:
    """Return a SHA-256 of texts, arrays (to a thousandth), moments and frames, the same on any machine."""
    total = hashlib.sha256()
    for thing in things:
        if isinstance(thing, str):
            content = thing.encode()
        elif isinstance(thing, pd.DatetimeIndex):
            content = thing.as_unit("s").asi8.astype("<i8").tobytes()
        elif isinstance(thing, pd.DataFrame):
            content = thing.to_csv(index=True, float_format="%.3f", lineterminator="\n").encode()
        else:
            whole = np.where(np.isfinite(thing), np.round(np.nan_to_num(thing) * 1000), -(2**62))
            content = str(thing.shape).encode() + whole.astype("<i8").tobytes()
        total.update(len(content).to_bytes(8, "little") + content)
    return total.hexdigest()
