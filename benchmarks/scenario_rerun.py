"""What it costs the server when somebody moves a control of a scenario, caches warm: 25 zones × 168 hours.

A real browser moves the slider of the temperature on the page of scenarios. A rerun computes the scenario's forecast
and draws a map, the hours of all places, and one place's week. The server's CPU time is read from the operating
system, and the payload is what came through the websocket.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks.larger_area import ZONES, make_larger_area
from benchmarks.results import Row, Section
from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import LAPTOP, settled, visit
from tests.browser.serving import served_by

STEPS = 20
WARM_UP = 4


@contextmanager
def _page(home: Path) -> Iterator[tuple[Page, psutil.Process, list[int]]]:
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: received.append(len(data)))

    area = make_larger_area(home)
    with served_by(home) as (address, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport=LAPTOP, locale="nl-NL")
        page.on("websocket", listen)
        visit(page, f"{address}/scenarios?area={area}&at=2026-08-08T13:00Z&scenario={_warmer()}")
        yield page, psutil.Process(pid), received
        browser.close()


def _warmer() -> str:
    from forecasting.values.scenario import Scenario

    return Scenario.model_validate({"weather": {"temp_delta_c": -15}}).encode()


def run() -> Section:
    """Measure the reruns."""
    cpu, size = [], []
    with TemporaryDirectory() as folder, _page(Path(folder)) as (page, process, received):
        slider, seen = page.get_by_role("slider").first, set()
        for number in range(STEPS + WARM_UP):
            settled(page)
            page.wait_for_timeout(300)
            before = process.cpu_times()
            received.clear()
            slider.press("ArrowRight")
            page.wait_for_timeout(1200)
            settled(page)
            after = process.cpu_times()
            seen.add(page.url)
            if number >= WARM_UP:
                cpu.append((after.user + after.system - before.user - before.system) * 1000)
                size.append(sum(received) / 1024)
    if len(seen) < STEPS + WARM_UP:
        raise RuntimeError("a step did not change the scenario")
    return Section(
        "Moving a control of a scenario",
        f"Median of {STEPS} steps of the temperature in a real browser, {ZONES} zones × 168 hours, caches warm. "
        f"Each step is a scenario that was not computed before. {os.cpu_count()} cores, shared.",
        [
            Row(
                "server CPU when a scenario changes, with maps and charts",
                f"{median(cpu):.0f} ms",
                goal="60 ms",
                quoted=True,
            ),
            Row("payload a step, uncompressed", f"{median(size):.0f} KB", goal="150 KB"),
        ],
    )


if __name__ == "__main__":
    print(run())
