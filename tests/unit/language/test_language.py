"""The catalogues are complete, and numbers and chances are said as people say them."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import LANGUAGES, UserError, language
from language.catalogue import read_messages
from language.plain import about, chance, joined, numbered, rounded, told_apart

ROOT = Path(__file__).parents[3]
ROOMS = ("language", "data", "forecasting", "visuals", "streamlit_app", "pages", "reports", "feedback", "response")
CALLS = {"t": 1, "md": 1, "n": 2, "md_n": 2, "UserError": 1, "message_id": 1}
FIELD = re.compile(r"{(\w+)}")


def _texts_in_code() -> set[tuple[str, ...]]:
    """All message ids in the code: the first arguments of the calls that take them."""
    found: set[tuple[str, ...]] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                texts = node.args[: CALLS.get(name, 0)]
                if texts and all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                    found.add(tuple(str(text.value) for text in texts if isinstance(text, ast.Constant)))
    return found


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_text_in_the_code_is_translated(code: str) -> None:
    catalogue = read_messages(code)
    missing = sorted(text[0] for text in _texts_in_code() if text[0] not in catalogue)
    assert not missing, f"not in language/{code}: {missing}"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_translation_outlives_its_text(code: str) -> None:
    literals = {
        str(node.value)
        for path in (p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    holidays = read_messages(code, "calendars.po")  # their ids come from the holidays package
    assert not sorted(set(read_messages(code)) - set(holidays) - literals)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_translations_have_the_fields_of_their_text(code: str) -> None:
    messages = read_messages(code)
    assert len(messages) > 1000
    for key, forms in messages.items():
        assert forms, key
        for form in forms:
            assert set(FIELD.findall(form)) <= {*FIELD.findall(key), "n"}, key
            assert set(FIELD.findall(key)) - {"n"} <= set(FIELD.findall(form)), key


def test_an_error_is_said_in_the_readers_language() -> None:
    error = UserError("There is no area '{area}'. Choose one of: {known}.", area="x", known="y")
    assert str(error) == "There is no area 'x'. Choose one of: y."
    assert "gebied" in error.say(language("nl"))


@given(st.floats(0, 1e7))
def test_rounding_keeps_two_significant_figures(value: float) -> None:
    assert abs(rounded(value) - value) <= max(value * 0.05, 5)
    assert rounded(value) >= 0


@given(st.floats(0, 1))
def test_a_chance_is_said_out_of_ten(probability: float) -> None:
    said = chance(probability, language("en"))
    assert said.endswith("out of 10")
    if probability > 0.95:
        assert said == "more than 9 out of 10"
    assert "0 out of" not in said.replace("10", "")


def test_plain_numbers() -> None:
    nl = language("nl")
    assert about(12_345, nl) == "ongeveer 12.000"
    assert about(float("nan"), nl) == "onbekend"
    assert chance(0.68, nl) == "7 op 10"
    assert chance(0.01, nl) == "minder dan 1 op 10"
    assert joined(["a", "b", "c"], nl) == "a, b en c"
    assert nl.n("one hour", "{n} hours", 1200) == "1.200 hours"


def test_equal_names_are_told_apart_by_their_ids() -> None:
    names = {"pier": "Pier", "pier-2": "Pier", "kade": "Kade"}
    assert told_apart(names) == {"pier": "Pier (pier)", "pier-2": "Pier (pier-2)", "kade": "Kade"}


def test_equal_names_in_a_list_of_choices_get_a_number() -> None:
    assert numbered({"a": "Avond", "b": "Avond", "c": "Kade", "d": "Avond"}) == {
        "a": "Avond",
        "b": "Avond (2)",
        "c": "Kade",
        "d": "Avond (3)",
    }
