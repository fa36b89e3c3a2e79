"""Entering while the database cannot be used: a sentence, no wrong attempt, and no link used up for nothing."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.database import connections, store
from feedback.database.store import close_store, initialise, store_path
from feedback.people import sign_ins
from feedback.people.invitations import invitations, invite
from feedback.people.passwords import set_password
from feedback.people.roles import Role
from streamlit_app.access.cookies import VISIT
from streamlit_app.access.visitors import ANYBODY, visitor_of
from streamlit_app.entrance import entering, guesses

ROOT = Path(__file__).parents[3]
PASSWORD = "vier korte woorden hier"
TIMES = 12
"""More attempts than are allowed in a minute."""

Fault = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(sign_ins, "_PATIENCE", 0.05)
    monkeypatch.setattr(sign_ins, "_PAUSE", 0)
    for opener in (store.open_store, store.change_store):
        monkeypatch.setitem(opener.__wrapped__.__kwdefaults__, "patience", 0.05)
    yield
    close_store()
    for throttle in (guesses.BROWSERS, guesses.CODES, guesses.STRANGERS):
        throttle.forget()


@contextmanager
def _replaced_by(make: Callable[[Path], object]) -> Iterator[None]:
    """Something else stands where the database was, until the block ends."""
    close_store()
    kept = store_path().rename(store_path().with_name("kept"))
    make(store_path())
    yield
    close_store()
    for path in store_path().parent.glob("feedback.db*"):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    kept.rename(store_path())


def rubbish() -> AbstractContextManager[None]:
    return _replaced_by(lambda path: path.write_bytes(b"rubbish" * 5000))


def cut_off() -> AbstractContextManager[None]:
    return _replaced_by(lambda path: path.write_bytes(path.with_name("kept").read_bytes()[:20_000]))


def not_a_file() -> AbstractContextManager[None]:
    return _replaced_by(Path.mkdir)


@contextmanager
def locked() -> Iterator[None]:
    """Another program writes, for long; reading goes on."""
    with closing(sqlite3.connect(store_path(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def read_only() -> Iterator[None]:
    """SQLite itself refuses to write. (Rights on files do not hold for the user that tests may run as.)"""
    close_store()
    patch, real = pytest.MonkeyPatch(), connections.connect

    def connect(path: Path, patience: float) -> sqlite3.Connection:
        connection = real(path, patience)
        connection.execute("PRAGMA query_only = ON")
        return connection

    patch.setattr(connections, "connect", connect)
    yield
    patch.undo()
    close_store()


@contextmanager
def no_room_for_the_ledger() -> Iterator[None]:
    """The last line that must be on the disk before somebody is let in cannot be written."""
    patch = pytest.MonkeyPatch()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr("data.keeping.ledger.os.fsync", full)
    yield
    patch.undo()


FAULTS = [rubbish, cut_off, not_a_file, locked, read_only]


def _browser() -> TestClient:
    client = TestClient(Starlette(routes=entering.ROUTES), headers={"accept-language": "nl"}, follow_redirects=False)
    client.get("/enter")
    return client


def _sign_in(client: TestClient) -> int:
    return client.post("/enter", data={"name": "Gemeente", "password": PASSWORD}).status_code


@pytest.mark.parametrize("fault", [*FAULTS, no_room_for_the_ledger])
@pytest.mark.parametrize("kind", ["shared", "personal", "once"])
def test_a_right_code_is_not_counted_as_wrong(fault: Fault, kind: str) -> None:
    _, code = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD, kind=kind)
    client = _browser()
    if fault is no_room_for_the_ledger and kind == "shared":
        return  # it needs no line there
    with fault():
        for _ in range(TIMES):
            answer = client.post(f"/enter/{code}")
            assert answer.status_code == 503
            assert "telt niet als een foute poging" in answer.text
            assert VISIT not in answer.cookies
    assert not invitations()[0].used
    assert client.post(f"/enter/{code}").status_code == 303
    assert visitor_of(client.cookies[VISIT]).role is Role.KLANKBORD
    assert _browser().post(f"/enter/{code}").status_code == (404 if kind == "once" else 303)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_right_password_is_not_counted_as_wrong(fault: Fault) -> None:
    set_password("Gemeente", Role.STEWARD, PASSWORD, by=Role.STEWARD)
    client = _browser()
    with fault():
        times = 2 if fault in (locked, read_only) else TIMES  # the password is computed only where it can be read
        assert [_sign_in(client) for _ in range(times)] == [503] * times
    assert not guesses.BROWSERS.counted()
    assert not guesses.CODES.counted()
    assert _sign_in(client) == 303


def test_wrong_codes_are_still_counted_as_soon_as_they_can_be_looked_up() -> None:
    initialise()
    client = _browser()
    with rubbish():
        assert [client.get("/enter/duin-duin").status_code for _ in range(TIMES)] == [503] * TIMES
    assert [client.get("/enter/duin-duin").status_code for _ in range(TIMES)] == [404] * 10 + [429] * 2


@pytest.mark.parametrize("fault", [rubbish, cut_off, not_a_file])
def test_who_was_in_is_in_again_when_it_is_over_and_can_always_leave(fault: Fault) -> None:
    _, code = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD)
    client = _browser()
    client.post(f"/enter/{code}")
    cookie = client.cookies[VISIT]
    with fault():
        nobody = visitor_of(cookie)
        assert (nobody.role, nobody.sessions, nobody.known) == (Role.VISITOR, (), False)
    assert visitor_of(cookie).role is Role.KLANKBORD
    with fault():
        assert client.get("/leave").status_code in (303, 307)
    assert VISIT not in client.cookies
    assert visitor_of(None) == ANYBODY


FULL = """
import json, resource, sys
from starlette.applications import Starlette
from starlette.testclient import TestClient
from feedback.people.invitations import invite, invitations
from feedback.contributions.contributions import find_contributions
from feedback.people.roles import Role
from streamlit_app.entrance import entering
from streamlit_app.shell import logs

logs.set_up()
codes = [invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD, kind=kind)[1] for kind in ("shared", "once")]
client = TestClient(Starlette(routes=entering.ROUTES), headers={"accept-language": "nl"}, follow_redirects=False)
client.get("/enter")
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
seen = [client.post(f"/enter/{code}").status_code for code in codes * 8]
readable = find_contributions("scheveningen") == []
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
used = [one.used for one in invitations()]
then = [client.post(f"/enter/{code}").status_code for code in codes]
print(json.dumps({"seen": seen, "readable": readable, "used": used, "then": then}))
"""


def test_a_disk_on_which_nothing_can_be_written_any_more(tmp_path: Path) -> None:
    """The machine itself refuses every write, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CSM_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", FULL], env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    found = json.loads(done.stdout)
    assert found == {"seen": [503] * 16, "readable": True, "used": [None, None], "then": [303, 303]}
    assert "nobody can enter" in done.stderr


def test_where_no_key_can_be_made_the_entrance_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setenv("CSM_HOME", str(tmp_path / "never"))
    monkeypatch.setattr(Path, "mkdir", refuse)
    client = TestClient(Starlette(routes=entering.ROUTES), headers={"accept-language": "nl"}, follow_redirects=False)
    fields = ({"code": "bcdfgh"}, {"name": "Gemeente", "password": PASSWORD})
    answers = [
        client.get("/enter"),
        client.get("/enter/bcdfgh"),
        *(client.post("/enter", data=data) for data in fields),
    ]
    assert [answer.status_code for answer in answers] == [503, 503, 303, 400]  # a code goes on to its address
    assert "telt niet als een foute poging" in answers[0].text
