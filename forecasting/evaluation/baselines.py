"""What a forecast must beat, on the same counts: simple rules, Prophet out of the box, and LightGBM.

- last week: the count at the same hour of the week; where it is unknown that of the week before, up to eight weeks
- median of 8 weeks: of the same hour of the week
- Prophet out of the box: ``Prophet()`` on the hourly counts of the last two years, nothing else set
- LightGBM with weekly lags: ln(1 + count), L1 loss, from the counts 1 to 8 and 52 weeks earlier and the calendar;
  400 trees, learned from the last two years, one model a zone. Nothing was tuned.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from forecasting.inputs.history import History, calendar_of
from forecasting.training.workers import Workers
from forecasting.values.arrays import Floats, Ints
from forecasting.values.timeline import Timeline

WEEKS: Final = 8
LAGS: Final = (*range(1, WEEKS + 1), 52)
LEARN_DAYS: Final = 2 * 365
TREES: Final = 400
SAMPLES: Final = 1000


@dataclass(frozen=True, eq=False)
class WeeksBack:
    """Counts at the same hour of the week, some weeks before each hour of ``timeline``.

    ``counts``: zones × D × 24 by local day (``days``) and hour, NaN where unknown and from the cutoff on;
    ``further``: for each hour by how many more weeks it must look back, because of the cutoff.
    """

    counts: Floats
    days: pd.DatetimeIndex
    timeline: Timeline
    further: Ints

    @classmethod
    def ahead(cls, history: History, ahead: Timeline) -> "WeeksBack":
        """Return what is known at the end of ``history`` for the hours ``ahead``.

        An hour more than a week ahead looks back from the last week before the cutoff.
        """
        days = pd.date_range(history.timeline.dates[0], ahead.dates[-1], freq="D", unit="us")
        cube = np.full((len(history.counts), len(days), 24), np.nan)
        cube[:, : len(history.timeline.dates)] = history.timeline.cube(history.counts)
        return cls(cube, days, ahead, np.arange(len(ahead.hours)) // 168)

    @classmethod
    def within(cls, history: History, timeline: Timeline) -> "WeeksBack":
        """Return what was known a week before each hour of ``timeline``, a part of ``history``."""
        cube = history.timeline.cube(history.counts)
        return cls(cube, history.timeline.dates, timeline, np.zeros(len(timeline.hours), dtype=np.int64))

    def lagged(self, lags: tuple[int, ...]) -> Floats:
        """Return the counts so many weeks before: zones × hours × lags; NaN where unknown."""
        day = self.days.get_indexer(self.timeline.dates)[self.timeline.day]
        back = day[:, None] - 7 * (np.array(lags) + self.further[:, None])
        found = self.counts[:, np.maximum(back, 0), self.timeline.hour_of_day[:, None]]
        return np.where(back >= 0, found, np.nan)


def last_week(past: WeeksBack) -> Floats:
    """Return last week's count at the same hour, else that of the nearest week before: zones × hours."""
    lagged = past.lagged(tuple(range(1, WEEKS + 1)))
    nearest = np.isfinite(lagged).argmax(axis=-1)
    return np.asarray(np.take_along_axis(lagged, nearest[..., None], axis=-1)[..., 0])


def median_of_weeks(past: WeeksBack) -> Floats:
    """Return the median of the last eight weeks at the same hour: zones × hours, NaN where none is known."""
    lagged = past.lagged(tuple(range(1, WEEKS + 1)))
    out = np.full(lagged.shape[:2], np.nan)
    known = np.isfinite(lagged).any(axis=-1)
    out[known] = np.nanmedian(lagged[known], axis=-1)
    return out


def prophet_samples(history: History, ahead: Timeline, work: Workers) -> Floats:
    """Return samples of Prophet out of the box: samples × zones × hours, NaN for a zone without counts.

    Prophet knows no time zones: it is given the hours of the area's clock. Negative counts are set to 0.
    """
    tasks = ((history.timeline, counts, ahead) for counts in history.counts)
    return np.stack(list(work.each(_prophet, tasks)), axis=1)


def lightgbm_forecast(history: History, past: WeeksBack, work: Workers) -> Floats:
    """Return the counts that LightGBM with weekly lags expects: zones × hours, NaN for a zone without counts."""
    ahead = past.timeline
    learn = history.timeline.part(slice(max(len(history.timeline.hours) - LEARN_DAYS * 24, 0), None))
    seen, wanted = (_calendar_features(history, timeline) for timeline in (learn, ahead))
    before, now = WeeksBack.within(history, learn).lagged(LAGS), past.lagged(LAGS)
    tasks = (
        (np.hstack([seen, before[z]]), counts[-len(learn.hours) :], np.hstack([wanted, now[z]]))
        for z, counts in enumerate(history.counts)
    )
    return np.stack(list(work.each(_boosted, tasks)))


def _local(timeline: Timeline) -> pd.DatetimeIndex:
    return timeline.dates[timeline.day] + pd.to_timedelta(timeline.hour_of_day, unit="h")


def _prophet(past: Timeline, counts: Floats, ahead: Timeline) -> Floats:
    from prophet import Prophet

    learn = slice(max(len(counts) - LEARN_DAYS * 24, 0), None)
    frame = pd.DataFrame({"ds": _local(past)[learn], "y": counts[learn]}).dropna()
    if len(frame) < 2:
        return np.full((SAMPLES, len(ahead.hours)), np.nan)
    model = Prophet(uncertainty_samples=SAMPLES).fit(frame, seed=0)
    np.random.seed(0)  # noqa: NPY002 - Prophet draws its samples from the global generator
    samples = model.predictive_samples(pd.DataFrame({"ds": _local(ahead)}))["yhat"].T
    return np.asarray(np.maximum(samples, 0))


def _boosted(x: Floats, counts: Floats, wanted: Floats) -> Floats:
    import lightgbm

    known = np.isfinite(counts)
    if not known.any():
        return np.full(len(wanted), np.nan)
    settings = {
        "objective": "l1",
        "learning_rate": 0.05,
        "num_leaves": 31,
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
        "seed": 0,
        "verbose": -1,
    }
    seen = lightgbm.Dataset(x[known], np.log1p(counts[known]))
    return np.asarray(np.maximum(np.expm1(lightgbm.train(settings, seen, TREES).predict(wanted)), 0))


def _calendar_features(history: History, timeline: Timeline) -> Floats:
    """Hour of the day, weekday, day of the year, public holiday, school holiday: hours × 5."""
    calendar = calendar_of(history.area, timeline).loc[timeline.dates]
    by_day = np.stack(
        [
            calendar["weekday"].to_numpy(float),
            timeline.dates.day_of_year.to_numpy(float),
            (calendar["public_holiday"] != "").to_numpy(float),
            (calendar["school_holiday"] != "").to_numpy(float),
        ],
        axis=1,
    )
    return np.hstack([timeline.hour_of_day[:, None], by_day[timeline.day]])
