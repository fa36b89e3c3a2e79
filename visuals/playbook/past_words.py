"""What a trigger did on past forecasts, in a sentence."""

from language import Language
from language.said import tells
from response.week.past import PastUse


@tells("test")
def past_sentence(name: str, past: PastUse, lang: Language) -> str:
    """Say on how many days a trigger called, how often for nothing, and what it missed."""
    return lang.t(
        "{name}: called for on {called} of {days} days, {nothing} of them for nothing. It missed {missed}.",
        name=name,
        called=lang.number(past.called),
        days=lang.number(past.days),
        nothing=lang.number(past.for_nothing),
        missed=lang.number(past.missed),
    )
