"""A room that responds at once: 200 people with 5 contributions and 20 votes each, on our store and on defaults."""

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import numpy as np
from sqlite_utils import Database

from benchmarks.results import Row, Section
from feedback.contributions import contributions
from feedback.contributions.contributions import Contribution, send
from feedback.database.store import change_store, close_store, open_store, store_path
from feedback.people.participants import Author, author_of_phone
from feedback.sessions import statements
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement, vote

PEOPLE, CONTRIBUTIONS, VOTES = 200, 5, 20
FIVE_MINUTES = 300.0

Opened = Callable[..., AbstractContextManager[Database]]


class Load:
    """What came of one load: seconds per acknowledged write, how many failed, were lost, or are there twice."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.failed = 0
        self.lost = 0
        self.double = 0

    def percentile(self, q: float) -> float:
        """Return a percentile of the seconds per write."""
        return float(np.percentile(self.seconds, q)) if self.seconds else float("nan")


@contextmanager
def _by_default(path: Path | None = None, **_: Any) -> Iterator[Database]:
    """Open the database as ``sqlite3.connect`` does: rollback journal, 5 seconds of patience, deferred transactions."""
    with closing(sqlite3.connect(path or store_path())) as connection:
        db = Database(connection)
        with db.atomic():
            yield db


def load(opened: Opened = change_store, *, seconds: float = FIVE_MINUTES) -> Load:
    """Send everything from 200 threads, spread over ``seconds`` (0: as fast as it goes), and count what is there."""
    result = Load()
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        session = make_session("Zaal", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen", moderation="after")
        open_session(session.id)
        seeds = [add_statement(session.id, f"Stelling {n}", person=None, seed=True).id for n in range(VOTES)]
        if opened is not change_store:
            close_store()
            with closing(sqlite3.connect(store_path())) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        sent: list[str] = []
        with patch.object(contributions, "change_store", opened), patch.object(statements, "change_store", opened):
            threads = [
                Thread(target=_person, args=(n, session.id, seeds, seconds, result, sent)) for n in range(PEOPLE)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        with open_store() as db:
            kept = [row[0] for row in db.execute("SELECT id FROM contributions")]
            votes = db.execute("SELECT count(*), count(DISTINCT person || statement) FROM votes").fetchone()
        result.double = len(kept) - len(set(kept)) + votes[0] - votes[1]
        result.lost = PEOPLE * (CONTRIBUTIONS + VOTES) - len(set(kept)) - votes[1]
        assert set(sent) <= set(kept), "an acknowledged contribution is not there"
    return result


def _person(number: int, session: str, seeds: list[str], seconds: float, result: Load, sent: list[str]) -> None:
    """Send one person's contributions (each twice, as with a double tap) and votes at random moments."""
    draw = random.Random(number)
    author = author_of_phone(f"phone {number}")
    begun = time.monotonic()
    writes: list[Callable[[], None]] = [_vote(seed, draw.choice((-1, 0, 1)), author) for seed in seeds]
    writes += [_contribution(number, n, session, author, sent) for n in range(CONTRIBUTIONS)]
    draw.shuffle(writes)
    for moment, write in zip(sorted(draw.uniform(0, seconds) for _ in writes), writes, strict=True):
        time.sleep(max(0.0, begun + moment - time.monotonic()))
        start = time.perf_counter()
        try:
            write()
        except Exception:
            result.failed += 1
        else:
            result.seconds.append(time.perf_counter() - start)


def _vote(statement: str, value: int, author: Author) -> Callable[[], None]:
    return lambda: vote(statement, value, person=author.person)


def _contribution(person: int, number: int, session: str, author: Author, sent: list[str]) -> Callable[[], None]:
    contribution = Contribution(
        id=str(uuid4()),
        area="scheveningen",
        role="resident",
        language="nl",
        text=f"Het was druk bij de Pier, zegt bezoeker {person} voor de {number}e keer. " * 3,
        zone="pier",
        hour=datetime(2026, 8, 8, 12, tzinfo=UTC),
        session=session,
    )

    def write() -> None:
        send(contribution, author)
        sent.append(contribution.id)
        if number == 0:
            send(contribution, author)  # the double tap

    return write


def run() -> Section:
    """Run the load on our store and on SQLite's defaults, over five minutes and as fast as it goes."""
    # Both at once, each in a process of its own: five minutes, and the same machine for both.
    with get_context("spawn").Pool(2) as pool:
        ours, plain = pool.map(load, (change_store, _by_default))
    rush, plain_rush = load(seconds=0), load(_by_default, seconds=0)
    total = PEOPLE * (CONTRIBUTIONS + VOTES)

    def spoken(result: Load) -> str:
        return f"{result.percentile(95) * 1000:.0f} ms"

    def missing(result: Load) -> str:
        return f"{result.lost} of {total:,} lost, {result.double} double"

    return Section(
        "A room that responds at once",
        f"{PEOPLE} threads write {CONTRIBUTIONS} contributions and {VOTES} votes each, with the app's own functions; "
        "one contribution of each is sent twice. Spread over five minutes, both at the same time, and as fast as it "
        "goes, one after the other. Beside it: the same writes with the defaults of sqlite3 (rollback journal, 5 s of "
        "patience, deferred transactions). Times are of acknowledged writes.",
        [
            Row(
                "a room of 200 with 25 writes each in five minutes: p95 of a write, and lost",
                f"{spoken(ours)}, {missing(ours)}",
                f"SQLite's defaults: {spoken(plain)}, {missing(plain)}",
                "250 ms, 0 lost, 0 double",
                quoted=True,
            ),
            Row("p95 of a write, as fast as it goes", spoken(rush), f"defaults: {spoken(plain_rush)}"),
            Row("lost and double, as fast as it goes", missing(rush), f"defaults: {missing(plain_rush)}", "0 and 0"),
        ],
    )
