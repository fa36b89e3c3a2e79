"""Sessions and desks that survive real people: what a facilitator, a colleague and a steward ran into, by number."""

import csv
from collections import Counter
from datetime import date
from io import StringIO
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.database.store import change_store
from feedback.groups.opinions import SMALLEST_GROUP, Ballots, hide_small, opinions
from feedback.sessions.polis_store import polis_files
from feedback.sessions.sessions import Session, make_session
from language import language
from visuals.words.opinions import intro

NL = language("nl")
DAY = date(2026, 8, 4)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def draft(title: str = "Avond aan zee", **more: str) -> Session:
    return make_session(title, kind="klankbordgroep", day=DAY, area="scheveningen", **more)


def _camps(*sizes: int, seldom: int = 0) -> tuple[Ballots, dict[int, int]]:
    """Ballots of camps that each vote in one way on twelve statements, and of people who voted once; and the camps."""
    ends = list(accumulate(sizes, initial=0))
    votes = np.full((ends[-1] + seldom, 12), np.nan, dtype=np.float32)
    for camp, (first, last) in enumerate(pairwise(ends)):
        votes[first:last] = [1 if statement % 3 == camp % 3 else -1 for statement in range(12)]
    votes[ends[-1] :, 0] = 1
    of = {voter: sum(voter >= end for end in ends[1:]) for voter in range(ends[-1])}
    return Ballots(tuple(range(len(votes))), tuple(range(12)), votes, np.ones(12, dtype=bool)), of


@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=5), seldom=st.integers(0, 6), rows=st.booleans())
def test_16_13_neither_a_small_group_nor_what_is_left_of_the_whole_is_told(
    sizes: list[int], seldom: int, rows: bool
) -> None:
    ballots, camps = _camps(*sizes, seldom=seldom)
    shown = hide_small(opinions(ballots, camps), row_by_row=rows)
    assert all(size >= SMALLEST_GROUP for size in shown.sizes)
    assert len(shown.group_ids) != 1 or len(sizes) == 1
    rest = (sum(sizes) + seldom * rows) - sum(shown.sizes)
    assert rest == 0 or rest >= SMALLEST_GROUP or (not shown.group_ids and rest == sum(sizes) + seldom * rows)


def _keep_votes(session: Session, ballots: Ballots) -> None:
    with change_store() as db:
        db.table("statements").insert_all(
            {"id": f"s{number}", "session": session.id, "number": number, "text": f"Stelling {number}",
             "state": "published", "sent": "2026-08-04T18:00:00Z"}
            for number in ballots.statements
        )  # fmt: skip
        db.table("votes").insert_all(
            {"id": f"{voter}-{number}", "session": session.id, "statement": f"s{number}", "ballot": f"b{voter}",
             "vote": int(ballots.votes[voter, number]), "sent": "2026-08-04T19:00:00Z"}
            for voter in range(len(ballots.voters)) for number in range(12)
            if not np.isnan(ballots.votes[voter, number])
        )  # fmt: skip


@pytest.mark.parametrize(("sizes", "seldom"), [((7, 6), 3), ((9, 8), 1), ((12, 10, 3), 0), ((10, 9), 6)])
def test_16_13_no_export_with_a_row_for_each_voter_leaves_a_few_apart(
    home: Path, sizes: tuple[int, ...], seldom: int
) -> None:
    session = draft()
    _keep_votes(session, _camps(*sizes, seldom=seldom)[0])
    files = polis_files(session)
    groups = Counter(row["group-id"] for row in csv.DictReader(StringIO(files["participants-votes.csv"])))
    assert sum(groups.values()) == sum(sizes) + seldom
    assert min(groups.values()) >= SMALLEST_GROUP
    told = {row[0]: row[1] for row in csv.reader(StringIO(files["summary.csv"]))}
    left = int(told["voters"]) - int(told["voters-in-conv"])
    assert left == 0 or left >= SMALLEST_GROUP
    assert (seldom == 6) == ("0" in groups)


def test_16_04_the_count_of_voters_says_who_did_not_count() -> None:
    ballots, camps = _camps(8, 7, seldom=3)
    said = intro(hide_small(opinions(ballots, camps)), NL)
    assert said.startswith("18 mensen stemden. 3 mensen stemden te weinig om mee te tellen")
    assert "A (8)" in said
    assert "te weinig" not in intro(hide_small(opinions(*_camps(8, 7))), NL)
