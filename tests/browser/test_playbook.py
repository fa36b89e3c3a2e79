"""The playbook in a browser: an actor's week to a calendar file that is read back, a changed trigger and what it would
have done, how often a room accepts to act for nothing, and two teams that play the Saturday."""

import re
from datetime import date
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from data.area.area import load_area
from feedback.people.roles import Role
from feedback.sessions.agenda import add_item
from feedback.sessions.rounds.needless import accept
from feedback.sessions.rounds.saturday import play_of
from feedback.sessions.sessions import close_session, make_session, open_session, reveal
from response.cards.history import back_to, revisions
from tests.browser.looking import LAPTOP, PHONE, WAIT, become, settled, visit
from tests.browser.serving import SharedApp


def test_an_actors_week_goes_from_the_forecast_into_a_calendar(page: Page, at_home: SharedApp, tmp_path: Path) -> None:
    become(page, at_home.address, Role.PROFESSIONAL)
    on_phone, on_laptop = (_calendar(page, at_home, window, tmp_path) for window in (PHONE, LAPTOP))
    assert on_phone == on_laptop


def _calendar(page: Page, served: SharedApp, window: dict[str, int], folder: Path) -> bytes:
    """Return the calendar file that somebody of the hospitality trade takes along, read back and as it was said."""
    page.set_viewport_size(window)  # type: ignore[arg-type]
    visit(page, f"{served.address}/playbook?lang=nl")
    expect(page.get_by_role("heading", name="Besluit vandaag")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing hangs over the edge"
    page.get_by_text("Mijn week", exact=True).click()
    settled(page)
    page.get_by_role("combobox", name="Ik ben").click()
    page.get_by_role("option", name="Horeca").click()
    settled(page)
    asked = page.get_by_role("listitem").filter(has_text="Meer personeel inroosteren")
    expect(asked.first).to_contain_text("voor 16 uur")
    with page.expect_download() as download:
        page.get_by_role("button", name="Mijn agenda (.ics)").click()
    file = folder / "week.ics"
    download.value.save_as(file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    mine = [one for one in events if str(one["SUMMARY"]) == "Meer personeel inroosteren"]
    assert len(mine) == asked.count()
    assert all(one.walk("VALARM") for one in mine)
    return file.read_bytes()


def test_a_professional_changes_a_trigger_and_sees_what_it_would_have_done(page: Page, at_home: SharedApp) -> None:
    area = load_area("scheveningen")
    become(page, at_home.address, Role.PROFESSIONAL)
    visit(page, f"{at_home.address}/playbook?lang=nl")
    page.get_by_text("Kaarten", exact=True).click()
    settled(page)
    page.get_by_text("Verander deze kaart").click()
    before, after = _called(page, "Zoals hij is"), _called(page, "Zoals u hem verandert")
    assert before == after > 0
    page.get_by_role("spinbutton", name="Vanaf welke kans").fill("9")
    page.keyboard.press("Enter")
    expect(_told(page, "Zoals u hem verandert")).not_to_contain_text(f"nodig op {before} van", timeout=WAIT)
    settled(page)
    assert _called(page, "Zoals hij is") == before
    assert 0 < _called(page, "Zoals u hem verandert") < before
    page.get_by_role("textbox", name="Waarom? Collega's lezen dit.").first.fill("Minder vaak voor niets.")
    page.get_by_role("button", name="Bewaar de wijziging").click()
    expect(page.get_by_text("De kaart is veranderd.").first).to_be_visible(timeout=WAIT)
    (kept,) = revisions(area.id)
    assert kept.reason == "Minder vaak voor niets."
    back_to(area, 0, role=Role.PROFESSIONAL, reason="Voor wie hierna komt.")


def _told(page: Page, how: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=f"{how}: nodig op").filter(has_text="dagen, waarvan")


def _called(page: Page, how: str) -> int:
    """Return on how many days of a year a card was called for, as it stands or as it is being changed."""
    expect(_told(page, how)).to_be_visible(timeout=WAIT)
    found = re.search(r"nodig op (\d+) van 36\d dagen", _told(page, how).inner_text())
    assert found, _told(page, how).inner_text()
    return int(found[1])


def test_a_session_answers_how_often_for_nothing(page: Page, at_home: SharedApp) -> None:
    made = make_session("Hoe vaak mag het?", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "needless", "Hoe vaak voor niets?")
    open_session(made.id)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    become(page, at_home.address, Role.PARTICIPANT, sessions=(made.id,))
    visit(page, f"{at_home.address}/join?lang=nl&session={made.id}")
    page.get_by_text("bewoners", exact=True).click()
    page.get_by_role("button", name="3 keer").click()
    expect(page.get_by_text("U handelt dan vanaf een kans van 1 op 4.")).to_be_visible(timeout=WAIT)
    for number in range(4):
        accept(made.id, item.id, 9, "resident", person=f"resident {number}")
    reveal(item.id)
    expect(page.get_by_text("Bewoner: 9 keer. Dat is handelen vanaf een kans van 1 op 10.")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    close_session(made.id)


def test_two_teams_play_the_saturday(page: Page, at_home: SharedApp) -> None:
    made = make_session("Spelen", kind="kennistafel", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "saturday", "Speel de zaterdag")
    open_session(made.id)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    card = "Extra strandopgang bij het Noorderstrand"
    _play(page, at_home, made.id, 1, card)
    expect(page.get_by_role("listitem").filter(has_text="Team 1:")).to_contain_text("€ 1.500")
    _play(page, at_home, made.id, 2, None)
    expect(page.get_by_role("listitem").filter(has_text="Team 2:")).to_contain_text("€ 0")
    expect(page.get_by_text("Team 1:")).to_have_count(0)
    assert play_of(item.id, 1).cards == {"extra-strandopgang"}
    assert play_of(item.id, 2).cards == frozenset()
    reveal(item.id)
    page.reload()
    expect(page.get_by_role("heading", name="Alle teams")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _play(page: Page, served: SharedApp, session: str, team: int, card: str | None) -> None:
    """Play to the end as a team that turns over this card."""
    become(page, served.address, Role.PARTICIPANT, sessions=(session,))
    visit(page, f"{served.address}/join?lang=nl&session={session}")
    page.get_by_role("radio", name=str(team), exact=True).click()
    expect(page.get_by_role("heading", name="Woensdag 5 augustus")).to_be_visible(timeout=WAIT)
    settled(page)
    if card:
        page.get_by_text(card).click()
        settled(page)
    for day in ("Donderdag 6", "Vrijdag 7", "Zaterdag 8"):
        page.get_by_role("button", name="Ga verder naar de volgende dag").click()
        expect(page.get_by_role("heading", name=day)).to_be_visible(timeout=WAIT)
        settled(page)
    page.get_by_role("button", name="Kijk hoe het afliep").click()
    expect(page.get_by_role("heading", name="Wat niemand kon weten")).to_be_visible(timeout=WAIT)
