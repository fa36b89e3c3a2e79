"""Before an evening: what is not in order is said with what to do, and two evenings stand ready."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.people.invitations import AN_EVENING, invitations, invite, withdraw
from feedback.people.roles import Role
from feedback.sessions.agenda import add_item
from feedback.sessions.evenings import EVENINGS
from feedback.sessions.preparing import prepared
from feedback.sessions.sessions import Session, find_session, make_session, open_session
from feedback.upkeep.backup import backup
from language import UserError, language
from streamlit_app.server.routes import ROUTES
from streamlit_app.sessions.preflight import checks, only_here
from tests.apptest.signing_in import cookies_of

NL = language("nl")
OUTSIDE = "http://192.168.1.20:8501"


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "question", "Wat mist u?", item_id="q")
    return made


def _client(role: Role, host: str = "192.168.1.20:8501") -> TestClient:
    return TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role), headers={"Host": host})


def _ready(session: Session, address: str = OUTSIDE) -> list[bool]:
    return [check.ready for check in checks(find_session(session.id), address, datetime.now(UTC), NL)]


def test_16_09_each_thing_turns_green_when_it_is_done_and_back_when_it_no_longer_holds(session: Session) -> None:
    assert _ready(session) == [True, False, False, False, False, True]
    assert _client(Role.FACILITATOR).get(f"/reach/{session.id}").status_code == 200
    assert not prepared(session.id).reached  # the facilitator's own screen proves nothing
    answer = _client(Role.VISITOR).get(f"/reach/{session.id}?lang=nl")
    assert "bereikt de app" in answer.text
    assert _ready(session)[1]
    assert not _ready(session, "http://10.0.0.7:8501")[1]  # another address was not tried
    open_session(session.id)
    assert _client(Role.FACILITATOR).get(f"/sheets/{session.id}").status_code == 200
    backup()
    assert _ready(session) == [True] * 6

    add_item(session.id, "question", "En nu?")  # the sheets on paper lack it
    withdraw(invitations((Role.PARTICIPANT,), session=session.id)[0].id)
    invite(Role.KLANKBORD, "Wijkraad", by=Role.STEWARD, until=datetime.now(UTC) + timedelta(hours=5))
    assert _ready(session) == [True, True, False, False, True, False]
    late = checks(find_session(session.id), OUTSIDE, datetime.now(UTC) + timedelta(hours=25), NL)
    assert not late[4].ready
    assert any("Wijkraad" in check.said for check in checks(session, OUTSIDE, datetime.now(UTC), NL))


@pytest.mark.parametrize(
    "address", ["http://localhost:8501", "http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:8", ""]
)
def test_16_09_an_address_that_phones_look_for_in_themselves_is_warned_about(session: Session, address: str) -> None:
    found = checks(session, address, datetime.now(UTC), NL)
    assert not found[0].ready
    assert "steward" in found[0].said or "databeheerder" in found[0].said
    assert only_here(address) or not address
    if address:
        _client(Role.VISITOR, address.removeprefix("http://")).get(f"/reach/{session.id}")
        assert not prepared(session.id).reached


@pytest.mark.parametrize("address", [OUTSIDE, "https://drukte.example.nl", "http://laptop.local:8501"])
def test_16_09_other_addresses_are_not(address: str) -> None:
    assert not only_here(address)


@pytest.mark.parametrize(("name", "minutes"), [("board", 90), ("table", 45)])
def test_16_09_a_ready_evening_takes_as_long_as_it_says(name: str, minutes: int) -> None:
    evening = EVENINGS[name]
    assert evening.minutes == minutes
    assert str(minutes) in evening.name
    for item in evening.items:
        assert bool(item.statements) == (item.kind == "statements")
        assert NL.t(item.title) != item.title


def test_16_09_a_facilitator_lets_in_a_second_one_for_an_evening_and_no_longer() -> None:
    soon = datetime.now(UTC) + AN_EVENING - timedelta(minutes=1)
    given, _ = invite(Role.FACILITATOR, "Avond", by=Role.FACILITATOR, kind="once", until=soon)
    assert (given.role, given.open) == (Role.FACILITATOR, True)
    for refused in (
        {"kind": "once", "until": soon + timedelta(hours=1)},
        {"kind": "once"},
        {"kind": "personal", "until": soon},
    ):
        with pytest.raises(UserError):
            invite(Role.FACILITATOR, "Avond", by=Role.FACILITATOR, **refused)  # type: ignore[arg-type]
    for by, role in ((Role.FACILITATOR, Role.STEWARD), (Role.PROFESSIONAL, Role.FACILITATOR)):
        with pytest.raises(UserError):
            invite(role, "Avond", by=by, kind="once", until=soon)
