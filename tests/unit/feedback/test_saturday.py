"""Teams that play: what is chosen is the team's, what was decided stays, and all is found, erased and wiped."""

from datetime import date
from pathlib import Path

import pytest

from feedback.database.own_rows import rows_of
from feedback.database.store import open_store
from feedback.sessions.agenda import add_item, remove_item
from feedback.sessions.rehearsal import begin_rehearsal, end_rehearsal
from feedback.sessions.rounds.saturday import TEAMS, TeamPlay, choose, go_on, play_of, plays, type_in
from feedback.sessions.sessions import Session, make_session
from feedback.sessions.stage import stage
from feedback.upkeep.erasure import erase_person
from language import UserError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond", kind="kennistafel", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "saturday", "Speel de zaterdag", item_id="s")
    return begin_rehearsal(made.id)


def test_everybody_of_a_team_chooses_for_it_until_it_goes_on(evening: Session) -> None:
    choose(evening.id, "s", 1, "trams", True, moment=1, person="a")
    choose(evening.id, "s", 1, "opgang", True, moment=1, person="b")
    choose(evening.id, "s", 1, "trams", False, moment=1, person="b")
    choose(evening.id, "s", 2, "trams", True, moment=1, person="c")
    assert play_of("s", 1) == TeamPlay(1, 1, frozenset({"opgang"}))
    go_on(evening.id, "s", 1, moment=1, person="a")
    go_on(evening.id, "s", 1, moment=1, person="b")
    assert [(one.team, one.moment) for one in plays("s")] == [(1, 2), (2, 1)], "two who go on at once go on once"
    with pytest.raises(UserError, match="already"):
        choose(evening.id, "s", 1, "opgang", False, moment=1, person="a")
    assert play_of("s", 1).cards == {"opgang"}
    assert play_of("s", 3) == TeamPlay(3, 1, frozenset())
    assert stage(evening.id).answered == 2
    for team in (0, TEAMS + 1):
        with pytest.raises(UserError, match="team"):
            choose(evening.id, "s", team, "trams", True, moment=1, person="a")


def test_what_was_chosen_is_erased_and_wiped(evening: Session) -> None:
    choose(evening.id, "s", 1, "trams", True, moment=1, person="a")
    with pytest.raises(UserError, match="already answered"):
        remove_item("s")
    with open_store() as db:
        assert rows_of(db, "a")["saturday_choices"][0]["card"] == "trams"
    erase_person("a")
    assert play_of("s", 1).cards == frozenset()
    choose(evening.id, "s", 1, "trams", True, moment=1, person="b")
    end_rehearsal(evening.id)
    assert plays("s") == []
    with pytest.raises(UserError):
        choose(evening.id, "s", 1, "trams", True, moment=1, person="b")


def test_what_teams_chose_on_paper_counts_as_on_phones_all_of_it_or_none(evening: Session) -> None:
    choose(evening.id, "s", 1, "trams", True, moment=1, person="a")
    paper = [TeamPlay(2, 5, frozenset({"trams", "opgang"})), TeamPlay(3, 5, frozenset())]
    for twice in (TeamPlay(1, 5, frozenset()), paper[0]):
        with pytest.raises(UserError, match=f"Team {twice.team} played already"):
            type_in(evening.id, "s", [*paper, twice])
        assert [one.team for one in plays("s")] == [1]
    assert type_in(evening.id, "s", paper) == 2
    assert plays("s")[1:] == paper
    assert play_of("s", 1) == TeamPlay(1, 1, frozenset({"trams"}))
    with pytest.raises(UserError, match="already"):
        choose(evening.id, "s", 2, "trams", False, moment=1, person="a")
    with pytest.raises(UserError, match="agenda"):
        type_in(evening.id, "elsewhere", [TeamPlay(4, 5, frozenset())])
