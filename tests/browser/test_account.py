"""The account to everybody in hands: what is new since the last visit; costs taken along and computed anew."""

import json
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import cesiumkit
import pytest
from playwright.sync_api import Browser, Page, expect

from data.area.area import load_area
from feedback.people.roles import Role
from feedback.sessions.advice import give_advice
from feedback.sessions.sessions import make_session
from response.conditions.agreed_history import put_condition
from response.conditions.condition import Condition
from tests.apptest.signing_in import cookies_of
from tests.browser.axe import CONTENT, barriers
from tests.browser.looking import LAPTOP, PHONE, WAIT, settled, turn_to, visit
from tests.browser.serving import SharedApp, serving
from tests.unit.response.costs.test_costs import recomputed

CESIUM = """async ([text, hours]) => {
  const source = await Cesium.CzmlDataSource.load(JSON.parse(text));
  const within = hours.map(span => Cesium.JulianDate.addSeconds(
    Cesium.JulianDate.fromIso8601(span.split("/")[0]), 1800, new Cesium.JulianDate()));
  const columns = source.entities.values.filter(one => one.polygon || one.ellipse);
  const each = (one, of) => within.map(time => of(one.polygon ?? one.ellipse, time));
  const read = of => Object.fromEntries(columns.map(one => [one.id, each(one, of)]));
  return {
    name: source.name,
    heights: read((shape, time) => shape.extrudedHeight.getValue(time)),
    colours: read((shape, time) => shape.material.getValue(time).color.toBytes()),
  };
}"""
"""Let Cesium open a document, and say how high and of which colour each column is half-way each hour."""


def test_a_phone_knows_what_is_new_since_its_last_visit_and_where_it_leads(
    browser: Browser, at_home: SharedApp
) -> None:
    phone = browser.new_context(viewport=PHONE, locale="nl")  # type: ignore[arg-type]
    page = phone.new_page()
    visit(page, f"{at_home.address}/timeline?lang=nl")
    expect(page.get_by_role("heading", name="Overzicht: wat er gebeurde")).to_be_visible()
    expect(page.get_by_text("Alleen nieuw sinds")).to_have_count(0)
    page.close()

    evening = make_session("Avond over de pier", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    advice = give_advice(evening.id, "Zet een bord bij de pier.", due=date(2099, 1, 1))
    page = phone.new_page()
    visit(page, f"{at_home.address}/timeline?lang=nl")
    page.get_by_text("Alleen nieuw sinds").click()
    line = page.get_by_role("listitem").filter(has_text="Zet een bord bij de pier.")
    expect(line).to_be_visible()
    expect(page.get_by_text("mag gebruikt worden")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visit(page, f"{at_home.address}/{line.get_by_role('link').get_attribute('href')}")
    expect(page.get_by_text("Wacht op de gemeente.")).to_be_visible()
    assert f"advice={advice.number}" in page.url
    assert barriers(page, CONTENT) == []
    phone.close()


def test_costs_are_changed_taken_along_and_computed_anew(browser: Browser, at_home: SharedApp, tmp_path: Path) -> None:
    desk = browser.new_context(locale="en", accept_downloads=True)
    cookies = cookies_of(Role.PROFESSIONAL)
    desk.add_cookies([{"name": name, "value": value, "url": at_home.address} for name, value in cookies.items()])
    page = desk.new_page()
    visit(page, f"{at_home.address}/costs?lang=en")
    before = _net(page)
    years = page.get_by_label("Over how many years")
    years.fill("20")
    years.press("Enter")
    expect(page.get_by_test_id("stMetricValue")).not_to_have_text(before)
    settled(page)
    with page.expect_download(timeout=2 * WAIT) as taken:
        page.get_by_role("button", name="Spreadsheet with live formulas").click()
    anew = recomputed(Path(taken.value.path()).read_bytes(), tmp_path)
    assert _net(page) in {f"{value:,.2f}" for value in anew.values() if isinstance(value, float)}
    desk.close()


@pytest.mark.soak
def test_what_a_party_and_a_decision_say_counts_with_the_next_action(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of its own app, for its forecast is made anew twice."""
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    condition = {"id": "c", "texts": {"nl": "Cijfers zijn nagekeken."}, "kind": "economic"}
    governs = {"governs": [{"what": "page", "id": "costs"}]}
    made = Condition.model_validate(condition | governs)
    put_condition(load_area("scheveningen"), made, role="steward", reason="Uit de sessie.")
    with serving(tmp_path) as app:
        desk, phone = (browser.new_context(viewport=window, locale="nl") for window in (LAPTOP, PHONE))  # type: ignore[arg-type]
        cookies = cookies_of(Role.STEWARD)
        desk.add_cookies([{"name": name, "value": value, "url": app} for name, value in cookies.items()])
        steward, visitor = desk.new_page(), phone.new_page()
        visit(visitor, f"{app}/sources?lang=nl")
        used = visitor.get_by_text("Deze bron wordt gebruikt.")
        expect(used).to_have_count(3)
        visit(steward, f"{app}/manage?lang=nl")
        for answer, why, count in (("heeft bezwaar", "Eerst overleg.", 2), ("stemt in", "", 3)):
            _part(steward, "Instemming")
            _choose(steward, "Bron", "Oefengegevens: weer")
            _choose(steward, "Partij", "TNO")
            steward.get_by_text(answer, exact=True).first.click()
            steward.get_by_role("textbox", name="Waarom, of").fill(why)
            steward.get_by_role("button", name="Noteer wat deze partij zegt").click()
            settled(steward)
            visit(visitor, f"{app}/sources?lang=nl")
            expect(used).to_have_count(count, timeout=WAIT)
            turn_to(visitor, "/overview?lang=nl")
            expect(visitor.get_by_text("Oefengegevens: weer")).to_have_count(count - 2, timeout=WAIT)
        for state, off in (("geschonden", True), ("aan voldaan", False)):
            _part(steward, "Voorwaarden")
            _choose(steward, "Voorwaarde", "Cijfers zijn nagekeken.")
            steward.get_by_text(state, exact=True).first.click()
            steward.get_by_role("textbox", name="Wie besloot").first.fill("Werkgroep ethiek")
            steward.get_by_role("textbox", name="Waarom? Iedereen").first.fill("Er zat een fout in.")
            steward.get_by_role("button", name="Noteer het besluit").click()
            settled(steward)
            visit(visitor, f"{app}/costs?lang=nl")
            told = visitor.get_by_text("Dit is uitgezet door een besluit van Werkgroep ethiek: Er zat een fout in.")
            expect(told).to_have_count(int(off), timeout=WAIT)
        desk.close()
        phone.close()


def _part(page: Page, name: str) -> None:
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settled(page)


def _choose(page: Page, label: str, option: str) -> None:
    """Choose by typing, for of a long list only what is in sight is there."""
    box = page.get_by_role("combobox", name=label, exact=True).first
    box.click()
    box.fill(option)
    page.get_by_role("option").filter(has_text=option).first.click()
    settled(page)


def test_a_digital_twin_reads_in_cesium_what_the_file_says(page: Page, app: str) -> None:
    text = urlopen(f"{app}/api/areas/scheveningen/forecast.czml").read().decode()
    columns = {one["id"]: one.get("polygon") or one["ellipse"] for one in json.loads(text)[2:]}
    page.goto("about:blank")
    page.add_script_tag(path=Path(cesiumkit.__file__).parent / "vendor" / "cesium" / "Cesium.js")
    found = page.evaluate(CESIUM, [text, [one["interval"] for one in next(iter(columns.values()))["extrudedHeight"]]])
    assert "OEFENGEGEVENS" in found["name"] or "DEMO DATA" in found["name"]
    assert found["heights"].keys() == columns.keys()
    for place, heights in found["heights"].items():
        assert heights == pytest.approx([one["number"] for one in columns[place]["extrudedHeight"]])
        colours = [one["rgba"] for one in columns[place]["material"]["solidColor"]["color"]]
        assert found["colours"][place] == colours


def _net(page: Page) -> str:
    return page.get_by_test_id("stMetricValue").inner_text().strip()
