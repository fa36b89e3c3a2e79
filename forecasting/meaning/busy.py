"""Busy moments: which hours of a place are expected to be busy or too busy, and how likely that is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.arrays import Flags, Floats, Indices, Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds

YELLOW, ORANGE, RED = 1, 2, 3
"""Indices in ``LEVELS``."""


@dataclass(frozen=True)
class Span:
    """Consecutive hours: ``start`` and ``end`` (when the last one ends) in area time."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class LevelHours:
    """The hours of one zone that are at ``level`` or worse, as ``spans``, and the probability that at least one of
    these hours reaches it."""

    level: Level
    spans: tuple[Span, ...]
    chance: float


@dataclass(frozen=True)
class BusyMoment:
    """Consecutive hours of one zone on one local day that are expected to be orange or worse.

    ``start`` and ``end`` are area time (``end`` is when the last hour ends), ``first`` and ``last`` index the
    forecast's hours, ``peak`` is the hour with the highest median and ``expected`` that median. ``levels`` says which
    of these hours are red (where any are) and which orange or worse, the worst level first; whoever names a level with
    hours takes them from there. ``chance`` is the probability that at least one of all these hours reaches orange and
    ``chance_red`` that one reaches red.
    """

    zone_id: str
    start: datetime
    end: datetime
    first: int
    last: int
    peak: int
    expected: float
    levels: tuple[LevelHours, ...]
    chance: float
    chance_red: float

    @property
    def level(self) -> Level:
        """The worst level that is expected."""
        return self.levels[0].level

    @property
    def chance_of_level(self) -> float:
        """The probability that at least one of the hours that are expected at ``level`` reaches it."""
        return self.levels[0].chance


def orange_chance(forecast: Forecast, thresholds: Thresholds) -> Floats:
    """Return the probability of orange or worse: zones × hours, from the sample paths; 0 where unknown.

    For what is said or listed use ``Forecast.exceedance``, in which the unknown is NaN.
    """
    zone_thresholds = thresholds.array(forecast.zone_ids)[:, ORANGE - 1]
    return np.asarray((forecast.paths >= zone_thresholds[None, :, None]).mean(axis=0))


def busy_levels(forecast: Forecast, thresholds: Thresholds) -> Levels:
    """Return the level (index in ``LEVELS``) that is expected in an hour: zones × hours, 0 where unknown.

    It is that of the median, as on the map, in tables and in files.
    """
    return np.maximum(forecast.levels(thresholds), 0)


def hours_at_levels(
    forecast: Forecast, thresholds: Thresholds, levels: Levels, zone_id: str, hours: Indices
) -> tuple[LevelHours, ...]:
    """Return which of ``hours`` (indices) of a zone are red and which orange or worse, the worst level first.

    ``levels`` are those of all zones and hours (:func:`busy_levels`, or of a quantile). A level that none of the hours
    reaches is left out.
    """
    row, zone_thresholds = levels[forecast.zone_ids.index(zone_id)], thresholds.zones[zone_id]
    found = []
    for index, threshold in ((RED, zone_thresholds.red), (ORANGE, zone_thresholds.orange)):
        if (reached := hours[row[hours] >= index]).size:
            chance = chance_of_reaching(forecast, zone_id, reached, threshold)
            found.append(LevelHours(LEVELS[index], spans(forecast, hours, row >= index), chance))
    return tuple(found)


def spans(forecast: Forecast, hours: Indices, flags: Flags) -> tuple[Span, ...]:
    """Return the stretches of ``hours`` (indices) whose flag, one for each hour of the forecast, is up."""
    return tuple(span_of(forecast, int(run[0]), int(run[-1])) for run in stretches(hours, flags))


def span_of(forecast: Forecast, first: int, last: int) -> Span:
    """Return the hours from one (index) to another, that one included."""
    return Span(forecast.local_moments[first], end_of(forecast, last))


def chance_of_reaching(forecast: Forecast, zone_id: str, hours: Indices, threshold: float) -> float:
    """Return the probability that a zone's count reaches ``threshold`` in at least one of ``hours`` (indices).

    Hours of which nothing is known are left out.
    """
    peaks = np.fmax.reduce(forecast.paths[:, forecast.zone_ids.index(zone_id), hours], axis=1)
    return float((peaks >= threshold).mean())


def chance_anywhere(forecast: Forecast, thresholds: Thresholds, hours: Indices) -> float:
    """Return the probability that some zone reaches orange in at least one of ``hours`` (indices)."""
    zone_thresholds = thresholds.array(forecast.zone_ids)[:, ORANGE - 1]
    peaks = np.fmax.reduce(forecast.paths[:, :, hours], axis=2, initial=0)
    return float((peaks >= zone_thresholds).any(axis=1).mean())


def busy_moments(forecast: Forecast, thresholds: Thresholds, *, since: datetime | None = None) -> list[BusyMoment]:
    """Return the busy moments of the coming seven days, most important first.

    An hour counts when its median is orange or worse. Importance: the level, then the chance of that level as it is
    said (in tenths), then that of crowds, then how far the peak lies above orange. ``since`` (aware) leaves out the
    hours before it.
    """
    levels = busy_levels(forecast, thresholds)
    moments = [
        _moment(forecast, thresholds, levels, zone_id, run)
        for _, hours in days(forecast, week_hours(forecast, since))
        for row, zone_id in enumerate(forecast.zone_ids)
        for run in stretches(hours, levels[row] >= ORANGE)
    ]
    return sorted(
        moments,
        key=lambda moment: (
            -LEVELS.index(moment.level),
            -round(moment.chance_of_level, 1),
            -round(moment.chance, 1),
            -moment.expected / thresholds.zones[moment.zone_id].orange,
        ),
    )


def busy_moment_at(
    forecast: Forecast, thresholds: Thresholds, zone_id: str, hour_index: int, *, since: datetime | None = None
) -> BusyMoment | None:
    """Return the busy moment of a place that contains an hour of the forecast, on any day of it, if there is one.

    ``since`` (aware) leaves out the hours before it.
    """
    levels = busy_levels(forecast, thresholds)
    row, day = forecast.zone_ids.index(zone_id), forecast.local_dates[hour_index]
    first = 0 if since is None else int(forecast.local_hours.searchsorted(since))
    hours = np.flatnonzero((forecast.local_dates == day) & (np.arange(len(forecast.hours)) >= first))
    runs = stretches(hours, levels[row] >= ORANGE)
    return next((_moment(forecast, thresholds, levels, zone_id, run) for run in runs if hour_index in run), None)


def stretches(hours: Indices, flags: Flags) -> Iterator[Indices]:
    """Yield the stretches of ``hours`` (consecutive indices) whose flag, one for each hour of the forecast, is up."""
    chosen = hours[flags[hours]]
    gaps = np.flatnonzero(chosen[1:] != chosen[:-1] + 1) + 1
    yield from (chosen[first:end] for first, end in pairwise([0, *gaps.tolist(), len(chosen)]) if end > first)


def _moment(forecast: Forecast, thresholds: Thresholds, levels: Levels, zone_id: str, run: Indices) -> BusyMoment:
    medians = forecast.median[forecast.zone_ids.index(zone_id), run]
    first, last = int(run[0]), int(run[-1])
    zone_thresholds = thresholds.zones[zone_id]
    return BusyMoment(
        zone_id=zone_id,
        start=forecast.local_moments[first],
        end=end_of(forecast, last),
        first=first,
        last=last,
        peak=int(run[medians.argmax()]),
        expected=float(medians.max()),
        levels=hours_at_levels(forecast, thresholds, levels, zone_id, run),
        chance=chance_of_reaching(forecast, zone_id, run, zone_thresholds.orange),
        chance_red=chance_of_reaching(forecast, zone_id, run, zone_thresholds.red),
    )


def end_of(forecast: Forecast, index: int) -> datetime:
    """Return when an hour (index) ends, in area time."""
    return (forecast.local_moments[index].astimezone(UTC) + timedelta(hours=1)).astimezone(forecast.tz)
