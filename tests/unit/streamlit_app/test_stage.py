"""The room sees what it is to see: answers not before they are revealed, and only a facilitator steers."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.area.area import load_area
from data.keeping.home import home
from feedback.people.participants import author_of_visit
from feedback.people.roles import Role
from feedback.sessions.agenda import add_item
from feedback.sessions.door import FASTER
from feedback.sessions.proposals import Sheet, propose
from feedback.sessions.responses import respond, type_in
from feedback.sessions.rounds.card_views import judge
from feedback.sessions.rounds.guesses import Round, guess
from feedback.sessions.rounds.needless import accept
from feedback.sessions.rounds.saturday import choose, go_on
from feedback.sessions.sessions import Session, find_session, join, make_session, open_session, show_item
from feedback.sessions.statements import add_statement, vote
from language import language
from reports.session_report import session_report
from reports.session_report_html import report_html
from response.cards.history import read_playbook
from streamlit_app.server.routes import ROUTES
from streamlit_app.sessions.rounds.saturday_days import frozen_of
from streamlit_app.shell import resources
from tests.apptest.signing_in import cookies_of
from tests.unit.moderators import publish_all

STEER = {"X-Stage": "1"}


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen", place="De Pier")
    add_item(made.id, "question", "Wat mist u?", item_id="q")
    add_item(made.id, "statements", "Stellingen", item_id="s", minutes=3)
    add_item(made.id, "look", "De kaart", target="map?zone=pier&lang=en#one-place")
    return open_session(made.id)


@pytest.fixture
def presenter() -> TestClient:
    return TestClient(Starlette(routes=ROUTES), cookies=cookies_of(Role.FACILITATOR))


def steer(presenter: TestClient, address: str, act: str) -> Response:
    """Do what a presenter does who sees the room as it is now."""
    seen = presenter.get(address).json()["seen"][act]
    return presenter.post(address, json={"act": act, "seen": seen}, headers=STEER)


def test_answers_are_hidden_until_revealed_and_hidden_again(session: Session, presenter: TestClient) -> None:
    publish_all(type_in(session.id, "q", ["Schaduw", "<b>Water</b>"]))
    respond(session.id, "q", "Wacht nog op de moderator", person="a", response_id="r")
    address = f"/present/{session.id}/now?lang=nl"
    hidden = presenter.get(address).json()
    assert (hidden["answers"]["count"], hidden["answers"]["wall"], hidden["waiting"]) == (2, [], 1)
    assert "Schaduw" not in presenter.get(address).text
    shown = steer(presenter, address, "reveal").json()
    assert set(shown["answers"]["wall"]) == {"Schaduw", "<b>Water</b>"}
    said = [state["words"]["answered"] for state in (hidden, shown)]
    assert said == ["antwoorden zijn binnen. U ziet ze straks.", "antwoorden zijn binnen."]
    assert steer(presenter, address, "reveal").json()["answers"]["wall"] == []


def test_the_room_goes_along_the_agenda(session: Session, presenter: TestClient) -> None:
    address = f"/present/{session.id}/now?lang=nl"
    one = add_statement(session.id, "Een goed idee", person=None, seed=True, item_id="s")
    vote(one.id, 1, person="a")
    join(session.id, "a", "resident")
    second = steer(presenter, address, "after").json()
    assert (second["place"], second["present"], second["item"]["title"]) == (2, 1, "Stellingen")
    assert second["answers"]["tallies"][0]["agree"] is None
    assert steer(presenter, address, "timer").json()["seconds"] in range(175, 181)
    assert steer(presenter, address, "reveal").json()["answers"]["tallies"][0]["agree"] == 1
    third = steer(presenter, address, "after").json()
    assert third["item"]["frame"] == "../map?zone=pier&lang=nl&embed=true#one-place"
    assert steer(presenter, address, "after").json()["place"] == 3


def test_a_presenter_sees_a_rush_and_shuts_the_door_by_one_touch(session: Session, presenter: TestClient) -> None:
    address = f"/present/{session.id}/now?lang=nl"
    for number in range(FASTER - 1):
        join(session.id, f"p{number}")
    before = presenter.get(address).json()
    assert (before["words"]["rush"], before["words"]["door"]) == ("", "Niemand erbij")
    join(session.id, "one more")
    rushed = presenter.get(address).json()
    assert f"{FASTER} mensen binnen in tien seconden" in rushed["words"]["rush"]
    shut = steer(presenter, address, "door").json()
    assert (shut["code"], shut["qr"], shut["present"]) == (None, None, FASTER)
    late = presenter.post(address, json={"act": "door", "seen": rushed["seen"]["door"]}, headers=STEER)
    assert late.status_code == 409
    again = steer(presenter, address, "door").json()
    assert again["code"] not in (None, before["code"])


def test_a_program_makes_no_seat_once_the_door_is_shut(session: Session, presenter: TestClient) -> None:
    def come_in() -> str:
        program = TestClient(Starlette(routes=ROUTES), follow_redirects=False)
        program.get(f"/enter/{session.code}")  # leaves its mark
        return str(program.get(f"/enter/{session.code}?again=1").headers.get("location"))

    assert all(f"join?session={session.id}" in come_in() for _ in range(3))
    steer(presenter, f"/present/{session.id}/now?lang=nl", "door")
    assert {come_in() for _ in range(3)} == {"None"}


def test_the_code_and_qr_lead_to_the_address_that_is_set(session: Session, presenter: TestClient) -> None:
    def seen_at(host: str) -> dict[str, Any]:
        return dict(presenter.get(f"/present/{session.id}/now?lang=nl", headers={"Host": host}).json())

    for host in ("192.168.1.20:8501", "laptop.local:8501", "localhost"):
        seen = seen_at(host)
        assert seen["qr"].startswith("<svg")
        assert f"{host}/enter" in seen["words"]["how"]
    for host in ("zee.example.org", "8.8.8.8", "a@192.168.1.20", "192.168.1.20/x", "[::1", "x" * 300, "a b"):
        seen = seen_at(host)
        assert (seen["qr"], host in seen["words"]["how"]) == (None, False)
    (home() / "settings.toml").write_text('public_address = "https://drukte.example.nl/"\n')
    for host in ("zee.example.org", "192.168.1.20:8501"):
        seen = seen_at(host)
        assert seen["qr"].startswith("<svg")
        assert "drukte.example.nl/enter" in seen["words"]["how"]
    assert seen["code"].replace(" ", "").lower() == session.code
    assert seen["demo"]
    page = presenter.get(f"/present/{session.id}")
    assert page.status_code == 200
    for name in ("stage.css", "steering.js", "stage.js"):
        assert f"files/{name}" in page.text
        assert presenter.get(f"/present/files/{name}").status_code == 200
    assert presenter.get("/present/files/..%2fstage.py").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.FACILITATOR, Role.STEWARD)])
def test_nobody_else_sees_or_steers_it(session: Session, role: Role) -> None:
    client = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role))
    assert client.get(f"/present/{session.id}").status_code == 403
    assert client.get(f"/present/{session.id}/now").status_code == 409
    assert (
        client.post(f"/present/{session.id}/now", json={"act": "reveal", "seen": "x"}, headers=STEER).status_code == 409
    )


def test_another_site_cannot_steer(session: Session, presenter: TestClient) -> None:
    assert presenter.post(f"/present/{session.id}/now", json={"act": "reveal"}).status_code == 403


def test_a_threshold_round_counts_people_and_tells_what_they_propose_once_revealed(
    session: Session, presenter: TestClient
) -> None:
    add_item(session.id, "thresholds", "Vanaf wanneer is het druk?", item_id="t")
    address = f"/present/{session.id}/now?lang=nl"
    for _ in range(3):
        steer(presenter, address, "after")
    for number in range(12):
        role, factor = ("resident", 1) if number < 6 else ("entrepreneur", 2)
        zone_thresholds = (900.0 * factor, 1900.0 * factor, 3200.0 * factor)
        sheet = Sheet(uuid4(), "scheveningen", role, {"pier": zone_thresholds}, session.id)
        propose(sheet, author_of_visit(f"phone {number}"))
    hidden = presenter.get(address).json()
    assert (hidden["item"]["answers"], hidden["answers"]["count"], hidden["found"]) == (True, 12, [])
    assert "mensen stelden grenzen voor" in hidden["words"]["answered"]
    shown = steer(presenter, address, "reveal").json()
    assert shown["found"][0] == "De Pier: bewoners vinden het druk vanaf 50 mensen, ondernemers vanaf 100 mensen."
    assert "12 voorstellen" in shown["found"][-1]


def test_a_threshold_round_of_few_tells_nothing_of_anybody(session: Session, presenter: TestClient) -> None:
    add_item(session.id, "thresholds", "Vanaf wanneer is het druk?", item_id="t")
    address = f"/present/{session.id}/now?lang=en"
    for _ in range(3):
        steer(presenter, address, "after")
    for number in range(4):
        sheet = Sheet(uuid4(), "scheveningen", "resident", {"pier": (900.0, 1900.0, 3200.0)}, session.id)
        propose(sheet, author_of_visit(f"phone {number}"))
    shown = steer(presenter, address, "reveal").json()
    assert shown["found"] == ["No place has 5 proposals yet. We show them from 5 on."]


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ("after", "after", "Agendapunt aan de zaal getoond"),
        ("reveal", "after", "Een collega heeft dit intussen veranderd"),
        ("timer", "timer", "Klok gestart"),
        ("reveal", "reveal", "Antwoorden getoond of verborgen"),
    ],
)
def test_two_presenters_never_steer_over_each_other(
    mine: str, theirs: str, told: str, session: Session, presenter: TestClient
) -> None:
    address = f"/present/{session.id}/now?lang=nl"
    other = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(Role.FACILITATOR))
    seen = presenter.get(address).json()["seen"][mine]
    assert steer(other, address, theirs).status_code == 200
    before = presenter.get(address).json()
    refused = presenter.post(address, json={"act": mine, "seen": seen}, headers=STEER)
    assert refused.status_code == 409
    assert told in refused.json()["error"]
    assert presenter.get(address).json() | {"seconds": 0} == before | {"seconds": 0}


def test_what_a_colleague_does_elsewhere_does_not_hold_a_presenter_up(session: Session, presenter: TestClient) -> None:
    address = f"/present/{session.id}/now?lang=nl"
    other = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(Role.FACILITATOR))
    mine = presenter.get(address).json()["seen"]
    steer(other, address, "timer")
    assert presenter.post(address, json={"act": "reveal", "seen": mine["reveal"]}, headers=STEER).status_code == 200
    assert presenter.post(address, json={"act": "after", "seen": mine["after"]}, headers=STEER).status_code == 200


def test_16_15_the_room_sees_how_many_guessed_and_then_both_beside_the_counts(
    session: Session, presenter: TestClient
) -> None:
    add_item(session.id, "guess", "Wie kent Scheveningen beter?", item_id="g")
    area = resources.area("scheveningen")
    about = Round(resources.issued(area.id, area.now())[0].id, date(2026, 8, 8))
    show_item(session.id, "g")
    address = f"/present/{session.id}/now?lang=nl"
    unready = presenter.get(address).json()
    assert unready["found"] == ["Deze sessie is geopend zonder verwachting. Er is dus niets om tegen te schatten."]
    for number in range(5):
        guess(session.id, "g", "pier", "orange", person=str(number), about=about)
    hidden = presenter.get(address).json()
    assert (hidden["answers"]["count"], hidden["guesses"]) == (5, [])
    assert hidden["found"] == ["Hoe druk wordt het op zaterdag 8 augustus, in het drukste uur?"]
    shown = steer(presenter, address, "reveal").json()
    (row,) = shown["guesses"]
    assert (row["place"], row["people"], row["room"]["text"]) == ("De Pier", "5 mensen", "◆ druk")
    assert row["came"]["text"] == "nog niet geteld"
    assert shown["found"][0].startswith("Zaterdag 8 augustus is nog niet geteld.")


def secrets_of_cards() -> set[str]:
    """What stands on cards for professionals only, of every card: nobody else may read it anywhere."""
    cards = read_playbook(load_area("scheveningen")).cards
    texts = [(card.stop, card.side_effects, card.undone, card.decides, *card.steps) for card in cards]
    return {one for of_card in texts for text in of_card for one in text.values()}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_rounds_about_acting_show_a_room_its_answers_and_no_secret_of_a_card(
    session: Session, presenter: TestClient, lang: str
) -> None:
    add_item(session.id, "needless", "Hoe vaak voor niets?", item_id="n")
    add_item(session.id, "card", "Past dit hier?", target="vroeg-komen", item_id="c")
    add_item(session.id, "saturday", "Speel de zaterdag", item_id="z")
    for number in range(5):
        accept(session.id, "n", 3, "resident", person=str(number))
        judge(session.id, "c", "yes", "resident", person=str(number))
    choose(session.id, "z", 1, "extra-trams", True, moment=1, person="0")
    for moment in range(1, 5):
        go_on(session.id, "z", 1, moment=moment, person="0")
    address, told = f"/present/{session.id}/now?lang={lang}", []
    for item, count, after in (("n", 5, "1 op 4"), ("c", 5, "5 keer ‘past’"), ("z", 1, "5.000")):
        show_item(session.id, item)
        before = presenter.get(address).json()
        assert before["answers"]["count"] == count
        assert before["item"]["frame"] is None
        assert not any(after in one for one in before["found"])
        shown = steer(presenter, address, "reveal").json()
        assert lang == "en" or any(after in one for one in shown["found"])
        assert shown["noted"] == (item == "n")  # what teams and roles said is all as large
        told += [*before["found"], *shown["found"]]
    area, said = load_area("scheveningen"), language(lang)
    made = session_report(find_session(session.id), area, said, {}, None, frozen_of(area))
    page = report_html(made, said)
    assert ("1 op 4" in page) == (lang == "nl")
    everything = " ".join(told) + page
    assert not [one for one in secrets_of_cards() if one in everything]
    assert not re.search(r"\bwaarde\b|\bratio\b|\bvalue\b|p-waarde|p-value", everything, re.IGNORECASE)
