"""Every field of a scenario is a whole kind of change: it does something, is said in words, and has a form."""

import re
from pathlib import Path

import pytest

from forecasting.snapshot.changes.kinds import KINDS
from forecasting.values.scenario import Scenario
from streamlit_app.scenarios.scenario_additions import ADDITIONS
from streamlit_app.scenarios.scenario_form import FOLDED, LINES
from visuals.words.scenario_sentences import SAID

DOCS = Path(__file__).parents[3] / "docs"
FIELDS = [name for name in Scenario.model_fields if name != "version"]


def lacking(field: str) -> list[str]:
    """Say what a field of a scenario still lacks."""
    kinds = [kind for kind in KINDS if kind.field == field]
    found = {
        "a kind in forecasting/snapshot/changes/kinds.py": len(kinds) == 1,
        "something that it does: told or moved": any(kind.told or kind.moved for kind in kinds),
        "words in visuals/words/scenario_sentences.py": field in SAID,
        "a form in streamlit_app/scenarios": field in {*LINES, *(one.field for one in ADDITIONS), *FOLDED},
        "a line in the example of docs/data-formats.md": f'"{field}":' in _example(),
    }
    return [f"{field} lacks {what}" for what, there in found.items() if not there]


def _example() -> str:
    """The scenario that the documents describe."""
    text = (DOCS / "data-formats.md").read_text("utf-8").split("## Scenarios")[1]
    return re.split(r"\n## ", text)[0]


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_is_lacking(field: str) -> None:
    assert lacking(field) == []


def test_what_a_new_field_lacks_is_said() -> None:
    assert lacking("eclipse") == [
        "eclipse lacks a kind in forecasting/snapshot/changes/kinds.py",
        "eclipse lacks something that it does: told or moved",
        "eclipse lacks words in visuals/words/scenario_sentences.py",
        "eclipse lacks a form in streamlit_app/scenarios",
        "eclipse lacks a line in the example of docs/data-formats.md",
    ]


def test_nothing_is_said_or_asked_that_a_scenario_has_not_got() -> None:
    known = {kind.field for kind in KINDS} | set(SAID) | set(LINES) | {one.field for one in ADDITIONS} | set(FOLDED)
    assert known == set(FIELDS)
