"""Entering as people do: the link of the first start, a code on a phone, one's organisation; and going out again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import serving
from tests.browser.looking import LAPTOP, PHONE, WAIT, forget, settled, visit
from tests.browser.organisation import organisation

AUTH = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a-secret-of-this-test-only-0123456789abcdef"
client_id = "crowd"
client_secret = "secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


def test_the_first_steward_gets_in_and_lets_somebody_else_in_and_out(page: Page, served: serving.SharedApp) -> None:
    app, log = served.address, (served.home / "server.log").read_text()
    (link,) = re.findall(r"(?:databeheerder|data steward)[^:]*: http://localhost:\d+(/enter/[a-z-]+)", log)
    page.goto(app + link)
    page.get_by_role("button", name="Verder").click()
    settled(page)
    expect(page.get_by_text("databeheerder")).to_be_visible(timeout=WAIT)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["csm_visit"]["httpOnly"]
    assert "csm_visit" not in page.evaluate("document.cookie")

    visit(page, f"{app}/manage")
    page.get_by_text("Mensen", exact=True).click()
    page.get_by_label("Organisatie of bijeenkomst").fill("Bewonersvereniging")
    page.get_by_role("button", name="Maak een code").click()
    code = page.get_by_test_id("stCode").inner_text().strip().rpartition("/")[2]
    steward = page.context.cookies()

    forget(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{app}/enter")
    page.get_by_label("Code").fill(code.replace("-", " ").upper())
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_title("lid van de klankbordgroep")).to_be_visible(timeout=WAIT)
    page.goto(f"{app}/manage")
    expect(page.get_by_text("Dit is voor: gespreksleider")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("heading", name="Beheer")).to_have_count(0)

    forget(page)
    page.context.add_cookies(steward)  # type: ignore[arg-type]
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    visit(page, app)
    page.get_by_role("link", name="Uitloggen").click()
    expect(page.get_by_role("link", name="Vul uw code in")).to_be_visible(timeout=WAIT)
    page.goto(app + link)
    expect(page.get_by_role("alert")).to_contain_text("komt u niet binnen")


def test_somebody_signs_in_with_their_organisation(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = serving.free_port()
    monkeypatch.setattr(serving, "free_port", lambda: port)
    (tmp_path / "roles.toml").write_text('claim = "groups"\n[roles]\nfacilitator = ["csm"]\n')
    (tmp_path / "secrets").mkdir()
    with organisation({"sub": "7", "groups": ["csm"]}) as issuer:
        (tmp_path / "secrets" / "auth.toml").write_text(AUTH.format(port=port, issuer=issuer))
        with serving.serving(tmp_path) as app:
            visit(page, app)
            page.get_by_role("button", name="Inloggen").click()
            expect(page.get_by_text("gespreksleider")).to_be_visible(timeout=WAIT)
            visit(page, f"{app}/manage")
            expect(page.get_by_role("heading", name="Beheer")).to_be_visible(timeout=WAIT)
            page.get_by_text("Uitloggen").click()
            expect(page.get_by_role("button", name="Inloggen")).to_be_visible(timeout=WAIT)
