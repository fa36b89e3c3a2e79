"""The effect of a measure: right on the whole, with intervals that hold and the power that was told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from response.effects import estimating
from response.effects.estimating import Unit, day_sd, days_needed, estimate, power, smallest_effect


@pytest.fixture(autouse=True)
def _fewer_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("response.effects.chance.DRAWN", 199)


def days(seed: int, *, effect: float, fades: float = 0.0, n: int = 60, on: int = 12, sd: float = 1.0) -> list[Unit]:
    """Made-up days: forecasts that err with their level, measures on days that are forecast busy, slow rests."""
    draw = np.random.default_rng(seed)
    level, spread = draw.normal(0, 0.3, n), draw.uniform(0.8, 1.25, n) * sd
    rest = draw.normal(size=n)
    for day in range(1, n):
        rest[day] = fades * rest[day - 1] + np.sqrt(1 - fades**2) * rest[day]
    treated = np.zeros(n, dtype=bool)
    treated[np.argsort(-(level + draw.normal(0, 0.15, n)))[:on]] = True
    difference = 0.5 * sd - sd * level + rest * spread + effect * treated
    return [Unit(i, float(difference[i]), float(spread[i]), float(level[i]), bool(treated[i])) for i in range(n)]


@pytest.mark.parametrize("fades", [0.0, 0.8])
def test_eighty_seeds_of_a_step_of_ten(fades: float) -> None:
    found = [estimate(days(seed, effect=10, fades=fades)) for seed in range(80)]
    assert np.mean([one.effect for one in found]) == pytest.approx(10, abs=0.2)
    assert 0.90 <= np.mean([one.low <= 10 <= one.high for one in found]) <= 0.98
    assert all(one.found and one.steady for one in found)


def test_the_same_days_give_the_same_estimate_in_any_order() -> None:
    made = days(1, effect=-2)
    assert estimate(made[::-1]) == estimate(made)
    assert estimate(made).treated == 12


@settings(max_examples=15)
@given(st.integers(0, 500), st.floats(0.01, 100), st.floats(-5, 5))
def test_another_unit_of_measurement_changes_nothing(seed: int, scale: float, shift: float) -> None:
    made = days(seed, effect=1)
    other = [replace(one, difference=one.difference * scale + shift, spread=one.spread * scale) for one in made]
    one, two = estimate(made), estimate(other)
    assert two.effect == pytest.approx(one.effect * scale, rel=1e-6, abs=1e-6 * scale)
    assert (two.se, two.p, two.fades) == (pytest.approx(one.se * scale, rel=1e-6), pytest.approx(one.p), one.fades)


def test_days_of_equal_spread_are_a_plain_comparison_of_means() -> None:
    """Of few days that do not follow each other, the oracle is Student's t with one common spread."""
    from scipy import stats

    values = np.random.default_rng(2).normal(size=10)
    made = [Unit(3 * i, float(values[i]), 1.0, 0.0, i < 4) for i in range(10)]
    found, theirs = estimate(made), stats.ttest_ind(values[:4], values[4:])
    assert found.effect == pytest.approx(values[:4].mean() - values[4:].mean())
    assert found.effect / found.se == pytest.approx(theirs.statistic)
    interval = theirs.confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(interval.low), pytest.approx(interval.high))


def test_one_day_that_carries_all_of_it_is_told() -> None:
    made = [Unit(3 * i, 0.1 * (-1) ** i, 1.0, 0.0, i < 5) for i in range(20)]
    made[0] = replace(made[0], difference=9.0)
    found = estimate(made)
    assert min(found.without) < 0.2 < found.effect
    assert not found.found


def test_five_on_and_five_off_cannot_be_surer_than_their_lots() -> None:
    made = [Unit(3 * i, -5.0 * (i % 2) + 0.01 * i, 1.0, 0.0, bool(i % 2)) for i in range(10)]
    assert estimate(made).p == 2 / 252


def test_too_few_days_are_refused() -> None:
    with pytest.raises(ValueError, match="at least two"):
        estimate([])
    with pytest.raises(ValueError, match="at least two"):
        estimate([Unit(i, 0.0, 1.0, 0.0, i == 0) for i in range(9)])
    with pytest.raises(ValueError, match="three without"):
        estimate([Unit(i, 0.0, 1.0, 0.0, i > 1) for i in range(9)])


def test_power_and_the_smallest_effect_say_the_same() -> None:
    for df in (5, 20, 100):
        assert power(smallest_effect(0.7, df), 0.7, df) == pytest.approx(estimating.POWER, abs=0.02)
        assert power(0.0, 0.7, df) == pytest.approx(0.05)


def test_the_days_that_are_needed_are_enough_and_one_less_is_not() -> None:
    for effect in (0.08, 0.1, -0.3):
        n = days_needed(effect, 0.15, others=60)
        assert n is not None

        def smallest(days_on: int) -> float:
            return smallest_effect(0.15 * np.sqrt(1 / days_on + 1 / 60), days_on + 58)

        assert smallest(n) <= abs(effect)
        assert n == 2 or smallest(n - 1) > abs(effect)
    assert days_needed(0.001, 1.0) is None


def test_the_spread_of_one_day_is_found_back_and_what_the_line_costs_with_it() -> None:
    """Days with the measure are the busiest, so part of what they tell goes into the line in the level."""
    found = [day_sd(estimate(days(seed, effect=0, sd=2.0))) for seed in range(20)]
    assert 2.0 < np.mean(found) < 3.0
