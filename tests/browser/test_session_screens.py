"""What a room has in its hands and before its eyes: choices in sight on small phones, a screen legible from afar."""

from datetime import date

from playwright.sync_api import Browser, Page, expect

from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import Session, make_session, open_session
from feedback.sessions.statements import LENGTH, add_statement
from tests.browser.looking import PHONE, WAIT, settled
from tests.browser.serving import SharedApp

SMALL = {"width": 320, "height": 640}
LONG = "Lees dit eerst rustig door. " * 30


def _evening(title: str) -> Session:
    made = make_session(title, kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "statements", "Stellingen over drukke dagen, " * 4, text=LONG)
    for text in ("W" * 5 + " woorden" * 16, "Minder auto's"):
        add_statement(made.id, text[:LENGTH], person=None, item_id=item.id, seed=True)
    return open_session(made.id)


def _in(browser: Browser, app: str, code: str | None, size: dict[str, int]) -> Page:
    phone = browser.new_context(viewport=size, locale="nl-NL", timezone_id="Europe/Amsterdam").new_page()  # type: ignore[arg-type]
    phone.goto(f"{app}/enter/{code}?lang=nl")
    expect(phone.locator(".st-key-ballot")).to_be_attached(timeout=WAIT)
    settled(phone)
    return phone


def test_16_07_all_choices_of_a_vote_are_in_sight_whatever_stands_above(browser: Browser, at_home: SharedApp) -> None:
    code = _evening("Klankbordavond met een lange naam: drukte aan zee, en hoe wij daar samen naar kijken").code
    for size in (PHONE, SMALL):
        phone = _in(browser, at_home.address, code, size)
        statement = phone.locator(".st-key-ballot h3")
        for part in (statement, *(phone.locator(".st-key-ballot button").nth(place) for place in range(3))):
            expect(part).to_be_in_viewport(ratio=1)
        expect(phone.get_by_text("Wie bent u vandaag?")).to_have_count(0)
        phone.locator(".st-key-ballot button").first.click()
        expect(statement).to_have_text("Minder auto's", timeout=WAIT)
        expect(phone.get_by_text("Wie bent u vandaag?")).to_be_attached()
        phone.context.close()
