"""Levels with their hours, and with how many places: the worst level first, and each with what is its own."""

from collections.abc import Mapping, Sequence
from typing import Final

from forecasting.meaning.busy import LevelHours, Span
from forecasting.values.thresholds import Level
from language import Language
from language.plain import joined
from visuals.base.palette import word
from visuals.words.hours import between_hours

SERIOUS: Final[tuple[Level, ...]] = ("red", "orange")
"""Levels that are named with hours and places, the worst first."""

_NAMED: Final = 2
"""More places than this are counted."""


def hours_words(spans: Sequence[Span], lang: Language) -> str:
    """Say stretches of one day: 'from 10:00 to 12:00 and from 16:00 to 18:00'."""
    return joined([between_hours(span.start, span.end, lang) for span in spans], lang)


def levels_words(levels: Sequence[LevelHours], lang: Language) -> str:
    """Say each level with its hours, the worst first: 'too busy from 12:00 to 19:00, busy from 10:00 to 20:00'.

    Hours of a level are those at that level or worse; a level with the same hours as a worse one is left out.
    """
    return ", ".join(
        lang.t("{level} {hours}", level=word(one.level, lang), hours=hours_words(one.spans, lang))
        for one in telling(levels)
    )


def telling(levels: Sequence[LevelHours]) -> list[LevelHours]:
    """Return the levels whose hours are not just those of a worse one, the worst first."""
    return [one for number, one in enumerate(levels) if not number or one.spans != levels[number - 1].spans]


def others_sentence(levels: Sequence[Level], lang: Language) -> str:
    """Say at how many other places it gets too busy, and at how many busy: empty when at none.

    ``levels`` are the worst ones of the other places, orange or red.
    """
    red, orange = levels.count("red"), levels.count("orange")
    if red and orange:
        return lang.n(
            "Also too busy at {n} other place, busy at {orange}.",
            "Also too busy at {n} other places, busy at {orange}.",
            red,
            orange=lang.number(orange),
        )
    if red or orange:
        return lang.n(
            "Also {level} at {n} other place.",
            "Also {level} at {n} other places.",
            red or orange,
            level=word("red" if red else "orange", lang),
        )
    return ""


def places_words(names: Mapping[Level, Sequence[str]], lang: Language) -> str:
    """Say where it gets too busy and where busy: 'too busy at The Pier and The Beach, busy at 3 others'.

    ``names`` are those of places by their worst level: at the worst level two are named, more are counted.
    """
    said = ""
    for level in SERIOUS:
        here, how = names.get(level, ()), word(level, lang)
        if here and said:
            said += ", " + lang.n("{level} at {n} other", "{level} at {n} others", len(here), level=how)
        elif 0 < len(here) <= _NAMED:
            said = lang.t("{level} at {zone}", level=how, zone=joined(here, lang))
        elif here:
            said = lang.n("{level} at {n} place", "{level} at {n} places", len(here), level=how)
    return said
