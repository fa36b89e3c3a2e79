"""Amounts that rest on a measured effect go with it, in proportion, and come back when it is withdrawn."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.effects import MeasuredEffect
from data.area.measures import Measure, read_measures
from language import language
from response.__main__ import main
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.costs.case import Case
from response.costs.case_history import read_case
from response.costs.case_words import measured_words
from response.costs.measured import case_in_use, with_effects
from response.costs.outcome import net_present_value
from response.effects.adopting import adopt_effect, withdraw_effect
from response.effects.finding import finding
from tests.unit.response.effects.days_made import world

AREA, CARD, ITEM = "scheveningen", "borden-spreiden", "wachten"


def measured(low: float, factor: float, high: float, measure: str) -> MeasuredEffect:
    plain = {"measure": measure, "card": CARD, "low": low, "factor": factor, "high": high, "days": 6, "others": 20}
    return MeasuredEffect.model_validate(plain | {"p": 0.01, "first": "2026-07-01", "last": "2026-07-20"})


@cache
def read() -> tuple[Case, Playbook, dict[str, Measure]]:
    area = load_area(AREA)
    return read_case(area), read_playbook(area), {one.id: one for one in read_measures(area)}


def of(low: float, factor: float, high: float) -> tuple[Case, Case, float]:
    """Return the case as filled in, as measured, and which share was assumed."""
    case, playbook, assumed = read()
    card = playbook.card(CARD)
    assert card is not None
    assert card.measure is not None
    effect = assumed[card.measure].effect
    share = 1 - effect.factor.expected if effect.type == "change" else effect.share.expected
    found, rests = with_effects(case, playbook, assumed, {card.measure: measured(low, factor, high, card.measure)})
    assert set(rests) == {ITEM}
    return case, found, share


@given(st.lists(st.floats(0.3, 1.5), min_size=3, max_size=3).map(sorted))
def test_a_benefit_is_in_proportion_to_what_was_measured(factors: list[float]) -> None:
    case, found, share = of(*factors)
    before, after = case.item(ITEM), found.item(ITEM)
    assert before is not None
    assert after is not None
    for one, other in zip(before.amounts, after.amounts, strict=True):
        assert other.expected == pytest.approx(one.expected * max(1 - factors[1], 0) / share)
        assert other.low == pytest.approx(one.low * max(1 - factors[2], 0) / share)
        assert other.high == pytest.approx(one.high * max(1 - factors[0], 0) / share)
    assert (before.basis, after.basis) == ("assumed", "measured")
    others = [item for item in case.items if item.id != ITEM]
    assert [item for item in found.items if item.id != ITEM] == others, "what rests on no card stays"


def test_as_much_as_was_assumed_leaves_the_expected_amount_and_none_leaves_nothing() -> None:
    case, found, share = of(1 - share_assumed(), 1 - share_assumed(), 1 - share_assumed())
    assert net_present_value(found).expected == pytest.approx(net_present_value(case).expected)
    assert share > 0
    _, none, _ = of(1.0, 1.0, 1.0)
    item = none.item(ITEM)
    assert item is not None
    assert {one.high for one in item.amounts} == {0.0}


def share_assumed() -> float:
    return of(0.9, 0.9, 0.9)[2]


def test_adopting_changes_what_is_told_and_withdrawing_brings_the_assumption_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    area = load_area(AREA)
    before, rests = case_in_use(area)
    assert rests == {}
    made, playbook = world(area, effect=-0.3), read_playbook(area)
    found = finding(CARD, made.taken, made.frozen, made.sums, playbook, read_measures(area))
    why = {"body": "Werkgroep", "role": "professional", "reason": "Afgesproken in het overleg."}
    adopt_effect(area, found, **why)
    now, rests = case_in_use(area)
    assert net_present_value(now) != net_present_value(before)
    assert read_case(area) == before, "what is filled in stays as it is"
    days = rests[ITEM].days
    assert f"gemeten, op {days} dagen" in measured_words(rests[ITEM], language("nl"))
    assert main(["costs", "--area", AREA, "--lang", "en"]) == 0
    assert f"measured, on {days} days" in capsys.readouterr().out
    assert found.measure is not None
    withdraw_effect(area, found.measure, **why)
    assert case_in_use(area) == (before, {})
