"""Without a mouse, enlarged four times, on its side, with little movement: the evening and the map for everyone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import Session, make_session, open_session, show_item
from feedback.sessions.statements import add_statement, vote_rows
from tests.browser.looking import WAIT, settled, visit
from tests.browser.serving import SharedApp
from tests.browser.test_look import FOCUS

pytestmark = pytest.mark.soak

SATURDAY = "at=2026-08-08T13:00Z"
ENLARGED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 at 400 %."""
ON_ITS_SIDE = {"width": 844, "height": 390}
STATEMENTS = ("Meer prullenbakken op het strand.", "De boulevard autovrij op drukke dagen.")

HOLDS = """words => {
  const stop = document.activeElement
  const said = [stop.innerText, stop.getAttribute("aria-label"), stop.labels?.[0]?.innerText, stop.value]
  return said.some(text => text && text.length < 80 && new RegExp(words).test(text))
}"""
"""Whether what has the focus is called like that."""


@pytest.fixture
def room(at_home: SharedApp) -> Session:
    session = make_session("Zonder muis", kind="werkgroep", day=date(2026, 8, 3), area="scheveningen")
    item = add_item(session.id, "statements", "Stellingen", item_id=f"{session.id}-1")
    for text in STATEMENTS:
        add_statement(session.id, text, person=None, item_id=item.id, seed=True)
    add_item(session.id, "question", "Wat mist u?", item_id=f"{session.id}-2")
    return open_session(session.id)


def tab_to(page: Page, words: str) -> None:
    """Go on by keyboard until something of that name has the focus; every stop on the way is seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUS)
        # After the last stop comes the window itself, and then the first one.
        assert seen or name == "BODY", f"nobody sees the focus on {name}"
        if page.evaluate(HOLDS, words):
            return
    raise AssertionError(f"no stop is called {words}")


def test_by_keyboard_alone_somebody_joins_votes_and_contributes(
    browser: Browser, at_home: SharedApp, room: Session
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL").new_page()
    page.goto(f"{at_home.address}/enter?lang=nl")
    if not page.evaluate("document.activeElement.matches('input')"):
        page.keyboard.press("Tab")
        while not page.evaluate("document.activeElement.matches('input')"):
            page.keyboard.press("Tab")
    assert room.code
    page.keyboard.type(room.code)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("|".join(STATEMENTS))).first).to_be_visible()
    for done in (1, 2):
        settled(page)
        tab_to(page, r"\bEens$")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{done} van 2 stellingen")).to_be_visible()
    assert [row["vote"] for row in vote_rows(room.id).to_dict("records")] == [1, 1]
    show_item(room.id, f"{room.id}-2")
    expect(page.get_by_role("heading", name="Wat mist u?")).to_be_visible(timeout=2 * WAIT)
    settled(page)
    tab_to(page, "Uw antwoord")
    page.keyboard.type("Meer schaduw")
    tab_to(page, "Versturen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dank u wel").first).to_be_visible()


def test_by_keyboard_alone_the_map_is_a_table(page: Page, app: str) -> None:
    visit(page, f"{app}/map?lang=nl&{SATURDAY}")
    tab_to(page, "Volgend uur")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zaterdag 8 augustus 2026, 16 uur")).to_be_visible()
    settled(page)
    tab_to(page, "Deze tabel als CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert "Pierstrand" in download.value.path().read_text("utf-8")


@pytest.mark.parametrize("size", [ENLARGED, ON_ITS_SIDE], ids=["enlarged", "on its side"])
@pytest.mark.parametrize("path", ["/", "/join", "/map"])
def test_a_page_can_be_read_enlarged_and_on_its_side(
    browser: Browser, app: str, path: str, size: dict[str, int]
) -> None:
    page = browser.new_context(viewport=size, locale="nl-NL", reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    visit(page, f"{app}{path}?lang=nl&{SATURDAY}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    title = page.get_by_role("heading", level=1).first
    expect(title).to_be_in_viewport()
    moving = "document.getAnimations().filter(one => one.playState === 'running').map(one => one.animationName)"
    assert page.evaluate(moving) == []
    # Nothing of the page is cut off at the right edge of the window.
    cut = """[...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, p, button)")]
      .filter(one => one.offsetParent && one.getBoundingClientRect().right > window.innerWidth + 1)
      .map(one => one.innerText.slice(0, 60))"""
    assert page.evaluate(cut) == []
