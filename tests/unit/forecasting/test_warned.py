"""Warnings from each chance on: earlier means more moments caught and more false alarms, never the reverse."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.evaluation.backtest_result import WARN_FROM
from forecasting.evaluation.warning_scores import WarnedWeek, count_warnings

HOURS = 48
DAY = np.repeat([0, 1], 24)


def week(chances: dict[int, float], busy: list[int], *, unknown: tuple[int, ...] = ()) -> WarnedWeek:
    chance, was_busy, known = np.zeros(HOURS), np.zeros(HOURS, dtype=bool), np.ones(HOURS, dtype=bool)
    for hour, value in chances.items():
        chance[hour] = value
    was_busy[busy], known[list(unknown)] = True, False
    return WarnedWeek("pier", known, chance, was_busy, DAY)


def test_both_sides_are_counted_from_each_chance_on() -> None:
    # Saturday: expected at 12 with .6 and at 13 with .9, came at 13. Sunday: expected with .3 only, and did not come.
    (found,) = count_warnings([week({12: 0.6, 13: 0.9, 36: 0.3}, [13])])
    assert found.came == 1
    assert found.seen == (1,) * 9
    assert found.given == (2, 2, 2, 1, 1, 1, 1, 1, 1)
    assert found.right == (1,) * 9


def test_a_moment_that_came_without_any_chance_is_missed() -> None:
    (found,) = count_warnings([week({}, [13])])
    assert (found.came, set(found.seen), set(found.given)) == (1, {0}, {0})


def test_hours_that_were_not_counted_are_left_out() -> None:
    (found,) = count_warnings([week({12: 0.9}, [12], unknown=(12,))])
    assert (found.came, set(found.given)) == (0, {0})


@given(arrays(float, HOURS, elements=st.floats(0, 1)), arrays(bool, HOURS))
def test_later_warnings_catch_no_more(chances: np.ndarray, busy: np.ndarray) -> None:
    known = np.ones(HOURS, dtype=bool)
    weeks = [WarnedWeek("pier", known, chances, busy, DAY), WarnedWeek("kade", known, chances[::-1], busy, DAY)]
    found = count_warnings(weeks)
    assert [one.zone for one in found] == ["pier", "kade"]
    for one in found:
        assert list(one.seen) == sorted(one.seen, reverse=True)
        assert all(0 <= seen <= one.came for seen in one.seen)
        assert all(0 <= right <= given for right, given in zip(one.right, one.given, strict=True))
        assert len(one.given) == len(WARN_FROM)
