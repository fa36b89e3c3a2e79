"""Amounts that rest on a measured effect: what was assumed of a card gives way to what was measured and adopted.

A benefit with a card was filled in for the effect that the card's measure was assumed to have. When a measured effect
is adopted, its amounts are taken in proportion: half the effect is half the benefit, none is nothing. Low and high take
the low and high end of both, so that the range holds what is unsure of the effect and of its worth. What is filled in
stays as it is, and counts again when the effect is withdrawn.
"""

from data.area.area import Area
from data.area.effects import MeasuredEffect, adopted_effects
from data.area.measures import Change, Measure, read_measures
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.costs.case import Case, Item, Yearly
from response.costs.case_history import read_case


def case_in_use(area: Area) -> tuple[Case, dict[str, MeasuredEffect]]:
    """Return the case of an area with what was measured in the place of what was assumed, and which items that are.

    Raises ``UserError`` where the case, the playbook or the effects cannot be read.
    """
    case = read_case(area)
    if not any(item.card for item in case.items):
        return case, {}
    return with_effects(case, read_playbook(area), {one.id: one for one in read_measures(area)}, _adopted(area))


def with_effects(
    case: Case, playbook: Playbook, assumed: dict[str, Measure], adopted: dict[str, MeasuredEffect]
) -> tuple[Case, dict[str, MeasuredEffect]]:
    """Return a case with the benefits of cards in proportion to what was measured, and the effect of each, by item.

    ``assumed``: the measures as the area's file has them; ``adopted``: the effects in force; both by measure.
    """
    found: dict[str, MeasuredEffect] = {}
    items = []
    for item in case.items:
        card = playbook.card(item.card) if item.card and item.kind == "benefit" else None
        measure, effect = (
            (assumed.get(card.measure), adopted.get(card.measure)) if card and card.measure else (None,) * 2
        )
        share = 0.0 if measure is None else _assumed_share(measure)
        if effect is None or share <= 0:
            items.append(item)
            continue
        found[item.id] = effect
        items.append(_in_proportion(item, effect, share))
    return case.model_copy(update={"items": tuple(items)}), found


def _adopted(area: Area) -> dict[str, MeasuredEffect]:
    return {name: one.effect for name, one in adopted_effects(area.id).items() if one.effect is not None}


def _assumed_share(measure: Measure) -> float:
    """Return which share fewer people a measure was assumed to bring at its places."""
    effect = measure.effect
    return 1 - effect.factor.expected if isinstance(effect, Change) else effect.share.expected


def _in_proportion(item: Item, effect: MeasuredEffect, assumed: float) -> Item:
    low, expected, high = (max(1 - one, 0.0) / assumed for one in (effect.high, effect.factor, effect.low))
    amounts = tuple(
        Yearly(
            first=one.first,
            last=one.last,
            low=one.low * low,
            expected=one.expected * expected,
            high=one.high * high,
        )
        for one in item.amounts
    )
    return item.model_copy(update={"amounts": amounts, "basis": "measured"})
