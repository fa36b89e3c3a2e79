"""Hourly files of weather services, as they are downloaded: hours, units, what is unknown, and what is refused."""

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from data.importing.weather import read_weather
from data.importing.weather_formats import FORMATS, format_of
from data.tables.notices import Imported
from language import UserError, language

EN, NL = language("en"), language("nl")
TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def read(folder: Path, content: str | bytes, name: str = "weather.csv", **more: Any) -> Imported:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_weather(file, TZ, **{"now": NOW, **more})


def series(found: Imported, column: str) -> dict[str, float]:
    return dict(zip(found.frame["hour"].dt.strftime("%d %H"), found.frame[column].tolist(), strict=True))


def said(found: Imported) -> str:
    return " ".join(notice(EN) for notice in [*found.notices, *found.doubts])


KNMI = """# BRON: KNMI
# STN      LON(east)   LAT(north)
# STN,YYYYMMDD,   HH,    T,   RH,   FH
#
  210,20260801,    1,  181,   -1,   50
  210,20260801,   24,     ,   12,

"""


def test_a_subset_of_knmi_ends_its_hours(tmp_path: Path) -> None:
    found = read(tmp_path, KNMI)
    assert series(found, "temp_c")["01 00"] == 18.1
    assert series(found, "rain_mm") == {"01 00": 0, "01 23": 1.2}
    assert np.isnan(series(found, "temp_c")["01 23"])
    assert found.frame[["sun_h", "cloud_okta"]].isna().all(axis=None)
    assert said(found) == ""


@pytest.mark.parametrize("header", ["# STN,YYYYMMDD,H,T", "# STNS,YYYYMMDD,   HH,    T", "STN,YYYYMMDD,HH,T"])
def test_knmi_names_its_columns_in_several_ways(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"{header}\n  210,20260801,    2,  -55\n")
    assert series(found, "temp_c") == {"01 01": -5.5}
    assert "has no rain and wind" in said(found)


def test_knmi_wind_of_ten_minutes_where_the_hour_has_none(tmp_path: Path) -> None:
    assert series(read(tmp_path, "# STN,YYYYMMDD,HH,T,FF\n210,20260801,1,100,70\n"), "wind_ms") == {"01 00": 7}


def test_a_station_of_several_must_be_chosen(tmp_path: Path) -> None:
    two = KNMI.rstrip("\n") + "\n  240,20260801,    1,  190,    0,   60\n"
    with pytest.raises(UserError, match=r"several stations \(210, 240\)"):
        read(tmp_path, two)
    assert series(read(tmp_path, two, station=240), "temp_c") == {"01 00": 19}
    with pytest.raises(UserError, match="no hours of station 330"):
        read(tmp_path, two, station=330)


def records(*given: dict[str, Any]) -> str:
    base = {"station_code": 210, "date": "2026-08-01T00:00:00.000Z"}
    return json.dumps([{**base, **one} for one in given])


def test_the_json_of_knmi(tmp_path: Path) -> None:
    found = read(tmp_path, records({"hour": 1, "T": 181, "RH": -1, "FH": 50, "N": 9}, {"hour": 24, "T": None, "SQ": 4}))
    assert series(found, "temp_c")["01 00"] == 18.1
    assert series(found, "rain_mm")["01 00"] == 0
    assert series(found, "cloud_okta")["01 00"] == 9
    assert series(found, "sun_h")["01 23"] == 0.4
    assert np.isnan(series(found, "wind_ms")["01 23"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (KNMI.replace("  181", " warm"), "Row 5 of weather.csv: 'warm' is not a number"),
        (KNMI.replace("   24", "   25"), "Row 6 of weather.csv: '25' is not a time"),
        (KNMI.replace("   24", "  1.5"), "Row 6 of weather.csv: '1.5' is not a time"),
        (KNMI.replace("20260801", "20260832"), "Row 5 of weather.csv: '20260832' is not a time"),
        (KNMI.replace("  181", " 9999"), "Row 5 of weather.csv: temp_c is 999.9"),
        (KNMI.replace("   24", "    1").replace("   12", "   13"), "Rows 5 and 6 of weather.csv say different things"),
        (KNMI.replace(",   12,", ""), "Row 6 of weather.csv has 4 columns and the header has 6"),
        (KNMI[: KNMI.index("  210")], "weather.csv holds no rows"),
        (KNMI + KNMI.replace("RH,   FH", "FH,   RH"), "weather.csv is not an hourly file of KNMI"),
        ("# STN,YYYYMMDD,HH,P\n210,20260801,1,10150\n", "holds no temperature, rain or wind"),
        (records({"hour": 1, "T": [1]}), "'[1]' is not a number"),
        (records({"hour": 1, "T": True}), "'True' is not a number"),
        (records({"hour": "x", "T": 1}), "'x' is not a number"),
        (records({"hour": 1, "date": "vandaag"}), "'vandaag' is not a time"),
        (records({"hour": 1, "T": 10})[:-1], "is not an hourly file of KNMI"),
        ('[{"station_code": 1, "date": 1, "hour": 1, "x": ' + "[" * 9999, "is not an hourly file of KNMI"),
    ],
)
def test_what_is_wrong_in_a_file_of_knmi(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, content)
    assert sentence in str(refused.value)
    assert refused.value.say(NL) != str(refused.value)


def test_dwd_temperature_is_at_the_stamp_and_999_unknown(tmp_path: Path) -> None:
    text = "STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor\r\n"
    text += "        433;2026080100;    3;  18.2;  71.0;eor\r\n        433;2026080101;    3;-999;  70.0;eor\r\n"
    found = read(tmp_path, text)
    assert series(found, "temp_c")["01 00"] == 18.2
    assert np.isnan(series(found, "temp_c")["01 01"])
    assert "has no rain and wind: that stays unknown" in said(found)


@pytest.mark.parametrize(
    ("header", "row", "column", "expected"),
    [
        ("QN_8;  R1;RS_IND;WRTR", "3;   1.4;   1;-999", "rain_mm", {"31 23": 1.4}),
        ("QN_3;   F;   D", "10;   4.2; 230", "wind_ms", {"31 23": 4.2}),
    ],
)
def test_dwd_sums_and_means_are_of_the_hour_before(
    tmp_path: Path, header: str, row: str, column: str, expected: dict[str, float]
) -> None:
    found = read(tmp_path, f"STATIONS_ID;MESS_DATUM;{header};eor\n433;2026080100;{row};eor\n")
    assert {hour: value for hour, value in series(found, column).items() if value == value} == expected


def test_dwd_sunshine_and_clouds(tmp_path: Path) -> None:
    both = "STATIONS_ID;MESS_DATUM;TT_TU;SD_SO;V_N;eor\n433;2026080112;20;30;-1;eor\n433;2026080113;21;60;3;eor\n"
    found = read(tmp_path, both)
    assert series(found, "sun_h")["01 11"] == 0.5
    assert series(found, "sun_h")["01 12"] == 1
    assert series(found, "cloud_okta")["01 12"] == 9


EIREANN = """Station Name: PLEIN
Station Height: 48 M
Latitude:53.364  ,Longitude: -6.350


date:  -  Date and Time (utc)
rain:  -  Precipitation Amount (mm)
wdsp:  -  Mean Wind Speed (knot)

date,ind,rain,ind,temp,ind,wdsp
01-aug-2026 00:00,0,0.1,0,6.8,2,10
01-aug-2026 01:00,0, ,0,7.1,2,20
"""


def test_met_eireann_below_its_preamble(tmp_path: Path) -> None:
    found = read(tmp_path, EIREANN)
    assert series(found, "temp_c")["01 01"] == 7.1
    assert series(found, "rain_mm")["31 23"] == 0.1
    assert np.isnan(series(found, "rain_mm")["01 00"])
    assert series(found, "wind_ms")["01 00"] == pytest.approx(10.288889)
    assert "wind is in knots and was converted to m/s" in said(found)
    metres = read(tmp_path, EIREANN.replace("(knot)", "(m/s)"))
    assert series(metres, "wind_ms")["01 00"] == 20
    assert "converted" not in said(metres)
    with pytest.raises(UserError, match=r"Row 12 of weather\.csv: '01-foo-2026 01:00' is not a time"):
        read(tmp_path, EIREANN.replace("01-aug-2026 01:00", "01-foo-2026 01:00"))


OPEN_METEO = """latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation
52.1,4.3,3.0,{offset},{zone},CEST

time,temperature_2m ({degrees}),precipitation (mm),wind_speed_10m ({speed}),cloud_cover (%),sunshine_duration (s)
2026-08-01T00:00,{t},0.0,18.0,50,0.00
2026-08-01T01:00,{t},1.2,36.0,100,3600.00

time,temperature_2m_max (°C)
2026-08-01,25.0
"""


def open_meteo(offset: int = 0, zone: str = "GMT", degrees: str = "°C", speed: str = "km/h", t: str = "20.0") -> str:
    return OPEN_METEO.format(offset=offset, zone=zone, degrees=degrees, speed=speed, t=t)


def test_open_meteo_as_downloaded_converts_what_it_declares(tmp_path: Path) -> None:
    found = read(tmp_path, open_meteo())
    assert series(found, "temp_c")["01 00"] == 20
    assert series(found, "rain_mm")["01 00"] == 1.2
    assert series(found, "wind_ms") == {"31 23": pytest.approx(np.nan, nan_ok=True), "01 00": 5, "01 01": 10}
    assert series(found, "cloud_okta")["01 00"] == 4
    assert series(found, "sun_h")["01 00"] == 1
    assert said(found) == "In weather.csv, wind is in km/h and was converted to m/s."
    other = read(tmp_path, open_meteo(degrees="°F", speed="mp/h", t="68.0"))
    assert series(other, "temp_c")["01 00"] == pytest.approx(20)
    assert series(other, "wind_ms")["01 01"] == pytest.approx(16.09344)


def test_open_meteo_in_local_time_is_brought_to_utc(tmp_path: Path) -> None:
    found = read(tmp_path, open_meteo(offset=7200, zone="Europe/Amsterdam"))
    assert series(found, "wind_ms")["31 22"] == 5


def as_json(**changed: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "latitude": 52.1,
        "utc_offset_seconds": 0,
        "hourly_units": {"time": "iso8601", "temperature_2m": "°C", "wind_speed_10m": "kn", "rain": "inch"},
        "hourly": {
            "time": ["2026-08-01T00:00", "2026-08-01T01:00"],
            "temperature_2m": [20.0, None],
            "wind_speed_10m": [10.0, 20.0],
            "rain": [0.0, 0.1],
        },
    }
    return answer | changed


def test_open_meteo_as_json(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(as_json()), "forecast.json")
    assert series(found, "rain_mm")["01 00"] == pytest.approx(2.54)
    assert series(found, "wind_ms")["01 01"] == pytest.approx(10.288889)
    assert "rain is in inch and was converted to mm" in said(found)
    seconds = as_json()
    seconds["hourly"]["time"] = [1785542400, 1785546000]
    assert series(read(tmp_path, json.dumps(seconds)), "temp_c")["01 00"] == 20


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (open_meteo(speed="furlong"), "gives wind_speed_10m in 'furlong', which is not known"),
        (open_meteo().replace("52.1,4.3,3.0,0,GMT,CEST\n", "52,4,3,0,G,C\n53,4,3,0,G,C\n"), "the hours of one place"),
        (open_meteo().replace("T01:00", "T00:15"), "Row 6 of weather.csv: 2026-08-01T00:15 is not a whole hour"),
        (open_meteo().replace("T01:00", "T01:00,9"), "Row 6 of weather.csv has 7 columns and the header has 6"),
        (json.dumps([as_json()]), "is not a CSV file but JSON"),
        (json.dumps(as_json(hourly={"time": []})), "holds no rows"),
        (json.dumps(as_json(hourly={"time": 3})), "is not an hourly file of Open-Meteo"),
        (json.dumps(as_json(hourly=[])), "is not an hourly file of Open-Meteo"),
        (json.dumps(as_json(utc_offset_seconds=1e9)), "the hours of one place"),
        ('{"utc_offset_seconds": 0, "hourly": ' + "[" * 99_999, "is not an hourly file of Open-Meteo"),
    ],
)
def test_what_is_wrong_in_a_file_of_open_meteo(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, content)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("packed", ["gz", "zip", "zip with its description", "utf-16"])
def test_files_are_read_packed_as_they_come(tmp_path: Path, packed: str) -> None:
    content = gzip.compress(KNMI.encode()) if packed == "gz" else KNMI.encode("utf-16")
    if packed.startswith("zip"):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr("uurgeg_210.txt", KNMI)
            if "description" in packed:
                archive.writestr("Metadaten_Geographie_210.txt", "x")
        content = whole.getvalue()
    assert series(read(tmp_path, content, "weather.bin"), "temp_c")["01 00"] == 18.1


def test_an_archive_of_several_tables_is_refused(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", KNMI)
        archive.writestr("b.txt", KNMI)
    with pytest.raises(UserError, match="does not hold exactly one table"):
        read(tmp_path, whole.getvalue())
    with pytest.raises(UserError, match="is damaged and cannot be unpacked"):
        read(tmp_path, whole.getvalue()[:-30])


@pytest.mark.parametrize("field", [6, 8, 10], ids=["version", "flags", "packed how"])
def test_an_archive_that_says_something_odd_of_itself_is_refused(tmp_path: Path, field: int) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", KNMI)
    content = bytearray(whole.getvalue())
    for part in (content.index(b"PK\x01\x02") + field, content.index(b"PK\x03\x04") + field - 2):
        content[part] = 99
    with pytest.raises(UserError, match="is damaged and cannot be unpacked"):
        read(tmp_path, bytes(content))


def test_the_same_hour_twice_is_told_and_kept_once(tmp_path: Path) -> None:
    row = "  210,20260801,    1,  181,   -1,   50\n"
    found = read(tmp_path, KNMI.replace(row, row + row))
    assert len(found.frame) == 2
    assert "1 row that says the same again was left out" in said(found)


def test_units_of_a_service_cannot_be_talked_away(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a file of KNMI, whose units are known"):
        read(tmp_path, KNMI, units={"wind_ms": "km/h"})


def test_every_format_knows_its_own_files_only() -> None:
    texts = {"KNMI": KNMI, "Met Éireann": EIREANN, "Open-Meteo": open_meteo()}
    texts["DWD"] = "STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor\n"
    assert {form.NAME for form in FORMATS} == set(texts)
    for name, text in texts.items():
        assert [form.NAME for form in FORMATS if form.recognises(text)] == [name]
    assert format_of("timestamp,temp_c,rain_mm,wind_ms\n2026-08-03 14:00,1,2,3\n") is None


def test_hours_are_sorted_and_typed_alike_for_all(tmp_path: Path) -> None:
    kept = [read(tmp_path, text).frame for text in (KNMI, EIREANN, open_meteo())]
    for frame in kept:
        assert frame["hour"].is_monotonic_increasing
        pd.testing.assert_series_equal(frame.dtypes, kept[0].dtypes)
