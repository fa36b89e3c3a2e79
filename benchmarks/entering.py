"""A room of 200 people that enters by code within 20 seconds, with and without somebody who guesses codes beside it."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep
from unittest.mock import patch

import httpx
import numpy as np

from benchmarks.results import Row, Section, replace
from feedback.people.codes import new_code, short_code
from feedback.people.invitations import invite
from feedback.people.roles import Role
from streamlit_app.access.cookies import VISIT
from tests.browser.serving import serving

PEOPLE = 200
WITHIN = 20.0
GUESSES = 1000


def come_in(address: str, code: str, after: float = 0.0) -> tuple[bool, float]:
    """Enter with a browser of one's own, up to the app's page; return whether one is in, and the seconds it took."""
    sleep(after)
    start = monotonic()
    with httpx.Client(follow_redirects=True, timeout=60) as browser:
        answer = browser.get(f"{address}/enter/{code}")
        while answer.status_code == 429:  # the page says how long to wait, and goes on by itself
            sleep(float(answer.headers["Retry-After"]))
            answer = browser.get(f"{address}/enter/{code}")
        return answer.status_code == 200 and VISIT in browser.cookies, monotonic() - start


def room(address: str, code: str, people: int = PEOPLE) -> tuple[int, float]:
    """Let ``people`` enter, evenly spread; return how many are in, and the 95th percentile of the seconds."""
    with ThreadPoolExecutor(people) as pool:
        found = list(pool.map(lambda n: come_in(address, code, n * WITHIN / people), range(people)))
    return sum(inside for inside, _ in found), float(np.percentile([seconds for _, seconds in found], 95))


def guessing(address: str, make: Callable[[], str], *, new_browsers: bool, stop: Event, seen: Counter[int]) -> None:
    """Try a made-up code 1,000 times a minute, from one browser or a new one each time, until told to stop."""

    def guess(browser: httpx.Client) -> None:
        seen[browser.get(f"{address}/enter/{make()}").status_code] += 1

    with httpx.Client(follow_redirects=True, timeout=60) as one, ThreadPoolExecutor(16) as pool:
        while not stop.wait(60 / GUESSES):
            if new_browsers:
                one.cookies.clear()
                guess(one)
            else:
                pool.submit(guess, one)


def beside_a_guesser(address: str, code: str, *, new_browsers: bool) -> tuple[int, float, Counter[int]]:
    """Let the room enter while codes are guessed; also return how the guesses were answered, by status."""
    stop, seen = Event(), Counter[int]()
    thread = Thread(
        target=guessing, args=(address, short_code), kwargs={"new_browsers": new_browsers, "stop": stop, "seen": seen}
    )
    thread.start()
    sleep(5)
    inside, p95 = room(address, code)
    stop.set()
    thread.join()
    return inside, p95, seen


def run() -> Section:
    """Measure three rooms on a real server over HTTP."""
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        _, long_code = invite(Role.PARTICIPANT, "room", by=Role.STEWARD, kind="shared", code=new_code())
        _, letters = invite(Role.PARTICIPANT, "room", by=Role.STEWARD, kind="shared", code=short_code())
        with serving(Path(home)) as address:
            quiet, quiet_p95 = room(address, letters)
            beside, beside_p95, seen = beside_a_guesser(address, letters, new_browsers=False)
            scanned, scanned_p95, _ = beside_a_guesser(address, long_code, new_browsers=True)
            typed, typed_p95 = room(address, letters, 20)
    refused = seen[429] / max(sum(seen.values()), 1)
    return Section(
        "Entering by code",
        f"{PEOPLE} browsers within {WITHIN:.0f} s, from the code to the app's page, over HTTP on one machine with the "
        f"server. Beside it codes are guessed at {GUESSES:,} a minute.",
        [
            Row(
                "200 people enter, 95th percentile",
                f"{quiet_p95 * 1000:.0f} ms, {quiet} in",
                goal="2 s, all in",
                quoted=True,
            ),
            Row(
                "the same while one browser guesses",
                f"{beside_p95 * 1000:.0f} ms, {beside} in",
                f"{refused:.0%} of the guesses not looked at",
                "2 s, all in",
            ),
            Row(
                "by a code of words, while each guess comes from a new browser",
                f"{scanned_p95 * 1000:.0f} ms, {scanned} in",
                goal="2 s, all in",
            ),
            Row("20 new people by six letters just after that", f"{typed_p95:.1f} s, {typed} in", goal="all in"),
        ],
    )


if __name__ == "__main__":
    replace(run())
