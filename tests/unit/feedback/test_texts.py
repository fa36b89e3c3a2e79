"""Texts of others: nothing in them runs, turns around, hides or becomes a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.keeping.csv_out import defused, reassembled
from feedback.database.texts import LONGEST, clean, excerpt, search_words
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


@given(st.text(max_size=50))
def test_a_spreadsheet_sees_no_formula_and_reading_back_gives_the_text(text: str) -> None:
    safe = str(defused(text))
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert reassembled(safe) == text or text.startswith("'")


def test_numbers_are_no_formulas() -> None:
    assert defused(-5) == -5
    assert defused("=1+1") == "'=1+1"
    assert defused("\t=cmd") == "'\t=cmd"
    assert defused("\x85=cmd") == "'\x85=cmd"


def test_short_forms() -> None:
    assert excerpt("een twee\ndrie vier", 12) == "een twee …"
    assert excerpt("een") == "een"
    assert search_words('pier" OR text:* NEAR(') == ["pier", "OR", "text", "NEAR"]
