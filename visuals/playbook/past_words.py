"""What a trigger did on past forecasts, in a sentence."""

from language import Language
from language.said import tells
from response.cards.card import Trigger
from response.week.past import PastTrigger


@tells("test")
def past_sentence(name: str, trigger: Trigger, past: PastTrigger | None, lang: Language) -> str:
    """Say on how many days a trigger called, how often for nothing, and what it missed.

    ``past`` is ``None`` for a run that is longer than what is kept of the past.
    """
    if past is None:
        return lang.t("{name}: of so many hours in a row the past is not kept.", name=name)
    found = past.outcomes(trigger.chance)
    return lang.t(
        "{name}: called for on {called} of {days} days, {nothing} of them for nothing. It missed {missed}.",
        name=name,
        called=lang.number(found.hits + found.false_alarms),
        days=lang.number(found.days),
        nothing=lang.number(found.false_alarms),
        missed=lang.number(found.misses),
    )
