"""Zones, weather and exports of pol.is with something wrong in them: read, or refused in a sentence."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.area.zones import import_zones
from data.importing.weather import read_weather
from feedback.groups import polis
from feedback.groups.polis import read_conversation
from language import UserError, language
from tests.unit.data.mutating import mutations
from tests.unit.data.quick_checks import quick_checks  # noqa: F401
from tests.unit.polis_export import export

FEW, MANY = 500, 10_000
NL = language("nl")
TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 9, 1, tzinfo=UTC)

SQUARE = [[4.28, 52.11], [4.29, 52.11], [4.29, 52.12], [4.28, 52.12], [4.28, 52.11]]
POND = [[4.283, 52.113], [4.286, 52.113], [4.286, 52.116], [4.283, 52.116], [4.283, 52.113]]
RD = [[79000, 457000], [79100, 457000], [79100, 457100], [79000, 457000]]


def geojson(*geometries: dict[str, object], **members: object) -> bytes:
    features = [
        {"type": "Feature", "id": f"z{at}", "properties": {"name": "Plein", "usable_m2": 5e4}, "geometry": geometry}
        for at, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", **members, "features": features}, indent=1).encode()


ZONES = [
    geojson({"type": "Polygon", "coordinates": [SQUARE, POND]}, {"type": "Point", "coordinates": [4.2, 52.1]}),
    geojson({"type": "MultiPolygon", "coordinates": [[SQUARE], [POND]]}),
    geojson(
        {"type": "Polygon", "coordinates": [RD]},
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
    ),
    geojson({"type": "Polygon", "coordinates": [RD]}),
]
POINTS = [
    b"zone_id;name;lat;lon;kind;width_m\npier;De Pier;52,1170;4,2805;promenade;12,5\nkade;Kade;52,0985;4,2660;quay;\n",
    b"zone_id,name,x,y\na,Dam,121394,487383\n",
]
TABLE = b"timestamp,temp_c,rain_mm,wind_ms,sun_h\n2026-08-03 14:00,24.1,0,4.2,0.9\n2026-08-03 15:00,24.6,0.2,4.8,\n"
KNMI = b"# STN,YYYYMMDD,   HH,    T,   RH,   FH,   SQ,    N\n  210,20260801,    1,  181,   -1,   50,    3,    8\n"
RECORDS = json.dumps([{"station_code": 210, "date": "2026-08-01T00:00:00.000Z", "hour": 1, "T": 80, "RH": -1}]).encode()
DWD = b"STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor\n433;2026080100;3;  18.2;  71.0;eor\n433;2026080101;3;-999;70;eor\n"
EIREANN = b"Station Name: X\n\ndate,ind,rain,ind,temp,ind,wdsp\n01-aug-2026 00:00,0,0.1,0,6.8,2,5\n"
METEO_CSV = (
    b"latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation\n52,4,3,7200,GMT,GMT\n\n"
    b"time,temperature_2m (\xc2\xb0C),precipitation (mm),wind_speed_10m (km/h)\n"
    b"2026-08-01T00:00,20,0,18\n2026-08-01T01:00,,1,9\n"
)
METEO_JSON = json.dumps(
    {
        "utc_offset_seconds": 0,
        "hourly_units": {"time": "iso8601", "temperature_2m": "°C", "wind_speed_10m": "km/h"},
        "hourly": {
            "time": ["2026-08-01T00:00", "2026-08-01T01:00"],
            "temperature_2m": [20, 21],
            "wind_speed_10m": [9, 9],
        },
    },
    ensure_ascii=False,
).encode()


def zipped(content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", content)
    return whole.getvalue()


WEATHER = [TABLE, KNMI * 2, RECORDS, DWD, EIREANN, METEO_CSV, METEO_JSON, gzip.compress(KNMI), zipped(DWD)]


def read_or_refused(read: Callable[[], object], what: str) -> bool:
    """Return whether something was read. Whatever is raised but a ``UserError`` fails with ``what`` was read."""
    try:
        read()
    except UserError as error:
        error.say(NL)
        return False
    except Exception as error:
        raise AssertionError(f"{what}: {type(error).__name__}: {error}") from error
    return True


def zones_of(folder: Path, name: str, originals: list[bytes], number: int, seed: int) -> int:
    def read(content: bytes) -> None:
        (folder / name).write_bytes(content)
        for notice in import_zones(folder / name, "Europe/Amsterdam").notices:
            notice(NL)

    return sum(
        read_or_refused(lambda content=content: read(content), f"{name}, seed {seed}, number {at}")  # type: ignore[misc]
        for at, content in mutations(originals, number, seed)
    )


def weather_of(folder: Path, number: int, seed: int) -> int:
    file = folder / "weather.csv"

    def read(content: bytes) -> None:
        file.write_bytes(content)
        found = read_weather(file, TZ, now=NOW)
        for notice in [*found.notices, *found.doubts]:
            notice(NL)

    return sum(
        read_or_refused(lambda content=content: read(content), f"weather, seed {seed}, number {at}")  # type: ignore[misc]
        for at, content in mutations(WEATHER, number, seed)
    )


def remembered(read: Callable[[Path], object]) -> Callable[[Path], object]:
    """The same, which reads each content once: of an export of four files, three are as they were."""
    known: dict[bytes, object] = {}

    def once(path: Path) -> object:
        content = path.read_bytes()
        if content not in known:
            known[content] = read(path)
        return known[content]

    return once


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_statements", "_votes", "_participants"):
        monkeypatch.setattr(polis, name, remembered(getattr(polis, name)))


def polis_of(folder: Path, number: int, seed: int) -> int:
    export(folder, people=8, statements=3)
    names = ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv")
    whole = {name: (folder / name).read_bytes() for name in names}
    known = 0
    for at, content in mutations(list(whole.values()), number, seed):
        name = names[at % len(names)]
        (folder / name).write_bytes(content)
        beside = "votes.csv" if name == "participants-votes.csv" else "participants-votes.csv"
        if at % 16 >= len(names):  # one of the two is enough, and read in half the time
            (folder / beside).unlink()
        known += read_or_refused(lambda: read_conversation(folder).said(NL), f"{name}, seed {seed}, number {at}")
        for changed in (name, beside):
            (folder / changed).write_bytes(whole[changed])
    return known


@pytest.mark.timeout(300)
def test_zones_with_something_wrong(tmp_path: Path) -> None:
    outlines = zones_of(tmp_path, "zones.geojson", ZONES, FEW * 4 // 5, seed=1)
    points = zones_of(tmp_path, "zones.csv", POINTS, FEW // 5, seed=2)
    assert 0 < outlines < FEW
    assert 0 < points < FEW


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("quick_checks")
def test_weather_with_something_wrong(tmp_path: Path) -> None:
    assert 0 < weather_of(tmp_path, FEW, seed=3) < FEW


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("read_once")
def test_exports_of_polis_with_something_wrong(tmp_path: Path) -> None:
    assert 0 < polis_of(tmp_path, FEW, seed=4) < FEW


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("read_once", "quick_checks")
def test_very_many_with_something_wrong(tmp_path: Path) -> None:
    zones_of(tmp_path, "zones.geojson", ZONES, MANY * 4 // 5, seed=11)
    zones_of(tmp_path, "zones.csv", POINTS, MANY // 5, seed=12)
    weather_of(tmp_path, MANY, seed=13)
    polis_of(tmp_path / "polis", MANY, seed=14)
