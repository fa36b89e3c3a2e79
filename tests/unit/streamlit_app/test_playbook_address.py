"""The playbook at its address: whole for professionals, and for anybody else what is public, whatever they ask."""

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.area.area import load_area
from feedback.people.roles import Role, included
from reports.__main__ import main
from response.cards.history import change_card, read_playbook
from streamlit_app.server.routes import ROUTES
from tests.apptest.signing_in import cookies_of

JSON = "/api/areas/scheveningen/playbook.json"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def app(role: Role = Role.VISITOR) -> TestClient:
    return TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role))


def test_each_role_gets_its_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["week", "--area", "scheveningen", "--format", "json", "--lang", "nl"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert main(["week", "--area", "scheveningen", "--format", "json", "--lang", "nl", "--public"]) == 0
    public = json.loads(capsys.readouterr().out)
    for role in Role:
        client = app(role)
        answer = client.get(f"{JSON}?lang=nl&actor=horeca" if Role.PROFESSIONAL not in included(role) else JSON)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json() == (whole if Role.PROFESSIONAL in included(role) else public), role
        status = client.get(JSON.replace("json", "csv")).status_code
        assert status == (200 if Role.PROFESSIONAL in included(role) else 403)
        calendar = Calendar.from_ical(client.get(JSON.replace("json", "ics")).content)
        assert bool(calendar.walk("VALARM")) == (Role.PROFESSIONAL in included(role))
        assert calendar.walk("VEVENT")


def test_an_actor_is_known_or_said(home: Path) -> None:
    client = app(Role.PROFESSIONAL)
    own = client.get(f"{JSON}?actor=horeca").json()
    assert own["cards"]
    assert all("horeca" in card["actors"] for card in own["cards"])
    refused = client.get(f"{JSON}?lang=nl&actor=niemand")
    assert (refused.status_code, "niemand die" in refused.json()["error"]) == (400, True)
    assert client.get("/api/areas/scheveningen/playbook.html").status_code == 404
    assert client.get("/api/areas/auckland/playbook.json").json()["cards"] == []


def test_a_change_is_there_at_once(home: Path) -> None:
    area, client = load_area("scheveningen"), app(Role.PROFESSIONAL)
    before = client.get(JSON).json()
    card = read_playbook(area).cards[0]
    harder = card.trigger.model_copy(update={"hours": 24, "chance": 1.0})
    change_card(
        area, card.model_copy(update={"trigger": harder}), role="professional", reason="Afgesproken in het overleg."
    )
    after = client.get(JSON).json()
    assert (before["playbook"], after["playbook"]) == (0, 1)
    assert card.id in {row["card"] for row in before["week"]}
    assert card.id not in {row["card"] for row in after["week"]}
    calendar = Calendar.from_ical(client.get(JSON.replace("json", "ics")).content)
    off = [one for one in calendar.walk("VEVENT") if str(one["STATUS"]) == "CANCELLED"]
    assert {str(one["UID"]).split("-2026")[0] for one in off} == {card.id}
