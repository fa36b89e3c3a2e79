from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.week_hours import days, week_hours, week_position
from language import language
from visuals.words.amounts import Comparison, compared_sentence, comparison, factor_words, people_range
from visuals.words.hours import between_hours, day_and_part

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


def test_nothing_is_compared_with_the_unknown_or_with_next_to_nobody():
    day = datetime(2026, 8, 8).date()
    assert compared_sentence(100, float("nan"), day, NL) == ""
    assert compared_sentence(100, 3, day, NL) == ""
    assert compared_sentence(200, 100, day, NL) == "Dat is ongeveer 2 keer zo druk als op een gewone zaterdag."


def test_an_interval_that_rounds_to_one_number_is_one_number():
    assert people_range(2010, 2040, "present", NL) == "ongeveer 2.000 mensen tegelijk"
    assert people_range(2010, 4460, "passages", EN) == "between about 2,000 and 4,500 passers-by in that hour"
