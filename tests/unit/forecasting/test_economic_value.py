"""Relative economic value: published figures, plain accounts, and what resampling may and may not do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.evaluation.economic_value import (
    Outcomes,
    expenses,
    outcomes_of,
    ratio_of,
    relative_value,
    resampled,
    value_of,
    worth,
)

shares = st.floats(0.01, 0.99)
many = st.integers(1, 60)


def test_a_worked_account() -> None:
    days = Outcomes(hits=29, misses=4, false_alarms=6, correct=38)
    found = expenses(days, 20_000, 160_000)
    assert (found.always, found.never, found.perfect, found.forecast) == (1_540_000, 5_280_000, 660_000, 1_340_000)
    assert found.value == pytest.approx(0.22727, abs=5e-6)
    assert value_of(days, 20_000 / 160_000) == pytest.approx(0.22727, abs=5e-6)


@pytest.mark.parametrize(("ratio", "value"), [(0.1, 0.0286), (0.3, 0.6), (0.5, 0.3333), (0.7, -0.2889), (0.9, -3.4)])
def test_the_value_of_rates(ratio: float, value: float) -> None:
    assert relative_value(0.8, 0.2, 0.3, ratio) == pytest.approx(value, abs=5e-5)


@given(shares, shares, shares)
def test_at_the_base_rate_it_is_the_difference_of_the_rates(hit: float, alarm: float, base: float) -> None:
    assert relative_value(hit, alarm, base, base) == pytest.approx(hit - alarm, abs=1e-9)


@pytest.mark.parametrize("edge", [0.0, 1.0, -0.1, 1.1, math.nan])
def test_at_the_ends_it_is_not_defined(edge: float) -> None:
    assert math.isnan(relative_value(0.8, 0.2, edge, 0.4))
    assert math.isnan(relative_value(0.8, 0.2, 0.4, edge))


@given(many, many, many, many, st.floats(0.02, 0.98))
def test_the_formula_is_the_account(hits: int, misses: int, alarms: int, correct: int, ratio: float) -> None:
    days = Outcomes(hits, misses, alarms, correct)
    assert value_of(days, ratio) == pytest.approx(expenses(days, ratio, 1).value, rel=1e-6, abs=1e-9)
    assert value_of(Outcomes(hits + misses, 0, 0, alarms + correct), ratio) == pytest.approx(1)
    always, never = Outcomes(hits, 0, alarms, 0), Outcomes(0, hits, 0, alarms)
    assert max(value_of(always, ratio), value_of(never, ratio)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("days", [Outcomes(0, 0, 3, 4), Outcomes(3, 4, 0, 0), Outcomes(0, 0, 0, 0)])
def test_without_a_day_on_which_it_came_or_did_not_there_is_none(days: Outcomes) -> None:
    assert math.isnan(value_of(days, 0.3))


def test_what_one_accepts_for_nothing_is_a_ratio() -> None:
    assert [ratio_of(n) for n in (0, 1, 3, 9)] == [1, 0.5, 0.25, 0.1]


def test_days_are_counted_by_what_was_warned_and_what_came() -> None:
    warned, came = np.array([1, 1, 0, 0, 0], bool), np.array([1, 0, 1, 0, 0], bool)
    assert outcomes_of(warned, came) == Outcomes(1, 1, 1, 2)


def test_whole_weeks_are_drawn() -> None:
    """A week is all hits or all misses: with days drawn one by one no value would be near that of one week only."""
    weeks = np.repeat([0, 1], 4)
    came = np.tile([True, False, True, False], 2)
    warned = came & (weeks == 0)
    found = set(np.round(resampled(warned, came, weeks, 0.5), 6))
    assert found == {0.0, 0.5, 1.0}
    one = worth(warned.astype(float), came, weeks, 0.5, 0.5)
    assert (one.value, one.low, one.high) == (0.5, 0.0, 1.0)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30), st.floats(0.02, 0.98))
def test_a_resampling_of_one_week_is_its_account(days: list[tuple[bool, bool]], ratio: float) -> None:
    warned, came = (np.array(side) for side in zip(*days, strict=True))
    values = resampled(warned, came, np.zeros(len(days), int), ratio, resamples=3)
    assert values == pytest.approx([value_of(outcomes_of(warned, came), ratio)] * 3, abs=1e-9, nan_ok=True)


def test_one_acts_from_the_chance_itself_on() -> None:
    came, weeks = np.array([True, False, True]), np.array([0, 1, 2])
    found = worth(np.array([0.3, 0.29, 0.5]), came, weeks, 0.25, 0.1 + 0.2)
    assert found.outcomes == Outcomes(2, 0, 0, 1)
    nothing = worth(np.array([0.3, 0.2, 0.5]), np.zeros(3, bool), weeks, 0.25, 0.3)
    assert math.isnan(nothing.value)
    assert math.isnan(nothing.low)
