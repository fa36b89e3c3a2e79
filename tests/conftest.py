"""What holds for all tests: in which order they run, and how Hypothesis looks for examples."""

from typing import Final

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None, print_blob=True)
settings.load_profile("untimed")

LONGEST: Final = (
    "browser/test_look.py",
    "browser/test_evening.py",
    "browser/test_killed_server.py",
    "browser/test_every_page.py",
    "browser/test_session_screens.py",
    "browser/test_studio.py",
    "browser/test_thresholds.py",
    "browser/test_workbook.py",
    "browser/test_entering.py",
    "browser/test_scenarios.py",
    "apptest/test_manage.py",
    "unit/forecasting/test_training_runs.py",
    "apptest/test_words_of_others.py",
    "unit/visuals/test_every_sentence.py",
    "unit/visuals/studio/test_studio_pictures.py",
    "apptest/test_any_link.py",
    "unit/visuals/test_level_hours.py",
    "unit/forecasting/test_hours_never_counted.py",
    "apptest/test_studio.py",
    "apptest/test_same_figures.py",
    "unit/forecasting/test_boosted.py",
    "apptest/test_contributions_page.py",
    "apptest/test_real_people_pages.py",
    "unit/reports/test_session_report.py",
)
"""Files that take longest. ``make test`` begins with them, so that no worker still has one when the other is done."""


def _place(item: pytest.Item) -> int:
    """Return when a test's turn comes: that of its file in the list, else after the list."""
    return next((place for place, name in enumerate(LONGEST) if item.nodeid.startswith(f"tests/{name}")), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
