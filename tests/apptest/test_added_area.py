"""An area that somebody adds from files and trains can be chosen in the app, says what it said a week ago, and what was
done there shows its effect once it was counted."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.__main__ import main as data_command
from data.area.area import Area, load_area
from data.keeping import real_time
from data.keeping.acts import by_owner
from data.keeping.home import area_home
from data.upkeep.delivering import look_at, take_in
from feedback.people.roles import Role
from forecasting.__main__ import main as forecasting_command
from response.__main__ import main as response_command
from response.actions.log import log, read_entry
from response.effects.frozen import FILE, FrozenDay, save_frozen
from streamlit_app.playbook.keys import PlaybookKey
from tests.apptest.signing_in import sign_in

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


@pytest.fixture
def _counts_as_before(testtown: Area) -> Iterator[None]:
    kept = (area_home(testtown.id) / "counts.parquet").read_bytes()
    yield
    (area_home(testtown.id) / "counts.parquet").write_bytes(kept)


@pytest.fixture(scope="module")
def testtown(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Area:
    """The area, added from files and trained."""
    folder = tmp_path_factory.mktemp("files")
    _counts(folder / "counts.csv")
    (folder / "zones.csv").write_text(ZONES)
    added = ["add-area", "testtown", "--name", "Testdorp", "--tz", "Europe/Amsterdam", "--country", "NL"]
    files = ["--counts", str(folder / "counts.csv"), "--zones", str(folder / "zones.csv")]
    assert data_command([*added, *files, "--replay", "2026-07-06T08:00"]) == 0
    assert forecasting_command(["train", "--area", "testtown", "--until", "2026-06-29T00:00", "--jobs", "1"]) == 0
    return load_area("testtown")


MEASURE = """
[[measure]]
id = "borden"
names = { nl = "Borden", en = "Signs" }
decided_by = { nl = "Gemeente" }
source = { nl = "Aanname" }
[measure.effect]
type = "change"
places = { zones = ["markt"] }
factor = { low = 0.8, expected = 0.9, high = 1.0 }
"""
CARD = """
[[card]]
id = "borden"
names = { nl = "Borden naar het station", en = "Signs to the station" }
measure = "borden"
kind = "route"
taste = "sweet"
actors = ["gemeente"]
decides = { nl = "Gemeente" }
lead_hours = 24
stop = { nl = "Stop als het rustig is." }
steps = [{ nl = "Zet de borden neer." }]
side_effects = { nl = "Drukte elders." }
undone = { nl = "Haal de borden weg." }
source = { nl = "Aanname." }
[card.trigger]
places = { zones = ["markt"] }
level = "orange"
hours = 2
chance = 0.5
"""
AFTERNOON = range(12, 18)
EXPECTED, TRUE = 300, 0.7
"""People in each hour of an afternoon as it was forecast, and what the signs make of it."""


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
    testtown: Area, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, draw = home / "areas" / "testtown", np.random.default_rng(4)
    (folder / "measures.toml").write_text(MEASURE)
    (folder / "playbook.toml").write_text(CARD)
    days = [date(2026, 6, 1) + timedelta(days=step) for step in range(24)]
    acted = sorted(draw.choice(days, 10, replace=False).tolist())
    _freeze(testtown, days, draw)
    for day in acted:
        values = {"id": str(uuid4()), "area": "testtown", "stage": "ended", "card": "borden", "zones": ["markt"]}
        start, end = (datetime.combine(day, time(hour), testtown.tz) for hour in (12, 18))
        log(read_entry({**values, "happened": start, "until": end}), testtown)
    late = _delivered(acted, days, draw)
    counts = pd.read_parquet(folder / "counts.parquet")
    came = counts["hour"].isin(late["timestamp"].dt.tz_convert("UTC")) & (counts["zone_id"] == "markt")
    counts[~came].to_parquet(folder / "counts.parquet", index=False)

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


def _freeze(area: Area, days: list[date], draw: np.random.Generator) -> None:
    """Keep a forecast of each day, made on the evening before."""
    frozen = []
    for day in days:
        paths = np.full((2, 4, 1), 6.0 * EXPECTED) * np.exp(draw.normal(0, 0.05, (1, 1, 100)))
        cutoff = datetime.combine(day - timedelta(days=1), time(18), area.tz)
        frozen.append(FrozenDay(day, f"forecast of {day}", cutoff, area.zone_ids, paths))
    save_frozen(frozen, area_home(area.id) / FILE)


def _delivered(acted: list[date], days: list[date], draw: np.random.Generator) -> pd.DataFrame:
    """The afternoons of the market as they are delivered later."""
    rows = []
    for day in days:
        size = EXPECTED * np.exp(draw.normal(0, 0.05)) * (TRUE if day in acted else 1)
        for hour in AFTERNOON:
            moment = pd.Timestamp(datetime.combine(day, time(hour)), tz="Europe/Amsterdam")
            rows.append((moment, "markt", draw.poisson(size)))
    return pd.DataFrame(rows, columns=["timestamp", "zone_id", "count"])


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
