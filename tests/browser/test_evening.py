"""A whole evening, as a room lives it: link, agenda, phones, projector, moderation, report, and erasing afterwards."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from data.area.area import load_area
from feedback.sessions.sessions import list_sessions
from feedback.sessions.statements import tally
from feedback.upkeep.backup import backup
from feedback.upkeep.erasure import finish_erasures
from tests.browser.looking import PHONE, WAIT, choose, drawn, on_screen, settled, visit
from tests.browser.serving import SharedApp
from visuals.base.framing import FURTHER

TITLE = "Avond aan zee"
WORD = "schelpenpadverlichting"
"""A word that nobody else writes, to be looked for after it was erased."""
PUBLISH = re.compile(r"\bPubliceren$")
"""A button's name begins with that of its icon."""
SATURDAY = "map?area=scheveningen&at=2026-08-08T13:00Z&view=levels"
AWAY = float(os.environ.get("CSM_AWAY_SECONDS", "0"))
"""How long a phone is gone: for the ten minutes of a real evening, CSM_AWAY_SECONDS=600."""
STATEMENTS = ("Meer prullenbakken op het strand.", "De boulevard autovrij op drukke dagen.")


def test_an_evening(page: Page, browser: Browser, at_home: SharedApp) -> None:
    app = at_home.address
    _enter_as_facilitator(page, app, at_home.home)
    session_id, code = _make_and_open(page, app)
    screen = page.context.new_page()
    screen.goto(f"{app}/present/{session_id}?lang=nl")
    expect(screen.get_by_text(f"{code[:3]} {code[3:]}".upper())).to_be_visible(timeout=WAIT)
    remote = page.context.new_page()
    remote.goto(f"{app}/present/{session_id}/remote?lang=nl")
    anna, bram = (_join(browser, app, code) for _ in range(2))
    expect(screen.locator("#present b")).to_have_text("2", timeout=WAIT)

    _say(anna, f"Zorg voor {WORD} bij de Pier")
    # Bram's phone goes away while he types, and comes back.
    bram.locator("textarea").first.press_sequentially("Meer schaduw graag")
    address, kept = bram.url, bram.context
    bram.close()
    page.wait_for_timeout(1000 * AWAY)
    bram = kept.new_page()
    visit(bram, address)
    expect(bram.locator("textarea").first).to_have_value("Meer schaduw graag", timeout=WAIT)
    bram.get_by_role("button", name="Versturen").click()
    expect(bram.get_by_text("Een moderator leest het eerst").first).to_be_visible(timeout=WAIT)

    expect(screen.get_by_text("2 wachten op de moderator")).to_be_visible(timeout=WAIT)
    _publish_all(page, app, session_id, 2)
    expect(screen.locator(".hidden b")).to_have_text("2", timeout=WAIT)
    expect(screen.get_by_text(WORD)).to_have_count(0)
    remote.get_by_role("button", name="Toon antwoorden").click()
    expect(screen.locator(".wall p")).to_have_count(2, timeout=WAIT)
    expect(screen.locator(".wall")).to_contain_text(WORD)
    remote.get_by_role("button", name="Verberg antwoorden").click()
    expect(screen.locator(".wall")).to_have_count(0, timeout=WAIT)

    remote.get_by_role("button", name="Volgende punt").click()
    expect(screen.get_by_role("heading", name="Stellingen")).to_be_visible()
    for phone, votes in ((anna, "Eens"), (bram, "Oneens")):
        visit(phone, phone.url)
        for done, _ in enumerate(STATEMENTS, 1):
            choice = phone.get_by_role("button", name=re.compile(rf"\b{votes}$"))
            # The ballot of before goes when the next one has come: for a moment there are two.
            expect(choice).to_have_count(1, timeout=WAIT)
            choice.click()
            expect(phone.get_by_text(f"{done} van {len(STATEMENTS)} stellingen")).to_be_visible(timeout=WAIT)
        expect(phone.get_by_text("alle stellingen gestemd")).to_be_visible(timeout=WAIT)
    bram.get_by_text("Voeg zelf een stelling toe").click()
    # The last vote may still be drawn, and the expander be opening: a press on what moves away is no press.
    expect(bram.get_by_role("button", name="Voeg toe")).to_be_visible(timeout=WAIT)
    settled(bram)
    bram.locator("textarea").first.fill("De laatste tram moet later rijden")
    bram.get_by_role("button", name="Voeg toe").click()
    expect(bram.get_by_text("Een moderator leest het eerst").first).to_be_visible(timeout=WAIT)
    _publish_all(page, app, session_id, 1)
    expect(screen.get_by_text("De laatste tram moet later rijden")).to_be_visible(timeout=WAIT)
    counted = tally(session_id)
    assert (counted["agrees"].sum(), counted["disagrees"].sum()) == (2, 2)

    remote.get_by_role("button", name="Volgende punt").click()
    _see_only_the_map(screen)
    for one in (screen, remote):  # a map that stays open goes on drawing
        one.close()
    _contribute_a_place(anna)
    _close_and_read_the_report(page, app, session_id)
    _erase_everything(anna, app)
    for phone in (anna, bram):
        phone.close()
    _nothing_is_left(at_home.home)


def _enter_as_facilitator(page: Page, app: str, home: Path) -> None:
    log = (home / "server.log").read_text()
    (link,) = re.findall(r"(?:gespreksleider|facilitator)[^:]*: http://localhost:\d+(/enter/[a-z-]+)", log)
    page.goto(f"{app}{link}?lang=nl")
    page.get_by_role("button", name="Verder").click()
    settled(page)


def _make_and_open(page: Page, app: str) -> tuple[str, str]:
    visit(page, f"{app}/sessions?lang=nl")
    page.get_by_label("Titel", exact=True).fill(TITLE)
    page.get_by_role("button", name="Maak de sessie").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible(timeout=WAIT)
    settled(page)
    _put_on_agenda(page, "Open vraag", "Wat mist u op een drukke dag?", 1)
    _put_on_agenda(page, "Stellingen", "Stellingen", 2)
    for text in STATEMENTS:
        page.get_by_label("Stelling om mee te beginnen").fill(text)
        page.get_by_role("button", name="Toevoegen", exact=True).click()
        expect(page.locator("li", has_text=text)).to_be_visible(timeout=WAIT)
        settled(page)
    _put_on_agenda(page, "Samen kijken", "Zaterdag bij de Pier", 3, seen_at=f"{app}/{SATURDAY}")
    page.get_by_role("button", name="Open de sessie").click()
    expect(page.get_by_role("button", name="Sluit de sessie")).to_be_visible(timeout=WAIT)
    (opened,) = (one for one in list_sessions("open") if one.title == TITLE)
    assert opened.code
    assert opened.snapshot
    return opened.id, opened.code


def _put_on_agenda(page: Page, kind: str, title: str, number: int, *, seen_at: str | None = None) -> None:
    if not page.get_by_label("Soort punt").is_visible():
        page.get_by_text("Voeg een punt toe").click()
    choose(page, "Soort punt", kind)
    settled(page)
    page.get_by_label("Titel van het punt").fill(title)
    if seen_at:
        page.get_by_label("Adres van wat u bekijkt").fill(seen_at)
    page.get_by_role("button", name="Zet op de agenda").click()
    expect(page.get_by_text(f"{number}. {title}")).to_be_visible(timeout=WAIT)
    settled(page)


def _join(browser: Browser, app: str, code: str) -> Page:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", timezone_id="Europe/Amsterdam")
    phone = context.new_page()
    phone.goto(f"{app}/enter")
    phone.get_by_label("Code").fill(f"{code[:3]} {code[3:]}".upper())
    phone.get_by_role("button", name="Verder").click()
    expect(phone.get_by_role("heading", name="Wat mist u op een drukke dag?")).to_be_visible(timeout=WAIT)
    settled(phone)
    return phone


def _say(phone: Page, text: str) -> None:
    """Type and send by a press that leaves the focus in the field, as one by voice or by a screen reader does."""
    phone.locator("textarea").first.fill(text)
    phone.evaluate("addEventListener('mousedown', press => press.preventDefault(), { once: true, capture: true })")
    phone.get_by_role("button", name="Versturen").click()
    expect(phone.get_by_text("Dank u wel").first).to_be_visible(timeout=WAIT)


def _publish_all(page: Page, app: str, session_id: str, waiting: int) -> None:
    visit(page, f"{app}/sessions?lang=nl&session={session_id}")
    for left in range(waiting, 0, -1):
        buttons = page.get_by_role("button", name=PUBLISH)
        expect(buttons).to_have_count(left, timeout=WAIT)
        buttons.first.click()
        settled(page)
    expect(page.get_by_role("button", name=PUBLISH)).to_have_count(0, timeout=WAIT)


def _see_only_the_map(screen: Page) -> None:
    shown = screen.frame_locator("iframe")
    # As long as a page learns how wide it is, the map of before stands beside the new one.
    expect(shown.get_by_test_id("stDeckGlJsonChart")).to_have_count(1, timeout=WAIT)
    for control in ("Uitloggen", "Modereren"):
        expect(shown.get_by_role("link", name=control)).to_have_count(0)


def _contribute_a_place(phone: Page) -> None:
    visit(phone, phone.url)
    phone.get_by_text("Hoe druk voelde het? Wijs de plek aan").click()
    phone.get_by_text("Kies de plek op de kaart").click()
    assert drawn(phone)
    for _ in range(10):
        # A first tap may come before the map listens.
        box = phone.get_by_test_id("stDeckGlJsonChart").bounding_box()
        assert box
        phone.mouse.click(*on_screen(box, load_area("scheveningen").seen_from(FURTHER), "pier"))
        phone.wait_for_timeout(1500)
        if "zone=pier" in phone.url:
            break
    expect(phone.get_by_role("combobox", name="Waar?")).to_have_value("De Pier", timeout=WAIT)
    for choice in ("te druk", "Bewoner"):
        phone.locator('[data-testid="stButtonGroup"] button', has_text=choice).last.click()
        settled(phone)
    phone.locator("textarea").last.fill(f"Bij de Pier hielp {WORD} niet")
    phone.get_by_role("button", name="Versturen").last.click()
    expect(phone.get_by_text("Uw reactie is bewaard")).to_be_visible(timeout=WAIT)


def _close_and_read_the_report(page: Page, app: str, session_id: str) -> None:
    visit(page, f"{app}/sessions?lang=nl&session={session_id}")
    page.get_by_label("Verslag: wat er is gezegd en afgesproken").fill("Een goed gesprek over schaduw en trams.")
    page.get_by_role("button", name="Sluit af en maak het verslag").click()
    page.get_by_role("button", name="Stel het verslag vast").first.click()
    page.get_by_role("button", name="Ja, stel het verslag vast").click()
    expect(page.get_by_text("verslag vastgesteld").first).to_be_visible(timeout=WAIT)
    page.goto(f"{app}/report/{session_id}.html?lang=nl")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("Een goed gesprek")).to_be_visible()
    expect(page.get_by_text("Meer schaduw graag")).to_be_visible()
    expect(page.get_by_text("OEFENGEGEVENS").first).to_be_visible()
    assert page.locator("img").first.get_attribute("alt")
    for form in ("docx", "zip"):
        assert page.request.get(f"{app}/report/{session_id}.{form}").ok


def _erase_everything(phone: Page, app: str) -> None:
    visit(phone, f"{app}/privacy?lang=nl")
    phone.get_by_role("button", name="Alles wissen").first.click()
    phone.get_by_role("button", name="Ja, wis alles wat van mij is").first.click()
    expect(phone.get_by_text("Gewist").first).to_be_visible(timeout=WAIT)


def _nothing_is_left(home: Path) -> None:
    # A phone that is reading just then leaves the erasure pending, as its receipt says; the server tries again later.
    assert any(finish_erasures() for _ in range(60))
    files = [*home.glob("feedback.db*"), backup()]
    with closing(sqlite3.connect(home / "feedback.db")) as db:
        db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'contributions_search', 'row')")
        words = {row[0] for row in db.execute("SELECT term FROM temp.vocabulary")}
    assert WORD not in words
    for file in files:
        assert WORD.encode() not in file.read_bytes(), file.name
