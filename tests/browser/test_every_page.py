"""Every page on a phone, as a steward, who sees all of them: accessible, no scrolling sideways, no error."""

import re

import pytest
from playwright.sync_api import Browser, expect

from feedback.people.roles import Role
from language import LANGUAGES
from streamlit_app.shell.navigation import ENTRIES
from tests.apptest.signing_in import cookies_of
from tests.browser.axe import barriers
from tests.browser.looking import LAPTOP, PHONE, SMALL, visit
from tests.browser.serving import SharedApp

MENU = "[data-testid=stSidebarNav]"
"""Streamlit's own menu: its groups are no list as axe wants it. The page on accessibility says so."""

FAILED = re.compile("Er ging bij ons iets mis|Something went wrong on our side")

_TABLES = """[...document.querySelectorAll("[data-testid=stTable] table")].some(
  table => table.getBoundingClientRect().right > window.innerWidth)"""


def test_every_page_is_accessible(browser: Browser, at_home: SharedApp) -> None:
    assert _faults(browser, at_home.address, SMALL, "nl") == {}


@pytest.mark.soak
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_accessible_in_every_language_and_size(
    browser: Browser, at_home: SharedApp, size: dict[str, int], code: str
) -> None:
    assert _faults(browser, at_home.address, size, code) == {}


def _faults(browser: Browser, address: str, size: dict[str, int], code: str) -> dict[str, list[str]]:
    """Return what is wrong with each page, by its address, on a screen of some size, for who wants little movement."""
    faults: dict[str, list[str]] = {}
    context = browser.new_context(viewport=size, locale=code, reduced_motion="reduce")  # type: ignore[arg-type]
    steward = cookies_of(Role.STEWARD)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in steward.items()])
    page = context.new_page()
    for entry in ENTRIES:
        visit(page, f"{address}/{entry.url}?lang={code}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        found = barriers(page, {"exclude": [[MENU]]})
        if page.get_by_text(FAILED).count():
            found.append("failed")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append("scrolls sideways")
        if page.evaluate(_TABLES):
            found.append("a table does not fit")
        if found:
            faults[entry.url] = found
    context.close()
    return faults
