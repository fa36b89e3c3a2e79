"""What holds for all tests: their order, how Hypothesis looks for examples, and what each home would make anew."""

import gc
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pandas as pd
import pytest
import vl_convert
from hypothesis import settings

from data.consent import auckland
from feedback.database import connections

settings.register_profile("untimed", deadline=None, print_blob=True)
settings.load_profile("untimed")

DRAWN: Final = vl_convert.vegalite_to_png
CONNECT: Final = connections.connect

LONGEST: Final = (
    "browser/test_look.py",
    "browser/test_every_page.py",
    "browser/test_evening.py",
    "browser/test_session_screens.py",
    "browser/test_thresholds.py",
    "unit/visuals/test_every_sentence.py",
    "browser/test_workbook.py",
    "unit/streamlit_app/test_two_processes.py",
    "apptest/test_manage.py",
    "browser/test_entering.py",
    "unit/visuals/studio/test_studio_pictures.py",
    "unit/visuals/test_level_hours.py",
    "browser/test_words_of_others.py",
    "browser/test_killed_server.py",
    "browser/test_studio.py",
    "apptest/test_same_moment.py",
    "apptest/test_words_of_others.py",
    "apptest/test_playbook_page.py",
    "apptest/test_guides_followed.py",
    "unit/forecasting/test_training_runs.py",
    "unit/forecasting/test_sealed_test.py",
    "browser/test_playbook.py",
    "browser/test_same_moment.py",
    "apptest/test_studio.py",
    "unit/data/importing/test_mutated.py",
    "apptest/test_week_shown.py",
    "apptest/test_thresholds.py",
    "unit/streamlit_app/test_every_address.py",
    "unit/streamlit_app/test_authority.py",
    "apptest/test_access.py",
    "unit/forecasting/test_hours_never_counted.py",
    "apptest/test_account_pages.py",
    "apptest/test_same_figures.py",
    "unit/forecasting/test_mix.py",
)
"""Files that take longest. ``make test`` begins with them, so that no worker still has one when the other is done."""


def _place(item: pytest.Item) -> int:
    """Return when a test's turn comes: that of its file in the list, else after the list."""
    return next((place for place, name in enumerate(LONGEST) if item.nodeid.startswith(f"tests/{name}")), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """What the libraries made when they were read stays; to look through it again and again took a part of each page.

    Objects that hold each other are still looked for, after each twenty thousand new ones.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _no_disk_is_waited_for() -> Iterator[None]:
    """What is written outlives this process, also when it is killed; no test here cuts the power of the machine.

    Servers that tests start keep the app's own setting.
    """

    def unwaited(path: Path, patience: float) -> sqlite3.Connection:
        connection = CONNECT(path, patience)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "connect", unwaited)
        yield


@pytest.fixture(scope="session", autouse=True)
def _empty_databases_are_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new home gets a copy of a database with all tables, which is then looked at as any file is.

    Making the tables takes longer than most tests. Those of the migrations call ``initialise`` or ``migrate``.
    """
    empty, prepared = tmp_path_factory.mktemp("empty") / "feedback.db", connections._prepared
    connections.migrate(empty)

    def copied(path: Path) -> connections._Kept:
        if not path.exists() and path.parent.is_dir():
            handle, copy = tempfile.mkstemp(dir=path.parent)
            os.close(handle)
            shutil.copy(empty, copy)
            with suppress(FileExistsError):
                os.link(copy, path)
            Path(copy).unlink()
        return prepared(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "_prepared", copied)
        yield


@pytest.fixture(scope="session", autouse=True)
def _auckland_is_cleaned_once() -> Iterator[None]:
    """Each home keeps the cleaned counts of Auckland, which are the same as long as zones and cleaning are."""
    computed, known = auckland._computed, dict[str, pd.DataFrame]()

    def once() -> pd.DataFrame:
        made_of = auckland._fingerprint()
        if made_of not in known:
            known[made_of] = computed()
        return known[made_of]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auckland, "_computed", once)
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_home_is_left_behind() -> Iterator[None]:
    """A file that ends in a home of its own would lend it to the files after it, which then depend on their order."""
    home = os.environ.get("CSM_HOME")
    yield
    assert os.environ.get("CSM_HOME") == home, "a fixture of this file does not take back the home it named"


@pytest.fixture
def as_the_app_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect to databases with the app's own settings, for tests of these."""
    monkeypatch.setattr(connections, "connect", CONNECT)


@pytest.fixture
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw pictures of charts with few pixels, for computing these takes longest; what is on them is the same."""

    def small(specification: str, scale: float) -> bytes:
        return DRAWN(specification, scale=min(scale, 0.3))

    monkeypatch.setattr(vl_convert, "vegalite_to_png", small)


@pytest.fixture
def drawn_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw pictures as they are shown, for tests of how many pixels they have."""
    monkeypatch.setattr(vl_convert, "vegalite_to_png", DRAWN)
