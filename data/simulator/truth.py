"""What the true effects make of any weather and any events: the mean behind the practice counts.

Only the simulator and what checks forecasts may use this; a forecast that looked here would cheat.
"""

from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days
from data.area.schemas import HOUR
from data.area.zone import ZoneKind
from data.simulator import weather as climate
from data.simulator.effects import (
    BEACH_WEATHER_FROM_C,
    BEACH_WEATHER_UNTIL_C,
    CALM_WIND_MS,
    DAY_HOURS,
    EFFECTS,
    EVENT_PRESENT_SHARE,
    EVENT_SHAPE,
    EVENT_SPILL_METRES,
    EVENT_SPILL_SHARE,
    ORDINARY_SUNSHINE,
    RAIN_SCALE_MM,
    SEASON_PEAK_DAY,
    TREND_FROM,
    TREND_PER_YEAR,
    Effects,
)
from data.simulator.noise import Floats
from data.simulator.profiles import FREE_DAY_SHARE, WORKDAY_SHARE
from data.simulator.world import World, world_events, world_of

_STEPS_PER_HOUR: Final = 12


def expected(
    area: Area,
    hours: pd.DatetimeIndex,
    *,
    weather: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> Floats:
    """Return the noise-free mean number of people present: zones (in the area's order) × ``hours`` (UTC).

    ``weather`` (columns of ``data.area.schemas.WEATHER``) holds every hour of the local days that ``hours`` touch;
    without it, the weather that happened. ``events`` (columns of ``data.area.schemas.EVENTS``) replaces the events
    that took place. A zone's ``base`` is its mean at the busiest hour of a dry workday of average weekday and
    season, outside holidays, in 2025, at 18 °C, sunshine 0.4 and wind of at most 6 m/s,
    before :func:`beach_degrees`.

    Raises ``ValueError`` when the weather lacks an hour, and ``UserError`` when the area has no practice world.
    """
    world = world_of(area)
    if hours.empty:
        return np.zeros((len(area.zones), 0))
    if weather is None:
        weather = climate.observed(world.seed, _whole_days(area, hours))
    ordinary = _without_events(area, world, hours, weather)
    return ordinary + event_presence(area, hours, world_events(area) if events is None else events)


def event_presence(area: Area, hours: pd.DatetimeIndex, events: pd.DataFrame) -> Floats:
    """Return the people whom events add: zones × ``hours`` (UTC). Events in unknown zones add nobody."""
    world = world_of(area)
    events = events[events["zone_id"].isin(list(world.zones))]
    added = np.zeros((len(area.zones), len(hours)))
    if events.empty or not len(hours):
        return added
    time = hours.as_unit("s").asi8 / 3600
    distance = world.metres(list(events["zone_id"]), area.zone_ids)
    shares = EVENT_SPILL_SHARE * np.maximum(1 - distance / EVENT_SPILL_METRES, 0)
    shares[np.array(events["zone_id"])[:, None] == np.array(area.zone_ids)[None, :]] = EVENT_PRESENT_SHARE
    starts, ends = (pd.DatetimeIndex(events[side]).as_unit("s").asi8 / 3600 for side in ("start", "end"))
    for start, end, attendance, share in zip(starts, ends, events["attendance"], shares, strict=True):
        near = np.flatnonzero((time > start - 3) & (time < end + 3))
        added[:, near] += attendance * share[:, None] * _event_shape(time[near], start, end)[None, :]
    return added


def day_weather(area: Area, weather: pd.DataFrame) -> pd.DataFrame:
    """Return ``temp_c`` and ``sunshine`` (0–1) of each local day: means over :data:`DAY_HOURS`."""
    local = pd.DatetimeIndex(weather["hour"]).tz_convert(area.tz).tz_localize(None)
    midday = (local.hour >= DAY_HOURS[0]) & (local.hour < DAY_HOURS[1])
    by_day = weather.loc[midday, ["temp_c", "sun_h"]].groupby(local[midday].normalize()).mean()
    return by_day.rename(columns={"sun_h": "sunshine"})


def beach_degrees(temp_c: Floats) -> Floats:
    """Return the degrees of a day's temperature that count as beach weather: about 0 to 8."""
    return np.asarray(np.logaddexp(0, temp_c - BEACH_WEATHER_FROM_C) - np.logaddexp(0, temp_c - BEACH_WEATHER_UNTIL_C))


def _without_events(area: Area, world: World, hours: pd.DatetimeIndex, weather: pd.DataFrame) -> Floats:
    local = hours.tz_convert(area.tz).tz_localize(None)
    conditions = _conditions(area, hours, local, weather)
    clock = local.hour.to_numpy()
    free_day = (conditions["weekday"] >= 5) | conditions["public_holiday"]
    of_kind: dict[ZoneKind, Floats] = {}
    for kind in {zone.kind for zone in area.zones}:
        share = np.where(free_day, FREE_DAY_SHARE[kind][clock], WORKDAY_SHARE[kind][clock])
        of_kind[kind] = share * np.exp(_log_factor(EFFECTS[kind], conditions))
    return np.array([world.zones[zone.zone_id].base * of_kind[zone.kind] for zone in area.zones])


def _conditions(area: Area, hours: pd.DatetimeIndex, local: pd.DatetimeIndex, weather: pd.DataFrame) -> pd.DataFrame:
    day = local.normalize()
    hourly = weather.set_index("hour").reindex(hours.astype(HOUR))
    daily = day_weather(area, weather).reindex(day)
    if hourly["temp_c"].isna().any() or daily["temp_c"].isna().any():
        raise ValueError("weather must hold every hour of the local days that are asked for")
    calendar = days(area, day.min().date(), day.max().date()).reindex(day)
    return pd.DataFrame(
        {
            "years": (day - pd.Timestamp(TREND_FROM)).days.to_numpy() / 365.25,
            "season": np.cos(2 * np.pi * (local.day_of_year.to_numpy() - SEASON_PEAK_DAY) / 365.25),
            "weekday": calendar["weekday"].to_numpy(),
            "temp_c": daily["temp_c"].to_numpy(float),
            "sunshine": daily["sunshine"].to_numpy(float),
            "rain": np.log1p(hourly["rain_mm"].to_numpy(float) / RAIN_SCALE_MM),
            "wind": np.maximum(hourly["wind_ms"].to_numpy(float) - CALM_WIND_MS, 0),
            "dark": np.clip(-climate.sun_elevation(hours) / 6, 0, 1),
            "school_holiday": (calendar["school_holiday"] != "").to_numpy(),
            "public_holiday": (calendar["public_holiday"] != "").to_numpy(),
            "visitor_holiday": calendar["visitor_holiday"].to_numpy(),
        }
    )


def _log_factor(effect: Effects, conditions: pd.DataFrame) -> Floats:
    temp = conditions["temp_c"].to_numpy()
    logarithm = (
        TREND_PER_YEAR * conditions["years"]
        + np.array(effect.weekday)[conditions["weekday"]]
        + effect.warmth * (temp - BEACH_WEATHER_FROM_C)
        + effect.beach_weather * beach_degrees(temp)
        + effect.sunshine * (conditions["sunshine"] - ORDINARY_SUNSHINE)
    )
    for name in ("season", "rain", "wind", "dark", "school_holiday", "public_holiday", "visitor_holiday"):
        logarithm = logarithm + getattr(effect, name) * conditions[name]
    return np.asarray(logarithm)


def _whole_days(area: Area, hours: pd.DatetimeIndex) -> pd.DatetimeIndex:
    local = hours.tz_convert(area.tz)
    first, last = local.min().normalize(), local.max().normalize() + pd.Timedelta(days=1, hours=2)
    return pd.date_range(first.tz_convert("UTC"), last.tz_convert("UTC"), freq="h", unit="us")


def _event_shape(time: Floats, start: float, end: float) -> Floats:
    (rise, low), (full, high), (fall, still), (gone, none) = EVENT_SHAPE
    middle = (start + end) / 2
    corners = [start + rise, min(start + full, middle), max(end + fall, middle), end + gone]
    moments = time[:, None] + (np.arange(_STEPS_PER_HOUR) + 0.5) / _STEPS_PER_HOUR
    return np.asarray(np.interp(moments, corners, [low, high, still, none]).mean(axis=1))
