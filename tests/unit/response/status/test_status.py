"""The board of this moment: what is at work, who is there and what others answer; and what everybody reads later."""

import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.area.clock import set_clock
from data.keeping.acts import Actor, carry_out
from data.keeping.real_time import real_now
from feedback.database.store import open_store, store_path
from feedback.upkeep.backup import backup
from feedback.upkeep.copies import copy_to
from feedback.upkeep.restoring import restore
from language import UserError, language
from response.actions.entry import Entry, Logged
from response.actions.log import correct, log, read_entry, strike
from response.actions.worked import worked
from response.cards.history import read_playbook
from response.cards.public import public_cards
from response.conditions.agreed_history import decide_condition, put_condition, read_agreed
from response.conditions.condition import WHO_IS_THERE, Condition
from response.conditions.gate import allowed
from response.status.board import at_work, board, counted_lately, fades
from response.status.presence import LASTS, answer_there, say_there, standing
from response.status.publishing import PublicAction, published, set_delay
from streamlit_app.server.caretaker import look_after
from visuals.playbook.status_words import measure_words, presence_words, public_sentence, since_words

NL = language("nl")
AREA = "scheveningen"
TOWN, POLICE = Actor("professional", "municipality"), Actor("professional", "police")
NOW = real_now()
OPEN_CARD = "borden-spreiden"


@pytest.fixture
def area() -> Area:
    return load_area(AREA)


def agree(area: Area, state: Any = "met", condition: str = "ondernemingsraden") -> None:
    decide_condition(area, condition, state, by="ondernemingsraad", role="steward", reason="Besproken in de raad.")


def say(area: Area, actor: Actor, zone: str = "pier", function: str = "handhaving", *, there: bool = True) -> str:
    sent = str(uuid4())
    carry_out(actor, None, say_there, area, zone, function, there=there, presence_id=sent)
    return sent


def test_it_is_off_until_a_condition_that_governs_it_is_met_by_a_decision(area: Area) -> None:
    assert not allowed(AREA, WHO_IS_THERE)
    with pytest.raises(UserError, match="works councils"):
        say(area, TOWN)
    plain = {"id": "ook", "texts": {"nl": "Ook dit."}, "kind": "legal", "state": "met"}
    governs = {"governs": [{"what": "part", "id": WHO_IS_THERE}]}
    agree(area)
    assert allowed(AREA, WHO_IS_THERE)
    put_condition(area, Condition.model_validate(plain | governs), role="steward", reason="Gevraagd in de sessie.")
    assert not allowed(AREA, WHO_IS_THERE), "every condition that governs it counts"
    agree(area, condition="ook")
    say(area, TOWN)
    assert len(standing(AREA)) == 1
    agree(area, "broken")
    assert standing(AREA) == (), "what was told before is not told any more either"
    assert allowed("auckland", WHO_IS_THERE) is False


def test_a_file_that_calls_it_met_opens_nothing_and_there_is_one_part_only() -> None:
    agreed = read_agreed(AREA)
    one = agreed.condition("ondernemingsraden")
    assert one is not None
    assert one.model_copy(update={"state": "met"}).decided is None
    with pytest.raises(ValueError, match="who-is-there"):
        Condition.model_validate(one.model_dump() | {"governs": [{"what": "part", "id": "kaart"}]})


def test_another_organisation_answers_and_cannot_overwrite(area: Area) -> None:
    agree(area)
    sent = say(area, TOWN)
    say(area, POLICE, there=False)
    assert [(one.id, one.organisation) for one in standing(AREA)] == [(sent, "municipality")]
    carry_out(POLICE, None, answer_there, area, sent, "otherwise", answer_id=str(uuid4()))
    carry_out(POLICE, None, answer_there, area, sent, "right", answer_id=str(uuid4()))
    (one,) = standing(AREA)
    assert [(each.answer, each.organisation) for each in one.answers] == [("right", "police")]
    with pytest.raises(UserError, match="own organisation"):
        carry_out(TOWN, None, answer_there, area, sent, "right", answer_id=str(uuid4()))
    say(area, POLICE)
    assert len(standing(AREA)) == 2
    say(area, TOWN, there=False)
    assert [each.organisation for each in standing(AREA)] == ["police"]
    said = presence_words(one, read_playbook(area), area, real_now(), NL)
    assert "Handhaving is er, sinds" in said
    assert "Gemeld door: Gemeente." in said
    assert "Antwoord van Politie: dat klopt" in said


@pytest.mark.parametrize(("zone", "function"), [("weg", "handhaving"), ("pier", "agent Jansen"), ("pier", "")])
def test_only_places_and_functions_of_this_area_are_told(area: Area, zone: str, function: str) -> None:
    agree(area)
    with pytest.raises(UserError):
        say(area, TOWN, zone, function)
    with pytest.raises(UserError, match="not told any more"):
        carry_out(TOWN, None, answer_there, area, str(uuid4()), "seen", answer_id=str(uuid4()))
    with open_store() as db:
        assert db.execute("SELECT count(*) FROM presences").fetchone()[0] == 0


def test_after_a_day_it_is_gone_from_table_log_backup_and_copy(area: Area, tmp_path: Path) -> None:
    agree(area)
    sent = say(area, TOWN)
    carry_out(POLICE, None, answer_there, area, sent, "seen", answer_id=str(uuid4()))
    early = backup()
    for path in (early, copy_to(tmp_path / "elders")):
        with closing(sqlite3.connect(path)) as copy:
            assert copy.execute("SELECT count(*) FROM presences").fetchone()[0] == 0
        assert sent.encode() not in path.read_bytes()
    look_after(real_now() + LASTS - timedelta(minutes=2))
    assert len(standing(AREA)) == 1
    assert standing(AREA, real_now() + LASTS) == (), "not told any more, also before it is erased"
    look_after(real_now() + LASTS + timedelta(minutes=1))
    with open_store() as db:
        for table in ("presences", "presence_answers"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    for name in ("feedback.db", "feedback.db-wal"):
        path = store_path().with_name(name)
        assert not path.exists() or sent.encode() not in path.read_bytes()
    restore(early)
    assert standing(AREA) == ()


def test_the_audit_log_does_not_tell_where_which_function_was(area: Area) -> None:
    agree(area)
    say(area, TOWN, "pier", "reddingsbrigade")
    with open_store() as db:
        rows = [dict(row) for row in db.query("SELECT * FROM audit_log WHERE act LIKE 'presence%'")]
    assert len(rows) == 1
    assert rows[0]["target"] == AREA
    assert not {"pier", "reddingsbrigade"} & {str(value) for value in rows[0].values()}


def entry(stage: str, hours: float, **more: Any) -> Entry:
    plain: dict[str, Any] = {"id": str(uuid4()), "area": AREA, "stage": stage, "card": OPEN_CARD, "zones": ("pier",)}
    return read_entry(plain | {"happened": NOW - timedelta(hours=hours)} | more)


def logged(one: Entry, *, struck: bool = False) -> Logged:
    return Logged(entry=one, number=1, root=one.id, entered=one.happened, role="professional", struck=struck)


def test_what_started_is_at_work_until_somebody_says_that_it_ended_there(area: Area) -> None:
    first = log(entry("started", 3, zones=("pier", "keizerstraat")), area)
    assert [one.zone for one in at_work(AREA)] == ["pier", "keizerstraat"]
    log(entry("ended", 1, zones=("pier",)), area)
    log(entry("planned", 1, card=None, texts={"what": "Later"}), area)
    assert [one.zone for one in at_work(AREA)] == ["keizerstraat"]
    linked = log(entry("started", 2, card=None, texts={"what": "Hekken"}, zones=("visafslag",)), area)
    log(entry("ended", 0, card=None, texts={"what": "Weg"}, zones=("visafslag",), links=(linked.root,)), area)
    strike(first.root, reason="Ging niet door.")
    assert at_work(AREA) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(("started", "ended")), st.integers(1, 100), st.integers(0, 20), st.booleans()),
        max_size=8,
    )
)
def test_no_measure_ends_before_it_starts_and_each_entry_counts_once_a_place(told: list[tuple[Any, ...]]) -> None:
    rows = []
    for stage, hours, lasts, struck in told:
        until = NOW - timedelta(hours=hours - lasts) if lasts else None
        rows.append(logged(entry(stage, hours, until=until), struck=struck))
    found = worked(rows)
    assert all(one.end is None or one.end >= one.start for one in found)
    assert all(not one.entry.struck for one in found)
    roots = [(one.entry.root, one.zone) for one in found]
    assert len(roots) == len(set(roots))
    started = {one.root for one in rows if one.entry.stage == "started" and not one.struck}
    assert started <= {root for root, _ in roots}


def test_counts_are_told_where_the_area_is_live_only(area: Area) -> None:
    assert counted_lately(area) == {}
    live = set_clock(area, None)
    found = counted_lately(live)
    assert set(found) == set(area.zone_ids)
    assert all(real_now() - one.hour < timedelta(hours=3) for one in found.values())
    lines = board(live, found)
    assert [one.zone for one in lines] == list(area.zone_ids)
    assert all(one.counted is not None for one in lines)


def test_what_is_old_fades_and_says_its_age(area: Area) -> None:
    assert not fades(NOW - timedelta(minutes=119), NOW)
    assert fades(NOW - timedelta(hours=2), NOW)
    assert "(1 minuut geleden)" in since_words(NOW - timedelta(seconds=61), NOW, area, NL)
    assert "(12 minuten geleden)" in since_words(NOW - timedelta(minutes=12), NOW, area, NL)
    assert "(3 uren geleden)" in since_words(NOW - timedelta(hours=3, minutes=50), NOW, area, NL)
    carry_out(POLICE, None, log, entry("started", 1), area)
    (one,) = at_work(AREA)
    said = measure_words(one, read_playbook(area), area, real_now(), NL)
    assert said.startswith("Bezig: ")
    assert said.endswith("Ingevoerd door: Politie.")


def public(area: Area, hours: float = 0) -> tuple[PublicAction, ...]:
    return published(area, read_playbook(area), real_now() + timedelta(hours=hours))


def test_the_public_twin_waits_for_the_steward_and_then_for_the_delay(
    area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("response.actions.log.real_now", lambda: real_now() - timedelta(seconds=2))
        before = log(entry("started", 1), area)
    assert public(area, 1000) == ()
    set_delay(area, 24, role="steward", reason="Bewoners vragen erom.")
    ended = log(entry("ended", 0.5, texts={"outcome": "Het liep rustig leeg.", "risk": "geheim"}), area)
    assert public(area, 23) == ()
    (one,) = public(area, 25)
    assert one.outcome == "Het liep rustig leeg."
    assert before.entry.happened.date() == one.day or one.zones == ("pier",)
    said = public_sentence(one, area, NL)
    assert "Wat ervan kwam: Het liep rustig leeg." in said
    assert "geheim" not in said
    correct(ended.root, ended.entry.model_copy(update={"texts": {"outcome": "Jan de Vries belde 06-12345678."}}), area,
            reason="Anders gegaan.")  # fmt: skip
    (one,) = public(area, 25)
    assert one.outcome == "", "words in which something personal may stand stay with professionals"
    strike(ended.root, reason="Was niet zo.")
    assert public(area, 25) == ()
    set_delay(area, None, role="steward", reason="Voorlopig niet meer.")
    log(entry("started", 0), area)
    assert public(area, 1000) == ()


def test_only_what_everybody_may_see_has_room_in_the_public_twin(area: Area) -> None:
    set_delay(area, 0, role="steward", reason="Bewoners vragen erom.")
    playbook = read_playbook(area)
    public_ids = {card.id for card in public_cards(playbook)}
    for card in playbook.cards:
        log(entry("started", 0, card=card.id), area)
    log(entry("started", 0, card=None, texts={"what": "Iets anders"}), area)
    log(entry("decided", 0), area)
    assert len(public(area, 1)) == len(public_ids) < len(playbook.cards)
    assert [field.name for field in fields(PublicAction)] == ["day", "names", "zones", "outcome", "practice"]


@pytest.mark.parametrize("hours", [-1, 24 * 30 + 1])
def test_a_delay_is_hours_up_to_thirty_days(area: Area, hours: int) -> None:
    with pytest.raises(UserError, match="0 to 720"):
        set_delay(area, hours, role="steward", reason="Bewoners vragen erom.")
