"""The navigation: every page has a file and a name in every language, in the groups of the design."""

import pytest

from feedback.people.roles import Role
from language.catalogue import read_messages
from streamlit_app.shell.navigation import ENTRIES, PAGES
from tests.apptest.test_pages import headings, opened


def test_every_page_stands_in_the_table_and_the_other_way_round() -> None:
    assert {entry.url for entry in ENTRIES} == {path.stem for path in PAGES.glob("*.py")}


def test_pages_and_groups_are_named_in_dutch() -> None:
    dutch = read_messages("nl")
    named = {entry.title for entry in ENTRIES if entry.in_menu} | {entry.group for entry in ENTRIES}
    assert sorted(named - set(dutch)) == []


def test_a_visitor_sees_where_to_go_on() -> None:
    page = opened("today", lang="nl")
    assert "Wat kunt u hier doen?" in headings(page)
    links = {link.proto.label: link.proto.page for link in page.get("page_link")}
    assert links["Bekijk het op de kaart"] == "map"
    assert links["Zeg wat u zag"] == "contributions"


@pytest.mark.parametrize(
    ("lang", "heading"), [("nl", "Wat werkt nog niet goed?"), ("en", "What does not work well yet?")]
)
def test_the_accessibility_statement_says_its_limits(lang: str, heading: str) -> None:
    page = opened("accessibility", lang=lang)
    assert heading in headings(page)
    assert "EN 301 549" in page.markdown[0].value


def test_facilitators_see_what_visitors_do_not() -> None:
    assert [entry.url for entry in ENTRIES if Role.VISITOR not in entry.roles]
