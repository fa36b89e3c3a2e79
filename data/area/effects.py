"""Effects of measures that were measured here and adopted: ``effects.json`` of an area, a list to which is only added.

``response`` writes it, and whoever reads the measures of an area gets what is adopted in the place of what was assumed.
Forecasts that were frozen before keep what they had.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.area.area import Area
from data.area.measures import Change, Measure, Measures, Range, Share, read_measures
from data.keeping.home import find
from language import LANGUAGES, UserError, language

FILE: Final = "effects.json"

Factor = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasuredEffect(_Strict):
    """By which ``factor`` a measure changed how many people are at its places, with the range of 95 %.

    From ``days`` days with the measure, the first and the last of which are named, beside ``others`` without; ``p`` is
    how often chance alone shows as much. ``practice``: of the practice world.
    """

    measure: str
    card: str
    low: Factor
    factor: Factor
    high: Factor
    days: int = Field(ge=2)
    others: int = Field(ge=3)
    p: float = Field(ge=0, le=1)
    first: date
    last: date
    practice: bool = False

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.factor <= self.high:
            raise ValueError("low, factor and high must rise")
        return self


class EffectDecision(_Strict):
    """An effect that was adopted for use, or one that was withdrawn: by which body, on which day, and why."""

    number: int = Field(ge=1)
    at: AwareDatetime
    act: Literal["adopt", "withdraw"]
    measure: str
    body: Annotated[str, Field(min_length=3, max_length=80)]
    role: Annotated[str, Field(pattern=r"^[a-z_ -]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    effect: MeasuredEffect | None = None


class EffectHistory(_Strict):
    """All decisions of an area, the first one first."""

    version: Literal[1] = 1
    decisions: tuple[EffectDecision, ...] = ()


def effect_decisions(area_id: str) -> tuple[EffectDecision, ...]:
    """Return all decisions on effects of an area, the first one first. Raises ``UserError`` for a damaged file."""
    path = find(area_id, FILE)
    if path is None:
        return ()
    try:
        return EffectHistory.model_validate_json(path.read_bytes()).decisions
    except ValidationError as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error


def adopted_effects(area_id: str) -> dict[str, EffectDecision]:
    """Return the decisions in force, by measure."""
    last = {decision.measure: decision for decision in effect_decisions(area_id)}
    return {name: decision for name, decision in last.items() if decision.effect is not None}


def known_measures(area: Area) -> Measures:
    """Return the measures of an area with the effects that were measured here and adopted in the place of assumed ones.

    Raises ``UserError`` as ``read_measures`` does, and for a damaged ``effects.json``.
    """
    adopted = adopted_effects(area.id)
    return tuple(_measured(one, adopted[one.id]) if one.id in adopted else one for one in read_measures(area))


def _measured(measure: Measure, decision: EffectDecision) -> Measure:
    found = decision.effect
    assert found is not None
    if isinstance(measure.effect, Change):
        effect: object = measure.effect.model_copy(
            update={"factor": Range(low=found.low, expected=found.factor, high=found.high)}
        )
    else:  # what is not there any more is elsewhere, or at another hour
        low, expected, high = (min(max(1 - one, 0.0), 1.0) for one in (found.high, found.factor, found.low))
        effect = measure.effect.model_copy(update={"share": Share(low=low, expected=expected, high=high)})
    source = {code: _source(decision, found, code) for code in LANGUAGES}
    return measure.model_copy(update={"assumed": False, "effect": effect, "source": source})


def _source(decision: EffectDecision, found: MeasuredEffect, code: str) -> str:
    lang = language(code)
    values = {
        "days": lang.n("one day", "{n} days", found.days),
        "body": decision.body,
        "on": lang.date(decision.at.date(), "d MMMM y"),
    }
    if found.practice:
        return lang.t("Measured on {days} of the practice world, adopted by {body} on {on}", **values)
    return lang.t("Measured here on {days}, adopted by {body} on {on}", **values)
