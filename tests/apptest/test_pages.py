"""Every page runs in both languages, says what it must, and every cell can be made again."""

import re
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.keeping.home import SHIPPED
from feedback.people.roles import Role
from streamlit_app.showing.keys import ShowingKey
from tests.apptest.signing_in import sign_in

ROOT = Path(__file__).parents[2]
TITLES = {
    ("today", "nl"): "De week van 3 t/m 9 augustus 2026",
    ("today", "en"): "The week of 3 to 9 August 2026",
    ("map", "nl"): "Eén plek, de hele week",
    ("map", "en"): "One place, all week",
}
NEWER = urlsafe_b64encode(b'{"version": 2, "dreams": true}').decode().rstrip("=")
MARK = {"nl": "OEFENGEGEVENS", "en": "DEMO DATA"}


def opened(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in (*app.title, *app.header)]


@pytest.mark.parametrize(("name", "lang"), TITLES)
def test_a_page_opens_in_its_language_and_marks_practice_data(name: str, lang: str) -> None:
    app = opened(name, lang=lang)
    assert TITLES[name, lang] in headings(app)
    assert any(MARK[lang] in warning.value for warning in app.warning)
    other = MARK["en" if lang == "nl" else "nl"]
    assert not any(other in text.value for text in (*app.markdown, *app.title, *app.warning))


@pytest.mark.parametrize(
    ("name", "role"), [("today", Role.VISITOR), ("map", Role.VISITOR), ("scenarios", Role.STEWARD)]
)
def test_an_area_without_a_forecast_says_what_to_do(
    name: str, role: Role, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    folder = tmp_path / "areas" / "kust"
    shutil.copytree(SHIPPED / "auckland", folder, ignore=shutil.ignore_patterns("models", "backtest"))
    about = (folder / "area.toml").read_text("utf-8").replace('id = "auckland"', 'id = "kust"')
    (folder / "area.toml").write_text(about.replace("Auckland (havenstad)", "De kust"), "utf-8")
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["area"] = "nl", "kust"
    sign_in(app, role).switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    assert [title.value for title in app.title][-1:] == ["Van De kust is er nog geen verwachting"]
    text = " ".join(line.value for line in app.markdown)
    assert "Kies bovenaan een ander gebied" in text
    assert "`python -m forecasting train --area kust`" in text
    assert ("'Beheer'" in text) == (role is Role.STEWARD)
    assert app.selectbox(key="shell.area").value == "kust"


def test_real_counts_have_a_forecast_and_a_test_of_it_from_the_start() -> None:
    app = opened("today", lang="nl", area="auckland")
    assert not any(MARK["nl"] in text.value for text in (*app.title, *app.warning))
    app = opened("accuracy", lang="nl", area="auckland")
    assert re.search(r"Wij zagen \d+ van de [\d.]+ drukke momenten aankomen", app.title[0].value)


def test_the_headline_says_when_where_and_how_likely() -> None:
    app = opened("today", lang="nl")
    (title,) = (heading.value for heading in app.title)
    assert re.match(r"Zondagmiddag .* bij Dr\. Lelykade .*, kans 9 op 10", title)
    assert app.markdown[0].value.startswith("**Zondag 9 augustus: te druk van 11 tot 17 uur, druk van 11 tot 18 uur")
    # Said once, in the banner above it.
    assert MARK["nl"] not in title
    assert [MARK["nl"] in warning.value for warning in app.warning] == [True]


def test_the_second_week_is_folded_away_and_says_that_it_is_less_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("today", lang="nl")
    folded = next(one for one in app.expander if "minder zeker" in one.label)
    assert not folded.dataframe
    app.session_state[ShowingKey.SECOND_WEEK] = True
    app.run()
    unfolded = next(one for one in app.expander if "minder zeker" in one.label)
    table = unfolded.dataframe[0].value
    assert len(table) == 21
    assert (table["Dag"].iloc[0], table["Dag"].iloc[-1]) == ("Ma 10 aug", "Zo 16 aug")
    assert unfolded.selectbox[0].value == app.session_state[ShowingKey.SECOND_WHERE]
    unfolded.selectbox[0].set_value("visafslag").run()
    other = next(one for one in app.expander if "minder zeker" in one.label).dataframe[0].value
    assert not other.equals(table)
    monkeypatch.setattr("streamlit_app.showing.second_week.second_week", lambda _: None)
    app.run()
    said = " ".join(one.value for one in app.markdown)
    assert "leerde nog niet hoe zeker" in said
    assert "python -m forecasting second\\-week" in said or "python -m forecasting second-week" in said


def test_the_address_says_all_of_it_and_opens_the_same_view() -> None:
    first = opened("map", lang="nl", view="levels", case="busy", at="2026-08-08T13:00Z", zone="pier")
    params = {name: first.query_params[name] for name in first.query_params}
    assert params["at"] == "2026-08-08T13:00Z"
    assert params["snapshot"]
    again = opened("map", **{**params, "lang": "en"})
    assert {**{n: again.query_params[n] for n in again.query_params}, "lang": "nl"} == params
    spec = [app.get("deck_gl_json_chart")[0].proto.json for app in (first, again)]
    assert "Zaterdag" in headings(first)[0]
    assert "Saturday" in headings(again)[0]
    assert '"id":"zones"' in spec[0].replace(" ", "")


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"at": "gisteren"}, "niet te lezen"),
        ({"scenario": NEWER}, "gemaakt door een nieuwere versie (2)"),
        ({"scenario": NEWER, "beside": NEWER}, "niet te lezen"),
        ({"area": "atlantis"}, "staat hier niet"),
        ({"snapshot": "20200101T00-abcdef012345"}, "niet op deze computer"),
        ({"at": "2030-01-01T00:00Z"}, "valt buiten deze verwachting"),
    ],
)
def test_a_damaged_link_opens_the_default_view_with_one_sentence(params: dict[str, str], sentence: str) -> None:
    app = opened("today", lang="nl", **params)
    said = [info.value for info in app.info]
    assert len(said) == 1
    assert sentence in said[0]
    assert app.query_params["area"] == "scheveningen"


def test_areas_of_one_name_can_each_be_chosen(home: Path) -> None:
    shipped, twin = ROOT / "data" / "areas" / "scheveningen", home / "areas" / "twin"
    twin.mkdir(parents=True)
    shutil.copy(shipped / "zones.geojson", twin)
    described = (shipped / "area.toml").read_text("utf-8")
    (twin / "area.toml").write_text(described.replace('id = "scheveningen"', 'id = "twin"'), "utf-8")
    try:
        chooser = opened("today", lang="nl", area="twin").selectbox(key="shell.area")
        assert chooser.value == "twin"
        assert {"Scheveningen (scheveningen)", "Scheveningen (twin)"} < set(chooser.options)
        assert len(set(chooser.options)) == len(chooser.options)
    finally:
        shutil.rmtree(twin)


def test_switching_the_language_keeps_the_view() -> None:
    app = opened("map", lang="nl", at="2026-08-08T13:00Z", view="levels")
    before = dict(app.query_params.items())
    app.get("button_group")[0].set_value("en")
    app.run()
    assert dict(app.query_params.items()) == {**before, "lang": "en"}
    assert "Saturday" in headings(app)[0]


def test_the_steps_move_the_hour_also_for_who_does_not_see_the_map() -> None:
    app = opened("map", lang="nl", at="2026-08-08T13:00Z")
    app.button(key="map.on").click().run()
    assert app.query_params["at"] == "2026-08-08T14:00Z"
    (map_alt,) = [one.proto.alt for one in app.get("deck_gl_json_chart")]
    assert "Zaterdag 8 augustus 2026, 16 uur. Te druk bij " in map_alt
    (chart_alt,) = [one.proto.alt for one in app.get("vega_lite_chart")]
    assert re.search(r"Lijn van hoe druk .* Pierstrand: zaterdagmiddag het drukst", chart_alt)
    app.button(key="map.back").click().run()
    app.button(key="map.back").click().run()
    assert app.query_params["at"] == "2026-08-08T12:00Z"


def scripts(app: AppTest) -> Iterator[str]:
    for cell in ("week", "calendar", "busiest", "why", "dayparts", "map", "zone", "table"):
        if f"{cell}.how" in app.session_state:
            app.session_state[f"{cell}.how"] = True
    app.run()
    yield from (block.value for block in app.code)


@pytest.mark.parametrize("name", ["today", "map"])
def test_the_python_of_every_cell_runs(name: str) -> None:
    found = list(scripts(opened(name, lang="en")))
    assert len(found) == {"today": 5, "map": 3}[name]
    for script in found:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["result"] is not None
