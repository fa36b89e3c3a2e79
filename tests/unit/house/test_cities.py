"""What is reported of a city: errors against the alternatives over weeks, by kind of day, each combination once."""

from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
import pytest

from benchmarks import cities
from data.area.area import Area, load_area
from forecasting.evaluation import backtest


def hours(weeks: int, own: float, seed: int = 0) -> pd.DataFrame:
    """Made-up hours of a backtest in which the model's errors are ``own`` times those of LightGBM."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "cutoff": pd.date_range("2025-01-06", periods=weeks, freq="7D", tz="UTC").repeat(48),
            "zone_id": np.tile(np.repeat(["a", "b"], 24), weeks),
            "hour": pd.Timestamp("2025-01-06", tz="UTC"),
            "day_ahead": 1,
            "kind": np.tile(np.repeat(["workday", "public holiday"], 24), weeks),
            "count": rng.integers(50, 500, 48 * weeks).astype(float),
            "scored": True,
            "naive": 10.0,
        }
    )
    error = rng.normal(0, 20, len(frame))
    for name, size in (("lightgbm", 1.0), ("median_8_weeks", 1.2), ("last_week", 1.5), ("model", own)):
        frame[name] = frame["count"] - size * error
    wide = np.where(np.arange(len(frame)) % 10 < 8, 1e3, 1e-6)
    for column, side in (("q025", -1), ("q10", -1), ("q25", -1), ("q75", 1), ("q90", 1), ("q975", 1)):
        frame[f"model_{column}"] = frame["model"] + side * wide
    return frame.assign(model_crps=1.0, model_p_high=0.1, high=400.0, base_rate=0.1, hour_rate=0.1)


@pytest.mark.parametrize("own", [0.8, 1.1])
def test_errors_are_set_against_those_of_the_alternatives(own: float) -> None:
    found = cities.figures(hours(6, own))
    assert found["weeks"] == 6
    assert found["mae"]["model"] / found["mae"]["lightgbm"] == pytest.approx(own, rel=1e-3)
    assert found["mae"]["median_8_weeks"] / found["mae"]["lightgbm"] == pytest.approx(1.2, rel=1e-3)
    assert found["interval"] == pytest.approx([own, own], rel=1e-3)
    assert found["coverage_80"] == pytest.approx(0.8, abs=0.02)
    assert set(found["by_kind"]) == {"workday", "public holiday"}


def test_the_interval_is_wide_where_weeks_differ() -> None:
    one, other = np.array([1.0, 3, 1, 3, 1, 3]), np.full(6, 2.0)
    low, high = cities._interval(one, other)
    assert low < 0.85
    assert high > 1.15


def test_each_plan_is_tested_and_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The backtest itself is tested elsewhere; what it returns is what is taken of it here."""
    tested = []

    def run(area: Area, plan: backtest.Plan, *, jobs: int) -> tuple[None, pd.DataFrame, pd.DataFrame]:
        tested.append((area.id, plan.history, jobs))
        return None, hours(2, 0.8), pd.DataFrame()

    assert get_type_hints(run)["return"].__args__[1:] == get_type_hints(backtest.run)["return"].__args__[1:]
    monkeypatch.setattr(backtest, "run", run)
    plans = (backtest.Plan((), history=days) for days in (110, 365))
    found = list(cities.measure(load_area("auckland"), plans))
    assert [(one["area"], one["history"]) for one in found] == [("auckland", 110), ("auckland", 365)]
    assert tested == [("auckland", 110, 1), ("auckland", 365, 1)]
    assert found[0]["mae"]["model"] < found[0]["mae"]["lightgbm"]


def test_each_combination_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cities.json"
    common: dict[str, Any] = {"name": "Town", "version": "9", "made": "2026-01-01", "weather": "none"}
    for area, days, own in (("town", 110, 0.9), ("town", 365, 0.8), ("town", 110, 0.7), ("other", 110, 1.0)):
        cities.keep({**common, "area": area, "history": days, **cities.figures(hours(3, own))}, path)
    monkeypatch.setattr(cities, "KEPT", path)
    rows = cities.run().rows
    assert [row.what for row in rows] == [
        f"Town, 3 weeks, {days} days of counts, weather none" for days in (110, 110, 365)
    ]
    assert [row.ours[:5] for row in rows] == ["1.000", "0.700", "0.800"]
