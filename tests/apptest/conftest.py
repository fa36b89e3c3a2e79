import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.elements.lib import options_selector_utils
from streamlit.elements.widgets import menu_button, multiselect, radio, select_slider, selectbox
from streamlit.testing.v1 import local_script_runner

import tests.apptest.signing_in  # noqa: F401  # a test app has no browser: without it, its cookies are not even empty
from data.area.area import load_area
from forecasting.snapshot.snapshot_files import obtain
from streamlit_app.shell.resources import HOURS
from tests.apptest.waiting import without_asking
from tests.homes import in_home

SETTINGS = Path(__file__).parents[2] / "streamlit_app" / ".streamlit" / "config.toml"


@pytest.fixture(scope="session", autouse=True)
def _run_as_the_app_does() -> None:
    """A test app does not read the app's settings: by default each run ends in a full garbage collection, and each
    element is counted for those who make Streamlit."""
    for section in ("runner", "browser"):
        for name, value in tomllib.loads(SETTINGS.read_text("utf-8"))[section].items():
            config.set_option(f"{section}.{name}", value)


@pytest.fixture(scope="session", autouse=True)
def _wait_for_a_run_without_asking() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", without_asking)
        yield


@pytest.fixture(autouse=True)
def _draw_pictures_small(small_pictures: None) -> None:
    """Nobody counts the pixels here, but where a test asks for ``drawn_as_shown``."""


@pytest.fixture(scope="session", autouse=True)
def _look_for_components_once() -> Iterator[None]:
    """Each test app reads the metadata of every installed package anew, to find those that bring components."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of users' state for all page tests, with the forecast of the practice week.

    The app remembers what it issued, in whatever home: a first test with a home of its own would have the only file.
    """
    folder = tmp_path_factory.mktemp("home")
    with in_home(folder):
        practice = load_area("scheveningen")
        obtain(practice, practice.now(), HOURS)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _in_this_home(home: Path) -> Iterator[None]:
    """Also for what is made once for a whole file."""
    with in_home(home):
        yield


@pytest.fixture(autouse=True)
def _choices_can_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit hears a choice by its words: of two options with the same words it always takes the last."""
    mapped = options_selector_utils.create_mappings

    def told_apart(options: Sequence[Any], format_func: Callable[[Any], str] = str) -> tuple[list[str], dict[str, int]]:
        words, indices = mapped(options, format_func)
        assert len(indices) == len(words), f"twice in one list: {Counter(words).most_common(3)}"
        return words, indices

    for where in (menu_button, multiselect, radio, select_slider, selectbox):
        monkeypatch.setattr(where, "create_mappings", told_apart)
