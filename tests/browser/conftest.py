from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP
from tests.browser.serving import served_by

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find()
    assert path, "no Chromium: run python -m tests.browser.ensure_browser"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "viewport": LAPTOP}


@dataclass(frozen=True)
class Served:
    """The app that tests share: its address, its folder of users' state, and the id of its process."""

    address: str
    home: Path
    pid: int


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    with served_by(home) as (address, pid):
        yield Served(address, home, pid)


@pytest.fixture(scope="session")
def app(served: Served) -> str:
    return served.address
