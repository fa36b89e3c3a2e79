"""What a person does first: open a page and wait until it stands still."""

from contextlib import suppress
from io import BytesIO
from math import cos, radians

import numpy as np
from PIL import Image
from playwright.sync_api import FloatRect, Frame, Page, TimeoutError, expect

from data.area.area import Area
from feedback.people.roles import Role
from tests.apptest.signing_in import cookies_of

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
"""The smallest phone, and a laptop magnified four times: nothing may scroll sideways."""
WAIT = 30_000
SEA = (207, 227, 234)
RED = (142, 27, 58)

STANDS_STILL = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const still = app?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
  window.stillSince = still ? (window.stillSince ?? performance.now()) : undefined;
  return still && performance.now() - window.stillSince > 250;
}"""
"""A page is often drawn twice: once more when the browser has told its width. What is drawn anew is pale meanwhile."""


def settled(page: Page | Frame) -> None:
    """Wait until the script has run, does not run again, and nothing is being drawn any more."""
    page.wait_for_function(STANDS_STILL, timeout=4 * WAIT, polling=100)


def share_of(page: Page, colour: tuple[int, int, int]) -> float:
    """Return which part of the window has about this colour."""
    pixels = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB"), dtype=int)
    return float((np.abs(pixels - colour) < 12).all(axis=2).mean())


def drawn(page: Page, *colours: tuple[int, int, int]) -> bool:
    """Wait until the map shows all these colours (by default the sea of its base map); say whether it did."""
    chart = page.get_by_test_id("stDeckGlJsonChart")
    expect(chart).to_have_count(1, timeout=WAIT)
    # Playwright's own scrolling waits until an element stands still, which a map that draws in software does late.
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    for _ in range(WAIT // 500):
        if all(share_of(page, colour) > 0.001 for colour in colours or (SEA,)):
            return True
        page.wait_for_timeout(500)
    return False


def visit(page: Page, url: str) -> None:
    """Open an address and wait until its page stands still."""
    page.goto(url)
    expect(page.get_by_test_id("stMain")).to_be_visible(timeout=WAIT)
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


TURN = """address => {
  const left = document.title;
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  window.turned = () => document.title !== left && location.pathname === new URL(address, location).pathname;
}"""


def turn_to(page: Page, address: str) -> None:
    """Go on to another page of the app that is open, as its menu does: its programs are not fetched and read anew.

    What the page before had still to say can put its own address back, so it is asked for until it is there.
    """
    for _ in range(3):
        page.evaluate(TURN, address)
        with suppress(TimeoutError):
            page.wait_for_function("() => window.turned()", timeout=WAIT / 6, polling=50)
            break
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from the list of a field, which closes when something above it on the page is still drawn."""
    box, listed = page.get_by_label(label), page.get_by_role("option", name=option, exact=True)
    for _ in range(10):
        box.click()
        with suppress(TimeoutError):
            listed.click(timeout=WAIT / 15)
            return
    raise AssertionError(f"{option} cannot be chosen at {label}")


def forget(page: Page) -> None:
    """Let who uses a window from here on be somebody else: it keeps no more than the programs of the app.

    People who come one after the other can share a window so. To read those programs anew takes longer than a page.
    """
    page.goto("about:blank")
    page.context.clear_cookies()
    everything = {"origin": "*", "storageTypes": "cookies,local_storage,indexeddb,cache_storage"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)


def become(page: Page, address: str, role: Role, *, sessions: tuple[str, ...] = ()) -> None:
    """Let who uses a window from here on be somebody else, who entered an app with a role."""
    forget(page)
    cookies = cookies_of(role, sessions=sessions).items()
    page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies])


def on_screen(box: FloatRect, area: Area, zone_id: str) -> tuple[float, float]:
    """Where the middle of a zone is drawn: Web Mercator, 512 pixels a tile, as MapLibre does."""
    point = area.zone(zone_id).geometry.representative_point()
    pixels = 512 * 2**area.centre.zoom / 360
    x = box["x"] + box["width"] / 2 + (point.x - area.centre.lon) * pixels
    y = box["y"] + box["height"] / 2 - (point.y - area.centre.lat) * pixels / cos(radians(point.y))
    return x, y
