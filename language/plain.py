"""Numbers and chances the way people say them.

Rules: a chance is a natural frequency out of ten (Gigerenzer & Hoffrage 1995), no finer than the calibration
can carry; a crowd is rounded to two significant figures; a factor is said as 'half as many' or '2 times'.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor, isnan, log10
from typing import TypeVar

from language.catalogue import Language
from language.markdown import Markdown
from language.said import together

K = TypeVar("K")


def rounded(value: float) -> int:
    """Round a number of people to two significant figures, and below 100 to tens (below 10 to units)."""
    if value < 10:
        return round(value)
    step = int(10 ** max(floor(log10(value)) - 1, 1))
    return floor(value / step + 0.5) * step


def about(value: float, lang: Language) -> str:
    """Say a number of people: 'about 12,000', and 'unknown' where there is no number."""
    if isnan(value):
        return lang.t("unknown")
    return lang.t("about {number}", number=lang.number(rounded(value)))


def chance(probability: float, lang: Language) -> str:
    """Say a probability (0–1) as a natural frequency: '7 out of 10', 'less than 1 out of 10'."""
    tenths = floor(probability * 10 + 0.5)
    if probability < 0.05:
        return lang.t("less than 1 out of 10")
    if probability > 0.95:
        return lang.t("more than 9 out of 10")
    return lang.t("{n} out of 10", n=min(max(tenths, 1), 9))


def number_of_hours(n: float, lang: Language) -> str:
    """Say how many hours: 'one hour', '4 hours'; in Dutch never as a clock says it ('4 uur')."""
    return lang.n("{n} hour", "{n} hours", round(n))


def joined(parts: Sequence[str], lang: Language) -> str:
    """Join names as in a sentence: 'a, b and c'; of names that are Markdown it makes Markdown."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    if any(isinstance(part, Markdown) for part in parts):
        return lang.md("{first} and {last}", first=Markdown(", ").join(parts[:-1]), last=parts[-1])
    return lang.t("{first} and {last}", first=together(parts[:-1], ", "), last=parts[-1])


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names by id; names that stand there more than once get their id behind them: 'Pier (pier-2)'."""
    often = Counter(names.values())
    return {one: f"{name} ({one})" if often[name] > 1 else name for one, name in names.items()}


def numbered(names: Mapping[K, str]) -> dict[K, str]:
    """Return the names by id; equal ones get a number, for a list of choices knows its options by their names."""
    seen: Counter[str] = Counter()
    found = {}
    for key, name in names.items():
        seen[name] += 1
        found[key] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return found
