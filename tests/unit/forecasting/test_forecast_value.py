"""What follows from a forecast: dayparts, chances and its file, with figures worked out by hand."""

from dataclasses import replace

import numpy as np

from data.area.area import Area
from forecasting.values.forecast import QUANTILES, Forecast
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from tests.unit.visuals.conftest import Make


def by_the_clock(make: Make, area: Area) -> Forecast:
    """A day of which 9 paths of 10 bring as many people as the clock has hours, and one path a hundred more."""
    made = make(area, start="2026-08-02 22:00", hours=24)
    paths = np.broadcast_to(made.local_hours.hour.to_numpy().astype(float), made.paths.shape).copy()
    paths[: len(paths) // 10] += 100
    return replace(made, paths=paths)


def test_a_daypart_has_the_hours_and_chances_of_its_six_hours(make: Make, coast: Area) -> None:
    limits = Thresholds({zone: ZoneThresholds(5, 11, 17.5, "chosen") for zone in coast.zone_ids})
    forecast = by_the_clock(make, coast)
    found = forecast.daypart_maximum(limits)
    pier = found[found["zone_id"] == "pier"]
    assert pier["daypart"].tolist() == ["night", "morning", "afternoon", "evening"]
    assert pier["q50"].tolist() == [5, 11, 17, 23]
    assert pier["q10"].tolist() == [5, 11, 17, 23]
    assert pier["p_yellow"].tolist() == [1, 1, 1, 1]
    assert pier["p_orange"].tolist() == [0.1, 1, 1, 1]
    assert pier["p_red"].tolist() == [0.1, 0.1, 0.1, 1]
    assert forecast.exceedance(limits)[1, [4, 5, 11, 18]].tolist() == [
        [0.1, 0.1, 0.1],
        [1, 0.1, 0.1],
        [1, 1, 0.1],
        [1, 1, 1],
    ]


def test_a_daypart_holds_8_out_of_10_paths(make: Make, coast: Area) -> None:
    made = make(coast, hours=24)
    steps = np.linspace(0, 1000, len(made.paths))[:, None, None]
    shown = replace(made, paths=np.broadcast_to(steps, made.paths.shape).copy())
    limits = Thresholds({zone: ZoneThresholds(1, 2, 3, "chosen") for zone in coast.zone_ids})
    row = shown.daypart_maximum(limits).iloc[0]
    assert [round(row[name]) for name in ("q10", "q50", "q90")] == [100, 500, 900]


def test_a_column_of_the_file_has_the_quantile_of_its_name(make: Make, coast: Area) -> None:
    made = make(coast, hours=24)
    shares = np.broadcast_to(1000 * np.array(QUANTILES), made.quantiles.shape)
    head, first, *_ = replace(made, quantiles=shares).csv().splitlines()
    assert head == "zone_id,hour,q05,q10,q25,q50,q75,q90,q95,data"
    assert first.split(",")[2:] == ["50.0", "100.0", "250.0", "500.0", "750.0", "900.0", "950.0", "DEMO DATA"]
    assert "DEMO DATA" not in replace(made, simulated=False).csv()
