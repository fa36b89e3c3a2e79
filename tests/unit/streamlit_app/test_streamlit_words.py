"""Streamlit's own words are known, as the installed Streamlit writes them, and are said in Dutch on a Dutch page."""

import re
from functools import cache
from pathlib import Path

import pytest
import streamlit

from language import language
from streamlit_app.shell.streamlit_words import WORDS, words_in


@cache
def written() -> str:
    """All that Streamlit's own page can say: its scripts."""
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return "\n".join(path.read_text("utf-8") for path in sorted(scripts.glob("*.js")))


@pytest.mark.parametrize("word", WORDS)
def test_streamlit_still_says_it(word: str) -> None:
    if word.startswith("Press"):  # what for is put behind it
        word = word.split(" to ", maxsplit=1)[0] + " to "
    if word.endswith(". Running the app's main page."):  # put behind either reason
        assert ". Running the app's main page." in written()
        word = word.removesuffix(". Running the app's main page.")
    if word == "Fullscreen: {what}":
        word = "Fullscreen"
    pieces = [re.escape(piece) for piece in re.split(r"\{\w+\}", word)]
    assert re.search(r"[`\"]" + r"\$\{[^}]*(?:\}\))?[^}]*\}".join(pieces), written()), word


def test_a_dutch_page_says_all_of_it_in_dutch() -> None:
    said = words_in(language("nl"))
    same = {"Open"}
    assert {word for word, _ in said["exact"]} | same >= {word for word in WORDS if "{" not in word}
    assert len(said["shaped"]) == sum("{" in word for word in WORDS)


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("Press ⌘+Enter to submit form", "Druk op ⌘+Enter om te versturen"),
        ("50MB per file", "hoogstens 50MB"),
        ("Remove De Pier", "Haal De Pier weg"),
        (
            "Number is outside the allowed range. Please enter a value between 0 and 12.",
            "Dit getal kan niet. Vul een getal in van 0 tot en met 12.",
        ),
    ],
)
def test_what_differs_from_time_to_time_is_kept(english: str, dutch: str) -> None:
    found = [
        re.sub(pattern, re.sub(r"\$(\d)", r"\\\1", becomes), english)
        for pattern, becomes in words_in(language("nl"))["shaped"]
        if re.match(pattern, english)
    ]
    assert found == [dutch]


def test_an_english_page_is_left_as_streamlit_wrote_it() -> None:
    assert words_in(language("en")) == {"exact": [], "shaped": []}
