"""How often for nothing: one's own answer, told by role from five on, seen by the room, erased and wiped."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.contributions.naming import ROLES
from feedback.database.own_rows import rows_of
from feedback.database.store import open_store
from feedback.sessions.agenda import add_item, remove_item
from feedback.sessions.mending import is_empty
from feedback.sessions.paper import on_paper
from feedback.sessions.rehearsal import begin_rehearsal, end_rehearsal
from feedback.sessions.rounds.needless import (
    MOST,
    Accepted,
    accept,
    accepted,
    accepters,
    by_role,
    middle_of_all,
    newest_accepted,
    own_accepted,
    type_in,
)
from feedback.sessions.sessions import Session, close_session, make_session, open_session, reveal
from feedback.sessions.stage import stage
from feedback.upkeep.erasure import erase_person
from language import UserError, language
from reports.rounds.needless import needless_sentences, needless_table
from streamlit_app.sessions.rounds.needless_paper import read_needless

NL, EN = language("nl"), language("en")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "needless", "Hoe vaak voor niets?", item_id="n")
    return open_session(made.id)


def fill(here: Session, role: str, times: list[int]) -> None:
    for number, one in enumerate(times):
        accept(here.id, "n", one, role, person=f"{role}{number}")


def test_the_newest_answer_of_a_person_counts_until_the_room_sees_them(evening: Session) -> None:
    accept(evening.id, "n", 3, "resident", person="a")
    accept(evening.id, "n", 9, "entrepreneur", person="a")
    assert (accepters("n"), own_accepted("n", "a")) == (1, Accepted("entrepreneur", 9))
    assert stage(evening.id).answered == 1
    for times, role in ((-1, "resident"), (MOST + 1, "resident"), (3, "mayor")):
        with pytest.raises(UserError):
            accept(evening.id, "n", times, role, person="b")
    reveal("n")
    with pytest.raises(UserError, match="shown already"):
        accept(evening.id, "n", 1, "resident", person="b")
    assert accepters("n") == 1


def test_the_middle_of_each_role_and_where_they_differ_is_told(evening: Session) -> None:
    fill(evening, "resident", [0, 1, 2, 3, 19, 19])
    fill(evening, "police", [9, 9, 19, 19, 5])
    found = accepted("n")
    assert [(group.role, group.n, group.middle) for group in found] == [("resident", 6, 2), ("police", 5, 9)]
    said = needless_sentences(found, EN)
    assert said[0] == "Resident: 2 times. That is acting from a chance of 1 in 3 on."
    assert "police from a chance of 1 in 10 on, residents from a chance of 1 in 3 on" in said[-1]
    assert needless_table(found, NL).iloc[1].tolist() == ["Politie", 5, "9 keer", "vanaf een kans van 1 op 10"]
    assert newest_accepted("scheveningen") is None, "the room has not seen it"
    reveal("n")
    assert newest_accepted("scheveningen") == ("2026-08-04", found)
    assert newest_accepted("auckland") is None
    assert middle_of_all(found) == 9, "of 0 1 2 3 5 9 9 19 19 19 19 the sixth, residents and police together"
    with pytest.raises(ValueError, match="nobody"):
        middle_of_all([])


@given(st.lists(st.tuples(st.sampled_from(sorted(ROLES)), st.integers(0, MOST)), max_size=40))
def test_nobody_of_a_small_role_can_be_told_apart(rows: list[tuple[str, int]]) -> None:
    found = by_role([Accepted(*row) for row in rows])
    assert all(group.n >= 5 for group in found)
    assert sum(group.n for group in found) == (len(rows) if len(rows) >= 5 else 0)
    for group in found:
        assert 2 * sum(times <= group.middle for times in group.times) >= group.n
        assert group.middle in group.times


def test_what_was_sent_is_found_erased_and_wiped(evening: Session) -> None:
    accept(evening.id, "n", 5, "resident", person="a")
    with pytest.raises(UserError, match="already answered"):
        remove_item("n")
    assert not is_empty(evening.id)
    with open_store() as db:
        assert rows_of(db, "a")["needless"][0]["times"] == 5
    erase_person("a")
    assert accepters("n") == 0
    close_session(evening.id)
    with pytest.raises(UserError, match="closed"):
        accept(evening.id, "n", 5, "resident", person="a")
    other = make_session("Proef", kind="werkgroep", day=date(2026, 9, 1), area="scheveningen")
    add_item(other.id, "needless", "Hoe vaak?", item_id="m")
    begin_rehearsal(other.id)
    for number in range(5):
        accept(other.id, "m", 5, "resident", person=f"p{number}")
    reveal("m")
    assert newest_accepted("scheveningen") is None, "a rehearsal is never told of"
    end_rehearsal(other.id)
    assert accepters("m") == 0


def test_paper_is_typed_in_by_role_and_number(evening: Session) -> None:
    assert read_needless(["bewoner 3", "", "politie 9", "4"]) == [
        Accepted("resident", 3),
        Accepted("police", 9),
        Accepted("other", 4),
    ]
    for wrong in ("bewoner", "bewoner 100", "burgemeester 3", "bewoner 3 4", "bewoner -1"):
        with pytest.raises(UserError, match="Line 2"):
            read_needless(["1", wrong])
    type_in(evening.id, "n", read_needless(["bewoner 3"] * 6))
    assert (accepters("n"), on_paper(evening.id)) == (6, 6)
    assert accepted("n")[0].middle == 3
    with pytest.raises(UserError, match="no longer"):
        type_in(evening.id, "gone", [Accepted("resident", 3)])
