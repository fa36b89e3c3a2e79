"""The planner's table, against plain counting."""

from typing import Any

from data.area.area import Area
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
