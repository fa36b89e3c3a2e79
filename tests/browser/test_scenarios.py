"""Scenarios: build one, compare it, copy the link, and open it elsewhere with the very same figures."""

import json
import re
from urllib.parse import parse_qs, urlencode, urlparse
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from language import language
from language.plain import rounded
from tests.browser.axe import barriers
from tests.browser.looking import PHONE, WAIT, forget, settled, visit

SATURDAY = "at=2026-08-08T13:00Z"


def figures(page: Page) -> list[str]:
    """What the page says of every dot and of every zone on the maps, for who does not see them."""
    expect(page.get_by_test_id("stVegaLiteChart").last.locator("svg")).to_be_visible(timeout=WAIT)
    marks = page.locator("[data-testid=stVegaLiteChart] path[aria-label*=':']")
    expect(marks.and_(page.locator("[aria-label*='scenario A:']"))).not_to_have_count(0, timeout=WAIT)
    # The maps fetch the zones once they are there.
    expect(marks.and_(page.locator("[aria-label^='Keizerstraat: ']"))).to_have_count(6, timeout=WAIT)
    return sorted(marks.evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))"))


def test_build_compare_copy_and_reopen(page: Page, app: str) -> None:
    visit(page, f"{app}/scenarios?lang=nl&{SATURDAY}")
    expect(page.get_by_text("Er is nog niets anders dan verwacht")).to_be_visible()
    page.get_by_role("radio", name="Buiig").click()
    expect(page.get_by_text("Scenario: wat als")).to_be_visible()
    page.get_by_role("button", name="Evenement erbij").click()
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_text("Evenement met 10.000 bezoekers").first).to_be_visible()
    expect(page.get_by_role("button", name="Toevoegen")).to_have_count(0)
    settled(page)
    page.get_by_text("Scenario B", exact=True).click()
    expect(page.get_by_role("button", name="scenario B").first).to_be_visible()
    settled(page)
    page.get_by_text("Maatregelen", exact=True).click()
    page.get_by_text("Borden wijzen naar rustige stranden", exact=True).click()
    expect(page).to_have_url(re.compile("beside="))
    settled(page)
    expect(page.get_by_text(re.compile("aanname.*6% van de mensen bij Pierstrand")).first).to_be_visible()
    expect(page.get_by_text(re.compile("Scenario A. Met weer: buiig"))).to_be_visible()
    expect(page.get_by_text("Verschil: scenario A min de verwachting")).to_be_visible()

    page.get_by_role("button", name="Kopieer als link").click()
    link = page.get_by_test_id("stCode").locator("code").inner_text()
    page.keyboard.press("Escape")
    here = figures(page)
    assert len(here) > 60
    forget(page)  # as in another browser
    visit(page, link)
    assert figures(page) == here
    expect(page.get_by_text("Part of the link")).to_have_count(0)

    query = {name: values[0] for name, values in parse_qs(urlparse(link).query).items()}
    asked = urlencode({"scenario": query["scenario"], "snapshot": query["snapshot"]})
    with urlopen(f"{app}/api/areas/scheveningen/forecast.json?{asked}") as answer:
        given = json.load(answer)
    hour = given["hours"].index("2026-08-08T15:00:00+02:00")
    expected = language("nl").number(rounded(given["zones"]["keizerstraat"]["q50"][hour]))
    on_map = [text for text in here if text.startswith("Keizerstraat: ") and expected in text]
    assert on_map, (expected, [text for text in here if text.startswith("Keizerstraat")])

    page.get_by_role("button", name="Terug naar de verwachting").click()
    expect(page).not_to_have_url(re.compile("[?&]scenario="))


@pytest.mark.soak
def test_a_phone_shows_it_and_axe_finds_nothing_serious(page: Page, app: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    storm = "eyJ2ZXJzaW9uIjoxLCJ3ZWF0aGVyIjp7InByZXNldCI6InN0b3JtIn19"
    visit(page, f"{app}/scenarios?{SATURDAY}&scenario={storm}")
    expect(page.get_by_text(re.compile("Met weer: storm"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page, "[data-testid=stMain]") == []
