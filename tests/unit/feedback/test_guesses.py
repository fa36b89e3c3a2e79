"""Who knows the place better: guesses before the forecast is shown, and one score for the room and the forecast."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from feedback.database import connections
from feedback.database.own_rows import rows_of
from feedback.database.store import open_store
from feedback.sessions.agenda import add_item, find_item, remove_item
from feedback.sessions.mending import copy_session, is_empty
from feedback.sessions.paper import on_paper
from feedback.sessions.rehearsal import begin_rehearsal, end_rehearsal
from feedback.sessions.rounds.guesses import (
    LETTERS,
    Guess,
    Round,
    earlier_rounds,
    guess,
    guessers,
    own_guess,
    round_of,
    told_apart,
    type_in,
)
from feedback.sessions.sessions import Session, close_session, make_session, open_session, reveal
from feedback.sessions.stage import stage
from feedback.upkeep.erasure import erase_person
from forecasting.evaluation.guess_scores import came, middle, shares_of, steps_off
from forecasting.inputs.saturdays import next_saturday
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import obtain
from forecasting.training.model_files import load_models
from forecasting.values.thresholds import LEVELS
from language import UserError, language
from reports.session_guess_words import guess_sentences, last_time, result_table
from reports.session_guesses import GuessResult, guess_result
from streamlit_app.sessions.guess_paper import read_guesses

NL = language("nl")
ABOUT = Round("20260803T06-abc", date(2026, 8, 8))
GIVEN = st.lists(st.sampled_from(LEVELS), min_size=1, max_size=30)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "guess", "Wie kent Scheveningen beter?", item_id="g")
    return open_session(made.id, snapshot=ABOUT.snapshot)


def send(here: Session, zone: str, level: str, person: str) -> None:
    guess(here.id, "g", zone, level, person=person, about=ABOUT)


def test_16_15_a_guess_is_ones_own_and_the_newest_counts_until_the_forecast_is_shown(evening: Session) -> None:
    assert round_of("g") is None
    send(evening, "pier", "green", "a")
    send(evening, "keizerstraat", "orange", "a")
    send(evening, "pier", "red", "b")
    assert (guessers("g"), own_guess("g", "a")) == (2, Guess("keizerstraat", "orange"))
    assert (stage(evening.id).answered, round_of("g")) == (2, ABOUT)
    reveal("g")
    reveal("g", shown=False)  # whoever saw it once saw it
    for person in ("a", "c"):
        with pytest.raises(UserError, match="shown already"):
            send(evening, "pier", "yellow", person)
    assert own_guess("g", "a") == Guess("keizerstraat", "orange")


def test_16_15_what_is_asked_stays_when_the_session_is_opened_again(evening: Session) -> None:
    send(evening, "pier", "green", "a")
    close_session(evening.id)
    with pytest.raises(UserError, match="closed"):
        send(evening, "pier", "red", "a")
    open_session(evening.id, snapshot="20260810T06-def")
    guess(evening.id, "g", "pier", "red", person="b", about=Round("20260810T06-def", date(2026, 8, 15)))
    assert round_of("g") == ABOUT


@pytest.mark.parametrize(("zone", "level"), [("pier", "purple"), ("", "red"), ("pier", "")])
def test_16_15_a_guess_is_a_place_and_one_of_the_four_pictures(evening: Session, zone: str, level: str) -> None:
    with pytest.raises(UserError, match="Choose a place"):
        send(evening, zone, level, "a")
    assert (guessers("g"), round_of("g")) == (0, None)


def test_16_15_guesses_are_found_erased_wiped_and_kept_out_of_copies_as_all_that_people_send(evening: Session) -> None:
    send(evening, "pier", "red", "a")
    with pytest.raises(UserError, match="already answered"):
        remove_item("g")
    assert not is_empty(evening.id)
    with open_store() as db:
        assert rows_of(db, "a")["guesses"][0]["zone"] == "pier"
    copy = copy_session(evening.id, title="Nog een", day=date(2026, 9, 1))
    assert is_empty(copy.id)
    erase_person("a")
    assert guessers("g") == 0
    begin_rehearsal(copy.id)
    (item,) = stage(copy.id).items
    guess(copy.id, item.id, "pier", "red", person="b", about=ABOUT)
    reveal(item.id)
    assert earlier_rounds("scheveningen", "2026-09-01") == ["g"]
    end_rehearsal(copy.id)
    assert (guessers(item.id), round_of(item.id), find_item(item.id).shown) == (0, None, None)


def test_16_15_paper_counts_as_phones_do(evening: Session) -> None:
    places = [("pier", None), ("keizerstraat", None)]
    sheets = read_guesses(["1 c", "", " 2  A "], places)  # type: ignore[arg-type]
    assert sheets == [Guess("pier", "orange"), Guess("keizerstraat", "green")]
    assert type_in(evening.id, "g", sheets, about=ABOUT) == 2
    assert (guessers("g"), on_paper(evening.id)) == (2, 2)
    for wrong in ("3 a", "0 a", "1", "1 e", "c 1", "1 a b"):
        with pytest.raises(UserError, match="Line 2"):
            read_guesses(["1 a", wrong], places)  # type: ignore[arg-type]
    assert list(LETTERS.values()) == list(LEVELS)


def test_16_15_an_agenda_of_before_takes_the_new_kind_and_loses_nothing(home: Path, evening: Session) -> None:
    path = home / "before.db"
    kinds = ("look", "scenario", "statements", "thresholds", "question", "request")
    connections.migrate(path)
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('guessing', 'guesses')")
        for table in ("guess_rounds", "guesses"):
            db.execute(f"DROP TABLE {table}")
        db.execute("ALTER TABLE agenda DROP COLUMN shown")
        db.execute("ALTER TABLE agenda DROP COLUMN kind")
        db.execute("ALTER TABLE agenda ADD COLUMN kind TEXT NOT NULL DEFAULT 'look' CHECK (kind IN " + str(kinds) + ")")
        db.execute(
            "INSERT INTO sessions (id, name, kind, title, date, area, state, moderation, made, opened) "
            "VALUES ('s', 's', 'werkgroep', 'S', '2026-01-01', 'x', 'open', 'after', '', '2026-01-01T18:00Z')"
        )
        for kind in kinds:
            db.execute(
                "INSERT INTO agenda (id, session, position, title, kind, revealed) VALUES (?, 's', 1, 'T', ?, ?)",
                [kind, kind, kind == "look"],
            )
        db.execute(
            "INSERT INTO responses (id, session, item, text, state, sent) VALUES ('r','s','look','t','waiting','')"
        )
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("UPDATE agenda SET kind = 'guess'")
    db.close()
    connections.migrate(path)
    with sqlite3.connect(path) as db:
        assert [row[0] for row in db.execute("SELECT kind FROM agenda ORDER BY rowid")] == list(kinds)
        assert db.execute("SELECT id FROM agenda WHERE shown IS NOT NULL").fetchall() == [("look",)]
        assert db.execute("SELECT count(*) FROM responses").fetchone() == (1,)
        db.execute("UPDATE agenda SET kind = 'guess' WHERE id = 'look'")
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("UPDATE agenda SET kind = 'nonsense'")
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


@given(said=GIVEN, level=st.sampled_from(LEVELS))
def test_16_15_who_agrees_is_off_by_as_many_pictures_as_it_was(said: list[str], level: str) -> None:
    shares = shares_of(said)
    off = steps_off(shares, level)  # type: ignore[arg-type]
    assert 0 <= off <= 3
    apart = [abs(LEVELS.index(one) - LEVELS.index(level)) for one in said]  # type: ignore[arg-type]
    if len(set(said)) == 1:
        assert off == pytest.approx(apart[0])
        assert middle(shares) == said[0]
    assert off <= np.mean(apart) + 1e-9  # never worse than one person of the room is on average
    assert (off == 0) == (set(said) == {level})


@given(believed=GIVEN, said=GIVEN)
def test_16_15_nobody_scores_better_by_saying_something_else_than_they_think(
    believed: list[str], said: list[str]
) -> None:
    def expected(shares: tuple[float, float, float, float]) -> float:
        return sum(share * steps_off(shares, level) for share, level in zip(shares_of(believed), LEVELS, strict=True))

    assert expected(shares_of(believed)) <= expected(shares_of(said)) + 1e-9


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30))
def test_16_15_no_place_of_fewer_than_five_is_told_nor_what_is_left_of_the_whole(zones: list[str]) -> None:
    told = told_apart([Guess(zone, "red") for zone in zones])
    assert all(len(group.guesses) >= 5 for group in told)
    assert sum(len(group.guesses) for group in told) == (len(zones) if len(zones) >= 5 else 0)
    assert all({one.zone for one in group.guesses} == {group.zone} for group in told if group.zone)


def _result(said: list[tuple[str, str]], until: datetime | None = None) -> GuessResult:
    area = load_area("scheveningen")
    cutoff = datetime(2026, 8, 3, 6, tzinfo=UTC)
    snapshot = obtain(area, cutoff, 168)
    made = forecast(snapshot)
    saturday = next_saturday(made)
    assert saturday is not None
    about = Round(snapshot.id, saturday.date)
    found = tuple(Guess(*one) for one in said)
    return guess_result(
        about,
        found,
        area,
        load_models(area).thresholds(area),
        until or cutoff + timedelta(days=14),
        obtain=lambda _area, _id: made,
    )


def test_16_15_room_and_forecast_are_scored_alike_on_the_counts_of_the_day() -> None:
    right = _result([("pier", "green")] * 5).places[0].came
    assert right is not None
    found = _result([("pier", right)] * 6 + [("keizerstraat", "red")] * 5)
    by_zone = {one.zone: one for one in found.places}
    assert (found.people, set(by_zone)) == (11, {"pier", "keizerstraat"})
    assert (by_zone["pier"].room_off, by_zone["pier"].came) == (0, right)
    street = by_zone["keizerstraat"]
    assert street.came is not None
    assert street.room_off == pytest.approx(3 - LEVELS.index(street.came))
    assert found.room_off == pytest.approx(5 * (street.room_off or 0) / 11)
    assert found.model_off is not None
    assert found.model_off <= 3
    sentence = guess_sentences(found, NL)[0]
    assert sentence.startswith("Zaterdag 8 augustus: de zaal zat er")
    assert last_time(found, NL) == f"De vorige keer: z{sentence[1:]}"
    table = result_table(found, load_area("scheveningen"), NL)
    assert list(table["mensen"]) == [6, 5]


def test_16_15_before_the_day_is_counted_that_is_said_and_nothing_is_scored() -> None:
    found = _result([("pier", "orange")] * 5, until=datetime(2026, 8, 8, 9, tzinfo=UTC))
    assert (found.places[0].room, found.places[0].came, found.room_off) == ("orange", None, None)
    assert guess_sentences(found, NL) == [
        "Zaterdag 8 augustus is nog niet geteld. Daarna zien we wie er dichter bij zat."
    ]
    assert "nog niet geteld" in result_table(found, load_area("scheveningen"), NL).to_string()
    assert last_time(found, NL) == ""


def test_16_15_few_people_at_many_places_are_scored_together_and_told_of_none() -> None:
    found = _result([("pier", "orange"), ("keizerstraat", "green"), ("visafslag", "red")] * 2)
    assert [(one.zone, one.people, one.room, one.came) for one in found.places] == [(None, 6, None, None)]
    assert found.room_off is not None
    few = _result([("pier", "orange")] * 4)
    assert few.places == ()
    assert guess_sentences(few, NL) == ["Er schatten nog geen vijf mensen. Vanaf vijf laten we schattingen zien."]


def test_16_15_a_forecast_that_is_gone_is_said() -> None:
    area = load_area("scheveningen")
    gone = guess_result(
        ABOUT,
        (Guess("pier", "red"),) * 5,
        area,
        None,
        datetime(2026, 9, 1, tzinfo=UTC),
        obtain=lambda *_: None,  # type: ignore[arg-type]
    )
    assert gone.missing
    assert guess_sentences(gone, NL) == [
        "De verwachting van die avond is er niet meer. Er valt dus niets te vergelijken."
    ]


def test_16_15_hours_that_are_missing_leave_a_day_uncounted() -> None:
    area = load_area("scheveningen")
    made = forecast(obtain(area, datetime(2026, 8, 3, 6, tzinfo=UTC), 168))
    thresholds = load_models(area).thresholds(area)
    hours = made.hours[made.local_dates == date(2026, 8, 8)]
    counts = pd.DataFrame({"zone_id": "pier", "hour": hours, "count": 1.0})
    assert came(counts, made, thresholds, "pier", date(2026, 8, 8)) == "green"
    assert came(counts.iloc[:20], made, thresholds, "pier", date(2026, 8, 8)) is None
    assert came(counts.assign(zone_id="visafslag"), made, thresholds, "pier", date(2026, 8, 8)) is None
