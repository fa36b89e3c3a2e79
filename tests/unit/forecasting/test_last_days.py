"""How far the last days drifted from what was expected: what is believed of it, and how it fades."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.mix.last_days import drift_of_last_days
from forecasting.values.arrays import Floats

DAYS = 20
ORDINARY = np.zeros(DAYS, dtype=bool)


def days(*last: float) -> Floats:
    """Return how far each day of one zone lay above what was expected: nothing, until the ``last`` days."""
    above = np.zeros((1, DAYS))
    above[0, DAYS - len(last) :] = last
    return above


@pytest.mark.parametrize("off", [-0.25, 0.1, 0.3])
def test_half_of_what_lasted_is_expected_tomorrow_and_less_of_each_later_day(off: float) -> None:
    (found,) = drift_of_last_days(days(off, off, off, off), ORDINARY, 7)
    assert found[0] == pytest.approx(0.5 * off)
    assert (np.diff(np.abs(found)) < 0).all()
    assert abs(found[6]) < 0.3 * abs(found[0])


def test_yesterday_says_more_than_the_day_before() -> None:
    (yesterday,), (before,) = (drift_of_last_days(days(*last), ORDINARY, 1) for last in ((0, 0.2), (0.2, 0)))
    assert yesterday > before > 0


@pytest.mark.parametrize("off", [-6.0, -0.7, 3.0])
def test_one_odd_day_moves_little(off: float) -> None:
    """A sensor that failed yesterday, or a festival that nobody told of."""
    (found,) = drift_of_last_days(days(off), ORDINARY, 1)
    assert np.exp(abs(found)) < 1.1


def test_special_and_unknown_days_say_nothing() -> None:
    special = ORDINARY.copy()
    special[-1] = True
    plain = drift_of_last_days(days(0.2, 0.2, 0), ORDINARY, 3)
    assert drift_of_last_days(days(0.2, 0.2, 5), special, 3) == pytest.approx(
        drift_of_last_days(days(0.2, 0.2, np.nan), ORDINARY, 3)
    )
    assert (drift_of_last_days(days(0.2, 0.2, np.nan), ORDINARY, 3) > plain).all()
    assert (drift_of_last_days(np.full((2, DAYS), np.nan), ORDINARY, 3) == 0).all()


@given(
    arrays(float, (3, DAYS), elements=st.one_of(st.floats(-9, 9), st.just(np.nan)), fill=st.just(0.0)),
    arrays(bool, DAYS),
    st.integers(1, 16),
)
def test_it_is_always_known_and_never_more_than_the_most_that_is_believed(
    above: Floats, special: np.ndarray, ahead: int
) -> None:
    found = drift_of_last_days(above, special, ahead)
    assert found.shape == (3, ahead)
    assert np.isfinite(found).all()
    assert (np.abs(found) <= 0.15 + 1e-9).all()
