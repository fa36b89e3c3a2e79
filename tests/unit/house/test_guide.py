"""The guide names buttons as they are called in the app, and shows pictures that are there."""

import re
from pathlib import Path

import pytest

from language.catalogue import read_messages

DOCS = Path(__file__).parents[3] / "docs"
GUIDE = (DOCS / "handleiding.md").read_text("utf-8")
FIELD = re.compile(r"\\{\w+\\}")


def _labels() -> list[str]:
    """What stands in bold inside a sentence: the names of buttons, pages and parts of a page."""
    found = re.findall(r"\*\*(.+?)\*\*", re.sub(r"\s*\n\s*", " ", GUIDE))
    return [label for label in found if not label.endswith(("?", ".", "'")) or label in ("Hoe is dit berekend?",)]


def _said() -> re.Pattern[str]:
    """Everything the app says in Dutch, with anything in the place of its fields."""
    forms = {form for texts in read_messages("nl").values() for form in texts}
    return re.compile("|".join(FIELD.sub(".+", re.escape(form)) for form in forms), re.IGNORECASE)


@pytest.mark.parametrize("label", sorted(set(_labels())))
def test_the_app_calls_it_so(label: str) -> None:
    assert _said().fullmatch(label), f"nothing in the app is called '{label}'"


def test_the_guide_names_enough() -> None:
    assert {"Grenzen", "Scenario's", "Bewaar in werkboek", "Stuur mijn voorstel"} <= set(_labels())


@pytest.mark.parametrize("path", re.findall(r"\]\((screenshots/[^)]+)\)", GUIDE))
def test_its_pictures_are_there(path: str) -> None:
    assert (DOCS / path).stat().st_size > 5_000


def test_its_chapters_can_be_reached() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors
