"""Makes the pictures of every page for the documentation: both languages, laptop and phone."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from playwright.sync_api import expect, sync_playwright

from tests.browser import guide_manage, guide_sessions, screenshots_guide
from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP, PHONE, WAIT, drawn, visit
from tests.browser.serving import serving

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PAGES = ("today", "map", "accuracy", "thresholds", "scenarios")
SIZES = {"laptop": LAPTOP, "phone": PHONE}


def main(address: str, folder: Path = FOLDER) -> None:
    """Take all pictures of the app that answers at ``address``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for size, viewport in SIZES.items():
            for code, locale in (("nl", "nl-NL"), ("en", "en-GB")):
                context = browser.new_context(viewport=viewport, locale=locale, timezone_id="Europe/Amsterdam")
                page = context.new_page()
                for name in PAGES:
                    visit(page, f"{address}/{name}?lang={code}")
                    expect(page.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible(timeout=WAIT)
                    if name == "map":
                        drawn(page)
                        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
                    page.screenshot(path=folder / f"{name}-{code}-{size}.png")
                context.close()
        browser.close()


def guide(address: str, log: str, delivered: Path, folder: Path = FOLDER) -> None:
    """Take the pictures of the guide for stewards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        guide_manage.take(browser, address, log, delivered, folder)
        browser.close()


def sessions(home: Path, folder: Path = FOLDER) -> None:
    """Take the pictures of the guide for facilitators, of an evening in users' state in ``home``."""
    opened, code = guide_sessions.prepare()
    with serving(home) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        guide_sessions.take(browser, served, opened, code, folder)
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as home, serving(Path(home)) as served:
        main(served)
        screenshots_guide.main(served)
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        file = guide_manage.prepare(Path(home) / "delivered")
        with serving(Path(home)) as served:
            guide(served, (Path(home) / "server.log").read_text("utf-8"), file)
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        sessions(Path(home))
