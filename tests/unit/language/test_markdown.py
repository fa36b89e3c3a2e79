"""Words of others stay words in Markdown: what is read back from it is what was written, and nothing else."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from language import UserError, language
from language.catalogue import read_messages
from language.markdown import Markdown, as_text, bold, bullets, filled, link, safe, small
from tests.unit.hostile_area import MARKUP

ROOT = Path(__file__).parents[3]
NL, EN = language("nl"), language("en")
MARKS = "*_`[]()<>#+-.!|~:$&^=@\\/{}1a \n\tw"
# What Streamlit shows as more than CommonMark: tables, struck-through words, and addresses that become links.
READER = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])
AFTERWARDS = re.compile(
    r"https?://|www\.|\w@\w|:(?:material/)?[\w+-]+:|(?<!\\)\$|(?:^|\s)(?:<?->|<-|--|[<>~]=)(?=\s|$)"
)
"""What Streamlit still looks for in the words once Markdown was read."""


def read_back(markdown: str) -> str:
    """The words that a reader of the Markdown sees, one line a line; fails where there is more than words."""
    lines = []
    for token in READER.parse(markdown):
        assert token.type in {"paragraph_open", "paragraph_close", "inline"}, token
        for part in token.children or ():
            assert part.type in {"text", "softbreak", "hardbreak", "text_special"}, part
            lines.append("\n" if part.type.endswith("break") else part.content)
        lines.append("\n" if token.type == "paragraph_close" else "")
    return "".join(lines)


def words(text: str) -> list[str]:
    return text.replace("\u2060", "").replace("\u00a0", " ").split()


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_it_was_written(text: str) -> None:
    shown = read_back(as_text(text))
    assert words(shown) == text.split()
    assert not AFTERWARDS.search(re.sub(r"\\?\$", "", shown))
    assert not re.search(r"(?<!\\)(?:\\\\)*\$", as_text(text))
    assert not re.search(r"(?<!\\):[a-z][\w-]*\[", as_text(text))


@given(st.text(MARKS, max_size=40) | st.text(st.characters(codec="utf-8"), max_size=40))
@example("a\\")
@example("\u2060- x")
@example(" \u2028# x")
def test_any_text_is_read_back(text: str) -> None:
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", text)
    assert words(read_back(as_text(text))) == words(kept)


def test_nothing_turns_the_sentence_around_it() -> None:
    said = NL.md("There is no area '{area}'. Choose one of: {known}.", area="a\u202eb\u2067\0", known="")
    assert "'ab'" in said


def test_what_people_write_every_day_stays_as_it_is() -> None:
    for text in (
        "Dr. Lelykade (haven)",
        "Zondag om 12:30 uur, 1.700 mensen!",
        "St. Jan & Co, 50 + 3 = 53",
        "a/b-c",
        "x --area y",
    ):
        assert as_text(text) == text


def test_markdown_stays_markdown_and_what_is_joined_to_it_becomes_words() -> None:
    assert safe(bold("a*b")) == "**a\\*b**"
    assert bold("a") + " *b*" == "**a** \\*b\\*"
    assert "*a* " + bold("b") == "\\*a\\* **b**"
    assert bullets(["*a*", bold("b")]) == "- \\*a\\*\n- **b**"
    assert link("[a]", "today?x=(1) <b>#c") == "[\\[a\\]](today?x=%281%29%20%3Cb%3E#c)"
    assert small("]x[") == ":gray[:small[\\]x\\[]]"
    assert isinstance(Markdown(" ").join(["a", "b"]), Markdown)


def test_values_of_a_sentence_are_words() -> None:
    values = {"zone": "[k](https://e.nl) {n} {0}", "n": 1.25}
    assert filled("**{zone}** is {n:.1f}", values) == "**\\[k\\](https\\:\u2060//e.nl) {n} {0}** is 1.2"
    assert filled("{zone} {who}", {"zone": bold("a"), "who": Path("a*b")}) == "**a** a\\*b"
    assert filled("run `{command}` at {x}", {"command": "a_b --c", "x": "_"}) == "run `a_b --c` at \\_"
    assert filled("run `{command}`", {"command": "a` **b**"}) == "run a\\` \\*\\*b\\*\\*"


def test_an_error_is_said_with_its_values_as_words() -> None:
    error = UserError("There is no area '{area}'. Choose one of: {known}.", area="**x**", known="[y](z)")
    assert "'\\*\\*x\\*\\*'" in error.md(NL)
    assert "'**x**'" in error.say(NL)
    assert EN.md_n("{n} **place**: {a}", "{n} **places**: {a}", 1200, a="*") == "1,200 **places**: \\*"


@cache
def calls() -> list[tuple[str, ast.Call]]:
    rooms = ("language", "data", "forecasting", "feedback", "response", "visuals", "reports", "streamlit_app", "pages")
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


IN_MARKDOWN = re.compile(r"\*\*|`|\]\(|:\w+\[")
SHOWN_AS_MARKDOWN = {
    *("markdown", "info", "error", "warning", "success", "caption", "write", "toast", "title", "header", "subheader"),
    *("button", "link_button", "download_button", "form_submit_button", "page_link", "popover", "expander", "tabs"),
    *("checkbox", "toggle", "radio", "selectbox", "multiselect", "pills", "segmented_control", "select_slider"),
    *("slider", "metric", "badge", "progress", "spinner", "status", "image", "dialog", "text_input", "text_area"),
    *("number_input", "date_input", "time_input", "datetime_input", "file_uploader", "table"),
}


def test_a_sentence_with_marks_takes_its_values_as_words() -> None:
    """A message that is Markdown and has values must be said with ``md``; nobody needs to think of it elsewhere."""
    wrong = [
        where
        for where, call in calls()
        if getattr(call.func, "attr", "") in ("t", "n")
        and call.keywords
        and any(isinstance(arg, ast.Constant) and IN_MARKDOWN.search(str(arg.value)) for arg in call.args)
    ]
    assert not wrong, f"use lang.md or lang.md_n: {wrong}"
    assert not [key for key, forms in read_messages("nl").items() for form in forms if _more_marks(key, form)]


def _more_marks(key: str, form: str) -> bool:
    """Whether a translation is Markdown of a sentence that is none: its values would not be escaped."""
    return "{" in form and bool(IN_MARKDOWN.search(form)) and not IN_MARKDOWN.search(key)


def test_what_streamlit_shows_as_markdown_takes_no_sentence_with_values() -> None:
    """In a call that Streamlit shows as Markdown, values of sentences and errors must be escaped: ``md``, not ``t``."""
    wrong = [
        where
        for where, call in calls()
        if where.startswith(("streamlit_app", "pages"))
        and getattr(call.func, "attr", "") in SHOWN_AS_MARKDOWN
        and getattr(getattr(call.func, "value", None), "id", "") == "st"
        for part in _parts(call)
        if isinstance(part, ast.Call) and (_says_values(part) or getattr(part.func, "attr", "") == "say")
    ]
    assert not wrong, f"use lang.md(…), error.md(…) or as_text(…): {wrong}"


ESCAPING = {"as_text", "safe", "small", "bold", "bullets", "md", "md_n"}
PLAIN_FIELDS = {"key", "icon", "format_func", "placeholder", "on_click", "on_change", "args", "data", "options", "alt"}


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """All parts of a call's arguments, without what is escaped there and what Streamlit shows as plain text."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword) and child.arg in PLAIN_FIELDS:
            continue
        if isinstance(child, ast.Lambda):
            continue
        name = getattr(getattr(child, "func", None), "attr", getattr(getattr(child, "func", None), "id", ""))
        if name in ESCAPING:
            continue
        yield child
        yield from _parts(child)


def _says_values(call: ast.Call) -> bool:
    return getattr(call.func, "attr", "") in ("t", "n") and bool(call.keywords)
