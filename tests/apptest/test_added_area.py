"""An area that somebody adds from files and trains can be chosen in the app, and says what it said a week ago."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.__main__ import main as data_command
from data.keeping import real_time
from forecasting.__main__ import main as forecasting_command

ROOT = Path(__file__).parents[2]
ZONES = "zone_id,name,lat,lon\nmarkt,Markt,52.011,4.358\nstation,Station,52.007,4.356\n"


def _counts(path: Path) -> None:
    hours = pd.date_range("2026-03-02", "2026-07-06", freq="h", inclusive="left")
    generator = np.random.default_rng(1)
    rows = [
        pd.DataFrame(
            {
                "timestamp": hours,
                "zone_id": zone,
                "count": generator.poisson(size * (1 + np.sin((hours.hour - 8) / 24 * 2 * np.pi)) + 5),
                "remark": "x",
            }
        )
        for zone, size in (("markt", 200), ("station", 80))
    ]
    pd.concat(rows).to_csv(path, index=False, sep=";")


def test_an_added_area_can_be_chosen(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _counts(tmp_path / "counts.csv")
    (tmp_path / "zones.csv").write_text(ZONES)
    added = ["add-area", "testtown", "--name", "Testdorp", "--tz", "Europe/Amsterdam", "--country", "NL"]
    files = ["--counts", str(tmp_path / "counts.csv"), "--zones", str(tmp_path / "zones.csv")]
    assert data_command([*added, *files, "--replay", "2026-07-06T08:00"]) == 0
    assert forecasting_command(["train", "--area", "testtown", "--until", "2026-06-29T00:00", "--jobs", "1"]) == 0
    capsys.readouterr()
    assert forecasting_command(["forecast", "--area", "testtown", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "zone_id,hour,q05,q10,q25,q50,q75,q90,q95"
    assert len(lines) == 1 + 2 * 168

    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    app.run()
    app.selectbox(key="shell.area").set_value("testtown").run()
    assert not app.exception
    assert not app.error
    assert [warning.value.split("**")[1] for warning in app.warning] == [
        "Dit is een week uit juli 2026, met echte tellingen."
    ]
    assert app.query_params["area"] == "testtown"
    assert "Markt" in app.title[0].value or "rustig" in app.title[0].value
    app.switch_page("../pages/map.py").run()
    assert not app.exception
    assert app.get("deck_gl_json_chart")
    app.switch_page("../pages/thresholds.py").run()
    assert not app.exception
    assert "Hoe groot deze plek is, weten wij niet" in " ".join(text.value for text in app.markdown)
    assert app.select_slider(key="thresholds.orange").value == pytest.approx(10, rel=0.1)

    # A week after a forecast was kept, with the clock at a Monday morning: what was said lies beside what was counted.
    assert forecasting_command(["forecast", "--area", "testtown", "--at", "2026-06-29T08:00"]) == 0
    assert data_command(["clock", "--area", "testtown", "--live"]) == 0
    monkeypatch.setattr(real_time, "real_now", lambda: datetime(2026, 7, 6, 6, 30, tzinfo=UTC))
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    app.query_params["area"] = "testtown"
    app.run()
    assert not app.exception
    assert "Vorige week zeiden wij …" in [one.value for one in [*app.title, *app.header, *app.subheader]]
    told = " ".join(one.value for one in app.markdown)
    assert "De week van 29 juni t/m 5 juli 2026." in told
    assert "Gezegd op maandag 29 juni" in told
    assert "Wij zeiden: " in told
    assert any(came in told for came in ("Dat klopte.", "Het werd"))
