"""Reads places, hours, levels, chances and figures back out of a text, and holds them against what the text claims."""

import re
from dataclasses import dataclass

from babel.dates import get_month_names

from forecasting.meaning.claims import LEVEL_CLAIMS
from forecasting.values.thresholds import LEVELS
from language.plain import chance, rounded
from language.said import Said
from visuals.base.palette import word
from visuals.words.amounts import times
from visuals.words.hours import end_hour


def names(code, width):
    return get_month_names(width, locale=code).values()


CASES = re.compile(r"8 van de 10 keer|8 times out of 10")
CHANCE = {
    "nl": re.compile(r"(?:minder dan |meer dan )?\d+ op 10"),
    "en": re.compile(r"(?:less than |more than )?\d+ out of 10"),
}
SPAN = {"nl": re.compile(r"van (\d+) tot (\d+) uur"), "en": re.compile(r"from (\d+):00 to (\d+):00")}
CLOCK = {"nl": re.compile(r"(?:om|voor|na|rond) (\d+) uur"), "en": re.compile(r"\b(\d+):00")}
COMPARED = re.compile(
    r"(?:zo|even) druk(?: als)?\b|as busy(?: as)?\b|(?:more|fewer) busy hours|busy season|drukke seizoen"
)
OR_WORSE = re.compile(r"(druk|busy) (?:of te druk|or too busy)")
MONTHS = {str(name) for code in ("nl", "en") for width in ("wide", "abbreviated") for name in names(code, width)}
ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(rf"\b(?:\d{{1,2}} (?:to|tot|t/m|tot en met) )?\d{{1,2}} (?:{ANY_MONTH})\b\.?(?: 20\d\d)?|\b20\d\d\b")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True)
class Read:
    """What stands in a text."""

    chances: list[str]
    spans: list[tuple[int, int]]
    clocks: list[int]
    levels: list[str]
    zones: list[str]
    numbers: list[str]


def read(text, area, lang):
    """Take the text apart, the most specific first, so that nothing is read twice."""
    rest = OR_WORSE.sub(r"\1", without_facts(text))
    rest = DATE.sub(" ", COMPARED.sub(" ", CASES.sub(" ", rest)))
    names = {zone.zone_id: zone.name(lang) for zone in area.zones}
    zones = []
    for zone_id in sorted(names, key=lambda one: -len(names[one])):
        if re.search(rf"(?<!\w){re.escape(names[zone_id])}(?!\w)", rest):
            zones.append(zone_id)
            rest = rest.replace(names[zone_id], " ")
    chances = [found[0] for found in CHANCE[lang.code].finditer(rest)]
    rest = CHANCE[lang.code].sub(" ", rest)
    spans = [(int(one), int(other)) for one, other in SPAN[lang.code].findall(rest)]
    rest = SPAN[lang.code].sub(" ", rest)
    clocks = [int(hour) for hour in CLOCK[lang.code].findall(rest)]
    rest = CLOCK[lang.code].sub(" ", rest)
    levels = []
    for level in sorted(LEVELS, key=lambda one: -len(word(one, lang))):
        pattern = rf"(?<!\w){re.escape(word(level, lang))}(?!\w)"
        if re.search(pattern, rest.lower()):
            levels.append(level)
            rest = re.sub(pattern, " ", rest.lower())
    return Read(chances, spans, clocks, levels, zones, [found[0] for found in NUMBER.finditer(rest)])


def without_facts(text):
    """Return a text without the words that tell what is kept."""
    rest = str(text)
    for one in sorted(text.facts if isinstance(text, Said) else (), key=lambda one: -len(one.words)):
        rest = re.sub(re.escape(one.words), " ", rest, flags=re.IGNORECASE)
    return rest


def figures(claim, lang):
    """Every way in which the figures of a claim are written."""
    written = {lang.number(len(claim.zone_ids)), "1"}
    for value in (claim.value, claim.low, claim.high, claim.base):
        if value is not None and claim.what not in ("chance", "run"):
            written |= {lang.number(rounded(value)), lang.number(round(value))}
    if claim.what == "reaches":
        written.add(lang.number(sum((span.end - span.start).total_seconds() / 3600 for span in claim.spans)))
    if claim.what == "run":
        written |= {lang.number(claim.in_a_row), lang.number(claim.ahead)}
    if claim.what == "part":
        written |= {times(claim.value, lang), lang.number(abs(round((claim.value - 1) * 100)))}
    if claim.what in {"compared", "total"} and claim.factor is not None:
        written |= {times(claim.factor, lang), lang.number(abs(rounded(claim.value) - rounded(claim.base)))}
        written.add(lang.number(abs(round((claim.factor - 1) * 100))))
    return written


def unfounded(text, area, lang):
    """Return what stands in a text that nothing it claims says."""
    claims = text.claims if isinstance(text, Said) else ()
    found = read(text, area, lang)
    spans = [span for claim in claims for span in claim.spans]
    ends = {(span.start.hour, end_hour(span.end)) for span in spans}
    hours = {hour for start, end in ends for hour in (start, end)}
    hours |= {claim.due.hour for claim in claims if claim.what == "run"}
    said = {
        level
        for claim in claims
        if claim.what in LEVEL_CLAIMS or claim.what in ("chance", "hours", "run")
        for level in (claim.level,)
    }
    at_most = {level for c in claims if c.what == "at most" for level in LEVELS[: LEVELS.index(c.level) + 2]}
    by_level = {
        len({zone for claim in claims if claim.what == what and claim.level == level for zone in claim.zone_ids})
        for level in LEVELS
        for what in ("hours", "level")
    }
    # Two places are named, and others that are alike counted.
    by_level.add(len({zone for claim in claims for zone in claim.zone_ids}) - 2)
    numbers = {one for claim in claims for one in figures(claim, lang)} | {
        lang.number(n) for many in by_level if many for n in (many, many - 1)
    }
    return {
        "chances": [
            one
            for one in found.chances
            if one not in {chance(c.value, lang) for c in claims if c.what in ("chance", "run")}
        ],
        "spans": [one for one in found.spans if one not in ends],
        "clocks": [one for one in found.clocks if one not in hours],
        "levels": [one for one in found.levels if one not in said | at_most],
        "zones": [one for one in found.zones if one not in {zone for claim in claims for zone in claim.zone_ids}],
        "numbers": [one for one in found.numbers if one not in numbers],
    }


def untrue(text, forecasts):
    """Return the claims of a text that a forecast (by the code of its scenario) does not give."""
    found = []
    for claim in text.claims if isinstance(text, Said) else ():
        made_of = forecasts.get((claim.snapshot_id, claim.scenario)) or forecasts[claim.scenario]
        again = claim.recomputed(made_of, base=forecasts.get(claim.against))
        if again != claim:
            found.append((claim, again))
    return found
