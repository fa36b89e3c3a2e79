"""Backtests on a small made-up area: scores, baselines, no peeking, and the command."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from shapely import Point

import forecasting.__main__ as command
from data.area.area import Area, Centre, Clock
from data.area.schemas import HOUR, checked, empty
from data.area.sources import Source
from data.area.zone import Zone
from data.consent import gate
from forecasting.evaluation import backtest, backtest_result, backtest_table, baselines, verification
from forecasting.evaluation.backtest import LIKELY
from forecasting.evaluation.backtest_result import WARN_FROM
from forecasting.inputs.history import History
from forecasting.training.training import known_history
from forecasting.training.workers import Workers
from forecasting.values.timeline import Timeline
from language import UserError, language

TZ = ZoneInfo("Pacific/Auckland")
FIRST = datetime(2025, 1, 6, tzinfo=TZ)
NOW = datetime(2025, 9, 1, 8, tzinfo=TZ)
BROKEN = "broken"


class World:
    def __init__(self) -> None:
        self.hours = pd.date_range(FIRST, NOW, freq="h").tz_convert("UTC").as_unit("us")
        local = self.hours.tz_convert(TZ)
        rng = np.random.default_rng(5)
        course = np.clip(np.sin((local.hour.to_numpy() - 5) * np.pi / 18), 0.02, None)
        weekend = 1 + 0.6 * (local.day_of_week.to_numpy() >= 5)
        noise = np.exp(rng.normal(0, 0.15, (3, len(local))))
        self.counts = np.round(np.outer([800, 200, 300], course * weekend) * noise)
        self.counts[2, ::5] = np.nan

    def read(
        self, area: Area, kind: str, start: datetime, end: datetime, *, cutoff: datetime | None = None
    ) -> pd.DataFrame:
        if kind != "counts":
            return empty(kind)  # type: ignore[arg-type]
        here = (self.hours >= start) & (self.hours < end)
        hours = self.hours[here]
        return checked(
            "counts",
            pd.DataFrame(
                {
                    "zone_id": pd.Series(np.repeat(area.zone_ids, len(hours)), dtype=str),
                    "hour": hours[np.tile(np.arange(len(hours)), len(area.zones))].astype(HOUR),
                    "count": self.counts[:, here].ravel(),
                }
            ),
        )


def source_of(area: Area, kind: str) -> Source:
    return Source(id=f"made-{kind}", kind=kind, provider="file", title={"en": "Made up"}, decision="approved")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
    made = World()
    area = Area(
        id="small",
        names={"en": "Small"},
        time_zone="Pacific/Auckland",
        country="NZ",
        measure="passages",
        centre=Centre(lat=-36.8, lon=174.7),
        clock=Clock(mode="replay", moment=NOW),
        zones=tuple(
            Zone(zone_id=name, names={"en": name}, kind="sensor", geometry=Point(174.7 + index / 100, -36.8))
            for index, name in enumerate(("quay", "lane", BROKEN))
        ),
    )
    patch.setattr(gate, "read", made.read)
    patch.setattr(gate, "source_of", source_of)
    patch.setattr("forecasting.snapshot.issue.read_sources", lambda _: [])
    patch.setattr(command, "load_area", lambda _: area)
    patch.setattr(baselines, "TREES", 10)
    plan = backtest.Plan(backtest.mondays(area, 2))
    result, hours, days = backtest.run(area, plan, jobs=1)
    yield SimpleNamespace(area=area, made=made, plan=plan, result=result, hours=hours, days=days)
    patch.undo()


def test_cutoffs_are_mondays_at_midnight_with_a_whole_week_after_them(world: SimpleNamespace) -> None:
    local = [cutoff.astimezone(TZ) for cutoff in backtest.mondays(world.area, 52)]
    assert all((moment.weekday(), moment.hour) == (0, 0) for moment in local)
    assert local[-1].date().isoformat() == "2025-08-25"
    assert local[0] >= FIRST + timedelta(days=56)
    assert [cutoff.astimezone(TZ) for cutoff in world.plan.cutoffs] == [local[0], local[-1]]
    with pytest.raises(UserError, match="no Monday to test"):
        backtest.mondays(world.area, 0)


def test_scores_are_those_of_the_hours(world: SimpleNamespace) -> None:
    here = world.hours[world.hours["scored"]]
    by_pair = (here["model"] - here["count"]).abs().groupby([here["cutoff"], here["zone_id"]]).mean()
    assert world.result.model.mae == pytest.approx(by_pair.mean(), rel=1e-4)
    assert world.result.pairs == len(by_pair) == 4
    assert world.result.hours == len(here) == 4 * 168
    above = here["count"] > here["high"]
    assert world.result.reliability.score == pytest.approx(((here["model_p_high"] - above) ** 2).mean())
    assert sum(part.hours for part in world.result.by_day) == len(here)
    assert {part.name for part in world.result.by_zone} == {"quay", "lane"}


def test_a_regular_world_is_forecast_well(world: SimpleNamespace) -> None:
    model, last_week = world.result.model, world.result.baselines["last_week"]
    assert model.mase < 1 < 1.2 * last_week.mase
    assert model.mae < last_week.mae
    assert 0.6 < model.coverage_80 < 0.98
    assert model.coverage_50 < model.coverage_80 < model.coverage_95
    assert model.crps < model.mae
    assert model.brier_skill > 0.3
    assert last_week.crps is None
    assert world.result.baselines["prophet"] is None
    assert "--baselines all" in world.result.notes["prophet"]


def test_a_zone_with_many_unknown_hours_is_not_scored(world: SimpleNamespace) -> None:
    assert world.result.zones == ("quay", "lane")
    assert world.result.left_out == (BROKEN,)


def test_moments_are_counted_from_both_sides(world: SimpleNamespace) -> None:
    outcomes = [moment.outcome for moment in world.result.listed]
    counts = world.result.moments
    assert outcomes.count("hit") == counts.seen
    assert outcomes.count("missed") == counts.missed
    assert outcomes.count("false alarm") == counts.false_alarms
    assert counts.came > 0


def test_warnings_at_one_in_two_are_the_moments_that_were_forecast(world: SimpleNamespace) -> None:
    result = world.result
    half = WARN_FROM.index(LIKELY)
    assert {one.zone for one in result.warnings} == set(result.zones)
    assert sum(one.given[half] for one in result.warnings) == result.moments.forecast
    assert sum(one.right[half] for one in result.warnings) == result.moments.right
    assert sum(one.seen[half] for one in result.warnings) == result.moments.seen
    assert sum(one.came for one in result.warnings) == result.moments.came


def test_counts_after_the_cutoff_change_no_forecast(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    last = world.plan.cutoffs[-1]
    changed = world.made.counts.copy()
    changed[:, world.made.hours >= last] *= 3
    monkeypatch.setattr(world.made, "counts", changed)
    _, again, _ = backtest.run(world.area, backtest.Plan((last,)), jobs=1)
    before = world.hours[world.hours["cutoff"] == pd.Timestamp(last)].reset_index(drop=True)
    unchanged = [name for name in before if name not in ("count", "model_crps")]
    pd.testing.assert_frame_equal(again[unchanged], before[unchanged])
    assert not again["count"].equals(before["count"])


def weeks_back(world: SimpleNamespace) -> tuple[baselines.WeeksBack, History]:
    history = known_history(world.area, world.plan.cutoffs[-1])
    hours = pd.date_range(world.plan.cutoffs[-1], periods=200, freq="h", unit="us").tz_convert("UTC")
    return baselines.WeeksBack.ahead(history, Timeline.of(hours, TZ)), history


def test_baselines_look_back_from_the_cutoff(world: SimpleNamespace) -> None:
    past, history = weeks_back(world)
    end = len(history.timeline.hours)
    naive = baselines.last_week(past)
    assert naive[0, :168] == pytest.approx(history.counts[0, end - 168 :])
    assert naive[0, 168:] == pytest.approx(naive[0, :32])
    assert np.isfinite(naive[2]).all()
    weeks = np.stack([history.counts[0, end - 168 * k : end - 168 * k + 168 or None] for k in range(1, 9)])
    assert baselines.median_of_weeks(past)[0, :168] == pytest.approx(np.median(weeks[:, :168], axis=0))


def test_lightgbm_expects_counts(world: SimpleNamespace) -> None:
    past, history = weeks_back(world)
    expected = baselines.lightgbm_forecast(history, past, Workers(1))
    assert expected.shape == (3, 200)
    assert (expected >= 0).all()


def test_prophet_out_of_the_box_has_a_distribution(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "LEARN_DAYS", 28)
    monkeypatch.setattr(baselines, "SAMPLES", 50)
    past, history = weeks_back(world)
    samples = baselines._prophet(history.timeline, history.counts[0], past.timeline)
    assert samples.shape == (50, 200)
    assert (samples >= 0).all()
    assert samples.std(axis=0).min() > 0


def test_a_result_is_kept_and_read_again(world: SimpleNamespace) -> None:
    path = backtest_result.save(world.result, world.hours, world.days)
    assert pd.read_parquet(path.with_name(backtest_result.HOURS)).shape == world.hours.shape
    again = backtest_result.newest_backtest("small")
    assert again == world.result
    kept = backtest_result.days_path("small")
    assert kept is not None
    assert kept.parent == path.parent
    shown = again.last_forecast()
    last = world.hours[(world.hours["cutoff"] == world.hours["cutoff"].max()) & (world.hours["zone_id"] == "quay")]
    assert shown.median[0] == pytest.approx(last["model"].to_numpy(), rel=0.02, abs=0.5)
    came = again.last_counts()
    assert came.loc[came["zone_id"] == "quay", "count"].to_numpy() == pytest.approx(last["count"], rel=0.02, abs=0.5)
    path.write_text("{}", "utf-8")
    with pytest.raises(UserError, match="damaged"):
        backtest_result.newest_backtest("small")
    path.unlink()
    assert backtest_result.newest_backtest("small") is None


def test_the_command_prints_one_object_or_one_sentence(
    world: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["backtest", "--area", "small", "--cutoff", "2025-08-25", "--horizon", "48", "--jobs", "1"]
    assert command.main([*words, "--baselines", "simple", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [name for name, scores in found["baselines"].items() if scores is None] == ["prophet", "lightgbm"]
    assert set(found["notes"]) == {"prophet", "lightgbm"}
    assert found["cutoffs"] == ["2025-08-25T00:00:00+12:00"]
    assert (found["horizon"], found["weather"], found["zones"]) == (48, "none", ["quay", "lane"])
    keys = "mae mase wape crps coverage_50 coverage_80 coverage_95 brier brier_skill brier_skill_hourofweek"
    assert set(keys.split()) <= set(found["model"])
    assert set(keys.split()) <= set(found["baselines"]["median_8_weeks"])
    assert command.main(["backtest", "--area", "small", "--cutoff", "soon"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_too_many_unknown_hours_everywhere_is_one_sentence(world: SimpleNamespace) -> None:
    plan = backtest.Plan(world.plan.cutoffs[-1:], 24, missing=-0.01)
    with pytest.raises(UserError, match="--missing"):
        backtest.run(world.area, plan, jobs=1)


def test_a_short_history_is_all_that_is_seen(world: SimpleNamespace) -> None:
    """Neither the forecast nor what it is compared with knows counts of before."""
    cutoff = world.plan.cutoffs[-1]
    plans = [backtest.Plan((cutoff,), 24, history=days) for days in (120, 60)]
    longer, shorter = (backtest.run(world.area, plan, jobs=1)[1] for plan in plans)
    assert len(known_history(world.area, cutoff, "none", 60).timeline.dates) <= 61
    for method in ("model", "lightgbm"):
        assert (longer[method] - shorter[method]).abs().max() > 0
    np.testing.assert_allclose(shorter["median_8_weeks"], longer["median_8_weeks"])


def test_a_table_says_what_was_found(world: SimpleNamespace) -> None:
    text = backtest_table.as_table(world.result, language("nl"))
    assert "median_8_weeks" in text
    assert "Drukke momenten" in text
    assert verification.MODEL_NAME in text


@pytest.mark.parametrize("known", ["forecast", "none", "climatology", "observed"])
def test_what_may_be_known_of_the_weather(known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from forecasting.inputs.history import weather_ahead

    asked: list[datetime | None] = []
    cutoff = datetime(2025, 8, 25, tzinfo=TZ)

    def read(*_: object, cutoff: datetime | None = None) -> pd.DataFrame:
        asked.append(cutoff)
        frame = empty("weather")
        frame["hour"] = pd.Series(pd.date_range("2025-08-24", periods=72, freq="h", tz="UTC")).astype(HOUR)
        return frame

    monkeypatch.setattr(gate, "read", read)
    found = weather_ahead(None, cutoff - timedelta(days=1), cutoff + timedelta(days=1), cutoff, known)  # type: ignore[arg-type]
    assert asked == {"none": [], "observed": [None]}.get(known, [cutoff])
    assert bool((found["hour"] >= cutoff).any()) == (known in ("forecast", "observed"))
