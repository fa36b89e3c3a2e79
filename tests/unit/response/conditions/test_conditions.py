"""Conditions: what a broken one switches off, when, and what brings it back."""

from datetime import date, timedelta

import pytest

from data.area.area import load_area
from data.area.sources import find_source, record_stance
from data.keeping.home import area_home
from feedback.sessions.sessions import close_session, make_session, open_session
from language import UserError, language
from response.cards.history import read_playbook
from response.conditions import agreed_history
from response.conditions.agreed_history import decide_condition, put_condition, put_wish, read_agreed
from response.conditions.condition import ALWAYS_ON, Condition, Wish
from response.conditions.gate import SwitchedOffError, cards_in_force, check_on, off_by
from visuals.account.condition_words import condition_lines, review_text

AREA, WHY = "scheveningen", {"role": "steward", "reason": "Besproken in de werkgroep."}
NL = language("nl")


def condition(condition_id: str = "c", *governs: tuple[str, str], **more: object) -> Condition:
    given = {"id": condition_id, "texts": {"nl": "Een afspraak."}, "kind": "ethical"} | more
    return Condition.model_validate(given | {"governs": [{"what": what, "id": thing} for what, thing in governs]})


def decide(condition_id: str, state: str) -> None:
    decide_condition(load_area(AREA), condition_id, state, by="Werkgroep ethiek", **WHY)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["broken", "withdrawn"])
@pytest.mark.parametrize("thing", [("page", "costs"), ("publication", "pictures"), ("card", "verwachting-delen")])
def test_what_is_broken_goes_off_with_the_reason_and_comes_back(state: str, thing: tuple[str, str]) -> None:
    put_condition(load_area(AREA), condition("c", thing), **WHY)
    check_on(AREA, *thing)  # type: ignore[arg-type]
    decide("c", state)
    with pytest.raises(SwitchedOffError, match="Werkgroep ethiek: Besproken in de werkgroep"):
        check_on(AREA, *thing)  # type: ignore[arg-type]
    check_on("auckland", *thing)  # type: ignore[arg-type]
    check_on(AREA, "page", "open")
    decide("c", "met")
    check_on(AREA, *thing)  # type: ignore[arg-type]


def test_a_card_that_is_off_is_not_in_the_week() -> None:
    area = load_area(AREA)
    whole = read_playbook(area)
    first = whole.cards[0].id
    assert cards_in_force(AREA, whole) is whole
    put_condition(area, condition("c", ("card", first)), **WHY)
    decide("c", "broken")
    assert [one.id for one in cards_in_force(AREA, whole).cards] == [one.id for one in whole.cards[1:]]
    assert read_playbook(area) == whole, "nothing of the card itself is lost"


def test_nothing_goes_off_in_an_open_session_but_a_source() -> None:
    made = make_session("Avond", kind="kennistafel", day=date(2026, 8, 3), area=AREA, session_id="s1")
    put_condition(load_area(AREA), condition("c", ("page", "costs"), ("source", "practice-weather")), **WHY)
    open_session(made.id)
    decide("c", "broken")
    assert off_by(AREA, "page", "costs") is None
    source = find_source(AREA, "practice-weather")
    assert source is not None
    assert source.decision == "refused"
    assert off_by(AREA, "source", "practice-weather") is not None
    close_session(made.id)
    assert off_by(AREA, "page", "costs") is not None


def test_a_session_of_another_area_keeps_nothing_on() -> None:
    made = make_session("Avond", kind="kennistafel", day=date(2026, 8, 3), area="auckland", session_id="s2")
    open_session(made.id)
    put_condition(load_area(AREA), condition("c", ("page", "costs")), **WHY)
    decide("c", "broken")
    assert off_by(AREA, "page", "costs") is not None


def test_a_source_comes_back_as_the_parties_allow() -> None:
    put_condition(load_area(AREA), condition("c", ("source", "practice-weather")), **WHY)
    record_stance(AREA, "practice-weather", "tno", "agrees")
    decide("c", "broken")
    record_stance(AREA, "practice-weather", "tno", "objects", why="Eerst overleg.")
    decide("c", "met")
    assert find_source(AREA, "practice-weather").decision == "refused"  # type: ignore[union-attr]
    record_stance(AREA, "practice-weather", "tno", "agrees")
    assert find_source(AREA, "practice-weather").decision == "refused"  # type: ignore[union-attr]
    decide("c", "met")
    assert find_source(AREA, "practice-weather").decision == "approved"  # type: ignore[union-attr]


def test_an_overdue_review_only_marks() -> None:
    review = date(2026, 9, 30)
    late = condition("c", ("page", "costs"), review=review)
    put_condition(load_area(AREA), late, **WHY)
    assert late.warned_on() == (date(2026, 8, 31), date(2026, 9, 23), date(2026, 9, 29))
    assert late.due(date(2026, 8, 30)) is None
    assert late.due(date(2026, 8, 31)) == "soon"
    assert late.due(review) == "soon"
    assert late.due(review + timedelta(days=1)) == "overdue"
    assert "Er wordt niets uitgezet" in review_text(late, review + timedelta(days=1), NL)
    check_on(AREA, "page", "costs")


@pytest.mark.parametrize("page", sorted(ALWAYS_ON))
def test_where_conditions_are_read_and_decided_stays_on(page: str) -> None:
    with pytest.raises(ValueError, match="switched off"):
        condition("c", ("page", page))


def test_only_a_decision_with_a_reason_breaks_a_condition() -> None:
    area = load_area(AREA)
    with pytest.raises(ValueError, match="decision"):
        condition("c", state="broken")
    put_condition(area, condition("c", ("page", "costs")), **WHY)
    for by, reason, said in (("", "Besproken in de groep.", "which body"), ("Werkgroep", "nee", "why")):
        with pytest.raises(UserError, match=said):
            decide_condition(area, "c", "broken", by=by, role="steward", reason=reason)
    with pytest.raises(UserError, match="no condition"):
        decide("nowhere", "broken")
    with pytest.raises(UserError, match="no source"):
        put_condition(area, condition("d", ("source", "rumours")), **WHY)
    assert read_agreed(AREA).condition("c").state == "open"  # type: ignore[union-attr]
    # Whoever changes its text does not change how it stands.
    decide("c", "broken")
    put_condition(area, condition("c", ("page", "costs"), texts={"nl": "Anders gezegd."}), **WHY)
    assert off_by(AREA, "page", "costs") is not None


def test_damaged_conditions_switch_nothing_on() -> None:
    area_home(AREA).mkdir(parents=True, exist_ok=True)
    (area_home(AREA) / agreed_history.HISTORY).write_text('{"version": 1, "revisions": [{}]}')
    with pytest.raises(UserError, match="damaged"):
        check_on(AREA, "page", "costs")


def test_wishes_say_what_became_of_them() -> None:
    wish = {"id": "bench", "texts": {"nl": "Meer banken."}, "kind": "goal", "asked_by": "Wijkraad"}
    put_wish(load_area(AREA), Wish.model_validate(wish), **WHY)
    assert [one.state for one in read_agreed(AREA).wishes] == ["asked"]
    with pytest.raises(ValueError, match="why"):
        Wish.model_validate(wish | {"state": "refused"})
    with pytest.raises(ValueError, match="same id"):
        put_condition(load_area(AREA), condition("bench"), **WHY)


def test_what_ships_is_an_example_that_nobody_decided_on() -> None:
    found = read_agreed(AREA).conditions
    assert {one.kind for one in found} == {"ethical", "legal", "economic", "technical"}
    assert all(one.example and one.state == "open" and one.session == "" for one in found)
    assert read_agreed("auckland").conditions == ()


def test_what_nobody_filled_in_is_absent() -> None:
    names = {("page", "costs"): "Kosten en opbrengsten"}
    lines = dict(condition_lines(condition("c", ("page", "costs")), names, date(2026, 8, 3), NL))
    assert lines == {"Hiervan hangt af": "pagina 'Kosten en opbrengsten'"}


@pytest.mark.parametrize("proof", ["Het verslag", {"nl": "Het verslag", "en": "The minutes"}, {"nl": "Het verslag"}])
def test_proof_is_said_in_the_language_that_is_spoken(proof: str | dict[str, str]) -> None:
    condition = Condition.model_validate({"id": "c", "texts": {"nl": "Ja."}, "kind": "legal", "proof": proof})
    assert condition.proof_text(language("nl")) == "Het verslag"
    assert condition.proof_text(language("en")) == (
        proof.get("en", "Het verslag") if isinstance(proof, dict) else proof
    )
    assert Condition.model_validate_json(condition.model_dump_json()) == condition
