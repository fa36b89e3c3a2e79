"""A clock that jumps by years stops neither backups nor retention, and lets go of nothing wrongly; what does not work
is said in a word."""

import os
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.database.store import close_store, open_store, store_path
from feedback.people.participants import author_of_phone
from feedback.upkeep.backup import backup, backup_folder, last_backup
from streamlit_app.server import caretaker, readiness
from streamlit_app.server.believed_clock import TRIAL, BelievedClock
from streamlit_app.server.routes import ROUTES

NOW = datetime(2026, 8, 8, 3, tzinfo=UTC)
JUMPS = [timedelta(days=days) for days in (-20 * 365, -365, -40, -2, 8, 40, 365, 20 * 365)]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(caretaker, "clock", BelievedClock())
    readiness.watch.look_anew()


class Machine:
    """A machine whose wall clock can be set wrong; the steady clock goes on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steadily, self.wrong = 1000.0, timedelta(0)
        outer = self

        class Wall(datetime):
            @classmethod
            def now(cls, _tz: Any = None) -> datetime:
                return NOW + timedelta(seconds=outer.steadily - 1000) + outer.wrong

        monkeypatch.setattr(caretaker, "datetime", Wall)
        monkeypatch.setattr(caretaker, "steady", lambda: outer.steadily)

    def run(self, hours: int) -> None:
        for _ in range(hours):
            self.steadily += 3600
            caretaker.look_around()


def say(text: str, days_ago: int) -> None:
    sent = (NOW - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", text, sent=sent), author_of_phone(text))


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("restarted", [False, True])
def test_a_jump_stops_nothing_and_lets_go_of_nothing_wrongly(
    jump: timedelta, restarted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_general_mode(Mode.AFTER)
    say("vandaag", 0)
    say("bijna twee jaar", 729)
    machine = Machine(monkeypatch)
    machine.run(1)
    before = set(backup_folder().iterdir())
    machine.wrong = jump
    if restarted:
        monkeypatch.setattr(caretaker, "clock", BelievedClock())
    machine.run(50)
    ahead = jump > timedelta(days=60) or (jump > timedelta(days=7) and not restarted)
    assert caretaker.clock.doubted == (ahead or jump < timedelta(0))
    texts = {said.text for said in find_contributions("scheveningen")}
    assert texts == {"vandaag"}  # what is due by the true clock goes, and nothing else
    kept = set(backup_folder().iterdir())
    assert len(kept - before) >= 2
    assert (before <= kept) or abs(jump) <= timedelta(days=60)


def test_a_new_time_that_stays_is_believed_and_one_that_is_mended_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    set_general_mode(Mode.AFTER)
    say("vandaag", 0)
    machine = Machine(monkeypatch)
    machine.run(1)
    machine.wrong = timedelta(days=3 * 365)
    machine.run(24)
    machine.wrong = timedelta(0)
    machine.run(1)
    assert not caretaker.clock.doubted
    machine.wrong = timedelta(days=3 * 365)
    machine.run(int(TRIAL.total_seconds() // 3600) + 1)
    assert not caretaker.clock.doubted
    assert find_contributions("scheveningen") == []


def test_backups_from_days_to_come_do_not_keep_others_away() -> None:
    with open_store():
        pass
    backup(NOW + timedelta(days=4000))
    assert last_backup() == NOW + timedelta(days=4000)
    caretaker.look_after(NOW)
    assert last_backup() == NOW
    caretaker.look_after(NOW + timedelta(days=1))
    caretaker.look_after(NOW + timedelta(days=31, hours=1))
    assert {path.name[:17] for path in backup_folder().iterdir()} == {"feedback-20260908"}


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 10**5), st.integers(-(10**9), 10**9)), max_size=12))
def test_what_is_believed_never_leaps_before_the_trial(steps: list[tuple[int, int]]) -> None:
    clock, steadily, believed = BelievedClock(), 0.0, NOW
    clock.now(NOW, steadily)
    for passed, wrong in steps:
        steadily += passed
        found = clock.now(NOW + timedelta(seconds=steadily + wrong), steadily)
        if steadily < TRIAL.total_seconds():
            assert timedelta(hours=-26) <= found - believed - timedelta(seconds=passed) <= timedelta(days=8)
        believed = found


def readyz() -> tuple[int, list[str]]:
    readiness.watch.look_anew()
    answer = TestClient(Starlette(routes=ROUTES)).get("/readyz")
    assert set(answer.json()) == {"status", "failing"}
    return answer.status_code, answer.json()["failing"]


def test_what_does_not_work_is_said_in_a_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert readyz() == (200, [])
    with open_store():
        pass
    backup(datetime.now(UTC) - timedelta(days=3))
    assert readyz() == (200, ["backup"])
    backup()
    assert readyz() == (200, [])
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda _path: usage(1, 1, readiness.ROOM - 1))
    assert readyz() == (503, ["disk"])
    monkeypatch.undo()
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(readiness.os, "access", lambda _path, way: way != os.W_OK)
    assert readyz() == (503, ["disk"])
    monkeypatch.undo()
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    machine = Machine(monkeypatch)
    monkeypatch.setattr(caretaker, "clock", BelievedClock())
    machine.run(1)
    machine.wrong = timedelta(days=4000)
    machine.run(1)
    assert "clock" in readyz()[1]
    close_store()
    for path in store_path().parent.glob("feedback.db-*"):
        path.unlink()
    store_path().write_bytes(b"rubbish" * 999)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(store_path()).execute("SELECT * FROM sessions")
    status, words = readyz()
    assert (status, words[0]) == (503, "database")
    assert TestClient(Starlette(routes=ROUTES)).get("/healthz").status_code == 200


def test_a_forecast_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from language import UserError

    def none(*_: object) -> object:
        raise UserError("There is no area '{area}'. Choose one of: {known}.", area="x", known="y")

    monkeypatch.setattr(readiness.resources, "issued", none)
    assert readyz() == (503, ["models"])
