"""A scenario holds on every page, travels in the link, and falls back with a sentence."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import load
from forecasting.values.scenario import Scenario
from tests.apptest.test_pages import headings, opened, scripts

RAIN = Scenario.model_validate({"weather": {"rain_mm": 3}})
SIGNS = Scenario.model_validate(
    {"measures": [{"id": "borden-spreiden", "start": "2026-08-03T00:00", "end": "2026-08-11T00:00"}]}
)
ELSEWHERE = Scenario.model_validate(
    {"closures": [{"zone_id": "atlantis", "start": "2026-08-08T10:00", "end": "2026-08-08T12:00"}]}
)


def said(app: object) -> str:
    shown = (*app.markdown, *app.info, *app.warning, *app.text)  # type: ignore[attr-defined]
    return " ".join(text.value for text in shown)


def test_a_scenario_changes_what_pages_say_and_there_is_a_way_back() -> None:
    plain = opened("today", lang="nl")
    rain = opened("today", lang="nl", scenario=RAIN.encode())
    assert "SCENARIO" in headings(rain)[0]
    assert "elk uur 3 mm regen" in said(rain)
    assert rain.query_params["scenario"] == RAIN.encode()
    assert headings(rain)[0] != headings(plain)[0]
    rain.button(key="shell.as_forecast").click().run()
    assert headings(rain) == headings(plain)
    assert "scenario" not in rain.query_params
    assert "SCENARIO" not in said(rain)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("kapot", "niet te lezen"),
        ("eyJ2ZXJzaW9uIjo5fQ", "niet te lezen"),
        (ELSEWHERE.encode(), "atlantis"),
    ],
)
def test_a_scenario_that_cannot_be_used_falls_back_with_one_sentence(code: str, sentence: str) -> None:
    app = opened("today", lang="nl", scenario=code)
    assert [sentence in info.value for info in app.info] == [True]
    assert "scenario" not in app.query_params
    assert "SCENARIO" not in headings(app)[0]


def test_the_python_of_a_cell_applies_the_scenario() -> None:
    app = opened("map", lang="en", scenario=RAIN.encode())
    found = scripts(app)
    assert found
    for script in found:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["forecast"].scenario == RAIN.encode()  # type: ignore[attr-defined]


def spec(app: AppTest, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get("vega_lite_chart")[number].proto.spec)
    return found


def scenario_in(app: AppTest, field: str = "scenario") -> Scenario:
    return Scenario.decode(app.query_params[field])


@pytest.mark.parametrize(("lang", "title"), [("nl", "Wat als?"), ("en", "What if?")])
def test_the_page_opens_with_the_forecast_alone(lang: str, title: str) -> None:
    app = opened("scenarios", lang=lang)
    assert headings(app)[0] == title
    assert "scenario" not in app.query_params
    assert len(app.get("vega_lite_chart")) == 3


def test_the_form_makes_a_scenario_and_says_what_it_does() -> None:
    app = opened("scenarios", lang="nl", at="2026-08-08T13:00Z")
    weather = next(group for group in app.get("button_group") if group.key == "scenario.weather.scenario")
    weather.set_value("storm").run()
    assert scenario_in(app).to_json() == '{"version":1,"weather":{"preset":"storm"}}'
    assert "blijven rustig" in said(app)
    assert len(app.get("vega_lite_chart")) == 5, "hours, two maps, their difference, one place"
    app.session_state["scenario.measures"] = True
    app.session_state["scenario.close.scenario"] = True
    app.session_state["scenario.event.scenario"] = True
    app.run()
    app.checkbox(key="scenario.measure.scenario.borden-spreiden").check().run()
    app.button(key="scenario.close.scenario.add").click().run()
    app.button(key="scenario.event.scenario.add").click().run()
    assert not app.session_state["scenario.event.scenario"], "it closes, and what was added stands below it"
    found = scenario_in(app)
    assert [action.id for action in found.measures] == ["borden-spreiden"]
    assert [closure.zone_id for closure in found.closures] == ["strand-noord"]
    assert [event.attendance for event in found.events] == [10_000]
    assert "aanname" in said(app)
    app.button(key="scenario.empty").click().run()
    assert "scenario" not in app.query_params
    assert not app.exception


def test_two_scenarios_stand_beside_the_forecast_with_one_camera_and_one_scale() -> None:
    app = opened("scenarios", lang="en", at="2026-08-08T13:00Z", scenario=RAIN.encode(), beside=SIGNS.encode())
    assert scenario_in(app, "beside") == SIGNS
    maps = [spec(app, number) for number in range(1, 7)]
    assert [one["title"]["text"] for one in maps[:3]] == [["the forecast"], ["scenario A"], ["scenario B"]]
    assert len({json.dumps(one["projection"]) for one in maps}) == 1
    assert len({(one["height"], len(one["title"]["subtitle"]), len(one["title"]["text"])) for one in maps}) == 1
    assert all("DEMO DATA" in one["title"]["subtitle"][0] for one in maps)


def test_what_the_model_has_never_seen_is_said() -> None:
    hot = Scenario.model_validate({"weather": {"temp_c": 40}})
    assert "nog nooit gezien" in said(opened("scenarios", lang="nl", scenario=hot.encode()))


def test_the_page_shows_what_the_command_line_and_the_address_give() -> None:
    """The figures of all pages come from one forecast: that of the snapshot in the link, with its scenario."""
    app = opened("scenarios", lang="nl", scenario=RAIN.encode())
    area = load_area("scheveningen")
    snapshot = load(area.id, app.query_params["snapshot"])
    shown = forecast(snapshot, scenario_in(app))
    zone = area.zone_ids.index(app.selectbox(key="zone.choice").value)
    (lines,) = (layer for layer in spec(app, 4)["layer"] if "layer" in layer)
    values = [row["y1"] for row in lines["data"]["values"]]
    assert len(values) > 100
    assert values == shown.median[zone, : len(values)].round().tolist()


def test_the_python_of_the_page_runs() -> None:
    app = opened("scenarios", lang="en", scenario=RAIN.encode(), beside=SIGNS.encode())
    for cell in ("effect", "maps", "place"):
        app.session_state[f"{cell}.how"] = True
    app.run()
    scripts_of_page = [block.value for block in app.code if "result" in block.value]
    assert len(scripts_of_page) == 3
    for script in scripts_of_page:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["result"]
