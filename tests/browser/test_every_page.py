"""Every page on a phone, as a steward, who sees all of them: accessible, no scrolling sideways, no error."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from feedback.people.roles import Role
from language import LANGUAGES
from streamlit_app.shell.navigation import ENTRIES
from tests.browser.axe import barriers
from tests.browser.looking import LAPTOP, PHONE, SMALL, become, turn_to, visit
from tests.browser.serving import SharedApp

MENU = "[data-testid=stSidebarNav]"
"""Streamlit's own menu: its groups are no list as axe wants it. The page on accessibility says so."""

QUICK = "view=levels"
"""Without a graphics card, heat on the map takes four times as long as the levels; ``test_look`` looks at it."""

FAILED = re.compile("Er ging bij ons iets mis|Something went wrong on our side")

_TABLES = """[...document.querySelectorAll("[data-testid=stTable] table")].some(
  table => table.getBoundingClientRect().right > window.innerWidth)"""


def test_every_page_is_accessible(page: Page, at_home: SharedApp) -> None:
    assert _faults(page, at_home.address, SMALL, "nl") == {}


@pytest.mark.soak
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_accessible_in_every_language_and_size(
    page: Page, at_home: SharedApp, size: dict[str, int], code: str
) -> None:
    assert _faults(page, at_home.address, size, code) == {}


def _faults(page: Page, address: str, size: dict[str, int], code: str) -> dict[str, list[str]]:
    """Return what is wrong with each page, by its address, on a screen of some size, for who wants little movement."""
    faults: dict[str, list[str]] = {}
    become(page, address, Role.STEWARD)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{address}/{ENTRIES[-1].url}?lang={code}&{QUICK}")
    for entry in ENTRIES:
        path = "/" if entry is ENTRIES[0] else f"/{entry.url}"
        turn_to(page, f"{path}?lang={code}&{QUICK}")
        assert urlsplit(page.url).path == path
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
    return faults
