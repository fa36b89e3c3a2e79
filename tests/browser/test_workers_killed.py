"""``kill -9`` of the processes behind the proxy, and of the proxy, while a room votes: what was shown is kept, once."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Awaitable, Iterable
from contextlib import closing, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from benchmarks.load.phone import Phone, one_client
from benchmarks.load.room import STATEMENTS, prepare
from feedback.sessions.sessions import Session, show_item
from tests.apart import run_apart
from tests.browser.serving import behind_proxy

BURSTS = int(os.environ.get("CSM_BURSTS", "50"))
PHONES = 8
NGINX = shutil.which("nginx", path=f"/usr/sbin:{os.environ['PATH']}")


@pytest.mark.soak
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed, and only make serve needs it")
def test_votes_survive_killed_workers_and_a_killed_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    session = prepare(BURSTS // STATEMENTS + 2)
    with behind_proxy(tmp_path, 2) as (address, pid):
        shown = run_apart(_bursts(address, psutil.Process(pid), session))
    with closing(sqlite3.connect(tmp_path / "feedback.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        kept, double = db.execute(
            "SELECT count(*), count(*) - count(DISTINCT person || statement) FROM votes"
        ).fetchone()
    assert double == 0
    assert kept >= shown >= BURSTS


async def _bursts(address: str, house: psutil.Process, session: Session) -> int:
    """Let all phones vote in bursts, in each of which something is killed; return how many votes were shown."""
    draw, shown = random.Random(3), 0
    assert session.code
    async with one_client() as web:
        phones = [Phone(web, address, session.code, compression="deflate") for _ in range(PHONES)]
        for phone in phones:
            await phone.enter()
        for burst in range(BURSTS):
            if burst and burst % (STATEMENTS - 2) == 0:
                show_item(session.id, f"{session.id}-{burst // (STATEMENTS - 2)}")
                await _all(phone.come_back() for phone in phones)
            votes = [asyncio.create_task(_vote(phone)) for phone in phones]
            await asyncio.sleep(draw.uniform(0, 0.2))
            _kill(house, "nginx" if burst % 10 == 9 else f"--server.port={_ports(house)[burst % 2]}")
            shown += sum(await asyncio.gather(*votes))
            await _all(phone.come_back() for phone in phones if not phone.connected)
            await _both_back(house)
        for phone in phones:
            await phone.leave()
    return shown


async def _vote(phone: Phone) -> bool:
    """Vote; return whether it was shown."""
    with suppress(OSError):
        return await phone.vote(1) is not None
    return False


async def _all(waiting: Iterable[Awaitable[None]]) -> None:
    await asyncio.gather(*waiting)


def _ports(house: psutil.Process) -> list[str]:
    port = int(house.cmdline()[house.cmdline().index("--port") + 1])
    return [str(port + 1), str(port + 2)]


def _kill(house: psutil.Process, word: str) -> None:
    for one in house.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if any(word in part for part in one.cmdline()):
                one.send_signal(signal.SIGKILL)


async def _both_back(house: psutil.Process) -> None:
    """Wait until both processes answer again, so that there is always one that is not killed."""
    async with one_client() as web, asyncio.timeout(120):
        for port in _ports(house):
            while True:
                with suppress(httpx.HTTPError):
                    if (await web.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200:
                        break
                await asyncio.sleep(0.2)
