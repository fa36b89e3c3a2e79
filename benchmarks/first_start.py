"""Seconds from the command to the first complete map, with the environment installed and nothing cached."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from playwright.sync_api import sync_playwright

from benchmarks.results import Row, Section
from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP, drawn, visit
from tests.browser.serving import serving

RUNS = 3


def measure() -> tuple[float, float, float]:
    """Return the seconds until the server answers, the first page is read, and the map with its base map is drawn."""
    with TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport=LAPTOP, locale="nl-NL")
        start = monotonic()
        with serving(Path(home)) as address:
            answered = monotonic() - start
            visit(page, address)
            page.get_by_role("heading", level=1).wait_for()
            read = monotonic() - start
            visit(page, f"{address}/map")
            assert drawn(page), "the map was not drawn"
            complete = monotonic() - start
        browser.close()
    return answered, read, complete


def run() -> Section:
    """Start the app a few times, each with an empty folder of users' state."""
    runs = [measure() for _ in range(RUNS)]
    answered, read, complete = (median(values) for values in zip(*runs, strict=True))
    return Section(
        "First start",
        f"Median of {RUNS} starts with an empty folder of users' state, environment installed, real browser.",
        [
            Row("command to server ready", f"{answered:.1f} s"),
            Row("command to first page read", f"{read:.1f} s", goal="10 s", quoted=True),
            Row("command to first page read and then the map drawn, in software", f"{complete:.1f} s"),
        ],
    )


if __name__ == "__main__":
    print(run())
