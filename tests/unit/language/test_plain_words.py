"""Every text is read by residents: short sentences, plain words, one way of writing percentages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from language.catalogue import read_messages

DOCS = Path(__file__).parents[3] / "docs"
AREAS = DOCS.parent / "data" / "areas"
GUIDES = sorted([*DOCS.glob("handleiding*.md"), *(DOCS / name for name in ("zaal.md", "audit.md", "beheer-server.md"))])

LONGEST = {"nl": 20, "en": 25}
"""Words in a sentence."""

REFUSED = {
    "band": r"\bband(?:en|je)?\b",
    "bandbreedte": r"\bbandbreedtes?\b",
    "geval": r"\bgeval(?:len)?\b",
    "zone, outside names of files and options": r"(?<![-\w])zones?\b(?!\.(?:geojson|csv))",
    "drempel": r"\bdrempel",
    "a threshold that is moved": r"\bverzet(?:ten?)?\b",
    "closer than who says": r"dichter ?bij dan|dan wie zegt",
    "quantile and the like": r"\b(?:kwantiel|percentiel|quantile|mediaan|interval|deciel|kwartiel|standaarddeviatie)",
    "snapshot": r"\b(?:snapshots?|momentopnames?)\b",
    "id of a scenario": r"scenario-id|zone-id|event-id",
    "dataset": r"\b(?:dataset|datapunt|databestand|metadata)",
    "exporteren": r"\b(?:export|importe?e?r|geïmporteerd|geëxporteerd)",
    "backtest": r"\b(?:backtest|terugtest)",
    "English": r"\b(?:the|and|with|from|until|feedback|update|uploaden?|dashboard|tool|input|output|default|submit)\b",
    "jargon": r"\b(?:valide|validatie|parameters?|variabelen?|configur\w*|initi[eë]\w*|genere\w*|faciliter\w*)\b",
    "stiff": r"\b(?:middels|teneinde|derhalve|alsmede|conform|dienen te|dient te|ten behoeve van|inzake|omtrent)\b",
    "a body, where an 'overleg' is meant": r"\b(?:orgaan|organen)\b",
    "accepteren is what people say": r"\baanvaard",
    "a command for stewards": r"\bopdracht: |\bvoer uit\b",
    "a space before the sign of per cent": r"[\d…] %",
}
"""Words that no Dutch text has, and why: patterns without regard to capitals."""

CLOCK = {"hour", "start", "end", "early", "late", "time"}
HOURS = re.compile(r"\{(\w+)\} uur(?! lang)", re.IGNORECASE)


def _texts(code: str) -> Iterator[tuple[str, str]]:
    """Each text of the catalogues, with its English id; in English the ids themselves."""
    for key, forms in read_messages("nl").items():
        for form in forms if code == "nl" else (key,):
            yield key, form
    for path in sorted(AREAS.glob("*/*.toml")):
        for text in _said_by(tomllib.loads(path.read_text("utf-8")), code):
            yield path.name, text


def _said_by(kept: Any, code: str) -> Iterator[str]:
    """The texts that an area says of itself: of its sources, measures and week, in one language."""
    inside = kept.values() if isinstance(kept, dict) else kept if isinstance(kept, list) else ()
    if isinstance(kept, dict) and isinstance(kept.get(code), str):
        yield kept[code]
    for one in inside:
        yield from _said_by(one, code)


def _said(text: str) -> str:
    """A text without its fields, and without options and names of programs and people, which stay as they are."""
    return re.sub(r"Heart of the City|\{\w+\}|python -m .*|--[-\w]+|`[^`]*`|\b[a-z]+_[a-z_]+\b", "…", text)


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])[*'\"”’)]*\s+|\n+", text) if one]


def _parts_of_guide(path: Path) -> Iterator[str]:
    """The paragraphs, items and cells of a guide, without its commands and addresses."""
    text = re.sub(r"```.*?```|^    .*$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`]*`", "…", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text))
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#|\|))", text):
        for part in block.split("|") if block.lstrip().startswith("|") else [block]:
            yield " ".join(part.split()).strip("#- ")


def _words(sentence: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())


@pytest.mark.parametrize("code", ["nl", "en"])
def test_sentences_are_short(code: str) -> None:
    long = {
        sentence: n
        for _, text in _texts(code)
        for sentence in _sentences(text)
        if (n := _words(sentence)) > LONGEST[code]
    }
    assert not long


@pytest.mark.parametrize("why", REFUSED)
def test_no_word_that_a_resident_would_not_say(why: str) -> None:
    pattern = re.compile(REFUSED[why], re.IGNORECASE)
    assert not [text for _, text in _texts("nl") if pattern.search(_said(text))]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_guides_are_read_as_easily(guide: Path) -> None:
    parts = list(_parts_of_guide(guide))
    assert len(parts) > 10
    assert not [one for part in parts for one in _sentences(part) if _words(one) > LONGEST["nl"]]
    found = {
        (why, part) for why, word in REFUSED.items() for part in parts if re.search(word, _said(part), re.IGNORECASE)
    }
    assert not found


def test_hours_that_are_counted_are_not_written_as_a_clock_says_them() -> None:
    """'4 uur druk' is read as 'busy at four o'clock'."""
    assert not [text for _, text in _texts("nl") for field in HOURS.findall(text) if field not in CLOCK]


def test_per_cent_has_no_space_before_it_in_english_either() -> None:
    assert not [text for _, text in _texts("en") if re.search(r"[\d}] %", text)]


@pytest.mark.parametrize(
    "phrase",
    [
        "think along",
        "take along",
        "take it along",
        "talk along",
        "read along",
        "empty scenario",
        "who says",
        "for who ",
        "advices",
        "not whole",
        "has not got",
        "reckon",
        "nobody stands for",
    ],
)
def test_english_is_written_and_not_translated(phrase: str) -> None:
    assert not [text for _, text in _texts("en") if phrase in text.lower()]


def test_the_rules_find_what_they_are_for() -> None:
    assert _words("Dit zijn er {n} van de {all}, en meer.") == 9
    assert _sentences("Eén zin. En ‘nog een.’ En nog een?") == ["Eén zin.", "En ‘nog een.", "En nog een?"]
    found = {
        why
        for why, pattern in REFUSED.items()
        for text in (
            "De banden bevatten 8 gevallen in deze Zone.",
            "Verzet een drempel: 20 % meer.",
            "Exporteer de dataset.",
        )
        if re.search(pattern, text, re.IGNORECASE)
    }
    assert {"band", "geval", "drempel", "dataset", "exporteren"} <= found
    assert not re.search(
        REFUSED["zone, outside names of files and options"], _said("zones.geojson --zones tijdzone zone_id")
    )
    assert HOURS.findall("{n} uur druk en {hour} uur en {n} uur lang en {more} uur.") == ["n", "hour", "more"]
