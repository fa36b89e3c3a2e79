"""What it did, in hands: counts arrive and an effect is seen, it is adopted, and a trail leads there from a remark."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from data.area.area import Area, load_area
from data.area.effects import FILE
from data.keeping.home import area_home
from data.keeping.real_time import real_now
from feedback.contributions.contributions import Contribution, send
from feedback.contributions.moderation import publish
from feedback.people.participants import author_of_phone
from feedback.people.roles import Role
from feedback.sessions.advice import answer_advice, give_advice
from feedback.sessions.sessions import make_session
from response.actions.log import log, read_entry
from response.cards.history import HISTORY, adopt_card
from response.effects.adopting import adopt_effect
from response.effects.reading import findings
from tests.added_town import TRUE, add_card, add_town, delivered, freeze_days, log_days, not_yet_counted
from tests.browser.looking import PHONE, become, forget, settled, turn_to, visit
from tests.browser.serving import SharedApp
from tests.unit.moderators import as_seen

AREA, CARD = "scheveningen", "strandweg-autovrij"


@pytest.fixture
def town(at_home: SharedApp, tmp_path: Path) -> Iterator[Area]:
    """A town that was added from files, for as long as a test lasts."""
    town = add_town(tmp_path, date(2026, 5, 20))
    add_card(town)
    yield town
    shutil.rmtree(area_home(town.id))


@pytest.fixture
def _decided_anew(at_home: SharedApp) -> Iterator[None]:
    """Take back what was decided on cards and effects of the practice world."""
    yield
    for name in (HISTORY, FILE):
        (area_home(AREA) / name).unlink(missing_ok=True)


def test_counts_arrive_and_the_effect_appears(page: Page, at_home: SharedApp, town: Area, tmp_path: Path) -> None:
    draw = np.random.default_rng(4)
    days = [date(2026, 6, 1) + timedelta(days=step) for step in range(24)]
    acted = sorted(draw.choice(days, 10, replace=False).tolist())
    freeze_days(town, days, draw)
    log_days(town, acted)
    late = delivered(acted, days, draw)
    not_yet_counted(town, late)
    late.to_csv(tmp_path / "late.csv", index=False)

    become(page, at_home.address, Role.STEWARD)
    visit(page, f"{at_home.address}/playbook?lang=nl&area={town.id}")
    _part(page, "Effecten")
    expect(page.get_by_text("Dit weten wij nog niet")).to_be_visible()
    turn_to(page, f"/manage?lang=nl&area={town.id}")
    _part(page, "Gegevens")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "late.csv")
    page.get_by_role("button", name="Neem dit in gebruik").click()
    expect(page.get_by_text("Ingelezen: 144 nieuwe uren, 0 veranderd.")).to_be_visible()
    turn_to(page, f"/playbook?lang=nl&area={town.id}")
    _part(page, "Effecten")
    (found,) = findings(town)
    assert found.shares is not None
    low, effect, high = sorted(round(-100 * share) for share in found.shares)
    assert low < 100 * (1 - TRUE) < high
    said = f"Minder druk dan verwacht: ongeveer {effect}% ({low} tot {high}%), 10 dagen."
    expect(page.get_by_text(said)).to_be_visible()


@pytest.mark.usefixtures("_decided_anew")
def test_an_effect_that_is_adopted_is_measured_on_the_scenario_page_and_its_card(
    page: Page, at_home: SharedApp
) -> None:
    become(page, at_home.address, Role.PROFESSIONAL)
    visit(page, f"{at_home.address}/scenarios?lang=nl")
    _part(page, "Maatregelen")
    assumed = page.get_by_text("Aanname: van wie met de auto komt")
    expect(assumed).to_be_visible()
    _menu(page, "Draaiboek")
    _part(page, "Effecten")
    known = page.get_by_text(re.compile("Minder druk dan verwacht: ongeveer .* dagen"))
    expect(known).to_be_visible()
    (days,) = re.findall(r"(\d+) dagen", known.inner_text())
    page.locator("summary", has_text="Stel het vast voor scenario's en kaarten").click()
    page.get_by_role("textbox", name="Welk overleg besluit?").fill("Werkgroep")
    page.get_by_role("textbox", name="Waarom? Collega's lezen dit.").fill("Deze dagen zeggen genoeg.")
    page.get_by_role("button", name="Stel het vast voor scenario's en kaarten").click()
    expect(page.get_by_text("Vastgesteld voor gebruik door Werkgroep")).to_be_visible()
    source = f"Gemeten op {days} dagen van de oefenwereld, vastgesteld door Werkgroep"
    _part(page, "Week")
    page.get_by_text(re.compile("Toon alle .* kaarten")).click()
    settled(page)
    page.get_by_text(re.compile("Strandweg dicht voor auto's")).first.click()
    expect(page.get_by_text(source).first).to_be_visible()
    _menu(page, "Wat als?")
    _part(page, "Maatregelen")
    expect(page.get_by_text(source)).to_be_visible()
    expect(page.locator(".stMarkdownBadge", has_text="gemeten")).to_have_count(1)
    expect(assumed).to_have_count(0)


@pytest.mark.usefixtures("_decided_anew")
def test_a_trail_leads_from_a_remark_to_the_measured_effect(page: Page, at_home: SharedApp) -> None:
    area, me = load_area(AREA), author_of_phone(f"a phone {uuid4()}")
    remark = send(Contribution(str(uuid4()), AREA, "resident", "nl", "Te veel auto's op de Strandweg"), me)
    publish(as_seen(remark.id), "facilitator")
    evening = make_session("Avond over de Strandweg", kind="klankbordgroep", day=date(2026, 8, 4), area=AREA)
    links = (("contribution", remark.id),)
    advice = give_advice(evening.id, "Sluit de Strandweg voor auto's.", due=date(2099, 1, 1), links=links)
    answer_advice(advice.id, "adopted", "Dat doen wij.", answered_by="Gemeente")
    how = {"role": "professional", "reason": "Afgesproken na het advies."}
    adopt_card(area, CARD, by="Werkgroep", on=date(2026, 8, 1), advice=advice.number, **how)
    entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now(), "zones": ["strand-zuid"]}
    log(read_entry(entry | {"card": CARD, "texts": {"outcome": "De weg was dicht."}}), area)

    become(page, at_home.address, Role.PROFESSIONAL)
    visit(page, f"{at_home.address}/trail?lang=nl")
    page.get_by_role("combobox", name="Welk advies?").click()
    page.get_by_role("option", name=f"Advies {advice.number}:").click()
    settled(page)
    expect(page.get_by_text("Wat het deed is nog niet gemeten")).to_be_visible()
    assert f"advice={advice.number}" in page.url
    (found,) = findings(area, CARD)
    assert found.shares is not None
    adopt_effect(area, found, body="Werkgroep", **how)
    page.reload()
    steps = (
        "“Te veel auto's op de Strandweg”",
        "Sluit de Strandweg voor auto's.",
        "Dat doen wij.",
        "De kaart 'Strandweg dicht voor auto's' is vastgesteld door Werkgroep.",
        "De weg was dicht.",
        f"ongeveer {round(-100 * found.shares[0])}% minder druk, gemeten op {len(found.treated)} dagen.",
    )
    _stand_in_order(page, steps)
    expect(page.get_by_text("nog niet gemeten")).to_have_count(0)

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    forget(page)
    visit(page, f"{at_home.address}/trail?lang=nl")
    page.get_by_role("textbox", name="Uw code van vijf woorden").fill(me.code)
    page.keyboard.press("Enter")
    _stand_in_order(page, [step for step in steps if step != "De weg was dicht."])
    expect(page.get_by_text("De weg was dicht.")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _stand_in_order(page: Page, steps: Sequence[str]) -> None:
    expect(page.get_by_text(steps[-1])).to_be_visible()
    told = _told(page)
    assert all(step in told for step in steps), told
    places = [told.index(step) for step in steps]
    assert places == sorted(places), "from the remark to the effect"


def _told(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def _menu(page: Page, name: str) -> None:
    """Go on to a page as the menu does, which keeps what is looked at."""
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settled(page)


def _part(page: Page, name: str) -> None:
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settled(page)
