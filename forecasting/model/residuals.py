"""Errors of forecasts as they would have been made at past moments (rolling origins).

There are at most 60 origins: local midnights, six days apart, over the last year before the end of the training
period. A forecast for an origin uses what was known then: counts before it, the weather as forecast then (observed
weather where no forecast was kept), and a day model and a boosted part fitted on data before it. Both are fitted anew
every 90 days, for fifteen origins each, so they are up to 84 days old. The effects of rain, wind and events, and what
the weather of a day did to past counts (a few numbers), come from the whole training period.

An error stays as it was found: a later training computes only the origins that are new (:class:`PastErrors`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.inputs.history import History, digest, weather_ahead, weather_array
from forecasting.model.area_model import AreaModel
from forecasting.model.day_model import DayModel
from forecasting.model.features import WEATHER_FEATURES, design, weather_features
from forecasting.model.hour_effects import hour_features
from forecasting.model.profiles import RECENT_DAYS
from forecasting.model.recent import recent_state
from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked
from forecasting.values.timeline import HOUR, Timeline

AHEAD: Final = 168
ORIGINS: Final = 60
APART_DAYS: Final = 6
FOLD_DAYS: Final = 90
AHEAD_DAYS: Final = 8
"""Local days that 168 hours from a midnight may touch, where the clocks change."""

SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST_JUDGED: Final = 8
_LEAST_BEFORE: Final = 182


@dataclass(frozen=True, eq=False)
class Origins:
    """Past moments of forecasting, oldest first, and the weather that was expected then.

    ``index``: place of the hour in the training timeline; ``day``: place of its local day; ``fold``: origins of the
    same number share a day model and a boosted part. ``days`` (origins × days ahead × WEATHER_FEATURES) and ``hours``
    (origins × AHEAD × hour features) hold the weather; empty where the area has no weather. ``keys``: a hash for each
    of the counts, weather and events around it.
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

    ``weather`` is without gaps, or ``None`` where the area has none; ``ordinary``: counts without events, as in
    dry and calm weather; ``added``: people added by events; ``kinds``: kind of each day; ``counted``: whether the
    zone counts at that hour of the week.
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
    counted: Flags


@dataclass(frozen=True, eq=False)
class PastErrors:
    """What past forecasts got wrong, of Z zones at O origins (``moments``, UTC), for 168 hours from each on.

    All are logarithms of one more than a count, Z × O × 168: ``came`` (NaN where unknown), ``plain``: expected by
    Prophet's part alone, ``full``: with the boosted part. ``share``: how much of the boosted part is believed (0–1).
    ``keys``: what each origin's forecasts were made from (see :class:`Origins`).
    """

    moments: pd.DatetimeIndex
    came: Floats
    plain: Floats
    full: Floats
    keys: tuple[str, ...]
    share: float

    @classmethod
    def none(cls, zones: int) -> "PastErrors":
        """Return those of no origins."""
        empty = np.full((zones, 0, AHEAD), np.nan)
        return cls(pd.DatetimeIndex([], tz="UTC"), empty, empty, empty, (), 0.0)

    @cached_property
    def levels(self) -> Floats:
        """ln(1 + expected) of the forecast, in which the boosted part has its share."""
        return self.plain + self.share * (self.full - self.plain)

    @cached_property
    def errors(self) -> Floats:
        """ln(1 + count) − ln(1 + expected), NaN where the count was unknown."""
        return self.came - self.levels

    def to_dict(self) -> dict[str, Any]:
        """Return them as plain values for JSON: hundredths in 16 bits, compressed."""
        kept = {"plain": self.plain, "boosted": self.full - self.plain, "error": self.came - self.full}
        return {
            "origins": [moment.isoformat() for moment in self.moments],
            "keys": list(self.keys),
            "zones": len(self.came),
            "share": self.share,
            **{name: packed(to_hundredths(values)) for name, values in kept.items()},
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "PastErrors":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        moments = pd.DatetimeIndex(pd.to_datetime(fields["origins"], utc=True)).as_unit("us")
        shape = (int(fields["zones"]), len(moments), AHEAD)
        plain, boosted, error = (
            from_hundredths(unpacked(fields[name])).reshape(shape) for name in ("plain", "boosted", "error")
        )
        full = plain + boosted
        return cls(moments, full + error, plain, full, tuple(fields["keys"]), float(fields["share"]))


def believed_share(came: Floats, plain: Floats, full: Floats) -> float:
    """Return how much of the boosted part to believe: the share with the least absolute error at past origins.

    Arguments as in :class:`PastErrors`. Without eight origins to judge by, nothing of it is believed.
    """
    judged = np.isfinite(came) & (np.abs(full - plain) > 0)
    if judged.any(axis=(0, 2)).sum() < _LEAST_JUDGED:
        return 0.0
    came, plain, full = came[judged], plain[judged], full[judged]
    errors = [np.abs(np.expm1(plain + share * (full - plain)) - np.expm1(came)).mean() for share in SHARES]
    return SHARES[int(np.argmin(errors))]


def plan_origins(history: History, model: AreaModel) -> Origins:
    """Return the origins that the history allows, each with at least 26 weeks before it, and their weather."""
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
    rows = min(len(block) for block in days)
    return Origins(index, day, fold, np.stack([block[:rows] for block in days]), np.stack(hours), kept, keys)


@dataclass(frozen=True, eq=False)
class ProphetPaths:
    """What Prophet's part of one zone expected at some origins (N), as it would have been then.

    ``log_days`` (N × days): ln(1 + day total); ``shares`` (N × AHEAD) of the day; ``hour_log`` (N × AHEAD): logarithm
    of the hour's own factor; ``level`` (N): what the level of the last weeks is in ``log_days``.
    """

    log_days: Floats
    shares: Floats
    hour_log: Floats
    level: Floats


def prophet_paths(series: ZoneSeries, origins: Origins, chosen: Ints, model: DayModel, profile: Floats) -> ProphetPaths:
    """Return the paths of the ``chosen`` origins (their numbers) that a day model and a long-run profile give."""
    timeline = series.timeline
    x = design(model.names, series.calendar, series.weather, timeline)
    log_days = x @ model.coefficients
    columns = [model.names.index(name) for name in WEATHER_FEATURES if name in model.names]
    kept = [k for k, name in enumerate(WEATHER_FEATURES) if name in model.names]
    days = np.full((len(chosen), AHEAD_DAYS), np.nan)
    shares, hour_log, levels = np.empty((len(chosen), AHEAD)), np.zeros((len(chosen), AHEAD)), np.empty(len(chosen))
    for n, o in enumerate(map(int, chosen)):
        i, first = int(origins.index[o]), int(origins.day[o])
        ahead, recent = slice(i, i + AHEAD), slice(max(i - RECENT_DAYS * 24, 0), i)
        levels[n], profiles = recent_state(
            timeline.part(recent), series.ordinary[recent], series.kinds, timeline.day[recent.start], log_days, profile
        )
        here = slice(first, int(timeline.day[i + AHEAD - 1]) + 1)
        expected = log_days[here] + levels[n]
        if origins.days.size:
            rows = min(len(expected), origins.days.shape[1])
            misjudged = origins.days[o, :rows][:, kept] - x[here][:rows][:, columns]
            expected[:rows] += misjudged @ model.coefficients[columns]
            hour_log[n] = origins.hours[o] @ series.hour_effects
        days[n, : len(expected)] = expected
        shares[n] = profiles[series.kinds[timeline.day[ahead]], timeline.hour_of_day[ahead]]
    return ProphetPaths(days, shares, hour_log, levels)


def hours_of_day(origins: pd.DatetimeIndex, timeline_tz: str) -> Ints:
    """Return the local hour of the day of each hour ahead of each origin: origins × AHEAD."""
    if not len(origins):
        return np.zeros((0, AHEAD), dtype=np.int64)
    hours = origins.repeat(AHEAD) + np.tile(np.arange(AHEAD), len(origins)) * HOUR
    return np.asarray(hours.tz_convert(timeline_tz).hour, dtype=np.int64).reshape(-1, AHEAD)


def _key(history: History, i: int) -> str:
    """Hash what is close to the origin at hour ``i``: half a year before it, and the week that came."""
    span = slice(max(i - _LEAST_BEFORE * 24, 0), i + AHEAD)
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
