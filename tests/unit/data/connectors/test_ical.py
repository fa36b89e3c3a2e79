"""Calendars as cities publish them: versions, repetition, exceptions, time zones, and parts that are broken."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from data.area.area import Area, Centre
from data.area.connector_settings import Connector
from data.area.zone import Zone
from data.connectors import ics
from data.connectors.connector import Calendar
from data.connectors.ical.parts import parts_of
from data.connectors.ical.zones import zone_called
from data.consent import gate
from data.keeping.home import area_home
from data.upkeep.fetching import fetch
from language import UserError, language

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
NL, EN = language("nl"), language("en")
AREA = Area(
    id="badplaats",
    names={"nl": "Badplaats"},
    time_zone="Europe/Amsterdam",
    country="NL",
    measure="passages",
    centre=Centre(lat=52.1, lon=4.2),
    zones=(
        Zone(zone_id="pier", names={"nl": "De Pier"}, kind="promenade", geometry=box(4.27, 52.11, 4.29, 52.12)),
        Zone(zone_id="7", names={"nl": "Haven"}, kind="sensor", geometry=Point(4.26, 52.1)),
        Zone(zone_id="b", names={"nl": "Markt"}, kind="square", geometry=Point(4.27, 52.09)),
        Zone(zone_id="kade-2", names={"nl": "Kade Noord", "en": "North Quay"}, kind="quay", geometry=Point(4.3, 52.1)),
    ),
)
CONNECTOR = Connector(kind="ics", folder="x", zone="pier", attendance=500)
LOCAL = ";TZID=Europe/Amsterdam:"


def calendar(*parts: str, end: bool = True) -> bytes:
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n" + "".join(parts) + ("END:VCALENDAR\n" if end else "")
    return text.replace("\n", "\r\n").encode()


def event(uid: str, start: str = "20260905T140000", hours: int = 2, *more: str, name: str = "") -> str:
    """Return an event at a local start; ``more`` lines are added."""
    end = (datetime.strptime(start, "%Y%m%dT%H%M%S") + timedelta(hours=hours)).strftime("%Y%m%dT%H%M%S")
    lines = [f"UID:{uid}", f"SUMMARY:{name or 'Feest ' + uid}", f"DTSTART{LOCAL}{start}", f"DTEND{LOCAL}{end}", *more]
    return "BEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\n"


def raw(*lines: str) -> str:
    return "BEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\n"


def read(*contents: bytes, connector: Connector = CONNECTOR, area: Area = AREA, now: datetime = NOW) -> Calendar:
    return ics.parsed(list(contents), area, connector, now)


def local(found: Calendar) -> list[str]:
    """Return 'name start-end' of each row, in local time."""
    frame = found.frame
    starts, ends = (frame[side].dt.tz_convert("Europe/Amsterdam") for side in ("start", "end"))
    return [f"{n} {s:%m-%d %H}-{e:%H}" for n, s, e in zip(frame["name"], starts, ends, strict=True)]


def said(found: Calendar) -> str:
    return "\n".join(notice(EN) for notice in found.notices)


@pytest.mark.parametrize(
    "broken",
    [
        "BEGIN:VFREEBUSY\nUID:f\nFREEBUSY;FBTYPE=BUSY:20260623T070000Z/20260123T110000Z\nEND:VFREEBUSY\n",
        "BEGIN:VTODO\nDUE:tomorrow\nEND:VTODO\n",
        "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:x\nEND:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VJOURNAL\nDTSTART:20269999\nEND:VJOURNAL\nBEGIN:X-OTHER\nBEGIN:X-INSIDE\nEND:X-INSIDE\nEND:X-OTHER\n",
        "GARBAGE WITHOUT A COLON\n",
        "END:VEVENT\n",
    ],
)
def test_a_broken_part_that_is_no_event_costs_nothing(broken: str) -> None:
    found = read(calendar(event("a"), broken, event("b")))
    assert local(found) == ["Feest a 09-05 14-16", "Feest b 09-05 14-16"]
    assert found.notices == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:20260906T100000Z", "DTEND;VALUE=DATE:"), "its end is missing, cannot be read"),
        (("DTSTART:20260906T100000Z", "DURATION:two hours"), "its end is missing, cannot be read"),
        (("DTSTART:20260906T100000Z", "DTEND:20260906T090000Z"), "does not come after its start"),
        (("DTSTART:20260906T100000Z",), "does not come after its start"),
        (("DTSTART:soon", "DTEND:20260906T100000Z"), "its start (DTSTART) is missing or cannot be read"),
        (("DTEND:20260906T100000Z",), "its start (DTSTART) is missing"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;UNTIL="), "its repetition"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=SOMETIMES"), "its repetition"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=DAILY;INTERVAL=0"), "its repetition"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=DAILY;INTERVAL=-2"), "its repetition"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "EXDATE:never"), "its repetition"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=SECONDLY"), "more often than"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=MINUTELY;COUNT=3"), "more often than"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=HOURLY"), "more often than"),
        (
            ("DTSTART:20260906T100000Z", "DURATION:PT2H", "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,15,30,45"),
            "more often than",
        ),
        (("DTSTART:18260906T100000Z", "DURATION:PT2H"), "its date is impossible"),
        (("DTSTART:20860906T100000Z", "DURATION:PT2H"), "its date is impossible"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "X-ATTENDANCE:many"), "(X-ATTENDANCE) is not a number"),
        (("DTSTART:20260906T100000Z", "DURATION:PT2H", "X-ATTENDANCE:-5"), "(X-ATTENDANCE) is not a number"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_with_the_true_reason(lines: tuple[str, ...], reason: str) -> None:
    found = read(calendar(event("a"), raw("UID:b", "SUMMARY:Braderie", *lines), event("c")))
    assert local(found) == ["Feest a 09-05 14-16", "Feest c 09-05 14-16"]
    assert reason in said(found)
    assert "Braderie" in said(found)
    assert found.unread == {"b"}


def test_without_uid_or_name() -> None:
    found = read(calendar(raw("SUMMARY:Zonder", "DTSTART:20260906T100000Z", "DURATION:PT2H"), event("a")))
    assert "1 event was left out, because it has no UID: Zonder." in said(found)
    found = read(calendar(raw("UID:b", "DTSTART:20260906T100000Z", "DURATION:PT2H"), event("a")))
    assert "1 event was left out, because it has no name (SUMMARY): b." in said(found)
    assert local(found) == ["Feest a 09-05 14-16"]


def test_a_broken_line_that_does_not_matter_is_skipped_and_said() -> None:
    found = read(calendar(event("a", "20260905T140000", 2, "GEO:somewhere", "LINE WITHOUT COLON"), event("b")))
    assert len(found.frame) == 2
    assert "1 event has a line that cannot be read" in said(found)
    assert "Feest a" in said(found)


def test_what_stands_inside_an_event_is_no_part_of_it() -> None:
    alarm = "BEGIN:VALARM\nTRIGGER:broken\nDTSTART:20300101T000000Z\nSUMMARY:Wekker\nEND:VALARM"
    assert local(read(calendar(event("a", "20260905T140000", 2, alarm)))) == ["Feest a 09-05 14-16"]


def test_a_calendar_that_breaks_off_says_so_and_removes_nothing() -> None:
    whole = calendar(event("a"), event("b"))
    cut = whole[: whole.index(b"END:VEVENT", whole.index(b"UID:b")) - 5]
    found = read(cut)
    assert local(found) == ["Feest a 09-05 14-16"]
    assert "breaks off" in said(found)
    assert "its end (END:VEVENT) is missing: Feest b" in said(found)
    assert found.staying(["a", "b", "old"]) == ["b", "old"]
    found = read(calendar(event("a").replace("END:VEVENT\n", ""), event("b")))
    assert local(found) == ["Feest b 09-05 14-16"]
    assert found.whole
    assert found.staying(["a", "a-20260912T1200", "old"]) == ["a", "a-20260912T1200"]


@pytest.mark.parametrize("order", [1, -1])
def test_the_highest_sequence_counts_wherever_it_stands(order: int) -> None:
    versions = [
        event("s", "20260902T190000", 3, "SEQUENCE:0", "RRULE:FREQ=WEEKLY;COUNT=3", name="Avondmarkt"),
        event("s", "20260902T170000", 3, "SEQUENCE:4", "RRULE:FREQ=WEEKLY;COUNT=2", name="Avondmarkt"),
        event("s", "20260902T180000", 3, "SEQUENCE:2", "RRULE:FREQ=WEEKLY;COUNT=3", name="Avondmarkt"),
    ]
    found = read(calendar(*versions[::order]))
    assert local(found) == ["Avondmarkt 09-02 17-20", "Avondmarkt 09-09 17-20"]
    assert found.frame["event_id"].tolist() == ["s", "s-20260909T1500"]
    assert "newer" not in said(found)


def test_of_one_sequence_the_latest_stamp_counts_and_the_other_is_named() -> None:
    found = read(
        calendar(
            event("t", "20260912T140000", 2, "DTSTAMP:20260801T000000Z", name="Optocht"),
            event("t", "20260913T140000", 2, "DTSTAMP:20260701T000000Z", name="Optocht (oud)"),
        )
    )
    assert local(found) == ["Optocht 09-12 14-16"]
    assert "another event with the same UID is newer (DTSTAMP): Optocht (oud)" in said(found)


def test_two_events_of_one_uid_are_both_kept() -> None:
    found = read(
        calendar(
            event("x", "20260905T140000", 2, name="Een"), event("x", "20260906T100000", 2, name="Twee"), event("x")
        )
    )
    assert local(found) == ["Een 09-05 14-16", "Feest x 09-05 14-16", "Twee 09-06 10-12"]
    assert found.frame["event_id"].is_unique
    again = read(calendar(event("x"), event("x"), event("x")))
    assert local(again) == ["Feest x 09-05 14-16"]


def test_a_later_file_goes_before_an_earlier_one() -> None:
    found = read(calendar(event("a", "20260905T140000")), calendar(event("a", "20260906T150000")))
    assert local(found) == ["Feest a 09-06 15-17"]
    found = read(calendar(event("a", "20260905T140000", 2, "SEQUENCE:3")), calendar(event("a", "20260906T150000")))
    assert local(found) == ["Feest a 09-05 14-16"]


def test_an_exception_never_repeats() -> None:
    found = read(
        calendar(
            event("r", "20260902T090000", 4, "RRULE:FREQ=WEEKLY;COUNT=3", name="Markt"),
            event(
                "r",
                "20260909T110000",
                4,
                "RRULE:FREQ=WEEKLY;COUNT=3",
                f"RECURRENCE-ID{LOCAL}20260909T090000",
                name="Markt (later)",
            ),
        )
    )
    assert local(found) == ["Markt 09-02 09-13", "Markt (later) 09-09 11-15", "Markt 09-16 09-13"]
    assert found.frame["event_id"].tolist() == ["r", "r-20260909T0700", "r-20260916T0700"]


@pytest.mark.parametrize(
    "original",
    [
        f"RECURRENCE-ID{LOCAL}20260909T090000",
        "RECURRENCE-ID:20260909T070000Z",
        "RECURRENCE-ID;VALUE=DATE:20260909",
        "RECURRENCE-ID;TZID=America/New_York:20260909T030000",
    ],
)
@pytest.mark.parametrize("cancelled", [False, True])
def test_an_exception_is_found_however_its_time_is_written(original: str, cancelled: bool) -> None:
    status = "STATUS:CANCELLED" if cancelled else "STATUS:CONFIRMED"
    found = read(
        calendar(
            event("r", "20260910T110000", 4, original, status, name="Anders"),
            event("r", "20260902T090000", 4, "RRULE:FREQ=WEEKLY;COUNT=3", name="Markt"),
        )
    )
    between = [] if cancelled else ["Anders 09-10 11-15"]
    assert local(found) == ["Markt 09-02 09-13", *between, "Markt 09-16 09-13"]


def test_this_and_future() -> None:
    master = event("f", "20260902T090000", 4, "RRULE:FREQ=WEEKLY;COUNT=5", name="Markt")
    later = f"RECURRENCE-ID;RANGE=THISANDFUTURE{LOCAL}20260916T090000"
    found = read(calendar(master, event("f", "20260916T140000", 3, later, name="Markt laat")))
    assert local(found) == [
        "Markt 09-02 09-13",
        "Markt 09-09 09-13",
        "Markt laat 09-16 14-17",
        "Markt laat 09-23 14-17",
        "Markt laat 09-30 14-17",
    ]
    one = event("f", "20260924T140000", 1, f"RECURRENCE-ID{LOCAL}20260923T090000", name="Een keer")
    found = read(calendar(one, event("f", "20260915T140000", 3, later, name="Markt laat"), master))
    assert local(found)[2:] == ["Markt laat 09-15 14-17", "Een keer 09-24 14-15", "Markt laat 09-29 14-17"]
    assert found.frame["event_id"].is_unique
    found = read(calendar(master, event("f", "20260916T090000", 4, later, "STATUS:CANCELLED", name="Markt")))
    assert local(found) == ["Markt 09-02 09-13", "Markt 09-09 09-13"]


def test_an_exception_to_an_older_version_is_gone_with_it() -> None:
    found = read(
        calendar(
            event("r", "20260902T180000", 2, "RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:2", name="Markt"),
            event("r", "20260909T200000", 2, f"RECURRENCE-ID{LOCAL}20260909T190000", "SEQUENCE:1", name="Oud"),
        )
    )
    assert local(found) == ["Markt 09-02 18-20", "Markt 09-09 18-20"]


def test_an_exception_alone_stands_for_itself() -> None:
    found = read(calendar(event("r", "20260909T110000", 4, f"RECURRENCE-ID{LOCAL}20260909T090000", name="Los")))
    assert local(found) == ["Los 09-09 11-15"]
    assert found.frame["event_id"].tolist() == ["r-20260909T0700"]


def test_a_cancelled_event_takes_all_its_times_with_it() -> None:
    found = read(
        calendar(
            event("r", "20260902T180000", 2, "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:1"),
            raw("UID:r", "SEQUENCE:2", "STATUS:CANCELLED"),
            event("a"),
        )
    )
    assert local(found) == ["Feest a 09-05 14-16"]


@pytest.mark.parametrize(
    ("but", "left"),
    [
        ("EXDATE;VALUE=DATE:20260909", ["09-02", "09-16"]),
        (f"EXDATE{LOCAL}20260909T200000", ["09-02", "09-16"]),
        ("EXDATE:20260909T180000Z", ["09-02", "09-16"]),
        ("EXDATE:20260909T200000", ["09-02", "09-16"]),
        (f"EXDATE{LOCAL}20260902T200000,20260916T200000", ["09-09"]),
        ("EXDATE;VALUE=DATE:20260902\nEXDATE;VALUE=DATE:20260909", ["09-16"]),
        ("EXRULE:FREQ=WEEKLY;INTERVAL=2", ["09-09"]),
    ],
)
def test_days_and_starts_on_which_it_is_not(but: str, left: list[str]) -> None:
    found = read(calendar(event("x", "20260902T200000", 3, "RRULE:FREQ=WEEKLY;COUNT=3", but, name="Concert")))
    assert local(found) == [f"Concert {day} 20-23" for day in left]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ("RDATE;VALUE=PERIOD:20260905T090000Z/20260905T210000Z", "Kermis 09-05 11-23"),
        ("RDATE;VALUE=PERIOD:20260905T090000Z/PT5H", "Kermis 09-05 11-16"),
        (f"RDATE{LOCAL}20260905T150000", "Kermis 09-05 15-17"),
        ("RDATE;VALUE=DATE:20260905", "Kermis 09-05 10-12"),
    ],
)
def test_further_dates(dates: str, found: str) -> None:
    assert local(read(calendar(event("p", "20260902T100000", 2, dates, name="Kermis")))) == [
        "Kermis 09-02 10-12",
        found,
    ]


def test_whole_days_follow_the_local_day_when_the_clocks_change() -> None:
    days = raw(
        "UID:d",
        "SUMMARY:Rommelmarkt",
        "DTSTART;VALUE=DATE:20261018",
        "DTEND;VALUE=DATE:20261019",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )
    found = read(calendar(days)).frame
    assert found["start"].astype(str).tolist() == ["2026-10-17 22:00:00+00:00", "2026-10-24 22:00:00+00:00"]
    assert found["end"].astype(str).tolist() == ["2026-10-18 22:00:00+00:00", "2026-10-25 23:00:00+00:00"]
    for lasting in ("DURATION:P1D", "X-NOTHING:"):
        assert (read(calendar(days.replace("DTEND;VALUE=DATE:20261019", lasting))).frame["end"] == found["end"]).all()


def test_an_hour_stays_an_hour_and_the_clock_stays_the_clock() -> None:
    found = read(calendar(event("n", "20261017T230000", 6, "RRULE:FREQ=WEEKLY;COUNT=2", name="Nacht"))).frame
    lasting = found["end"] - found["start"]
    assert (lasting == pd.Timedelta(hours=6)).all()
    assert local(read(calendar(event("n", "20261020T200000", 2, "RRULE:FREQ=WEEKLY;COUNT=2", name="A")))) == [
        "A 10-20 20-22",
        "A 10-27 20-22",
    ]
    zulu = raw("UID:z", "SUMMARY:Z", "DTSTART:20261020T180000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert local(read(calendar(zulu))) == ["Z 10-20 20-21", "Z 10-27 19-20"]


def defined(name: str, offset: str, more: str = "") -> str:
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\n"
        f"TZOFFSETTO:{offset}\n{more}END:STANDARD\nEND:VTIMEZONE\n"
    )


def at_zone(uid: str, zone: str) -> str:
    return raw(f"UID:{uid}", f"SUMMARY:{uid}", f"DTSTART;TZID={zone}:20260902T200000", "DURATION:PT2H")


def test_time_zones_of_one_file_never_leak_into_another() -> None:
    mine = "Customized Time Zone"
    one, two = (calendar(defined(mine, f"+0{n}00"), at_zone(f"e{n}", mine)) for n in (1, 3))
    for contents, hours in (((one, two), [17, 19]), ((two, one), [17, 19])):
        assert [start.hour for start in read(*contents).frame["start"]] == hours
    assert "is not known" in said(read(calendar(at_zone("c", mine))))
    after = calendar(at_zone("e", mine), defined(mine, "+0500"))
    assert read(after).frame["start"][0].hour == 15


def test_a_time_zone_that_nobody_knows_is_said() -> None:
    found = read(calendar(at_zone("u", "Zone of the organiser"), event("a")))
    assert "The time zone 'Zone of the organiser' is not known" in said(found)
    assert local(found)[0] == "u 09-02 20-22"


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("W. Europe Standard Time", 18),
        ("GMT Standard Time", 19),
        ("Eastern Standard Time", 24),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome"', 18),
        ('"(UTC+12:00) Auckland, Wellington"', 8),
        ("europe/london", 19),
        ("GMT+0200", 18),
        ("Central European Time", 18),
        ("Midden-Europese standaardtijd", 18),
        ("/example.org/Europe/Paris", 18),
    ],
)
def test_time_zones_of_another_name(name: str, hour: int) -> None:
    found = read(calendar(at_zone("u", name)))
    assert found.notices == []
    assert found.frame["start"][0].hour == hour % 24


@pytest.mark.parametrize(
    "name", ["Europe", "UTC+9900", "x" * 500, "../../etc/passwd", '"(UTC+01:00) Auckland"', "Somewhere"]
)
def test_names_that_are_no_time_zone(name: str) -> None:
    assert zone_called(name, "Europe/Amsterdam") is None
    found = read(calendar(at_zone("u", name), event("a")))
    assert "Feest a 09-05 14-16" in local(found)
    assert found.notices


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=5",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    ],
)
def test_a_rule_that_never_comes_true_takes_no_time(rule: str) -> None:
    found = read(calendar(event("n", "20260902T100000", 2, f"RRULE:{rule}", name="Nooit")))
    assert local(found) == ["Nooit 09-02 10-12"]


def test_rules_that_go_on_for_ever_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    forever = event("d", "20010902T100000", 1, "RRULE:FREQ=DAILY", name="Elke dag")
    found = read(calendar(forever))
    assert len(found.frame) == pytest.approx(4 * 366, abs=2)
    counted = event("c", "19010902T100000", 1, "RRULE:FREQ=DAILY;COUNT=1000000", name="Geteld")
    assert len(read(calendar(counted)).frame) == len(found.frame)
    monkeypatch.setattr("data.connectors.ical.series.MOST_STEPS", 5_000)
    many = [event(f"d{n}", "20200902T100000", 1, "RRULE:FREQ=DAILY") for n in range(6)]
    found = read(calendar(*many, event("a")))
    assert "more often than an event for visitors can" in said(found)
    assert "a" in found.frame["event_id"].tolist()
    zone = defined("Mad", "+0100", "RRULE:FREQ=SECONDLY\n")
    assert "is not known" in said(read(calendar(zone, at_zone("e", "Mad"))))


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY"])
def test_an_old_rule_goes_on_as_it_began(rule: str) -> None:
    began = datetime(1999, 9, 7, 10)
    found = read(calendar(event("o", f"{began:%Y%m%dT%H%M%S}", 2, f"RRULE:{rule}"))).frame
    starts = found["start"].dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)
    expected = rrulestr(rule, dtstart=began).between(datetime(2023, 8, 3), datetime(2027, 8, 3))
    inside = starts[(starts > datetime(2023, 8, 3)) & (starts < datetime(2027, 8, 3))]
    assert [moment.to_pydatetime() for moment in inside] == expected


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Strand bij de pier", "pier"),
        ("De  Pier", "pier"),
        ("Pierstraat 3", "b"),
        ("Havenstraat 7\\, 2586 XX Den Haag", "b"),
        ("7", "7"),
        ("Haven 21", "7"),
        ("Grote Marktkerk", "pier-default"),
        ("op de Markt", "b"),
        ("Park b", "pier-default"),
        ("Kade 2", "pier-default"),
        ("kade-2", "kade-2"),
        ("North Quay, The Hague", "kade-2"),
        ("Kade\\nNoord", "kade-2"),
    ],
)
def test_a_place_is_a_whole_word_and_no_house_number(place: str, zone: str) -> None:
    connector = CONNECTOR.model_copy(update={"zone": "b" if zone != "pier-default" else "pier"})
    found = read(calendar(event("l", "20260905T140000", 2, f"LOCATION:{place}")), connector=connector)
    assert found.frame["zone_id"].tolist() == [zone.removesuffix("-default")]


@pytest.mark.parametrize(
    ("given", "visitors"),
    [
        ("15000", 15000),
        ("15.000", 15000),
        ("15,000", 15000),
        ("15 000", 15000),
        ("15'000", 15000),
        ("1.250.000", 1_250_000),
        ("15000.0", 15000),
        ("800,0", 800),
        ("0", 0),
        ("", 500),
    ],
)
def test_visitors_as_people_write_them(given: str, visitors: float) -> None:
    found = read(calendar(event("v", "20260905T140000", 2, f"X-ATTENDANCE:{given}")))
    assert found.frame["attendance"].tolist() == [visitors]


@pytest.mark.parametrize("given", ["ca. 15000", "15k", "1.5000", "10-20", "1.250,000", "²", "١٥"])
def test_visitors_that_are_no_number_are_named_and_never_the_default(given: str) -> None:
    found = read(calendar(event("v", "20260905T140000", 2, f"X-ATTENDANCE:{given}")))
    assert found.frame.empty or found.frame["attendance"].tolist() == [15]
    assert "not a number" in said(found) or given == "١٥"


def test_nobody_knows_where_or_how_many() -> None:
    bare = Connector(kind="ics", folder="x")
    found = read(calendar(event("a"), event("b", "20260905T140000", 2, "LOCATION:De Pier")), connector=bare)
    assert "its place is not known" in said(found)
    assert "its number of visitors is not known" in said(found)


def test_folded_lines_and_other_letters() -> None:
    folded = (
        "BEGIN:VEVENT\nUID:a\nSUMMARY:Caf\u00e9\n  chantant\nDTSTART:20260905T12000\n 0Z\nDURATION:PT1H\nEND:VEVENT\n"
    )
    for code in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        content = calendar(folded).decode().encode(code)
        assert read(content).frame["name"].tolist() == ["Café chantant"]
    assert parts_of(b"<html>") is None
    assert parts_of(b"") is None


def source() -> Path:
    folder = area_home(AREA.id)
    (folder / "in").mkdir(parents=True)
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "agenda"\nkind = "events"\nprovider = "file"\ntitle = { nl = "Agenda" }\n'
        'decision = "approved"\n[source.connector]\nkind = "ics"\nfolder = "in"\nzone = "pier"\nattendance = 5\n'
    )
    return folder / "in"


def test_what_breaks_today_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    folder = source()
    (folder / "a.ics").write_bytes(calendar(event("a"), event("b", "20260906T100000"), event("c", "20260907T100000")))
    (folder / "b.ics").write_bytes(calendar(event("d", "20260908T100000")))

    def known() -> list[str]:
        return sorted(gate.read(AREA, "events", NOW, NOW + timedelta(days=90))["event_id"])

    assert fetch(AREA, now=NOW)[0].new == 4
    (folder / "a.ics").write_bytes(
        calendar(event("a"), event("b", "20260906T100000").replace("DTEND", "DTEND;VALUE=X"))
    )
    result = fetch(AREA, now=NOW)[0]
    assert known() == ["a", "b", "d"]
    assert result.failure is None
    (folder / "b.ics").write_bytes(b"<html>maintenance")
    result = fetch(AREA, now=NOW)[0]
    assert known() == ["a", "b", "d"]
    assert isinstance(result.failure, UserError)
    (folder / "b.ics").write_bytes(calendar(event("e", "20260909T100000")))
    (folder / "a.ics").write_bytes(calendar(event("a"), end=False))
    fetch(AREA, now=NOW)
    assert known() == ["a", "b", "d", "e"]
    (folder / "a.ics").write_bytes(calendar(event("a")))
    fetch(AREA, now=NOW)
    assert known() == ["a", "e"]
    assert fetch(AREA, now=NOW)[0].changed == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_no_calendar_or_are_read(content: bytes) -> None:
    parts = parts_of(content)
    if parts is not None:
        read(content)
