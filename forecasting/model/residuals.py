"""Errors of forecasts as they would have been made at past moments (rolling origins).

There are at most 60 origins: local midnights, six days apart, over the last year before the end of the training
period. A forecast for an origin uses what was known then: counts before it, the weather as forecast then (observed
weather where no forecast was kept), and a mix fitted on counts before it. The mix is fitted anew every 90 days, for
fifteen origins each, so it is up to 84 days old. The effects of weather and events (a few numbers) come from the whole
training period.

An error stays as it was found: a later training computes only the origins that are new (:class:`PastErrors`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.inputs.history import History, digest, weather_ahead, weather_array
from forecasting.model.area_model import AreaModel
from forecasting.model.features import weather_features
from forecasting.model.hour_effects import hour_features
from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked
from forecasting.values.timeline import HOUR, Timeline

AHEAD: Final = 168
ORIGINS: Final = 60
APART_DAYS: Final = 6
FOLD_DAYS: Final = 90
AHEAD_DAYS: Final = 8
"""Local days that 168 hours from a midnight may touch, where the clocks change."""

_LEAST_BEFORE: Final = 84
_KEY_DAYS: Final = 182


@dataclass(frozen=True, eq=False)
class Origins:
    """Past moments of forecasting, oldest first, and the weather that was expected then.

    ``index``: place of the hour in the training timeline; ``day``: place of its local day; ``fold``: origins of the
    same number share a mix. ``days`` (origins × days ahead × WEATHER_FEATURES) and
    ``hours`` (origins × AHEAD × hour features) hold the weather; empty where the area has no weather. ``keys``: a hash
    for each of the counts, weather and events around it.
    """

    index: Ints
    day: Ints
    fold: Ints
    days: Floats
    hours: Floats
    forecast_weather: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ZoneSeries:
    """What one zone's model is fitted on; hours are those of ``timeline``.

    ``weather`` is without gaps, or ``None`` where the area has none; ``ordinary``: counts without events, in
    mean weather; ``added``: people added by events; ``kinds``: kind of each day; ``counted``:
    whether the zone counts at that hour of the week; ``hour_effects``, ``day_effects`` and
    ``mean_weather``: see ``area_model.AreaModel``.
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
    day_effects: Floats
    mean_weather: Floats
    counted: Flags


@dataclass(frozen=True, eq=False)
class PastErrors:
    """What past forecasts got wrong, of Z zones at O origins (``moments``, UTC), for 168 hours from each on.

    All are logarithms of one more than a count, Z × O × 168: ``came`` (NaN where unknown) and ``levels``, what was
    expected. ``keys``: what each origin's forecasts were made from (see :class:`Origins`).
    """

    moments: pd.DatetimeIndex
    came: Floats
    levels: Floats
    keys: tuple[str, ...]

    @classmethod
    def none(cls, zones: int) -> "PastErrors":
        """Return those of no origins."""
        empty = np.full((zones, 0, AHEAD), np.nan)
        return cls(pd.DatetimeIndex([], tz="UTC"), empty, empty, ())

    @cached_property
    def errors(self) -> Floats:
        """ln(1 + count) − ln(1 + expected), NaN where the count was unknown."""
        return self.came - self.levels

    def to_dict(self) -> dict[str, Any]:
        """Return them as plain values for JSON: hundredths in 16 bits, compressed."""
        kept = {"expected": self.levels, "error": self.errors}
        return {
            "origins": [moment.isoformat() for moment in self.moments],
            "keys": list(self.keys),
            "zones": len(self.came),
            **{name: packed(to_hundredths(values)) for name, values in kept.items()},
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "PastErrors":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        moments = pd.DatetimeIndex(pd.to_datetime(fields["origins"], utc=True)).as_unit("us")
        shape = (int(fields["zones"]), len(moments), AHEAD)
        levels, error = (from_hundredths(unpacked(fields[name])).reshape(shape) for name in ("expected", "error"))
        return cls(moments, levels + error, levels, tuple(fields["keys"]))


def plan_origins(history: History, model: AreaModel) -> Origins:
    """Return the origins that the history allows, each with at least twelve weeks before it, and their weather."""
    timeline = history.timeline
    number = (timeline.dates - pd.Timestamp("1970-01-01")).days.to_numpy()
    midnight = np.flatnonzero(timeline.hour_of_day == 0)
    midnight = midnight[np.concatenate([[True], timeline.day[midnight][1:] != timeline.day[midnight][:-1]])]
    usable = (
        (number[timeline.day[midnight]] % APART_DAYS == 0)
        & (timeline.day[midnight] >= _LEAST_BEFORE)
        & (midnight + AHEAD <= len(timeline.hours))
    )
    index = midnight[usable][-ORIGINS:]
    day = timeline.day[index]
    keys = tuple(_key(history, int(i)) for i in index)
    fold = number[day] // FOLD_DAYS
    if not history.has_weather or not len(index):
        return Origins(index, day, fold, np.empty(0), np.empty(0), False, keys)
    observed = model.climatology.completed(history.weather, timeline)
    days, hours, kept = [], [], False
    for i in index:
        known, was_forecast = _weather_known_at(history, model, observed, int(i))
        kept |= was_forecast
        span = slice(i - 24, i + AHEAD + 24)
        part = timeline.part(span)
        features = weather_features(known[span], part)
        days.append(features[timeline.day[i] - timeline.day[span.start] :][: AHEAD_DAYS + 1])
        hours.append(hour_features(known[i : i + AHEAD]))
    rows = max(min(len(block) for block in days), AHEAD_DAYS)
    known = np.stack([block[np.minimum(np.arange(rows), len(block) - 1)] for block in days])  # none is asked further
    return Origins(index, day, fold, known, np.stack(hours), kept, keys)


def hours_of_day(origins: pd.DatetimeIndex, timeline_tz: str) -> Ints:
    """Return the local hour of the day of each hour ahead of each origin: origins × AHEAD."""
    if not len(origins):
        return np.zeros((0, AHEAD), dtype=np.int64)
    hours = origins.repeat(AHEAD) + np.tile(np.arange(AHEAD), len(origins)) * HOUR
    return np.asarray(hours.tz_convert(timeline_tz).hour, dtype=np.int64).reshape(-1, AHEAD)


def _key(history: History, i: int) -> str:
    """Hash what is close to the origin at hour ``i``: half a year before it, and the week that came."""
    span = slice(max(i - _KEY_DAYS * 24, 0), i + AHEAD)
    hours = history.timeline.hours[span]
    events = history.events[(history.events["start"] <= hours[-1]) & (history.events["end"] >= hours[0])]
    return digest(
        history.weather_known,
        ",".join(history.area.zone_ids),
        history.counts[:, span],
        history.weather[span],
        events.reset_index(drop=True),
    )[:16]


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
