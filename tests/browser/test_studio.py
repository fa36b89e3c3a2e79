"""The picture studio with eyes and hands: a picture in a few clicks, two people, and usable with a screen reader."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from feedback.people.roles import Role
from tests.browser.axe import CONTENT, barriers
from tests.browser.looking import LAPTOP, PHONE, WAIT, become, settled, visit
from tests.browser.serving import SharedApp


@pytest.fixture(scope="module")
def office(served: SharedApp) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(served.home))
        yield served.address


def enter_studio(page: Page, address: str, role: Role) -> None:
    """Open the studio as somebody else, with a role."""
    become(page, address, role)
    visit(page, f"{address}/studio?lang=nl")
    expect(page.get_by_test_id("stImage").locator("img")).to_be_visible(timeout=WAIT)


def test_two_people_make_a_picture_and_a_press_kit(page: Page, office: str, tmp_path: Path) -> None:
    enter_studio(page, office, Role.COMMUNICATIONS)
    headline = page.get_by_label("Kop", exact=True)
    of_the_map = headline.input_value()
    page.get_by_test_id("stButtonGroup").get_by_text("Drukste en rustigste uren").click()
    # Every picture has a field of its own; that of the one before stays until the run is over.
    expect(page.locator(f'input[value="{of_the_map}"]')).to_have_count(0)
    settled(page)
    headline.fill("Kans 1 op 10 op drukte")
    headline.press("Enter")
    expect(page.get_by_text("Dit zegt de verwachting niet")).to_be_visible()
    page.get_by_test_id("stButtonGroup").get_by_text("Kaart voor één uur").click()
    settled(page)
    expect(page.get_by_text("Dit zegt de verwachting niet")).to_have_count(0)
    with page.expect_download(timeout=WAIT) as single:
        page.get_by_role("button", name="Download dit bestand").click()
    single.value.save_as(tmp_path / "one.png")
    with Image.open(tmp_path / "one.png") as image:
        assert image.size == (1080, 1080)
    page.get_by_role("button", name="Vraag om goedkeuring").click()
    expect(page.get_by_text("Een collega moet het nog goedkeuren")).to_be_visible()

    enter_studio(page, office, Role.PROFESSIONAL)
    page.get_by_role("button", name="Goedkeuren en vrijgeven").click()
    expect(page.get_by_text("Op het beeld staat geen 'concept' meer")).to_be_visible()
    with page.expect_download(timeout=60_000) as kit:
        page.get_by_role("button", name="Download de persmap").click()
    kit.value.save_as(tmp_path / "kit.zip")
    with zipfile.ZipFile(tmp_path / "kit.zip") as files:
        assert len(files.namelist()) == 12


@pytest.mark.soak
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_axe_finds_nothing_serious_and_the_picture_has_words(page: Page, office: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    enter_studio(page, office, Role.PROFESSIONAL)
    assert "Kaart van Scheveningen" in (page.get_by_test_id("stImage").locator("img").get_attribute("alt") or "")
    page.wait_for_timeout(1500)
    settled(page)
    # The run that knows how wide the window is overtakes the first one.
    expect(page.get_by_label("Kop", exact=True)).not_to_have_value("")
    expect(page.get_by_label("Wat mensen kunnen doen")).not_to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page, CONTENT) == []


def test_16_11_a_logo_that_is_too_large_says_so_without_a_mouse_and_fields_show_all_their_edges(
    page: Page, office: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    enter_studio(page, office, Role.COMMUNICATIONS)
    chosen, below = (page.get_by_role("radio", name=name) for name in ("Het kan druk worden", "Het weekend komt eraan"))
    assert below.bounding_box()["y"] > chosen.bounding_box()["y"]  # type: ignore[index]
    edges = "e => [getComputedStyle(e).borderLeftColor, getComputedStyle(e).borderBottomColor]"
    assert len(set(below.evaluate(edges))) == 1
    page.get_by_text("Maak een huisstijl").click()
    name = page.get_by_label("Naam van uw organisatie")
    name.focus()
    assert name.evaluate("e => parseFloat(getComputedStyle(e).outlineOffset)") < 0
    big = {"name": "logo.png", "mimeType": "image/png", "buffer": b"0" * (2**20 + 1)}
    page.locator("input[type=file]").set_input_files(big)  # type: ignore[arg-type]
    why = page.get_by_test_id("stFileChip").get_by_role("alert")
    expect(why).to_have_text(re.compile("^Fout: Het bestand mag hoogstens"))
    assert why.bounding_box()["width"] > 100  # type: ignore[index]
