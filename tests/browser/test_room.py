"""Phones without a browser, as the load driver has them, take part as real ones do: they enter, vote, and move on."""

import asyncio
from typing import Any

import psutil
import pytest

from benchmarks.load.room import Served, let_vote, prepare
from feedback.statements import tally


def test_phones_of_the_load_driver_vote_and_follow_the_room(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(served.home))
    session = prepare(2)
    here = Served(served.address, psutil.Process(served.pid), session, items=2)
    measured = asyncio.run(let_vote(here, 3, 5, every=0.25))
    assert (measured.inside, measured.timeouts, measured.faults, measured.lost) == (3, 0, 0, 0)
    assert tally(session.id)[["agrees", "passes", "disagrees"]].to_numpy().sum() == len(measured.took) > 0
    assert measured.cpu_a_vote > 0
