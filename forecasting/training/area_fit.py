"""Fitting what needs all zones at once: the mix, and the errors of past forecasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd

from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import History
from forecasting.mix.learning import Learning, learning
from forecasting.mix.mix import Mix, expected_quiet, fit_mix
from forecasting.model.area_model import AreaModel
from forecasting.model.profiles import RECENT_DAYS, day_kinds, long_profile, recent_profiles
from forecasting.model.residuals import AHEAD, AHEAD_DAYS, FOLD_DAYS, Origins, PastErrors, ZoneSeries
from forecasting.training.workers import Workers
from forecasting.values.arrays import Flags, Floats, Ints

KEEP_MIX: Final = timedelta(days=7)
"""How old a mix may be to be used again: it sees the last days in any case, so a week makes no difference."""

_EPOCH: Final = pd.Timestamp("1970-01-01")


@dataclass(frozen=True, eq=False)
class _Fold:
    """Origins (their numbers) that share a mix, fitted on the days before ``day``."""

    day: int
    origins: Ints


class AreaFit:
    """Fits of one area from its history; nothing is learned before asked for.

    ``series`` is in the order of the area's zones.
    """

    def __init__(self, history: History, model: AreaModel, series: Sequence[ZoneSeries]) -> None:
        self.history, self.model, self.series = history, model, series
        self.learning: Learning = learning(history.area, history.timeline, np.stack([zone.ordinary for zone in series]))

    def mix(self, earlier: Mix | None = None) -> Mix:
        """Return the mix: an ``earlier`` one that is at most a week old, or a new one."""
        until = (self.history.timeline.hours[-1] + pd.Timedelta(hours=1)).to_pydatetime().astimezone(UTC)
        if earlier is not None and timedelta(0) <= until - earlier.until <= KEEP_MIX:
            return earlier
        return _fitted(self.learning, self.learning.end, until)

    def past_errors(self, origins: Origins, earlier: PastErrors | None, workers: Workers) -> PastErrors:
        """Return the errors of past forecasts at ``origins``; those found ``earlier`` from the same data are kept."""
        moments = self.history.timeline.hours[origins.index]
        found = PastErrors.none(len(self.series)) if earlier is None else earlier
        known = {(moment, key): o for o, (moment, key) in enumerate(zip(found.moments, found.keys, strict=True))}
        kept = np.array([known.get(here, -1) for here in zip(moments, origins.keys, strict=True)], dtype=np.int64)
        levels = np.full((len(self.series), len(moments), AHEAD), np.nan)
        levels[:, kept >= 0] = found.levels[:, kept[kept >= 0]]
        folds = self._folds(origins, kept < 0)
        tasks = ((self.learning, fold.day, origins.day[fold.origins]) for fold in folds)
        for fold, quiet in zip(folds, workers.each(_fold_quiet, tasks), strict=True):
            for n, o in enumerate(map(int, fold.origins)):
                levels[:, o] = np.log1p(self._expected(origins, o, quiet[:, n]))
        usual = np.where(at_hours(self.history.counted, self.history.timeline), self.history.counts, np.nan)
        counts = [usual[:, i : i + AHEAD] for i in origins.index]
        came = np.log1p(np.stack(counts, axis=1)) if counts else levels
        return PastErrors(moments, came, levels, origins.keys)

    def _folds(self, origins: Origins, new: Flags) -> list[_Fold]:
        first_day = int((self.history.timeline.dates[0] - _EPOCH).days)
        out = []
        for number in np.unique(origins.fold[new]):
            in_fold = np.flatnonzero(origins.fold == number)
            step = int(number) * FOLD_DAYS - first_day
            day = step if step >= FOLD_DAYS else int(origins.day[in_fold[0]])  # where little history lies before it
            out.append(_Fold(day, in_fold[new[in_fold]]))
        return out

    def _expected(self, origins: Origins, o: int, quiet: Floats) -> Floats:
        """Return the expected counts of an origin: zones × AHEAD. ``quiet``: zones × days × 24, as the mix expects."""
        i = int(origins.index[o])
        ahead = self.history.timeline.part(slice(i, i + AHEAD))
        expected = quiet[:, ahead.day, ahead.hour_of_day]
        if origins.days.size:
            by_hour = self.model.hour_effects @ origins.hours[o].T
            expected = expected * np.exp(by_hour + self.model.of_days(origins.days[o])[:, ahead.day])
        return expected + np.stack([zone.added[i : i + AHEAD] for zone in self.series])


def _fitted(here: Learning, end: int, until: datetime) -> Mix:
    return fit_mix(here.counts, end, here.design, until)


def _fold_quiet(here: Learning, end: int, days: Ints) -> Floats:
    """Return what a mix fitted on the counts before the place ``end`` expects at origins on ``days``.

    Zones × origins × days ahead × 24.
    """
    counts, dates = here.counts, here.counts.days.dates
    mix = _fitted(here, end, datetime.min.replace(tzinfo=UTC))
    log_days = mix.days.expected(here.calendar, dates)
    cube, kinds = np.expm1(counts.logs), day_kinds(here.calendar, dates)
    long = [long_profile(zone[:end], kinds[:end], dates[:end]) for zone in cube]
    found = []
    for day in map(int, days):
        recent, month = slice(max(day - RECENT_DAYS, 0), day), dates[day - 1].month - 1
        profiles = np.stack(
            [
                recent_profiles(zone[recent], kinds[recent], profile[month])
                for zone, profile in zip(cube, long, strict=True)
            ]
        )
        shares = profiles[:, kinds[day : day + AHEAD_DAYS]]
        found.append(expected_quiet(mix, counts, day, log_days, shares))
    return np.stack(found, axis=1)
