"""Whether a forecast is of the week that comes: with the real time frozen, for live, replayed and old ones."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.area import Area, Clock, load_area
from data.consent.newest import counted_until
from data.keeping import real_time
from forecasting.values.formats import as_geojson, as_json
from forecasting.values.timing import COUNTS_ARE_OLD, FORECAST_IS_OLD, USUAL, Timing, timing_of
from language import language
from tests.unit.small_town import small_town
from visuals.words.amounts import marked_chart, marks
from visuals.words.changes import change_sentence
from visuals.words.timing_words import practice_sentences, real_sentences, week_title, week_words

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
NOT_NOW = Timing(now=False)
COMING = re.compile(r"komend|vandaag|morgen|coming|today|tomorrow|this week|deze week", re.IGNORECASE)


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_time, "real_now", lambda: NOW)


def with_clock(area: Area, moment: datetime | None = None) -> Area:
    clock = Clock() if moment is None else Clock(mode="replay", moment=moment)
    return area.model_copy(update={"clock": clock})


def test_a_live_area_calls_the_frozen_moment_now(coast: Area) -> None:
    assert coast.now() == NOW.astimezone(coast.tz)
    assert timing_of(coast, NOW) == USUAL


@settings(deadline=None)
@given(hours=st.integers(-400, 400), counted=st.none() | st.integers(0, 2000))
def test_old_forecasts_and_old_counts_are_seen(sensors: Area, hours: int, counted: int | None) -> None:
    area = with_clock(sensors)
    cutoff = NOW - timedelta(hours=hours)
    until = None if counted is None else cutoff - timedelta(hours=counted)
    found = timing_of(area, cutoff, until)
    assert found.now == (abs(timedelta(hours=hours)) <= FORECAST_IS_OLD)
    assert (found.counted_until is not None) == (counted is not None and timedelta(hours=counted) > COUNTS_ARE_OLD)
    assert found.usual == (found.now and found.counted_until is None)


def test_three_days_are_not_old_yet_and_counts_of_a_week_neither(sensors: Area) -> None:
    area = with_clock(sensors)
    assert timing_of(area, NOW - timedelta(hours=72)).now
    assert not timing_of(area, NOW - timedelta(hours=73)).now
    assert timing_of(area, NOW, NOW - timedelta(hours=168)) == USUAL
    assert timing_of(area, NOW, NOW - timedelta(hours=169)).counted_until == date(2026, 11, 23)


@pytest.mark.parametrize("moment", [datetime(2025, 7, 7, 8), datetime(2026, 11, 30, 9), datetime(2027, 7, 5, 8)])
def test_a_replayed_week_is_never_the_one_that_comes(sensors: Area, moment: datetime) -> None:
    area = with_clock(sensors, moment)
    assert not timing_of(area, area.now()).now


def test_counts_end_where_the_last_known_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    hours = pd.date_range("2026-06-01", "2026-08-02 22:00", freq="h", tz="UTC")
    area = small_town(tmp_path, hours, replay=datetime(2026, 8, 3, 8))
    last = hours[-1].to_pydatetime() + timedelta(hours=1)
    assert counted_until(area, NOW) == last
    before = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert counted_until(area, before) == before
    assert counted_until(area, datetime(2020, 1, 1, tzinfo=UTC)) is None
    assert counted_until(load_area("scheveningen"), NOW) is None, "made-up counts have no end"


@pytest.mark.parametrize(
    ("first", "nl", "en"),
    [
        (date(2026, 8, 3), "3 t/m 9 augustus 2026", "3 to 9 August 2026"),
        (date(2026, 11, 30), "30 november t/m 6 december 2026", "30 November to 6 December 2026"),
        (date(2025, 12, 29), "29 december 2025 t/m 4 januari 2026", "29 December 2025 to 4 January 2026"),
    ],
)
def test_a_week_is_named_with_its_year(first: date, nl: str, en: str) -> None:
    assert week_words(first, language("nl")) == nl
    assert week_words(first, language("en")) == en


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("year", [2024, 2025, 2027])
@pytest.mark.parametrize("short", [False, True])
def test_what_is_said_of_another_week_names_its_year_and_calls_it_nothing_else(
    coast: Area, sensors: Area, code: str, year: int, short: bool
) -> None:
    lang, first = language(code), date(year, 7, 7)
    replay = with_clock(sensors, datetime(year, 7, 7, 8))
    said = [
        real_sentences(replay, NOT_NOW, first, lang, short=short),
        real_sentences(with_clock(sensors), NOT_NOW, first, lang, short=short),
        real_sentences(with_clock(sensors), Timing(counted_until=first), first, lang, short=short),
        practice_sentences(coast, NOT_NOW, first, lang, short=short),
    ]
    for sentences in said:
        assert sentences is not None
        assert str(year) in " ".join(sentences)
        assert not COMING.search(" ".join(sentences).replace("not the one that comes", ""))
    assert len({" ".join(sentences or ()) for sentences in said}) == 4
    assert real_sentences(with_clock(sensors), USUAL, first, lang, short=short) is None


def test_titles_and_marks_follow_the_time(make, coast: Area, sensors: Area) -> None:
    nl, real, practice = language("nl"), make(sensors), make(coast)
    assert week_title(real, nl) == "De komende week: 3 t/m 9 augustus 2026"
    assert marks(real, nl) == ""
    past = replace(real, timing=NOT_NOW)
    assert week_title(past, nl) == "De week van 3 t/m 9 augustus 2026"
    assert marks(past, nl) == "WEEK UIT AUG 2026"
    old = replace(real, timing=Timing(counted_until=date(2026, 1, 1)))
    assert not COMING.search(week_title(old, nl))
    replayed = replace(practice, timing=NOT_NOW)
    assert marks(replayed, nl) == "OEFENGEGEVENS"
    assert marked_chart("Verwacht", replayed, nl) == "OEFENGEGEVENS · Week van 3 t/m 9 augustus 2026 · Verwacht"
    assert marked_chart("Verwacht", practice, nl) == "OEFENGEGEVENS · Verwacht"


def test_a_change_to_another_week_is_not_since_yesterday() -> None:
    from forecasting.values.changes import DayChange

    busier = [DayChange(date(2025, 11, 29), 2.0, 0.0)]
    day, before = date(2025, 11, 24), date(2025, 11, 23)
    assert change_sentence(busier, before, day, language("nl")).startswith("Sinds gisteren")
    assert change_sentence(busier, before, None, language("nl")).startswith("Sinds zondag 23 november 2025")


def test_other_programs_read_as_of_when_it_is(make, sensors: Area) -> None:
    plain = make(sensors)
    past = replace(plain, timing=Timing(now=False, counted_until=date(2026, 7, 1)))
    for found in (json.loads(as_json(plain)), json.loads(as_geojson(plain, sensors))):
        assert (found["as_of"], found["replay"], found["counted_until"]) == ("2026-08-03T18:00:00+12:00", False, None)
    assert json.loads(as_json(past))["replay"] is True
    assert json.loads(as_json(past))["counted_until"] == "2026-07-01"
    assert np.array_equal(plain.median, past.median)
