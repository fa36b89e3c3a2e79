"""A sealed test: the same weeks with and without a source, of which only figures come out."""

import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import forecasting.__main__ as command
from data.area.area import Area, load_area
from data.area.investigations import Finding, allow_test, end_leave, investigation_log
from data.area.schemas import HOUR
from data.area.sources import record_decision
from data.consent import gate
from data.keeping.home import area_home
from data.keeping.packing import packed_areas
from forecasting.evaluation import backtest, sealed_test
from forecasting.evaluation.sealed_words import finding_sentences
from forecasting.snapshot.snapshot_files import made_from
from language import UserError, language
from tests.unit.data.test_investigations import finding
from tests.unit.small_town import small_town

TOWN, WEATHER = "badplaats", "town-weather"
NOW = datetime(2025, 9, 1, 8, tzinfo=UTC)


# --- what is compared ----------------------------------------------------------------------------------------------


def hours_of(counts: np.ndarray, forecasts: np.ndarray, scored: np.ndarray) -> pd.DataFrame:
    """Hours as a test on the past gives them, of weeks × zones × hours."""
    weeks, _, length = counts.shape
    mondays = pd.date_range("2025-03-03", periods=weeks, freq="7D", tz="UTC")
    cutoff, zone, hour = (axis.ravel() for axis in np.meshgrid(*map(np.arange, counts.shape), indexing="ij"))
    return pd.DataFrame(
        {
            "cutoff": mondays[cutoff],
            "zone_id": np.array(["pier", "kade", "plein"])[zone],
            "hour": mondays[cutoff] + pd.to_timedelta(hour, unit="h"),
            "count": counts.ravel(),
            "model": forecasts.ravel(),
            "scored": np.repeat(scored.ravel(), length),
        }
    )


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), weeks=st.integers(3, 12), zones=st.integers(1, 3), unknown=st.floats(0, 0.3))
def test_each_week_counts_the_same_and_the_range_is_of_weeks(seed: int, weeks: int, zones: int, unknown: float) -> None:
    rng = np.random.default_rng(seed)
    shape = (weeks, zones, 6)
    counts = rng.poisson(50, shape).astype(float)
    without, beside = (rng.normal(50, spread, shape) for spread in (9, 6))
    counts[rng.random(shape) < unknown] = np.nan
    beside[rng.random(shape) < unknown] = np.nan
    scored = np.ones((weeks, zones), dtype=bool)
    frames = hours_of(counts, without, scored), hours_of(counts, beside, scored)
    errors = [np.where(np.isnan(counts) | np.isnan(beside), np.nan, abs(one - counts)) for one in (without, beside)]
    by_place = [np.ma.masked_invalid(one).mean(axis=2).filled(np.nan) for one in errors]
    by_week = [pd.DataFrame(one).mean(axis=1) for one in by_place]
    usable = by_week[0].notna()
    if usable.sum() < 3:
        return
    found = sealed_test.compared(load_area("scheveningen"), "a", *frames, practice=False)
    expected = stats.ttest_rel(by_week[1][usable], by_week[0][usable]).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-3, abs=1e-3)
    assert found.error_without == pytest.approx(by_week[0].mean(), rel=1e-3)
    assert found.error_with == pytest.approx(by_week[1].mean(), rel=1e-3)
    assert found.hours == int(np.isfinite(errors[0]).sum())
    assert (found.weeks, found.places) == (int(usable.sum()), zones)


def test_a_place_that_is_not_scored_or_new_is_not_compared() -> None:
    rng = np.random.default_rng(1)
    counts = rng.poisson(50, (4, 2, 6)).astype(float)
    scored = np.array([[True, False]] * 4)
    without = hours_of(counts, counts + 3, scored)
    beside = pd.concat([hours_of(counts, counts + 1, scored), without.assign(zone_id="nieuw", scored=True)])
    found = sealed_test.compared(load_area("scheveningen"), "a", without, beside, practice=False)
    assert (found.places, found.hours, found.better) == (1, 24, 4)
    assert (found.error_without, found.error_with) == (3, 1)
    assert (found.difference, found.low, found.high) == (-2, -2, -2)
    assert found.verdict == "better"


def test_too_few_weeks_tell_nothing() -> None:
    counts = np.ones((2, 1, 6))
    frame = hours_of(counts, counts, np.ones((2, 1), dtype=bool))
    with pytest.raises(UserError, match="Only 2 weeks"):
        sealed_test.compared(load_area("scheveningen"), "a", frame, frame, practice=False)


@pytest.mark.parametrize(
    ("figures", "nl", "en"),
    [
        ({}, "tussen 2,0 en 6,0", "got better"),
        ({"difference": 4.0, "low": 2.0, "high": 6.5}, "tussen 2,0 en 6,5", "got worse"),
        ({"difference": -1.0, "low": -3.0, "high": 1.0}, "tussen 3,0 beter en 1,0 slechter", "may be chance"),
        ({"difference": 0.0, "low": 0.0, "high": 0.0}, "tussen 0,0 beter en 0,0 slechter", "may be chance"),
    ],
)
def test_what_was_found_is_said_with_its_range(figures: dict[str, Any], nl: str, en: str) -> None:
    found, area = finding(**figures), load_area("scheveningen")
    dutch, english = (" ".join(finding_sentences(found, area, language(code))) for code in ("nl", "en"))
    assert nl in dutch
    assert en in english
    for figure in ("20,0", "24,0", "8", "14", "1 juni 2026", "27 juli 2026", "oefengegevens"):
        assert figure in dutch, figure
    real = finding_sentences(finding(practice=False), load_area("auckland"), language("en"))
    assert "practice" not in " ".join(real)
    assert "passers-by" in " ".join(real)


# --- a town whose crowds follow the weather ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A town with weather that nobody agreed to, and with it a leave for a sealed test."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("town")
        patch.setenv("CSM_HOME", str(folder / "home"))
        hours = pd.date_range("2025-04-07", "2025-09-01 08:00", freq="h", inclusive="left", tz="UTC")
        area = small_town(folder, hours, replay=NOW)
        _weather(area, hours)
        allow_test(TOWN, WEATHER, "Werkgroep ethiek", why="Eerst zien wat het toevoegt.", session="Overleg van mei")
        yield SimpleNamespace(area=area, home=folder / "home")


def _weather(area: Area, hours: pd.DatetimeIndex) -> None:
    """Let twice as many people come on warm days, and write the weather as it was and as it was forecast on Mondays."""
    rng = np.random.default_rng(8)
    days = hours.floor("D")
    warm = np.repeat(rng.normal(0, 1, len(days.unique())), 24)[: len(hours)]
    counts_file = area_home(TOWN) / "counts.parquet"
    counts = pd.read_parquet(counts_file)
    factor = pd.Series(np.exp(0.7 * warm), index=hours)
    counts["count"] = (counts["count"] * factor.reindex(counts["hour"]).to_numpy()).round()
    counts.to_parquet(counts_file, index=False)
    weather = pd.DataFrame({"hour": hours, "temp_c": 15 + 4 * warm, "rain_mm": 0.0, "wind_ms": 4.0})
    weather = weather.assign(sun_h=0.5, cloud_okta=4.0, origin="observed").astype({"hour": HOUR})
    weather.to_parquet(area_home(TOWN) / "weather.parquet", index=False)
    mondays = pd.date_range("2025-04-07", "2025-09-01", freq="7D", tz="Europe/Amsterdam").tz_convert("UTC")
    ahead = [
        weather[(weather["hour"] >= monday) & (weather["hour"] < monday + pd.Timedelta(days=9))].assign(issued=monday)
        for monday in mondays
    ]
    pd.concat(ahead).drop(columns="origin").to_parquet(area_home(TOWN) / "weather_forecast.parquet", index=False)
    with (area_home(TOWN) / "sources.toml").open("a") as file:
        file.write(f'\n[[source]]\nid = "{WEATHER}"\nkind = "weather"\nprovider = "file"\ntitle = {{ nl = "Weer" }}\n')


def files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_a_source_that_tells_something_is_found_and_nothing_but_figures_is_left(town: SimpleNamespace) -> None:
    before = files(town.home)
    told: list[tuple[int, int]] = []
    found = sealed_test.sealed_test(
        town.area, WEATHER, weeks=3, jobs=1, progress=lambda done, of: told.append((done, of))
    )
    assert found.verdict == "better"
    assert found.error_with < 0.8 * found.error_without
    assert (found.weeks, found.places, found.practice) == (3, 2, False)
    assert told[-1] == (6, 6)
    assert told == sorted(told)
    after = files(town.home)
    changed = {name for name, content in after.items() if before.get(name) != content}
    assert {name for name in changed if not name.endswith(".lock")} == {f"areas/{TOWN}/investigations.jsonl"}
    last = investigation_log(TOWN)[-1]
    assert last == found
    assert set(last.model_dump()) == set(Finding.model_fields)
    assert all(not isinstance(value, list | tuple | dict) for value in last.model_dump().values())
    assert made_from(TOWN, WEATHER) == 0
    with pytest.raises(UserError, match="may not be read"):
        gate.read(town.area, "weather", NOW, NOW)
    with pytest.raises(UserError, match="no leave"):
        sealed_test.sealed_test(town.area, WEATHER, weeks=4, jobs=1)


def again(town: SimpleNamespace) -> None:
    if investigation_log(TOWN)[-1].what != "allowed":
        allow_test(TOWN, WEATHER, "Werkgroep ethiek", why="Nog een keer zien.", session="Overleg van juni")


def test_a_test_that_is_stopped_leaves_nothing(town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    again(town)
    folder, seen = area_home(TOWN) / ".sealed", []

    def half_way(*args: Any, into: Path, **kwargs: Any) -> None:
        into.mkdir(parents=True)
        (into / "model.json").write_text("half")
        seen.append(folder.exists())
        end_leave(TOWN, WEATHER, "Werkgroep ethiek", why="Toch liever niet.")
        gate.read(town.area, "counts", NOW, NOW)

    before = [one for one in investigation_log(TOWN) if one.what == "found"]
    monkeypatch.setattr(backtest, "train", half_way)
    with pytest.raises(UserError, match="no leave"):
        sealed_test.sealed_test(town.area, WEATHER, weeks=3, jobs=1)
    assert seen == [True]
    assert not folder.exists()
    assert [one for one in investigation_log(TOWN) if one.what == "found"] == before


def test_what_a_killed_test_left_is_swept(town: SimpleNamespace) -> None:
    folder = area_home(TOWN) / ".sealed" / "with"
    folder.mkdir(parents=True)
    (folder / "pier.json").write_text("{}")
    with packed_areas() as packed, tarfile.open(fileobj=packed) as copy:
        names = copy.getnames()
    assert f"areas/{TOWN}/counts.parquet" in names
    assert not [name for name in names if "sealed" in name or "pier.json" in name]
    sealed_test.sweep(TOWN)
    assert not folder.parent.exists()
    sealed_test.sweep(TOWN)


def test_the_command_says_what_was_found_or_why_not(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sealed-test", "--area", TOWN, "--source", WEATHER, "--jobs", "1"]
    if investigation_log(TOWN)[-1].what == "allowed":
        end_leave(TOWN, WEATHER, "Werkgroep ethiek", why="Toch liever niet.")
    assert command.main(words) == 2
    assert "no leave to test" in capsys.readouterr().err
    again(town)
    asked = []

    def found_at_once(area: Area, source_id: str, weeks: int, *_: Any) -> Finding:
        asked.append((area.id, source_id, weeks))
        return finding(WEATHER, practice=False)

    monkeypatch.setattr(sealed_test, "_found", found_at_once)
    assert command.main([*words, "--weeks", "5"]) == 0
    assert asked == [(TOWN, WEATHER, 5)]
    out = capsys.readouterr().out
    assert "With this source the forecasts got better." in out
    assert "passers-by" in out


def test_an_approval_later_lets_it_in_as_any_other(town: SimpleNamespace) -> None:
    record_decision(TOWN, WEATHER, "approved", "werkgroep ethiek", "Na de test.")
    assert len(gate.read(town.area, "weather", NOW - pd.Timedelta(hours=2), NOW)) == 2
