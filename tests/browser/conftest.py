from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP
from tests.browser.serving import SharedApp, served_by

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find()
    assert path, "no Chromium: run python -m tests.browser.ensure_browser"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "viewport": LAPTOP}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    home = tmp_path_factory.mktemp("home")
    with served_by(home) as (address, pid):
        yield SharedApp(address, home, pid)


@pytest.fixture
def at_home(served: SharedApp, monkeypatch: pytest.MonkeyPatch) -> SharedApp:
    """The shared app, while this test too reads and writes its users' state and signs cookies with its keys."""
    monkeypatch.setenv("CSM_HOME", str(served.home))
    return served


@pytest.fixture(autouse=True)
def _leave_no_page_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that stays open goes on drawing and asking the server beside all tests that follow."""
    browser: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else ():
        context.close()


@pytest.fixture(scope="session")
def app(served: SharedApp) -> str:
    return served.address
