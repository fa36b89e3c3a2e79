"""Errors of forecasts as they would have been made at past moments (rolling origins).

There are at most 60 origins, six days apart, over the last year before the end of the training period. A
forecast for an origin uses what was known then: counts and day totals before it, the weather as forecast then
(observed weather where no forecast was kept), and a day model fitted on data before it. The day model is refitted
four times, for fifteen origins each, so it is up to 84 days old. The effects of rain, wind and events, a few
numbers shared by zones, come from the whole training period.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from forecasting.area_model import AreaModel
from forecasting.day_model import DayModel
from forecasting.features import WEATHER_FEATURES, design, weather_features
from forecasting.history import History, weather_ahead, weather_array
from forecasting.hour_effects import hour_features
from forecasting.profiles import RECENT_DAYS
from forecasting.recent import expected_counts, recent_state
from forecasting.thresholds import Floats
from forecasting.timeline import HOUR, Ints, Timeline

AHEAD: Final = 168
ORIGINS: Final = 60
APART: Final = 6 * 24
FOLDS: Final = 4
_LEAST_BEFORE: Final = 182 * 24
_SCALE: Final = 100
_UNKNOWN: Final = np.iinfo(np.int16).min


@dataclass(frozen=True, eq=False)
class Origins:
    """Past moments of forecasting: index of the hour in the training timeline, oldest first, and their weather.

    ``days`` (origins × days ahead × WEATHER_FEATURES) and ``hours`` (origins × AHEAD × hour features) hold the
    weather that was expected then; empty where the area has no weather.
    """

    index: Ints
    days: Floats
    hours: Floats
    forecast_weather: bool

    def folds(self) -> list[Ints]:
        """Return the groups of origins that share a day model, oldest first; empty groups are left out."""
        size = ORIGINS // FOLDS
        count = len(self.index)
        groups = [np.arange(max(count - size * (k + 1), 0), max(count - size * k, 0)) for k in range(FOLDS)]
        return [group for group in reversed(groups) if len(group)]


@dataclass(frozen=True, eq=False)
class ZoneSeries:
    """What one zone's model is fitted on; hours are those of ``timeline``.

    ``weather`` is without gaps, or ``None`` where the area has none; ``ordinary``: counts without events, as in
    dry and calm weather; ``added``: people added by events; ``kinds``: kind of each day.
    """

    zone_id: str
    timeline: Timeline
    calendar: pd.DataFrame
    weather: Floats | None
    counts: Floats
    ordinary: Floats
    added: Floats
    kinds: Ints
    hour_effects: Floats


Fit = Callable[[ZoneSeries, int], tuple[DayModel, Floats]]
"""Returns the day model and the long-run profile that the data before an hour give."""


def plan_origins(history: History, model: AreaModel) -> Origins:
    """Return the origins that the history allows, each with at least 26 weeks before it, and their weather."""
    timeline = history.timeline
    last = len(timeline.hours) - AHEAD
    index = np.array([i for k in range(ORIGINS) if (i := last - APART * k) >= _LEAST_BEFORE], dtype=np.int64)[::-1]
    if not history.has_weather or not len(index):
        return Origins(index, np.empty(0), np.empty(0), False)
    observed = model.climatology.completed(history.weather, timeline)
    days, hours, kept = [], [], False
    for i in index:
        known, was_forecast = _weather_known_at(history, model, observed, int(i))
        kept |= was_forecast
        span = slice(i - 24, i + AHEAD + 24)
        part = timeline.part(span)
        features = weather_features(known[span], part)
        days.append(features[timeline.day[i] - timeline.day[span.start] :][:9])
        hours.append(hour_features(known[i : i + AHEAD]))
    rows = min(len(block) for block in days)
    return Origins(index, np.stack([block[:rows] for block in days]), np.stack(hours), kept)


def rolling_errors(series: ZoneSeries, origins: Origins, fit: Fit, cap: float) -> Floats:
    """Return the log errors of one zone: origins × AHEAD, NaN where the count was unknown.

    ``cap`` is the highest ln(1 + day total) that is believed.
    """
    out = np.full((len(origins.index), AHEAD), np.nan)
    for group in origins.folds():
        model, profile = fit(series, int(origins.index[group[0]]))
        x = design(model.names, series.calendar, series.weather, series.timeline)
        for o in group:
            out[o] = _errors_of_origin(series, origins, int(o), model, profile, x, cap)
    return out


def _errors_of_origin(
    series: ZoneSeries, origins: Origins, o: int, model: DayModel, profile: Floats, x: Floats, cap: float
) -> Floats:
    timeline, i = series.timeline, int(origins.index[o])
    ahead, recent = slice(i, i + AHEAD), slice(max(i - RECENT_DAYS * 24, 0), i)
    first, last = timeline.day[i], timeline.day[i + AHEAD - 1]
    log_days = x @ model.coefficients
    level, profiles = recent_state(
        timeline.part(recent), series.ordinary[recent], series.kinds, timeline.day[recent.start], log_days, profile
    )
    log_ahead, hour_log = log_days[first : last + 1] + level, np.zeros(AHEAD)
    if origins.days.size:
        columns = [model.names.index(name) for name in WEATHER_FEATURES if name in model.names]
        kept = [k for k, name in enumerate(WEATHER_FEATURES) if name in model.names]
        rows = min(len(log_ahead), origins.days.shape[1])
        misjudged = origins.days[o, :rows][:, kept] - x[first : first + rows][:, columns]
        log_ahead[:rows] += misjudged @ model.coefficients[columns]
        hour_log = origins.hours[o] @ series.hour_effects
    shares = profiles[series.kinds[timeline.day[ahead]], timeline.hour_of_day[ahead]]
    expected = expected_counts(log_ahead, shares, timeline.day[ahead] - first, hour_log, series.added[ahead], cap)
    return np.asarray(np.log1p(series.counts[ahead]) - np.log1p(expected))


def encode(errors: Floats) -> str:
    """Return log errors as text: hundredths in 16 bits, base64."""
    scaled = np.where(np.isfinite(errors), np.clip(np.round(np.nan_to_num(errors) * _SCALE), -30_000, 30_000), _UNKNOWN)
    return base64.b64encode(scaled.astype("<i2").tobytes()).decode()


def decode(text: str, origins: int) -> Floats:
    """Return what :func:`encode` wrote: origins × AHEAD. Raises ``ValueError`` when it has another size."""
    whole = np.frombuffer(base64.b64decode(text, validate=True), "<i2").reshape(origins, AHEAD)
    return np.where(whole == _UNKNOWN, np.nan, whole / _SCALE)


def hours_of_day(origins: pd.DatetimeIndex, timeline_tz: str) -> Ints:
    """Return the local hour of the day of each hour ahead of each origin: origins × AHEAD."""
    if not len(origins):
        return np.zeros((0, AHEAD), dtype=np.int64)
    hours = origins.repeat(AHEAD) + np.tile(np.arange(AHEAD), len(origins)) * HOUR
    return np.asarray(hours.tz_convert(timeline_tz).hour, dtype=np.int64).reshape(-1, AHEAD)


def _weather_known_at(history: History, model: AreaModel, observed: Floats, i: int) -> tuple[Floats, bool]:
    """The weather of the whole history as it was known at hour ``i``, until a day beyond the forecast's end."""
    ahead = history.timeline.part(slice(i, i + AHEAD + 24))
    moment, end = ahead.hours[0].to_pydatetime(), (ahead.hours[-1] + HOUR).to_pydatetime()
    frame = weather_ahead(history.area, moment, end, moment, history.weather_known)
    if frame.empty and history.weather_known != "climatology":
        return observed, False
    known = observed.copy()
    known[i : i + len(ahead.hours)] = model.climatology.completed(weather_array(frame, ahead.hours), ahead)
    return known, True
