"""The figures behind each picture, as tidy frames for whoever wants to download and check them.

Names of columns are the same in every language; hours are area time.
"""

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from forecasting.forecast import Daypart, Forecast
from forecasting.hours_above import hours_above
from forecasting.thresholds import LEVELS, Thresholds
from visuals.busy import BusyMoment, orange_chance


def level_figures(forecast: Forecast, thresholds: Thresholds, hour_index: int | None = None) -> pd.DataFrame:
    """Return quantiles, level of the median and chance of orange by zone and hour, or of one hour of the forecast."""
    frame = forecast.frame()
    levels = forecast.levels(thresholds).ravel()
    known = frame["q50"].notna()
    frame["level"] = [LEVELS[level] if there else "unknown" for level, there in zip(levels, known, strict=True)]
    frame["p_orange"] = orange_chance(forecast, thresholds).ravel()
    if hour_index is None:
        return frame
    return frame[frame["hour"] == forecast.local_hours[hour_index]].reset_index(drop=True)


def week_figures(forecast: Forecast, zone_id: str) -> pd.DataFrame:
    """Return one zone's quantiles by hour, and what is normal at that hour of the week."""
    frame = forecast.frame()
    frame = frame[frame["zone_id"] == zone_id].reset_index(drop=True)
    return frame.assign(normal=forecast.normal[forecast.zone_ids.index(zone_id)])


def part_figures(forecast: Forecast, zone_id: str, hour_index: int) -> pd.DataFrame:
    """Return the factor of each part of the forecast against an ordinary day (1 is no difference)."""
    row = forecast.zone_ids.index(zone_id)
    return pd.DataFrame(
        {
            "zone_id": zone_id,
            "hour": forecast.local_hours[hour_index],
            "part": list(forecast.parts),
            "factor": [float(factors[row, hour_index]) for factors in forecast.parts.values()],
        }
    )


def daypart_figures(forecast: Forecast, thresholds: Thresholds, zone_id: str, daypart: Daypart) -> pd.DataFrame:
    """Return how busy the busiest hour of one daypart gets in a zone, day by day."""
    frame = forecast.daypart_maximum(thresholds)
    return frame[(frame["zone_id"] == zone_id) & (frame["daypart"] == daypart)].reset_index(drop=True)


def moment_figures(moments: Sequence[BusyMoment]) -> pd.DataFrame:
    """Return busy moments, a row each."""
    columns = ["zone_id", "start", "end", "expected", "level", "chance", "chance_red"]
    return pd.DataFrame([asdict(moment) for moment in moments], columns=pd.Index(columns))


def hours_above_figures(forecast: Forecast, thresholds: Thresholds) -> pd.DataFrame:
    """Return hours of the week at or above each level by zone: the middle, 8 out of 10 cases, the chance of any."""
    return pd.DataFrame(
        [
            {"level": LEVELS[level], **asdict(one)}
            for level in range(1, len(LEVELS))
            for one in hours_above(forecast, thresholds, level)
        ]
    )
