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


def measure() -> tuple[float, float]:
    """Return the seconds until the server answers, and until the map stands in a real browser."""
    with TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport=LAPTOP, locale="nl-NL")
        start = monotonic()
        with serving(Path(home)) as address:
            answered = monotonic() - start
            visit(page, f"{address}/map")
            assert drawn(page), "the map was not drawn"
            complete = monotonic() - start
        browser.close()
    return answered, complete


def run() -> Section:
    """Start the app a few times, each with an empty folder of users' state."""
    runs = [measure() for _ in range(RUNS)]
    answered, complete = (median(values) for values in zip(*runs, strict=True))
    return Section(
        "First start",
        f"Median of {RUNS} starts with an empty folder of users' state, environment installed, real browser.",
        [
            Row("command to server ready", f"{answered:.1f} s"),
            Row("command to first complete map", f"{complete:.1f} s", goal="10 s", quoted=True),
        ],
    )


if __name__ == "__main__":
    print(run())
