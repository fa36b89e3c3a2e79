"""Adopting a measured effect for use, and withdrawing it: by a body, with a reason, and never taken out of the list.

What was reckoned with an effect keeps it: a forecast holds the measures as they were when it was frozen.
"""

from datetime import UTC, datetime
from typing import Final, Literal

from data.area.area import Area
from data.area.effects import (
    FILE,
    EffectDecision,
    EffectHistory,
    MeasuredEffect,
    adopted_effects,
    effect_decisions,
    known_measures,
)
from data.area.measures import Change
from data.keeping.home import area_home, written_whole
from data.keeping.locking import locked
from language import UserError
from language.visible import one_line, visible
from response.effects.finding import Finding

SHORTEST_REASON: Final = 10


def measured_effect(found: Finding) -> MeasuredEffect:
    """Return a finding as an effect that may be used. Raises ``UserError`` when the evidence rule is not met."""
    if found.measure is None:
        raise UserError("This card has no measure to calculate with. Name one at 'measure' on the card first.")
    shares, estimate = found.shares, found.estimate
    if found.state == "unknown" or shares is None or estimate is None:
        raise UserError("This effect is not known well enough yet to be adopted.")
    effect, low, high = shares
    return MeasuredEffect(
        measure=found.measure,
        card=found.card,
        low=round(1 + low, 4),
        factor=round(1 + effect, 4),
        high=round(1 + high, 4),
        days=estimate.treated,
        others=estimate.others,
        p=round(estimate.p, 5),
        first=found.treated[0].day,
        last=found.treated[-1].day,
        practice=found.practice,
    )


def adopt_effect(area: Area, found: Finding, *, body: str, role: str, reason: str) -> EffectDecision:
    """Use a measured effect from now on in scenarios and cards, and keep who decided and why.

    Raises ``UserError`` when it is not known well enough, the reason is too short, it is used already, or a measure
    that moves people is found to bring more of them.
    """
    effect = measured_effect(found)
    moves = any(one.id == effect.measure and not isinstance(one.effect, Change) for one in known_measures(area))
    if moves and effect.factor > 1:
        raise UserError(
            "This measure is meant to move people away, and it got busier. Calculate with another measure "
            "for this card."
        )
    return _decide(area, effect.measure, "adopt", effect, body=body, role=role, reason=reason)


def withdraw_effect(area: Area, measure: str, *, body: str, role: str, reason: str) -> EffectDecision:
    """Reckon with the assumption again from now on. Raises ``UserError`` when none is adopted, or without a reason."""
    if measure not in adopted_effects(area.id):
        raise UserError("Of this measure no effect is adopted.")
    return _decide(area, measure, "withdraw", None, body=body, role=role, reason=reason)


def _decide(
    area: Area,
    measure: str,
    act: Literal["adopt", "withdraw"],
    effect: MeasuredEffect | None,
    *,
    body: str,
    role: str,
    reason: str,
) -> EffectDecision:
    said, who = visible(reason).strip(), one_line(body)
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why this effect is adopted or withdrawn.")
    if len(who) < 3:
        raise UserError("Say which body decided on the effect, and not which person.")
    with locked(area.id, "effects"):
        history = effect_decisions(area.id)
        now = adopted_effects(area.id).get(measure)
        if effect is not None and now is not None and now.effect == effect:
            raise UserError("This effect is adopted already.")
        decision = EffectDecision(
            number=len(history) + 1,
            at=datetime.now(UTC).replace(microsecond=0),
            act=act,
            measure=measure,
            body=who[:80],
            role=role,
            reason=said[:2000],
            effect=effect,
        )
        with written_whole(area_home(area.id) / FILE) as temporary:
            text = EffectHistory(decisions=(*history, decision)).model_dump_json(indent=1)
            temporary.write_text(text + "\n", "utf-8")
    return decision
