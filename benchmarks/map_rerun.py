"""What it costs the server when somebody moves the hour on the map, caches warm.

A real browser moves the hour; the server's CPU time is read from the operating system, and the payload is what
came through the websocket. The same is done with Python's default garbage collection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks.results import Row, Section
from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP, settled, visit
from tests.browser.serving import ROOT, served_by

STEPS = 20
DEFAULT_GC = ROOT / "benchmarks" / "default_gc_app.py"
APP = ROOT / "streamlit_app" / "app.py"


@contextmanager
def _map_page(entry: Path) -> Iterator[tuple[Page, psutil.Process, list[int]]]:
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: received.append(len(data)))

    with TemporaryDirectory() as home, served_by(Path(home), entry=entry) as (address, pid), sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport=LAPTOP, locale="nl-NL")
        page.on("websocket", listen)
        visit(page, f"{address}/map?at=2026-08-05T06:00Z")
        yield page, psutil.Process(pid), received
        browser.close()


def measure(entry: Path) -> tuple[float, float]:
    """Return the median CPU milliseconds and payload kilobytes of a rerun when the hour moves one step."""
    cpu, size = [], []
    with _map_page(entry) as (page, process, received):
        step = page.get_by_role("button", name="Volgend uur")
        for number in range(STEPS + 3):
            before = process.cpu_times()
            received.clear()
            step.click()
            page.wait_for_timeout(400)
            settled(page)
            after = process.cpu_times()
            if number >= 3:
                cpu.append((after.user + after.system - before.user - before.system) * 1000)
                size.append(sum(received) / 1024)
    return median(cpu), median(size)


def run() -> Section:
    """Measure both ways."""
    ours, payload = measure(APP)
    default, _ = measure(DEFAULT_GC)
    return Section(
        "Moving the hour on the map",
        f"Median of {STEPS} steps in a real browser, Scheveningen, heatmap, all caches warm.",
        [
            Row(
                "server CPU when the hour moves on the map",
                f"{ours:.0f} ms",
                f"default garbage collection: {default:.0f} ms",
                quoted=True,
            ),
            Row("payload a rerun, uncompressed", f"{payload:.0f} KB"),
        ],
    )


if __name__ == "__main__":
    print(run())
