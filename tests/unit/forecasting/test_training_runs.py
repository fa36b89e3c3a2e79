"""Training a small area: on a real Dask cluster (a scheduler and a worker, each a process), and nightly."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.__main__ import main
from forecasting.evaluation import backtest
from forecasting.model.area_model import fit_area_model
from forecasting.model.residuals import ZoneSeries
from forecasting.training import area_fit
from forecasting.training.model_files import load_models
from forecasting.training.training import known_history, train, zone_series
from forecasting.training.workers import workers
from forecasting.training.zone_fit import fit_zone
from language import UserError
from tests.unit.small_town import small_town

UNTIL = datetime(2026, 8, 3, tzinfo=UTC)
DAYS = 250


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    folder = tmp_path_factory.mktemp("cluster")
    hours = pd.date_range(end=UNTIL, periods=(DAYS + 7) * 24, freq="h") + pd.Timedelta(days=7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(folder / "home"))
        yield small_town(folder, hours, replay=datetime(2026, 8, 3, 2), weekend=1.4)


_CLUSTER = """\
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster started by a script of its own: page tests before this one may have replaced ``__main__``."""
    script = tmp_path_factory.mktemp("dask") / "cluster.py"
    script.write_text(_CLUSTER)
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as cluster:
        assert cluster.stdout
        yield cluster.stdout.readline().strip()
        cluster.communicate("\n", timeout=30)


@pytest.fixture(scope="module")
def trained(area: Area, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models trained here, on counts until ``UNTIL``."""
    folder = tmp_path_factory.mktemp("trained")
    train(area, UNTIL, into=folder, jobs=1)
    return folder


@pytest.mark.soak
def test_a_cluster_gives_the_same_models(area: Area, address: str, trained: Path, tmp_path: Path) -> None:
    here, there = trained, tmp_path
    with workers(scheduler=address) as work:
        assert work.cluster
        train(area, UNTIL, into=there, work=work)
    files = sorted(path.name for path in here.iterdir())
    assert {"_area.json", "_mix.json", "_past.json", "pier.json", "kade.json"} == set(files)
    for name in files:
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
    assert load_models(area, there).past.moments.size >= 5


def test_a_cluster_gives_the_same_backtest(area: Area, address: str) -> None:
    plan = backtest.Plan((datetime(2026, 4, 1, tzinfo=UTC),), horizon=48)
    there, _, days = backtest.run(area, plan, scheduler=address)
    shutil.rmtree(area_home(area.id) / "backtests")
    here, _, again = backtest.run(area, plan, jobs=1)
    pd.testing.assert_frame_equal(days, again)
    assert there.model == here.model
    assert there.baselines == here.baselines


def test_a_night_computes_only_what_is_new(
    area: Area, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = timedelta(days=1)
    shutil.copytree(trained, tmp_path, dirs_exist_ok=True)
    first = load_models(area, tmp_path)
    folds: list[list[int]] = []
    quiet = area_fit._fold_quiet
    monkeypatch.setattr(area_fit, "_fold_quiet", lambda *given: folds.append(given[2].tolist()) or quiet(*given))
    train(area, UNTIL + day, into=tmp_path, jobs=1, warm=True)
    second = load_models(area, tmp_path)
    assert folds == []
    assert second.until - first.until == day
    assert second.mix.until == first.mix.until
    assert (second.past.moments == first.past.moments).all()
    np.testing.assert_array_equal(second.past.levels, first.past.levels)

    cold = fit_zone(zone_series_of(area, UNTIL + day), "")
    warm = second.zones[0].day_model
    assert warm.names == cold.day_model.names
    assert warm.coefficients == pytest.approx(cold.day_model.coefficients, abs=0.02)

    train(area, UNTIL + 7 * day, into=tmp_path, jobs=1, warm=True)
    third = load_models(area, tmp_path)
    assert [len(days) for days in folds] == [1]
    assert len(third.past.moments) == len(first.past.moments) + 1
    np.testing.assert_array_equal(third.past.levels[:, :-1], first.past.levels)
    assert third.mix.until == first.mix.until


def zone_series_of(area: Area, until: datetime) -> ZoneSeries:
    history = known_history(area, until)
    return zone_series(history, fit_area_model(history))[area.zone_ids[0]]


def test_a_cluster_that_does_not_answer_is_one_sentence(
    area: Area, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecasting.training.workers._PATIENCE", "1s")
    said = ["train", "--area", "badplaats", "--lang", "nl", "--scheduler", "tcp://127.0.0.1:1"]
    assert main(said) == 2
    assert capsys.readouterr().err.strip().endswith("De Dask-scheduler op tcp://127.0.0.1:1 antwoordt niet.")
    with pytest.raises(UserError, match="does not answer"), workers(scheduler="no address"):
        pass
