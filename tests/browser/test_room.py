"""Phones without a browser, as the load driver has them, take part as real ones do: they enter, vote, and move on."""

import psutil

from benchmarks.load.room import Served, let_vote, prepare
from feedback.sessions.statements import tally
from tests.apart import run_apart
from tests.browser.serving import SharedApp


def test_phones_of_the_load_driver_vote_and_follow_the_room(at_home: SharedApp) -> None:
    session = prepare(2)
    here = Served(at_home.address, psutil.Process(at_home.pid), session, items=2)
    measured = run_apart(let_vote(here, 3, 5, every=0.25))
    assert (measured.inside, measured.timeouts, measured.faults, measured.lost) == (3, 0, 0, 0)
    assert tally(session.id)[["agrees", "passes", "disagrees"]].to_numpy().sum() == len(measured.took) > 0
    assert measured.cpu_a_vote > 0
