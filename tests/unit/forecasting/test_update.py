"""The nightly job: it may fail, be killed and run twice; the last good forecast stays."""

import json
import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import forecasting.training.model_files as store
import forecasting.update as nightly
from data.area.area import Area
from data.keeping.home import area_home
from data.keeping.locking import locked
from forecasting.evaluation.forecast_scores import read_scores, score
from forecasting.snapshot.ahead import second_week
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.current import read_current
from forecasting.snapshot.snapshot_files import load
from forecasting.update import update
from forecasting.values.changes import DayChange, changes
from language import UserError, language
from tests.unit.small_town import small_town
from visuals.words.changes import change_sentence

NL = language("nl")
AT = datetime(2026, 8, 3, 6, tzinfo=UTC)


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    """Forty days of counts of two sensors: too short for Prophet, so that training takes a moment only."""
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    hours = pd.date_range(AT - timedelta(days=40), AT + timedelta(days=10), freq="h", inclusive="left")
    return small_town(tmp_path, hours, replay=datetime(2026, 8, 3, 8))


def test_running_twice_does_nothing_new(area: Area) -> None:
    first = update(area, jobs=1)
    assert first.complete
    assert first.new
    again = update(area, jobs=1)
    assert (again.complete, again.new, again.fitted, again.snapshot) == (True, False, (), first.snapshot)
    assert "Nieuwe verwachting" in first.text(NL)
    forty_days = load(area.id, str(first.snapshot))
    assert forecast(forty_days).known_days == (39, 39), "of which one is not whole"
    later_days = second_week(forty_days)
    assert later_days is not None, "learned by night, also of so few days"
    assert later_days.known
    assert "blijft" in again.text(NL)
    later = update(area, AT + timedelta(days=8), jobs=1)
    assert [entry.snapshot for entry in later.scores] == [first.snapshot]
    assert update(area, AT + timedelta(days=8), jobs=1).scores == []
    (judged,) = read_scores(area.id)
    assert judged.hours == 2 * 168
    assert 0 < judged.mae < 40
    assert judged.coverage_50 <= judged.coverage_80 <= judged.coverage_95
    current = read_current(area.id)
    assert current is not None
    assert (current.snapshot, current.previous) == (later.snapshot, first.snapshot)


def test_it_may_be_killed_at_any_moment(area: Area) -> None:
    update(area, AT - timedelta(hours=1), jobs=1)
    began = time.monotonic()
    update(area, jobs=1)
    takes = time.monotonic() - began
    context = multiprocessing.get_context("fork")  # starts at once, so that the kills fall inside the work
    chance = random.Random(5)
    killed = 0
    for night in range(60):
        if night >= 10 and killed >= 3:
            break
        job = context.Process(target=update, args=(area, AT + timedelta(hours=night + 1)), kwargs={"jobs": 1})
        job.start()
        job.join(0.05 + chance.random() * takes)
        if job.pid is not None and job.is_alive():
            os.kill(job.pid, signal.SIGKILL)
            killed += 1
        job.join()
        current = read_current(area.id)
        assert current is not None
        snapshot = load(area.id, current.snapshot)
        assert snapshot.id == current.snapshot
    assert killed >= 3
    last = update(area, AT + timedelta(hours=12), jobs=1)
    assert last.complete
    assert last.new
    left = [path.name for path in area_home(area.id).glob(".models-*")]
    assert left == []


def test_a_full_disk_while_training_keeps_the_last_forecast(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    good = update(area, jobs=1).snapshot
    models = {path.name: path.read_bytes() for path in (area_home(area.id) / "models").iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("forecasting.training.training.write_checked", full)
        patch.setattr("forecasting.snapshot.snapshot_files.save", full)
        done = update(area, AT + timedelta(hours=5), jobs=1)
    assert done.snapshot == good
    assert not done.complete
    assert "No space left" in done.text(NL)
    assert {path.name: path.read_bytes() for path in (area_home(area.id) / "models").iterdir()} == models
    assert update(area, AT + timedelta(hours=5), jobs=1).complete


@pytest.mark.parametrize(("name", "field"), [("pier.json", "cap"), ("_past.json", "zones")])
def test_a_damaged_model_is_named_and_mended(
    area: Area, monkeypatch: pytest.MonkeyPatch, name: str, field: str
) -> None:
    good = update(area, jobs=1).snapshot
    path = area_home(area.id) / "models" / name
    path.write_text(path.read_text().replace(f'"{field}":', f'"{field}":1'))
    with pytest.raises(UserError, match="damaged"):
        store.load_models(area)

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(nightly, "train", broken)
        done = update(area, AT + timedelta(hours=5), jobs=1)
    assert done.snapshot == good
    assert name in done.text(NL)
    assert f"blijft {good}" in done.text(NL)
    mended = update(area, AT + timedelta(hours=5), jobs=1)
    assert name in mended.text(NL)
    assert mended.new
    assert update(area, AT + timedelta(hours=5), jobs=1).complete


def test_two_at_once_are_refused(area: Area) -> None:
    with locked(area.id, "update"), pytest.raises(UserError, match="Another process"):
        update(area, jobs=1)


def test_a_source_that_fails_does_not_stop_it(area: Area) -> None:
    path = area_home(area.id) / "sources.toml"
    path.write_text(path.read_text() + '[source.connector]\nkind = "table"\nfolder = "nothing-here"\n')
    done = update(area, jobs=1)
    assert done.new
    assert not done.complete
    assert "Er zijn geen bestanden" in done.text(NL)


def test_what_changed_since_the_previous_forecast(area: Area) -> None:
    name = update(area, jobs=1).snapshot
    assert name is not None
    snapshot = load(area.id, name)
    old = forecast(snapshot)
    assert not any(change.notable for change in changes(old, old))
    saturday = old.local_hours.day_of_week == 5
    quantiles = old.quantiles.copy()
    quantiles[:, saturday] *= 1.5
    weather = np.zeros((len(old.hours), 4))
    warmer = weather + np.where(saturday, 4, 0)[:, None]
    found = changes(old, replace(old, quantiles=quantiles), old_weather=weather, new_weather=warmer)
    assert [change.day for change in found if change.notable] == [date(2026, 8, 8)]
    assert change_sentence(found, date(2026, 8, 2), date(2026, 8, 3), NL) == (
        "Sinds gisteren: zaterdag drukker, 4 graden warmer verwacht."
    )
    assert change_sentence(found, date(2026, 7, 30), date(2026, 8, 3), NL).startswith("Sinds donderdag 30 juli 2026: ")
    assert (
        change_sentence([DayChange(date(2026, 8, 8), 1.0, float("nan"))], date(2026, 8, 2), date(2026, 8, 3), NL) == ""
    )


def test_a_score_counts_only_what_is_known(area: Area) -> None:
    name = update(area, jobs=1).snapshot
    assert name is not None
    made = forecast(load(area.id, name))
    assert score(made, np.full(made.median.shape, np.nan)) is None
    perfect = score(made, made.median.copy())
    assert perfect is not None
    assert (perfect.mae, perfect.coverage_50, perfect.coverage_95) == (0, 1, 1)
    far = score(made, made.quantile(0.975) + 1)
    assert far is not None
    assert far.coverage_95 == 0


def test_the_command(area: Area, capsys: pytest.CaptureFixture[str]) -> None:
    from forecasting.__main__ import main

    assert main(["update", "--area", "badplaats", "--jobs", "1", "--lang", "nl"]) == 0
    assert "Nieuwe verwachting: 20260803T06-" in capsys.readouterr().out
    assert json.loads((area_home(area.id) / "current.json").read_text())["cutoff"] == "2026-08-03T06:00:00+00:00"
