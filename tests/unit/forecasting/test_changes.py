"""What changed since an earlier forecast, with figures worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from data.area.area import Area
from forecasting.values.changes import DayChange, changes
from forecasting.values.forecast import Forecast
from tests.unit.visuals.conftest import Make

TUESDAY = date(2026, 8, 4)


def flat(make: Make, area: Area, start: str, count: float, hours: int = 72) -> Forecast:
    made = make(area, start=start, hours=hours)
    return replace(made, quantiles=np.full_like(made.quantiles, count))


def weather(forecast: Forecast, by_day: float, at_night: float) -> np.ndarray:
    hours = forecast.local_hours.hour
    temperature = np.where((hours >= 10) & (hours < 18), by_day, at_night)
    return np.stack([temperature, np.full(len(hours), 99.0)], axis=1)


def test_a_day_is_compared_place_by_place_and_hour_by_hour(make: Make, coast: Area) -> None:
    old, new = (flat(make, coast, start, 100) for start in ("2026-08-02 22:00", "2026-08-03 22:00"))
    factors = np.array([1.5, 1.2, 1.3, 0.5])[:, None, None]
    new = replace(new, quantiles=new.quantiles * factors)
    found = changes(old, new, old_weather=weather(old, 20, 15), new_weather=weather(new, 23, 5))
    assert [one.day for one in found] == [TUESDAY, date(2026, 8, 5)]
    assert [one.factor for one in found] == pytest.approx([1.25, 1.25]), "the middle of four places"
    assert [one.degrees for one in found] == pytest.approx([3, 3]), "from 10:00 to 18:00 only"
    assert np.isnan([one.degrees for one in changes(old, new)]).all()
    assert np.isnan([one.degrees for one in changes(old, new, old_weather=weather(old, 20, 15))]).all()
    assert changes(old, replace(new, zone_ids=("a", "b", "c", "d"))) == []


@pytest.mark.parametrize(("hours", "compared"), [(35, [date(2026, 8, 3)]), (36, [date(2026, 8, 3), TUESDAY])])
def test_half_a_day_is_compared_and_less_is_not(make: Make, coast: Area, hours: int, compared: list[date]) -> None:
    old = flat(make, coast, "2026-08-02 22:00", 100, hours)
    assert [one.day for one in changes(old, flat(make, coast, "2026-08-02 22:00", 100))] == compared


def test_hours_and_places_that_are_not_in_both_do_not_count(make: Make, coast: Area) -> None:
    old, new = (flat(make, coast, "2026-08-02 22:00", count, 24) for count in (100, 200))
    new.quantiles[:, :6] = np.nan
    old.quantiles[:, 6:12] = np.nan
    old.quantiles[1] = 0
    new.quantiles[2] = np.nan
    old.quantiles[2] = np.nan
    (one,) = changes(old, new)
    assert one.factor == pytest.approx(2)
    nobody = replace(old, quantiles=np.zeros_like(old.quantiles))
    (one,) = changes(nobody, new)
    assert (one.factor, one.notable) == (1, False)


@pytest.mark.parametrize(
    ("factor", "degrees", "told"),
    [
        (1.0, 0.0, False),
        (1.14, 0.0, False),
        (1.16, 0.0, True),
        (0.88, 0.0, False),
        (0.86, 0.0, True),
        (1.0, 1.9, False),
        (1.0, 2.0, True),
        (1.0, -2.0, True),
        (1.0, float("nan"), False),
    ],
)
def test_only_what_is_large_enough_is_told(factor: float, degrees: float, told: bool) -> None:
    assert DayChange(TUESDAY, factor, degrees).notable == told
