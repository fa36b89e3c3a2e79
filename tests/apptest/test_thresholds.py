"""Own and adopted thresholds hold on every page, travel in the link, and fall back with a sentence."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data.area.area import load_area
from data.keeping.home import area_home
from feedback.database.store import change_store, open_store
from feedback.people.codes import keyed
from feedback.people.roles import Role
from feedback.sessions.proposals import Sheet, propose, proposed
from forecasting.values.adoption import adopt, in_force
from forecasting.values.threshold_set import ThresholdSet
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import headings, opened, scripts

EMPTY = ThresholdSet().text
STRICT = ThresholdSet(zones={"keizerstraat": (1, 2, 3)})
SATURDAY = "2026-08-08T13:00Z"


@pytest.fixture
def _nothing_adopted_after() -> Iterator[None]:
    yield
    (area_home("scheveningen") / "thresholds.json").unlink(missing_ok=True)


def said(app: AppTest) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.info, *app.warning))


def test_the_link_always_names_the_thresholds() -> None:
    assert opened("today", lang="nl").query_params["thresholds"] == EMPTY


def test_own_thresholds_change_what_a_page_says_and_stay_in_the_link() -> None:
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


def test_the_python_of_a_cell_uses_the_same_thresholds() -> None:
    app = opened("map", lang="en", thresholds=STRICT.text)
    found = list(scripts(app))
    assert found
    assert all(STRICT.text in script for script in found)


@pytest.mark.parametrize(
    ("lang", "title", "saturday"),
    [
        ("nl", "Wanneer is het te druk voor u?", "Zaterdag 1 augustus 2026, geteld"),
        ("en", "When is it too busy for you?", "Saturday 1 August 2026, as counted"),
    ],
)
def test_the_page_shows_pictures_and_what_they_mean(lang: str, title: str, saturday: str) -> None:
    app = opened("thresholds", lang=lang, zone="pier", at=SATURDAY)
    assert title in headings(app)
    assert saturday in said(app)
    assert app.query_params["thresholds"] == EMPTY


def test_a_moved_threshold_changes_what_the_page_says_and_comes_back() -> None:
    app = opened("thresholds", lang="nl", zone="pier", at=SATURDAY)
    assert "wordt het gezellig druk bij De Pier" in said(app)
    app.select_slider(key="thresholds.red").set_value(22).run()
    assert not app.exception
    assert "wordt het te druk bij De Pier" in said(app)
    own = ThresholdSet.decode(app.query_params["thresholds"])
    assert own.zones == {"pier": (570.0, 684.0, 836.0)}
    app.button(key="thresholds.as_in_force").click().run()
    assert "wordt het gezellig druk bij De Pier" in said(app)
    assert app.query_params["thresholds"] == EMPTY


def test_all_places_of_a_kind_move_at_once_by_what_one_sees() -> None:
    app = opened("thresholds", lang="nl", zone="pier", at=SATURDAY)
    app.button_group(key="thresholds.scope").set_value("all").run()
    app.select_slider(key="thresholds.orange").set_value(60).run()
    own = ThresholdSet.decode(app.query_params["thresholds"])
    area = load_area("scheveningen")
    assert {zone.kind for zone in area.zones} > {"promenade"}
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
    for cell in ("choose", "consequence", "differences", "adopted"):
        app.session_state[f"{cell}.how"] = True
    app.run()
    found = [block.value for block in app.code]
    assert len(found) == 4
    for script in found:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["result"] is not None


def propose_for_pier(number: int, role: str, factor: float) -> None:
    for _ in range(number):
        zone_thresholds = tuple(round(factor * threshold * 38) for threshold in (43, 72, 108))
        propose(Sheet(uuid4(), "scheveningen", role, {"pier": zone_thresholds}), None)


@pytest.fixture
def _no_proposals_left() -> Iterator[None]:
    """All page tests share a home: other files may have proposed something before this one."""
    with change_store() as db:
        db.execute("DELETE FROM proposals")
    yield
    with change_store() as db:
        db.execute("DELETE FROM proposals")


@pytest.mark.usefixtures("_no_proposals_left")
def test_a_proposal_is_sent_with_a_role_counts_once_and_can_be_taken_back() -> None:
    propose_for_pier(4, "resident", 0.5)
    app = opened("thresholds", lang="nl", zone="pier")
    assert "nog minder dan 5 voorstellen" in said(app)
    assert app.button(key="thresholds.propose").disabled
    assert "Kies hierboven bij wie u hoort" in said(app)
    app.button_group(key="thresholds.speaks_as").set_value("resident").run()
    assert "Kies hierboven bij wie u hoort" not in said(app)
    app.button(key="thresholds.propose").click().run()
    app.button(key="thresholds.propose").click().run()
    assert any("Uw voorstel voor 1 plek telt mee" in text.value for text in app.success)
    assert "nog minder dan 5 voorstellen" not in said(app)
    (group,) = proposed("scheveningen")["pier"]
    assert (group.role, group.n) == ("resident", 5)
    assert app.get("vega_lite_chart")
    app.button(key="thresholds.withdraw").click().run()
    assert not app.success
    assert proposed("scheveningen") == {}


@pytest.mark.usefixtures("_no_proposals_left")
def test_a_participants_proposal_carries_their_pseudonym() -> None:
    app = sign_in(opened("thresholds", lang="nl", zone="pier"), Role.PARTICIPANT).run()
    app.button_group(key="thresholds.speaks_as").set_value("visitor").run()
    app.button(key="thresholds.propose").click().run()
    with open_store() as db:
        ((person, role),) = db.execute("SELECT person, role FROM proposals")
    assert (person, role) == (keyed("person", f"test {Role.PARTICIPANT}")[:32], "visitor")


@pytest.mark.usefixtures("_no_proposals_left")
def test_the_page_says_where_roles_differ_and_offers_the_middle() -> None:
    propose_for_pier(6, "resident", 0.5)
    propose_for_pier(7, "entrepreneur", 1.5)
    propose_for_pier(2, "police", 1.0)
    app = opened("thresholds", lang="nl", zone="pier")
    assert "De Pier: bewoners vinden het druk vanaf 36 mensen, ondernemers vanaf 108 mensen." not in said(app)
    propose_for_pier(3, "police", 1.0)
    app.run()
    assert "De Pier: bewoners vinden het druk vanaf 36 mensen, ondernemers vanaf 108 mensen." in said(app)
    assert "Alleen wie meedeed" in said(app)
    assert "%" not in " ".join(text.value for text in app.markdown if "Pier" in text.value)
    app.button(key="thresholds.middles").click().run()
    assert ThresholdSet.decode(app.query_params["thresholds"]).zones == {}
    propose_for_pier(9, "police", 1.25)
    app.run().button(key="thresholds.middles").click().run()
    middle = tuple(round(1.25 * threshold * 38) for threshold in (43, 72, 108))
    assert ThresholdSet.decode(app.query_params["thresholds"]).zones == {"pier": middle}


@pytest.mark.usefixtures("_nothing_adopted_after")
def test_a_facilitator_adopts_with_a_reason_and_goes_back() -> None:
    app = sign_in(opened("thresholds", lang="nl", zone="keizerstraat", thresholds=STRICT.text), Role.FACILITATOR).run()
    adopt_button(app).click().run()
    assert any("in één zin waarom" in error.value for error in app.error)
    assert in_force("scheveningen") is None
    app.text_area(key="thresholds.adopt_why").set_value("Iedereen aan tafel vond dit.")
    adopt_button(app).click().run()
    decision = in_force("scheveningen")
    assert decision is not None
    assert (decision.thresholds, decision.role, decision.body) == (STRICT, "facilitator", "klankbordgroep")
    assert "door de klankbordgroep" in said(app)
    assert not any(badge.value for badge in app.get("badge"))

    other = opened("map", lang="nl", zone="keizerstraat", at=SATURDAY)
    assert "wordt het te druk bij Keizerstraat" in said(other)

    app.selectbox(key="thresholds.adopt_which").set_value(0)
    app.text_area(key="thresholds.adopt_why").set_value("Terug: dit was een proef.")
    adopt_button(app).click().run()
    assert in_force("scheveningen") is None
    other.run()
    assert "wordt het te druk bij Keizerstraat" not in said(other)


def test_only_a_facilitator_can_adopt() -> None:
    for role in (Role.VISITOR, Role.PARTICIPANT, Role.KLANKBORD, Role.PROFESSIONAL):
        app = sign_in(opened("thresholds", lang="nl", thresholds=STRICT.text), role).run()
        assert not [button for button in app.button if button.label == "Vaststellen"]


def adopt_button(app: AppTest) -> Button:
    return next(button for button in app.button if button.label == "Vaststellen")
