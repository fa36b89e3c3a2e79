"""The board of this moment on the page: off until agreed, said with two touches, answered by the other organisation;
and what everybody reads of it later on Today."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.keeping.real_time import real_now
from feedback.database.store import change_store
from feedback.people.codes import keyed
from feedback.people.invitations import invite
from feedback.people.organisations import Organisation
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from response.actions.log import log, read_entry
from response.conditions.agreed_history import HISTORY, decide_condition
from response.status.presence import standing
from response.status.publishing import publishing_revisions
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.manage.keys import ManageKey
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.status.keys import StatusKey
from tests.apptest.signing_in import JAR, sign_in
from tests.apptest.test_pages import ROOT
from tests.apptest.test_playbook_page import page, words

AREA = "scheveningen"


@pytest.fixture(autouse=True)
def _as_before(home: Path) -> Iterator[None]:
    yield
    for name in (HISTORY, "publishing.json"):
        (home / "areas" / AREA / name).unlink(missing_ok=True)
    with change_store() as db:
        db.execute("DELETE FROM presences")


def of(organisation: Organisation, role: Role = Role.PROFESSIONAL) -> AppTest:
    """The page as somebody of an organisation has it open."""
    _, code = invite(role, "Dienst", by=Role.STEWARD, organisation=organisation)
    entered = Entry(come_in(code, lambda _role: 3600)[1].id, keyed("person", organisation)[:32])
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.session_state[JAR] = {VISIT: visit_value([entered], 3600)}
    app.query_params["lang"] = "nl"
    app.session_state[PlaybookKey.PART] = "now"
    app.switch_page("../pages/playbook.py").run()
    assert not app.exception
    return app


def test_who_is_there_is_said_with_two_touches_and_answered_and_not_overwritten() -> None:
    town = of(Organisation.MUNICIPALITY)
    assert any("Melden welke functie waar is, staat uit" in one.value for one in town.info)
    assert not [one for one in town.button if "Wie is er?" in one.label]
    assert StatusKey.THERE not in str(town.session_state)
    area = load_area(AREA)
    decide_condition(area, "ondernemingsraden", "met", by="De raden", role="steward", reason="Besproken en akkoord.")
    town.session_state[f"{StatusKey.THERE}.pier"] = True  # the first touch
    town.run()
    town.button_group(key=f"{StatusKey.THERE}.pier.").set_value(["handhaving"]).run()  # the second
    assert not town.exception
    (said,) = standing(AREA)
    assert (said.zone, said.function, said.organisation) == ("pier", "handhaving", "municipality")
    assert "Handhaving is er, sinds" in words(town)
    police = of(Organisation.POLICE)
    assert "Gemeld door: Gemeente." in words(police)
    police.session_state[f"{StatusKey.ANSWER}.{said.id}"] = True
    police.run()
    police.button_group(key=f"{StatusKey.ANSWER}.{said.id}.choice").set_value("otherwise").run()
    assert not police.exception
    town.run()
    assert "Antwoord van Politie: wij zien dat anders" in words(town)
    town.button_group(key=f"{StatusKey.THERE}.pier.handhaving").set_value([]).run()
    assert standing(AREA) == ()


def test_the_board_has_a_line_a_place_with_what_is_expected_and_at_work() -> None:
    area = load_area(AREA)
    happened = real_now() - timedelta(minutes=5)
    values = {"id": str(uuid4()), "area": AREA, "stage": "started", "card": "borden-spreiden", "zones": ["pier"]}
    log(read_entry({**values, "happened": happened}), area)
    told = words(page(part="now"))
    assert all(f"**{zone.names['nl']}**" in told for zone in area.zones)
    assert "Bezig: " in told
    assert "(5 minuten geleden)" in told
    assert "verwacht " in told


def test_a_steward_sets_when_everybody_reads_what_was_done() -> None:
    app = page(Role.STEWARD)
    app.switch_page("../pages/manage.py").run()
    app.session_state[ManageKey.MANAGE_PART] = "conditions"
    app.run()
    key = f"{ManageKey.PUBLISHED}.{AREA}.0"
    app.toggle(key=f"{key}.on").set_value(True)
    app.number_input(key=f"{key}.hours").set_value(0)
    app.text_input(key=f"{key}.why").set_value("Bewoners vragen erom.")
    next(one for one in app.button if one.label == "Bewaar deze keuze").click().run()
    assert not app.exception
    assert [one.hours for one in publishing_revisions(AREA)] == [0]
    values = {"id": str(uuid4()), "area": AREA, "stage": "ended", "card": "borden-spreiden", "zones": ["pier"]}
    texts = {"outcome": "De boulevard liep leeg.", "risk": "Alleen voor ons."}
    log(read_entry({**values, "happened": real_now(), "texts": texts}), load_area(AREA))
    today = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    today.query_params["lang"] = "nl"
    today.run()
    told = words(today)
    assert "Wat er gedaan is" in told
    assert "De boulevard liep leeg." in told
    assert "Alleen voor ons." not in told


def test_all_who_look_see_the_same_board_whatever_they_chose_for_themselves() -> None:
    def board(**chosen: str) -> list[str]:
        app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
        app.query_params["lang"] = "nl"
        for name, value in chosen.items():
            app.query_params[name] = value
        sign_in(app, Role.PROFESSIONAL)
        app.session_state[PlaybookKey.PART] = "now"
        app.switch_page("../pages/playbook.py").run()
        assert not app.exception
        return [one.value for one in app.markdown if one.value.startswith("**")]

    own = ThresholdSet.model_validate({"zones": {"pier": (1, 2, 3)}}).text
    warmer = Scenario.from_json('{"version": 1, "weather": {"temp_delta_c": 9}}').encode()
    assert board(thresholds=own, scenario=warmer) == board()
