"""Sessions open by a code, take what the room sends once, and close without losing anything."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.area.settings import time_of
from data.keeping.real_time import real_today
from feedback.__main__ import main
from feedback.database.store import open_store
from feedback.groups.opinions import hide_small, opinions
from feedback.groups.polis import read_conversation
from feedback.people.invitations import find as enter
from feedback.people.roles import Role
from feedback.sessions import agenda, door, sessions, statements, taking_in
from feedback.sessions.agenda import Document, add_item
from feedback.sessions.door import came_lately, is_shut, open_door, shut_door
from feedback.sessions.polis_store import import_conversation, opinions_of, polis_files
from feedback.sessions.room import room
from feedback.sessions.sessions import Session, close_session, make_session, open_session
from feedback.sessions.statements import add_statement, alike, tally, vote
from language import UserError
from tests.unit.polis_export import export

DAY = date(2026, 8, 4)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def evening() -> Session:
    made = make_session("Klankbordavond de Pier", kind="klankbordgroep", day=DAY, area="scheveningen")
    add_item(made.id, "statements", "Wat vindt u?", item_id="round")
    return open_session(made.id)


def test_a_session_opens_by_six_letters_and_only_while_it_is_open(evening: Session) -> None:
    assert evening.code
    assert len(evening.code) == 6
    found = enter(f" {evening.code[:3].upper()}-{evening.code[3:]} ")
    assert (found.session, found.role) == (evening.id, Role.PARTICIPANT)
    assert found.landing == f"join?session={evening.id}"
    assert evening.item == "round"
    assert open_session(evening.id).code == evening.code
    assert close_session(evening.id).code is None
    with pytest.raises(UserError):
        enter(evening.code)
    assert enter(open_session(evening.id).code or "").session == evening.id


def test_a_door_that_is_shut_keeps_others_out_and_takes_nothing_from_who_is_in(evening: Session) -> None:
    one = add_statement(evening.id, "Meer bankjes", person=None, seed=True, item_id="round")
    sessions.join(evening.id, "a")
    shut_door(evening.id)
    now = sessions.find_session(evening.id)
    assert (now.state, now.code, is_shut(now)) == ("open", None, True)
    with pytest.raises(UserError):
        enter(evening.code or "")
    vote(one.id, 1, person="a")
    assert tally(evening.id, "round").iloc[0]["agrees"] == 1
    open_door(evening.id)
    again = sessions.find_session(evening.id)
    assert again.code not in (None, evening.code)
    assert enter(again.code or "").session == evening.id
    open_door(evening.id)
    assert sessions.find_session(evening.id).code == again.code
    with pytest.raises(UserError):
        enter(evening.code or "")


@pytest.mark.parametrize("act", [shut_door, open_door])
def test_the_door_of_a_session_that_is_not_open_is_left(act: Callable[[str], None]) -> None:
    made = make_session("Later", kind="kennistafel", day=DAY, area="scheveningen")
    act(made.id)
    assert sessions.find_session(made.id) == made
    closed = close_session(open_session(made.id).id)
    act(made.id)
    assert sessions.find_session(made.id) == closed


def test_who_came_in_just_now_is_counted_and_who_sat_there_is_not(
    evening: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        sessions.join(evening.id, f"p{number}")
        sessions.join(evening.id, f"p{number}", "resident")
    assert came_lately(evening.id) == 5
    monkeypatch.setattr(door, "LATELY", -door.LATELY)
    assert came_lately(evening.id) == 0


def test_a_name_is_made_of_title_and_day_and_taken_once(evening: Session) -> None:
    assert evening.name == "klankbordavond-de-pier-2026-08-04"
    second = make_session("Klankbordavond de Pier", kind="klankbordgroep", day=DAY, area="scheveningen")
    assert second.name.endswith("-2")
    with pytest.raises(UserError, match="already a session"):
        make_session("x", kind="werkgroep", day=DAY, area="a", name=evening.name)
    assert make_session("Twee keer", kind="werkgroep", day=DAY, area="a", session_id="same").id == "same"
    assert make_session("Twee keer", kind="werkgroep", day=DAY, area="a", session_id="same").title == "Twee keer"
    assert len(sessions.list_sessions()) == 3


def test_a_resent_statement_is_one_and_the_same_words_are_pointed_out(evening: Session) -> None:
    first = add_statement(evening.id, "Meer prullenbakken op het strand", person="a", statement_id="x")
    again = add_statement(evening.id, "Meer prullenbakken op het strand", person="a", statement_id="x")
    assert first == again
    assert first.state == "waiting"
    with pytest.raises(UserError, match="already there"):
        add_statement(evening.id, "  meer PRULLENBAKKEN op het strand! ", person="b")
    seed = add_statement(evening.id, "Op drukke dagen geen auto's op de boulevard", person=None, seed=True)
    assert alike("Op drukke dagen geen auto op de boulevard.", [seed]) == [seed]
    assert not alike("De tram moet gratis zijn", [seed])


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", "\u200b\u202e", "\0"])
def test_a_statement_needs_words(evening: Session, text: str) -> None:
    with pytest.raises(UserError):
        add_statement(evening.id, text, person="a")


def test_a_long_statement_is_refused_and_odd_characters_are_taken_out(evening: Session) -> None:
    with pytest.raises(UserError):
        add_statement(evening.id, "a" * 141, person="a")
    with pytest.raises(UserError):
        add_statement(evening.id, "a" * 10_000_000, person="a")
    assert add_statement(evening.id, "Goed\0 zo\u202e\nmorgen", person="a").text == "Goed zo morgen"


def test_a_vote_is_replaced_by_a_later_one_and_refused_when_the_statement_is_gone(evening: Session) -> None:
    one = add_statement(evening.id, "Een goed idee", person=None, seed=True)
    for value in (1, 0, -1):
        vote(one.id, value, person="a")
    vote(one.id, 1, person="b")
    counted = tally(evening.id).iloc[0]
    assert (counted["agrees"], counted["disagrees"], counted["passes"]) == (1, 1, 0)
    assert statements.votes_of(evening.id, "a") == {one.id: -1}
    with open_store() as db:
        db.execute("UPDATE statements SET state = 'hidden'")
        db.conn.commit()
    with pytest.raises(UserError, match="statement is gone"):
        vote(one.id, 1, person="a")


def test_a_closed_session_says_that_nothing_is_lost(evening: Session) -> None:
    one = add_statement(evening.id, "Een goed idee", person=None, seed=True)
    close_session(evening.id)
    for send in (lambda: vote(one.id, 1, person="a"), lambda: add_statement(evening.id, "Nog iets", person="a")):
        with pytest.raises(UserError, match="still on the screen"):
            send()


def test_the_least_seen_statement_comes_first(evening: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.sessions.room._COUNTED_EVERY", 0)
    item = add_item(evening.id, "statements", "Stellingen").id

    def following(person: str) -> str | None:
        found = room(evening.id).next_for(item, statements.votes_of(evening.id, person))
        return found and found.id

    one, two = (
        add_statement(evening.id, text, person=None, seed=True, item_id=item)
        for text in ("Stelling een", "Stelling twee")
    )
    vote(one.id, 1, person="a")
    assert following("b") == two.id
    assert following("a") == two.id
    vote(two.id, 1, person="a")
    assert following("a") is None


def test_votes_of_one_person_stay_together_without_the_person(evening: Session) -> None:
    one, two = (add_statement(evening.id, text, person=None, seed=True) for text in ("Stelling een", "Stelling twee"))
    for statement in (one, two):
        for person in "ab":
            vote(statement.id, 1, person=person)
    with open_store() as db:
        db.execute("UPDATE votes SET person = NULL")
        db.conn.commit()
    assert len(statements.ballots(evening.id).voters) == 2
    assert not {"a", "b"} & set(statements.ballots(evening.id).voters)


def test_a_request_for_advice_is_answered_at_home_until_its_last_day() -> None:
    made = make_session("Advies", kind="klankbordgroep", day=DAY, area="a")
    today = real_today(time_of(made.area))
    documents = [Document("Het plan", "https://example.org/plan.pdf")]
    ahead = add_item(made.id, "request", "Wat adviseert u?", documents=documents, deadline=today)
    past = add_item(made.id, "request", "Te laat", deadline=today - timedelta(days=1))
    assert agenda.open_requests(today) == []  # a draft is not out yet
    with open_store() as db, pytest.raises(UserError):
        taking_in.must_be_open(db, made.id, ahead.id)
    sessions.open_session(made.id)
    sessions.close_session(made.id)
    assert [item.id for item in agenda.open_requests(today)] == [ahead.id]
    assert ahead.documents[0].title == "Het plan"
    with open_store() as db:
        taking_in.must_be_open(db, made.id, ahead.id)
        with pytest.raises(UserError):
            taking_in.must_be_open(db, made.id, past.id)
    with pytest.raises(UserError, match="needs a last day"):
        add_item(made.id, "request", "Zonder datum")
    with pytest.raises(UserError, match="web address"):
        add_item(made.id, "request", "x", documents=[Document("x", "javascript:alert(1)")], deadline=DAY)


def test_the_agenda_moves_and_keeps_what_was_answered(evening: Session) -> None:
    second = add_item(evening.id, "look", "De kaart", target="http://127.0.0.1:8501/map?area=scheveningen&zone=pier#x")
    assert second.target == "map?area=scheveningen&zone=pier#x"
    agenda.move_item(second.id, -1)
    assert [item.id for item in agenda.agenda(evening.id)] == [second.id, "round"]
    one = add_statement(evening.id, "Een stelling", person=None, seed=True, item_id="round")
    vote(one.id, 1, person="a")
    with pytest.raises(UserError, match="stays on the agenda"):
        agenda.remove_item("round")
    agenda.remove_item(second.id)
    assert [item.id for item in agenda.agenda(evening.id)] == ["round"]
    with pytest.raises(UserError, match="not an address"):
        add_item(evening.id, "look", "x", target="javascript:alert(1)")


def test_who_comes_back_is_one_person(evening: Session) -> None:
    for role in ("bewoner", None):
        sessions.join(evening.id, "a", role)
    sessions.join(evening.id, "b")
    assert sessions.present(evening.id) == 2
    assert sessions.role_in(evening.id, "a") == "bewoner"


def test_the_commands_give_the_published_consensus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published = export(tmp_path / "export")
    assert main(["import-polis", str(tmp_path / "export"), "--session", "proef", "--lang", "nl"]) == 0
    assert "60 mensen" in capsys.readouterr().out
    assert main(["opinions", "--session", "proef", "--groups", "imported", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["participants"] == 60
    assert [group["size"] for group in found["groups"]] == [36, 18]
    for statement in found["statements"]:
        assert statement["group_informed_consensus"] == pytest.approx(published[statement["id"]], abs=1e-9)
        assert {"text", "agrees", "disagrees", "passes"} <= set(statement)
    stands = [r for s in found["statements"] for r in s["represents"]]
    assert all(set(r) in ({"group", "agree"}, {"group", "disagree"}) for r in stands)
    assert {r["group"] for r in stands} == {0, 1}
    assert main(["opinions", "--session", "proef", "--json"]) == 0
    assert "may differ" in json.loads(capsys.readouterr().out)["note"]
    assert main(["import-polis", str(tmp_path / "export"), "--session", "proef"]) == 2
    assert main(["opinions", "--session", "nergens"]) == 2


def test_published_files_do_not_say_who(tmp_path: Path) -> None:
    export(tmp_path)
    session, _ = import_conversation(tmp_path, "proef")
    files = polis_files(session)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    again = read_conversation(folder)
    assert (again.statements["author"] == -1).all()
    assert sorted(again.votes["voter"].unique()) == list(range(60))
    assert files["votes.csv"] != polis_files(session)["votes.csv"]  # numbered anew each time
    assert 17 not in set(again.statements["number"])  # turned down


def test_a_small_group_is_hidden_and_a_small_conversation_has_no_rows(tmp_path: Path) -> None:
    export(tmp_path / "small", people=12)
    session, _ = import_conversation(tmp_path / "small", "klein")
    assert set(polis_files(session)) == {"comments.csv", "summary.csv"}
    export(tmp_path / "large")
    large, _ = import_conversation(tmp_path / "large", "groot")
    found = opinions_of(large, imported=True)
    groups = {voter: (9 if i < 4 else i % 3) for i, voter in enumerate(found.ballots.voters)}
    shown = hide_small(opinions(found.ballots, groups))
    # The four could be counted if all others were shown: the smallest of these is not.
    assert set(shown.group_ids) < {0, 1, 2}
    assert len(groups) - sum(shown.sizes) >= 4 + 5
    alone = {voter: int(i < 4) for i, voter in enumerate(found.ballots.voters)}
    assert hide_small(opinions(found.ballots, alone)).group_ids == ()
