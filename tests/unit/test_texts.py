"""Texts of others: nothing in them runs, turns around, hides or becomes a formula."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from feedback.texts import LONGEST, as_text, clean, defused, excerpt, reassembled, search_words
from language import UserError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Druk\r\nbij de Pier\t \n\n\n\n!", "Druk\nbij de Pier\n\n!"),
        ("te\u0000 druk", "te druk"),
        ("abc\u202edef\u2066", "abcdef"),
        ("ver\u200bbor\ufeffgen\u200e", "verborgen"),
        ("👨\u200d👩\u200d👧 mooi", "👨\u200d👩\u200d👧 mooi"),
        ("cafe\u0301", "café"),
        ("😀😀😀", "😀😀😀"),
        ("\u200b\u200d\u200b", ""),
        ("half \ud83d teken", "half  teken"),
    ],
)
def test_invisible_characters_go_and_the_rest_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_text_that_is_too_long_is_refused_at_once() -> None:
    assert len(clean("x" * LONGEST)) == LONGEST
    for length in (LONGEST + 1, 10_000_000):
        with pytest.raises(UserError, match="too long"):
            clean("x" * length)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**vet** _schuin_ `code` ~~weg~~",
        "[klik](javascript:alert(1)) ![p](http://x/y.png)",
        "# kop\n- punt\n1. een\n> citaat\n| a | b |",
        ":red[rood] :material/home: $x^2$ :smile:",
        "https://voorbeeld.nl en piet@voorbeeld.nl",
        "    code van vier spaties",
        "&lt; &amp; \\*",
    ],
)
def test_markup_is_shown_as_it_was_written(text: str) -> None:
    html = MarkdownIt("commonmark").render(as_text(text))
    shown = re.sub(r"<br ?/?>\n?", "\n", html)
    assert not re.sub(r"</?p>|\n", "", shown).count("<")
    for tag in ("<script", "<strong", "<em", "<a ", "<img", "<h1", "<li", "<code", "<pre"):
        assert tag not in html
    assert not re.search(r":(red|material|smile)", html)
    assert "https://" not in html
    assert "@voorbeeld" not in html
    assert not re.search(r"(?<!\\)\$", as_text(text))


@given(st.text(max_size=50))
def test_a_spreadsheet_sees_no_formula_and_reading_back_gives_the_text(text: str) -> None:
    safe = str(defused(text))
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert reassembled(safe) == text or text.startswith("'")


def test_numbers_are_no_formulas() -> None:
    assert defused(-5) == -5
    assert defused("=1+1") == "'=1+1"
    assert defused("\t=cmd") == "'\t=cmd"


def test_short_forms() -> None:
    assert excerpt("een twee\ndrie vier", 12) == "een twee …"
    assert excerpt("een") == "een"
    assert search_words('pier" OR text:* NEAR(') == ["pier", "OR", "text", "NEAR"]
