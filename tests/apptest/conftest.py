from pathlib import Path

import pytest

import tests.apptest.signing_in  # noqa: F401  # a test app has no browser: without it, its cookies are not even empty


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
