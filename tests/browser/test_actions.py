"""An action logged on a phone that lost its network, corrected later, and seen by the other organisation by itself."""

from playwright.sync_api import Browser, Page, expect

from feedback.people.codes import keyed
from feedback.people.invitations import invite
from feedback.people.organisations import Organisation
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in
from response.actions.log import entries
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from tests.browser.looking import LAPTOP, PHONE, WAIT, settled, visit
from tests.browser.serving import SharedApp

WORDS = "Borden staan, het loopt door."


def test_an_action_survives_a_dead_zone_is_corrected_and_seen_by_the_other_organisation(
    browser: Browser, at_home: SharedApp
) -> None:
    police = _page(browser, at_home, Organisation.POLICE, PHONE)
    town = _page(browser, at_home, Organisation.MUNICIPALITY, LAPTOP)
    town.get_by_text("Nu", exact=True).click()
    expect(town.get_by_role("heading", name="Dit moment")).to_be_visible(timeout=WAIT)
    police.get_by_text("Acties", exact=True).click()
    police.get_by_text("begonnen", exact=True).first.click()
    settled(police)
    for label, option in (("Kaart", "Borden"), ("Plekken", "De Pier")):
        police.get_by_role("combobox", name=label).first.click()
        police.get_by_role("option").filter(has_text=option).first.click()
        settled(police)
    police.keyboard.press("Escape")
    # Choices are kept when the server has answered, words at every stroke.
    kept = "() => JSON.parse(localStorage.csm).drafts['action-scheveningen']?.zones?.length === 1"
    police.wait_for_function(kept, timeout=WAIT)
    police.context.set_offline(True)
    police.locator("textarea").first.fill(WORDS)
    police.context.set_offline(False)
    police.reload()
    settled(police)
    police.get_by_text("Acties", exact=True).click()
    expect(police.locator("textarea").first).to_have_value(WORDS, timeout=WAIT)
    settled(police)
    police.get_by_role("button", name="Schrijf op").click()
    line = police.get_by_test_id("stExpander").filter(has_text="begonnen")
    expect(line).to_be_visible(timeout=WAIT)
    expect(town.get_by_text("Ingevoerd door: Politie.")).to_be_visible(timeout=WAIT)
    line.locator("summary").click()
    settled(police)
    police.get_by_role("textbox", name="Wat ervan kwam").fill("De boulevard liep leeg.")
    police.get_by_role("button", name="Bewaar", exact=True).click()
    expect(line.get_by_text("De boulevard liep leeg.").first).to_be_visible(timeout=WAIT)
    assert police.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    (kept,) = entries("scheveningen")
    assert kept.entry.texts == {"information": WORDS, "outcome": "De boulevard liep leeg."}
    assert (kept.organisation, kept.entry.zones) == ("police", ("pier",))
    for page in (police, town):
        page.context.close()


def _page(browser: Browser, served: SharedApp, organisation: Organisation, window: dict[str, int]) -> Page:
    """The playbook as a professional of an organisation has it open."""
    _, code = invite(Role.PROFESSIONAL, "Dienst", by=Role.STEWARD, organisation=organisation)
    entered = Entry(come_in(code, lambda _role: 3600)[1].id, keyed("person", organisation)[:32])
    context = browser.new_context(viewport=window, locale="nl-NL", timezone_id="Europe/Amsterdam")  # type: ignore[arg-type]
    context.add_cookies([{"name": VISIT, "value": visit_value([entered], 3600), "url": served.address}])
    page = context.new_page()
    visit(page, f"{served.address}/playbook?lang=nl")
    return page
