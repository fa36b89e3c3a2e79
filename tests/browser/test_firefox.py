"""The evening once in Firefox: join, vote, follow the room, answer, and look at the map."""

from datetime import date
from pathlib import Path

import pytest

from feedback.sessions.agenda import add_item
from feedback.sessions.responses import responses
from feedback.sessions.sessions import make_session, open_session, show_item
from feedback.sessions.statements import add_statement, vote_rows
from tests.browser.firefox import PROGRAM, firefox
from tests.browser.serving import SharedApp

STATEMENTS = ("Meer prullenbakken op het strand.", "De boulevard autovrij op drukke dagen.")


@pytest.mark.soak
@pytest.mark.skipif(PROGRAM is None, reason="Firefox is not installed (on Debian: apt install firefox-esr)")
def test_an_evening_in_firefox(at_home: SharedApp, tmp_path: Path) -> None:
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 3), area="scheveningen")
    item = add_item(session.id, "statements", "Stellingen", item_id=f"{session.id}-1")
    for text in STATEMENTS:
        add_statement(session.id, text, person=None, item_id=item.id, seed=True)
    asked = add_item(session.id, "question", "Wat mist u op een drukke dag?", item_id=f"{session.id}-2")
    opened = open_session(session.id)
    with firefox(tmp_path) as window:
        window.visit(f"{at_home.address}/enter/{opened.code}?lang=nl")
        for done in range(1, len(STATEMENTS) + 1):
            window.press("Eens")
            window.read(f"{done} van {len(STATEMENTS)} stellingen")
        show_item(session.id, asked.id)
        window.read("Wat mist u op een drukke dag?")
        window.write("Meer schaduw")
        window.press("Versturen")
        window.read("Dank u wel")
        window.visit(f"{at_home.address}/map?lang=nl&at=2026-08-08T13:00Z")
        window.wait("document.querySelector('[data-testid=stDeckGlJsonChart] canvas')")
        window.press("Volgend uur")
        window.read("Zaterdag 8 augustus 2026, 16 uur")
        assert not window.holds("document.querySelector('[data-testid=stException]')")
    assert [one.text for one in responses(asked.id)] == ["Meer schaduw"]
    assert [vote["vote"] for vote in vote_rows(session.id).to_dict("records")] == [1, 1]
