"""Own and adopted thresholds hold on every page, travel in the link, and fall back with a sentence."""

from collections.abc import Iterator

import pytest

from data.area import load_area
from data.home import area_home
from forecasting.adoption import adopt
from forecasting.threshold_set import ThresholdSet
from tests.apptest.test_pages import headings, opened, scripts

EMPTY = ThresholdSet().text
STRICT = ThresholdSet(zones={"keizerstraat": (1, 2, 3)})
SATURDAY = "2026-08-08T13:00Z"


@pytest.fixture
def _nothing_adopted_after() -> Iterator[None]:
    yield
    (area_home("scheveningen") / "thresholds.json").unlink()


def said(app: object) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.info, *app.warning))  # type: ignore[attr-defined]


def test_the_link_always_names_the_borders() -> None:
    assert opened("today", lang="nl").query_params["thresholds"] == EMPTY


def test_own_borders_change_what_a_page_says_and_stay_in_the_link() -> None:
    where = {"lang": "nl", "zone": "keizerstraat", "at": SATURDAY}
    usual = opened("map", **where)
    assert "wordt het te druk bij Keizerstraat" not in said(usual)
    own = opened("map", **where, thresholds=STRICT.text)
    assert "wordt het te druk bij Keizerstraat" in said(own)
    assert "uw eigen grenzen" in said(own)
    assert own.query_params["thresholds"] == STRICT.text
    own.button(key="shell.in_force").click().run()
    assert "wordt het te druk bij Keizerstraat" not in said(own)
    assert own.query_params["thresholds"] == EMPTY


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kapot", "niet te lezen"),
        (ThresholdSet(zones={"atlantis": (1, 2, 3)}).text, "plekken die hier niet zijn"),
    ],
)
def test_a_damaged_set_falls_back_with_one_sentence(text: str, sentence: str) -> None:
    app = opened("today", lang="nl", thresholds=text)
    assert [sentence in info.value for info in app.info] == [True]
    assert app.query_params["thresholds"] == EMPTY


@pytest.mark.usefixtures("_nothing_adopted_after")
def test_an_adopted_set_is_everyones_and_pages_say_so() -> None:
    before = opened("map", lang="nl", zone="keizerstraat", at=SATURDAY)
    adopt(load_area("scheveningen"), STRICT, body="klankbordgroep", role="facilitator", reason="Zo voelt het voor ons.")
    before.run()
    assert "wordt het te druk bij Keizerstraat" in said(before)
    assert "door de klankbordgroep" in said(before)
    assert before.query_params["thresholds"] == STRICT.text
    kept = opened("map", lang="nl", zone="keizerstraat", at=SATURDAY, thresholds=EMPTY)
    assert "wordt het te druk bij Keizerstraat" not in said(kept)
    assert kept.query_params["thresholds"] == EMPTY


@pytest.mark.usefixtures("_nothing_adopted_after")
def test_a_damaged_history_leaves_the_defaults_and_says_so() -> None:
    path = area_home("scheveningen") / "thresholds.json"
    path.write_text("{", "utf-8")
    app = opened("today", lang="nl")
    assert "thresholds.json is beschadigd" in said(app)
    assert headings(app)


def test_the_python_of_a_cell_uses_the_same_borders() -> None:
    app = opened("map", lang="en", thresholds=STRICT.text)
    found = list(scripts(app))
    assert found
    assert all(STRICT.text in script for script in found)


@pytest.mark.parametrize(
    ("lang", "title", "saturday"),
    [
        ("nl", "Wanneer is het te druk voor u?", "Afgelopen zaterdag (1 augustus)"),
        ("en", "When is it too busy for you?", "Last Saturday (1 August)"),
    ],
)
def test_the_page_shows_pictures_and_what_they_mean(lang: str, title: str, saturday: str) -> None:
    app = opened("thresholds", lang=lang, zone="pier", at=SATURDAY)
    assert title in headings(app)
    assert saturday in said(app)
    assert app.query_params["thresholds"] == EMPTY


def test_a_moved_border_changes_what_the_page_says_and_comes_back() -> None:
    app = opened("thresholds", lang="nl", zone="pier", at=SATURDAY)
    assert "wordt het **gezellig druk** bij De Pier" in said(app)
    app.select_slider(key="thresholds.red").set_value(22).run()
    assert not app.exception
    assert "wordt het **te druk** bij De Pier" in said(app)
    own = ThresholdSet.decode(app.query_params["thresholds"])
    assert own.zones == {"pier": (570.0, 684.0, 836.0)}
    app.button(key="thresholds.as_in_force").click().run()
    assert "wordt het **gezellig druk** bij De Pier" in said(app)
    assert app.query_params["thresholds"] == EMPTY


def test_all_places_of_a_kind_move_at_once_by_what_one_sees() -> None:
    app = opened("thresholds", lang="nl", zone="pier", at=SATURDAY)
    app.button_group(key="thresholds.scope").set_value("all").run()
    app.select_slider(key="thresholds.orange").set_value(60).run()
    own = ThresholdSet.decode(app.query_params["thresholds"])
    area = load_area("scheveningen")
    for zone in area.zones:
        if zone.kind == "promenade":
            assert zone.usable_m2 is not None
            assert own.zones[zone.zone_id][1] == pytest.approx(0.60 * zone.usable_m2)
        else:
            assert zone.zone_id not in own.zones


@pytest.mark.parametrize(("typed", "sentence"), [((10, 20, 30), ""), ((10, 5, 30), "moeten oplopen")])
def test_exact_figures_can_be_typed(typed: tuple[float, float, float], sentence: str) -> None:
    app = opened("thresholds", lang="nl", zone="pier", at=SATURDAY)
    for field, value in zip(app.number_input, typed, strict=True):
        field.set_value(value)
    next(button for button in app.button if button.label == "Neem deze cijfers over").click().run()
    assert not app.exception
    own = ThresholdSet.decode(app.query_params["thresholds"])
    assert own.zones == ({} if sentence else {"pier": typed})
    assert [error.value for error in app.error] == (
        [f"Deze grenzen {sentence}: eerst gezellig druk, dan druk, dan te druk."] if sentence else []
    )


def test_the_python_of_the_page_runs() -> None:
    app = opened("thresholds", lang="en", thresholds=STRICT.text)
    for cell in ("choose", "consequence"):
        app.session_state[f"{cell}.how"] = True
    app.run()
    found = [block.value for block in app.code]
    assert len(found) == 2
    for script in found:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["result"] is not None
