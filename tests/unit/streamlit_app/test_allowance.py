"""Who asks without end is told when to come back; a room behind one address, and who is known, are not."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.people.roles import Role
from streamlit_app.access import allowance, counted, day_names
from streamlit_app.access.allowance import Allowance, network_name
from streamlit_app.access.authority import MAY
from streamlit_app.access.visitors import ANYBODY
from streamlit_app.access.writing_costs import COSTS, OF_ADDRESS, OF_PHONE, OF_ROOM, wait_to_write
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
    for one in (costs.OF_ADDRESS, costs.OF_BROWSER, OF_PHONE, OF_ROOM, OF_ADDRESS):
        one.forget()


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
        limit, spent = Allowance("x", 10, 0.5), 0.0
        limit.forget()
        for passed, cost in steps:
            now[0] += passed
            wait = limit.spend("a", cost)
            spent += 0 if wait else min(cost, 10)
            assert spent <= 10 + 0.5 * now[0] + 1e-6
            if wait:
                now[0] += wait
                assert limit.spend("a", cost) == 0
                spent += min(cost, 10)


SPEND = """
import sys
from streamlit_app.access.allowance import Allowance
limit = Allowance("x", 10, 0.001)
for line in sys.stdin:
    print(limit.spend("key", 1), flush=True)
"""


def test_two_processes_share_what_there_is() -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen([sys.executable, "-c", SPEND], env=env, **pipes) as first,
        subprocess.Popen([sys.executable, "-c", SPEND], env=env, **pipes) as second,
    ):
        said = []
        for number in range(16):
            one = (first, second)[number % 2]
            assert one.stdin
            assert one.stdout
            one.stdin.write("\n")
            one.stdin.flush()
            said.append(int(one.stdout.readline()))
        for one in (first, second):
            assert one.stdin
            one.stdin.close()
    assert [bool(wait) for wait in said] == [False] * 10 + [True] * 6


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_file_of_counts_that_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    limit = Allowance("x", 2, 0.001)
    (tmp_path / "attempts.db").write_bytes(damage)
    assert [bool(limit.spend("a", 1)) for _ in range(6)].count(False) in (2, 3)
    assert limit.spend("a", 1) > 0
    assert (tmp_path / "attempts.db").read_bytes().startswith(b"SQLite format 3")


def test_moments_from_before_the_machine_was_started_anew_are_void(clock: list[float]) -> None:
    limit = Allowance("x", 2, 0.1)
    clock[0] = 1_000_000.0
    assert [bool(limit.spend("a", 1)) for _ in range(3)] == [False, False, True]
    clock[0] = 5.0
    assert [bool(limit.spend("a", 1)) for _ in range(3)] == [False, False, True]


def test_no_address_is_written_down_and_its_name_is_gone_the_next_day(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = "203.0.113.77"
    today = network_name(plain, "")
    OF_ADDRESS.spend(today, 1)
    asked(TestClient(APP, client=(plain, 1)))
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert today.encode() in kept
    assert plain.encode() not in kept
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    clock[0] += 600
    monkeypatch.setattr(counted, "monotonic", lambda: clock[0])
    counted.let_go(tomorrow.date().isoformat())
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert today.encode() not in kept
    monkeypatch.setattr(day_names, "real_now", lambda: tomorrow)
    assert network_name(plain, "") != today


def test_who_looks_is_answered_where_no_key_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setenv("CSM_HOME", str(tmp_path / "never"))
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert asked(TestClient(APP, client=("203.0.113.9", 1)), "/api/areas/scheveningen/forecast.csv") == 200
    assert network_name("203.0.113.9", "") == network_name("203.0.113.9", "") != network_name("203.0.113.10", "")


SEAT = replace(ANYBODY, role=Role.PARTICIPANT, sessions=("s1",))


def wrote(number: int, who: object, network: str = "a") -> list[int]:
    """How long each of so many texts waits, each from a phone that was not here before."""
    return [wait_to_write(1, who, f"phone {network} {at}", network) for at in range(number)]  # type: ignore[arg-type]


def test_a_program_that_is_another_phone_each_time_is_held_by_its_address(clock: list[float]) -> None:
    assert [bool(wait) for wait in wrote(410, ANYBODY)] == [False] * 400 + [True] * 10
    assert not wait_to_write(1, ANYBODY, "another", "b")
    assert not wait_to_write(1, replace(ANYBODY, role=Role.KLANKBORD), "known", "a")
    clock[0] += wrote(1, ANYBODY)[0]
    assert not any(wrote(1, ANYBODY))


def test_two_hundred_people_behind_one_address_send_within_twenty_seconds(clock: list[float]) -> None:
    for phone in range(200):
        clock[0] += 0.1
        assert not wait_to_write(1, ANYBODY, f"phone {phone}", "the room")
        assert not wait_to_write(1, ANYBODY, f"phone {phone}", "the room")


def test_a_room_with_a_code_has_room_for_eight_hundred_and_a_stranger_beside_it_takes_none() -> None:
    wrote(500, ANYBODY)
    assert not any(wrote(1600, SEAT))
    assert all(wrote(5, SEAT))


def test_one_phone_has_less_than_its_room() -> None:
    waits = [wait_to_write(1, SEAT, "one", "a") for _ in range(20)]
    assert [bool(wait) for wait in waits] == [False] * 15 + [True] * 5


def test_every_act_that_is_open_to_who_is_not_known_says_what_it_costs() -> None:
    unknown = {name for name, rule in MAY.items() if {Role.VISITOR, Role.PARTICIPANT} & set(rule.roles)}
    assert set(COSTS) == unknown
    assert not any(cost for name, cost in COSTS.items() if "erasure" in name)
