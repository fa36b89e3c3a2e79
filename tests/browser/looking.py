"""What a person does first: open a page and wait until it stands still."""

from playwright.sync_api import Page, expect

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WAIT = 30_000


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT)


def visit(page: Page, url: str) -> None:
    """Open an address and wait until its page stands still."""
    page.goto(url)
    expect(page.get_by_test_id("stMain")).to_be_visible(timeout=WAIT)
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
