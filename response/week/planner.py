"""The planner's table: how many hours of each daypart a place is busy and too busy, from low to high."""

from typing import Final

import numpy as np
import pandas as pd

from forecasting.meaning.week_hours import week_hours
from forecasting.values.arrays import Flags, Floats
from forecasting.values.forecast import DAYPARTS, Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds

SHOWN: Final[tuple[Level, ...]] = ("orange", "red")


def planner_hours(forecast: Forecast, thresholds: Thresholds, zone_id: str) -> pd.DataFrame:
    """Return the hours of each daypart of the coming seven days in which a place is busy, and too busy.

    Columns: ``date, daypart``, and for ``orange`` (or worse) and ``red`` ``…_low, …_expected, …_high``: the median over
    the sample paths and the ends of the range of 8 out of 10 of them; ``expected`` to ``high`` people: ``people_low,
    people_expected, people_high`` in the fullest hour. A daypart of which nothing is known is NaN.
    """
    hours = week_hours(forecast)
    row, local = forecast.zone_ids.index(zone_id), forecast.local_hours[hours]
    paths = forecast.paths[:, row, hours]
    keys = pd.DataFrame({"date": local.date, "daypart": local.hour // 6})
    starts = np.flatnonzero(keys.ne(keys.shift()).any(axis=1).to_numpy())
    known = np.logical_or.reduceat(np.isfinite(paths[0]), starts)
    columns: dict[str, object] = {
        "date": keys["date"].to_numpy()[starts],
        "daypart": np.array(DAYPARTS)[keys["daypart"].to_numpy()[starts]],
    }
    zone_thresholds = thresholds.array((zone_id,))[0]
    for level in SHOWN:
        flags = (paths >= zone_thresholds[LEVELS.index(level) - 1]).astype(np.int64)
        many = np.add.reduceat(flags, starts, axis=1)
        columns |= _range(level, np.quantile(many, (0.1, 0.5, 0.9), axis=0, method="inverted_cdf"), known)
    peaks = np.fmax.reduceat(paths, starts, axis=1)
    columns |= _range("people", np.quantile(peaks, (0.1, 0.5, 0.9), axis=0), known)
    return pd.DataFrame(columns)


def _range(name: str, values: Floats, known: Flags) -> dict[str, object]:
    return {
        f"{name}_{which}": np.where(known, one, np.nan)
        for which, one in zip(("low", "expected", "high"), values, strict=True)
    }
