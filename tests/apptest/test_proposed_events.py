"""An event manager proposes an event: a scenario for all who act, until a steward accepts it on their own desk."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.keeping.acts import see
from data.upkeep.event_calendar import read_calendar
from data.upkeep.event_proposals import LOG, proposals, propose_event
from feedback.people import audit_log
from feedback.people.organisations import Organisation
from feedback.people.roles import Role
from forecasting.values.scenario import Scenario
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import shown_of
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.shell.watching import EVERY
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT

AREA = "scheveningen"
SATURDAY = {"zone_id": "dr-lelykade", "start": datetime(2026, 8, 8, 12), "end": datetime(2026, 8, 8, 18)}


@pytest.fixture(autouse=True)
def _unchanged(home: Path) -> Iterator[None]:
    yield
    for name in (LOG, "events.csv"):
        (home / "areas" / AREA / name).unlink(missing_ok=True)


def page(url: str, role: Role, organisation: Organisation | None = None, **state: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["area"] = "nl", AREA
    sign_in(app, role, organisation=organisation)
    for key, value in state.items():
        app.session_state[key] = value
    app.switch_page(f"../pages/{url}.py").run()
    assert not app.exception
    return app


def events(role: Role = Role.PROFESSIONAL, organisation: Organisation | None = None) -> AppTest:
    return page("playbook", role, organisation, **{PlaybookKey.PART: "events"})


def desk(part: str = "events", role: Role = Role.STEWARD) -> AppTest:
    return page("manage", role, **{ManageKey.MANAGE_PART: part})


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    shown = (*app.markdown, *app.info, *app.error, *app.success, *app.warning, *app.subheader, *app.header)
    return "\n".join(one.value for one in shown)


def test_what_an_event_manager_proposes_is_decided_by_a_steward_and_told_back() -> None:
    area = load_area(AREA)
    before = read_calendar(area)
    manager = events(organisation=Organisation.EVENTS)
    manager.text_input[0].set_value("Vlootschouw")
    next(one for one in manager.selectbox if one.label == "Plek").set_value("dr-lelykade")
    manager.number_input[0].set_value(20_000)
    for field, side in zip(manager.get("datetime_input"), ("start", "end"), strict=True):
        field.set_value(SATURDAY[side])
    press(manager, "Stel dit evenement voor")
    assert "Het is voorgesteld" in said(manager)
    (made,) = proposals(AREA)
    assert read_calendar(area).equals(before), "no forecast counts with it yet"

    manager.session_state[f"{PlaybookKey.EVENT}.{made.id}"] = True
    manager.run()
    assert "Vlootschouw: bij Dr. Lelykade (haven) op zaterdag 8 augustus 2026" in said(manager)
    press(manager, "Open als scenario")
    (in_it,) = Scenario.decode(manager.query_params["scenario"]).events
    assert (in_it.zone_id, in_it.attendance) == ("dr-lelykade", 20_000)

    assert "**1 voorgesteld evenement wacht** op u." in said(desk("overview"))
    assert "voorgesteld evenement wacht" not in said(desk("overview", Role.FACILITATOR))
    steward = press(desk("overview"), "Naar de voorgestelde evenementen")
    assert "Vlootschouw: bij Dr. Lelykade (haven) op zaterdag 8 augustus 2026" in said(steward)
    press(steward, "Neem aan: zet het in de kalender")
    assert "Aangenomen: Vlootschouw" in said(steward)
    assert made.id in set(read_calendar(area)["event_id"])
    told = said(events(organisation=Organisation.EVENTS))
    assert "Vlootschouw: aangenomen, staat in de kalender" in told
    acts = [(one.act, one.organisation, one.target) for one in audit_log.lines(("decision",))]
    assert ("event_proposals.propose_event", "event-manager", made.id) in acts
    assert ("event_proposals.accept_event", None, made.id) in acts


@pytest.mark.parametrize("organisation", [None, *Organisation])
def test_only_event_managers_propose_and_all_who_act_see_it(organisation: Organisation | None) -> None:
    propose_event(load_area(AREA), {"name": "Vlootschouw", "attendance": 900, **SATURDAY})
    app = events(organisation=organisation)
    may = organisation is Organisation.EVENTS
    assert any(one.label == "Stel dit evenement voor" for one in app.button) == may
    assert ("Hier stelt een evenementmanager evenementen voor" in said(app)) != may
    (shown,) = [one.label for one in app.expander]
    assert "Vlootschouw" in shown


def test_a_steward_says_why_not_and_who_proposed_it_reads_that() -> None:
    propose_event(load_area(AREA), {"name": "Vlootschouw", "attendance": 900, **SATURDAY})
    steward = press(desk(), "Neem het niet aan")
    assert "Schrijf in één zin waarom" in said(steward)
    steward.text_input(key=f"{ManageKey.PROPOSED}.{proposals(AREA)[0].id}.why").set_value("De kade is dan al vol.")
    press(steward, "Neem het niet aan")
    assert "Er wacht geen voorgesteld evenement" in said(steward)
    told = said(events(organisation=Organisation.EVENTS))
    assert "niet aangenomen" in told
    assert "De kade is dan al vol." in told


@pytest.mark.parametrize("part", ["overview", "events"])
def test_a_desk_that_is_open_sees_a_proposal_within_five_seconds(part: str) -> None:
    drawn = see(shown_of, part, AREA)
    assert drawn.stands
    propose_event(load_area(AREA), {"name": "Vlootschouw", "attendance": 900, **SATURDAY})
    assert not drawn.stands
    assert EVERY < 5


def test_who_proposed_it_takes_it_back() -> None:
    propose_event(load_area(AREA), {"name": "Vlootschouw", "attendance": 900, **SATURDAY})
    app = events(organisation=Organisation.EVENTS)
    app.session_state[f"{PlaybookKey.EVENT}.{proposals(AREA)[0].id}"] = True
    app.run()
    press(app, "Trek dit voorstel in")
    assert [one.state for one in proposals(AREA)] == ["withdrawn"]
    assert "Er wacht geen voorgesteld evenement" in said(app)
