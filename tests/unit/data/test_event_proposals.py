"""A proposed event is in no calendar until a steward accepts it, and then it stands there once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.keeping.acts import OWNER, ChangedError, carry_out, see
from data.keeping.home import area_home
from data.upkeep.event_calendar import read_calendar, save_calendar
from data.upkeep.event_proposals import (
    LOG,
    Proposal,
    accept_event,
    find_proposal,
    proposals,
    propose_event,
    refuse_event,
    waiting_events,
    withdraw_event,
)
from language import UserError


@pytest.fixture(autouse=True)
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return load_area("scheveningen")


def proposed(area: Area, name: str = "Vlootschouw", **other: object) -> Proposal:
    start = area.now().replace(tzinfo=None) + timedelta(days=3)
    event = {"name": name, "zone_id": area.zone_ids[0], "start": start, "end": start + timedelta(hours=5)}
    return propose_event(area, {**event, "attendance": 4000, **other})


def test_it_is_in_the_calendar_once_accepted_and_once_only(area: Area) -> None:
    before = read_calendar(area)
    one = proposed(area)
    assert read_calendar(area).equals(before)
    assert waiting_events(area.id) == (one,)
    accept_event(one.id, area)
    after = read_calendar(area).set_index("event_id")
    assert len(after) == len(before) + 1
    row = after.loc[one.id]
    assert (row["name"], row["zone_id"], row["attendance"]) == (one.name, one.zone_id, 4000)
    assert (row["start"], row["end"]) == (one.start, one.end)
    assert [each.state for each in proposals(area.id)] == ["accepted"]
    with pytest.raises(UserError, match="does not wait"):
        accept_event(one.id, area)


def test_what_stopped_halfway_is_ended_and_what_a_steward_changed_since_stays(area: Area) -> None:
    one = proposed(area)
    log = (area_home(area.id) / LOG).read_bytes()
    accept_event(one.id, area)
    (area_home(area.id) / LOG).write_bytes(log)  # as if the machine stopped before the decision was written
    events = read_calendar(area)
    events.loc[events["event_id"] == one.id, "attendance"] = 5000
    save_calendar(area, events)
    assert accept_event(one.id, area).nothing
    kept = read_calendar(area).set_index("event_id")
    assert kept.loc[one.id, "attendance"] == 5000
    assert not waiting_events(area.id)


def test_a_refusal_says_why_and_changes_no_calendar(area: Area) -> None:
    before, one = read_calendar(area), proposed(area)
    with pytest.raises(UserError, match="why"):
        refuse_event(one.id, area, " nee ")
    refuse_event(one.id, area, "Die dag is de boulevard al vol.")
    found = find_proposal(area.id, one.id)
    assert found is not None
    assert (found.state, found.reason) == ("refused", "Die dag is de boulevard al vol.")
    assert read_calendar(area).equals(before)


def refuse(proposal_id: str, area: Area) -> None:
    refuse_event(proposal_id, area, "Te vol dan.")


@pytest.mark.parametrize("second", [accept_event, withdraw_event, refuse])
def test_of_two_who_decide_the_first_counts(area: Area, second: Callable[[str, Area], object]) -> None:
    one = proposed(area)
    seen = see(find_proposal, area.id, one.id)
    withdraw_event(one.id, area)
    with pytest.raises(ChangedError):
        carry_out(OWNER, seen, second, one.id, area)
    assert [each.state for each in proposals(area.id)] == ["withdrawn"]


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"name": " "}, "not complete"),
        ({"zone_id": "atlantis"}, "not complete"),
        ({"attendance": 0}, "visitors"),
        ({"attendance": 2_000_000}, "visitors"),
        ({"end": datetime(2026, 1, 1)}, "not complete"),
        ({"end": datetime(9998, 1, 1)}, "not complete"),
        ({"start": datetime(2020, 1, 1), "end": datetime(2020, 1, 2)}, "over already"),
    ],
)
def test_what_is_no_event_to_come_is_refused_in_a_sentence(area: Area, wrong: dict[str, object], what: str) -> None:
    with pytest.raises(UserError, match=what):
        proposed(area, **wrong)
    assert proposals(area.id) == ()


def test_so_many_wait_and_no_more(area: Area) -> None:
    for number in range(50):
        proposed(area, f"Feest {number}")
    with pytest.raises(UserError, match="wait already"):
        proposed(area)
    withdraw_event(proposals(area.id)[7].id, area)
    assert proposed(area).waits


def test_a_damaged_line_is_named(area: Area) -> None:
    proposed(area)
    path = area_home(area.id) / LOG
    path.write_bytes(path.read_bytes() + b'{"id": "x"}\n')
    with pytest.raises(UserError, match="Line 2"):
        proposals(area.id)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(min_size=1, max_size=120).filter(lambda text: text.strip().isprintable() and bool(text.strip())),
    hours=st.integers(1, 72),
    attendance=st.integers(1, 1_000_000),
    ahead=st.integers(1, 400),
)
def test_what_was_proposed_is_what_comes_into_the_calendar(
    area: Area, name: str, hours: int, attendance: int, ahead: int
) -> None:
    start = (datetime(2026, 9, 1, tzinfo=UTC) + timedelta(days=ahead)).replace(microsecond=0)
    one = proposed(area, name, start=start, end=start + timedelta(hours=hours), attendance=attendance)
    accept_event(one.id, area)
    row = read_calendar(area).set_index("event_id").loc[one.id]
    assert (row["start"], row["end"], row["attendance"]) == (start, start + timedelta(hours=hours), attendance)
    assert row["name"] == one.name
