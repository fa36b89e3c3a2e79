"""Dates as people write them: with the day of the week, the month by name, 'om' and 'uur', and without an hour."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importing.events import read_events
from language import UserError, language

TZ = ZoneInfo("Europe/Amsterdam")
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september"),
    *("oktober", "november", "december"),
)


def read(folder: Path, start: str, end: str) -> tuple[datetime, datetime]:
    path = folder / "events.csv"
    path.write_text(f'event_id,name,zone_id,start,end,attendance\na,Feest,pier,"{start}","{end}",100\n', "utf-8")
    frame = read_events(path, ["pier"], TZ)
    began, ended = (frame[side].dt.tz_convert(TZ)[0].to_pydatetime() for side in ("start", "end"))
    return began.replace(tzinfo=None), ended.replace(tzinfo=None)


@settings(max_examples=20)
@given(day=st.dates(datetime(2020, 1, 1).date(), datetime(2039, 12, 30).date()), hour=st.integers(4, 20))
def test_16_12_a_moment_in_words_is_the_moment_in_figures(
    tmp_path_factory: pytest.TempPathFactory, day: datetime, hour: int
) -> None:
    folder = tmp_path_factory.mktemp("words")
    weekday, month = DAYS[day.weekday()], MONTHS[day.month - 1]
    plain = f"{day.isoformat()} {hour}:00"
    wanted = read(folder, plain, f"{day.isoformat()} 23:00")
    for written in (
        f"{weekday} {day.day} {month} {day.year} om {hour}.00 uur",
        f"{weekday[:2]} {day.day} {month[:3] if day.month != 3 else 'mrt'} {day.year}, {hour}:00",
        f"{weekday.capitalize()}, {day.day}-{day.month}-{day.year} {hour} uur",
        f"{day.day} {month} {day.year} {hour}u",
    ):
        assert read(folder, written, f"{day.isoformat()} 23:00") == wanted, written


@pytest.mark.parametrize(
    "written", ["zaterdag 8 aug 2026", "8-8-2026", "8 augustus 2026", "2026-08-08", "Saturday 8 August 2026"]
)
def test_16_12_an_event_on_a_day_without_an_hour_is_the_whole_day(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, written, written) == (datetime(2026, 8, 8), datetime(2026, 8, 9))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("zondag 8 aug 2026 14:00", "'zondag 8 aug 2026 14:00' is een andere dag van de week"),
        ("ma 9-8-2026 14:00", "is een andere dag van de week"),
        ("zaterdag 8 aug", "'zaterdag 8 aug' heeft geen jaar"),
        ("8 augustus", "heeft geen jaar"),
        ("8 augustus 14:00", "heeft geen jaar"),
        ("in het weekend", "is geen tijd"),
    ],
)
def test_16_12_what_contradicts_itself_or_has_no_year_is_refused(tmp_path: Path, written: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, written, "2026-08-10 18:00")
    assert sentence in refused.value.say(language("nl"))
