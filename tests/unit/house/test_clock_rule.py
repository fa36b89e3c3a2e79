"""One rule for clocks: what people do is in real, local time; no page or report asks the server what day it is."""

import ast
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.keeping import real_time
from feedback.sessions.dates import day_doubt, deadline_doubt, promise_doubt
from language import language

ROOT = Path(__file__).parents[3]
ROOMS = ("pages", "streamlit_app", "reports", "visuals", "response", "feedback")
NL = language("nl")
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    """Each call in the code: in which file, and what is called."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    trees = [(str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))) for path in files]
    found = [(name, node) for name, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(name, node, ast.unparse(node.func)) for name, node in found]


def test_nobody_asks_the_server_which_day_it_is() -> None:
    never = ("date.today", "dt.date.today", "datetime.today")
    without_a_place = "datetime.now"
    assert not [
        (name, called)
        for name, call, called in calls()
        if called in never or (called == without_a_place and not (call.args or call.keywords))
    ]


def test_moments_are_said_in_the_time_of_a_place() -> None:
    """A moment with hours, or read from what was kept in UTC, is never said without a time zone."""
    said = [(name, call) for name, call, called in calls() if called == "lang.date" and len(call.args) == 2]
    wrong = [
        (name, ast.unparse(call))
        for name, call in said
        if ast.unparse(call.args[0]).startswith("datetime.fromiso")
        or ("HH" in ast.unparse(call.args[1]) and not name.endswith("scenario_sentences.py"))  # area time, as typed
    ]
    assert not wrong


@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_text_for_pages_names_utc(code: str) -> None:
    texts = (ROOT / "language" / "nl").glob("*.po")
    rooms = ("manage", "sessions", "pages", "streamlit_app", "visuals", "studio", "workbook", "feedback", "access")
    lines = [line for path in texts if path.stem in rooms for line in path.read_text("utf-8").splitlines()]
    start = "msgstr" if code == "nl" else "msgid"
    assert not [line for line in lines if line.startswith(start) and "UTC" in line]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_the_day_is_that_of_the_place(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    kept, real_time.real_now = real_time.real_now, lambda: now
    try:
        for zone in ("Pacific/Auckland", "Europe/Amsterdam", "America/Lima"):
            assert real_time.real_today(ZoneInfo(zone)) == now.astimezone(ZoneInfo(zone)).date()
            assert real_time.day_of(real_time.utc_text(now), ZoneInfo(zone)) == now.astimezone(ZoneInfo(zone)).date()
    finally:
        real_time.real_now = kept


@given(DAYS, DAYS, DAYS)
def test_exactly_what_lies_before_is_asked_about(day: date, held: date, today: date) -> None:
    assert bool(day_doubt(day, today, NL)) == (day < today)
    assert bool(promise_doubt(day, today, NL)) == (day < today)
    assert bool(deadline_doubt(day, held, today, NL)) == (day < today or day < held)
