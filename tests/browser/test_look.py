"""What eyes and hands do: open, read, step, tap, share a link; on a laptop and a phone, in both languages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data.area.area import load_area
from tests.browser.axe import barriers
from tests.browser.looking import PHONE, RED, SEA, WAIT, drawn, forget, on_screen, settled, visit
from tests.browser.serving import SharedApp

SATURDAY = "at=2026-08-08T13:00Z"


@pytest.fixture(scope="module")
def looked_at(window: BrowserContext) -> Page:
    """One page for all tests here that only look, or begin by saying where they stand: drawing a map is slow."""
    page = window.new_page()
    page.violations = []  # type: ignore[attr-defined]
    page.on("request", lambda request: _note(page, request.url))
    page.on("console", lambda message: _note_policy(page, message.text))
    return page


@pytest.fixture
def strict(looked_at: Page) -> Iterator[Page]:
    """A page that fails the test when anything is fetched from elsewhere or a policy is violated."""
    yield looked_at
    assert looked_at.violations == []  # type: ignore[attr-defined]


def _stand(page: Page, url: str) -> None:
    """Open an address, unless that is what the page shows: nothing that is kept in the address has changed since."""
    if not _same(page.url, url):
        visit(page, url)


def _same(shown: str, asked: str) -> bool:
    here, there = urlsplit(shown), urlsplit(asked)
    kept, wanted = parse_qs(here.query), parse_qs(there.query)
    return here[:3] == there[:3] and kept == {**kept, **wanted}


def _note(page: Page, url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", url):
        page.violations.append(url)  # type: ignore[attr-defined]


def _note_policy(page: Page, text: str) -> None:
    if "Content Security Policy" in text:
        page.violations.append(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "lang", "sentence"),
    [
        ("/map", "en", "Saturday 8 August 2026, 15:00"),
        pytest.param("/today", "en", "The week of 3 to 9 August 2026", marks=pytest.mark.soak),
        pytest.param("/", "nl", "De week van 3 t/m 9 augustus 2026", marks=pytest.mark.soak),
        pytest.param("/map", "nl", "Zaterdag 8 augustus 2026, 15 uur", marks=pytest.mark.soak),
    ],
)
def test_a_page_is_complete_without_other_internet_and_axe_finds_nothing_serious(
    strict: Page, app: str, path: str, lang: str, sentence: str
) -> None:
    visit(strict, f"{app}{path}?lang={lang}&{SATURDAY}")
    expect(strict.get_by_role("heading", name=sentence)).to_be_visible()
    expect(strict.get_by_text("OEFENGEGEVENS" if lang == "nl" else "DEMO DATA").first).to_be_visible()
    expect(strict.locator("html")).to_have_attribute("lang", lang)
    assert re.match("OEFENGEGEVENS|DEMO DATA", strict.title())
    expect(strict.get_by_role("dialog")).to_have_count(0)
    assert barriers(strict) == []


def test_a_copied_link_opens_the_same_view_in_the_other_language_and_switching_keeps_it(
    strict: Page, window: BrowserContext, app: str
) -> None:
    _stand(strict, f"{app}/map?lang=en&{SATURDAY}")
    strict.get_by_text("Levels", exact=True).click()
    expect(strict).to_have_url(re.compile("view=levels"))
    settled(strict)
    strict.get_by_role("button", name="Next hour").click()
    expect(strict.get_by_role("heading", name="Saturday 8 August 2026, 16:00")).to_be_visible()
    settled(strict)
    link = strict.url
    other = window.new_page()
    forget(other)  # as in another browser
    visit(other, link.replace("lang=en", "lang=nl"))
    expect(other.get_by_role("heading", name="Zaterdag 8 augustus 2026, 16 uur")).to_be_visible()
    assert _ids(other.url) == _ids(link)
    other.close()

    strict.get_by_text("NL", exact=True).click()
    expect(strict.get_by_role("heading", name="Zaterdag 8 augustus 2026, 16 uur")).to_be_visible()
    expect(strict.locator("html")).to_have_attribute("lang", "nl")
    assert _ids(strict.url) == _ids(link)


def test_the_map_draws_sea_and_levels(strict: Page, app: str) -> None:
    _stand(strict, f"{app}/map?lang=nl&{SATURDAY}&view=levels&zone=pier")
    assert drawn(strict, SEA, RED)


def test_a_tapped_zone_shows_its_week(strict: Page, app: str) -> None:
    _stand(strict, f"{app}/map?lang=nl&{SATURDAY}&view=levels&zone=pier")
    assert drawn(strict, RED)
    box = strict.get_by_test_id("stDeckGlJsonChart").bounding_box()
    assert box
    spot = on_screen(box, load_area("scheveningen"), "strand-zuid")
    for _ in range(10):
        # A first tap may come before the map listens.
        strict.mouse.click(*spot)
        strict.wait_for_timeout(1500)
        if "zone=strand-zuid" in strict.url:
            break
    expect(strict).to_have_url(re.compile("zone=strand-zuid"))
    expect(strict.get_by_text("bij Vuurtorenstrand")).to_be_visible()


def test_the_hour_moves_by_keyboard_and_by_playing_which_stops(strict: Page, app: str) -> None:
    _stand(strict, f"{app}/map?lang=nl&{SATURDAY}")
    settled(strict)
    strict.get_by_role("slider").first.focus()
    strict.keyboard.press("ArrowRight")
    expect(strict.get_by_role("heading", name="Zaterdag 8 augustus 2026, 16 uur")).to_be_visible()
    settled(strict)
    # From the map, where its toolbar shows itself, a hand goes to the button above it.
    box = strict.get_by_test_id("stDeckGlJsonChart").bounding_box()
    assert box
    strict.mouse.move(box["x"] + box["width"] - 60, box["y"] + 60)
    expect(strict.get_by_test_id("stElementToolbar").first).to_have_css("opacity", "1")
    strict.get_by_role("button", name="Afspelen").click()
    # A slow machine may not show every hour.
    later = re.compile(r"Zaterdag 8 augustus 2026, (1[89]|2[0-3]) uur")
    expect(strict.get_by_role("heading", name=later)).to_be_visible(timeout=WAIT)
    strict.get_by_role("button", name="Stoppen").click()
    expect(strict.get_by_role("button", name="Afspelen")).to_be_visible()


@pytest.fixture(scope="module")
def phone(window: BrowserContext, looked_at: Page) -> Page:
    looked_at.close()  # a map that stays open goes on drawing
    page = window.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def test_on_a_phone_the_menu_has_a_name_and_closes_over_the_page_that_was_chosen(phone: Page, app: str) -> None:
    visit(phone, f"{app}/privacy?lang=nl")
    for choice, heading in (("Wat als?", "Wat als?"), ("Over deze app", "Over deze app")):
        phone.get_by_role("button", name="Menu", exact=True).click()
        expect(phone.get_by_role("button", name="Sluit het menu")).to_be_visible()
        phone.get_by_role("link", name=choice).click()
        expect(phone.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=WAIT)
        expect(phone.get_by_role("button", name="Sluit het menu")).not_to_be_in_viewport()
        expect(phone.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    shown = phone.get_by_role("button", name="Menu", exact=True)
    assert "Menu" in shown.evaluate("button => getComputedStyle(button, '::after').content")


def _ids(url: str) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in url.split("?", 1)[1].split("&"))
    return {name: value for name, value in pairs if name != "lang"}


HEIGHT_OF_MAP = "document.querySelector('[data-testid=stDeckGlJsonChart]')?.offsetHeight ?? 0"
"""The page is drawn anew when a phone tells its width; for a moment there is no map, or one without height."""


@pytest.mark.parametrize("path", ["/", "/map"])
def test_a_phone_shows_it_without_sideways_scrolling(phone: Page, app: str, path: str) -> None:
    visit(phone, f"{app}{path}?{SATURDAY}&view=levels")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    title = phone.get_by_role("heading", level=1).bounding_box()
    assert title is not None
    assert title["y"] + title["height"] < PHONE["height"] / 3
    if path == "/":
        cell = phone.locator("path[aria-label^='Pierstrand, zaterdag te druk']").first
        expect(cell).to_be_attached(timeout=WAIT)
        # An icon lies over its middle, and lets the finger through.
        cell.click(force=True)
        expect(phone).to_have_url(re.compile("/map.*zone=strand-pier"), timeout=WAIT)
    if path == "/map":
        expect(phone.get_by_test_id("stDeckGlJsonChart")).to_be_visible()
        phone.wait_for_function(
            f"() => {{ const high = {HEIGHT_OF_MAP}; return 0 < high && high <= {0.6 * PHONE['height']} }}"
        )


FOCUS = """() => {
  const stop = document.activeElement
  let seen = 1
  for (let part = stop; part; part = part.parentElement) seen *= getComputedStyle(part).opacity
  const { outlineStyle, outlineWidth } = getComputedStyle(stop)
  const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
  return [stop.dataset.testid ?? stop.getAttribute("aria-label") ?? stop.tagName, outlined && seen > 0.5]
}"""
"""What has the focus, and whether that is seen."""


def test_the_keyboard_sees_every_stop_and_comes_to_the_content_at_once(page: Page, app: str) -> None:
    visit(page, f"{app}/?lang=nl&{SATURDAY}")
    stops = []
    while not stops or stops[-1][0] != "BODY":
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    assert [name for name, seen in stops[:-1] if not seen] == []
    assert len(stops) > 30
    assert [name for name, _ in stops].count("stSkipToContent") == 1
    assert stops[0][0] == "stSkipToContent"
    assert page.get_by_test_id("stSkipToContent").inner_text() == "Naar de inhoud"


def test_the_app_runs_from_any_folder_with_the_same_settings(served: SharedApp) -> None:
    assert Path(psutil.Process(served.pid).cwd()) == served.home
    with urlopen(served.address) as answer:
        assert answer.headers["Content-Security-Policy"]
        assert "unsafe-eval'" not in answer.headers["Content-Security-Policy"].replace("wasm-unsafe-eval'", "")


def test_the_plain_addresses_answer(app: str) -> None:
    with urlopen(f"{app}/api/areas") as answer:
        areas = {area["id"]: area for area in json.load(answer)}
    assert areas["scheveningen"]["simulated"] is True
    with urlopen(f"{app}/api/areas/scheveningen/forecast.csv") as answer:
        lines = answer.read().decode().splitlines()
    assert lines[0] == "zone_id,hour,q05,q10,q25,q50,q75,q90,q95,data"
    assert len(lines) == 1 + 15 * 168
    assert lines[1].endswith("DEMO DATA")
    with urlopen(f"{app}/api/areas/scheveningen/forecast.geojson") as answer:
        assert len(json.load(answer)["features"]) == 15
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{app}/api/areas/atlantis/forecast.csv")
