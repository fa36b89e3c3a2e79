"""A trigger on past forecasts, against plain counting; nothing is told of fewer weeks than all seasons once."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area
from forecasting.evaluation.backtest_result import newest_backtest
from forecasting.evaluation.past_days import CHANCES, save_days
from forecasting.evaluation.past_days import COLUMNS as DAY_COLUMNS
from response.cards.card import Trigger
from response.week.past import ORIGINS_NEEDED, on_days, past_trigger, past_weeks, weekly_origins

FIRST = pd.Timestamp("2025-08-04", tz="Europe/Amsterdam")


def a_year(path: Path, limit: dict[str, float], *, weeks: int = ORIGINS_NEEDED) -> tuple[np.ndarray, np.ndarray]:
    """Keep days of two places for so many weeks; return the chances (days × places) and whether it came."""
    rng, rows, chances, came = np.random.default_rng(3), [], [], []
    for week in range(weeks):
        cutoff = FIRST + pd.DateOffset(weeks=week)
        for ahead in range(7):
            day = (cutoff + pd.DateOffset(days=ahead)).date()
            of_day = rng.integers(0, len(CHANCES) + 1, len(limit))
            there = rng.random(len(limit)) < of_day / len(CHANCES)
            for (zone, threshold), steps, is_there in zip(limit.items(), of_day, there, strict=True):
                reached = np.where(np.arange(len(CHANCES)) < steps, 1.2, 0.8) * threshold
                high = (1.3 if is_there else 0.7) * threshold
                rows += [(cutoff.tz_convert("UTC"), zone, day, 2, high, *reached)]
                rows += [(cutoff.tz_convert("UTC"), zone, day, 3, -1.0, *np.full(len(CHANCES), -1.0))]
            chances.append(of_day / len(CHANCES))
            came.append(there)
    save_days(pd.DataFrame(rows, columns=pd.Index(DAY_COLUMNS)), path)
    return np.array(chances), np.array(came)


def a_trigger(**other: object) -> Trigger:
    trigger = {"places": {"zones": ["pier", "kade"]}, "level": "orange", "hours": 2, "chance": 0.5}
    return Trigger.model_validate(trigger | other)


def test_a_trigger_is_counted_day_by_day_over_all_its_places(zone_thresholds: Any, coast: Area, tmp_path: Path) -> None:
    thresholds = zone_thresholds(coast)
    limit = {zone: thresholds.zones[zone].orange for zone in ("pier", "kade")}
    chances, came = a_year(tmp_path / "days.parquet", limit)
    found = on_days(tmp_path / "days.parquet", a_trigger(), coast, thresholds)
    assert found is not None
    assert found.chance == pytest.approx(chances.max(axis=1))
    assert found.came.tolist() == came.any(axis=1).tolist()
    assert np.bincount(found.week).tolist() == [7] * 52
    calls, comes = chances.max(axis=1) >= 0.7 - 1e-9, came.any(axis=1)
    outcomes = found.outcomes(0.7)
    assert (outcomes.hits, outcomes.false_alarms) == ((calls & comes).sum(), (calls & ~comes).sum())
    assert (outcomes.misses, outcomes.correct) == ((~calls & comes).sum(), (~calls & ~comes).sum())
    one = on_days(tmp_path / "days.parquet", a_trigger(places={"zones": ["pier"]}), coast, thresholds)
    assert one is not None
    assert one.chance == pytest.approx(chances[:, 0])
    longer = on_days(tmp_path / "days.parquet", a_trigger(hours=3), coast, thresholds)
    assert longer is not None
    assert longer.outcomes(0.05).came == 0
    assert longer.outcomes(0.05).false_alarms == 0


def test_who_accepts_three_for_nothing_acts_from_one_in_four(zone_thresholds: Any, coast: Area, tmp_path: Path) -> None:
    thresholds = zone_thresholds(coast)
    limit = {zone: thresholds.zones[zone].orange for zone in ("pier", "kade")}
    a_year(tmp_path / "days.parquet", limit)
    found = on_days(tmp_path / "days.parquet", a_trigger(), coast, thresholds)
    assert found is not None
    worth = found.worth(3)
    assert (worth.ratio, worth.chance) == (0.25, 0.25)
    assert worth.outcomes == found.outcomes(0.25)
    assert worth.low <= worth.value <= worth.high


def test_nothing_is_told_of_fewer_weeks(zone_thresholds: Any, coast: Area, tmp_path: Path) -> None:
    thresholds = zone_thresholds(coast)
    limit = {"pier": thresholds.zones["pier"].orange}
    a_year(tmp_path / "days.parquet", limit, weeks=ORIGINS_NEEDED - 1)
    assert on_days(tmp_path / "days.parquet", a_trigger(places={"zones": ["pier"]}), coast, thresholds) is None


def test_an_area_that_keeps_no_days_tells_nothing(zone_thresholds: Any, coast: Area) -> None:
    backtest = newest_backtest("auckland")
    assert backtest is not None
    assert 0 < weekly_origins(backtest) < ORIGINS_NEEDED
    assert past_weeks("auckland", backtest) == 0
    assert past_trigger(a_trigger(), coast, zone_thresholds(coast)) is None
    assert weekly_origins(None) == 0
