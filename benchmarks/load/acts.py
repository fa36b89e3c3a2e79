"""Each kind of act on a server that does nothing else: how long it takes, and what it costs.

Coming in, voting, writing an answer, following the room, moving the map by an hour, changing a threshold, drawing the
week of the playbook, and the wall that asks what the room is to see. Some people do it, one after the other, so that
the server's CPU is that of the act.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch

import httpx
import numpy as np
import psutil

from benchmarks.load.hands import Hands
from benchmarks.load.phone import one_client
from benchmarks.load.room import Served, cpu_of, prepare
from feedback.people.codes import keyed
from feedback.people.roles import Role
from feedback.people.sign_ins import begin
from feedback.sessions.agenda import add_item
from feedback.sessions.responses import responses
from feedback.sessions.sessions import show_item
from feedback.sessions.statements import vote_rows
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.showing.keys import ShowingKey
from streamlit_app.thresholds.keys import ThresholdKey
from tests.browser.serving import served_by

PEOPLE, TIMES, WARM = 5, 8, 2
"""People, how often each does an act, and how often one of them did it before anything counts."""

QUESTION = "Wat mist u op een drukke dag?"
MEASURE = "&at=2026-08-08T10:00Z&area=scheveningen"
"""An hour of the practice week from which the map can be moved on."""

Act = Callable[[], Awaitable[float | None]]


def measure_acts(times: int = TIMES) -> dict[str, dict[str, float]]:
    """Measure each kind of act on a server of its own, each so many ``times`` by each of five people.

    Returns by kind the seconds that half and nineteen of twenty took at most (``p50_s``, ``p95_s``), the server's
    seconds of CPU each (``cpu_s``), and how many there were.
    """
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        session = prepare(2)
        add_item(session.id, "question", QUESTION, item_id=f"{session.id}-asked")
        with served_by(Path(home), options=["--runner.postScriptGC=false"]) as (address, pid):
            return asyncio.run(do_all(Served(address, psutil.Process(pid), session, 2), times))


async def do_all(served: Served, times: int) -> dict[str, dict[str, float]]:
    """Do each kind of act on a server that serves nobody else; returns what :func:`measure_acts` does."""
    here, measured = served.session, {}
    async with one_client() as web:
        people = [Hands(web, served.address, here.code or "") for _ in range(PEOPLE)]
        answer = f"{ResponseKey.JOIN}.answer-{here.id}-asked"
        measured["come in"] = await _each(served, [_timed(one.enter) for one in people], 1)
        measured["vote"] = await _each(served, [lambda one=one: one.vote(1) for one in people], times)
        measured["follow the room"] = await _follow(served, people, answer)
        measured["write an answer"] = await _each(served, [_writing(one, answer) for one in people], times)
        await _close(people)
        kept = (len(vote_rows(here.id)), len(responses(f"{here.id}-asked")))
        assert kept == (times * PEOPLE, times * PEOPLE), f"votes and answers that were kept: {kept}"
        for kind, page, keys in (
            ("move the map by an hour", "map", (ShowingKey.ON,)),
            ("change a threshold", "thresholds", (ThresholdKey.MORE, ThresholdKey.FEWER)),
        ):
            async with _looking(web, served.address, page) as guests:
                acts = [_pressing(one, keys) for one in guests]
                await _each(served, acts[:1], WARM)
                measured[kind] = await _each(served, acts, times)
        measured["draw the playbook's week anew"] = await _playbook(served, web, times)
        measured["the wall asks"] = await _wall(served, web, times)
    return measured


@asynccontextmanager
async def _looking(web: httpx.AsyncClient, address: str, page: str) -> AsyncIterator[list[Hands]]:
    """Let people without a code open a page."""
    guests = [Hands(web, address, "") for _ in range(PEOPLE)]
    for guest in guests:
        await guest.look_at(page, f"lang=nl{MEASURE}")
    try:
        yield guests
    finally:
        await _close(guests)


async def _follow(served: Served, people: list[Hands], answer: str) -> dict[str, float]:
    """Let the room go on to the open question, and wait until everybody sees it."""
    cpu = cpu_of(served.process)
    show_item(served.session.id, f"{served.session.id}-asked")
    took = await asyncio.gather(*(one.follow(f"{answer}.send") for one in people))
    return _figures(took, cpu_of(served.process) - cpu)


async def _playbook(served: Served, web: httpx.AsyncClient, times: int) -> dict[str, float]:
    """Have the week ahead drawn again, as people who act do when they choose something on that page."""
    people = [Hands(web, served.address, "") for _ in range(PEOPLE)]
    for number, one in enumerate(people):
        entry = Entry(begin(Role.PROFESSIONAL, 3600).id, keyed("person", f"professional {number}")[:32])
        await one.look_as(visit_value([entry], 3600), "playbook", f"lang=nl{MEASURE}")
    await _each(served, [people[0].draw_anew], WARM)
    found = await _each(served, [one.draw_anew for one in people], times)
    await _close(people)
    return found


async def _wall(served: Served, web: httpx.AsyncClient, times: int) -> dict[str, float]:
    """Ask as the room's screen does, as a facilitator."""
    entry = Entry(begin(Role.FACILITATOR, 3600).id, keyed("person", "the wall")[:32])
    cookie = {"Cookie": f"{VISIT}={visit_value([entry], 3600)}"}

    async def ask() -> None:
        answer = await web.get(f"{served.address}/present/{served.session.id}/now", headers=cookie)
        assert QUESTION in answer.raise_for_status().text

    await ask()
    return await _each(served, [_timed(ask)], times * PEOPLE)


async def _each(served: Served, acts: list[Act], times: int) -> dict[str, float]:
    """Let each do their act so often, one after the other."""
    took, cpu = [], cpu_of(served.process)
    for _ in range(times):
        for act in acts:
            passed = await act()
            assert passed is not None, "there was nothing to do"
            took.append(passed)
    return _figures(took, cpu_of(served.process) - cpu)


def _figures(took: list[float], cpu: float) -> dict[str, float]:
    half, most = np.percentile(took, [50, 95])
    return {
        "p50_s": round(float(half), 4),
        "p95_s": round(float(most), 4),
        "cpu_s": round(cpu / len(took), 4),
        "times": len(took),
    }


def _pressing(one: Hands, keys: Sequence[str]) -> Act:
    """Press these buttons in turns, each of which changes what the address of the page says."""
    turns = cycle(keys)

    async def press() -> float:
        before = one.query
        took = await one.press(next(turns))
        assert one.query != before, "nothing moved"
        return took

    return press


def _writing(one: Hands, answer: str) -> Act:
    """Write something else each time: the same words of one person are kept once."""
    numbers = count(1)
    return lambda: one.write(answer, f"Meer schaduw graag, ook op plek {next(numbers)}")


def _timed(act: Callable[[], Awaitable[None]]) -> Act:
    async def timed() -> float:
        start = monotonic()
        await act()
        return monotonic() - start

    return timed


async def _close(people: list[Hands]) -> None:
    """Let everybody close their page, on which nothing went wrong."""
    await asyncio.gather(*(one.leave() for one in people))
    for one in people:
        assert not one.faults, one.said
