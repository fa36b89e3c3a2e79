"""An actor's week on a phone: from what must be decided to a calendar file that is read back."""

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from feedback.people.roles import Role
from tests.apptest.signing_in import cookies_of
from tests.browser.looking import PHONE, WAIT, settled, visit
from tests.browser.serving import SharedApp


def test_an_actors_week_goes_from_the_forecast_into_a_calendar(
    browser: Browser, served: SharedApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(served.home))
    context = browser.new_context(viewport=PHONE, locale="nl-NL", timezone_id="Europe/Amsterdam")  # type: ignore[arg-type]
    cookies = cookies_of(Role.PROFESSIONAL).items()
    context.add_cookies([{"name": name, "value": value, "url": served.address} for name, value in cookies])
    page = context.new_page()
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
    file = tmp_path / "week.ics"
    download.value.save_as(file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    mine = [one for one in events if str(one["SUMMARY"]) == "Meer personeel inroosteren"]
    assert len(mine) == asked.count()
    assert all(one.walk("VALARM") for one in mine)
    context.close()
