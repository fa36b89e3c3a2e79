"""Makes the pictures of the Dutch guide for stewards: what they see and do on the page Beheer."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, expect

from data.__main__ import main as data_command
from feedback.people.invitations import invite
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in
from streamlit_app.entrance.entering import DAY, STAY
from tests.browser.looking import WAIT, settled, visit

SIZE = {"width": 1100, "height": 800}
ZONES = "zone_id,name,lat,lon\nhaven,Haven,52.3,4.7\nstrand,Strand,52.31,4.69\n"


def prepare(folder: Path) -> Path:
    """Add a small town to users' state, and return a file with a newer week of its counts. ``CSM_HOME`` must be set."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, start, days in (("eerst.csv", "2026-05-01", 60), ("week-27.csv", "2026-06-29", 7)):
        hours = pd.date_range(start, periods=24 * days, freq="h")
        busy = 100 + 80 * np.sin((hours.hour - 9) / 24 * 2 * np.pi)
        rows = [
            pd.DataFrame({"timestamp": hours, "zone_id": zone, "count": (busy * size).round()})
            for zone, size in (("haven", 1.0), ("strand", 3.0))
        ]
        pd.concat(rows).to_csv(folder / name, index=False, sep=";")
    (folder / "zones.csv").write_text(ZONES, "utf-8")
    quarters = pd.date_range("2026-06-30 08:00", "2026-06-30 21:45", freq="15min")
    rows = [f"{moment:%Y-%m-%d %H:%M};{600 + 9 * n};{40 + n};di" for n, moment in enumerate(quarters)]
    lines = ["Telpunt;Dorp aan Zee", "", "Tijdstip;Haven;Strand;Weekdag", *rows, "2026-06-30 22:00;1.250;30;di"]
    (folder / "kwartieren.csv").write_text("\n".join(lines), "utf-8")
    files = ["--counts", str(folder / "eerst.csv"), "--zones", str(folder / "zones.csv")]
    names = ["dorp-aan-zee", "--name", "Dorp aan Zee", "--tz", "Europe/Amsterdam", "--country", "NL"]
    assert data_command(["add-area", *names, *files, "--by", "college", "--replay", "2026-06-29T08:00"]) == 0
    _let_in()
    return folder / "week-27.csv"


def _let_in() -> None:
    """Let a room, a member of the sounding board and a facilitator in."""
    room, seats = ("Klankbordavond de Pier", 23)
    codes = [invite(Role.PARTICIPANT, room, by=Role.STEWARD, kind="shared", session="evening")[1]] * seats
    codes.append(invite(Role.KLANKBORD, "Ondernemers boulevard", by=Role.STEWARD)[1])
    codes.append(invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD)[1])
    for code in codes:
        come_in(code, lambda role: STAY.get(role, 90 * DAY))


def take(browser: Browser, address: str, log: str, delivered: Path, folder: Path) -> None:
    """Take the pictures of the app at ``address``, whose console wrote ``log``."""
    (link,) = re.findall(r"(?:databeheerder|data steward)[^:]*: http://localhost:\d+(/enter/[a-z-]+)", log)
    page = browser.new_page(viewport=SIZE, locale="nl-NL", timezone_id="Europe/Amsterdam")
    page.goto(f"{address}/enter?lang=nl")
    page.screenshot(path=folder / "beheer-code.png")
    page.goto(f"{address}{link}?lang=nl")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("link", name="Uitloggen")).to_be_visible(timeout=WAIT)
    visit(page, f"{address}/manage?lang=nl")
    _picture(page, folder / "beheer-overzicht.png", 1085)
    _open(page, "Evenementen")
    _picture(page, folder / "beheer-evenementen.png", 1350)
    _open(page, "Mensen")
    page.get_by_label("Organisatie of bijeenkomst").fill("Bewonersvereniging")
    page.get_by_role("button", name="Maak een code").click()
    expect(page.get_by_test_id("stCode")).to_be_visible(timeout=WAIT)
    _picture(page, folder / "beheer-mensen.png", 1110)
    page.locator(".st-key-part-signed-in").screenshot(path=folder / "beheer-wie-binnen-is.png")
    visit(page, f"{address}/manage?lang=nl&area=dorp-aan-zee")
    _open(page, "Gegevens")
    page.locator("input[type=file]").first.set_input_files(delivered)
    expect(page.get_by_role("button", name="Neem dit in gebruik")).to_be_visible(timeout=WAIT)
    _picture(page, folder / "beheer-inlezen.png", 870)
    page.locator("input[type=file]").first.set_input_files(delivered.with_name("kwartieren.csv"))
    page.get_by_text("De kolommen van dit bestand").click()
    expect(page.get_by_text("Zo is het gelezen")).to_be_visible(timeout=WAIT)
    _picture(page, folder / "beheer-kolommen.png", 1760)
    page.close()


def _open(page: Page, part: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(part, exact=True).click()
    page.wait_for_timeout(500)
    settled(page)


def _picture(page: Page, path: Path, height: int) -> None:
    """Take a picture of as much of the page as the guide needs."""
    page.set_viewport_size({**SIZE, "height": height})
    settled(page)
    page.wait_for_timeout(300)
    page.screenshot(path=path)
    page.set_viewport_size(SIZE)
