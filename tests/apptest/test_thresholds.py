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
