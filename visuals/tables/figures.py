"""The figures behind each picture, as tidy frames for whoever wants to download and check them.

Names of columns are the same in every language; hours are area time.
"""

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from forecasting.inputs.hours_above import hours_above
from forecasting.meaning.busy import ORANGE, BusyMoment
from forecasting.values.forecast import Daypart, Forecast
from forecasting.values.thresholds import LEVELS, Thresholds


def level_figures(forecast: Forecast, thresholds: Thresholds, hour_index: int | None = None) -> pd.DataFrame:
    """Return quantiles, level of the median and chance of orange by zone and hour, or of one hour of the forecast."""
    frame = forecast.frame()
    levels = forecast.levels(thresholds).ravel()
    known = frame["q50"].notna()
    frame["level"] = [LEVELS[level] if there else "unknown" for level, there in zip(levels, known, strict=True)]
    frame["p_orange"] = forecast.exceedance(thresholds)[:, :, ORANGE - 1].ravel()
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
    """Return the hours of busy moments at each level: a row for each stretch of hours at ``level`` or worse.

    ``moment`` numbers the moments, ``expected`` is the median of the busiest hour, ``chance`` the probability that at
    least one of the hours at ``level`` reaches it, ``chance_red`` that one of the whole moment reaches red.
    """
    columns = ["moment", "zone_id", "level", "start", "end", "expected", "chance", "chance_red"]
    rows = [
        (number, moment.zone_id, at.level, span.start, span.end, moment.expected, at.chance, moment.chance_red)
        for number, moment in enumerate(moments, start=1)
        for at in moment.levels
        for span in at.spans
    ]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def hours_above_figures(forecast: Forecast, thresholds: Thresholds) -> pd.DataFrame:
    """Return hours of the week at or above each level by zone: the middle, 8 out of 10 cases, the chance of any."""
    return pd.DataFrame(
        [
            {"level": LEVELS[level], **asdict(one)}
            for level in range(1, len(LEVELS))
            for one in hours_above(forecast, thresholds, level)
        ]
    )
