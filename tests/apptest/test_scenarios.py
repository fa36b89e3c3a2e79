"""A scenario holds on every page, travels in the link, and falls back with a sentence."""

import pytest

from forecasting.scenario import Scenario
from tests.apptest.test_pages import headings, opened, scripts

RAIN = Scenario.model_validate({"weather": {"rain_mm": 3}})
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
    for script in scripts(app):
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["forecast"].scenario == RAIN.encode()  # type: ignore[attr-defined]
