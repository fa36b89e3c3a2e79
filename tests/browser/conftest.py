from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP, WAIT, forget
from tests.browser.serving import SharedApp, served_by

# What is there is there at once, so patience costs only where something is missing.
expect.set_options(timeout=WAIT)


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
    # From a folder of its own: nothing of the app may hang on where it is started.
    with served_by(home, cwd=home) as (address, pid):
        yield SharedApp(address, home, pid)


@pytest.fixture
def at_home(served: SharedApp, monkeypatch: pytest.MonkeyPatch) -> SharedApp:
    """The shared app, while this test too reads and writes its users' state and signs cookies with its keys."""
    monkeypatch.setenv("CSM_HOME", str(served.home))
    return served


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: dict[str, Any]) -> BrowserContext:
    """A window that tests share: it fetches and reads the programs of a page once, which costs more than the page."""
    return browser.new_context(**browser_context_args)


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page in the shared window, which remembers nothing of tests before."""
    page = window.new_page()
    yield page
    forget(page)


@pytest.fixture(autouse=True)
def _leave_no_page_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that stays open goes on drawing and asking the server beside all tests that follow."""
    browser: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    kept = list(browser.contexts) if browser else []
    pages = [page for context in kept for page in context.pages]
    yield
    for context in browser.contexts if browser else ():
        if context not in kept:
            context.close()
        for page in context.pages:
            if page not in pages:
                page.close()


@pytest.fixture(scope="session")
def app(served: SharedApp) -> str:
    return served.address
