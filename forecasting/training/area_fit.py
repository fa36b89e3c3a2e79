"""Fitting what needs all zones at once: the boosted part, and the errors of past forecasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from forecasting.boosted.model import LEAST_CUTOFFS, BoostModel, Rows, fit_boost, training_rows
from forecasting.boosted.offsets import Boosted, Learning, expected_quiet, learning, log_offsets, weather_effects
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import History
from forecasting.model.area_model import AreaModel
from forecasting.model.day_model import DayModel
from forecasting.model.day_parts import BACK, DayParts, Twin, model_parts
from forecasting.model.recent import expected_counts
from forecasting.model.residuals import (
    AHEAD,
    AHEAD_DAYS,
    FOLD_DAYS,
    Origins,
    PastErrors,
    ProphetPaths,
    ZoneSeries,
    believed_share,
    prophet_paths,
)
from forecasting.training.model_files import ZoneModel
from forecasting.training.workers import Workers
from forecasting.training.zone_fit import fit_folds
from forecasting.values.arrays import Floats, Ints

TWIN_DAYS: Final = 3 * 365
KEEP_BOOSTED: Final = timedelta(days=7)
"""How old a boosted part may be to be used again: it sees the last days in any case, so a week makes no difference."""

_EPOCH: Final = pd.Timestamp("1970-01-01")


@dataclass(frozen=True, eq=False)
class _Fold:
    """Origins (their numbers) that share a day model and a boosted part, fitted on the days before ``day``."""

    day: int
    hour: int
    origins: Ints


class AreaFit:
    """Fits of one area, from its history and the fitted models of all its zones; nothing is learned before asked for.

    ``series`` and ``zones`` are in the order of the area's zones.
    """

    def __init__(
        self, history: History, model: AreaModel, series: Sequence[ZoneSeries], zones: Sequence[ZoneModel]
    ) -> None:
        self.history, self.series, self.zones = history, series, zones
        timeline = history.timeline
        weather = model.climatology.completed(history.weather, timeline) if history.has_weather else None
        models, means = [zone.day_model for zone in zones], [zone.means for zone in zones]
        effects = weather_effects(models, means, history.calendar, weather, timeline)
        quiet = np.stack([zone.ordinary for zone in series]) / np.exp(effects[:, timeline.day])
        self.learning: Learning = learning(history.area, timeline, quiet)

    @cached_property
    def rows(self) -> Rows | None:
        """What the boosted part learns from, or ``None`` when the history is too short."""
        here = self.learning
        twin = Twin(here.counts.total, here.calendar, here.counts.days.dates)
        return training_rows(here.counts, here.end, here.before, twin, TWIN_DAYS)

    def boosted(self, earlier: Boosted | None = None) -> Boosted | None:
        """Return the boosted part: an ``earlier`` one that is at most a week old, or a new one."""
        until = (self.history.timeline.hours[-1] + pd.Timedelta(hours=1)).to_pydatetime().astimezone(UTC)
        if earlier is not None and timedelta(0) <= until - earlier.until <= KEEP_BOOSTED:
            return earlier
        if self.rows is None:
            return None
        here = self.learning
        model = fit_boost(self.rows, here.counts, here.end, here.before, len(here.school_names))
        ahead = here.before.on(here.counts.days.dates[here.end :])
        return Boosted(model, ahead, here.counts.weight, here.school_names, until)

    def past_errors(self, origins: Origins, earlier: PastErrors | None, workers: Workers) -> PastErrors:
        """Return the errors of past forecasts at ``origins``; those found ``earlier`` from the same data are kept."""
        moments = self.history.timeline.hours[origins.index]
        found = PastErrors.none(len(self.zones)) if earlier is None else earlier
        known = {(moment, key): o for o, (moment, key) in enumerate(zip(found.moments, found.keys, strict=True))}
        kept = [known.get(here, -1) for here in zip(moments, origins.keys, strict=True)]
        plain, full = (np.full((len(self.zones), len(moments), AHEAD), np.nan) for _ in range(2))
        for o, place in enumerate(kept):
            if place >= 0:
                plain[:, o], full[:, o] = found.plain[:, place], found.full[:, place]
        folds = self._folds(origins, np.array([place < 0 for place in kept], dtype=bool))
        for fold, expected in zip(folds, self._expected(origins, folds, workers), strict=True):
            plain[:, fold.origins], full[:, fold.origins] = np.log1p(expected)
        usual = np.where(at_hours(self.history.counted, self.history.timeline), self.history.counts, np.nan)
        counts = [usual[:, i : i + AHEAD] for i in origins.index]
        came = np.log1p(np.stack(counts, axis=1)) if counts else plain
        return PastErrors(moments, came, plain, full, origins.keys, believed_share(came, plain, full))

    def _folds(self, origins: Origins, new: Floats) -> list[_Fold]:
        timeline = self.history.timeline
        first_day = int((timeline.dates[0] - _EPOCH).days)
        out = []
        for number in np.unique(origins.fold[new]):
            in_fold = np.flatnonzero(origins.fold == number)
            step = int(number) * FOLD_DAYS - first_day
            day = step if step >= FOLD_DAYS else int(origins.day[in_fold[0]])  # where little history lies before it
            hour = int(np.flatnonzero(timeline.day == day)[0])
            out.append(_Fold(day, hour, in_fold[new[in_fold]]))
        return out

    def _expected(self, origins: Origins, folds: list[_Fold], workers: Workers) -> list[tuple[Floats, Floats]]:
        """Return what was expected at the origins of each fold, without and with the boosted part.

        Each is zones × origins × AHEAD.
        """
        if not folds:
            return []
        by_zone = list(workers.each(_zone_paths, ((series, origins, folds) for series in self.series)))
        rows, here, dates = self.rows, self.learning, self.learning.counts.days.dates
        tasks = []
        for f, fold in enumerate(folds):
            first = int(origins.day[fold.origins[0]]) - BACK
            span = dates[first : int(origins.day[fold.origins[-1]]) + AHEAD_DAYS]
            models = [zone[f][0] for zone in by_zone]
            means = [_means(zone, model) for zone, model in zip(self.zones, models, strict=True)]
            parts = model_parts(models, means, here.calendar, span, first)
            seen = rows.before(fold.day) if rows is not None else None
            tasks.append((seen, here, parts, fold.day, origins.day[fold.origins]))
        quiet = workers.each(_fold_quiet, tasks)
        return [
            self._blended(origins, fold, [zone[f][1] for zone in by_zone], task[2], expected)
            for f, (fold, task, expected) in enumerate(zip(folds, tasks, quiet, strict=True))
        ]

    def _blended(
        self, origins: Origins, fold: _Fold, paths: list[ProphetPaths], parts: DayParts, quiet: Floats | None
    ) -> tuple[Floats, Floats]:
        caps = np.array([zone.cap for zone in self.zones])
        prophet = np.array([zone.kind == "prophet" for zone in self.zones])[:, None]
        plain, full = (np.empty((len(paths), len(fold.origins), AHEAD)) for _ in range(2))
        for n, o in enumerate(map(int, fold.origins)):
            i, day = int(origins.index[o]), int(origins.day[o])
            timeline = self.history.timeline.part(slice(i, i + AHEAD))
            log_days, shares, hour_log, level = (
                np.stack([getattr(path, name)[n] for path in paths])
                for name in ("log_days", "shares", "hour_log", "level")
            )
            added = np.stack([series.added[i : i + AHEAD] for series in self.series])
            plain[:, n] = expected_counts(log_days, shares, timeline.day, hour_log, added, caps)
            if quiet is not None:
                average = parts.expected[:, day - parts.first :][:, :AHEAD_DAYS] + level[:, None]
                offsets = log_offsets(quiet[:, n], average, shares, caps, timeline)
                hour_log = hour_log + np.where(prophet, offsets, 0)
            full[:, n] = expected_counts(log_days, shares, timeline.day, hour_log, added, caps)
        return plain, full


def _zone_paths(series: ZoneSeries, origins: Origins, folds: Sequence[_Fold]) -> list[tuple[DayModel, ProphetPaths]]:
    """Return one zone's day model of each fold, and what it expected at the fold's origins."""
    fitted = fit_folds(series, tuple(fold.hour for fold in folds))
    return [
        (model, prophet_paths(series, origins, fold.origins, model, profile))
        for fold, (model, profile) in zip(folds, fitted, strict=True)
    ]


def _fold_quiet(rows: Rows | None, here: Learning, parts: DayParts, end: int, days: Ints) -> Floats | None:
    """Return what a boosted part fitted on ``rows`` and counts before the place ``end`` expects at origins on ``days``.

    Zones × origins × days × 24.
    """
    if rows is None or len(np.unique(rows.cutoffs)) < LEAST_CUTOFFS:
        return None
    model: BoostModel = fit_boost(rows, here.counts, end, here.before, len(here.school_names))
    return np.stack(
        [expected_quiet(model, here.counts, int(day), AHEAD_DAYS, here.before, parts) for day in days], axis=1
    )


def _means(zone: ZoneModel, model: DayModel) -> Floats:
    """Return the zone's mean of the features of another day model of it."""
    known = dict(zip(zone.day_model.names, zone.means, strict=True))
    return np.array([known.get(name, 0.0) for name in model.names])
