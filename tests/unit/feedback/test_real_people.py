"""Sessions and desks that survive real people: what a facilitator, a colleague and a steward ran into, by number."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import accumulate, pairwise
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.settings import time_of
from data.keeping.real_time import real_today, utc_text
from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.moderation import Mode, public_log
from feedback.contributions.told import told_about
from feedback.database.store import change_store, open_store
from feedback.groups.opinions import SMALLEST_GROUP, Ballots, hide_small, opinions
from feedback.people import invitations
from feedback.people.invitations import WrongError
from feedback.people.invitations import find as enter
from feedback.people.participants import author_of_visit
from feedback.sessions.advice import advices, answer_advice, give_advice
from feedback.sessions.advice_mending import change_advice, change_answer, remove_advice, withdraw_answer
from feedback.sessions.agenda import (
    ITEM_KINDS,
    Document,
    ItemKind,
    add_item,
    agenda,
    change_item,
    find_item,
    open_requests,
)
from feedback.sessions.closing import adopt, counted_roles, fill_in, rectify, versions, withdraw_report
from feedback.sessions.mending import change_session, copy_session, is_empty, remove_session
from feedback.sessions.paper import on_paper, type_in_statements, type_in_thresholds, type_in_votes
from feedback.sessions.polis_store import polis_files
from feedback.sessions.proposals import Sheet, propose, proposed, proposers
from feedback.sessions.rehearsal import begin_rehearsal, end_rehearsal
from feedback.sessions.responses import respond, responses, type_in
from feedback.sessions.sessions import (
    Session,
    close_session,
    find_session,
    join,
    list_sessions,
    make_session,
    open_session,
    reveal,
)
from feedback.sessions.stage import stage
from feedback.sessions.statements import add_statement, statements, vote
from feedback.sessions.taking_in import takes_answers
from feedback.sessions.wording import begin_with_several, change_statement, remove_statement
from language import UserError, language
from tests.unit.moderators import publish_all
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


def _target(kind: ItemKind) -> str:
    return "vroeg-komen" if kind == "card" else ""


def _evening() -> Session:
    """A session in preparation with one item of each kind, and two statements to begin with."""
    made = draft()
    for kind in ITEM_KINDS:
        last = real_today(time_of("scheveningen")) + timedelta(days=3) if kind == "request" else None
        add_item(made.id, kind, f"Punt {kind}", target=_target(kind), item_id=f"{kind}-{made.id}", deadline=last)
    begin_with_several(made.id, ["1. Meer prullenbakken", "", "- Minder auto's"], f"statements-{made.id}")
    return made


def test_16_02_a_session_is_changed_and_an_adopted_one_only_after_its_report_was_withdrawn(home: Path) -> None:
    made = draft()
    changed = {"title": "Avond aan de haven", "kind": "kennistafel", "day": date(2026, 9, 1), "place": "De Haven"}
    now = change_session(made.id, **changed, moderation=Mode.AFTER)
    assert (now.title, now.kind, now.day, now.place) == tuple(changed.values())
    assert (now.moderation, now.name, now.id) == (Mode.AFTER, made.name, made.id)
    with pytest.raises(UserError, match="title of at most"):
        change_session(made.id, **changed | {"title": " "}, moderation=Mode.AFTER)
    open_session(made.id)
    fill_in(made.id, minutes="Goed.", organisations="", attended={"resident": 7})
    adopt(made.id)
    with pytest.raises(UserError, match="Withdraw it first"):
        change_session(made.id, **changed, moderation=Mode.AFTER)
    withdraw_report(made.id, "De dag klopt niet.")
    assert change_session(made.id, **changed | {"day": DAY}, moderation=Mode.AFTER).day == DAY


@pytest.mark.parametrize("kind", ITEM_KINDS)
def test_16_02_an_item_of_every_kind_is_changed_in_what_it_says(home: Path, kind: ItemKind) -> None:
    made = _evening()
    papers = [Document("Het plan", "https://example.org/plan.pdf")]
    last = real_today(time_of("scheveningen")) + timedelta(days=30)
    changed = {"text": "Lees eerst het plan.", "target": "map?zone=pier", "documents": papers, "minutes": 12}
    item = change_item(f"{kind}-{made.id}", title="Anders", deadline=last, **changed)
    assert item == find_item(item.id)
    assert (item.kind, item.title, item.text, item.minutes) == (kind, "Anders", "Lees eerst het plan.", 12)
    assert (item.documents, item.last_day, item.target) == (tuple(papers), last, "map?zone=pier")
    with pytest.raises(UserError, match="title of at most"):
        change_item(item.id, title="", target=_target(kind), deadline=last)
    if kind == "request":
        with pytest.raises(UserError, match="last day"):
            change_item(item.id, title="Zonder dag")
    assert find_item(item.id).title == "Anders"


def test_16_02_a_statement_is_changed_until_voted_on_and_then_corrected_in_sight(home: Path) -> None:
    made = _evening()
    open_session(made.id)
    first, second = statements(made.id)
    assert change_statement(first.id, "Meer prullenbakken op het strand").first_text == ""
    with pytest.raises(UserError, match="already there"):
        change_statement(first.id, "minder AUTO'S!")
    vote(first.id, 1, person="a")
    corrected = change_statement(first.id, "Meer vuilnisbakken op het strand")
    assert (corrected.first_text, corrected.text) == (
        "Meer prullenbakken op het strand",
        "Meer vuilnisbakken op het strand",
    )
    assert corrected.corrected
    # What was voted on first stays, however often it is corrected, and correcting it back leaves nothing to say.
    assert change_statement(first.id, "Veel meer vuilnisbakken").first_text == "Meer prullenbakken op het strand"
    assert change_statement(first.id, "Meer prullenbakken op het strand").corrected is None
    with pytest.raises(UserError, match="so it stays"):
        remove_statement(first.id)
    remove_statement(second.id)
    theirs = add_statement(made.id, "Van iemand in de zaal", person="a", item_id=f"statements-{made.id}")
    for refused in (lambda: change_statement(theirs.id, "Iets anders"), lambda: remove_statement(theirs.id)):
        with pytest.raises(UserError, match="Somebody in the room"):
            refused()
    assert [s.text for s in statements(made.id)] == ["Meer prullenbakken op het strand", "Van iemand in de zaal"]


def test_16_02_several_statements_are_put_on_at_once_all_or_none(home: Path) -> None:
    made = _evening()
    with pytest.raises(UserError, match=r"Line 3.*too long"):
        begin_with_several(made.id, ["Een", "", "x" * 141, "Twee"], f"statements-{made.id}")
    with pytest.raises(UserError, match=r"Line 2.*already there"):
        begin_with_several(made.id, ["Een", "een!"], f"statements-{made.id}")
    assert begin_with_several(made.id, ["Een", "12) Twee", "* Drie", "2027 wordt druk"], f"statements-{made.id}") == 4
    texts = [s.text for s in statements(made.id, "published")]
    assert texts == ["Meer prullenbakken", "Minder auto's", "Een", "Twee", "Drie", "2027 wordt druk"]


def test_16_02_advices_and_answers_are_mended_and_what_was_public_stays_to_be_read(home: Path) -> None:
    made = _evening()
    open_session(made.id)
    advice = give_advice(made.id, "Zet containers neer", due=DAY)
    changed = change_advice(advice.id, "Zet meer containers neer", due=date(2026, 10, 1), minority="Twee tegen")
    assert (changed.text, changed.due, changed.minority) == ("Zet meer containers neer", "2026-10-01", "Twee tegen")
    assert changed.changed
    study = answer_advice(advice.id, "study", "Wij rekenen.", due=DAY).answers[0]
    mended = change_answer(advice.id, study.id, "rejected", "Het is te duur.", answered_by="gemeente").answers[0]
    assert (mended.id, mended.state, mended.due, bool(mended.changed)) == (study.id, "rejected", None, True)
    with pytest.raises(UserError, match="its text and day stay"):
        change_advice(advice.id, "Iets heel anders", due=date(2026, 10, 1))
    assert change_advice(advice.id, changed.text, due=date(2026, 10, 1), minority="Drie tegen").minority == "Drie tegen"
    later = answer_advice(advice.id, "adopted", "Toch wel.").answers[0]
    back = withdraw_answer(advice.id, later.id)
    assert ([a.id for a in back.answers], [a.id for a in back.withdrawn]) == ([study.id], [later.id])
    with pytest.raises(UserError, match="not there"):
        change_answer(advice.id, later.id, "adopted", "Nog eens")
    with pytest.raises(UserError, match="was answered"):
        remove_advice(advice.id)
    other = give_advice(made.id, "Te snel geschreven", due=DAY)
    remove_advice(other.id)
    assert [one.id for one in advices(made.id)] == [advice.id]


def test_16_02_a_copy_is_a_template_with_all_that_was_prepared_and_nothing_that_was_sent(home: Path) -> None:
    made = _evening()
    open_session(made.id)
    vote(statements(made.id)[0].id, 1, person="a")
    add_statement(made.id, "Van iemand in de zaal", person="a", item_id=f"statements-{made.id}")
    reveal(f"question-{made.id}")
    copy = copy_session(made.id, title="De volgende avond", day=DAY + timedelta(days=14), copy_id="copy")
    assert copy_session(made.id, title="De volgende avond", day=DAY, copy_id="copy") == copy
    assert (copy.state, copy.kind, copy.day, copy.name) == (
        "draft",
        made.kind,
        date(2026, 8, 18),
        "de-volgende-avond-2026-08-18",
    )
    before, after = agenda(made.id), agenda(copy.id)
    assert [(i.kind, i.title, i.position) for i in after] == [(i.kind, i.title, i.position) for i in before]
    assert not {i.id for i in before} & {i.id for i in after}
    assert not any(i.revealed for i in after)
    (request,) = (i for i in after if i.kind == "request")
    assert request.last_day == real_today(time_of("scheveningen")) + timedelta(days=17)
    (round_,) = (i.id for i in after if i.kind == "statements")
    assert [(s.text, s.item) for s in statements(copy.id)] == [
        ("Meer prullenbakken", round_),
        ("Minder auto's", round_),
    ]
    assert is_empty(copy.id)


def test_16_02_a_session_is_taken_away_only_while_nobody_took_part(home: Path) -> None:
    made = _evening()
    code = open_session(made.id).code or ""
    remove_session(made.id)
    assert list_sessions() == []
    with pytest.raises(WrongError):
        enter(code)
    ways = {
        "joined": lambda one: join(one, "a"),
        "voted": lambda one: vote(statements(one)[0].id, 0, person="a"),
        "wrote": lambda one: add_statement(one, "Van mij", person="a"),
        "answered": lambda one: respond(one, f"question-{one}", "Ja", person="a", response_id=f"r-{one}"),
        "advised": lambda one: give_advice(one, "Doe iets", due=DAY),
    }
    for way in ways.values():
        other = _evening().id
        open_session(other)
        way(other)
        with pytest.raises(UserError, match="so it stays"):
            remove_session(other)
    assert len(list_sessions()) == len(ways)


def _tried_out(made: Session) -> None:
    """Send everything a room can send."""
    for person in ("a", "b"):
        join(made.id, person, "resident")
        vote(statements(made.id)[0].id, 1, person=person)
        respond(made.id, f"question-{made.id}", "Test", person=person, response_id=f"r-{person}-{made.id}")
        felt = {"felt": "red", "zone": "pier", "hour": datetime(2026, 8, 4, 12, tzinfo=UTC)}
        said = Contribution(id=str(uuid4()), area="scheveningen", role="resident", language="nl", text="Test",
                            session=made.id, **felt)  # fmt: skip
        send(said, author_of_visit(person))
        propose(Sheet(uuid4(), "scheveningen", "resident", {"pier": (9, 99, 999)}, made.id), author_of_visit(person))
    add_statement(made.id, "Test van de zaal", person="a", item_id=f"statements-{made.id}")
    type_in_thresholds(made.id, "scheveningen", [("resident", {"pier": (1, 2, 3)})] * 6)
    publish_all(responses(f"question-{made.id}"))


def test_16_02_a_rehearsal_shows_nowhere_and_is_wiped_with_one_touch(home: Path) -> None:
    propose(Sheet(uuid4(), "scheveningen", "resident", {"pier": (100, 200, 300)}), author_of_visit("a"))
    made = _evening()
    opened = begin_rehearsal(made.id)
    assert (opened.state, opened.rehearsal, bool(opened.code)) == ("open", True, True)
    _tried_out(opened)
    assert find_contributions("scheveningen", states=("waiting", "published")) == []
    assert len(find_contributions("scheveningen", session=made.id, states=("waiting",))) == 2
    assert proposed("scheveningen") == {}
    assert told_about("scheveningen") is None
    assert open_requests(real_today(time_of("scheveningen"))) == []
    assert polis_files(opened)["summary.csv"].startswith("topic,REHEARSAL")
    for earnest in (
        lambda: give_advice(made.id, "Een advies", due=DAY),
        lambda: fill_in(made.id, minutes="", organisations="", attended={}),
    ):
        with pytest.raises(UserError, match="rehearsal"):
            earnest()
    again = end_rehearsal(made.id)
    assert (again.state, again.rehearsal, again.code, again.item) == ("draft", False, None, None)
    assert is_empty(made.id)
    assert [s.text for s in statements(made.id)] == ["Meer prullenbakken", "Minder auto's"]
    assert public_log() == []
    with open_store() as db:  # what was meant before the rehearsal is still there
        assert db.execute("SELECT orange FROM proposals").fetchall() == [(200,)]
    with pytest.raises(WrongError):
        enter(opened.code or "")
    assert open_session(made.id).rehearsal is False


def test_16_02_what_was_sent_in_earnest_is_never_wiped_as_a_rehearsal(home: Path) -> None:
    made = _evening()
    opened = open_session(made.id)
    _tried_out(opened)
    with pytest.raises(UserError, match="no rehearsal"):
        end_rehearsal(made.id)
    with pytest.raises(UserError, match="in preparation"):
        begin_rehearsal(made.id)
    assert len(responses(f"question-{made.id}")) == 2
    assert enter(opened.code or "").session == made.id


def test_16_03_paper_waits_for_a_moderator_and_counts_among_the_people(home: Path) -> None:
    made = open_session(_evening().id)
    join(made.id, "a", "resident")
    assert type_in_votes(made.id, f"statements-{made.id}", ["eo", "e.", "ww"]) == 3
    type_in(made.id, f"question-{made.id}", ["Schaduw", "Banken"])
    assert [(r.text, r.state) for r in type_in(made.id, f"look-{made.id}", ["Druk"])] == [("Druk", "waiting")]
    assert type_in_statements(made.id, f"statements-{made.id}", ["Van een blad", "", "Nog een"]) == 2
    assert [s.text for s in statements(made.id, "waiting")] == ["Van een blad", "Nog een"]
    with pytest.raises(UserError, match="Line 2"):
        type_in_statements(made.id, f"statements-{made.id}", ["Goed", "van een BLAD"])
    # Three people handed in sheets, and one of them wrote an answer to each item.
    assert on_paper(made.id) == 3
    assert stage(made.id).present == 4
    assert counted_roles(made.id) == {"resident": 1, "": 3}
    zone_thresholds = {"pier": (100.0, 200.0, 300.0)}
    assert type_in_thresholds(made.id, "scheveningen", [("resident", zone_thresholds)] * 5) == 5
    assert (on_paper(made.id), proposers(made.id)) == (5, 5)
    assert proposed("scheveningen")["pier"][0].medians == (100, 200, 300)
    with pytest.raises(UserError, match="must rise"):
        type_in_thresholds(
            made.id, "scheveningen", [("resident", zone_thresholds), ("resident", {"pier": (3.0, 2.0, 1.0)})]
        )
    assert proposers(made.id) == 5


def test_16_04_a_report_is_withdrawn_and_rectified_with_a_public_note_and_a_version(home: Path) -> None:
    made = open_session(_evening().id)
    form = {"minutes": "Goed gesprek.", "organisations": "", "attended": {"resident": 7}}
    fill_in(made.id, **form)
    first = adopt(made.id)
    assert adopt(made.id) == first
    with pytest.raises(UserError, match="Rectify it"):
        fill_in(made.id, **form)
    for note in ("", " \n", "!!"):
        with pytest.raises(UserError, match="why"):
            rectify(made.id, note, **form)
        with pytest.raises(UserError, match="why"):
            withdraw_report(made.id, note)
    mended = rectify(made.id, "Er kwamen er acht.", **form | {"attended": {"resident": 8}})
    assert (mended.attended, mended.report, mended.adopted) == ({"resident": 8}, "adopted", first.adopted)
    assert withdraw_report(made.id, "De groep is het er niet mee eens.").report == "concept"
    with pytest.raises(UserError, match="not adopted"):
        rectify(made.id, "Nog eens", **form)
    fill_in(made.id, **form | {"minutes": "Een beter verslag."})
    again = adopt(made.id)
    # The promise of when it is forgotten who wrote what stands from the first day on.
    assert (again.report, again.adopted) == ("adopted", first.adopted)
    assert [(v.version, v.act, v.note) for v in versions(made.id)] == [
        (1, "adopted", ""),
        (2, "rectified", "Er kwamen er acht."),
        (2, "withdrawn", "De groep is het er niet mee eens."),
        (3, "adopted", ""),
    ]


def test_16_04_opening_a_session_again_keeps_that_its_report_was_adopted(home: Path) -> None:
    made = open_session(_evening().id)
    fill_in(made.id, minutes="Goed.", organisations="", attended={})
    adopted = adopt(made.id).adopted
    again = open_session(made.id)
    assert (again.state, again.report, again.adopted) == ("open", "adopted", adopted)
    assert (close_session(made.id).report, len(versions(made.id))) == ("adopted", 1)


def test_16_05_a_request_is_answered_by_the_code_of_the_room_until_its_last_day(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _evening()
    code = open_session(made.id).code or ""
    closed = close_session(made.id)
    assert (closed.state, closed.code) == ("closed", code)
    found = enter(code)
    assert found.session == made.id
    assert found.until == utc_text(
        datetime.combine(real_today(time_of(made.area)) + timedelta(days=4), time(), time_of(made.area))
    )
    respond(made.id, f"request-{made.id}", "Van thuis", person="a", response_id="home")
    with pytest.raises(UserError, match="closed"):
        respond(made.id, f"question-{made.id}", "Te laat", person="a", response_id="late")
    monkeypatch.setattr(invitations, "utc_text", lambda moment=None: "2999-01-01T00:00:00Z")
    with pytest.raises(WrongError):
        enter(code)
    monkeypatch.undo()
    monkeypatch.setenv("CSM_HOME", str(home))
    anew = open_session(made.id).code or ""
    assert enter(anew).session == made.id
    with pytest.raises(WrongError):  # the room has another code now
        enter(code)
    change_item(f"request-{made.id}", title="Advies", deadline=real_today(time_of("scheveningen")) - timedelta(days=1))
    assert close_session(made.id).code is None
    with pytest.raises(WrongError):
        enter(anew)


def test_16_06_a_closed_rehearsal_takes_no_answers_at_home(home: Path) -> None:
    tried = _evening()
    begin_rehearsal(tried.id)
    close_session(tried.id)
    item = find_item(f"request-{tried.id}")
    assert not takes_answers(find_session(tried.id), item)
    with pytest.raises(UserError, match="is closed"):
        respond(tried.id, item.id, "Meer schaduw", person="a", response_id="r")
