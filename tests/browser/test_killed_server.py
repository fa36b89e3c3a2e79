"""``kill -9`` of the server while a room sends: what it thanked for is there, once; the rest can be sent again."""

import os
import random
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import sleep, time
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement
from tests.browser.looking import PHONE, WAIT, settled
from tests.browser.serving import free_port, served_by

BURSTS = int(os.environ.get("CSM_BURSTS", "1"))
"""More of them: CSM_BURSTS=50."""
WRITERS, VOTERS = (1, 1) if BURSTS == 1 else (3, 1)
LONGEST = 1.5
"""Seconds after the taps within which the server is killed."""
THANKS = "Uw reactie is bewaard"
AGREE = re.compile(r"\bEens$")
TAP = "(button, at) => setTimeout(() => { document.activeElement.blur(); button.click() }, at - Date.now())"
"""A tap on a button at a moment: the field that was typed in loses the cursor first, as under a thumb."""

COUNT = """
const send = WebSocket.prototype.send, spoke = new Set()
WebSocket.prototype.send = function (data) {
  document.documentElement.dataset.connections = spoke.add(this).size
  send.call(this, data)
}
"""
"""Notes on the page over how many connections it spoke."""


@dataclass
class Outcome:
    """What came of all bursts together."""

    sent: int = 0
    thanked: int = 0
    unheard: int = 0
    """Kept, but the server was killed before it could say so."""
    votes: int = 0
    votes_shown: int = 0
    votes_unheard: int = 0


def test_what_was_thanked_for_survives_a_killed_server(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    code = _session_with_statements()
    port, draw, outcome = free_port(), random.Random(7), Outcome()
    thanked, shown = [False], [0]
    with _phones(browser, WRITERS + VOTERS) as phones:
        writers, voters = phones[:WRITERS], phones[WRITERS:]
        for burst in range(BURSTS + 1):
            with served_by(tmp_path, port=port) as (address, group):
                if burst == 0:
                    _arrive(writers, voters, address, code)
                else:
                    _return(phones, burst)
                    _see_words_kept(writers, thanked, burst - 1, tmp_path, outcome)
                    _see_votes_kept(voters, shown, burst, outcome)
                    assert _one(tmp_path, "PRAGMA integrity_check") == "ok"
                if burst < BURSTS:
                    _send_at_once(writers, voters, burst)
                    sleep(draw.uniform(0, LONGEST))
                os.killpg(group, signal.SIGKILL)
            for phone in phones:
                expect(phone.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
            thanked, shown = [_thanked(phone) for phone in writers], [_voted(phone) for phone in voters]
    print(outcome)
    assert _one(tmp_path, "SELECT count(*) FROM contributions") == outcome.sent == BURSTS * WRITERS
    assert _one(tmp_path, "SELECT count(*) FROM votes") == outcome.votes == BURSTS * VOTERS


def _session_with_statements() -> str:
    made = make_session("Avond aan zee", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "statements", "Stellingen")
    for number in range(BURSTS + 1):
        add_statement(made.id, f"Stelling {number}", person=None, item_id=item.id, seed=True)
    opened = open_session(made.id)
    assert opened.code
    return opened.code


@contextmanager
def _phones(browser: Browser, number: int) -> Iterator[list[Page]]:
    contexts = [
        browser.new_context(viewport=PHONE, locale="nl-NL", timezone_id="Europe/Amsterdam") for _ in range(number)
    ]
    for context in contexts:
        context.add_init_script(COUNT)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def _arrive(writers: list[Page], voters: list[Page], address: str, code: str) -> None:
    for phone in writers:
        phone.goto(f"{address}/contributions?lang=nl", wait_until="commit")
    for phone in voters:
        phone.goto(f"{address}/enter/{code}?lang=nl", wait_until="commit")
        expect(phone.get_by_role("button", name=AGREE)).to_be_visible(timeout=WAIT)
    for phone in writers:
        _form(phone).get_by_role("radio", name="Bewoner").click()
    for phone in (*writers, *voters):
        settled(phone)


def _send_at_once(writers: list[Page], voters: list[Page], burst: int) -> None:
    """Let all phones tap at the same moment; returns at that moment."""
    for number, phone in enumerate(writers):
        _form(phone).locator("textarea").fill(_text(burst, number))
    at = time() + 0.3
    for phone in writers:
        _send_button(phone).evaluate(TAP, at * 1000)
    for phone in voters:
        phone.get_by_role("button", name=AGREE).evaluate(TAP, at * 1000)
    sleep(max(0.0, at - time()))


def _thanked(phone: Page) -> bool:
    """Return whether a phone was thanked, after the server was killed."""
    return phone.get_by_text(THANKS).is_visible()


def _voted(phone: Page) -> int:
    """Return on how many statements a phone says that it voted."""
    said = phone.get_by_text(re.compile(r"\d+ van \d+ stellingen")).inner_text()
    return int(said.split()[0])


def _see_words_kept(writers: list[Page], thanked: list[bool], burst: int, home: Path, outcome: Outcome) -> None:
    """Check that what was thanked for is there, and that the others have their words still and can send them."""
    before = [_times_kept(home, _text(burst, number)) for number in range(WRITERS)]
    assert all(times == 1 for times, known in zip(before, thanked, strict=True) if known)
    assert max(before) <= 1
    outcome.thanked += sum(thanked)
    outcome.unheard += sum(before) - sum(thanked)
    again = []
    for number, phone in enumerate(writers):
        box = _form(phone).locator("textarea")
        if thanked[number] and box.input_value() == "":
            continue
        # A phone may have been thanked and not yet have put its draft away: sent again, it stays one.
        expect(box).to_have_value(_text(burst, number))
        expect(_form(phone).get_by_role("radio", name="Bewoner")).to_be_checked()
        again.append(phone)
        _send_button(phone).click()
    for phone in again:
        expect(phone.get_by_text(THANKS)).to_be_visible(timeout=WAIT)
        _form(phone).get_by_role("button", name="Nog een reactie").click()
    for number, phone in enumerate(writers):
        settled(phone)
        assert _times_kept(home, _text(burst, number)) == 1
    outcome.sent += WRITERS


def _see_votes_kept(voters: list[Page], shown: list[int], burst: int, outcome: Outcome) -> None:
    """Check that votes that were shown are there, and that the others can be cast."""
    for phone, before in zip(voters, shown, strict=True):
        now = _voted(phone)
        assert before <= now <= burst
        outcome.votes_shown += before == burst
        outcome.votes_unheard += now - before
        if now < burst:
            phone.get_by_role("button", name=AGREE).click()
        expect(phone.get_by_text(f"{burst} van {BURSTS + 1} stellingen")).to_be_visible(timeout=WAIT)
        settled(phone)
        outcome.votes += 1


def _return(phones: list[Page], times: int) -> None:
    """Wait until the phones have found the new server and asked it for their page, by themselves."""
    for phone in phones:
        expect(phone.locator("html")).to_have_attribute("data-connections", str(times + 1), timeout=WAIT)
        settled(phone)


def _times_kept(home: Path, text: str) -> int:
    return int(_one(home, "SELECT count(*) FROM contributions WHERE text = ?", text))


def _one(home: Path, sql: str, *values: str) -> Any:
    with closing(sqlite3.connect(home / "feedback.db")) as db:
        return db.execute(sql, values).fetchone()[0]


def _text(burst: int, number: int) -> str:
    return f"Golf {burst}, telefoon {number}: het staat vol bij de haven"


def _form(phone: Page) -> Locator:
    return phone.locator(".st-key-draft-say")


def _send_button(phone: Page) -> Locator:
    return _form(phone).get_by_role("button", name="Versturen")
