"""The figures behind each picture, as tidy frames for whoever wants to download and check them.

Names of columns are the same in every language; hours are area time.
"""

from collections.abc import Sequence

import pandas as pd

from forecasting.meaning.busy import ORANGE, RED, BusyMoment
from forecasting.meaning.hours_above import hours_above
from forecasting.values.forecast import Daypart, Forecast
from forecasting.values.thresholds import LEVELS, Thresholds


def level_figures(forecast: Forecast, thresholds: Thresholds, hour_index: int | None = None) -> pd.DataFrame:
    """Return what is expected and where 8 out of 10 cases lie, by zone and hour, or of one hour of the forecast.

    Columns: ``zone_id, hour, level`` (of the median), ``q10, q50, q90``, and the chances of that hour, ``p_orange``
    and ``p_red``.
    """
    frame = forecast.frame()[["zone_id", "hour", "q10", "q50", "q90"]]
    levels = forecast.levels(thresholds).ravel()
    known = frame["q50"].notna()
    said = [LEVELS[level] if there else "unknown" for level, there in zip(levels, known, strict=True)]
    frame.insert(2, "level", said)
    for name, level in (("p_orange", ORANGE), ("p_red", RED)):
        frame[name] = forecast.exceedance(thresholds)[:, :, level - 1].ravel()
    if hour_index is None:
        return frame
    return frame[frame["hour"] == forecast.local_hours[hour_index]].reset_index(drop=True)


def week_figures(forecast: Forecast, thresholds: Thresholds, zone_id: str) -> pd.DataFrame:
    """Return one zone's quantiles by hour, what is normal at that hour of the week, its level and its chances."""
    frame, here = forecast.frame(), level_figures(forecast, thresholds)
    frame = frame[frame["zone_id"] == zone_id].reset_index(drop=True)
    here = here[here["zone_id"] == zone_id].reset_index(drop=True)
    return frame.assign(
        normal=forecast.normal[forecast.zone_ids.index(zone_id)], **here[["level", "p_orange", "p_red"]]
    )


def part_figures(forecast: Forecast, zone_id: str, hour_index: int) -> pd.DataFrame:
    """Return the factor of each part of the forecast (``cause``) against an ordinary day (1 is no difference)."""
    row = forecast.zone_ids.index(zone_id)
    return pd.DataFrame(
        {
            "zone_id": zone_id,
            "hour": forecast.local_hours[hour_index],
            "cause": list(forecast.parts),
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
    """Return hours of the week at or above each level by zone: ``hours`` (the middle), ``hours_q10`` and ``hours_q90``
    (where 8 out of 10 cases lie), and the ``chance`` of at least one."""
    return pd.DataFrame(
        [
            {
                "zone_id": one.zone_id,
                "level": LEVELS[level],
                "hours": one.middle,
                "hours_q10": one.low,
                "hours_q90": one.high,
                "chance": one.chance,
            }
            for level in range(1, len(LEVELS))
            for one in hours_above(forecast, thresholds, level)
        ]
    )
