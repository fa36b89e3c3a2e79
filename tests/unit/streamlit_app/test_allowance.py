"""Who asks without end is told when to come back; a room behind one address, and who is known, are not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.people.roles import Role
from streamlit_app.access import allowance
from streamlit_app.access.allowance import Allowance
from streamlit_app.server import costs
from streamlit_app.server.routes import ROUTES
from tests.apptest.signing_in import cookies_of

APP = Starlette(routes=ROUTES)
DEAR = "/api/areas/scheveningen/forecast.csv?scenario=kapot&lang=nl"


@pytest.fixture(autouse=True)
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    now = [1000.0]
    monkeypatch.setattr(allowance, "monotonic", lambda: now[0])
    yield now
    costs.OF_ADDRESS.forget()
    costs.OF_BROWSER.forget()


def asked(client: TestClient, path: str = DEAR, **headers: str) -> int:
    return client.get(path, headers=headers).status_code


def test_a_program_that_asks_without_end_is_told_when_to_come_back(clock: list[float]) -> None:
    program = TestClient(APP, client=("203.0.113.9", 1))
    seen = [asked(program) for _ in range(125)]
    assert seen == [400] * 120 + [429] * 5
    answer = program.get(DEAR)
    assert answer.json() == {"error": "U vraagt veel tegelijk. Probeer het over 1 seconde opnieuw."}
    clock[0] += int(answer.headers["Retry-After"])
    assert asked(program) == 400
    assert asked(TestClient(APP, client=("203.0.113.10", 1))) == 400
    assert asked(program, "/api/areas/scheveningen/style.json") == 200
    assert asked(program, "/healthz") == 200


def test_a_browser_that_is_known_has_less_than_its_room() -> None:
    first, second = TestClient(APP, client=("203.0.113.9", 1)), TestClient(APP, client=("203.0.113.9", 2))
    for client in (first, second):
        client.get("/enter")
    assert [asked(first) for _ in range(14)] == [400] * 12 + [429] * 2
    assert asked(second) == 400


@pytest.mark.parametrize("role", [Role.KLANKBORD, Role.PROFESSIONAL, Role.STEWARD])
def test_who_came_in_with_a_role_is_not_counted(role: Role) -> None:
    client = TestClient(APP, cookies=cookies_of(role), client=("203.0.113.9", 1))
    assert {asked(client) for _ in range(140)} == {400}


def test_behind_a_proxy_each_network_counts_and_nobody_can_take_another_name() -> None:
    proxied = TestClient(APP, client=("127.0.0.1", 1))
    for number in range(125):
        status = asked(proxied, **{"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"})
    assert status == 429
    assert asked(proxied, **{"x-forwarded-for": "203.0.113.9, 198.51.100.1"}) == 400
    direct = TestClient(APP, client=("8.8.4.4", 1))
    for number in range(125):
        status = asked(direct, **{"x-forwarded-for": f"198.51.100.{number}"})
    assert status == 429
    six = TestClient(APP, client=("127.0.0.1", 1))
    for number in range(125):
        status = asked(six, **{"x-forwarded-for": f"2001:db8::{number:x}"})
    assert status == 429


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 50)), max_size=40))
def test_never_more_than_what_there_is_and_waiting_is_enough(steps: list[tuple[float, float]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        now = [0.0]
        patch.setattr(allowance, "monotonic", lambda: now[0])
        limit, spent = Allowance(10, 0.5), 0.0
        for passed, cost in steps:
            now[0] += passed
            wait = limit.spend("a", cost)
            spent += 0 if wait else min(cost, 10)
            assert spent <= 10 + 0.5 * now[0] + 1e-6
            if wait:
                now[0] += wait
                assert limit.spend("a", cost) == 0
                spent += min(cost, 10)
