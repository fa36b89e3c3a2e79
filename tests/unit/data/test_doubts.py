"""What is doubted about whole series, and that every way in and the check of an area name it alike."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.__main__ import main
from data.area.area import load_area
from data.doubts.doubt import Doubt
from data.doubts.record import record, recorded
from data.keeping.home import area_home
from data.quality.series_doubts import series_doubts
from data.upkeep.delivering import look_at, take_in
from data.upkeep.earlier import earlier, put_back
from data.upkeep.fetching import fetch
from language import LANGUAGES, language

ZONES = "zone_id,name,lat,lon\nA,Plein A,52.37,4.90\nB,Kade B,52.371,4.905\n"
NIGHT_TO_NIGHT = np.array(
    [3, 2, 1, 1, 2, 8, 20, 60, 90, 80, 70, 95, 120, 110, 100, 105, 130, 150, 120, 90, 60, 40, 20, 9]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zones.csv").write_text(ZONES)
    return tmp_path


def written(folder: Path, values: np.ndarray, start: str = "2026-01-05", freq: str = "h", name: str = "c.csv") -> Path:
    """Write counts of zone A as given, beside ordinary ones of zone B."""
    hours = pd.date_range(start, periods=len(values), freq=freq)
    ordinary = NIGHT_TO_NIGHT[hours.hour] + np.arange(len(values)) % 5
    pd.DataFrame({"timestamp": hours.strftime("%Y-%m-%d %H:%M"), "A": values, "B": ordinary}).to_csv(
        folder / name, index=False
    )
    return folder / name


def added(folder: Path, counts: Path, *more: str) -> None:
    names = ["add-area", "town", "--name", "Stad", "--tz", "Europe/Amsterdam", "--country", "NL", "--replace"]
    files = ["--counts", str(counts), "--zones", str(folder / "zones.csv"), "--measure", "passages"]
    assert main([*names, *files, *more]) == 0


ODD = {
    "meter": np.cumsum(np.tile(NIGHT_TO_NIGHT, 10)),
    "constant": np.full(240, 7),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_in_and_the_check_name_a_doubt_alike(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str, code: str
) -> None:
    path = written(folder, ODD[kind])
    added(folder, path, "--lang", code)
    area = load_area("town")
    (doubt,) = series_doubts(area, pd.read_parquet(area_home("town") / "counts.parquet"))
    sentence = f"{language(code).t('Doubt: {what}', what=doubt(language(code)))}\n"
    assert doubt.kind == kind
    assert "Plein A" in sentence
    assert "Kade B" not in sentence
    assert sentence in capsys.readouterr().out
    assert main(["check", "--area", "town", "--lang", code]) == 0
    assert sentence in capsys.readouterr().out
    assert main(["check", "--area", "town", "--lang", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["doubts"] == [doubt.to_dict(language(code))]
    delivered = written(folder, ODD[kind] + 1, name="later.csv")
    assert kind in [one.kind for one in look_at(area, "counts", delivered).doubts]
    (folder / "in").mkdir()
    delivered.rename(folder / "in" / "later.csv")
    sources = area_home("town") / "sources.toml"
    sources.write_text(f'{sources.read_text()}[source.connector]\nkind = "table"\nfolder = "{folder / "in"}"\n')
    (result,) = fetch(area)
    assert kind in [one.kind for one in result.notices if isinstance(one, Doubt)]
    assert kind in [one["kind"] for one in result.to_dict(language(code))["doubts"]]


@pytest.mark.parametrize("hour", [0, 7, 12])
def test_one_count_a_day_looks_like_totals(folder: Path, capsys: pytest.CaptureFixture[str], hour: int) -> None:
    totals = np.random.default_rng(1).integers(2000, 9000, 60)
    days = pd.date_range(f"2026-02-20 {hour:02}:00", periods=60)
    counts = pd.DataFrame({"timestamp": days.strftime("%Y-%m-%d %H:%M"), "A": totals})
    counts.to_csv(folder / "c.csv", index=False)
    added(folder, folder / "c.csv", "--lang", "nl")
    assert f"Plein A: één telling per dag, om {hour}:00" in capsys.readouterr().out


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 20), st.sampled_from(["never", "daily", "weekly"]))
def test_meters_are_seen_and_ordinary_days_are_not(seed: int, days: int, starts_again: str) -> None:
    rng = np.random.default_rng(seed)
    ordinary = rng.poisson(np.tile(NIGHT_TO_NIGHT, days))
    every = {"never": days, "daily": 1, "weekly": 7}[starts_again]
    parts = [ordinary[at : at + 24 * every] for at in range(0, len(ordinary), 24 * every)]
    meter = np.concatenate([np.cumsum(part) for part in parts])
    assert [doubt.kind for doubt in judged(meter)] == ["meter"]
    assert judged(ordinary) == []
    assert judged(np.where(np.arange(len(ordinary)) % 24 < 6, 0, ordinary)) == []


def judged(values: np.ndarray) -> list[Doubt]:
    area = load_area("auckland")
    zone = area.zone_ids[0]
    hours = pd.date_range(datetime(2026, 1, 5, tzinfo=UTC), periods=len(values), freq=timedelta(hours=1))
    return series_doubts(area, pd.DataFrame({"zone_id": zone, "hour": hours, "count": values.astype(float)}))


def test_what_only_the_file_shows_is_kept_until_the_file_is_read_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"2026-11-0{day} {hour:02}:00;{hour * day + 1}" for day in (1, 2) for hour in range(24)]
    (folder / "c.csv").write_text(
        "timestamp;A\n" + "\n".join([*lines[:-1], "2026-11-02 23:00;1.250", "2026-11-03 00:00;900"])
    )
    added(folder, folder / "c.csv", "--lang", "nl")
    sentence = "Twijfel: In c.csv is 1.250 gelezen als 1 duizend en 250"
    assert sentence in capsys.readouterr().out
    assert main(["check", "--area", "town", "--lang", "nl"]) == 0
    assert sentence in capsys.readouterr().out
    area = load_area("town")
    (folder / "c.csv").write_text("timestamp;A\n" + "\n".join([*lines, "2026-11-03 00:00;1250"]))
    take_in(area, look_at(area, "counts", folder / "c.csv"))
    assert recorded("town", "counts") == []


def test_what_is_put_back_takes_later_doubts_along(folder: Path) -> None:
    added(folder, written(folder, np.tile(NIGHT_TO_NIGHT, 10)))
    area = load_area("town")
    (folder / "later.csv").write_text("timestamp;A\n2026-02-01 10:00;640\n2026-02-01 11:00;1.250\n")
    take_in(area, look_at(area, "counts", folder / "later.csv"))
    assert [doubt.kind for doubt in recorded("town", "counts")] == ["thousands"]
    put_back(area, earlier(area)[0])
    assert recorded("town", "counts") == []


def test_doubts_of_files_stand_apart_by_kind_and_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))

    def doubt(kind: str) -> Doubt:
        return Doubt(kind, lambda lang: f"{kind} {lang.code}", of_reading=True)

    folder = area_home("town")
    record(folder, "counts", "a.csv", [doubt("means"), Doubt("meter", lambda _: "seen in the data")])
    record(folder, "counts", "b.csv", [doubt("thousands")])
    record(folder, "weather", "a.csv", [doubt("unit")])
    assert [one(language("nl")) for one in recorded("town", "counts")] == ["means nl", "thousands nl"]
    record(folder, "counts", "a.csv", [])
    assert [one.kind for one in recorded("town", "counts")] == ["thousands"]
    assert [one.kind for one in recorded("town", "weather")] == ["unit"]
    (folder / "doubts.json").write_text("rubbish")
    assert recorded("town", "counts") == []
