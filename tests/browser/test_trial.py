"""A trial in hands, from the lots to its result: drawn in sight, broken off for a day, and read by everybody."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping.acts import by_owner
from data.upkeep.delivering import look_at, take_in
from feedback.people.roles import Role
from language import language
from language.plain import joined
from tests.added_town import TOWN, TRUE, add_card, add_town, delivered, freeze_days
from tests.browser.at_a_moment import COMMAND, set_moment
from tests.browser.looking import PHONE, become, choose, forget, settled, visit
from tests.browser.serving import SharedApp, served_by

BEFORE, DURING, AFTER = (datetime(2026, month, day, 6, tzinfo=UTC) for month, day in ((7, 6), (7, 20), (9, 21)))
QUESTION, SEED = "Helpen de borden?", "4711"
DAYS = [date(2026, 7, 18) + timedelta(days=7 * week + day) for week in range(10) for day in range(2)]
ON = sorted(sorted(DAYS, key=lambda day: hashlib.sha256(f"{SEED}/{day}".encode()).hexdigest())[:10])
"""The weekends that the form proposes on that Monday, and which of their days the lots are for."""


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """An app of its own in which weeks go by, with a town that lives by its clock."""
    folder = tmp_path_factory.mktemp("then")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(folder))
        town = add_town(tmp_path_factory.mktemp("files"), date(2026, 5, 20))
        add_card(town)
        set_clock(town, None)
        set_moment(folder, BEFORE)
        with served_by(folder, within=COMMAND) as (address, pid):
            yield SharedApp(address, folder, pid)


@pytest.mark.soak
def test_a_trial_goes_from_its_lots_to_its_result_whatever_is_broken_off(
    page: Page, then: SharedApp, tmp_path: Path
) -> None:
    lang, trials = language("nl"), f"{then.address}/trials?lang=nl&area={TOWN}"
    become(page, then.address, Role.PROFESSIONAL)
    visit(page, trials)
    _plan(page)
    drawn = joined([lang.date(day, "EEE d MMM") for day in ON], lang)
    expect(page.get_by_text(f"Geloot, ermee: {drawn}.")).to_be_visible()
    page.get_by_role("button", name="Zet dit plan vast").click()
    expect(page.get_by_text("Het plan staat vast.")).to_be_visible()
    expect(page.get_by_text("Er komen nog 20 dagen.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Wat wilt u weten?")).to_have_value("")

    set_moment(then.home, DURING)
    visit(page, trials)
    expect(page.get_by_text("Er komen nog 18 dagen.")).to_be_visible()
    page.get_by_text("Een dag afbreken").click()
    settled(page)
    choose(page, "Dag", lang.date(ON[0], "EEE d MMM y"))
    page.get_by_role("textbox", name="Waarom? Iedereen kan dit lezen.").fill("Storm voorspeld.")
    page.get_by_role("button", name="Breek af").click()
    expect(page.get_by_text("De dag staat genoteerd als afgebroken.")).to_be_visible()

    _weeks_go_by(then, tmp_path)
    forget(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, trials)
    found = page.get_by_text(re.compile("Ermee was het ongeveer"))
    expect(found).to_be_visible()
    effect, low, high = map(int, re.findall(r"(\d+)", found.inner_text())[:3])
    assert low < 100 * (1 - TRUE) < high
    assert effect == pytest.approx(100 * (1 - TRUE), abs=10)
    expect(page.get_by_text("Toeval geeft dit minder dan 0,1 van de 100 keer.")).to_be_visible()
    broken = f"Afgebroken: {lang.date(ON[0], 'd MMM y')}. Zij tellen zoals ze geloot zijn."
    expect(page.get_by_text(broken)).to_be_visible()
    expect(page.get_by_text("Een dag afbreken")).to_have_count(0)
    page.get_by_text("De dagen, en hoe er geloot is").click()
    expect(page.get_by_text(f"{SEED}/{DAYS[0]}")).to_be_visible()
    expect(page.get_by_text("Storm voorspeld.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _plan(page: Page) -> None:
    """Fill in the plan of a trial, which says until then what is lacking."""
    page.get_by_text("Een proef plannen").click()
    expect(page.get_by_text("Vul nog in:")).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Plekken").click()
    page.get_by_role("option", name="Markt").click()
    page.keyboard.press("Escape")
    for label, text in (
        ("Wat wilt u weten?", QUESTION),
        ("Getal om mee te loten", SEED),
        ("Wanneer stopt u eerder?", "Het wordt te druk."),
        ("Wie stemde in?", "Klankbordgroep"),
    ):
        page.get_by_role("textbox", name=label).fill(text)
        page.keyboard.press("Tab")


def _weeks_go_by(then: SharedApp, folder: Path) -> None:
    """Let the trial be over: each day was forecast and done as drawn, and was counted."""
    town, draw = load_area(TOWN), np.random.default_rng(4)
    freeze_days(town, DAYS, draw)
    set_moment(then.home, AFTER)
    delivered(ON, DAYS, draw).to_csv(folder / "late.csv", index=False)
    by_owner(take_in, town, look_at(town, "counts", folder / "late.csv"))
