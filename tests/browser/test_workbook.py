"""A workbook by hand: keep three results, put them in order, take them along, open them elsewhere, present them."""

import re
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import barriers
from tests.browser.looking import PHONE, forget, settled, turn_to, visit

WEEK = "De week van 3 t/m 9 augustus 2026"
SATURDAY = "at=2026-08-08T13:00Z"


def keep(page: Page, cell: str, note: str = "") -> None:
    """Keep a result, by keyboard."""
    footer = page.locator(f".st-key-cell-{cell}-footer")
    footer.get_by_role("button", name="Bewaar").press("Enter")
    if note:
        page.get_by_label("Een notitie erbij").press_sequentially(note)
    page.get_by_role("button", name="Bewaar in werkboek").press("Enter")
    expect(page.get_by_text("Bewaard in uw werkboek.")).to_be_visible()
    page.keyboard.press("Escape")
    settled(page)


def titles(page: Page) -> list[str]:
    return page.get_by_role("heading", level=2).all_text_contents()


def save(page: Page, button: str, path: Path) -> Path:
    page.get_by_role("button", name="Downloaden").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(path)
    page.keyboard.press("Escape")
    settled(page)
    return path


def test_three_results_are_kept_ordered_taken_along_and_opened(
    page: Page, browser: Browser, app: str, tmp_path: Path
) -> None:
    visit(page, f"{app}/?lang=nl&{SATURDAY}")
    keep(page, "week")
    keep(page, "calendar", note="Zaterdag <b>en</b> zondag")
    turn_to(page, f"/map?lang=nl&{SATURDAY}&view=levels")
    keep(page, "map")
    turn_to(page, "/workbook?lang=nl")
    expect(page.get_by_role("heading", level=2)).to_have_count(3)
    assert titles(page)[2] == "3. Zaterdag 8 augustus 2026, 15 uur"
    page.get_by_role("button", name="Omhoog").last.click()
    expect(page.get_by_role("heading", name="2. Zaterdag 8 augustus 2026, 15 uur")).to_be_visible()
    assert all(width > 0 for width in page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)"))

    exported = nbformat.read(save(page, "Als notebook", tmp_path / "werkboek.ipynb"), as_version=4)
    nbformat.validate(exported)
    assert sum("result" in cell.metadata.get("tags", []) for cell in exported.cells) == 3

    file = save(page, "Als pagina", tmp_path / "werkboek.html")
    offline = browser.new_context(offline=True).new_page()
    asked: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    offline.goto(file.as_uri())
    expect(offline.get_by_role("heading", level=2)).to_have_text(
        [
            f"1. {WEEK}",
            "2. Zaterdag 8 augustus 2026, 15 uur",
            "3. Alle plekken in één oogopslag",
        ]
    )
    expect(offline.get_by_text("Zaterdag <b>en</b> zondag")).to_be_visible()
    assert all(width > 500 for width in offline.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)"))
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert barriers(offline, also_minor=True) == []
    offline.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert offline.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_shared_workbook_is_read_by_others_and_edited_after_coming_back(page: Page, app: str) -> None:
    visit(page, f"{app}/?lang=nl&{SATURDAY}")
    keep(page, "week")
    keep(page, "busiest")
    turn_to(page, "/workbook?lang=nl")
    # The address opens the workbook, but gives nobody the pen; this browser has it of its own.
    expect(page).to_have_url(re.compile("wb=r[a-z2-7]{32}"))
    expect(page.get_by_role("button", name="Omlaag")).to_have_count(2)
    link = page.url
    assert barriers(page) == []

    page.get_by_role("button", name="Presenteren").click()
    expect(page.get_by_role("heading", level=1, name=WEEK)).to_be_visible()
    settled(page)
    laptop = page.viewport_size
    page.set_viewport_size({"width": 1920, "height": 1080})
    shown = page.locator('[class*="-on-screen"]').bounding_box()
    assert shown
    assert shown["width"] > 1700  # the screen is filled
    assert laptop
    page.set_viewport_size(laptop)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1, name="De drukste momenten")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Presenteren")).to_be_visible()

    page.get_by_text("Bekijk op de pagina").last.click()
    expect(page.get_by_role("heading", name="De drukste momenten")).to_be_visible()
    expect(page).to_have_url(re.compile("snapshot=20260803T06-"))

    forget(page)  # as in another browser
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, link)
    expect(page.get_by_role("heading", level=2)).to_have_text([f"1. {WEEK}", "2. De drukste momenten"])
    expect(page.get_by_role("button", name="Omlaag")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
