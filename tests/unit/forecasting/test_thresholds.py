"""Thresholds that an area begins with, and the level of a count: figures worked out by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from data.area.area import Area
from data.area.zone import ZoneKind
from forecasting.training.zone_fit import _percentiles
from forecasting.values.thresholds import Basis, Thresholds, ZoneThresholds, default_thresholds, levels


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("beach", (30, 80, 150)),
        ("promenade", (430, 720, 1080)),
        ("street", (430, 720, 1080)),
        ("quay", (430, 720, 1080)),
        ("square", (500, 1000, 2000)),
    ],
)
def test_a_place_of_1000_m2(coast: Area, kind: ZoneKind, counts: tuple[float, float, float]) -> None:
    zone = coast.zones[0].model_copy(update={"kind": kind, "usable_m2": 1000})
    found = default_thresholds(coast.model_copy(update={"zones": (zone,)}), {zone.zone_id: (1, 2, 3)})
    assert found.array((zone.zone_id,))[0] == pytest.approx(counts)
    assert found.zones[zone.zone_id].basis == "density"


@pytest.mark.parametrize(
    ("width", "percentiles", "counts", "basis"),
    [
        (3.0, (1, 2, 3), (3960, 5880, 7920), "flow"),
        (None, (40, 90, 97.5), (40, 90, 97.5), "percentile"),
        (None, (0, 0, 0), (1, 2, 3), "percentile"),
        (None, (10, 10.5, 11), (10, 11, 12), "percentile"),
        (None, None, (1, 2, 3), "none"),
    ],
)
def test_a_counter_by_its_width_or_else_by_its_own_counts(
    sensors: Area,
    width: float | None,
    percentiles: tuple[float, float, float] | None,
    counts: tuple[float, float, float],
    basis: Basis,
) -> None:
    zone = sensors.zones[0].model_copy(update={"width_m": width})
    known = {} if percentiles is None else {zone.zone_id: percentiles}
    found = default_thresholds(sensors.model_copy(update={"zones": (zone,)}), known)
    assert found.array((zone.zone_id,))[0] == pytest.approx(counts)
    assert found.zones[zone.zone_id].basis == basis


def test_a_counter_on_a_promenade_is_one_of_passages_and_people_without_a_surface_have_no_density(
    coast: Area, sensors: Area
) -> None:
    pier, own = coast.zone("pier").model_copy(update={"width_m": 3.0}), {"pier": (40.0, 90.0, 97.5)}
    counted = default_thresholds(sensors.model_copy(update={"zones": (pier,)}), own)
    assert counted.zones["pier"].basis == "flow"
    bare = pier.model_copy(update={"usable_m2": None})
    assert default_thresholds(coast.model_copy(update={"zones": (bare,)}), own).zones["pier"].basis == "percentile"


def test_a_level_begins_at_its_threshold() -> None:
    counts = [0, 9.9, 10, 19.9, 20, 29.9, 30, 1000]
    found = Thresholds({"pier": ZoneThresholds(10, 20, 30, "chosen")})
    said = ["green", "green", "yellow", "yellow", "orange", "orange", "red", "red"]
    assert [found.level("pier", count) for count in counts] == said
    assert levels(np.array([[*counts, np.nan]]), found.array(("pier",))).tolist() == [[0, 0, 1, 1, 2, 2, 3, 3, -1]]


@pytest.mark.parametrize("counts", [(0, 1, 2), (-1, 1, 2), (1, 1, 2), (1, 2, 2), (3, 2, 4)])
def test_thresholds_that_do_not_rise_are_refused(counts: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="rise"):
        ZoneThresholds(*counts, "chosen")


def test_without_surface_or_width_the_busiest_quarter_tenth_and_fortieth_of_daytime_hours_count() -> None:
    """100 days, of which the hours from 8 to 22 have 1 to 1400 people, and those at night a million."""
    hour = np.tile(np.arange(24), 100)
    day = (hour >= 8) & (hour < 22)
    counts = np.full(2400, 1e6)
    counts[day] = np.arange(1, 1401)
    series: Any = SimpleNamespace(
        timeline=SimpleNamespace(hour_of_day=hour), counts=counts, counted=np.full(2400, True)
    )
    assert _percentiles(series) == (1050.2, 1260.1, 1365.0)
