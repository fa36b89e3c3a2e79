"""Weeks in which the clock or the year turns: every page opens, every hour is there once, subtractions hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping.home import area_home
from feedback.people.roles import Role
from reports.playbook.calendar import EARLY
from response.cards.history import read_playbook
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.navigation import ENTRIES, EVERYBODY
from tests.apptest.signing_in import cookies_of
from tests.apptest.test_pages import headings, opened

AREA = "scheveningen"
PUBLIC = [entry.url for entry in ENTRIES if entry.roles == EVERYBODY]
TURNS = {
    "new year": datetime(2026, 12, 31, 20),
    "the first hour of a year": datetime(2027, 1, 1, 0),
    "to summer time": datetime(2027, 3, 27, 8),
    "to winter time": datetime(2026, 10, 24, 8),
    "the hour that comes twice": datetime(2026, 10, 25, 2),
}
pytestmark = pytest.mark.soak


@pytest.fixture(params=TURNS.values(), ids=TURNS.keys())
def moment(request: pytest.FixtureRequest, home: Path) -> Iterator[datetime]:
    """Let the practice area be at a moment, and be as it was afterwards."""
    found: datetime = request.param
    set_clock(load_area(AREA), found)
    yield found
    (area_home(AREA) / "area.toml").unlink()


def _given(name: str, role: Role = Role.VISITOR) -> bytes:
    answer = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role)).get(f"/api/areas/{AREA}/{name}")
    assert answer.status_code == 200
    return answer.content


def test_every_page_opens(moment: datetime) -> None:
    app: AppTest = opened("today", lang="nl", area=AREA)
    for url in PUBLIC[1:]:
        app.switch_page(f"../pages/{url}.py").run()
        assert not app.exception, (url, moment)
        assert headings(app), (url, moment)
        assert not [one.value for one in app.error], (url, moment)


def test_every_hour_is_there_once_in_its_own_time(moment: datetime) -> None:
    rows = pd.read_csv(StringIO(_given("forecast.csv").decode()))
    zones = rows["zone_id"].nunique()
    exact = pd.to_datetime(rows["hour"], utc=True)
    assert (exact.value_counts() == zones).all()
    assert len(exact.unique()) == 168
    assert (pd.Series(sorted(exact.unique())).diff().dropna() == timedelta(hours=1)).all()
    told = rows["hour"].drop_duplicates()
    assert pd.Timestamp(told.iloc[0]).tz_convert("Europe/Amsterdam").tz_localize(None) == moment
    in_spring, in_autumn = (told[told.str.startswith(f"{day}T02")] for day in ("2027-03-28", "2026-10-25"))
    assert len(in_spring) == 0
    first, last = exact.min(), exact.max()
    twice = [hour for hour in ("2026-10-25 00:00", "2026-10-25 01:00") if first <= pd.Timestamp(hour, tz=UTC) <= last]
    assert [text[-6:] for text in in_autumn] == [
        {"2026-10-25 00:00": "+02:00", "2026-10-25 01:00": "+01:00"}[hour] for hour in twice
    ]


def test_what_must_be_decided_by_when_holds_in_real_hours(moment: datetime) -> None:
    cards = {card.id: card for card in read_playbook(load_area(AREA)).cards}
    events = Calendar.from_ical(_given("playbook.ics", Role.PROFESSIONAL)).walk("VEVENT")
    for event in events:
        card = next(card for card_id, card in cards.items() if str(event["UID"]).startswith(f"{card_id}-2"))
        starts, ends = (event.decoded(side).astimezone(UTC) for side in ("DTSTART", "DTEND"))
        assert timedelta(hours=card.trigger.hours) <= ends - starts <= timedelta(hours=25)
        for alarm in event.walk("VALARM"):
            by = alarm.decoded("TRIGGER") + EARLY
            assert by >= starts - timedelta(hours=card.lead_hours), "of the place that decides, not before the first"
    table = pd.read_csv(StringIO(_given("playbook.csv", Role.PROFESSIONAL).decode()))
    for row in table.to_dict("records"):
        begins, due = (pd.Timestamp(row[name]) for name in ("start", "decide_by"))
        assert begins - due == timedelta(hours=cards[row["card"]].lead_hours), row
