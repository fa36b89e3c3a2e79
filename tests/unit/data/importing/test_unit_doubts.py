"""Weather in another unit than its name says: doubted in a sentence, and converted only when somebody says so."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.__main__ import main
from data.area.area import load_area
from data.area.connector_settings import Connector
from data.consent.gate import read
from data.importing.unit_doubts import UnitDoubt, unit_doubts
from data.importing.weather import read_weather
from data.keeping.home import area_home
from data.tables.notices import Imported
from data.tables.weather_units import UNITS, converted, declared, read_units, unit_of
from data.upkeep.delivering import look_at
from data.upkeep.fetching import fetch
from language import UserError, language

EN, NL = language("en"), language("nl")
TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def year(hours: int = 365 * 24, start: str = "2025-06-01", *, mild: float = 10, windy: float = 6.5) -> pd.DataFrame:
    """Weather as a Dutch coast has it, made up, in the units that are kept."""
    rng = np.random.default_rng(4)
    moments = pd.date_range(start, periods=hours, freq="h", tz="UTC")
    day = moments.day_of_year.to_numpy()
    slow = np.convolve(rng.normal(0, 2, hours + 47), np.ones(48) / 7, "valid")
    temp = mild - 7 * np.cos(2 * np.pi * (day - 20) / 365) + 3 * np.sin(2 * np.pi * moments.hour / 24) + slow
    wet = rng.random(hours) < 0.1
    return pd.DataFrame(
        {
            "timestamp": moments.strftime("%Y-%m-%dT%H:%MZ"),
            "temp_c": np.round(temp, 1),
            "rain_mm": np.where(wet, np.round(rng.exponential(0.9, hours) + 0.1, 1), 0),
            "wind_ms": np.round(rng.weibull(2, hours) * windy * 1.128, 1),
        }
    )


def written_in(frame: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    """The same weather, with a column in another unit."""
    factor, offset = UNITS[column][unit]
    return frame.assign(**{column: np.round((frame[column] - offset) / factor, 6)})


def taken(folder: Path, frame: pd.DataFrame, **more: Any) -> Imported:
    file = folder / "weather.csv"
    frame.to_csv(file, index=False)
    return read_weather(file, TZ, **{"now": NOW, **more})


@pytest.mark.parametrize("hours", [24, 31 * 24, 365 * 24])
@pytest.mark.parametrize(("mild", "windy"), [(10, 6.5), (27, 4), (2, 9), (10, 2.5)])
def test_weather_as_it_is_where_people_live_is_not_doubted(hours: int, mild: float, windy: float) -> None:
    frame = year(hours, mild=mild, windy=windy)
    assert not unit_doubts("x", {name: frame[name].to_numpy() for name in ("temp_c", "rain_mm", "wind_ms")})


def test_a_storm_of_a_day_and_a_heat_wave_are_not_doubted() -> None:
    assert not unit_doubts("x", {"wind_ms": np.linspace(8, 26, 36), "temp_c": np.linspace(22, 40, 72)})


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("wind_ms", "km/h"),
        ("rain_mm", "cm"),
        ("rain_mm", "inch"),
        ("rain_mm", "m"),
        ("rain_mm", "0.1 mm"),
    ],
)
@pytest.mark.parametrize("hours", [60 * 24, 365 * 24])
def test_another_unit_is_doubted_with_the_right_proposal_and_kept(
    tmp_path: Path, column: str, unit: str, hours: int
) -> None:
    frame = written_in(year(hours), column, unit)
    found = taken(tmp_path, frame)
    (doubt,) = found.doubts
    assert isinstance(doubt, UnitDoubt)
    assert (doubt.column, doubt.unit) == (column, unit)
    assert f"looks like {unit}" in doubt(EN)
    assert f"{column}={unit}" in doubt(NL)
    assert doubt(NL) != doubt(EN)
    assert found.frame[column].tolist() == frame[column].tolist()  # nothing was converted
    asked = taken(tmp_path, frame, units={column: unit})
    assert not asked.doubts
    assert asked.frame[column].to_numpy() == pytest.approx(year(hours)[column].to_numpy(), abs=0.02)
    assert f"was converted from {unit}" in asked.notices[-1](EN)


@pytest.mark.parametrize(
    ("column", "unit", "start"),
    [
        ("temp_c", "°F", "2025-06-01"),
        ("temp_c", "0.1 °C", "2025-06-01"),
        ("temp_c", "0.1 °C", "2026-01-10"),
        ("temp_c", "K", "2026-01-10"),
        ("wind_ms", "0.1 m/s", "2026-01-10"),
    ],
)
def test_units_that_leave_all_records_behind_are_refused_with_the_proposal(
    tmp_path: Path, column: str, unit: str, start: str
) -> None:
    frame = written_in(year(100 * 24, start=start), column, unit)
    with pytest.raises(UserError) as refused:
        taken(tmp_path, frame)
    assert f"It looks like {unit}. If it is, read it in again with {column}={unit}" in str(refused.value)
    assert unit in refused.value.say(NL)
    asked = taken(tmp_path, frame, units={column: unit})
    assert not asked.doubts
    assert asked.frame[column].to_numpy() == pytest.approx(year(100 * 24, start=start)[column].to_numpy(), abs=0.02)


@pytest.mark.parametrize(
    ("column", "unit", "frame"),
    [
        ("temp_c", "°F", year(20 * 24, start="2026-04-01", mild=8)),
        ("temp_c", "°F", year(100 * 24, start="2026-01-10")),
        ("temp_c", "°F", year().assign(temp_c=np.random.default_rng(5).integers(50, 59, 8760) * 5 / 9 - 160 / 9)),
        ("temp_c", "0.1 °C", year(480).assign(temp_c=4.2 + 1.7 * np.sin(np.arange(480) / 3.82))),
        ("wind_ms", "0.1 m/s", year(60 * 24, windy=3.6).assign(wind_ms=lambda f: f["wind_ms"].clip(0, 11.9))),
    ],
)
def test_units_within_the_records_are_told_apart(tmp_path: Path, column: str, unit: str, frame: pd.DataFrame) -> None:
    (doubt,) = taken(tmp_path, written_in(frame, column, unit)).doubts
    assert isinstance(doubt, UnitDoubt)
    assert (doubt.column, doubt.unit) == (column, unit)


@pytest.mark.parametrize(
    ("column", "value", "unit"),
    [("temp_c", 288, "K"), ("sun_h", 45, "min"), ("sun_h", 7, "0.1 h"), ("sun_h", 1800, "s"), ("cloud_okta", 80, "%")],
)
def test_values_beyond_all_records_say_what_they_look_like(
    tmp_path: Path, column: str, value: float, unit: str
) -> None:
    frame = year(48).assign(sun_h=0.5, cloud_okta=3.0).assign(**{column: value})
    with pytest.raises(UserError, match=rf"It looks like {unit}\."):
        taken(tmp_path, frame)
    kept = taken(tmp_path, frame, units={column: unit}).frame[column]
    assert kept.iloc[0] == pytest.approx(converted(column, unit, np.array([float(value)]))[0])


def test_a_value_that_fits_no_unit_is_refused_without_a_guess(tmp_path: Path) -> None:
    frame = year(48)
    frame.loc[3, "temp_c"] = 99_999
    with pytest.raises(UserError, match=r"temp_c is 99999, but it should lie between -60 and 60\. Leave an unknown"):
        taken(tmp_path, frame)


@pytest.mark.parametrize(
    ("name", "column", "unit"),
    [
        ("wind_kmh", "wind_ms", "km/h"),
        ("Wind (km/h)", "wind_ms", "km/h"),
        ("wind_kn", "wind_ms", "knots"),
        ("temp_f", "temp_c", "°F"),
        ("TEMP [°F]", "temp_c", "°F"),
        ("rain_in", "rain_mm", "inch"),
        ("rain_cm", "rain_mm", "cm"),
    ],
)
def test_a_name_that_declares_its_unit_is_converted_and_said(tmp_path: Path, name: str, column: str, unit: str) -> None:
    assert declared(name) == (column, unit)
    frame = written_in(year(48), column, unit).rename(columns={column: name})
    found = taken(tmp_path, frame)
    assert not found.doubts
    assert f"is in {unit} and was converted" in found.notices[0](EN)
    assert found.frame[column].to_numpy() == pytest.approx(year(48)[column].to_numpy(), abs=0.02)


def test_a_name_of_this_project_goes_before_one_that_declares(tmp_path: Path) -> None:
    frame = year(48)
    found = taken(tmp_path, frame.assign(wind_kmh=99))
    assert found.frame["wind_ms"].tolist() == frame["wind_ms"].tolist()
    assert not found.notices


@pytest.mark.parametrize("name", ["wind", "windrichting", "wind_stoot", "temp", "regen_mm", "temp ()", "wind_"])
def test_names_that_declare_nothing(name: str) -> None:
    assert declared(name) is None


@given(st.sampled_from([(column, unit) for column, units in UNITS.items() for unit in units]), st.floats(0, 30))
def test_every_unit_is_known_by_its_own_name_and_linear(which: tuple[str, str], value: float) -> None:
    column, unit = which
    assert unit_of(column, unit) == unit
    factor, offset = UNITS[column][unit]
    expected = value * factor + offset
    kept = converted(column, unit, np.array([value]))[0]
    assert kept == pytest.approx(round(expected) if (column, unit) == ("cloud_okta", "%") else expected)


def test_known_points_of_the_scales() -> None:
    points = [
        ("temp_c", "°F", 32, 0), ("temp_c", "°F", 212, 100), ("temp_c", "K", 273.15, 0), ("wind_ms", "km/h", 36, 10),
        ("wind_ms", "knots", 1, 0.514444), ("wind_ms", "mph", 1, 0.44704), ("rain_mm", "inch", 1, 25.4),
    ]  # fmt: skip
    for column, unit, value, expected in points:
        assert converted(column, unit, np.array([float(value)]))[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("given_units", ["wind_ms=furlong", "wind=km/h", "km/h", "wind_ms"])
def test_units_that_are_none_are_refused_with_the_choice(given_units: str) -> None:
    with pytest.raises(UserError, match=r"is no unit of weather.*wind_ms: m/s, km/h"):
        read_units(given_units)


def test_units_as_people_type_them() -> None:
    assert read_units(" wind_ms = KM/H , temp_c=f,") == {"wind_ms": "km/h", "temp_c": "°F"}
    assert read_units("") == {}


def test_hours_after_now_are_named_and_kept(tmp_path: Path) -> None:
    frame = year(48, start="2026-08-31")
    found = taken(tmp_path, frame)
    (doubt,) = found.doubts
    assert doubt.kind == "future"
    assert "24 hours lie after now (from 1 Sept 2026 00:00 UTC on)" in doubt(EN)
    assert len(found.frame) == 48
    assert not taken(tmp_path, frame, now=datetime(2026, 9, 2, tzinfo=UTC)).doubts


# --- the same on every way in ----------------------------------------------------------------------------------

ADD = ["add-area", "dorp", "--name", "Dorp", "--tz", "Europe/Amsterdam", "--country", "NL", "--lang", "en"]
WIND = "In weather.csv the wind is 23 m/s on average, which looks like km/h."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    (tmp_path / "zones.csv").write_text("zone_id,name,lat,lon\na,Plein,52.1,4.3\n")
    (tmp_path / "counts.csv").write_text("timestamp,zone_id,count\n2026-06-03 14:00,a,5\n2026-06-03 15:00,a,6\n")
    written_in(year(90 * 24, start="2026-06-01"), "wind_ms", "km/h").to_csv(tmp_path / "weather.csv", index=False)
    return tmp_path


def added(*more: str) -> int:
    return main([*ADD, "--counts", "counts.csv", "--zones", "zones.csv", *more])


def test_add_area_and_check_doubt_and_convert_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert added("--weather", "weather.csv") == 0
    assert WIND in capsys.readouterr().out
    assert main(["check", "--area", "dorp", "--lang", "en"]) == 0
    assert "Doubt: In weather.parquet the wind is 23 m/s" in capsys.readouterr().out
    assert main(["check", "--area", "dorp", "--lang", "nl", "--json"]) == 0
    (doubt,) = json.loads(capsys.readouterr().out)["doubts"]
    assert "is de wind gemiddeld 23 m/s, en dat lijkt op km/h" in doubt.pop("said")
    assert doubt == {"kind": "unit", "column": "wind_ms", "unit": "km/h"}
    assert added("--weather", "weather.csv", "--weather-units", "wind_ms=km/h", "--replace") == 0
    assert "wind was converted from km/h to m/s, as you said" in capsys.readouterr().out
    assert main(["check", "--area", "dorp", "--lang", "en"]) == 0
    assert "Doubt" not in capsys.readouterr().out
    assert added("--weather", "weather.csv", "--weather-units", "wind=km/h", "--replace") == 2


def test_the_page_for_stewards_doubts_and_converts_when_asked(folder: Path) -> None:
    assert added() == 0
    area = load_area("dorp")
    assert any(WIND in notice(EN) for notice in look_at(area, "weather", folder / "weather.csv").doubts)
    asked = look_at(area, "weather", folder / "weather.csv", units={"wind_ms": "km/h"})
    assert asked.frame["wind_ms"].mean() == pytest.approx(6.5, abs=0.5)
    assert not any("looks like" in notice(EN) for notice in asked.notices)


SOURCE = """
[[source]]
id = "weer"
kind = "weather"
provider = "file"
title = { nl = "Weer" }
decision = "approved"
[source.connector]
kind = "table"
folder = "%s"
pattern = "weather*"
"""


def test_fetching_a_folder_doubts_and_converts_when_the_source_says_so(folder: Path) -> None:
    assert added() == 0
    area = load_area("dorp")
    sources = area_home("dorp") / "sources.toml"
    before = sources.read_text()
    sources.write_text(before + SOURCE % folder)
    (result,) = fetch(area, source_id="weer", now=NOW)
    assert result.failure is None
    assert any(WIND in notice(EN) for notice in result.notices)
    sources.write_text(before + SOURCE % folder + 'units = { wind_ms = "km/h" }\n')
    (result,) = fetch(area, source_id="weer", now=NOW)
    assert not any("looks like" in notice(EN) for notice in result.notices)
    start, end = datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    assert read(area, "weather", start, end)["wind_ms"].mean() == pytest.approx(6.5, abs=0.5)


def test_files_of_several_services_in_a_folder_complete_each_other(folder: Path) -> None:
    assert added() == 0
    (folder / "weather.csv").write_text("STATIONS_ID;MESS_DATUM;TT_TU;eor\n433;2026080112;20;eor\n")
    (folder / "weather2.txt").write_text("STATIONS_ID;MESS_DATUM;R1;eor\n433;2026080113;1.5;eor\n")
    sources = area_home("dorp") / "sources.toml"
    sources.write_text(sources.read_text() + SOURCE % folder)
    area = load_area("dorp")
    (result,) = fetch(area, source_id="weer", now=NOW)
    assert result.failure is None
    known = read(area, "weather", datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC))
    (noon,) = known[known["hour"] == pd.Timestamp("2026-08-01 12:00", tz="UTC")].itertuples()
    assert (noon.temp_c, noon.rain_mm) == (20, 1.5)


def test_a_connector_with_units_that_are_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is no unit of weather"):
        Connector(kind="table", folder="x", units={"wind_ms": "furlong"})
