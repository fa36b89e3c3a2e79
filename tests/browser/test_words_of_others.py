"""Words of others in a real browser: Streamlit's own reader of Markdown makes nothing of them but words."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from feedback.contributions.contributions import Contribution, send
from feedback.people.participants import author_of_phone
from tests.browser.looking import turn_to, visit
from tests.browser.serving import serving
from tests.unit.hostile_area import HOSTILE, MARKUP, SCENARIO, say_hostile_things, write_hostile_area

MADE_OF_WORDS = (
    *("a[href^='mailto']", "img[src*='example']", "img[src*='voorbeeld' i]", ".katex", "[data-testid=stMain] pre"),
    "[data-testid=stMain] span[style*='color:']:text-is('rood')",
)
"""What none of these pages has but by markup: addresses, pictures, formulas, code and colours."""
HOSTS_OF_LINKS = "links => links.map(link => link.host.toLowerCase())"
TEXTS = ["\n\n".join(MARKUP[start::2]) for start in (0, 1)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(home))
        write_hostile_area(home)
        say_hostile_things()
        for text in TEXTS:
            said = Contribution(str(uuid4()), "scheveningen", "resident", "nl", text)
            send(said, author_of_phone(text))
        with serving(home) as address:
            yield address


def as_written(text: str) -> re.Pattern[str]:
    """Finds a text whose words may be broken anywhere and held apart by characters that nobody sees."""
    return re.compile(r"\s*".join("\u2060?".join(map(re.escape, word)) for word in text.split()))


@pytest.fixture(scope="module")
def opened(window: BrowserContext, hostile: str) -> Page:
    page = window.new_page()
    visit(page, f"{hostile}/about?lang=nl")
    return page


@pytest.mark.parametrize("path", ["", "scenarios", "answers", "contributions"])
def test_names_and_words_are_read_as_they_were_written(opened: Page, path: str) -> None:
    page = opened
    turn_to(page, f"/{path}?lang=nl&scenario={SCENARIO.encode()}&snapshot={HOSTILE.split()[0]}&zone=pier")
    main = page.get_by_test_id("stMain")
    for text in (HOSTILE, *(MARKUP if path == "contributions" else ())):
        expect(main).to_contain_text(as_written(text))
    for made in MADE_OF_WORDS:
        expect(page.locator(made)).to_have_count(0)
    hosts = page.locator("a").evaluate_all(HOSTS_OF_LINKS)
    assert hosts
    assert not [host for host in hosts if "e.example" in host or "voorbeeld" in host]
