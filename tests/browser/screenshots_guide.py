"""Makes the pictures of docs/handleiding.md by doing what it says, in Dutch, on a laptop."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import settled, visit
from tests.browser.serving import serving

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WINDOW = {"width": 1000, "height": 900}
BAR = 72
"""Pixels of the navigation, which lies over the page."""

SATURDAY = "lang=nl&at=2026-08-08T13:00Z"


def thresholds(page: Page, address: str, picture: Callable[..., None]) -> None:
    """Chapter 1: move a threshold and see what it means."""
    visit(page, f"{address}/thresholds?{SATURDAY}&zone=pier")
    cell = page.locator(".st-key-cell-choose")
    picture("drempels-plaatjes", cell, height=760)
    slider = page.get_by_role("slider", name="druk vanaf", exact=False).nth(1)
    slider.focus()
    for _ in range(5):
        before = page.url
        page.keyboard.press("ArrowLeft")
        expect(page).not_to_have_url(before)
        settled(page)
    picture("drempels-gevolg", page.get_by_text("Zaterdag 1 augustus 2026, geteld"), above=20, height=470)
    propose = page.locator(".st-key-cell-propose")
    propose.get_by_text("bewoners", exact=True).click()
    settled(page)
    picture("drempels-voorstel", propose)


def scenario(page: Page, address: str, picture: Callable[..., None]) -> None:
    """Chapter 2: other weather and an event, and what they do."""
    visit(page, f"{address}/scenarios?{SATURDAY}&zone=pier")
    page.get_by_text("Buiig", exact=True).click()
    expect(page.get_by_text("Scenario: wat als").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Evenement erbij").click()
    page.get_by_role("button", name="Toevoegen").click()
    settled(page)
    picture("scenario-maken", page.locator(".st-key-cell-make"), height=640)
    picture("scenario-gevolg", page.locator(".st-key-cell-effect"), height=640)


def workbook(page: Page, address: str, picture: Callable[..., None]) -> None:
    """Chapter 3: keep a result, and find it in the workbook."""
    visit(page, f"{address}/today?{SATURDAY}")
    footer = page.locator(".st-key-cell-week-footer")
    footer.get_by_role("button", name="Bewaar").click()
    page.get_by_label("Een notitie erbij").fill("Dit wil ik dinsdag in de klankbordgroep laten zien.")
    picture("werkboek-bewaren", page.locator(".st-key-cell-week"), height=620)
    page.get_by_role("button", name="Bewaar in werkboek").click()
    expect(page.get_by_text("Bewaard in uw werkboek.")).to_be_visible()
    page.get_by_text("Naar het werkboek").click()
    expect(page.get_by_role("button", name="Downloaden")).to_be_visible()
    settled(page)
    picture("werkboek", page.get_by_test_id("stMainBlockContainer"), height=760)


CHAPTERS = (thresholds, scenario, workbook)


def main(address: str, folder: Path = FOLDER) -> None:
    """Take all pictures of the guide from the app that answers at ``address``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for chapter in CHAPTERS:
            page = browser.new_context(viewport=WINDOW, locale="nl-NL", timezone_id="Europe/Amsterdam").new_page()  # type: ignore[arg-type]

            def picture(name: str, of: Locator, *, above: int = 0, height: int = 0, page: Page = page) -> None:
                settled(page)
                page.wait_for_timeout(800)
                of.evaluate("of => of.scrollIntoView({block: 'start'})")
                page.evaluate(f"document.querySelector('[data-testid=stMain]').scrollBy(0, -{BAR + above})")
                page.wait_for_timeout(400)
                box = of.bounding_box()
                assert box
                top = max(box["y"] - above, 0)
                tall = min(height or box["height"], WINDOW["height"] - top)
                clip = {"x": 0, "y": top, "width": WINDOW["width"], "height": tall}
                page.screenshot(path=folder / f"handleiding-{name}.png", clip=clip)  # type: ignore[arg-type]

            chapter(page, address, picture)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as home, serving(Path(home)) as served:
        main(served)
