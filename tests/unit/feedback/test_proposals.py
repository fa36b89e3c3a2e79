"""Proposals: one for each person and zone, erased with the person, and few people are never shown apart."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.contributions.naming import ROLES
from feedback.contributions.small_cells import K
from feedback.database.own_rows import rows_of
from feedback.database.store import open_store
from feedback.people.participants import Author, author_of_visit, person_by_code
from feedback.sessions.proposals import (
    Sheet,
    ThresholdCounts,
    differences,
    everybody,
    groups,
    propose,
    proposed,
    withdraw,
)
from feedback.upkeep.erasure import erase_person
from language import UserError

ANNA, BERT = author_of_visit("anna"), author_of_visit("bert")
LOW, HIGH = (10.0, 20.0, 30.0), (40.0, 50.0, 60.0)
THRESHOLDS = st.lists(st.floats(1, 1e6), min_size=3, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
ROWS = st.lists(st.tuples(st.sampled_from(tuple(ROLES)), THRESHOLDS), max_size=40)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def sheet(
    role: str = "resident", zone_thresholds: ThresholdCounts = LOW, *, id: UUID | None = None, zone: str = "pier"
) -> Sheet:
    return Sheet(id or uuid4(), "scheveningen", role, {zone: zone_thresholds})


def kept() -> list[tuple[str | None, float]]:
    with open_store() as db:
        return [(row[0], row[1]) for row in db.execute("SELECT person, orange FROM proposals ORDER BY orange")]


def several(number: int, role: str, zone_thresholds: ThresholdCounts) -> None:
    for _ in range(number):
        propose(sheet(role, zone_thresholds), None)


def test_somebody_with_a_code_has_one_proposal_for_a_zone() -> None:
    propose(sheet(zone_thresholds=LOW), ANNA)
    propose(sheet(zone_thresholds=HIGH), ANNA)
    propose(sheet(zone_thresholds=LOW), BERT)
    assert kept() == [(BERT.person, 20.0), (ANNA.person, 50.0)]


def test_a_sheet_sent_twice_counts_once() -> None:
    one = uuid4()
    propose(sheet(zone_thresholds=LOW, id=one), None)
    propose(sheet(zone_thresholds=HIGH, id=one), None)
    propose(sheet(zone_thresholds=LOW), None)
    assert kept() == [(None, 20.0), (None, 50.0)]


def test_proposals_are_shown_and_erased_with_the_persons_code() -> None:
    propose(sheet(), ANNA)
    propose(sheet(), BERT)
    assert person_by_code(ANNA.code) == ANNA.person
    with open_store() as db:
        assert [row["orange"] for row in rows_of(db, ANNA.person)["proposals"]] == [20.0]
    assert erase_person(ANNA.person).state == "complete"
    assert kept() == [(BERT.person, 20.0)]


@pytest.mark.parametrize("author", [None, ANNA])
def test_a_proposal_can_be_taken_back(author: Author | None) -> None:
    mine = sheet()
    propose(mine, author)
    propose(sheet(), BERT)
    withdraw(mine, author)
    assert kept() == [(BERT.person, 20.0)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (sheet(role="king"), "what you are"),
        (sheet(zone_thresholds=(10, 10, 30)), "must rise"),
        (sheet(zone_thresholds=(0, 10, 30)), "must rise"),
        (sheet(zone_thresholds=(1, 10, float("inf"))), "must rise"),
        (sheet(zone_thresholds=(1, float("nan"), 30)), "must rise"),
        (Sheet(uuid4(), "scheveningen", "resident", {}), "nothing to propose"),
    ],
)
def test_what_cannot_be_proposed_is_said_and_not_kept(wrong: Sheet, said: str) -> None:
    with pytest.raises(UserError, match=said):
        propose(wrong, None)
    assert kept() == []


def test_four_are_not_shown_five_are() -> None:
    several(4, "resident", LOW)
    assert proposed("scheveningen") == {}
    several(1, "resident", HIGH)
    (group,) = proposed("scheveningen")["pier"]
    assert (group.role, group.n, group.medians) == ("resident", 5, LOW)
    assert proposed("auckland") == {}


def test_a_small_group_joins_others_so_that_it_cannot_be_subtracted() -> None:
    several(9, "resident", LOW)
    several(6, "entrepreneur", HIGH)
    several(2, "police", HIGH)
    shown = proposed("scheveningen")["pier"]
    assert [(group.role, group.n) for group in shown] == [("resident", 9), (None, 8)]


@given(ROWS)
def test_no_group_is_small_and_nobody_is_lost(rows: list[tuple[str, ThresholdCounts]]) -> None:
    found = groups(rows)
    assert sum(group.n for group in found) == (len(rows) if len(rows) >= K else 0)
    for group in found:
        assert group.n >= K
        if group.role is not None:
            assert group.n == sum(role == group.role for role, _ in rows)
            assert group.zone_thresholds[1] == tuple(sorted(b[1] for role, b in rows if role == group.role))
        yellow, orange, red = group.medians
        assert yellow < orange < red
    if found:
        yellow, orange, red = everybody(found)
        assert yellow < orange < red


def test_where_roles_differ_most_comes_first() -> None:
    rows = {
        "pier": [("resident", LOW)] * 5 + [("entrepreneur", HIGH)] * 5 + [("police", LOW)] * 2,
        "plein": [("resident", LOW)] * 5 + [("entrepreneur", (11, 22, 33))] * 5,
        "kade": [("resident", LOW)] * 9,
    }
    found = differences({zone: groups(one) for zone, one in rows.items()}, 1)
    assert [one.zone for one in found] == ["plein"]
    rows["pier"] += [("police", LOW)] * 3
    found = differences({zone: groups(one) for zone, one in rows.items()}, 1)
    assert [(one.zone, one.first.role, one.last.role, one.factor) for one in found] == [
        ("pier", "police", "entrepreneur", 2.5),
        ("plein", "resident", "entrepreneur", 1.1),
    ]
