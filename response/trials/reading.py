"""Reading what a trial is judged from, and whether a day is too red to take part."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from data.area.area import Area
from data.consent.practised import practised_counts
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from response.effects.days import daypart_sums
from response.effects.kept_days import forecasts_before, frozen_days
from response.trials.plan import RED_LIMIT, Plan
from response.trials.running import Result, Trial, result


def result_of(trial: Trial, area: Area, thresholds: Thresholds) -> Result:
    """Return what came of a trial until yesterday. Raises ``UserError`` when counts may not be read."""
    plan, today = trial.plan, area.now().astimezone(area.tz).date()
    past = [day for day in plan.days if day < today]
    if not past:
        return result(trial, {}, pd.Series(dtype=float), today)
    start = datetime.combine(past[0], time(), area.tz)
    counts = practised_counts(area, start, datetime.combine(past[-1] + timedelta(days=1), time(), area.tz), {})
    red = too_red(plan, forecasts_before(area, past), thresholds)
    return result(trial, frozen_days(area), daypart_sums(counts, area), today, red=red)


def too_red(plan: Plan, forecasts: Iterable[tuple[date, Forecast]], thresholds: Thresholds) -> tuple[date, ...]:
    """Return the days that may not take part: by their forecast of before, the chance of red is 1 in 10 or more."""
    return tuple(day for day, forecast in forecasts if chance_of_red(plan, forecast, day, thresholds) >= RED_LIMIT)


def chance_of_red(plan: Plan, forecast: Forecast, day: date, thresholds: Thresholds) -> float:
    """Return the chance that it gets red in at least one hour of the trial on a day, at one of its places."""
    zones = [forecast.zone_ids.index(zone) for zone in plan.zones if zone in forecast.zone_ids]
    part = forecast.local_hours.hour.to_numpy() // 6
    hours = np.flatnonzero((forecast.local_dates == day) & np.isin(part, plan.parts))
    if not zones or not len(hours):
        return 0.0
    limits = thresholds.array(forecast.zone_ids)[zones][:, 2][None, :, None]
    paths = forecast.paths[:, zones][:, :, hours]
    return float((paths >= limits).any(axis=(1, 2)).mean())
