"""The door under attack: foreign links, prefetching, idle desks, and guessers that spread over two processes."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.database.store import change_store, open_store
from feedback.people import passwords, sign_ins
from feedback.people.codes import short_code
from feedback.people.invitations import Kind, WrongError, invitations, invite
from feedback.people.roles import Role
from feedback.people.sign_ins import IDLE, begin, listed, standing
from streamlit_app.access.cookies import VISIT
from streamlit_app.access.throttle import Throttle
from streamlit_app.access.visitors import visitor_of
from streamlit_app.entrance import entering
from tests.apart import run_apart

APP = Starlette(routes=entering.ROUTES)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(sign_ins, "_noticed", {})


def browser() -> TestClient:
    client = TestClient(APP, headers={"accept-language": "nl"}, follow_redirects=False)
    client.get("/enter")
    return client


def role_of(client: TestClient) -> Role:
    return visitor_of(client.cookies.get(VISIT)).role


@pytest.mark.parametrize("kind", ["personal", "once"])
def test_a_link_that_is_only_opened_signs_nobody_in_and_uses_nothing_up(kind: Kind) -> None:
    _, code = invite(Role.PROFESSIONAL, "Politie", by=Role.STEWARD, kind=kind)
    client = browser()
    for purpose in ({}, {"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Site": "cross-site"}):
        for ask in (client.get, client.head):
            answer = ask(f"/enter/{code}", headers=purpose)
            assert answer.status_code == 200
            assert role_of(client) is Role.VISITOR
    assert invitations()[0].used is None
    page = client.get(f"/enter/{code}?lang=nl").text
    assert "<h1>Binnenkomen met deze code?</h1>" in page
    assert "<button autofocus>" in page
    (other,) = re.findall(r'<a href="([^"]+)" lang="en"', page)
    assert "Come in with this code?" in client.get(f"/enter/{other}").text
    assert "Hebt u die zelf gekregen?" in page
    (action,) = set(re.findall(r'action="([^"]+)"', page))
    (typed,) = re.findall(r'name="code" value="([^"]+)"', page)
    answer = client.post(f"/enter/{action}", data={"code": typed})
    assert (answer.status_code, role_of(client)) == (303, Role.PROFESSIONAL)


@pytest.mark.parametrize(
    "foreign",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://e.example"},
        {"origin": "null"},
    ],
)
def test_another_site_can_neither_sign_in_nor_out(foreign: dict[str, str]) -> None:
    _, code = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD)
    client = browser()
    assert client.post(f"/enter/{code}", headers=foreign).status_code == 403
    assert client.post("/enter", data={"code": code}, headers=foreign).status_code == 403
    assert role_of(client) is Role.VISITOR
    client.post(f"/enter/{code}")
    if "sec-fetch-site" in foreign:
        client.get("/leave", headers=foreign)
        assert role_of(client) is Role.KLANKBORD
    client.get("/leave", headers={"sec-fetch-site": "same-origin"})
    assert listed(tuple(Role)) == []


def test_the_code_of_a_room_lets_in_at_once() -> None:
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", code=short_code())
    client = browser()
    assert client.get(f"/enter/{code}").status_code == 303
    assert role_of(client) is Role.PARTICIPANT


@settings(max_examples=40, deadline=None)
@given(role=st.sampled_from(tuple(Role)[1:]), away=st.integers(0, 8 * 86_400))
def test_who_was_away_is_out_after_the_time_of_their_role(role: Role, away: int) -> None:
    made = begin(role, 30 * 86_400)
    then = (datetime.now(UTC) - timedelta(seconds=away)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with change_store() as db:
        db.execute("UPDATE sign_ins SET seen = ? WHERE id = ?", [then, made.id])
    inside = role not in IDLE or away < IDLE[role] - 1
    if abs(away - IDLE.get(role, -9)) > 5:
        assert bool(standing([made.id])) == inside
        assert bool([one for one in listed((role,)) if one.sign_in.id == made.id]) == inside
    assert IDLE[Role.STEWARD] < IDLE[Role.FACILITATOR] < IDLE[Role.PROFESSIONAL]
    sign_ins.leave([made.id])


def test_that_somebody_is_here_is_written_once_a_minute_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    made = begin(Role.STEWARD, 86_400)
    long_ago = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def seen() -> str:
        with open_store() as db:
            return str(db.execute("SELECT seen FROM sign_ins").fetchone()[0])

    def away() -> None:
        with change_store() as db:
            db.execute("UPDATE sign_ins SET seen = ?", [long_ago])

    away()
    standing([made.id])
    assert seen() > long_ago
    away()
    standing([made.id])
    assert seen() == long_ago
    monkeypatch.setattr(sign_ins, "_noticed", {})
    standing([made.id])
    assert seen() > long_ago


GUESS = """
import sys
from streamlit_app.access.throttle import Throttle
one = Throttle("code", 10, 60)
for line in sys.stdin:
    if not one.wait("key"):
        one.wrong("key")
        print("tried", flush=True)
    else:
        print("held", flush=True)
"""


def test_two_processes_do_not_double_the_guesses() -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with (
        subprocess.Popen([sys.executable, "-c", GUESS], env=env, **pipes) as first,
        subprocess.Popen([sys.executable, "-c", GUESS], env=env, **pipes) as second,
    ):
        said = []
        for number in range(30):
            one = (first, second)[number % 2]
            assert one.stdin
            assert one.stdout
            one.stdin.write("\n")
            one.stdin.flush()
            said.append(one.stdout.readline().strip())
        for one in (first, second):
            assert one.stdin
            one.stdin.close()
    assert said == ["tried"] * 10 + ["held"] * 20


def test_counts_that_cannot_be_kept_hold_a_guesser_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "attempts.db").mkdir()
    limit = Throttle("x", 3, 60)
    for _ in range(3):
        assert limit.wait("a") == 0
        limit.wrong("a")
    assert limit.wait("a") > 0
    assert limit.wait("b") == 0


def test_attempts_from_before_the_machine_was_started_anew_are_void(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = Throttle("x", 2, 60)
    clock = 1_000_000.0
    monkeypatch.setattr("streamlit_app.access.throttle.monotonic", lambda: clock)
    limit.wrong("a")
    limit.wrong("a")
    assert limit.wait("a") == 60
    clock = 5.0
    assert limit.wait("a") == 0
    limit.wrong("a")
    assert limit.counted() == 1


def test_who_guesses_passwords_as_another_browser_each_time_keeps_nobody_out_who_was_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords.set_password("Balie", Role.FACILITATOR, "vier woorden aan zee", by=Role.STEWARD)
    right = {"name": "Balie", "password": "vier woorden aan zee"}
    at_home = browser()
    assert at_home.post("/enter", data=right).status_code == 303
    whole, tried = passwords.check_password, []

    def quick(name: str, password: str) -> passwords.Account:
        tried.append(name)
        if name != "Balie":
            raise WrongError("This name and password do not match. Check them, or enter with a code.")
        return whole(name, password)

    monkeypatch.setattr(passwords, "check_password", quick)
    answers = [browser().post("/enter", data={"name": f"stranger {n}", "password": "x" * 20}) for n in range(60)]
    codes = [answer.status_code for answer in answers]
    assert codes.count(403) == len(tried) < 25
    assert set(codes[len(tried) :]) == {429}
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert browser().post("/enter", data=right).status_code == 429
    at_home.get("/leave")
    assert at_home.post("/enter", data=right).status_code == 303


def test_strangers_never_have_all_places_in_which_passwords_are_computed() -> None:
    async def places() -> tuple[float, float]:
        return entering._turn(False).total_tokens, entering._turn(True).total_tokens

    strangers, known = run_apart(places())
    assert 0 < strangers < known == passwords.AT_ONCE


def test_a_password_does_not_wait_for_its_turn_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "QUEUE", 0.0)
    answer = browser().post("/enter", data={"name": "Balie", "password": "x" * 20})
    assert answer.status_code == 503
    assert "wachtwoord" in answer.text
