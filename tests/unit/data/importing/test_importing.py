"""Reading anyone's tables: every way of writing is read back, everything doubtful is refused with its row."""

import ast
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.importing.counts.reader import read_counts
from data.importing.events import read_events
from data.importing.weather import read_weather
from data.tables import content, table
from data.tables.notices import Imported
from data.tables.numbers import read_numbers
from language import UserError, language
from language.catalogue import read_messages

TZ = ZoneInfo("Europe/Amsterdam")
ZONES = ("pier", "plein", "kade")
EN = language("en")
ROOT = Path(__file__).parents[4]


@pytest.fixture
def counts(tmp_path: Path) -> Callable[..., Imported]:
    """Read counts from the text or bytes of a file."""

    def read(text: str | bytes, measure: str = "present", name: str = "counts.csv") -> Imported:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_counts(path, ZONES, TZ, measure)  # type: ignore[arg-type]

    return read


def said(imported: Imported) -> str:
    return " ".join(notice(EN) for notice in [*imported.notices, *imported.doubts])


def series(imported: Imported, zone: str = "pier") -> dict[str, float]:
    rows = imported.frame[imported.frame["zone_id"] == zone]
    return dict(zip(rows["hour"].dt.strftime("%m-%d %H:%M"), rows["count"], strict=True))


# --- round trips -----------------------------------------------------------------------------------------------

known = st.floats(0, 99_999).map(lambda value: round(value, 1))
numbers = st.one_of(known, st.integers(0, 99_999).map(float), st.just(float("nan")))


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Counts of some zones over consecutive hours that may lie across a clock change, at least one known."""
    day = draw(st.sampled_from(["2026-03-28 20:00", "2026-10-24 20:00", "2026-07-30 12:00"]))
    size = draw(st.integers(1, 12))
    hours = pd.date_range(pd.Timestamp(day, tz=TZ).tz_convert("UTC"), periods=size, freq="h", unit="us")
    zones = draw(st.lists(st.sampled_from(sorted(ZONES)), min_size=1, max_size=3, unique=True).map(sorted))
    values = draw(st.lists(numbers, min_size=size * len(zones), max_size=size * len(zones)))
    values[0] = draw(known)
    return pd.DataFrame(
        {"zone_id": np.repeat(zones, size), "hour": np.tile(hours, len(zones)), "count": np.array(values)}
    )


def written_times(hours: pd.Series, style: str) -> pd.Series:
    local = hours.dt.tz_convert(TZ)
    if style == "utc":
        return hours.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    if style == "offset":
        return local.map(lambda moment: moment.isoformat(sep=" "))
    return local.dt.strftime("%d-%m-%Y %H:%M" if style == "dutch" else "%Y-%m-%d %H:%M")


@settings(deadline=None, max_examples=80)
@given(
    tables(),
    st.sampled_from(["local", "dutch", "offset", "utc"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([".", ","]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["", "-", "NaN", "n.v.t."]),
    st.sampled_from(["tidy by zone", "tidy by hour", "tidy newest first", "wide", "wide newest first"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_way_of_writing_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    expected: pd.DataFrame,
    style: str,
    delimiter: str,
    decimal: str,
    encoding: str,
    unknown: str,
    shape: str,
    packed: bool,
    newline: str,
) -> None:
    frame = expected.assign(order=expected["hour"], timestamp=written_times(expected["hour"], style))
    if shape.startswith("wide"):
        frame = frame.set_index(["order", "timestamp", "zone_id"])["count"].unstack().reset_index()  # noqa: PD010
    if shape != "tidy by zone":
        frame = frame.sort_values("order", ascending="newest" not in shape, kind="stable")
    frame = frame.drop(columns=["order", "hour"], errors="ignore")
    if shape.startswith("tidy"):
        frame["opmerking"] = 'café, \'n dag; "zonnig"'
    text = frame.to_csv(index=False, sep=delimiter, decimal=decimal, na_rep=unknown, lineterminator=newline)
    data = text.encode(encoding)
    path = tmp_path_factory.mktemp("counts") / "counts"
    path.write_bytes(gzip.compress(data) if packed else data)
    imported = read_counts(path, sorted(ZONES), TZ, "present")
    pd.testing.assert_frame_equal(imported.frame, expected.astype(imported.frame.dtypes.to_dict()))
    assert ("day-month-year" in said(imported)) == (style == "dutch")


@settings(deadline=None, max_examples=30)
@given(tables(), st.booleans(), st.booleans())
def test_parquet_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, expected: pd.DataFrame, aware: bool, categorical: bool
) -> None:
    hours = expected["hour"] if aware else expected["hour"].dt.tz_convert(TZ).dt.tz_localize(None)
    frame = pd.DataFrame({"timestamp": hours, "zone_id": expected["zone_id"], "count": expected["count"], "x": 1})
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    frame.astype({"zone_id": "category"} if categorical else {}).to_parquet(path)
    read = read_counts(path, sorted(ZONES), TZ, "present").frame
    pd.testing.assert_frame_equal(read, expected.astype(read.dtypes.to_dict()))


def one_column(*values: str) -> tuple[list[float], str]:
    text = table.TextTable("f.csv", ("a;b\n" + "\n".join(f"{value};x" for value in values)).encode())
    found = read_numbers(text, text.columns([0]))
    return found.array.tolist(), " ".join(notice(EN) for notice in [*found.notices, *found.doubts])


@given(st.lists(st.integers(0, 10**9), min_size=2), st.sampled_from([".", ",", " ", "\u202f", "'"]))
@example([1000], ".")
def test_thousands_are_read_back(values: list[int], mark: str) -> None:
    values = [1, 999, 1000, *values]  # numbers without a mark go on until those that have one
    found, notices = one_column(*(f"{value:,}".replace(",", mark) for value in values))
    assert found == values
    assert ("was read as" in notices) == (mark in ".,")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.234,5", "1.234"], [1234.5, 1234]),
        (["1,234.5", "1,234"], [1234.5, 1234]),
        (["1234", "1.234"], [1234, 1.234]),
        (["0,123", "1,234"], [0.123, 1.234]),
        (["12,50", "1,234"], [12.5, 1.234]),
        (["1.234.567"], [1234567]),
        (["1e3", "+7", ".5", "5."], [1000, 7, 0.5, 5]),
    ],
)
def test_marks_are_decided_for_the_whole_file(values: list[str], expected: list[float]) -> None:
    assert one_column(*values)[0] == expected


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["", "1.234", "2.345"], "Row 3 of f.csv: '1.234' can be read in two ways"),
        (["1.5", "2,5"], "Row 3 of f.csv: '2,5' has another decimal mark"),
        (["3", "1.234", "1,234"], "another decimal mark"),
        (["1", "druk"], "Row 3 of f.csv: 'druk' is not a number"),
        (["inf"], "'inf' is not a number"),
        (["1e999"], "'1e999' is not a number"),
        (["--1"], "not a number"),
        (["1 2"], "not a number"),
        (["1.23.456"], "not a number"),
    ],
)
def test_numbers_that_are_refused(values: list[str], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        one_column(*values)
    assert sentence in str(refused.value)


# --- clock changes and repeats ---------------------------------------------------------------------------------


def test_the_repeated_hour_given_twice_is_two_hours_in_order(counts: Callable[..., Imported]) -> None:
    read = counts(
        "timestamp,zone_id,count\n2026-10-25 02:00,pier,6\n2026-10-25 02:00,pier,6\n2026-10-25 03:00,pier,8\n"
    )
    assert series(read) == {"10-25 00:00": 6, "10-25 01:00": 6, "10-25 02:00": 8}
    assert "clock" not in said(read)


def test_the_repeated_hour_given_once_leaves_the_second_unknown(counts: Callable[..., Imported]) -> None:
    read = counts("timestamp,pier,plein\n2026-10-25 01:00,5,1\n2026-10-25 02:00,6,2\n2026-10-25 03:00,8,3\n")
    assert series(read) == {"10-24 23:00": 5, "10-25 00:00": 6, "10-25 02:00": 8}
    assert "1 hour that the clock change repeats is given once" in said(read)


def test_a_zero_in_the_skipped_hour_is_left_out(counts: Callable[..., Imported]) -> None:
    read = counts("timestamp,pier,plein\n2026-03-29 01:00,5,4\n2026-03-29 02:00,0,\n2026-03-29 03:00,8,9\n")
    assert series(read) == {"03-29 00:00": 5, "03-29 01:00": 8}
    assert "1 value was left out" in said(read)


def test_rows_that_say_the_same_are_counted_and_dropped(counts: Callable[..., Imported]) -> None:
    row = "2026-08-03 14:00,pier,5\n"
    read = counts(f"timestamp,zone_id,count\n{row}{row}2026-08-03T12:00Z,pier,5\n2026-08-03 15:00,pier,\n")
    assert len(read.frame) == 2
    assert "2 rows that say the same again were left out" in said(read)


def test_zones_without_counts_are_named(counts: Callable[..., Imported]) -> None:
    assert "2 zones have no counts: plein, kade." in said(counts("timestamp,pier\n2026-08-03 14:00,5\n"))


@pytest.mark.parametrize(("measure", "hour"), [("passages", 10.0), ("present", 2.5)])
def test_quarters_become_hours_when_complete(counts: Callable[..., Imported], measure: str, hour: float) -> None:
    quarters = [f"2026-08-03 {h}:{m:02},pier,{m // 15 + 1}" for h in (14, 15) for m in (0, 15, 30, 45)]
    read = counts("timestamp,zone_id,count\n" + "\n".join(quarters[:-1]), measure)
    assert series(read)["08-03 12:00"] == hour
    assert series(read)["08-03 13:00"] == (8 if measure == "passages" else 2)
    assert "15 minutes" in said(read)
    assert "a quarter or less missing" in said(read)
    half = counts("timestamp,zone_id,count\n" + "\n".join(quarters[:-2]), measure)
    assert np.isnan(series(half)["08-03 13:00"])
    assert "unknown: 1." in said(half)


def test_quarters_across_the_autumn_change(counts: Callable[..., Imported]) -> None:
    rows = [f"2026-10-25 02:{m:02},pier,{n}" for n in (1, 2) for m in (0, 15, 30, 45)]
    assert series(counts("timestamp,zone_id,count\n" + "\n".join(rows), "passages")) == {
        "10-25 00:00": 4,
        "10-25 01:00": 8,
    }


def test_whole_hours_are_those_of_the_clocks_of_the_area(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("timestamp,pier\n2026-08-03 14:00,5\n2026-08-03T09:30Z,6\n")
    read = read_counts(path, ["pier"], ZoneInfo("Asia/Kolkata"), "present")
    assert series(read) == {"08-03 08:30": 5, "08-03 09:30": 6}


# --- what is refused -------------------------------------------------------------------------------------------

HEAD = "timestamp,zone_id,count\n"
ROW = "2026-08-03 14:00,pier,5\n"
REFUSED = {
    "empty": ("", "counts.csv is empty"),
    "blank lines": ("\n\n \n", "counts.csv is empty"),
    "header only": (HEAD, "counts.csv holds no rows below its header"),
    "no unknown separator": ("timestamp|zone_id|count\n", "counts.csv has one column only"),
    "column missing": ("timestamp;vak;count\na;b;1\n", "no column 'zone_id' (found: timestamp, vak, count)"),
    "no timestamp": ("moment;pier\n2026-08-03 14:00;1\n", "no column 'timestamp' (found: moment, pier)"),
    "column twice": ("timestamp,pier,pier\n2026-08-03 14:00,1,2\n", "two columns named 'pier'"),
    "uneven": (HEAD + ROW + "\n2026-08-03 15:00,pier,1,5\n", "Row 4 of counts.csv has 4 columns and the header has 3"),
    "open quote": (HEAD + ROW + '"2026-08-03 15:00,pier,1\n' + ROW, "counts.csv"),
    "negative": (HEAD + ROW + "2026-08-03 15:00,pier,-1\n", "Row 3 of counts.csv: a count of -1 is not possible"),
    "text": (HEAD + ROW + "\n\n2026-08-03 15:00,pier,veel\n", "Row 5 of counts.csv: 'veel' is not a number"),
    "repeat": (HEAD + ROW + "2026-08-03 14:00,pier,6\n", "Rows 2 and 3 of counts.csv say different things"),
    "repeat, unknown": (HEAD + ROW + "2026-08-03 14:00,pier,\n", "Rows 2 and 3 of counts.csv say different things"),
    "wide repeat": ("timestamp,pier,kade\n2026-08-03 14:00,5,1\n2026-08-03 14:00,5,2\n", "Rows 2 and 3"),
    "third autumn row": (
        HEAD + "2026-10-25 02:00,pier,6\n" * 3,
        "Row 4 of counts.csv is the third for 2026-10-25 02:00",
    ),
    "unknown zones": (HEAD + ROW + "2026-08-03 14:00,bos,1\n", "zones that the zones file does not have: bos."),
    "unknown columns": ("timestamp,pier,bos\n2026-08-03 14:00,5,1\n", "the zones file does not have: bos."),
    "no zone": (HEAD + ROW + "2026-08-03 15:00,,1\n", "Row 3 of counts.csv has no zone_id"),
    "no time": (HEAD + ROW + ",pier,1\n", "Row 3 of counts.csv has no time"),
    "no time at all": (HEAD + ROW + "morgen,pier,1\n", "Row 3 of counts.csv: 'morgen' is not a time"),
    "a day": (HEAD + ROW + "2026-08-03,pier,1\n", "Row 3 of counts.csv: '2026-08-03' is a day without an hour"),
    "no such day": (HEAD + ROW + "2026-02-30 14:00,pier,1\n", "'2026-02-30 14:00' is not a time"),
    "past midnight": (HEAD + ROW + "2026-08-03 24:15,pier,1\n", "'2026-08-03 24:15' is not a time"),
    "hour 13 PM": (HEAD + ROW + "2026-08-03 13:00 PM,pier,1\n", "'2026-08-03 13:00 PM' is not a time"),
    "year of two digits": (HEAD + "03-08-26 14:00,pier,1\n", "'03-08-26 14:00' is not a time"),
    "both orders": (
        HEAD + "13-08-2026 14:00,pier,1\n08-14-2026 14:00,pier,1\n",
        "Row 3 of counts.csv: '08-14-2026 14:00'",
    ),
    "half hours only": (
        HEAD + "2026-08-03 14:30,pier,1\n",
        "Row 2 of counts.csv: 2026-08-03 14:30 is not a whole hour",
    ),
    "irregular": (HEAD + ROW + "2026-08-03 14:07,pier,1\n", "Row 3 of counts.csv: 2026-08-03 14:07 is not a whole"),
    "nothing known": (HEAD + "2026-08-03 14:00,pier,\n", "counts.csv holds no known count"),
    "excel": (b"PK\x03\x04\x14\x00\x06\x00", "counts.csv is not a spreadsheet that can be read"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "counts.csv is not a spreadsheet that can be read"),
    "pdf": (b"%PDF-1.7\n", "not a CSV file but PDF"),
    "web page": ("\n<!DOCTYPE html><html>", "not a CSV file but HTML"),
    "json": ('[{"timestamp": 1}]', "not a CSV file but JSON"),
    "binary": (b"timestamp,zone_id,count\n\x00\x01", "damaged or is not a table"),
    "strange letters": (b"timestamp,zone_id,count\n\x81\x8d", "unknown character set"),
    "half a gzip": (gzip.compress((HEAD + ROW * 99).encode())[:-20], "damaged or is not a table"),
    "broken gzip": (b"\x1f\x8b\x08rubbish", "damaged or is not a table"),
    "broken parquet": (b"PAR1rubbish", "damaged or is not a table"),
    "endless header": ("a," * 300_000, "damaged or is not a table"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_and_why(counts: Callable[..., Imported], case: str) -> None:
    text, sentence = REFUSED[case]
    with pytest.raises(UserError) as refused:
        counts(text)
    assert sentence in str(refused.value)
    assert "counts.csv" in refused.value.say(language("nl"))
    assert refused.value.say(language("nl")) != str(refused.value)


def test_american_order_is_read_and_said(counts: Callable[..., Imported]) -> None:
    read = counts("timestamp,pier\n8/3/2026 14:00,1\n8/13/2026 14:00,2\n")
    assert series(read) == {"08-03 12:00": 1, "08-13 12:00": 2}
    assert "such as 8/3/2026 14:00 were read as month-day-year" in said(read)


def test_the_separator_that_excel_names(counts: Callable[..., Imported]) -> None:
    read = counts('sep=;\r\ntimestamp;zone_id;count;"a,b,c,d,e"\r\n2026-08-03 14:00;pier;5;x\r\n;;;\r\n')
    assert series(read) == {"08-03 12:00": 5}
    with pytest.raises(UserError, match=r"Row 4 of"):
        counts("sep=;\r\ntimestamp;pier;kade\r\n2026-08-03 14:00;5;1\r\n2026-08-03 15:00;x;1\r\n")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    with pytest.raises(UserError, match=r"counts\.csv is too large: at most 400 MB is read"):
        read_counts(path, ZONES, TZ, "present")


def test_a_file_that_unpacks_too_large_is_not_read(
    counts: Callable[..., Imported], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "LIMIT_MB", 1)
    with pytest.raises(UserError, match="too large"):
        counts(gzip.compress(bytes(3 * 2**20)))
    monkeypatch.setattr(table, "LIMIT_VALUES", 5)
    with pytest.raises(UserError, match="too large"):
        counts(HEAD + ROW + ROW)
    packed = io.BytesIO()
    pq.write_table(pa.table({"timestamp": ["x"] * 9, "pier": [1] * 9}), packed)
    with pytest.raises(UserError, match="too large"):
        counts(packed.getvalue())


def test_parquet_of_other_types_is_refused(counts: Callable[..., Imported]) -> None:
    moments = pa.array(pd.to_datetime(["2026-08-03 14:00"]))
    for columns, sentence in [
        ({"timestamp": [754229600], "pier": [1]}, "'754229600' is not a time"),
        ({"timestamp": moments, "pier": [[1]]}, "damaged or is not a table"),
        ({"timestamp": moments, "pier": [True]}, "'true' is not a number"),
        ({"timestamp": moments, "pier": [float("inf")]}, "'inf' is not a number"),
        ({"timestamp": moments[:0], "pier": pa.array([], pa.int64())}, "holds no rows"),
        ({"timestamp": moments}, "no column 'zone_id' (found: timestamp)"),
    ]:
        packed = io.BytesIO()
        pq.write_table(pa.table(columns), packed)
        with pytest.raises(UserError) as refused:
            counts(packed.getvalue())
        assert sentence in str(refused.value)


# --- weather and events ----------------------------------------------------------------------------------------

WEATHER = "timestamp;temp_c;rain_mm;wind_ms;Sun_h;station\n"


def test_weather_with_decimal_commas(tmp_path: Path) -> None:
    path = tmp_path / "weather.csv"
    path.write_text(WEATHER + "2026-08-03 14:00;-1,234;0,2;5;0,5;330\n2026-08-03 15:00;22;-;;1;330\n")
    frame = read_weather(path, TZ).frame
    assert frame["temp_c"].tolist() == [-1.234, 22]
    assert frame["sun_h"].tolist() == [0.5, 1]
    assert frame[["rain_mm", "wind_ms"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert frame["cloud_okta"].isna().all()
    assert set(frame["origin"]) == {"observed"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("2026-08-03 14:00;215;0;5;0;1\n", "Row 2 of weather.csv: temp_c is 215, but it should lie between -60 and 60"),
        ("2026-08-03 14:00;21;-1;5;0;1\n", "rain_mm is -1"),
        ("2026-08-03 14:00;21;0;warm;0;1\n", "'warm' is not a number"),
        ("2026-08-03 14:30;21;0;5;0;1\n", "is not a whole hour"),
        ("2026-08-03 14:00;21;0;5;0;1\n2026-08-03 14:00;22;0;5;0;1\n", "Rows 2 and 3"),
        (";21;0;5;0;1\n", "Row 2 of weather.csv has no time"),
        (";;;;;\n", "weather.csv holds no rows"),
    ],
)
def test_weather_that_is_refused(tmp_path: Path, rows: str, sentence: str) -> None:
    path = tmp_path / "weather.csv"
    path.write_text(WEATHER + rows)
    with pytest.raises(UserError) as refused:
        read_weather(path, TZ)
    assert sentence in str(refused.value)


EVENTS = "event_id,name,zone_id,start,end,attendance\n"


def test_events_in_local_time_and_with_offset(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        EVENTS + "b,Vuurwerk,pier,2026-08-07 22:00,2026-08-07T23:30+02:00,15000\na,Markt,plein,2026-08-03T09:00,"
        "2026-08-03T17:00,0\n"
    )
    events = read_events(path, ZONES, TZ)
    assert events["event_id"].tolist() == ["a", "b"]
    assert events["start"].dt.hour.tolist() == [7, 20]
    assert events["end"].dt.strftime("%H:%M").tolist() == ["15:00", "21:30"]
    path.write_text(EVENTS)
    assert read_events(path, ZONES, TZ).empty


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a,Markt,bos,2026-08-03 09:00,2026-08-03 17:00,5", ": the area has no zone 'bos'"),
        ("a,Markt,pier,2026-08-03 17:00,2026-08-03 17:00,5", ": the end (2026-08-03 17:00) is not after the start"),
        ("a,Markt,pier,2026-08-03 09:00,,5", " has no end"),
        ("a,Markt,pier,2026-08-03 09:00,2026-08-03 17:00,", " has no attendance"),
        ("a,Markt,pier,2026-08-03 09:00,2026-08-03 17:00,-5", ": an attendance of -5 is not possible"),
        (",Markt,pier,2026-08-03 09:00,2026-08-03 17:00,5", " has no event_id"),
        ("a,,pier,2026-08-03 09:00,2026-08-03 17:00,5", " has no name"),
        ("ok,Weer,pier,2026-08-03 09:00,2026-08-03 17:00,5", " has the event_id 'ok' of row 2"),
        ("a,Nacht,pier,2026-03-29 02:15,2026-03-29 05:00,5", ": 2026-03-29 02:15 does not exist that night"),
    ],
)
def test_events_are_refused_for_the_reason_that_holds(tmp_path: Path, row: str, sentence: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"{EVENTS}ok,Markt,pier,2026-08-03 09:00,2026-08-03 17:00,5\n{row}\n")
    with pytest.raises(UserError) as refused:
        read_events(path, ZONES, TZ)
    assert f"Row 3 of events.csv{sentence}" in str(refused.value)


def test_every_sentence_of_an_import_is_translated() -> None:
    """Also those that reach the reader through a constant or a helper."""
    files = [
        *(file for wing in ("importing", "tables", "doubts") for file in (ROOT / "data" / wing).rglob("*.py")),
        *(ROOT / "data" / name for name in ("area/zones.py", "quality/series_doubts.py", "upkeep/adding.py")),
    ]
    catalogue, missing = {json.dumps(text) for text in read_messages("nl")}, []
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        plurals = {id(node.args[1]) for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) == 3}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            sentence = text.endswith(".") and "{" in text and id(node) not in plurals
            if sentence and json.dumps(text) not in catalogue:
                missing.append(text)
    assert not missing
