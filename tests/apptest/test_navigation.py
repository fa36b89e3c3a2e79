"""The navigation: a menu of five, and behind it every page, with a name in every language."""

import pytest

from feedback.people.roles import Role, has_any
from language import language
from language.catalogue import read_messages
from streamlit_app.shell.keys import ShellKey
from streamlit_app.shell.navigation import ABOUT, ENTRIES, PAGES, beside, menu, title
from streamlit_app.workbook.keys import WorkbookKey
from tests.apptest.test_pages import headings, opened


def test_every_page_stands_in_the_table_and_the_other_way_round() -> None:
    assert {entry.url for entry in ENTRIES} == {path.stem for path in PAGES.glob("*.py")}


def test_pages_are_named_in_dutch() -> None:
    dutch = read_messages("nl")
    named = {text for entry in ENTRIES for text in (entry.title, entry.menu, entry.what) if text}
    assert sorted(named - set(dutch)) == []


FIVE = ["Vandaag", "Kaart", "Wat als?", "Meedoen", "Over deze app"]
MORE = {
    Role.VISITOR: [],
    Role.PARTICIPANT: [],
    Role.KLANKBORD: [],
    Role.COMMUNICATIONS: ["Beeldstudio"],
    Role.PROFESSIONAL: ["Beeldstudio", "Draaiboek"],
    Role.FACILITATOR: ["Beeldstudio", "Draaiboek", "Sessies", "Beheer"],
    Role.STEWARD: ["Beeldstudio", "Draaiboek", "Sessies", "Beheer"],
}
"""What each role sees in the menu beside the five of everybody. At most five."""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kept", [False, True])
def test_the_menu_has_five_entries_and_at_most_five_more_for_a_role(role: Role, kept: bool) -> None:
    shown = [title(entry, language("nl"), in_menu=True) for entry in menu(role, kept=kept)]
    assert shown == FIVE + ["Werkboek"] * kept + MORE[role]
    assert len(MORE[role]) <= 5


@pytest.mark.parametrize("role", Role)
def test_every_page_is_reached_from_the_menu_by_whom_it_is_for(role: Role) -> None:
    reached = {other.url for entry in menu(role, kept=True) for other in beside(entry, role)}
    assert reached == {entry.url for entry in ENTRIES if has_any(role, entry.roles)}


def test_entries_of_one_name_stand_together_and_only_those_about_the_app_need_a_list() -> None:
    names = [entry.menu for entry in ENTRIES]
    assert names == sorted(names, key=names.index)
    assert {entry.url for entry in ENTRIES if entry.what} == {
        entry.url for entry in ENTRIES if entry.menu == ABOUT and entry.url != "about"
    }


@pytest.mark.parametrize(
    ("url", "ways"),
    [
        ("thresholds", {"Scenario's": "scenarios", "Grenzen": "thresholds"}),
        ("answers", {"In een sessie": "join", "Reacties": "contributions", "Wat is ermee gedaan?": "answers"}),
        ("about", {"Hoe goed klopt het?": "accuracy", "Privacy": "privacy", "Toegankelijkheid": "accessibility"}),
        ("privacy", {"Over deze app": "about"}),
    ],
)
def test_a_page_leads_to_those_behind_the_same_entry(url: str, ways: dict[str, str]) -> None:
    page = opened(url, lang="nl")
    shown = {link.proto.label: link.proto.page for link in page.get("page_link")}
    assert ways.items() <= shown.items()
    assert page.session_state[ShellKey.PAGE] == url


def test_the_workbook_stands_in_the_menu_once_something_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(
        "streamlit_app.shell.navigation.menu", lambda role, *, kept: seen.append(kept) or menu(role, kept=kept)
    )
    page = opened("about", lang="nl")
    assert not any(seen)
    seen.clear()
    page.session_state[WorkbookKey.WORKBOOKS] = ("made up",)
    page.run()
    assert all(seen)


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
