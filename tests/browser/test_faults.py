"""A room in which the disk fills up, the database is damaged, or a phone is away: what people see, and what is kept."""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from benchmarks.load.hands import Hands
from benchmarks.load.phone import Phone, one_client
from benchmarks.load.room import prepare
from feedback.database.store import close_store, store_path
from feedback.sessions.sessions import Session
from feedback.sessions.statements import vote_rows
from feedback.upkeep.copies import NAME, copy_to
from feedback.upkeep.restoring import restore
from tests.apart import run_apart
from tests.browser.serving import served_by

AWAY = float(os.environ.get("CSM_AWAY_SECONDS", "180"))
"""Seconds that a phone is locked in a pocket."""
PAGE = 4096

Back = Callable[[Phone], Awaitable[None]]
Fault = Callable[[Path, int], AbstractContextManager[None]]


@contextmanager
def no_room_on_the_disk(_home: Path, server: int) -> Iterator[None]:
    """No file of the server may grow: every write beyond what is there fails, as on a full disk."""
    process = psutil.Process(server)
    before = process.rlimit(resource.RLIMIT_FSIZE)
    process.rlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    process.rlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def damaged_pages(home: Path, _server: int) -> Iterator[None]:
    """The disk gives back rubbish for every page but the first; the organisation then puts the copy back."""
    copy_to(home / "elsewhere")
    close_store()
    with store_path().open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xff" * (store_path().stat().st_size - PAGE))
    yield
    restore(home / "elsewhere" / NAME)
    close_store()


@dataclass
class Seen:
    """What the phone of somebody showed: how many votes it took, and errors."""

    votes: int = 0
    faults: int = 0


@pytest.mark.soak
@pytest.mark.parametrize(
    ("fault", "sentence", "back"),
    [
        (no_room_on_the_disk, "De schijf is vol", Phone.come_back),
        # After a restore everybody enters their code again.
        (damaged_pages, "feedback.db is beschadigd", Phone.enter),
    ],
)
def test_a_room_reads_what_is_wrong_loses_nothing_and_goes_on(
    fault: Fault, sentence: str, back: Back, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    session = prepare(1)
    with served_by(tmp_path) as (address, pid):
        seen = run_apart(_through(address, session, sentence, lambda: fault(tmp_path, pid), back))
    assert len(vote_rows(session.id)) == seen.votes >= 4
    close_store()
    with closing(sqlite3.connect(store_path())) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


async def _through(
    address: str, session: Session, sentence: str, fault: Callable[[], AbstractContextManager[None]], back: Back
) -> Seen:
    """Vote twice, try it in the fault until its sentence is there, and vote twice when it is over."""
    assert session.code
    seen = Seen()
    async with one_client() as web:
        phone = Phone(web, address, session.code)
        await phone.enter()
        await _vote_twice(phone, seen)
        with fault():
            trying = asyncio.create_task(_go_on_voting(phone, seen))
            await phone.hear(sentence)
            trying.cancel()
            with suppress(asyncio.CancelledError):
                await trying
        await back(phone)
        await _vote_twice(phone, seen)
        await phone.leave()
    return seen


async def _vote_twice(phone: Phone, seen: Seen) -> None:
    for _ in range(2):
        assert await phone.vote(1) is not None
        seen.votes += 1


async def _go_on_voting(phone: Phone, seen: Seen) -> None:
    while await phone.vote(-1) is not None:
        seen.votes += 1


READ_ONLY = ["unshare", "-rm", "sh", "-c", 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"']
"""Runs a command for which a folder is on a disk that takes nothing (the machine of who tests keeps its own)."""
UNFORESEEN = "Er ging bij ons iets mis"


def _can_be_read_only(folder: Path) -> bool:
    done = subprocess.run([*READ_ONLY, str(folder), "touch", str(folder / "x")], capture_output=True, text=True)
    return "Read-only file system" in done.stderr


@pytest.mark.soak
@pytest.mark.parametrize("known", [True, False], ids=["a server that had begun", "a server that never ran"])
def test_on_a_disk_that_takes_nothing_everybody_looks_and_reads_what_is_wrong(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not _can_be_read_only(tmp_path):
        pytest.skip("this machine does not let a test make a disk that takes nothing")
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    code = prepare(1).code if known else "bcdfgh"
    close_store()
    within = [*READ_ONLY, str(tmp_path)]
    with served_by(tmp_path, within=within) as (address, _), httpx.Client(base_url=address, timeout=120) as web:
        assert web.get("/healthz").status_code == 200
        assert web.get("/api/areas").json()
        table = web.get("/api/areas/scheveningen/forecast.csv?lang=nl")
        assert table.text.startswith("zone_id")
        watched = web.get("/readyz")
        assert watched.status_code == 503
        assert {"disk", "database"} & set(watched.json()["failing"])
        assert "models" not in watched.json()["failing"]
        for way_in in (web.get(f"/enter/{code}"), web.post("/enter", data={"code": code})):
            assert UNFORESEEN not in way_in.text
            assert way_in.status_code != 500
        run_apart(_looked_at(address))


async def _looked_at(address: str) -> None:
    """Open the first page and the map, as who has no code: both are drawn, without an error."""
    async with one_client() as web:
        for page in ("", "map"):
            guest = Hands(web, address, "")
            await guest.look_at(page, "lang=nl&area=scheveningen")
            assert guest.faults == 0, guest.said
            await guest.leave()


@pytest.mark.soak
def test_a_room_votes_on_while_the_models_are_gone_and_the_forecast_is_back_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    session, models = prepare(1), tmp_path / "areas" / "scheveningen" / "models"

    def failing(web: httpx.Client) -> list[str]:
        found: list[str] = web.get("/readyz").json()["failing"]
        return found

    async def voting(address: str) -> int:
        assert session.code
        seen = Seen()
        async with one_client() as web:
            phone = Phone(web, address, session.code)
            await phone.enter()
            await _vote_twice(phone, seen)
            await phone.leave()
        return seen.votes + phone.faults

    with served_by(tmp_path) as (address, _), httpx.Client(base_url=address, timeout=120) as web:
        assert failing(web) == []
        models.mkdir(parents=True)
        (models / "_area.json").write_text("what is left of a disk")
        assert run_apart(voting(address)) == 2
        answer = web.get("/api/areas/scheveningen/forecast.csv?lang=nl")
        assert answer.status_code >= 400
        assert UNFORESEEN not in answer.text
        run_apart(_until(lambda: failing(web) == ["models"]))
        shutil.rmtree(models)
        run_apart(_until(lambda: failing(web) == []))
        assert web.get("/api/areas/scheveningen/forecast.csv?lang=nl").status_code == 200
    assert len(vote_rows(session.id)) == 2


async def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds: what watches the server looks anew every ten seconds."""
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.5)


@pytest.mark.soak
def test_a_phone_that_was_away_for_minutes_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    session = prepare(1)

    async def away(address: str) -> Seen:
        assert session.code
        seen = Seen()
        async with one_client() as web:
            phone = Phone(web, address, session.code)
            await phone.enter()
            await _vote_twice(phone, seen)
            await phone.lose()
            await asyncio.sleep(AWAY)
            await phone.come_back()
            await _vote_twice(phone, seen)
            await phone.leave()
            seen.faults = phone.faults
        return seen

    with served_by(tmp_path) as (address, _):
        seen = run_apart(away(address))
    assert seen.faults == 0
    assert len(vote_rows(session.id)) == seen.votes == 4
