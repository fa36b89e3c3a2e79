"""A room of phones that vote on a server of its own, on this machine only, for a time that was set beforehand."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch

import httpx
import numpy as np
import psutil

from benchmarks.load.phone import PATIENCE, Phone, one_client
from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import Session, make_session, open_session, show_item
from feedback.sessions.statements import add_statement, vote_rows
from tests.browser.serving import behind_proxy, served_by

EVERY = 15.0
"""Mean seconds between two votes of one phone; each time between half and one and a half of it."""

STATEMENTS, AGAIN = 20, 15
"""Statements of an item on the agenda, and votes on it after which the room goes on to the next."""

LISTENING = 30.0
"""Seconds in which phones only ask, twice each, before they vote."""

MOST_PHONES, LONGEST = 800, 7200.0
AT_ONCE = 8
"""Phones that open the page at the same time; a room does not come in within one second."""


@dataclass(frozen=True)
class Measured:
    """What a room measured: seconds of each vote, time-outs among them, and what it asked of the server.

    ``cpu`` and ``driver_cpu`` are seconds of CPU in ``seconds`` of voting; ``cpu_a_poll`` is what the server took for
    each poll before that, when nothing moved (not a number where nobody polled). ``memory`` is the resident memory of
    the server in MB before anybody came, when all were in, and at the end; ``lost`` are votes shown but not kept.
    """

    phones: int
    inside: int
    seconds: float
    took: tuple[float, ...]
    timeouts: int
    faults: int
    lost: int
    polls: int
    cpu: float
    driver_cpu: float
    memory: tuple[float, float, float]
    cpu_a_poll: float = float("nan")

    def percentile(self, q: float) -> float:
        """Return a percentile of the seconds a vote took; a time-out took as long as somebody waited for it."""
        took = (*self.took, *[PATIENCE] * self.timeouts)
        return float(np.percentile(took, q)) if took else float("nan")

    @property
    def cpu_a_vote(self) -> float:
        """Return the server's seconds of CPU for each vote that was shown, with the polls beside it."""
        return self.cpu / len(self.took) if self.took else float("nan")

    @property
    def cpu_a_vote_alone(self) -> float:
        """Return the server's seconds of CPU for each vote that was shown, without what the polls took."""
        return (self.cpu - self.polls * self.cpu_a_poll) / len(self.took) if self.took else float("nan")


@dataclass(frozen=True)
class Served:
    """A server with an open session: its address, the process (with those that it started), the session, how many
    items it has, and how its websocket is compressed."""

    address: str
    process: psutil.Process
    session: Session
    items: int
    compression: str | None = None


def prepare(items: int) -> Session:
    """Make and open a session of ``items`` times twenty statements, in users' state."""
    session = make_session("Zaal", kind="werkgroep", day=date.today(), area="scheveningen", moderation="after")
    for number in range(items):
        item = add_item(session.id, "statements", f"Ronde {number + 1}", item_id=f"{session.id}-{number}")
        for n in range(STATEMENTS):
            text = f"Ronde {number + 1}: op drukke dagen helpt maatregel {n + 1} meer dan niets doen."
            add_statement(session.id, text, person=None, item_id=item.id, seed=True)
    return open_session(session.id)


def measure(
    phones: int,
    seconds: float,
    *,
    collect: bool = False,
    workers: int = 0,
    note: Callable[[float], None] = lambda _: None,
) -> Measured:
    """Measure one room on a server of its own: one process, or so many ``workers`` behind a proxy.

    ``collect`` lets Streamlit collect all garbage after every run, as it does by default.
    """
    options = [f"--runner.postScriptGC={str(collect).lower()}"]
    items = int(seconds / EVERY / AGAIN) + 2
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        session = prepare(items)
        serving = behind_proxy(Path(home), workers) if workers else served_by(Path(home), options=options)
        with serving as (address, pid):
            served = Served(address, psutil.Process(pid), session, items, "deflate" if workers else None)
            return asyncio.run(let_vote(served, phones, seconds, listening=LISTENING, each_minute=note))


async def let_vote(
    served: Served,
    phones: int,
    seconds: float,
    *,
    every: float = EVERY,
    listening: float = 0,
    each_minute: Callable[[float], None] = lambda _: None,
) -> Measured:
    """Let so many phones in, and let them vote, each ``every`` seconds on average.

    The room goes on to the next item before anybody is through. Before they vote, nobody does anything for so many
    seconds of ``listening``, so that the cost of a poll is seen. ``each_minute`` is told the server's memory in MB,
    once a minute of voting.
    """
    assert phones <= MOST_PHONES, f"at most {MOST_PHONES} phones"
    assert seconds <= LONGEST, f"at most {LONGEST} seconds"
    before = _memory(served)
    async with _inside(served, phones) as crowd:
        gathered, cpu_a_poll = _memory(served), await _listen(served, crowd, listening)
        polls = sum(phone.polls for phone in crowd)
        took: list[float] = []
        start, cpu, own = monotonic(), cpu_of(served.process), cpu_of(psutil.Process())
        async with asyncio.TaskGroup() as group:
            voting = [group.create_task(_go_on(phone, n, seconds, every, took)) for n, phone in enumerate(crowd)]
            group.create_task(_lead(served, seconds, every))
            group.create_task(_watch(served, seconds, each_minute))
        return Measured(
            phones=phones,
            inside=len(crowd),
            seconds=monotonic() - start,
            took=tuple(took),
            timeouts=sum(task.result() for task in voting),
            faults=sum(phone.faults for phone in crowd),
            lost=max(len(took) - len(vote_rows(served.session.id)), 0),
            polls=sum(phone.polls for phone in crowd) - polls,
            cpu=cpu_of(served.process) - cpu,
            driver_cpu=cpu_of(psutil.Process()) - own,
            memory=(before, gathered, _memory(served)),
            cpu_a_poll=cpu_a_poll,
        )


async def _listen(served: Served, crowd: list[Phone], seconds: float) -> float:
    """Let the phones only ask whether anything moved; return the server's seconds of CPU for each time they did."""
    polls, cpu = sum(phone.polls for phone in crowd), cpu_of(served.process)
    await asyncio.sleep(seconds)
    asked = sum(phone.polls for phone in crowd) - polls
    return (cpu_of(served.process) - cpu) / asked if asked else float("nan")


@asynccontextmanager
async def _inside(served: Served, phones: int) -> AsyncIterator[list[Phone]]:
    """Let the phones in, a few at once; yields those that got in within their patience."""
    crowd: list[Phone] = []
    gate = asyncio.Semaphore(AT_ONCE)
    async with one_client() as web:
        assert served.session.code is not None
        everybody = [
            Phone(web, served.address, served.session.code, compression=served.compression) for _ in range(phones)
        ]

        async def come_in(phone: Phone) -> None:
            async with gate:
                try:
                    await phone.enter()
                except (OSError, httpx.HTTPError):
                    return
                crowd.append(phone)

        try:
            async with asyncio.TaskGroup() as group:
                for phone in everybody:
                    group.create_task(come_in(phone))
            yield crowd
        finally:
            await asyncio.gather(*(phone.leave() for phone in everybody))


async def _go_on(phone: Phone, number: int, seconds: float, every: float, took: list[float]) -> int:
    """Vote at irregular moments, as people do; return how often nothing came back in time."""
    draw, start, timeouts = random.Random(number), monotonic(), 0
    moment = draw.uniform(0, every)
    while moment < seconds:
        await asyncio.sleep(max(0.0, start + moment - monotonic()))
        try:
            passed = await phone.vote(draw.choice((1, 1, 0, -1)))
        except OSError:
            timeouts += 1
        else:
            if passed is not None:
                took.append(passed)
        moment = max(moment + draw.uniform(0.5, 1.5) * every, monotonic() - start)
    return timeouts


async def _lead(served: Served, seconds: float, every: float) -> None:
    """Let the room go on to the next item before anybody voted on all of this one."""
    start = monotonic()
    for number in range(1, served.items):
        moment = number * AGAIN * every
        if moment >= seconds:
            return
        await asyncio.sleep(max(0.0, start + moment - monotonic()))
        show_item(served.session.id, f"{served.session.id}-{number}")


async def _watch(served: Served, seconds: float, each_minute: Callable[[float], None]) -> None:
    start = monotonic()
    for minute in range(1, int(seconds // 60) + 1):
        await asyncio.sleep(max(0.0, start + minute * 60 - monotonic()))
        each_minute(_memory(served))


def _memory(served: Served) -> float:
    return float(sum(one.memory_info().rss for one in _all_of(served.process)) / 2**20)


def cpu_of(process: psutil.Process) -> float:
    """Return the seconds of CPU that a server has used, with the processes that it started."""
    used = [one.cpu_times() for one in _all_of(process)]
    return float(sum(times.user + times.system for times in used))


def _all_of(process: psutil.Process) -> list[psutil.Process]:
    """Return a process of the server with those that it started: workers and their proxy."""
    return [process] if process.pid == os.getpid() else [process, *process.children(recursive=True)]
