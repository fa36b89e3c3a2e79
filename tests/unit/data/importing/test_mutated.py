"""Whatever a file is damaged into, it is read or refused in a sentence: no other error, and no endless work."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from data.area.connector_settings import Connector
from data.connectors import ics, knmi, open_meteo
from data.importing.counts.reader import read_counts
from data.importing.events import read_events
from language import UserError, language
from tests.unit.data.connectors.test_ical import AREA, CONNECTOR, LOCAL, calendar, defined, event, raw
from tests.unit.data.mutations import damaged
from tests.unit.data.quick_checks import quick_checks  # noqa: F401

FEW, MANY, SEED = 500, 10_000, 20260803
NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
TZ = ZoneInfo("Europe/Amsterdam")
LANGUAGES = (language("nl"), language("en"))

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=WE"
DETAILS = ("LOCATION:De Pier", "GEO:52.115;4.28", "X-ATTENDANCE:15.000", "STATUS:CONFIRMED")
CALENDARS = (
    calendar(
        event("r", "20260902T090000", 4, WEEKLY, "EXDATE;VALUE=DATE:20260909", "SEQUENCE:2"),
        event("r", "20260916T110000", 4, f"RECURRENCE-ID;RANGE=THISANDFUTURE{LOCAL}20260916T090000"),
        event("a", "20260905T140000", 2, *DETAILS),
    ),
    calendar(
        defined("Mine", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"),
        raw("UID:z", "SUMMARY:Z", "DTSTART;TZID=Mine:20260902T200000", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=4"),
        raw("UID:d", "SUMMARY:D", "DTSTART;VALUE=DATE:20270321", "RDATE;VALUE=PERIOD:20260905T090000Z/PT5H"),
        "BEGIN:VFREEBUSY\nFREEBUSY:20260623T070000Z/PT1H\nEND:VFREEBUSY\n",
    ),
)
CALENDAR_WORDS = b"""BEGIN:VEVENT|END:VEVENT|BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:VALARM
|FREQ=SECONDLY|FREQ=DAILY|FREQ=YEARLY|FREQ=MONTHLY|INTERVAL=0|INTERVAL=-1|INTERVAL=999999999|COUNT=0|COUNT=999999999
|UNTIL=|UNTIL=20270101|UNTIL=19000101T000000Z|BYMONTHDAY=31;BYMONTH=2|BYSETPOS=366|BYSECOND=0,1,2,3,4,5,6,7,8,9
|BYHOUR=25|BYDAY=6MO|BYEASTER=0|BYWEEKNO=53|WKST=XX|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30
|RRULE:FREQ=DAILY;BYSETPOS=2
|RRULE:FREQ=HOURLY
|EXRULE:FREQ=DAILY
|RDATE:
|DTSTART:00010101T000000Z
|DTSTART:99991231T235959Z
|DTEND;VALUE=DATE:
|DURATION:-P1D
|DURATION:P99999999D
|DURATION:P999999999999W
|RECURRENCE-ID:20260909T090000
|SEQUENCE:x
|GEO:91;181
|X-ATTENDANCE:1e9
|STATUS:CANCELLED
|TZOFFSETTO:+9900
|TZOFFSETTO:x
|EXDATE;TZID=Europe/Amsterdam:20260909T090000
|TZID=Europe|TZID=|TZID=Nowhere|;VALUE=PERIOD|;VALUE=DATE|;RANGE=THISANDFUTURE|\r\n """.split(b"|")

HOURS = pd.date_range("2026-03-28 20:00", periods=12, freq="h")
TABLE_WORDS = """timestamp|zone_id|count|pier|kade|temp_c|event_id|2026-03-29 02:00|2026-10-25 02:00|1.234|12,5|1.234,56
|1e3|-0|٣|1_000|29-03-2026 14:00|03/29/2026 2:00 PM|2026-08-03T14:00:00+02:00|+99:99|sep=;
|n.v.t.|99999-01-01 00:00|2026-13-01 00:00|2026-08-03 25:61|"unclosed|\u22125""".encode().split(b"|")


def lines(head: str, row: str) -> bytes:
    """Return a table with a row for each hour, made of ``row`` with the hour ``h`` and its number ``n``."""
    return "\n".join([head, *(row.format(h=hour, n=number) for number, hour in enumerate(HOURS)), ""]).encode()


COUNTS = (
    lines("timestamp,zone_id,count", "{h:%Y-%m-%d %H:%M},pier,{n}\n{h:%Y-%m-%d %H:%M},kade,{n}"),
    lines("timestamp;pier;kade", "{h:%d-%m-%Y %H:%M};{n},5;n.v.t."),
    lines("Timestamp\tpier", "{h:%Y-%m-%dT%H:%M}Z\t1.{n:03},5"),
)
EVENTS = (
    lines("event_id,name,zone_id,start,end,attendance", "e{n},Feest,pier,{h:%Y-%m-%d %H}:00Z,{h:%Y-%m-%d %H}:30Z,800"),
)
HOURLY_FILE = lines("# STN,YYYYMMDD,HH,FH,T,SQ,RH,N\n#", "  330,{h:%Y%m%d},{h.hour:4},50,181,0,-1,8")
UURGEG = (HOURLY_FILE.replace(b",   0,50", b",  24,50"),)
UNITS = {
    "temperature_2m": "°C",
    "precipitation": "mm",
    "wind_speed_10m": "m/s",
    "sunshine_duration": "s",
    "cloud_cover": "%",
}
HOURLY = {name: [number / 2 for number in range(12)] for name in UNITS}
METEO = (
    json.dumps(
        {
            "utc_offset_seconds": 0,
            "hourly_units": {"time": "iso8601", **UNITS},
            "hourly": {"time": [f"{hour:%Y-%m-%dT%H:%M}" for hour in HOURS], **HOURLY},
        },
        indent=0,
    ).encode(),
)
Reader = Callable[[Path], object]


def of_folder(read: Callable[[Path], object], name: str, folder: Path) -> Callable[[bytes], object]:
    def whole(content: bytes) -> object:
        (folder / name).write_bytes(content)
        return read(folder / name)

    return whole


def read_calendar(content: bytes) -> object:
    found = ics.parsed([ics._valid(content)], AREA, CONNECTOR, NOW)
    for notice in found.notices:
        assert all(notice(lang) for lang in LANGUAGES)
    return found


KNMI = Connector(kind="knmi", folder="x", station=330)


TABLES: dict[str, tuple[Sequence[bytes], Reader]] = {
    "counts.csv": (COUNTS, lambda path: read_counts(path, ("pier", "kade"), TZ, "present")),
    "events.csv": (EVENTS, lambda path: read_events(path, ("pier", "kade"), TZ)),
}
KINDS = ("calendar", "knmi", "open-meteo", *TABLES)


def reader_of(kind: str, folder: Path) -> tuple[Sequence[bytes], Sequence[bytes], Callable[[bytes], object]]:
    """Return samples, words and reader of a kind of file."""
    if kind == "calendar":
        return CALENDARS, CALENDAR_WORDS, read_calendar
    if kind == "knmi":
        return UURGEG, TABLE_WORDS, lambda content: knmi.parsed(content, KNMI, NOW)
    if kind == "open-meteo":
        return METEO, TABLE_WORDS, lambda content: open_meteo.parsed(content, NOW)
    samples, read = TABLES[kind]
    return samples, TABLE_WORDS, of_folder(read, kind, folder)


def check(kind: str, folder: Path, number: int) -> None:
    """Let a reader read so many damaged files; one that it neither reads nor refuses is kept, and the seed named."""
    samples, words, read = reader_of(kind, folder)
    for sample in samples:
        read(sample)
    refused: list[UserError] = []
    for turn, content in enumerate(damaged(samples, words, number, SEED)):
        try:
            read(content)
        except UserError as error:
            refused.append(error)
        except BaseException:
            (folder / "damaged").write_bytes(content)
            print(f"{kind}, seed {SEED}, number {turn}, kept as {folder / 'damaged'}")
            raise
    assert all(error.say(lang) for error in refused for lang in LANGUAGES)
    assert 0 < len(refused) < number


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("quick_checks")
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    check(kind, tmp_path, FEW)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.usefixtures("quick_checks")
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_damaged_files_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    check(kind, tmp_path, MANY)
