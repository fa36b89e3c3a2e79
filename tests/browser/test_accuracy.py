"""How good is it?: complete, in both languages, on a laptop and a phone, and usable with a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import CONTENT, barriers
from tests.browser.looking import LAPTOP, PHONE, visit


@pytest.mark.parametrize(
    ("lang", "size", "heading", "sentence"),
    [
        ("nl", LAPTOP, "Kloppen de kansen?", "zagen wij niet aankomen"),
        pytest.param("en", PHONE, "Do the chances hold?", "came true", marks=pytest.mark.soak),
    ],
)
def test_the_page_says_how_good_it_is(
    page: Page, app: str, lang: str, size: dict[str, int], heading: str, sentence: str
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    visit(page, f"{app}/accuracy?lang={lang}")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page, CONTENT) == []
