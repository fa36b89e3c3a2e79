"""Thresholds with eyes and hands: a moved one changes a word; three roles in three browsers see how they differ."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from data.area.area import load_area
from feedback.sessions.proposals import Sheet, propose
from tests.browser.axe import CONTENT, barriers
from tests.browser.looking import LAPTOP, PHONE, forget, visit
from tests.browser.serving import SharedApp

SATURDAY = "zone=pier&at=2026-08-08T13:00Z"
M2 = load_area("scheveningen").zone("pier").usable_m2 or 0
PEOPLE = {"resident": 36, "entrepreneur": 120, "visitor": 72}
"""By role: from how many people on 10 × 10 m the Pier is called busy by those who proposed before."""


@pytest.fixture(scope="module")
def room(served: SharedApp) -> Iterator[str]:
    """An app in which four people of each of three roles have proposed: one short of what may be shown."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(served.home))
    for role, people in PEOPLE.items():
        for _ in range(4):
            zone_thresholds = (people * M2 / 200, people * M2 / 100, people * M2 / 50)
            propose(Sheet(uuid4(), "scheveningen", role, {"pier": zone_thresholds}), None)
    yield served.address
    patch.undo()


def level_of_the_pier(page: Page) -> Callable[[str], None]:
    def is_now(word: str) -> None:
        expect(page.get_by_text(re.compile(f"Op zaterdag om 15 uur wordt het {word} bij De Pier"))).to_be_visible()

    return is_now


def test_a_moved_threshold_changes_the_level_word_and_the_link(page: Page, room: str) -> None:
    visit(page, f"{room}/thresholds?lang=nl&{SATURDAY}")
    level_of_the_pier(page)("gezellig druk")
    red = page.get_by_role("slider", name="te druk vanaf")
    red.focus()
    page.keyboard.press("Home")
    level_of_the_pier(page)("te druk")
    expect(page.get_by_text("Uw eigen grenzen")).to_be_visible()
    expect(page).to_have_url(re.compile("thresholds="))

    link = page.url

    page.get_by_role("button", name="Terug naar de grenzen die gelden").click()
    level_of_the_pier(page)("gezellig druk")

    forget(page)  # as in another browser
    visit(page, link.replace("lang=nl", "lang=en").replace("/thresholds?", "/map?view=levels&"))
    expect(page.get_by_text("it will be too busy at The Pier")).to_be_visible()
    expect(page.get_by_text("not an official phase")).to_be_visible()


def test_three_roles_propose_in_three_browsers_and_see_the_distribution(page: Page, room: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for role in ("bewoners", "ondernemers", "bezoekers"):
        forget(page)  # as in a browser of their own
        visit(page, f"{room}/thresholds?lang=nl&{SATURDAY}")
        expect(page.get_by_role("button", name="Stuur mijn voorstel")).to_be_disabled()
        for _ in range({"bewoners": 3, "ondernemers": 0, "bezoekers": 1}[role]):
            before = page.url
            page.get_by_role("button", name="Eerder").click()
            expect(page).not_to_have_url(before)
        page.get_by_test_id("stButtonGroup").get_by_text(role, exact=True).click()
        page.get_by_role("button", name="Stuur mijn voorstel").click()
        expect(page.get_by_text("Uw voorstel voor 1 plek telt mee")).to_be_visible()
    # Those before saw groups of which fewer than five may not be told apart; now each role has five.
    title = page.get_by_text("De Pier: bewoners vinden het druk vanaf 36 mensen, ondernemers vanaf 120").first
    expect(title).to_be_visible()
    for name in ("Bewoners", "Ondernemers", "Bezoekers"):
        expect(page.locator("svg text", has_text=name).first).to_be_attached()
    expect(page.get_by_text("Alleen wie meedeed").first).to_be_attached()
    expect(page.get_by_text("%")).to_have_count(0)


@pytest.mark.soak
@pytest.mark.parametrize(("lang", "size"), [("nl", PHONE), ("en", LAPTOP)])
def test_the_page_fits_and_is_readable_for_all(page: Page, room: str, lang: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    visit(page, f"{room}/thresholds?lang={lang}&{SATURDAY}")
    expect(
        page.get_by_role("img", name=re.compile("72 (mensen op 10 bij 10 meter|people on 10 by 10 metres)"))
    ).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^8(:00| uur) ")).first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("path[aria-label*=Pier]").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page, CONTENT) == []
