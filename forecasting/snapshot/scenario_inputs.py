"""A snapshot with the weather, events and school holiday of a scenario in place of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.area.schemas import HOUR
from forecasting.model.features import WEATHER_FEATURES, weather_features
from forecasting.model.hour_effects import hour_features
from forecasting.snapshot.scenario_weather import TEMP, changed_weather
from forecasting.values.arrays import Floats
from forecasting.values.scenario import Scenario, Weather
from language import UserError

if TYPE_CHECKING:
    from forecasting.snapshot.snapshot import Snapshot

_SCHOOL = "holiday:school:"
_ANY_SCHOOL = "holiday:any school holiday"


@lru_cache(maxsize=8)
def altered(snapshot: Snapshot, scenario: Scenario) -> Snapshot:
    """Return the snapshot of what the models would have been told.

    Kept for the last few, because both the forecast and its doubts ask for it. Raises ``UserError`` when the scenario
    changes the weather of an area whose models know none, or names a zone that is not there.
    """
    s = snapshot
    if scenario.weather is not None and scenario.changes_weather:
        s = _with_weather(s, scenario.weather)
    if scenario.school_holiday is not None:
        s = _with_school_holiday(s, on=scenario.school_holiday)
    if scenario.events:
        s = _with_events(s, scenario)
    return s


def utc(moment: datetime, time_zone: str) -> pd.Timestamp:
    """Return a moment of a scenario in UTC; without an offset it is area time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))
    return pd.Timestamp(aware).tz_convert("UTC")


def row_of(snapshot: Snapshot, zone_id: str) -> int:
    """Return the place of a zone in the snapshot. Raises ``UserError`` when it is not there."""
    if zone_id not in snapshot.zone_ids:
        raise UserError(
            "The scenario names zone '{zone}', which is not in {area}.", zone=zone_id, area=snapshot.area_id
        )
    return snapshot.zone_ids.index(zone_id)


def _with_weather(s: Snapshot, wish: Weather) -> Snapshot:
    if set(s.weather_origin) == {"none"}:
        raise UserError(
            "The forecasts of {area} know nothing of the weather, so a scenario cannot change it.", area=s.area_id
        )
    whole = s.whole_timeline
    weather = changed_weather(s.whole_weather, whole, wish, whole.hours >= s.hours[0])
    first = int(whole.hours.searchsorted(s.hours[0]))
    ahead = weather[first : first + len(s.hours)]
    days = s.days.copy()
    features = weather_features(_within_reach(s, weather), whole)
    for column, name in enumerate(s.names):
        if name in WEATHER_FEATURES:
            days[:, column] = features[:, WEATHER_FEATURES.index(name)]
    return replace(s, whole_weather=weather, weather=ahead, hour_features=hour_features(ahead), days=days)


def _within_reach(s: Snapshot, weather: Floats) -> Floats:
    """Return the weather with days no warmer or colder than was ever seen at that time of year, or is forecast.

    Beyond that, a day counts as the warmest (or coldest) one seen: a slope that was learned below 25 °C says nothing
    about 38.
    """
    whole = s.whole_timeline
    forecast, wished = (weather_features(known, whole)[:, 0] for known in (s.whole_weather, weather))
    seen = s.seen.weather[s.dates.month.to_numpy() - 1, 0]
    reached = np.clip(wished, np.fmin(seen[:, 0], forecast), np.fmax(seen[:, 1], forecast))
    out = weather.copy()
    out[:, TEMP] += np.where(np.isfinite(seen).all(axis=1), reached - wished, 0)[whole.day]
    return out


def _with_school_holiday(s: Snapshot, *, on: bool) -> Snapshot:
    """Return every day in the school holidays (the mean of all of them, by name) or none of them."""
    named = np.array([name.startswith(_SCHOOL) for name in s.names])
    days: Floats = s.days.copy()
    ordinary = ~(days[:, named] > 0).any(axis=1)
    rows = np.flatnonzero(ordinary) if on else np.arange(len(days))
    days[np.ix_(rows, np.flatnonzero(named))] = 1 / max(named.sum(), 1) if on else 0
    if _ANY_SCHOOL in s.names:
        days[:, s.names.index(_ANY_SCHOOL)] = float(on)
    return replace(s, days=days, kinds=s.kinds % 7 + (7 if on else 0))


def _with_events(s: Snapshot, scenario: Scenario) -> Snapshot:
    for event in scenario.events:
        row_of(s, event.zone_id)
    named = {event.event_id for event in scenario.events}
    wished = pd.DataFrame(
        {
            "event_id": [event.event_id for event in scenario.events],
            "name": [event.name for event in scenario.events],
            "zone_id": [event.zone_id for event in scenario.events],
            "start": [utc(event.start, s.time_zone) for event in scenario.events],
            "end": [utc(event.end, s.time_zone) for event in scenario.events],
            "attendance": [event.attendance for event in scenario.events],
        }
    ).astype({"start": HOUR, "end": HOUR})
    kept = s.events[~s.events["event_id"].isin(named)]
    events = pd.concat([kept, wished], ignore_index=True).astype({"attendance": float})
    return replace(s, events=events, event_responses=s.event_effects.response(events, s.hours, s.zone_ids, s.apart))
