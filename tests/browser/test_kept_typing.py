"""What the browser tells of drafts beside somebody who types: the script alone, so that messages come when told."""

import json
from typing import Any

from playwright.sync_api import Page, Route

from streamlit_app.shell.phone import SCRIPT

FORMS = """<div class="st-key-draft-say"><textarea></textarea></div>
<div class="st-key-draft-q-1-x"><textarea></textarea></div>"""


def _opened(page: Page) -> None:
    def answer(route: Route) -> None:
        name, body = ("text/javascript", SCRIPT) if route.request.url.endswith(".js") else ("text/html", FORMS)
        route.fulfill(body=body, content_type=name)

    page.route("http://phone.test/**", answer)
    page.goto("http://phone.test/")
    page.evaluate("""async () => {
      window.told = []
      window.run = (await import("http://phone.test/phone.js")).default
    }""")


def _run(page: Page, **data: Any) -> None:
    """A run of the page ends: the component is given what that run knew."""
    whole = {"heard": None, "forms": {}, "role": None, "sent": {}, "forget": False, "asked": "1", "answered": None}
    page.evaluate(
        "data => { window.end?.(); window.end = run({ data, setStateValue: (_, kept) => told.push(kept) }) }",
        {**whole, **data},
    )


def _told(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("told.at(-1)")
    return found


def _kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('csm')"))
    return found


def test_16_06_what_is_being_typed_is_not_told_to_a_page_that_would_put_it_back_late(page: Page) -> None:
    _opened(page)
    say, question = page.locator("textarea").all()
    question.evaluate("box => box.remove()")
    _run(page)
    say.press_sequentially("Het st")
    _run(page)  # of before the page heard, and it ends now: it asks once more
    assert _told(page)["drafts"]["say"] == {"typed": True}
    say.press_sequentially("ond vast")
    identity = _told(page)["identity"]
    _run(page, heard=identity, answered="1", forms={"say": {"id": "a"}})
    assert _kept(page)["drafts"]["say"] == {"text": "Het stond vast", "id": "a"}
    # The room moved on, and the field comes back empty: now it is told.
    say.evaluate("box => box.outerHTML = '<textarea></textarea>'")
    _run(page, heard=identity, asked="2", answered="1")
    assert _told(page)["drafts"]["say"] == {"text": "Het stond vast", "id": "a"}


def test_16_06_a_draft_of_another_field_is_told_while_somebody_types(page: Page) -> None:
    _opened(page)
    page.evaluate("""localStorage.setItem("csm", JSON.stringify({
      identity: "a".repeat(32), drafts: { "say": { text: "van gisteren" }, "q-1-x": { text: "ook" } } }))""")
    _run(page)
    page.locator("textarea").nth(1).press_sequentially("nieuw")
    _run(page)
    assert _told(page)["drafts"] == {"say": {"text": "van gisteren"}, "q-1-x": {"typed": True}}
