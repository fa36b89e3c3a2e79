"""A card that a room judges: one's own view, told by role from five on, kept with the card and erased."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.contributions.naming import ROLES
from feedback.database.own_rows import rows_of
from feedback.database.store import open_store
from feedback.sessions.agenda import add_item
from feedback.sessions.rounds.card_views import (
    FITS,
    RoleViews,
    by_role,
    judge,
    judges,
    own_view,
    views_of_card,
    views_on,
)
from feedback.sessions.sessions import Session, make_session, open_session, reveal
from feedback.sessions.stage import stage
from feedback.upkeep.erasure import erase_person
from language import UserError, language
from reports.rounds.card import views_sentences


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "card", "Past dit hier?", target="vroeg-komen", item_id="c")
    return open_session(made.id)


def test_views_are_told_by_role_and_stand_with_the_card_once_the_room_saw_them(evening: Session) -> None:
    for number in range(6):
        judge(evening.id, "c", "no", "resident", person=f"r{number}")
        judge(evening.id, "c", FITS[number // 2], "resident", person=f"r{number}")
    for number in range(5):
        judge(evening.id, "c", "yes", "police", person=f"p{number}")
    assert (judges("c"), stage(evening.id).answered, own_view("c", "r5")) == (11, 11, "no")
    found = [RoleViews("resident", 2, 2, 2), RoleViews("police", 5, 0, 0)]
    assert views_on("c") == found
    assert views_of_card("scheveningen", "vroeg-komen") == []
    reveal("c")
    assert views_of_card("scheveningen", "vroeg-komen") == found
    assert views_of_card("scheveningen", "extra-trams") == []
    assert views_sentences(found, language("en"))[1] == (
        "Police (5): 5 say it fits, 0 if something changes, 0 say it does not."
    )


def test_what_is_no_choice_is_refused_and_what_was_sent_is_erased(evening: Session) -> None:
    for fits, role in (("maybe", "resident"), ("yes", "mayor")):
        with pytest.raises(UserError):
            judge(evening.id, "c", fits, role, person="a")
    judge(evening.id, "c", "other", "resident", person="a")
    with open_store() as db:
        assert rows_of(db, "a")["card_views"][0]["fits"] == "other"
    erase_person("a")
    assert judges("c") == 0
    with pytest.raises(UserError, match="Choose a card"):
        add_item(evening.id, "card", "Zonder kaart")


@given(st.lists(st.tuples(st.sampled_from(sorted(ROLES)), st.sampled_from(FITS)), max_size=40))
def test_no_small_role_is_told_apart(rows: list[tuple[str, str]]) -> None:
    found = by_role(rows)
    assert all(group.n >= 5 for group in found)
    assert sum(group.n for group in found) == (len(rows) if len(rows) >= 5 else 0)
