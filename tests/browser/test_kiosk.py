"""A screen in a hall, which goes on by itself all day: the server's memory stays where it is."""

import asyncio
import os
from pathlib import Path

import psutil
import pytest

from benchmarks.load.hands import Hands
from benchmarks.load.phone import one_client
from streamlit_app.showing.keys import ShowingKey
from tests.apart import run_apart
from tests.browser.serving import served_by

RERUNS = int(os.environ.get("CSM_RERUNS", "1000"))
WEEK = 150
"""Hours of the week that are drawn for the first time, and kept for all, before memory is looked at."""


@pytest.mark.soak
def test_a_thousand_reruns_of_a_screen_in_a_hall_take_no_memory(tmp_path: Path) -> None:
    with served_by(tmp_path) as (address, pid):
        before, after, faults = run_apart(_go_on(address, psutil.Process(pid)))
    assert faults == 0
    assert after <= 1.1 * before, f"{before:.0f} MB before, {after:.0f} MB after {RERUNS} reruns"


async def _go_on(address: str, server: psutil.Process) -> tuple[float, float, int]:
    async with one_client() as web:
        screen = Hands(web, address, "")
        await screen.look_at("map", "lang=nl&area=scheveningen&at=2026-08-03T06:00Z&embed=true")
        for key in (ShowingKey.ON,) * WEEK + (ShowingKey.BACK,) * WEEK:
            await screen.press(key)
        before = server.memory_info().rss / 2**20
        for rerun in range(RERUNS):
            await screen.press(ShowingKey.ON if rerun // WEEK % 2 == 0 else ShowingKey.BACK)
        after = server.memory_info().rss / 2**20
        await screen.leave()
        await asyncio.sleep(0)
        return before, after, screen.faults
