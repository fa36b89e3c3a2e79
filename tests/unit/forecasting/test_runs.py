"""Runs of hours against a plain loop: over any paths, days of any length, and hours that are not counted."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.runs import reached


def oracle(paths: Any, threshold: float, dates: Any, in_a_row: int) -> dict[date, tuple[float, int, int]]:
    """The chance of a run, and the middle of where the first begins and the last ends, hour by hour, path by path."""
    found = {}
    for day in dict.fromkeys(dates):
        hours = [hour for hour, one in enumerate(dates) if one == day]
        begun, ended = [], []
        for path in paths:
            runs, length = [], 0
            for hour in hours:
                length = length + 1 if path[hour] >= threshold else 0
                if length >= in_a_row:
                    runs.append((hour - in_a_row + 1, hour))
            if runs:
                begun.append(runs[0][0])
                ended.append(runs[-1][1])
        middle = (len(begun) - 1) // 2
        known = any(not np.isnan(paths[0][hour]) for hour in hours)
        chance = len(begun) / len(paths) if known else float("nan")
        found[day] = (chance, *((sorted(begun)[middle], sorted(ended)[middle]) if begun else (-1, -1)))
    return found


@settings(max_examples=150)
@given(
    seed=st.integers(0, 9999),
    zones=st.integers(1, 4),
    samples=st.integers(1, 9),
    start=st.sampled_from(["2026-03-28 17:00", "2026-10-24 03:00", "2026-08-03 06:00", "2026-08-03 22:00"]),
    in_a_row=st.integers(1, 24),
    busy=st.floats(0.1, 0.95),
    closed=st.sampled_from([(), (0, 1, 2, 3, 4, 5), (14,), tuple(range(24))]),
)
def test_runs_are_those_of_a_plain_loop(
    seed: int, zones: int, samples: int, start: str, in_a_row: int, busy: float, closed: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(seed)
    local = pd.date_range(start, periods=100, freq="h", tz="UTC").tz_convert("Europe/Amsterdam")
    paths = rng.random((samples, zones, len(local))).astype(np.float32)
    paths[:, 0, np.isin(local.hour, closed)] = np.nan
    dates = np.asarray(local.date)
    found = reached(paths, np.full(zones, 1 - busy), dates).runs(in_a_row)
    assert found.days == tuple(dict.fromkeys(dates))
    for zone in range(zones):
        for day, (chance, first, last) in enumerate(oracle(paths[:, zone], 1 - busy, dates, in_a_row).values()):
            np.testing.assert_allclose(found.chance[zone, day], chance)
            assert (found.first[zone, day], found.last[zone, day]) == (first, last)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-08-03", 24)])
def test_a_whole_day_is_as_long_as_its_clock_makes_it(day: str, hours: int) -> None:
    start = pd.Timestamp(day, tz="Europe/Amsterdam")
    local = pd.date_range(start, start + pd.Timedelta(days=2), freq="h", inclusive="left")
    dates = np.asarray(local.date)
    above = reached(np.ones((3, 1, len(local))), np.array([1.0]), dates)
    assert above.runs(hours).chance[0, 0] == 1
    assert above.runs(hours + 1).chance[0, 0] == 0
    assert above.runs(1).last[0, 0] == hours - 1


def test_an_hour_that_is_not_counted_breaks_a_run() -> None:
    paths = np.ones((2, 1, 24))
    paths[:, :, 12] = np.nan
    above = reached(paths, np.array([1.0]), np.array([date(2026, 8, 3)] * 24))
    assert above.runs(12).chance[0, 0] == 1
    assert above.runs(13).chance[0, 0] == 0


def test_only_the_places_that_are_asked_for_are_looked_at() -> None:
    above = reached(np.ones((2, 3, 24)), np.ones(3), np.array([date(2026, 8, 3)] * 24))
    found = above.runs(2, [1])
    assert np.isnan(found.chance[[0, 2]]).all()
    assert (found.chance[1, 0], found.first[1, 0], found.last[1, 0]) == (1, 0, 23)
    assert (found.first[[0, 2]] == -1).all()
