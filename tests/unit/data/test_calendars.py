from datetime import date
from time import perf_counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from data.area.area import Area, SchoolHoliday, load_area
from data.area.calendars import days, school_holidays_known_until
from language import UserError, language
from language.catalogue import read_messages


@pytest.fixture(scope="module")
def scheveningen() -> Area:
    return load_area("scheveningen")


@pytest.fixture(scope="module")
def auckland(scheveningen: Area) -> Area:
    fields = {"country": "NZ", "subdiv": "AUK", "school_region": None, "visitors_from": ()}
    return scheveningen.model_copy(update=fields)


def test_known_days_of_2026(scheveningen: Area) -> None:
    year = days(scheveningen, date(2026, 1, 1), date(2026, 12, 31))
    assert len(year) == 365
    assert year.loc["2026-04-27", "public_holiday"] == "King's Day"
    assert year.loc["2026-12-25", "public_holiday"] == "Christmas Day"
    assert year.loc["2026-08-03", "public_holiday"] == ""
    assert year.loc["2026-08-03", "weekday"] == 0
    summer = year.index[year["school_holiday"] == "Summer Break"]
    assert (summer.min(), summer.max()) == (pd.Timestamp(2026, 7, 18), pd.Timestamp(2026, 8, 30))


def test_visitors_have_their_own_public_and_school_holidays(scheveningen: Area) -> None:
    year = days(scheveningen, date(2026, 1, 1), date(2026, 12, 31))
    assert year.loc["2026-06-04", "visitor_holiday"], "Corpus Christi is a holiday in North Rhine-Westphalia only"
    assert year.loc["2026-09-01", "visitor_holiday"], "its summer holidays last longer than those of The Hague"
    assert not year.loc["2026-07-18", "visitor_holiday"], "and begin later"
    nobody = scheveningen.model_copy(update={"visitors_from": ()})
    assert not days(nobody, date(2026, 1, 1), date(2026, 12, 31))["visitor_holiday"].any()


def test_country_without_school_holidays_has_an_empty_column(auckland: Area) -> None:
    year = days(auckland, date(2025, 1, 1), date(2025, 12, 31))
    assert year.loc["2025-01-27", "public_holiday"] == "Auckland Anniversary Day"
    assert (year["school_holiday"] == "").all()
    assert school_holidays_known_until(auckland) is None


def test_own_school_holidays_of_an_area() -> None:
    area = load_area("auckland")
    year = days(area, date(2025, 1, 1), date(2025, 12, 31))
    april = year.index[year["school_holiday"] == "April holidays"]
    assert (april.min(), april.max(), len(april)) == (pd.Timestamp(2025, 4, 12), pd.Timestamp(2025, 4, 27), 16)
    assert set(year.loc["2025-01-01":"2025-01-26", "school_holiday"]) == {"Summer holidays"}
    assert year.loc["2025-01-27", "school_holiday"] == ""
    assert school_holidays_known_until(area) == date(2027, 1, 31)


def test_school_holiday_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="April ends before it begins"):
        SchoolHoliday(name="April", first=date(2025, 4, 27), last=date(2025, 4, 12))


def test_far_years_are_empty_and_said_so(scheveningen: Area) -> None:
    known = school_holidays_known_until(scheveningen)
    assert known is not None
    assert known >= date(2030, 1, 1)
    after = days(scheveningen, date(known.year + 1, 1, 1), date(2150, 12, 31))
    assert (after["school_holiday"] == "").all()
    assert not days(scheveningen, date(1801, 1, 1), date(1801, 12, 31))["visitor_holiday"].any()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"school_region": "Randstad"}, "Midden, Noord, Zuid"),
        ({"country": "QQ"}, "QQ"),
        ({"visitors_from": ("DE-XX",)}, "DE"),
    ],
)
def test_unknown_country_or_region_is_said(scheveningen: Area, fields: dict[str, object], said: str) -> None:
    wrong = scheveningen.model_copy(update=fields)
    with pytest.raises(UserError, match=said):
        days(wrong, date(2026, 1, 1), date(2026, 1, 2))


@settings(max_examples=30, deadline=None)
@given(first=st.dates(date(2015, 1, 1), date(2030, 1, 1)), length=st.integers(0, 500))
def test_part_of_a_period_is_the_same(scheveningen: Area, first: date, length: int) -> None:
    last = (pd.Timestamp(first) + pd.Timedelta(days=length)).date()
    part = days(scheveningen, first, last)
    assert len(part) == length + 1
    whole = days(scheveningen, date(2015, 1, 1), date(2031, 12, 31))
    pd.testing.assert_frame_equal(part, whole.loc[str(first) : str(last)], check_freq=False)


def test_ten_years_are_fast(scheveningen: Area) -> None:
    days(scheveningen, date(2020, 1, 1), date(2029, 12, 31))
    start = perf_counter()
    days(scheveningen, date(2020, 1, 1), date(2029, 12, 31))
    assert perf_counter() - start < 0.5


def test_every_holiday_of_the_shipped_areas_has_a_dutch_name(scheveningen: Area) -> None:
    names: set[str] = set()
    for area in (scheveningen, load_area("auckland")):
        period = days(area, date(2015, 1, 1), date(2032, 12, 31))
        names |= {*period["public_holiday"], *period["school_holiday"]}
    assert names - {""} <= set(read_messages("nl"))
    assert language("nl").t("King's Day") == "Koningsdag"
