"""How far it is: what people fill in, and what is counted from what is stored."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from feedback.contributions.moderation import Mode
from feedback.contributions.naming import ROLES
from feedback.groups.votes_by_role import told_apart
from feedback.sessions.advice import advices, answer_advice, give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.mending import change_session, copy_session
from feedback.sessions.rehearsal import begin_rehearsal
from feedback.sessions.sessions import close_session, join, make_session, open_session
from feedback.sessions.statements import statements, vote
from feedback.sessions.wording import begin_with_several
from feedback.upkeep.erasure import erase_person
from language import UserError, language
from response.conditions.agreed_history import decide_condition, put_condition
from response.conditions.condition import Condition
from response.progress.counted import SUPPORT, meetings, promises, support, support_by_role, support_lines
from response.progress.plan import Meeting, Plan, Result, Telling, UseDecision
from response.progress.plan_history import decide_use, put_meeting, put_result, put_telling, read_plan

AREA, WHY = "scheveningen", {"role": "steward", "reason": "Besproken in de stuurgroep."}
NL = language("nl")
RESULT = {"id": "r", "package": "wp2", "texts": {"nl": "Een lijst van bronnen."}, "due": "2026-09-01"}
TELLING = {"id": "t", "day": "2026-09-02", "texts": {"nl": "Het begint."}, "audience": "de buurt", "channel": "krant"}
USE = {"outcome": "go", "by": "Stuurgroep", "on": "2026-10-01", "reason": "Alles is getest en besproken."}


def evening(lang: str = "nl", area: str = AREA) -> tuple[str, str]:
    made = make_session("Avond", kind="kennistafel", day=date(2026, 8, 3), area=area)
    item = add_item(made.id, kind="statements", title="Draagvlak")
    begin_with_several(made.id, support_lines(language(lang)), item.id)
    open_session(made.id)
    return made.id, item.id


def test_a_result_is_done_with_proof_and_somebody_who_checked() -> None:
    area, result = load_area(AREA), Result.model_validate(RESULT)
    put_result(area, result, **WHY)
    assert read_plan(AREA).results == (result,)
    assert [result.late(date(2026, 9, day)) for day in (1, 2)] == [False, True]
    for lacking in ({"done": "2026-08-30"}, {"done": "2026-08-30", "proof": "De pagina"}):
        with pytest.raises(ValueError, match="checked"):
            Result.model_validate(RESULT | lacking)
    done = Result.model_validate(RESULT | {"done": "2026-08-30", "proof": "De pagina", "checked_by": "TNO"})
    put_result(area, done, **WHY)
    assert read_plan(AREA).results == (done,)
    assert not done.late(date(2027, 1, 1))
    with pytest.raises(UserError, match="no work package"):
        put_result(area, Result.model_validate(RESULT | {"package": "wp9"}), **WHY)
    with pytest.raises(UserError, match="why"):
        put_result(area, result, role="steward", reason="nee")


def test_packages_that_meet_are_at_least_two() -> None:
    met = {"id": "m", "day": "2026-09-01", "name": "Samen", "packages": ["wp2", "wp4"]}
    put_meeting(load_area(AREA), Meeting.model_validate(met), **WHY)
    assert read_plan(AREA).meetings[0].packages == ("wp2", "wp4")
    with pytest.raises(ValueError, match="2 items"):
        Meeting.model_validate(met | {"packages": ["wp2"]})
    with pytest.raises(UserError, match="already"):
        put_result(load_area(AREA), Result.model_validate(RESULT | {"id": "m"}), **WHY)


def test_a_session_for_work_packages_counts_as_their_meeting_once_it_was_held() -> None:
    area, before = load_area(AREA), meetings(AREA)
    made = make_session("Samen", kind="werkgroep", day=date(2026, 9, 3), area=AREA, packages=["wp4", "wp2", "wp4"])
    alone = make_session("Alleen", kind="werkgroep", day=date(2026, 9, 2), area=AREA, packages=["wp6"])
    make_session("Elders", kind="werkgroep", day=date(2026, 9, 2), area="auckland")
    assert made.packages == ("wp2", "wp4")
    assert meetings(AREA) == before, "not held yet"
    for session in (made, alone):
        open_session(session.id)
        close_session(session.id)
    found = [one for one in meetings(AREA) if one not in before]
    assert [(one.name, one.packages, one.joint) for one in found] == [
        ("Alleen", ("wp6",), False),
        ("Samen", ("wp2", "wp4"), True),
    ]
    noted = {"id": "n", "day": "2026-09-03", "name": "Zelfde avond", "packages": ["wp2", "wp4"], "session": made.id}
    put_meeting(area, Meeting.model_validate(noted), **WHY)
    assert [one.name for one in meetings(AREA) if one not in before] == ["Alleen", "Zelfde avond"], "counted once"


def test_a_rehearsal_is_no_meeting() -> None:
    made = make_session("Proef", kind="werkgroep", day=date(2026, 9, 3), area=AREA, packages=["wp2", "wp4"])
    begin_rehearsal(made.id)
    close_session(made.id)
    assert made.id not in {one.session for one in meetings(AREA)}


def test_work_packages_of_a_session_are_those_of_its_area() -> None:
    for area, packages in ((AREA, ["wp9"]), ("auckland", ["wp1"])):
        with pytest.raises(UserError, match="no work package"):
            make_session("Avond", kind="werkgroep", day=date(2026, 9, 3), area=area, packages=packages)
    made = make_session("Avond", kind="werkgroep", day=date(2026, 9, 3), area=AREA, packages=["wp1"])
    told = {"title": "Avond", "kind": "werkgroep", "day": date(2026, 9, 3), "place": "", "moderation": Mode.BEFORE}
    assert change_session(made.id, **told).packages == ("wp1",), "what is not named stays"
    assert change_session(made.id, **told, packages=("wp6", "wp3")).packages == ("wp3", "wp6")
    with pytest.raises(UserError, match="no work package"):
        change_session(made.id, **told, packages=["wp7"])
    assert copy_session(made.id, title="Nog eens", day=date(2026, 10, 1)).packages == ("wp3", "wp6")
    assert change_session(made.id, **told, packages=()).packages == ()


def test_one_decision_on_conditions_that_hold() -> None:
    area = load_area(AREA)
    condition = {"id": "c", "texts": {"nl": "Een afspraak."}, "kind": "ethical"}
    put_condition(area, Condition.model_validate(condition), **WHY)
    with pytest.raises(UserError, match="no condition"):
        decide_use(area, UseDecision.model_validate(USE | {"conditions": ["x"]}), **WHY)
    decide_use(area, UseDecision.model_validate(USE | {"conditions": ["c"]}), **WHY)
    assert read_plan(AREA).use.outcome == "go"  # type: ignore[union-attr]
    decide_condition(area, "c", "broken", by="Werkgroep", **WHY)
    with pytest.raises(UserError, match="broken"):
        decide_use(area, UseDecision.model_validate(USE | {"conditions": ["c"]}), **WHY)
    decide_use(area, UseDecision.model_validate(USE | {"outcome": "no go", "conditions": ["c"]}), **WHY)
    assert read_plan(AREA).use.outcome == "no go"  # type: ignore[union-attr]


def test_what_is_internal_is_for_who_works_on_it() -> None:
    area = load_area(AREA)
    put_telling(area, Telling.model_validate(TELLING | {"reach": "internal"}), **WHY)
    put_telling(area, Telling.model_validate(TELLING | {"id": "u", "day": "2026-09-01", "reach": "external"}), **WHY)
    plan = read_plan(AREA)
    assert [one.id for one in plan.seen_by(professional=True)] == ["u", "t"]
    assert [one.id for one in plan.seen_by(professional=False)] == ["u"]
    with pytest.raises(ValueError, match="approved"):
        Telling.model_validate(TELLING | {"reach": "external", "sent": "2026-09-02"})


def test_promises_are_counted_from_what_is_stored() -> None:
    area, today = load_area(AREA), datetime.now(UTC).date()
    made, _ = evening()
    elsewhere, _ = evening(area="auckland")
    before = promises(AREA, today, area.tz)
    due = {"soon": today + timedelta(days=5), "past": today - timedelta(days=1)}
    for session, day in ((made, due["soon"]), (made, due["soon"]), (made, due["past"]), (elsewhere, due["past"])):
        give_advice(session, "Zet meer banken neer", due=day)
    first = min(advices(made), key=lambda one: one.number)
    answer_advice(first.id, "adopted", "Dat doen we.", answered_by="gemeente")
    found = promises(AREA, today, area.tz)
    assert (found.answers_due, found.answers_in_time) == (before.answers_due + 2, before.answers_in_time + 1)
    later = promises(AREA, due["soon"] + timedelta(days=1), area.tz)
    assert (later.answers_due, later.answers_in_time) == (before.answers_due + 3, before.answers_in_time + 1)
    assert (found.conditions, found.forecasts) == (0, before.forecasts), "examples are no promises"
    assert found.forecasts > 0


@pytest.mark.parametrize(("code", "people"), [("nl", 4), ("nl", 5), ("en", 6)])
def test_support_is_told_of_five_people_or_more(code: str, people: int) -> None:
    made, item = evening(code)
    first, second, *_ = statements(made, item_id=item)
    for number in range(people):
        vote(first.id, 1 if number else -1, person=f"p{number}")
    vote(second.id, 1, person="p0")
    assert [one for one in support(AREA) if one.session == made] == [], "not before it is closed"
    close_session(made)
    found = [one for one in support(AREA) if one.session == made]
    if people < 5:
        assert found == []
        return
    (one,) = found
    assert (one.statement, one.agree, one.disagree, one.neither) == ("invited", people - 1, 1, 0)


def test_the_five_statements_are_the_same_in_each_session() -> None:
    assert list(SUPPORT) == ["invited", "room", "seen", "outcome", "live"]
    assert len(set(support_lines(NL))) == 5
    assert Plan().seen_by(professional=True) == ()


def test_support_is_told_by_role_where_nobody_can_be_found_in_it() -> None:
    made, item = evening("nl")
    first, second, *_ = statements(made, item_id=item)
    came = ["resident"] * 7 + ["entrepreneur"] * 6 + ["police"] * 2 + [None] * 3
    for number, role in enumerate(came):
        join(made, f"p{number}", role)
        vote(first.id, 1 if role == "resident" else -1, person=f"p{number}")
    for number in range(8):  # of whom one is no resident: told apart, that one would be known
        vote(second.id, 0, person=f"p{number}")
    assert list(support_by_role(AREA)) == [], "not before it is closed"
    close_session(made)
    found = [one for one in support_by_role(AREA) if one.session == made]
    assert [(one.statement, one.role, one.agree, one.disagree, one.neither) for one in found] == [
        ("invited", "", 0, 5, 0),
        ("invited", "entrepreneur", 0, 6, 0),
        ("invited", "resident", 7, 0, 0),
    ]
    for number in range(len(came)):
        erase_person(f"p{number}")
    assert [one for one in support_by_role(AREA) if one.session == made] == found, "nobody can be found in it"


@given(
    st.dictionaries(
        st.sampled_from(["", *ROLES]),
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).filter(any),
        max_size=6,
    )
)
def test_no_role_and_no_rest_of_few_people_is_told(by_role: dict[str, tuple[int, int, int]]) -> None:
    told = told_apart(by_role)
    for column in range(3):
        assert sum(votes[column] for votes in told.values()) == sum(votes[column] for votes in by_role.values())
    if len(told) > 1:
        assert all(sum(votes) >= 5 for votes in told.values())
    assert all(sum(votes) >= 5 for role, votes in told.items() if role)
