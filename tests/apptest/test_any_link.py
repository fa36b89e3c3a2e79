"""Whatever stands in a link: the page opens, says in a sentence what it could not read, and keeps the rest."""

import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from feedback.people.roles import Role
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import UserError
from streamlit_app.shell.workspace import decode, encode
from tests.apptest.signing_in import sign_in

MAIN = str(Path(__file__).parents[2] / "streamlit_app" / "main.py")
DEEP = "[" * 1500 + "]" * 1500
PERIOD = '{{"version":1,"closures":[{{"zone_id":"{zone}","start":"{start}","end":"{end}"}}]}}'
PARAMETERS = ("area", "at", "snapshot", "lang", "zone", "view", "case", "thresholds", "scenario", "beside", "part")
PARAMETERS += ("busy", "session", "wb", "embed_options")


def coded(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


TEXTS = ["", "\0", "-1", "NaN", "x" * 100_000, DEEP, "{0}"]
SNAPSHOTS = ["99991231T23-abcdef", "00010101T00-abcdef", "20991231T23-abcdef", "20260803T06-" + "a" * 300]
MOMENTS = ["9999-12-31T23:00Z", "0001-01-01T00:00Z", "1700-01-01T00:00Z", "2026-08-08T13:00Z" + "0" * 999]
CODES = [
    *map(coded, (DEEP, '{"a":' * 1000 + "1" + "}" * 1000, b"\xff\xfe", "null", '"x"', "NaN", '{"version": 1e999}')),
    *map(coded, ('{"weather": {"temp_c": NaN}}', '{"weather": {"rain_mm": -1}}', '{"weather":{"wind_ms":1e999}}')),
    *map(
        coded,
        (f'{{"weather":{{"temp_c":{"9" * 4000}}}}}', '{"zones":{"pier":[1,2,1e999]}}', '{"zones":{"pier":[3,2,1]}}'),
    ),
    coded(PERIOD.format(zone="pier", start="9999-12-31T22:00", end="9999-12-31T23:00")),
    coded(PERIOD.format(zone="pier", start="0001-01-01T00:00+14:00", end="0001-01-01T01:00+14:00")),
    coded(PERIOD.format(zone="\\ud800", start="2026-08-08T10:00", end="2026-08-08T12:00")),
    coded(PERIOD.format(zone="nowhere", start="2026-08-08T10:00", end="2026-08-08T12:00")),
    "A" * 16_001,
    "=" * 100,
]


def opened(page: str, params: dict[str, str]) -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=120)
    for name, value in {"lang": "nl", **params}.items():
        app.query_params[name] = value
    sign_in(app, Role.STEWARD).switch_page(f"../pages/{page}.py").run()
    assert not app.exception, params
    assert app.title
    return app


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_in_every_parameter(text: str) -> None:
    opened("today", dict.fromkeys(PARAMETERS, text))


@pytest.mark.parametrize("name", ["map", "scenarios", "thresholds", "sessions", "workbook", "join", "studio", "manage"])
def test_damaged_values_on_every_page(name: str) -> None:
    opened(name, {**dict.fromkeys(PARAMETERS, "\u202e\0<b>"), "scenario": CODES[0], "snapshot": SNAPSHOTS[0]})


def test_a_moment_or_forecast_out_of_reach_is_said() -> None:
    for snapshot in SNAPSHOTS:
        app = opened("today", {"snapshot": snapshot})
        assert any("niet op deze computer" in info.value for info in app.info), snapshot
    for moment in MOMENTS:
        app = opened("today", {"at": moment, "busy": f"pier@{moment}"})
        assert any("niet te lezen" in info.value for info in app.info), moment


def test_what_a_link_lacks_is_said_again_when_the_browser_tells_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone tells its width after the first run, and the page is drawn anew before anybody could read it."""
    app = opened("today", {"snapshot": "20260803T06-abcdef"})

    def said() -> bool:
        return any("20260803T06" in one.value for one in app.info)

    assert said()
    for module in ("session", "device"):
        monkeypatch.setattr(f"streamlit_app.shell.{module}.narrow", lambda: True)
    app.run()
    assert said()
    app.run()
    assert not said()


def test_a_damaged_scenario_or_set_of_thresholds_is_named() -> None:
    for code in CODES:
        read, damaged = decode({"scenario": code, "beside": code, "thresholds": code, "zone": "pier"})
        assert damaged.keys() & {"scenario", "beside", "thresholds"}, code[:80]
        assert encode(read)["zone"] == "pier"


@pytest.mark.parametrize("code", CODES[:1] + CODES[-4:])
def test_a_damaged_scenario_or_set_of_thresholds_is_said(code: str) -> None:
    app = opened("today", {"scenario": code, "beside": code, "thresholds": code})
    assert app.info
    assert "scenario" not in app.query_params


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["version", "weather", "events", "closures", "measures", "zones", "start", "end", "temp_c", "x"]
)


@given(st.dictionaries(NAMES, JSON, max_size=4) | JSON, st.binary(max_size=20), st.integers(0, 20))
def test_a_code_of_anything_is_read_or_refused(value: object, noise: bytes, at: int) -> None:
    text = json.dumps(value).encode()
    for raw in (text, text[:at] + noise + text[at:]):
        for kind in (Scenario, ThresholdSet):
            with suppress(UserError):
                read = kind.decode(coded(raw))
                again = read.encode() if isinstance(read, Scenario) else read.text
                assert kind.decode(again) == read


@given(st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%MZ")), st.text(max_size=5))
def test_a_moment_of_any_year_is_read_or_refused(moment: str, zone: str) -> None:
    workspace, damaged = decode({"at": moment, "busy": f"{zone}@{moment}"})
    assert decode(encode(workspace))[0] == workspace
    assert set(damaged) in (set(), {"at", "busy"})
