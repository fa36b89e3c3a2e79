"""The planner's table and the past of a trigger, against plain counting."""

from typing import Any

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.evaluation.backtest_result import newest_backtest
from forecasting.values.forecast import QUANTILE_COLUMNS
from response.cards.card import Trigger
from response.week.past import ORIGINS_NEEDED, past_forecasts, past_use, weekly_origins
from response.week.planner import planner_hours


def test_hours_of_a_daypart_are_counted_in_each_path(make: Any, zone_thresholds: Any, coast: Area) -> None:
    forecast, thresholds = make(coast, scale=1.3), zone_thresholds(coast)
    table = planner_hours(forecast, thresholds, "pier")
    local = forecast.local_hours
    row = forecast.zone_ids.index("pier")
    for one in table.to_dict("records"):
        inside = [
            hour
            for hour in range(len(local))
            if local[hour].date() == one["date"]
            and ("night", "morning", "afternoon", "evening")[local[hour].hour // 6] == one["daypart"]
        ]
        for level, threshold in (("orange", thresholds.zones["pier"].orange), ("red", thresholds.zones["pier"].red)):
            many = sorted(sum(path[row, hour] >= threshold for hour in inside) for path in forecast.paths)
            assert one[f"{level}_expected"] == many[99]
            assert (one[f"{level}_low"], one[f"{level}_high"]) == (many[19], many[179])
        assert one["people_low"] <= one["people_expected"] <= one["people_high"]
    assert table["date"].nunique() == 7


def test_a_place_that_is_unknown_has_no_hours(make: Any, zone_thresholds: Any, coast: Area) -> None:
    table = planner_hours(make(coast, unknown=("pier",)), zone_thresholds(coast), "pier")
    assert table[["orange_low", "red_high", "people_expected"]].isna().all(axis=None)


def past(coast: Area, counts: dict[str, float], expected: dict[str, float]) -> pd.DataFrame:
    """Forecasts of two weeks and what came: so many people from 12 to 16 o'clock on some days, else nobody."""
    rows = []
    for cutoff in ("2026-06-01", "2026-06-08"):
        hours = pd.date_range(cutoff, periods=168, freq="h", tz="Europe/Amsterdam")
        for hour in hours:
            day, noon = hour.date().isoformat(), 12 <= hour.hour < 16
            middle = expected.get(day, 0) * noon
            quantiles = {f"model_{name}": middle * (1 + 0.02 * (at - 4)) for at, name in enumerate(QUANTILE_COLUMNS)}
            came = counts.get(day, 0) * noon
            rows.append(
                {"cutoff": hours[0].tz_convert("UTC"), "zone_id": "pier", "hour": hour.tz_convert("UTC"), "count": came}
                | quantiles
            )
    return pd.DataFrame(rows)


def test_a_trigger_on_past_forecasts_is_right_for_nothing_or_missed(zone_thresholds: Any, coast: Area) -> None:
    thresholds = zone_thresholds(coast)
    busy = thresholds.zones["pier"].orange * 1.2
    hours = past(
        coast,
        {"2026-06-02": busy, "2026-06-03": busy, "2026-06-10": busy},
        {"2026-06-02": busy, "2026-06-06": busy, "2026-06-10": busy},
    )
    trigger = Trigger.model_validate({"places": {"zones": ["pier"]}, "level": "orange", "hours": 4, "chance": 0.5})
    found = past_use(trigger, hours, coast, thresholds)
    assert (found.days, found.called, found.right, found.missed, found.for_nothing) == (14, 3, 2, 1, 1)
    longer = past_use(trigger.model_copy(update={"hours": 5}), hours, coast, thresholds)
    assert (longer.called, longer.missed) == (0, 0)
    redder = past_use(trigger.model_copy(update={"level": "red"}), hours, coast, thresholds)
    assert redder.called == 0
    hours.loc[hours["hour"] < pd.Timestamp("2026-06-03", tz="Europe/Amsterdam"), "count"] = np.nan
    assert past_use(trigger, hours, coast, thresholds).days == 12


def test_what_ships_is_too_little_to_tell_of(home: object) -> None:
    backtest = newest_backtest("scheveningen")
    assert backtest is not None
    assert 0 < weekly_origins(backtest) < ORIGINS_NEEDED
    assert past_forecasts("scheveningen", backtest) is None
    assert weekly_origins(None) == 0
