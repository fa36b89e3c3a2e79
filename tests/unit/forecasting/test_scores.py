"""Scores: examples computed by hand, and identities that hold for any forecast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.evaluation.scores import (
    brier_parts,
    busy_moments,
    crps,
    mean_known,
    pinball,
    skill,
    weekly_naive_error,
)

COUNTS = st.floats(0, 1e4, allow_nan=False)
CHANCES = arrays(float, 40, elements=st.floats(0, 1))
OUTCOMES = arrays(bool, 40)


def test_pinball_by_hand() -> None:
    loss = pinball(np.array([[80.0, 120.0]]), np.array([100.0]), np.array([0.1, 0.9]))
    assert loss == pytest.approx(np.array([[2.0, 2.0]]))


def test_crps_by_hand() -> None:
    # Samples 0 and 10, outcome 4: mean |x - y| = 5, half the mean difference of two samples = 2.5.
    assert crps(np.array([[0.0], [10.0]]), np.array([4.0])) == pytest.approx([2.5])


@given(arrays(float, 9, elements=COUNTS), COUNTS)
def test_crps_is_its_definition_with_expectations(samples: np.ndarray, count: float) -> None:
    far = np.abs(samples - count).mean()
    apart = np.abs(samples[:, None] - samples[None, :]).mean()
    assert crps(samples[:, None], np.array([count]))[0] == pytest.approx(far - apart / 2, abs=1e-6)


@given(COUNTS, COUNTS)
def test_crps_of_one_sample_is_the_absolute_error(sample: float, count: float) -> None:
    assert crps(np.array([[sample]]), np.array([count]))[0] == pytest.approx(abs(sample - count))


@given(arrays(float, (5, 3), elements=COUNTS), arrays(float, 3, elements=COUNTS))
def test_no_loss_is_negative(samples: np.ndarray, counts: np.ndarray) -> None:
    assert (crps(samples, counts) >= -1e-9).all()
    assert (pinball(samples.T, counts, np.linspace(0.1, 0.9, 5)) >= 0).all()


def test_brier_by_hand() -> None:
    parts = brier_parts(np.array([0.9, 0.9, 0.1, 0.1]), np.array([True, False, False, False]))
    assert parts.score == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)
    assert parts.uncertainty == pytest.approx(0.25 * 0.75)
    assert parts.reliability == pytest.approx((0.4**2 + 0.1**2) / 2)
    assert parts.resolution == pytest.approx((0.25**2 + 0.25**2) / 2)
    assert parts.within == pytest.approx(0)
    assert (parts.number[1], parts.number[9]) == (2, 2)
    assert parts.happened[9] == pytest.approx(0.5)
    assert np.isnan(parts.forecast[5])


@given(CHANCES, OUTCOMES)
def test_the_parts_of_the_brier_score_add_up(chances: np.ndarray, happened: np.ndarray) -> None:
    parts = brier_parts(chances, happened)
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert parts.score == pytest.approx(whole, abs=1e-9)
    assert parts.score == pytest.approx(np.mean((chances - happened) ** 2))
    assert sum(parts.number) == len(chances)


@given(OUTCOMES)
def test_the_base_rate_has_no_skill(happened: np.ndarray) -> None:
    base = np.full(len(happened), happened.mean())
    parts = brier_parts(base, happened)
    assert parts.score == pytest.approx(parts.uncertainty, abs=1e-9)
    assert parts.reliability == pytest.approx(0, abs=1e-9)
    assert parts.resolution == pytest.approx(0, abs=1e-9)


def test_nothing_to_judge_is_refused() -> None:
    with pytest.raises(ValueError, match="no chances"):
        brier_parts(np.array([]), np.array([], dtype=bool))


def test_skill() -> None:
    assert skill(0.5, 1.0) == 0.5
    assert skill(2.0, 1.0) == -1
    assert np.isnan(skill(0.0, 0.0))


def test_the_weekly_naive_compares_with_a_week_before() -> None:
    counts = np.concatenate([np.full(168, 10.0), np.full(168, 16.0)])
    assert weekly_naive_error(counts[None]) == pytest.approx([6.0])
    counts[:100] = np.nan
    assert weekly_naive_error(counts[None]) == pytest.approx([6.0])
    assert np.isnan(weekly_naive_error(np.full((1, 336), np.nan)))
    assert mean_known(np.array([[1.0, np.nan, 3.0]])) == pytest.approx([2.0])


def test_busy_moments_are_runs_within_a_day() -> None:
    flags = np.array([0, 1, 1, 0, 1, 1, 1, 0], dtype=bool)
    other = np.array([0, 0, 1, 0, 0, 0, 0, 0], dtype=bool)
    day = np.array([0, 0, 0, 0, 0, 0, 1, 1])
    found = [(moment.first, moment.last, moment.met) for moment in busy_moments(flags, other, day)]
    assert found == [(1, 2, True), (4, 5, False), (6, 6, False)]
    assert busy_moments(np.zeros(8, dtype=bool), other, day) == []
