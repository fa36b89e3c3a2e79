import tomllib
from pathlib import Path

import pytest
from streamlit import config

import tests.apptest.signing_in  # noqa: F401  # a test app has no browser: without it, its cookies are not even empty

SETTINGS = Path(__file__).parents[2] / "streamlit_app" / ".streamlit" / "config.toml"


@pytest.fixture(scope="session", autouse=True)
def _run_as_the_app_does() -> None:
    """A test app does not read the app's settings. By default each of its runs ends in a full garbage collection."""
    for name, value in tomllib.loads(SETTINGS.read_text("utf-8"))["runner"].items():
        config.set_option(f"runner.{name}", value)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of users' state for all page tests, so that snapshots are issued once."""
    folder = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(folder))
    yield folder
    patch.undo()


@pytest.fixture(autouse=True)
def _in_this_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other folders of tests have a home of their own, which may have been named since."""
    monkeypatch.setenv("CSM_HOME", str(home))
