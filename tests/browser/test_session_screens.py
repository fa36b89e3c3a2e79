"""What a room has in its hands and before its eyes: choices in sight on small phones, a screen legible from afar."""

import re
from datetime import date

from playwright.sync_api import Browser, Page, expect

from feedback.people.invitations import invite
from feedback.people.roles import Role
from feedback.people.sign_ins import end, listed
from feedback.sessions.agenda import add_item, agenda
from feedback.sessions.responses import type_in
from feedback.sessions.sessions import Session, make_session, open_session, reveal, show_item
from feedback.sessions.statements import LENGTH, add_statement, vote
from feedback.sessions.statements import statements as published
from tests.browser.looking import LAPTOP, PHONE, SMALL, WAIT, forget, settled, visit
from tests.browser.serving import SharedApp
from tests.unit.moderators import publish_all

PROJECTOR = {"width": 1920, "height": 1080}
LEGIBLE = 28
"""Pixels of the smallest text on a screen of 1920 × 1080: read at ten metres."""
LONG = "Lees dit eerst rustig door. " * 30


def _evening(title: str) -> Session:
    made = make_session(title, kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "statements", "Stellingen over drukke dagen, " * 4, text=LONG)
    for text in ("W" * 5 + " woorden" * 16, "Minder auto's"):
        add_statement(made.id, text[:LENGTH], person=None, item_id=item.id, seed=True)
    return open_session(made.id)


def test_16_07_all_choices_of_a_vote_are_in_sight_whatever_stands_above(page: Page, at_home: SharedApp) -> None:
    code = _evening("Klankbordavond met een lange naam: drukte aan zee, en hoe wij daar samen naar kijken").code
    for size in (PHONE, SMALL):
        forget(page)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{at_home.address}/enter/{code}?lang=nl")
        expect(page.locator(".st-key-ballot")).to_be_attached(timeout=WAIT)
        settled(page)
        statement = page.locator(".st-key-ballot h3")
        for part in (statement, *(page.locator(".st-key-ballot button").nth(place) for place in range(3))):
            expect(part).to_be_in_viewport(ratio=1)
        expect(page.get_by_text("Wie bent u vandaag?")).to_have_count(0)
        first = statement.inner_text()  # which one has the fewest votes differs, once the other phone voted
        page.locator(".st-key-ballot button").first.click()
        expect(statement).not_to_have_text(first, timeout=WAIT)
        expect(page.get_by_text("Wie bent u vandaag?")).to_be_attached()


SMALLEST = """() => {
  const sizes = (root, closer) => [...root.querySelectorAll("body *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
      && e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().height > 1
      && !["SCRIPT", "STYLE", "OPTION"].includes(e.tagName))
    .map((e) => [parseFloat(getComputedStyle(e).fontSize) * closer, e.textContent.trim().slice(0, 40)])
  const found = sizes(document, 1)
  for (const frame of document.querySelectorAll("iframe"))
    found.push(...sizes(frame.contentDocument, frame.getBoundingClientRect().width / frame.contentWindow.innerWidth))
  return found.sort((a, b) => a[0] - b[0])[0]
}"""


def test_16_09_the_screen_of_the_room_has_no_buttons_and_nothing_too_small_to_read(
    page: Page, at_home: SharedApp
) -> None:
    evening = _evening("Avond op de projector")
    question = add_item(evening.id, "question", "Wat mist u op een drukke dag?", minutes=5)
    publish_all(type_in(evening.id, question.id, ["Schaduw", "Een latere tram"]))
    look = add_item(evening.id, "look", "Zaterdag", target="map?area=scheveningen&at=2026-08-08T13:00Z&view=levels")
    limits = add_item(evening.id, "thresholds", "Wanneer is het te druk?")
    (statements, *_) = agenda(evening.id)
    for number in range(16):
        for index, one in enumerate(published(evening.id)):
            vote(one.id, 1 if (number + index) % 2 else -1, person=f"projector {number}")
    _, code = invite(Role.FACILITATOR, "projector", by=Role.STEWARD)
    screen = page
    screen.set_viewport_size(PROJECTOR)  # type: ignore[arg-type]
    screen.goto(f"{at_home.address}/enter/{code}?lang=nl")
    screen.get_by_role("button", name="Verder").click()
    settled(screen)
    screen.goto(f"{at_home.address}/present/{evening.id}?lang=nl")
    for item, shown, sign in (
        (statements, False, ".hidden.beside b"),
        (statements, True, ".found p"),
        (question, False, ".hidden b"),
        (question, True, ".wall p"),
        (limits, False, "iframe"),
        (look, False, "iframe"),
    ):
        show_item(evening.id, item.id)
        reveal(item.id, shown)
        expect(screen.get_by_role("heading", level=1)).to_have_text(item.title, timeout=WAIT)
        expect(screen.locator(sign).first).to_be_visible(timeout=WAIT)
        if item is limits:
            place = screen.frame_locator("iframe").locator("strong.csm-pictured")
            expect(place).to_have_text("Noorderstrand", timeout=WAIT)
            expect(place).to_be_in_viewport(ratio=1)
        if item is look:
            map_ = screen.frame_locator("iframe").get_by_test_id("stDeckGlJsonChart")
            expect(map_.first).to_be_visible(timeout=WAIT)
            settled(screen.frames[-1])
            expect(map_).to_have_count(1, timeout=WAIT)
            expect(screen.frame_locator("iframe").locator(".csm-pictured").first).to_be_in_viewport(ratio=1)
            expect(map_.get_by_role("button", name="Zoom in")).to_have_count(0)
        size, text = screen.evaluate(SMALLEST)
        assert size >= LEGIBLE - 0.01, text
        assert screen.locator("button").count() == 0
    remote = page.context.new_page()
    remote.goto(f"{at_home.address}/present/{evening.id}/remote?lang=nl")
    remote.get_by_role("button", name="Terug").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text(question.title, timeout=WAIT)
    expect(remote.get_by_role("heading", level=1)).to_have_text(f"2. {question.title}")


def test_16_14_one_press_of_back_leads_to_the_page_before(page: Page, at_home: SharedApp) -> None:
    visit(page, f"{at_home.address}/?lang=nl")
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Meedoen").click()
    page.wait_for_url("**/join**", timeout=WAIT)
    settled(page)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page).not_to_have_url(re.compile("/join"), timeout=WAIT)


def test_16_01_two_facilitators_see_each_other_and_16_10_one_who_is_ended_changes_nothing(
    page: Page, browser: Browser, at_home: SharedApp
) -> None:
    evening = _evening("Avond met zijn tweeën")
    add_item(evening.id, "question", "Wat mist u?", minutes=5)
    desks = {"eerste": page, "tweede": browser.new_context(viewport=LAPTOP, locale="nl-NL").new_page()}  # type: ignore[arg-type]
    for name, desk in desks.items():
        _, code = invite(Role.FACILITATOR, f"{name} van twee", by=Role.STEWARD)
        desk.goto(f"{at_home.address}/enter/{code}?lang=nl")
        desk.get_by_role("button", name="Verder").click()
        settled(desk)
        visit(desk, f"{at_home.address}/sessions?lang=nl&session={evening.id}")
    first, second = desks.values()
    top = second.locator('[class*="st-key-agenda-"] p').first
    expect(top).to_contain_text("1. Stellingen", timeout=WAIT)
    first.get_by_role("button", name=re.compile(r"\bOmlaag$")).first.click()
    expect(top).to_contain_text("1. Wat mist u?", timeout=WAIT)
    (theirs,) = (one.sign_in.id for one in listed((Role.FACILITATOR,)) if one.label == "tweede van twee")
    end(theirs, by=Role.STEWARD)
    second.get_by_role("button", name=re.compile(r"\bOmlaag$")).first.click()
    expect(second.get_by_text("niet (meer) voor").or_(second.get_by_text("Dit is voor")).first).to_be_visible(
        timeout=WAIT
    )
    expect(second.get_by_role("button", name=re.compile(r"\bOmlaag$"))).to_have_count(0)
    assert agenda(evening.id)[0].title == "Wat mist u?"
