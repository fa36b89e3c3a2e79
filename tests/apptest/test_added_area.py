"""An area that somebody adds from files and trains can be chosen in the app, says what it said a week ago, and what was
done there shows its effect once it was counted."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.__main__ import main as data_command
from data.area.area import Area
from data.keeping import real_time
from data.keeping.acts import by_owner
from data.keeping.home import area_home
from data.upkeep.delivering import look_at, take_in
from feedback.people.roles import Role
from forecasting.__main__ import main as forecasting_command
from response.__main__ import main as response_command
from streamlit_app.playbook.keys import PlaybookKey
from tests.added_town import TRUE, add_card, add_town, delivered, freeze_days, log_days, not_yet_counted
from tests.apptest.signing_in import sign_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def _counts_as_before(testtown: Area) -> Iterator[None]:
    kept = (area_home(testtown.id) / "counts.parquet").read_bytes()
    yield
    (area_home(testtown.id) / "counts.parquet").write_bytes(kept)


@pytest.fixture(scope="module")
def testtown(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Area:
    """The area, added from files and trained."""
    return add_town(tmp_path_factory.mktemp("files"), date(2026, 3, 2))


def _effects() -> str:
    """What the page of the playbook tells of effects."""
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["area"] = "nl", "testtown"
    sign_in(app, Role.PROFESSIONAL)
    app.session_state[PlaybookKey.PART] = "effects"
    app.switch_page("../pages/playbook.py").run()
    assert not app.exception
    return " ".join(one.value for one in app.markdown)


@pytest.mark.usefixtures("_counts_as_before")
def test_an_effect_appears_when_the_counts_arrive(
    testtown: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = np.random.default_rng(4)
    add_card(testtown)
    days = [date(2026, 6, 1) + timedelta(days=step) for step in range(24)]
    acted = sorted(draw.choice(days, 10, replace=False).tolist())
    freeze_days(testtown, days, draw)
    log_days(testtown, acted)
    late = delivered(acted, days, draw)
    not_yet_counted(testtown, late)

    told = _effects()
    assert "Dit weten wij nog niet" in told
    assert "de tellingen van die dag kwamen niet" in told
    assert response_command(["effects", "--area", "testtown", "--lang", "nl"]) == 0
    assert "Dit weten wij nog niet" in capsys.readouterr().out

    late.to_csv(tmp_path / "late.csv", index=False)
    by_owner(take_in, testtown, look_at(testtown, "counts", tmp_path / "late.csv"))
    assert response_command(["effects", "--area", "testtown", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["effects"]
    assert (found["state"], found["days_with"], found["left_out"]) == ("less", 10, [])
    assert found["low"] < TRUE - 1 < found["high"] < 0
    assert found["effect"] == pytest.approx(TRUE - 1, abs=0.1)
    said = f"Minder druk dan verwacht: ongeveer {round(-100 * found['effect'])}%"
    assert said in _effects()
    assert response_command(["effects", "--area", "testtown", "--lang", "nl"]) == 0
    assert said in capsys.readouterr().out


def test_an_added_area_can_be_chosen(
    testtown: Area, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    assert forecasting_command(["forecast", "--area", "testtown", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "zone_id,hour,q05,q10,q25,q50,q75,q90,q95,known_days"
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
