from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.week_hours import days, week_hours, week_position
from language import language
from visuals.words.amounts import Comparison, compared_sentence, comparison, factor_words, people_range, times
from visuals.words.hours import between_hours, day_and_part, hour_title, short_day

NL, EN = language("nl"), language("en")


def test_a_week_is_the_first_seven_local_dates(make, coast):
    forecast = make(coast, hours=240)
    dates = forecast.local_hours[week_hours(forecast)].date
    assert len(set(dates)) == 7
    assert dates[0].isoformat() == "2026-08-03"
    assert len(week_hours(forecast)) == 7 * 24 - 8


def test_hours_that_have_passed_are_left_out(make, coast):
    forecast = make(coast)
    since = datetime(2026, 8, 4, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    first = forecast.local_hours[week_hours(forecast, since)[0]]
    assert first == since
    assert not len(week_hours(forecast, since + timedelta(days=30)))


@settings(max_examples=30, deadline=None)
@given(start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), hours=st.integers(1, 200))
def test_days_hold_every_hour_once(make, coast, start, hours):
    forecast = make(coast, start=start.replace(minute=0, second=0, microsecond=0).isoformat(), hours=hours)
    week = week_hours(forecast)
    parts = list(days(forecast, week))
    assert np.concatenate([part for _, part in parts]).tolist() == week.tolist()
    assert all(set(forecast.local_hours[part].date) == {day} for day, part in parts)


def test_days_stay_aligned_when_the_clocks_change(make, coast):
    forecast = make(coast, start="2026-10-23 22:00", hours=96)
    first = forecast.local_hours[0].date()
    positions = [week_position(hour, first) for hour in forecast.local_hours]
    assert positions[:3] == [0, 1, 2]
    assert positions.count(26) == 2
    assert positions[-1] == 94


def test_dayparts_are_named_as_people_say_them():
    saturday = datetime(2026, 8, 8).date()
    assert day_and_part(saturday, "afternoon", NL) == "zaterdagmiddag"
    assert day_and_part(saturday, "night", NL) == "zaterdag in de nacht"
    assert day_and_part(saturday, "evening", EN) == "Saturday evening"


def test_an_hour_and_a_day_as_titles(make, coast):
    forecast, saturday = make(coast), datetime(2026, 8, 8).date()
    assert hour_title(forecast, 126, EN) == "Saturday 8 August 2026, 14:00"
    assert hour_title(forecast, 126, NL) == "Zaterdag 8 augustus 2026, 14 uur"
    assert short_day(saturday, EN, compact=False) == "Sat 8 Aug"
    assert short_day(saturday, EN, compact=True) == ["Sat", "8", "Aug"]


def test_midnight_at_the_end_is_24():
    start, end = datetime(2026, 8, 8, 20), datetime(2026, 8, 9)
    assert between_hours(start, end, NL) == "van 20 tot 24 uur"


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_larger_factor_never_sounds_quieter(one, other):
    order = list(get_args(Comparison))
    low, high = sorted((one, other))
    assert order.index(comparison(low)) <= order.index(comparison(high))


@pytest.mark.parametrize(
    ("factor", "words"),
    [(0.5, "half zo druk"), (1.0, "bijna geen verschil"), (1.8, "bijna twee keer zo druk"), (2.5, "2,5 keer zo druk")],
)
def test_factors_in_words(factor, words):
    assert factor_words(factor, NL) == words


@pytest.mark.parametrize(
    ("below", "name", "beyond"),
    [
        (40, "far fewer", "half"),
        (60, "half", "quieter"),
        (75, "quieter", "bit quieter"),
        (90, "bit quieter", "same"),
        (110, "same", "bit busier"),
        (125, "bit busier", "busier"),
        (140, "busier", "half more"),
        (165, "half more", "nearly twice"),
        (190, "nearly twice", "times"),
    ],
)
def test_each_word_goes_up_to_a_whole_per_cent(below, name, beyond):
    assert comparison(below / 100) == name
    assert comparison((below + 1) / 100) == beyond


@pytest.mark.parametrize(
    ("factor", "said"),
    [(2.2, "2"), (2.3, "2.5"), (4.7, "4.5"), (4.8, "5"), (5.0, "5"), (5.3, "5"), (6.7, "7"), (7.3, "7"), (12.4, "12")],
)
def test_a_number_of_times_is_the_nearest_that_is_said(factor, said):
    assert times(factor, EN) == said


def test_nothing_is_compared_with_the_unknown_or_with_next_to_nobody():
    day = datetime(2026, 8, 8).date()
    assert compared_sentence(100, float("nan"), day, NL) == ""
    assert compared_sentence(100, 19, day, NL) == ""
    assert compared_sentence(40, 20, day, EN) == "That is about 2 times as busy as on a normal Saturday."
    assert compared_sentence(200, 100, day, NL) == "Dat is ongeveer 2 keer zo druk als op een gewone zaterdag."


def test_an_interval_that_rounds_to_one_number_is_one_number():
    assert people_range(2010, 2040, "present", NL) == "ongeveer 2.000 mensen tegelijk"
    assert people_range(2010, 4460, "passages", EN) == "between about 2,000 and 4,500 passers-by in that hour"
