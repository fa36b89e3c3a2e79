"""Days of a backtest: a run came just when the height reaches the threshold, and a file says the same."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.evaluation.past_days import (
    CHANCE_COLUMNS,
    CHANCES,
    LONGEST_RUN,
    chance_of,
    heights,
    past_days,
    read_days,
    save_days,
)
from forecasting.meaning.runs import run_on

counts = st.one_of(st.floats(0, 100), st.just(np.nan))


@given(arrays(float, (3, 24), elements=counts), st.integers(1, LONGEST_RUN), st.floats(0.5, 100))
def test_a_run_came_just_when_the_height_reaches_the_threshold(values: Any, in_a_row: int, threshold: float) -> None:
    longest = [
        max(len(part) for part in "".join("x" if v >= threshold else " " for v in row).split(" ")) for row in values
    ]
    assert (np.nan_to_num(heights(values, in_a_row), nan=-1) >= threshold).tolist() == [n >= in_a_row for n in longest]


def test_a_day_shorter_than_the_run_has_no_height() -> None:
    assert np.isnan(heights(np.ones((2, 3)), 4)).all()


def test_chances_are_those_of_the_paths_rounded_down(
    make: Any, coast: Any, zone_thresholds: Any, tmp_path: Path
) -> None:
    forecast, thresholds = make(coast, scale=1.3), zone_thresholds(coast)
    came = np.asarray(forecast.paths[7])
    days = past_days(forecast, came)
    save_days(days, tmp_path / "days.parquet")
    for in_a_row in (1, 3, 6):
        kept = read_days(tmp_path / "days.parquet", in_a_row, ("pier", "kade"))
        assert set(kept["zone_id"]) == {"pier", "kade"}
        assert (kept["hours_in_a_row"] == in_a_row).all()
        limits = np.array([thresholds.zones[zone].orange for zone in kept["zone_id"]])
        found = chance_of(kept, limits)
        near = []
        for row, (zone, day) in enumerate(zip(kept["zone_id"], kept["day"], strict=True)):
            run = run_on(forecast, zone, day, float(limits[row]), in_a_row)
            assert run is not None
            near.append(abs(found[row] - max(c for c in (0, *CHANCES) if c <= run[0] + 1e-9)))
        assert max(near) <= 0.05 + 1e-9, "a height is kept to a hundredth part"
        assert np.mean(np.array(near) < 1e-9) > 0.9


def test_a_file_gives_back_every_height_to_a_hundredth_part(make: Any, coast: Any, tmp_path: Path) -> None:
    forecast = make(coast, scale=1.3)
    days = past_days(forecast, np.asarray(forecast.paths[3]))
    save_days(days, tmp_path / "days.parquet")
    for in_a_row in (1, LONGEST_RUN):
        kept = read_days(tmp_path / "days.parquet", in_a_row, coast.zone_ids)
        there = days[days["hours_in_a_row"] == in_a_row]
        both = there.merge(kept, on=["cutoff", "zone_id", "day"], suffixes=("", "_kept"))
        assert len(both) == len(there) == len(kept)
        for column in ("came", *CHANCE_COLUMNS):
            assert both[f"{column}_kept"].to_numpy() == pytest.approx(both[column].to_numpy(float), rel=0.02, abs=0.01)


def test_what_was_not_counted_is_left_out(make: Any, coast: Any) -> None:
    forecast = make(coast)
    came = np.asarray(forecast.paths[0]).copy()
    came[:, forecast.local_dates == forecast.local_dates[0]] = np.nan
    days = past_days(forecast, came)
    assert forecast.local_dates[0] not in set(days["day"])
    assert set(days["day"]) == set(forecast.local_dates[forecast.local_dates != forecast.local_dates[0]])
    assert past_days(forecast, np.full(came.shape, np.nan)).empty


def test_unknown_hours_end_a_run() -> None:
    assert heights(np.array([5.0, np.nan, 7.0, 6.0]), 2) == pytest.approx(6)
