"""Pages of an area whose counters run at some hours only, or counted too little for any forecast."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.__main__ import main as forecasting_command
from forecasting.snapshot.current import read_current
from forecasting.training.training import train
from forecasting.update import update
from language import language
from tests.unit.counters import town_of_counters

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 6, 15, 6, tzinfo=UTC)


def town(folder: Path, days: int, names: tuple[str, ...]) -> Area:
    if area_home("tellers").exists():
        area_home("tellers").rename(folder / "earlier")
    hours = pd.date_range(AT - timedelta(days=days), AT, freq="h", inclusive="left")
    return town_of_counters(folder, hours, names=names)


@pytest.fixture
def app() -> AppTest:
    found = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    found.query_params["lang"] = "nl"
    found.query_params["area"] = "tellers"
    return found


def words(app: AppTest) -> str:
    return " ".join(text.value for text in app.markdown)


def test_pages_show_what_is_counted(tmp_path: Path, app: AppTest) -> None:
    area = town(tmp_path, 70, ("winkel", "nacht"))
    train(area, AT, jobs=1)
    app.run()
    assert not app.exception
    for page in ("map", "thresholds", "scenarios", "accuracy", "contributions"):
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception, page
    app.query_params["moment"] = "2026-06-16T10:00:00Z"
    app.query_params["zone"] = "nacht"
    app.switch_page("../pages/map.py").run()
    assert not app.exception
    assert "op deze uren wordt daar niet geteld" in words(app)


def test_an_empty_forecast_says_why(tmp_path: Path, app: AppTest, capsys: pytest.CaptureFixture[str]) -> None:
    area = town(tmp_path, 2, ("winkel",))
    train(area, AT, jobs=1)
    assert forecasting_command(["forecast", "--area", "tellers", "--lang", "nl"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Er is geen verwachting van tellers")
    app.run()
    assert not app.exception
    assert app.title[0].value == "Van Tellers is er nog geen verwachting"
    assert "te weinig geteld" in words(app) or "minder dan drie dagen" in words(app)
    done = update(area, AT, jobs=1)
    assert not done.complete
    assert done.snapshot is None
    assert read_current("tellers") is None
    assert "Er is geen verwachting van tellers" in done.text(language("nl"))


def test_hours_that_nobody_counts_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    area = town(tmp_path, 60, ("winkel", "weekend"))
    train(area, AT, jobs=1)
    at = ["forecast", "--area", "tellers", "--lang", "nl", "--at", "2026-06-15T08:00"]
    assert forecasting_command([*at, "--hours", "24"]) == 0
    printed = capsys.readouterr()
    assert "Geen verwachting, omdat deze uren er niet geteld worden: Weekend." in printed.err
    assert len(printed.out.splitlines()) == 1 + 2 * 24
    assert forecasting_command([*at[:-1], "2026-06-15T23:00", "--hours", "5"]) == 2
    assert "voor deze uren" in capsys.readouterr().err
