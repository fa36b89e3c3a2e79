"""From counts behind the gate to a forecast: training, snapshots, leakage, outages, and the commands."""

import errno
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from shapely import Point

import forecasting.__main__ as command
from data.area.area import Area
from data.area.schemas import HOUR, checked, empty
from data.area.sources import Source
from data.area.zone import Zone
from data.consent import gate
from forecasting.model.drivers import expectation
from forecasting.snapshot import snapshot_files
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training import model_files
from forecasting.training.model_files import load_models
from forecasting.training.training import train
from forecasting.values.forecast import QUANTILES, Forecast
from forecasting.values.formats import as_geojson, as_json
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import UserError, language
from tests.unit.data.mutating import mutations

TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 26, 7, tzinfo=UTC)
"""Eight o'clock in area time, three days before the clocks go forward."""

FIRST = datetime(2025, 8, 7, 22, tzinfo=UTC)
OUTAGE, QUIET, UNKNOWN = "outage", "quiet", "unknown"


class World:
    """Made-up counts, weather and one event, served as the gate would; the future of counts can be changed."""

    def __init__(self) -> None:
        self.hours = pd.date_range(FIRST, NOW + timedelta(days=20), freq="h").tz_convert("UTC").as_unit("us")
        local = self.hours.tz_convert(TZ)
        rng = np.random.default_rng(11)
        days = (local.tz_localize(None).normalize() - pd.Timestamp("2025-01-01")).days.to_numpy()
        day_noise = rng.normal(0, 0.12, days.max() + 1)[days]
        course = np.clip(np.sin((local.hour.to_numpy() - 5) * np.pi / 18), 0.02, None)
        weekend = 1 + 0.5 * (local.day_of_week.to_numpy() >= 5)
        mean = course * weekend * np.exp(day_noise)
        self.counts = np.round(np.outer([900, 300, 3, 0], mean) * np.exp(rng.normal(0, 0.1, (4, len(mean)))))
        self.counts[3] = np.nan
        self.counts[0, (self.hours < NOW) & (self.hours >= NOW - timedelta(days=18))] = np.nan
        self.with_weather = True
        self.events = pd.DataFrame(
            {
                "event_id": ["fair"],
                "name": ["Fair"],
                "zone_id": ["square"],
                "attendance": [4000.0],
                "start": pd.Series([pd.Timestamp("2026-03-28 12:00", tz="UTC")]).astype(HOUR),
                "end": pd.Series([pd.Timestamp("2026-03-28 17:00", tz="UTC")]).astype(HOUR),
            }
        )[["event_id", "name", "zone_id", "start", "end", "attendance"]]

    def read(
        self, area: Area, kind: str, start: datetime, end: datetime, *, cutoff: datetime | None = None
    ) -> pd.DataFrame:
        here = (self.hours >= start) & (self.hours < end)
        if kind == "counts":
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
        if kind == "events":
            return self.events[(self.events["start"] < end) & (self.events["end"] > start)].reset_index(drop=True)
        if not self.with_weather:
            return empty("weather")
        if cutoff is not None:
            here &= self.hours < cutoff + timedelta(days=3)
        hours = self.hours[here]
        known = pd.Series(hours < cutoff if cutoff else np.ones(len(hours), dtype=bool))
        return checked(
            "weather",
            pd.DataFrame(
                {
                    "hour": hours.astype(HOUR),
                    "temp_c": 8 + 4 * np.sin(hours.asi8 / 1e12),
                    "rain_mm": 0.0,
                    "wind_ms": 4.0,
                    "sun_h": np.nan,
                    "cloud_okta": 3.0,
                    "origin": known.map({True: "observed", False: "forecast"}).astype(str),
                }
            ),
        )


def source_of(area: Area, kind: str) -> Source:
    return Source(id=f"made-{kind}", kind=kind, provider="file", title={"en": "Made up"}, decision="approved")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    made = World()
    zones = [("square", 4.30), (OUTAGE, 4.31), (QUIET, 4.32), (UNKNOWN, 4.40)]
    made.counts[[0, 1]] = made.counts[[1, 0]]
    area = Area(
        id="made-up",
        names={"en": "Made up"},
        time_zone="Europe/Amsterdam",
        country="NL",
        school_region="Midden",
        measure="present",
        centre={"lat": 52.1, "lon": 4.3},
        zones=tuple(Zone(zone_id=i, names={"en": i}, kind="square", geometry=Point(x, 52.1)) for i, x in zones),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(gate, "read", made.read)
        patch.setattr(gate, "source_of", source_of)
        trained = train(area, NOW, jobs=1)
        snapshot = issue(area, NOW)
        yield SimpleNamespace(made=made, area=area, trained=trained, snapshot=snapshot, result=forecast(snapshot))


def same(one: Forecast, other: Forecast) -> bool:
    return np.array_equal(one.quantiles, other.quantiles, equal_nan=True) and np.array_equal(
        one.paths, other.paths, equal_nan=True
    )


def test_a_week_with_a_clock_change_is_168_hours_from_the_cutoff(world: SimpleNamespace) -> None:
    result: Forecast = world.result
    assert len(result.hours) == 168
    assert result.hours[0] == pd.Timestamp(NOW)
    assert result.quantiles.shape == (4, 168, 9)
    assert result.paths.shape == (200, 4, 168)
    assert result.local_hours[-1].isoformat() == "2026-04-02T08:00:00+02:00"
    days = np.isfinite(world.made.counts[:, world.made.hours < NOW]).sum(axis=1) // 24
    assert sorted(result.known_days) == sorted(days), "without the outage, and of nothing nothing"


def test_quantiles_rise_and_are_never_negative(world: SimpleNamespace) -> None:
    known = world.result.quantiles[:3]
    assert np.isfinite(known).all()
    assert (known >= 0).all()
    assert (np.diff(known, axis=2) >= 0).all()
    assert (world.result.paths[:, :3] >= 0).all()


def test_paths_have_the_quantiles_of_the_forecast(world: SimpleNamespace) -> None:
    from_paths = np.quantile(world.result.paths[:, :3], QUANTILES[1:-1], axis=0).transpose(1, 2, 0)
    assert np.log1p(from_paths) == pytest.approx(np.log1p(world.result.quantiles[:3, :, 1:-1]), abs=0.06)


def test_expectation_is_near_the_truth(world: SimpleNamespace) -> None:
    ahead = (world.made.hours >= NOW) & (world.made.hours < NOW + timedelta(hours=168))
    truth = world.made.counts[1, ahead]
    assert np.abs(world.result.median[1] - truth).mean() < 0.2 * truth.mean()
    inside = (truth >= world.result.quantile(0.025)[1]) & (truth <= world.result.quantile(0.975)[1])
    assert inside.mean() > 0.8


def test_an_event_raises_its_own_zone_only_while_it_lasts(world: SimpleNamespace) -> None:
    factor = world.result.parts["event"]
    during = (world.result.hours >= "2026-03-28 13:00+00:00") & (world.result.hours < "2026-03-28 16:00+00:00")
    assert (factor[0, during] > 3).all()
    far = (world.result.hours < "2026-03-28 09:00+00:00") | (world.result.hours > "2026-03-28 20:00+00:00")
    assert (factor[:3, far] == 1).all()
    assert world.result.median[0, during].max() > 1500


def test_parts_explain_the_whole_difference(world: SimpleNamespace) -> None:
    product = np.prod([world.result.parts[part] for part in world.result.parts], axis=0)
    ordinary = (expectation(world.snapshot.drivers)[0] + 1)[1] / product[1]
    hour = world.result.local_hours.hour
    for h in (10, 14, 20):
        assert np.ptp(np.log(ordinary[hour == h])) < 0.02


def test_practice_data_say_so_in_every_format(world: SimpleNamespace) -> None:
    practice = replace(world.result, simulated=True)
    for text in (practice.csv(), as_json(practice), as_geojson(practice, world.area)):
        assert "DEMO DATA" in text
    for text in (world.result.csv(), as_json(world.result), as_geojson(world.result, world.area)):
        assert "DEMO DATA" not in text
    assert json.loads(as_geojson(practice, world.area))["features"][0]["properties"]["names"] == {"en": "square"}


def test_weather_says_where_it_comes_from(world: SimpleNamespace) -> None:
    assert world.snapshot.weather_origin[:2] == ("forecast", "forecast")
    assert world.snapshot.weather_origin[-1] == "climatology"


def test_an_outage_of_weeks_leaves_a_usable_forecast(world: SimpleNamespace) -> None:
    before = np.nanmean(world.made.counts[1, world.made.hours < NOW - timedelta(days=18)])
    assert world.result.median[1].mean() == pytest.approx(before, rel=0.25)


def test_zone_without_counts_is_unknown_and_not_zero(world: SimpleNamespace) -> None:
    assert world.snapshot.zone_models[3] == "unknown"
    assert np.isnan(world.result.quantiles[3]).all()
    zone_thresholds = Thresholds({i: ZoneThresholds(10, 20, 30, "chosen") for i in world.area.zone_ids})
    assert np.isnan(world.result.exceedance(zone_thresholds)[3]).all()
    peaks = world.result.daypart_maximum(zone_thresholds)
    assert peaks.loc[peaks["zone_id"] == UNKNOWN, "p_orange"].isna().all()
    assert load_models(world.area).thresholds(world.area).zones[UNKNOWN].basis == "none"


def test_counts_after_the_cutoff_make_no_difference(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = world.made.counts.copy()
    changed[:, world.made.hours >= NOW] *= 7
    monkeypatch.setattr(world.made, "counts", changed)
    again = issue(world.area, NOW)
    assert again.id == world.snapshot.id
    assert same(forecast(again), world.result)


def test_counts_before_the_cutoff_make_another_snapshot(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = world.made.counts.copy()
    changed[0, np.flatnonzero(world.made.hours < NOW)[-20]] += 50
    monkeypatch.setattr(world.made, "counts", changed)
    assert issue(world.area, NOW).id != world.snapshot.id


def test_a_saved_snapshot_is_the_same_snapshot(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = snapshot_files.obtain(world.area, NOW)
    monkeypatch.setattr(snapshot_files, "freeze", None)
    second: Snapshot = snapshot_files.obtain(world.area, NOW)
    assert second.id == first.id == world.snapshot.id
    assert same(forecast(second), world.result)
    newest = snapshot_files.latest(world.area)
    assert newest is not None
    assert newest.id == first.id
    assert snapshot_files.save(first) == snapshot_files.save(second)
    assert not list((snapshot_files.save(first).parent).glob(".new-*"))


def test_on_a_disk_that_takes_nothing_a_forecast_is_shown_and_not_kept(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(snapshot_files.save(world.snapshot))

    def takes_nothing(**_: object) -> str:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(snapshot_files.tempfile, "mkdtemp", takes_nothing)
    for _ in range(2):
        assert snapshot_files.obtain(world.area, NOW, must_keep=False).id == world.snapshot.id
    with pytest.raises(OSError, match="Read-only"):
        snapshot_files.obtain(world.area, NOW)


def test_a_damaged_snapshot_says_so_and_is_made_again(world: SimpleNamespace) -> None:
    folder = snapshot_files.save(world.snapshot)
    (folder / "arrays.npz").write_bytes(b"no")
    with pytest.raises(UserError, match=r"damaged"):
        snapshot_files.load(world.area.id, world.snapshot.id)
    assert snapshot_files.obtain(world.area, NOW).id == world.snapshot.id
    with pytest.raises(UserError, match="There is no forecast '"):
        snapshot_files.load(world.area.id, "../../etc")


def damaged(world: SimpleNamespace, folder: Path, number: int, seed: int) -> None:
    """Damage one of the files of a snapshot in so many ways: it is refused, or was not changed at all."""
    names = ("snapshot.json", "arrays.npz", "seal.txt")
    whole = {name: (folder / name).read_bytes() for name in names}
    for at, content in mutations(list(whole.values()), number, seed):
        name = names[at % len(names)]
        (folder / name).write_bytes(content)
        try:
            snapshot_files.load(world.area.id, world.snapshot.id)
        except UserError as error:
            said = error.say(language("en"))
        else:
            said = "damaged" if content == whole[name] else "read"
        assert "damaged" in said, at
        (folder / name).write_bytes(whole[name])


@pytest.fixture
def saved(world: SimpleNamespace) -> Path:
    shutil.rmtree(snapshot_files.save(world.snapshot))
    return snapshot_files.save(world.snapshot)


def test_a_snapshot_in_which_a_disk_changed_anything_is_not_used(world: SimpleNamespace, saved: Path) -> None:
    damaged(world, saved, 500, 31)
    assert same(forecast(snapshot_files.load(world.area.id, world.snapshot.id)), world.result)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_snapshot_changed_in_ten_thousand_ways(world: SimpleNamespace, saved: Path) -> None:
    damaged(world, saved, 10_000, 32)


def test_what_is_trained_already_is_not_trained_again(world: SimpleNamespace) -> None:
    assert world.trained.fitted == world.area.zone_ids
    assert (world.trained.short, world.trained.unknown) == ((), (UNKNOWN,))
    again = train(world.area, NOW, jobs=1)
    assert again.kept == world.area.zone_ids
    assert again.complete
    for zone_id in world.area.zone_ids:
        assert (again.folder / f"{zone_id}.json").stat().st_size < 50_000


def test_a_forecast_before_the_end_of_training_is_refused(world: SimpleNamespace) -> None:
    with pytest.raises(UserError, match="would not be honest"):
        issue(world.area, NOW - timedelta(hours=3))


def test_a_changed_model_file_is_named(world: SimpleNamespace) -> None:
    path: Path = world.trained.folder / f"{QUIET}.json"
    text = path.read_text("utf-8")
    content = json.loads(text)
    content["coefficients"][0] += 1
    try:
        for broken in (json.dumps(content), text[:100]):
            path.write_text(broken, "utf-8")
            with pytest.raises(UserError, match=rf"{QUIET}\.json is damaged or was changed.*forecasting train"):
                load_models(world.area)
        path.unlink()
        with pytest.raises(UserError, match="has not learned from the counts of place"):
            load_models(world.area)
    finally:
        path.write_text(text, "utf-8")


def test_another_version_of_the_model_is_trained_anew(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "MODEL_VERSION", "another")
    with pytest.raises(UserError, match="another version"):
        load_models(world.area)


def test_area_without_weather_and_events(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(world.made, "with_weather", False)
    monkeypatch.setattr(world.made, "events", world.made.events.iloc[:0])
    until = FIRST + timedelta(days=40)
    trained = train(world.area, until, jobs=1)
    assert {*trained.short, *trained.unknown} == set(world.area.zone_ids)
    assert trained.unknown == (UNKNOWN,)
    snapshot = issue(world.area, until, hours=30)
    result = forecast(snapshot)
    assert set(snapshot.weather_origin) == {"none"}
    assert (result.parts["weather"][:3] == 1).all()
    assert np.isfinite(result.quantiles[:3]).all()
    assert (np.diff(result.quantiles[:3], axis=2) >= 0).all()


def test_commands_print_a_forecast_or_one_sentence(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "load_area", lambda _: world.area)
    assert command.main(["forecast", "--area", "made-up", "--at", "2026-03-26T08:00", "--hours", "24"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "zone_id,hour,q05,q10,q25,q50,q75,q90,q95,known_days", "not counted for a year"
    assert lines[1].startswith("square,2026-03-26T08:00:00+01:00,")
    assert len(lines) == 1 + 4 * 24

    assert command.main(["forecast", "--area", "made-up", "--at", "2026-03-26T08:00", "--format", "geojson"]) == 0
    collection = json.loads(capsys.readouterr().out)
    assert len(collection["features"][0]["properties"]["q50"]) == len(collection["hours"]) == 168
    assert collection["features"][3]["properties"]["q50"][0] is None

    assert command.main(["forecast", "--area", "made-up", "--at", "soon"]) == 2
    assert "is not a moment" in capsys.readouterr().err
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    assert command.main(["forecast", "--area", "made-up", "--at", "2026-03-26T08:00"]) == 2
    said = capsys.readouterr().err
    assert "python -m forecasting train --area made-up" in said
    assert said.count("\n") == 1
    assert command.main(["train", "--area", "made-up", "--until", "2026-03-26", "--zones", "nowhere"]) == 2
    assert "has no place 'nowhere'" in capsys.readouterr().err
