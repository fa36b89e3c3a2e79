"""The hours of one forecast beside what came, with everything scores are made of (``verification`` names it)."""

from collections.abc import Collection
from typing import Final, Literal

import numpy as np
import pandas as pd

from forecasting.evaluation import baselines
from forecasting.evaluation.backtest_result import DayKind
from forecasting.evaluation.scores import crps, mean_known, weekly_naive_error
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import History, calendar_of
from forecasting.training.workers import Workers
from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.forecast import QUANTILE_COLUMNS, QUANTILES, Forecast
from forecasting.values.timeline import Timeline

Learned = Literal["lightgbm", "prophet"]
"""A baseline that learns, which takes time."""

WEEK_HOURS: Final = 168
YEAR_HOURS: Final = 365 * 24
HIGH: Final = 90.0
"""Percentile of the counts of the year before; above it, the zone is busier than usual."""

MISSING: Final = 0.05
"""A zone is scored at a cutoff when at most this share is unknown of the week that came, and of the year before."""


def compared_hours(history: History, result: Forecast, came: Floats, *, missing: float = MISSING) -> pd.DataFrame:
    """Return a row for each zone and hour of a forecast, with what ``came`` (zones × hours), for scoring.

    ``history`` holds the counts before the cutoff; a zone is ``scored`` when at most ``missing`` of the hours that it
    counts is unknown.
    """
    area = history.area
    ahead = Timeline.of(result.hours, area.tz)
    zones, count = came.shape
    year = history.counts[:, -YEAR_HOURS:]
    known = np.isfinite(year)
    high = np.array(
        [np.percentile(row[there], HIGH) if there.any() else np.nan for row, there in zip(year, known, strict=True)]
    )
    above = np.where(known, year > high[:, None], np.nan)
    base = mean_known(above)
    past = history.timeline.part(slice(max(len(history.timeline.hours) - YEAR_HOURS, 0), None))
    slots = [_slot(timeline) for timeline in (past, ahead)]
    usual = [at_hours(history.counted, timeline) for timeline in (past, ahead)]
    by_slot = np.stack([mean_known(above[:, slots[0] == slot]) for slot in range(WEEK_HOURS)], axis=1)
    by_slot = np.where(np.isfinite(by_slot), by_slot, base[:, None])
    few = _unknown_share(known, usual[0]) <= missing
    few &= _unknown_share(np.isfinite(came), usual[1]) <= missing
    kinds = np.array(_kinds(calendar_of(area, ahead).loc[ahead.dates]), dtype=object)
    by_zone = {"naive": weekly_naive_error(year), "high": high, "base_rate": base, "scored": few}
    by_hour = {"day_ahead": np.arange(count) // 24 + 1, "kind": kinds[ahead.day]}
    return pd.DataFrame(
        {
            "cutoff": pd.Timestamp(result.cutoff),
            "zone_id": np.repeat(np.array(result.zone_ids, dtype=object), count),
            "hour": result.hours[np.tile(np.arange(count), zones)],
            **{name: np.tile(values, zones) for name, values in by_hour.items()},
            "count": came.ravel(),
            **{name: np.repeat(values, count) for name, values in by_zone.items()},
            "hour_rate": by_slot[:, slots[1]].ravel(),
            "model": result.median.ravel(),
            **_distribution("model", result.quantiles, result.paths, came, high),
        }
    )


def _distribution(name: str, quantiles: Floats, samples: Floats, came: Floats, high: Floats) -> dict[str, Floats]:
    columns = {f"{name}_{column}": quantiles[:, :, q].ravel() for q, column in enumerate(QUANTILE_COLUMNS)}
    columns[f"{name}_crps"] = crps(samples.astype(float), came).ravel()
    columns[f"{name}_p_high"] = (samples > high[None, :, None]).mean(axis=0).ravel()
    return columns


def baseline_columns(
    history: History, result: Forecast, rows: pd.DataFrame, *, learned: Collection[Learned], work: Workers
) -> dict[str, Floats]:
    """Return what the baselines forecast for the same ``rows``: the simple ones, and those of ``learned``."""
    ahead = Timeline.of(result.hours, history.area.tz)
    past = baselines.WeeksBack.ahead(history, ahead)
    found = {
        "last_week": baselines.last_week(past).ravel(),
        "median_8_weeks": baselines.median_of_weeks(past).ravel(),
    }
    if "lightgbm" in learned:
        found["lightgbm"] = baselines.lightgbm_forecast(history, past, work).ravel()
    if "prophet" in learned:
        samples = baselines.prophet_samples(history, ahead, work)
        shape = samples.shape[1:]
        quantiles = np.moveaxis(np.quantile(samples, QUANTILES, axis=0), 0, -1)
        found["prophet"] = quantiles[:, :, QUANTILES.index(0.5)].ravel()
        came, high = (rows[name].to_numpy(float).reshape(shape) for name in ("count", "high"))
        found |= _distribution("prophet", quantiles, samples, came, high[:, 0])
    return found


def _unknown_share(known: Flags, usual: Flags) -> Floats:
    """Return the share of the usual hours that is not known, by zone; 1 where no hour is usual."""
    return np.asarray(1 - (known & usual).sum(axis=1) / np.maximum(usual.sum(axis=1), 1))


def _slot(timeline: Timeline) -> Ints:
    return np.asarray(timeline.dates.day_of_week.to_numpy()[timeline.day] * 24 + timeline.hour_of_day)


def _kinds(calendar: pd.DataFrame) -> list[DayKind]:
    def kind(public: str, weekday: int, school: str) -> DayKind:
        if public:
            return "public holiday"
        if weekday >= 5:
            return "weekend"
        return "school holiday" if school else "workday"

    columns = (calendar[name] for name in ("public_holiday", "weekday", "school_holiday"))
    return [kind(*day) for day in zip(*columns, strict=True)]
