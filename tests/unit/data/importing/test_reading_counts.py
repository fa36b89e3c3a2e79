"""Counts as cities deliver them: each shape is read to the hours it means, and what could be otherwise is doubted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.reading import Reading, reading_of
from data.importing.counts.reader import read_counts
from data.tables.notices import Imported
from language import LANGUAGES, UserError, language

TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
Read = Callable[..., Imported]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read counts from lines (or the bytes of a file)."""

    def run(
        *lines: str, zones: tuple[str, ...] = ("A",), measure: str = "passages", tz: ZoneInfo = TZ, **more: object
    ) -> Imported:
        path = tmp_path / "counts.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return read_counts(path, zones, tz, measure, now=NOW, **more)  # type: ignore[arg-type]

    return run


def series(imported: Imported, zone: str = "A") -> dict[str, float]:
    rows = imported.frame[imported.frame["zone_id"] == zone]
    return dict(zip(rows["hour"].dt.strftime("%m-%d %H:%M"), rows["count"], strict=True))


def said(imported: Imported, code: str = "en") -> str:
    return " ".join(notice(language(code)) for notice in [*imported.notices, *imported.doubts])


def kinds(imported: Imported) -> list[str]:
    return [doubt.kind for doubt in imported.doubts]


# --- moments ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-11-01 10:00-11:00", "2026-11-01 11:00-12:00"),
        ("2026-11-01 10:00 - 11:00", "2026-11-01 11:00 - 12:00"),
        ("2026-11-01T10:00–11:00", "2026-11-01T11:00–12:00"),
        ("2026-11-01 10:00", "2026-11-01 11:00"),
        ("2026-11-01 10:00 CET", "2026-11-01 11:00 MEZ"),
        ("20261101 10:00", "20261101 11:00"),
        ("202611011000", "202611011100"),
        ("2026110110", "2026110111"),
        ("01-nov-2026 10:00", "1 november 2026 11:00"),
        ("November 01, 2026 10:00:00 AM", "November 1, 2026 11:00:00 a.m."),
        ("1793523600", "1793527200"),
        ("1793523600000", "1793527200000"),
        ("1793523600.0", "1793527200.0"),
        ("2026-11-01T09:00:00.000Z", "2026-11-01 12:00+02:00"),
    ],
)
def test_ways_to_write_a_moment(read: Read, first: str, second: str) -> None:
    assert series(read("timestamp;A", f"{first};5", f"{second};6")) == {"11-01 09:00": 5, "11-01 10:00": 6}


@pytest.mark.parametrize(
    ("tz", "offset", "hour"),
    [
        ("Pacific/Honolulu", "-10:00", "20:00"),
        ("America/New_York", "-05:00", "15:00"),
        ("Asia/Tokyo", "+09:00", "01:00"),
    ],
)
def test_an_offset_that_is_the_areas_own_is_no_interval(read: Read, tz: str, offset: str, hour: str) -> None:
    found = read("timestamp,A", f"2026-11-01 10:00{offset},5", tz=ZoneInfo(tz))
    assert list(series(found)) == [f"11-01 {hour}"]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 22), st.sampled_from([1, 5, 15, 30, 60]), st.integers(1, 12))
def test_an_interval_is_never_an_offset(
    tmp_path_factory: pytest.TempPathFactory, start: int, lasts: int, size: int
) -> None:
    starts = pd.date_range(f"2026-11-01 {start:02}:00", periods=size, freq="h")
    ends = starts + pd.Timedelta(minutes=lasts)
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    rows = [f"{a:%Y-%m-%d %H:%M}-{b:%H:%M},{n}" for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1)]
    path.write_text("timestamp,A\n" + "\n".join(rows))
    found = read_counts(path, ["A"], TZ, "passages", now=NOW).frame
    assert found["hour"].tolist() == starts.tz_localize(TZ).tz_convert("UTC").tolist()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ["2026-11-01 10:00-19:00,5"],
            "Row 2 of counts.csv: '2026-11-01 10:00-19:00' is neither a time with an offset",
        ),
        (["2026-11-01 10:00+15:00,5"], "is neither"),
        (["2026-11-01 10:00+01:00,5", "2026-11-01 10:00-07:00,5"], "Row 3 of counts.csv: the offset in"),
        (["2026-11-01 10:00 XYZ,5"], "'XYZ' in '2026-11-01 10:00 XYZ' is not a time zone that is known"),
        (["2026-11-01,5"], "Row 2 of counts.csv: '2026-11-01' is a day without an hour"),
    ],
)
def test_what_stands_behind_a_time_is_not_believed_blindly(read: Read, rows: list[str], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read("timestamp,A", *rows)
    assert sentence in str(refused.value)
    assert refused.value.say(language("nl")) != str(refused.value)


def test_hours_of_half_the_day(read: Read) -> None:
    found = read("timestamp,A", "11/13/2026 12:00:00 AM,1", "11/13/2026 1:00 PM,2", "11/13/2026 12:00 p.m.,3")
    assert series(found) == {"11-12 23:00": 1, "11-13 11:00": 3, "11-13 12:00": 2}


def test_midnight_at_24_is_that_of_the_next_day_and_doubted(read: Read) -> None:
    found = read("timestamp,A", "2026-11-01 23:00,5", "2026-11-01 24:00,6")
    assert series(found) == {"11-01 22:00": 5, "11-01 23:00": 6}
    assert kinds(found) == ["midnight-at-24"]
    with_both = read("timestamp,A", "2026-11-01 00:00,5", "2026-11-01 24:00,6")
    assert kinds(with_both) == []


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Date,Hour", "2026-11-01,0", "2026-11-01,1"),
        ("Datum;Uhrzeit", "2026-11-01;00:00", "2026-11-01;01:00"),
        ("datum,uurvak", "2026-11-01,0-1", "2026-11-01,1-2"),
        ("jour,heure", "2026-11-01 00:00:00,0h", "2026-11-01 00:00:00,1h"),
        ("date,time", "2026-11-01,12:00 AM", "2026-11-01,1:00 AM"),
    ],
)
def test_date_and_hour_in_two_columns(read: Read, header: str, first: str, second: str) -> None:
    mark = ";" if ";" in header else ","
    found = read(f"{header}{mark}zone_id{mark}count", f"{first}{mark}A{mark}5", f"{second}{mark}A{mark}6")
    assert series(found) == {"10-31 23:00": 5, "11-01 00:00": 6}
    assert kinds(found) == []


def test_hours_numbered_1_to_24_are_those_of_the_day_and_doubted(read: Read) -> None:
    found = read("date,hour,A", *(f"2026-11-01,{hour},{hour}" for hour in range(1, 25)))
    assert series(found)["10-31 23:00"] == 1
    assert series(found)["11-01 22:00"] == 24
    assert kinds(found) == ["hours-1-to-24"]


def test_names_of_time_zones_tell_the_repeated_hour(read: Read) -> None:
    found = read("timestamp,A", "2026-10-25 02:00 CET,6", "2026-10-25 02:00 CEST,5")
    assert series(found) == {"10-25 00:00": 5, "10-25 01:00": 6}
    own = read("timestamp,A", "2026-11-01 10:00 NZDT,6", tz=ZoneInfo("Pacific/Auckland"))
    assert list(series(own)) == ["10-31 21:00"]


@st.composite
def nights(draw: st.DrawFn) -> pd.DataFrame:
    """Counts around autumn nights of several years, and blocks of years each oldest or newest first, in any order."""
    step = draw(st.sampled_from([15, 60]))
    years = draw(st.lists(st.sampled_from([2023, 2024, 2025]), min_size=1, max_size=3, unique=True))
    changes = {2023: "2023-10-29", 2024: "2024-10-27", 2025: "2025-10-26"}
    parts = []
    for year in years:
        hours = pd.date_range(f"{changes[year]} 00:00", periods=6 * 60 // step, freq=f"{step}min", tz=TZ)
        part = pd.DataFrame({"hour": hours, "count": draw(st.integers(0, 50)) + np.arange(len(hours))})
        parts.append(part if draw(st.booleans()) else part.iloc[::-1])
    return pd.concat(parts)


@settings(deadline=None, max_examples=60)
@given(nights())
def test_repeated_hours_are_told_apart_by_their_neighbours(
    tmp_path_factory: pytest.TempPathFactory, rows: pd.DataFrame
) -> None:
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    text = rows.assign(timestamp=rows["hour"].dt.strftime("%Y-%m-%d %H:%M"))[["timestamp", "count"]]
    text.rename(columns={"count": "A"}).to_csv(path, index=False)
    found = read_counts(path, ["A"], TZ, "passages", now=NOW).frame
    expected = rows.groupby(rows["hour"].dt.tz_convert("UTC").dt.floor("h"))["count"].sum()
    assert found["count"].tolist() == expected.tolist()
    assert found["hour"].tolist() == expected.index.tolist()


# --- hours -----------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([1, 2, 3, 5, 10, 15, 20, 30]),
    st.sampled_from(["passages", "present"]),
    st.data(),
)
def test_rows_of_minutes_become_hours(
    tmp_path_factory: pytest.TempPathFactory, step: int, measure: str, data: st.DataObject
) -> None:
    whole = 60 // step
    absent = data.draw(st.sets(st.integers(0, whole - 1), max_size=whole - 1))
    moments = pd.date_range("2026-08-03 10:00", periods=5 * whole, freq=f"{step}min")
    counts = np.array(data.draw(st.lists(st.integers(0, 99), min_size=len(moments), max_size=len(moments))), float)
    gone = {2 * whole + place for place in absent}
    rows = [f"{moment:%Y-%m-%d %H:%M},{counts[n]:g}" for n, moment in enumerate(moments) if n not in gone]
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    path.write_text("timestamp,A\n" + "\n".join(rows))
    found = read_counts(path, ["A"], TZ, measure, now=NOW).frame["count"].to_numpy()  # type: ignore[arg-type]
    for hour in range(5):
        part = [counts[n] for n in range(hour * whole, (hour + 1) * whole) if n not in gone]
        if len(part) >= 0.75 * whole:
            assert found[hour] == pytest.approx(np.mean(part) * (whole if measure == "passages" else 1))
        else:
            assert np.isnan(found[hour])


def rows_of(start: str, hours: int, step: int, count: int) -> list[str]:
    moments = pd.date_range(start, periods=hours * 60 // step, freq=f"{step}min")
    return [f"{moment:%Y-%m-%d %H:%M},{count}" for moment in moments]


@pytest.mark.parametrize(("fine", "coarse"), [(15, 60), (3, 15), (30, 60), (5, 30)])
def test_a_sensor_that_goes_over_to_other_intervals(read: Read, fine: int, coarse: int) -> None:
    before = rows_of("2026-11-01 00:00", 20, fine, 120 * fine // 60)
    after = rows_of("2026-11-01 20:00", 20, coarse, 120 * coarse // 60)
    found = read("timestamp,A", *before, *after)
    assert set(series(found).values()) == {120}
    assert len(found.frame) == 40
    assert kinds(found) == ["resolution"]
    assert f"{fine} / {coarse}" in said(found)


def test_one_row_of_four_is_a_quarter_of_an_hour_and_no_whole_one(read: Read) -> None:
    rows = rows_of("2026-11-01 00:00", 10, 15, 10)
    alone = [row for row in rows if not ("04:" in row and "04:00" not in row)]
    found = series(read("timestamp,A", *alone))
    assert np.isnan(found["11-01 03:00"])
    assert found["11-01 04:00"] == 40


def test_each_zone_has_intervals_of_its_own(read: Read) -> None:
    fine = [f"{row.replace(',', ',A,')}" for row in rows_of("2026-11-01 00:00", 5, 15, 10)]
    coarse = [f"{row.replace(',', ',B,')}" for row in rows_of("2026-11-01 00:00", 5, 60, 7)]
    found = read("timestamp,zone_id,count", *fine, *coarse, zones=("A", "B"))
    assert set(series(found).values()) == {40}
    assert set(series(found, "B").values()) == {7}


# --- plausibility ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected", "words"),
    [
        (["1.204", "3", "12.250", "7"], 12.25, ("12 and a fraction", "12 met iets achter de komma")),
        (["2,105", "9", "3,333", "41,875"], 41.875, ("41 and a fraction", "41 met iets achter de komma")),
        (["640", "3", "1.250", "7"], 1250, ("1 thousand and 250", "1 duizend en 250")),
        (["998", "15", "2,040", "311"], 2040, ("2 thousand and 40", "2 duizend en 40")),
    ],
)
def test_a_mark_before_three_digits_is_doubted_in_words(
    read: Read, values: list[str], expected: float, words: tuple[str, str]
) -> None:
    rows = [f"2026-11-01 {hour:02}:00;{value}" for hour, value in enumerate(values, 10)]
    found = read("timestamp;A", *rows)
    assert max(series(found).values()) == expected
    assert "thousands" in kinds(found)
    assert words[0] in said(found)
    assert words[1] in said(found, "nl")


def test_small_numbers_beside_one_that_can_be_read_two_ways_are_refused(read: Read) -> None:
    rows = [f"2026-11-01 {hour:02}:00;{value}" for hour, value in enumerate(["3", "45", "80", "12", "1.234"], 10)]
    with pytest.raises(UserError, match=r"Row 6 of counts.csv: '1.234' can be read in two ways"):
        read("timestamp;A", *rows)


def test_passages_with_decimals_look_like_means(read: Read) -> None:
    rows = ("timestamp,A", "2026-11-01 10:00,12.5", "2026-11-01 11:00,7.0")
    assert kinds(read(*rows)) == ["means"]
    assert kinds(read(*rows, measure="present")) == []


@pytest.mark.parametrize("count", [0, 12])
def test_hours_after_now_are_left_out_and_named(read: Read, count: int) -> None:
    hours = pd.date_range(NOW - timedelta(hours=5), periods=30, freq="h")
    found = read("timestamp,A", *(f"{hour:%Y-%m-%dT%H:%MZ},{count if hour > NOW else 7}" for hour in hours))
    assert found.frame["hour"].max() == NOW
    assert kinds(found) == ["future"]
    assert ("a count of 0" in said(found)) == (count == 0)
    assert "24 uren na nu (vanaf 30 nov 2026 14:00)" in said(found, "nl")


def test_a_file_of_hours_to_come_only_is_refused(read: Read) -> None:
    with pytest.raises(UserError, match=r"counts.csv holds only hours that are yet to come \(from 2027-01-01\)"):
        read("timestamp,A", "2027-01-01 10:00,5")


# --- columns, directions and places ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "Zeit,Standort,Anzahl",
        "tijdstip,locatie,aantal",
        "Date_Time,Sensor_ID,Hourly_Counts",
        "horodatage,lieu,comptage",
    ],
)
def test_well_known_names_are_taken_and_said(read: Read, header: str) -> None:
    found = read(header, "2026-11-01 10:00,A,5")
    assert series(found) == {"11-01 09:00": 5}
    for name in header.split(","):
        assert f"'{name}'" in said(found)
        assert f"'{name}'" in said(found, "nl")


def test_declared_names_go_before_all_others(read: Read) -> None:
    reading = reading_of('timestamp=Wann,zone_id=Wo,"count=Wie viele, insgesamt",ignore=x')
    rows = ("Wann;Wo;Wie viele, insgesamt;count;x", "2026-11-01 10:00;A;5;99;y")
    assert series(read(*rows, reading=reading)) == {"11-01 09:00": 5}
    with pytest.raises(UserError, match=r"counts.csv has no column 'Zeit' \(found: Wann, Wo"):
        read(*rows, reading=reading_of("timestamp=Zeit"))


@pytest.mark.parametrize("typed", ["Zeit", "tijd=Zeit", "timestamp="])
def test_a_mapping_that_is_not_one_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="does not say what a column is"):
        reading_of(typed)


DIRECTIONS = [
    ("timestamp,zone_id,direction,count", ["10:00,A,in,5", "10:00,A,out,9", "11:00,A,in,7", "11:00,A,out,7"]),
    ("timestamp,zone_id,in,out", ["10:00,A,5,9", "11:00,A,7,7"]),
    ("timestamp,A_in,A_out", ["10:00,5,9", "11:00,7,7"]),
    ("timestamp,A_90,A_270", ["10:00,5,9", "11:00,7,7"]),
    ("timestamp,A noord,A zuid", ["10:00,5,9", "11:00,7,7"]),
    ("tijdstip,A (in),A (out)", ["10:00,5,9", "11:00,7,7"]),
]


@pytest.mark.parametrize(("header", "rows"), DIRECTIONS)
def test_directions_are_added_up_and_said(read: Read, header: str, rows: list[str]) -> None:
    found = read(header, *(f"2026-11-01 {row}" for row in rows))
    assert series(found) == {"11-01 09:00": 14, "11-01 10:00": 14}
    assert "2 directions" in said(found)
    with pytest.raises(UserError, match="counts by direction"):
        read(header, *(f"2026-11-01 {row}" for row in rows), measure="present")


def test_one_direction_can_be_declared_and_a_total_stands_for_all(read: Read) -> None:
    header, rows = DIRECTIONS[0]
    lines = [header, *(f"2026-11-01 {row}" for row in rows)]
    assert series(read(*lines, reading=Reading(directions="In"))) == {"11-01 09:00": 5, "11-01 10:00": 7}
    with pytest.raises(UserError, match=r"no direction 'north' \(found: in, out\)"):
        read(*lines, reading=Reading(directions="north"))
    totals = ["2026-11-01 10:00,A,totaal,14", "2026-11-01 11:00,A,totaal,14"]
    found = read(*lines, *totals)
    assert series(found) == {"11-01 09:00": 14, "11-01 10:00": 14}
    assert "only the direction 'totaal'" in said(found)


def test_a_direction_that_is_unknown_makes_the_hour_unknown(read: Read) -> None:
    found = series(read("timestamp,A_in,A_out", "2026-11-01 10:00,5,9", "2026-11-01 11:00,5,"))
    assert found["11-01 09:00"] == 14
    assert np.isnan(found["11-01 10:00"])


def test_parts_of_a_moment_are_no_places(read: Read) -> None:
    header = "timestamp,A,hour,minute,Weekday,is_weekend,maand,Wochentag"
    found = read(header, "2026-11-01 10:00,5,10,0,7,1,11,So")
    assert series(found) == {"11-01 09:00": 5}
    assert "hour, minute, Weekday" in said(found)
    own = read("timestamp,day,hour", "2026-11-01 10:00,5,6", zones=("day", "hour"))
    assert series(own, "day") == {"11-01 09:00": 5}


def test_a_zone_is_found_by_any_text_that_means_it(read: Read) -> None:
    called = {"Town Hall (West)": "town-hall-west", "Gare du Nord": "gare"}
    rows = [
        "2026-11-01 10:00,TOWN HALL (WEST),5",
        "2026-11-01 11:00,town-hall west,6",
        "2026-11-01 10:00,Gare du Nord,7",
    ]
    found = read("timestamp,zone_id,count", *rows, zones=("town-hall-west", "gare"), called=called)
    assert series(found, "town-hall-west") == {"11-01 09:00": 5, "11-01 10:00": 6}
    assert series(found, "gare") == {"11-01 09:00": 7}


def test_a_text_that_could_be_two_zones_is_neither(read: Read) -> None:
    called = {"Hal A": "x", "hal-a": "y"}
    with pytest.raises(UserError, match="HAL_A"):
        read("timestamp,zone_id,count", "2026-11-01 10:00,HAL_A,5", zones=("x", "y"), called=called)


def test_the_only_place_of_a_file_is_the_only_zone_and_doubted(read: Read) -> None:
    found = read("timestamp,zone_id,count", "2026-11-01 10:00,Town Hall (West),5")
    assert series(found) == {"11-01 09:00": 5}
    assert kinds(found) == ["one-place"]
    assert "'Town Hall (West)'" in said(found, "nl")
    with pytest.raises(UserError, match="zones that the zones file does not have: Town Hall"):
        read("timestamp,zone_id,count", "2026-11-01 10:00,Town Hall (West),5", zones=("A", "B"))


def test_the_shape_of_amsterdams_crowd_monitoring(tmp_path: Path) -> None:
    moments = pd.date_range("2025-08-20", periods=20 * 24, freq="3min", tz=TZ)
    sensors = {"CMSA-GAKH-01": (0, 180), "GASA-06": (95, 275), "GVCV-09": (40, 220)}
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"timestamp": [moment.isoformat(sep=" ") for moment in moments]})
    for sensor, angles in sensors.items():
        for angle in angles:
            frame[f"{sensor}_{angle}"] = rng.poisson(8, len(moments))
    parts = {"hour": moments.hour, "minute": moments.minute, "day": moments.day, "month": moments.month}
    frame = frame.assign(**parts, weekday=moments.day_of_week, is_weekend=moments.day_of_week >= 5)
    frame.to_csv(tmp_path / "sensors.csv", index=False)
    reading = reading_of(preset="amsterdam-crowd-monitoring")
    found = read_counts(tmp_path / "sensors.csv", list(sensors), TZ, "passages", reading=reading, now=NOW)
    hours = moments.tz_convert("UTC").floor("h")
    for sensor, angles in sensors.items():
        both = sum(frame[f"{sensor}_{angle}"] for angle in angles)
        of_sensor = found.frame[found.frame["zone_id"] == sensor]
        assert of_sensor["count"].tolist() == both.groupby(hours).sum().tolist()
    assert not found.doubts


# --- where the table is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "row"),
    [
        (["Site name: Plein A", "Exported: 29/11/2026", ""], 4),
        (["Telpunt;Plein A", "Export;29-11-2026"], 3),
        (["Latitude:53.364  ,Longitude: -6.350", "", "date:  -  Date and Time (utc)", ""], 5),
        ([f"line {n}" for n in range(30)], 31),
    ],
)
def test_what_stands_above_the_header_is_passed_over_and_said(read: Read, above: list[str], row: int) -> None:
    table = ["timestamp;A;B", "2026-11-01 10:00;5;1,5", "2026-11-01 11:00;6;2,5"]
    found = read(*above, *table, zones=("A", "B"), measure="present")
    assert series(found, "B") == {"11-01 09:00": 1.5, "11-01 10:00": 2.5}
    assert f"row {row} was read as the header" in said(found)
    with pytest.raises(UserError, match=f"Row {row + 2} of"):
        read(*above, *table[:2], "2026-11-01 11:00;veel;1", zones=("A", "B"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes("timestamp;Café\n2026-11-01 10:00;5\n".encode(encoding))
    found = read_counts(path, ["cafe"], TZ, "passages", called={"Café": "cafe"}, now=NOW)
    assert series(found, "cafe") == {"11-01 09:00": 5}
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UserError, match="UTF-16"):
        read_counts(path, ["cafe"], TZ, "passages", now=NOW)


def test_every_doubt_is_said_in_every_language(read: Read) -> None:
    found = read("date,hour,A", *(f"2026-11-01,{hour},{hour}.250" for hour in range(1, 25)), "2026-12-01,3,0.5")
    assert {"hours-1-to-24", "means", "future"} <= set(kinds(found))
    for doubt in found.doubts:
        assert len({doubt(language(code)) for code in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("first", "second", "doubted"),
    [
        ("1-8-2026 14:00", "2-8-2026 14:00", []),
        ("01.08.2026 14:00", "02.08.2026 14:00", []),
        ("1 aug 2026 14:00", "2 augustus 2026 14:00", []),
        ("1/8/2026 14:00", "2/8/2026 14:00", ["day-or-month-first"]),
        ("31/7/2026 14:00", "2/8/2026 14:00", []),
    ],
)
def test_16_12_dates_are_read_as_people_write_them_and_strokes_are_doubted(
    read: Read, first: str, second: str, doubted: list[str]
) -> None:
    found = read("timestamp,A", f"{first},5", f"{second},6")
    day = "07-31" if first.startswith("31") else "08-01"
    assert series(found) == {f"{day} 12:00": 5, "08-02 12:00": 6}
    assert kinds(found) == doubted
    assert first.split()[1] == "aug" or "day" in said(found)
    assert not doubted or "If the month stands first" in said(found)
