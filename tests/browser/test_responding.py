"""Somebody responds on a phone that loses its page, taps twice, and later erases what was theirs."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, WAIT, forget, visit

WORDS = "Het stond muurvast bij de haven, <b>echt</b>"


def _kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('csm')") or "{}")
    return found


def test_a_draft_survives_is_sent_once_and_can_be_erased(page: Page, app: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, f"{app}/contributions?lang=nl")
    form = page.locator(".st-key-draft-say")
    # Typed, not sent, and the page is gone: as when a phone locks or the connection drops.
    page.wait_for_function("() => JSON.parse(localStorage.getItem('csm') ?? '{}').identity", timeout=WAIT)
    form.get_by_label("Wat wilt u zeggen?").press_sequentially(WORDS)
    page.goto("about:blank")

    visit(page, f"{app}/contributions?lang=nl")
    form = page.locator(".st-key-draft-say")
    expect(form.get_by_label("Wat wilt u zeggen?")).to_have_value(WORDS)
    # At once, before the page has taken in the role.
    form.get_by_role("radio", name="Bewoner").click()
    form.get_by_role("button", name="Versturen").dblclick()
    expect(form.get_by_text("Bedankt. Uw reactie is bewaard.")).to_be_visible(timeout=WAIT)
    code = form.get_by_test_id("stCode").inner_text().strip()
    assert re.fullmatch(r"[a-z]+(-[a-z]+){4}", code)
    page.wait_for_function("() => JSON.parse(localStorage.getItem('csm')).role === 'resident'", timeout=WAIT)
    assert WORDS not in json.dumps(_kept(page))

    forget(page)  # as on another phone
    visit(page, f"{app}/privacy?lang=nl")
    expect(page.get_by_role("heading", name="Privacyverklaring")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    page.get_by_label("Uw code van vijf woorden").fill(code.replace("-", " "))
    page.get_by_label("Uw code van vijf woorden").press("Enter")
    expect(page.locator("textarea")).to_have_count(1, timeout=WAIT)  # the second tap was no second response
    expect(page.locator("textarea")).to_have_value(WORDS)
    page.get_by_role("button", name="Alles wissen").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    # Where somebody who scrolled down to the button looks; then in its place, until they do something else.
    expect(page.get_by_test_id("stToast").get_by_text("Gewist:")).to_be_in_viewport(timeout=WAIT)
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stAlert").get_by_text("Gewist:")).to_be_visible()
    assert page.evaluate("localStorage.getItem('csm')") is None
