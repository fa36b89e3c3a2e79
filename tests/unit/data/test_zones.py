"""Zones: what is read, what is refused and with which sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, box

from data.area.zone import Zone
from data.area.zones import read_zones, zones_geojson
from language import UserError, language

SQUARE = [[4.28, 52.11], [4.29, 52.11], [4.29, 52.12], [4.28, 52.12], [4.28, 52.11]]
BOW_TIE_HOLE = [[4.282, 52.112], [4.283, 52.113], [4.283, 52.112], [4.282, 52.113], [4.282, 52.112]]
OUTSIDE = [[4.292, 52.112], [4.293, 52.112], [4.293, 52.113], [4.292, 52.112]]
BOW_TIE = [[4.28, 52.11], [4.29, 52.12], [4.29, 52.11], [4.28, 52.12], [4.28, 52.11]]
RD = [[79000.0, 457000.0], [79100.0, 457000.0], [79100.0, 457100.0], [79000.0, 457000.0]]


def feature(ring: list[list[float]] = SQUARE, *more: list[list[float]], **fields: Any) -> dict[str, Any]:
    properties = {"zone_id": "pier", "name_nl": "De Pier", **fields}
    return {
        "type": "Feature",
        "properties": {name: value for name, value in properties.items() if value != "absent"},
        "geometry": {"type": "Polygon", "coordinates": [ring, *more]},
    }


def geojson(path: Path, *features: Any) -> Path:
    file = path / "zones.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = path / "zones.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_polygon_with_all_its_properties(tmp_path: Path) -> None:
    fields = {"name_en": "The Pier", "kind": "promenade", "usable_m2": 9000, "width_m": 12.5, "recommend": True}
    (zone,) = read_zones(geojson(tmp_path, feature(**fields, remark="ignored")))
    assert zone.names == {"nl": "De Pier", "en": "The Pier"}
    assert (zone.kind, zone.usable_m2, zone.width_m, zone.recommend) == ("promenade", 9000, 12.5, True)
    assert zone.geometry.bounds == (4.28, 52.11, 4.29, 52.12)


def test_kinds_that_are_not_given(tmp_path: Path) -> None:
    (polygon,) = read_zones(geojson(tmp_path, feature(name_nl="absent", name="Plein")))
    (point,) = read_zones(csv(tmp_path, "zone_id,name,lat,lon\na,A,52.1,4.2\n"))
    assert (polygon.kind, polygon.names, point.kind) == ("square", {"nl": "Plein"}, "sensor")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_points_from_a_dutch_spreadsheet(tmp_path: Path, encoding: str) -> None:
    text = (
        "zone_id;name;lat;lon;kind;width_m;recommend;opmerking\r\nkade;Café-kade;52,1;4,25;quay;3,5;ja;x\r\n;;;;;;;\r\n"
    )
    (zone,) = read_zones(csv(tmp_path, text, encoding))
    assert zone == Zone(
        zone_id="kade", names={"nl": "Café-kade"}, kind="quay", width_m=3.5, recommend=True, geometry=Point(4.25, 52.1)
    )


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([feature(SQUARE, BOW_TIE_HOLE)], "zone pier of zones.geojson crosses itself or is not closed near"),
        ([feature(SQUARE, OUTSIDE)], "zone pier of zones.geojson crosses itself or is not closed near"),
        ([feature(BOW_TIE)], "zone pier of zones.geojson crosses itself or is not closed near 4.285 52.115"),
        (
            [feature(RD)],
            "pier of zones.geojson has coordinates that are not degrees (79000, 457000). The file does not name",
        ),
        ([feature([[2, 91], [3, 91], [3, 92], [2, 91]])], "has latitude 92, which does not exist. Swap latitude"),
        ([feature([[4.2, float("nan")], [4.3, 52], [4.3, 53], [4.2, 52]])], "zones.geojson"),
        ([feature([[4.2, 52], [4.3, 52]])], "The outline of feature pier of zones.geojson cannot be read"),
        ([feature([])], "The outline of feature pier of zones.geojson cannot be read"),
        ([feature(), feature()], "two zones with the id 'pier'"),
        ([feature(zone_id="absent")], "row 1 of zones.geojson has no zone_id"),
        ([feature(zone_id="")], "row 1 of zones.geojson has no zone_id"),
        ([feature(zone_id=" \u00a0\t")], "row 1 of zones.geojson has no zone_id"),
        ([feature(zone_id="de pier!"), feature(zone_id="de pier!")], "two zones with the id 'de pier!'"),
        ([feature(name_nl="absent")], "row pier of zones.geojson has no name"),
        ([feature(kind="strand")], "of kind 'strand'. Choose beach"),
        ([feature(usable_m2=0)], "usable_m2 of zone or row pier is 0"),
        ([feature(width_m="breed")], "'breed' in column width_m"),
        ([feature(recommend="maybe")], "'recommend' of zone or row pier is 'maybe'"),
        ([], "zones.geojson holds no zones"),
        ([{"type": "Feature", "properties": None, "geometry": None}], "Feature 1 of zones.geojson is not a polygon"),
        ([{"properties": {}, "geometry": {"type": "LineString", "coordinates": SQUARE}}], "not a polygon"),
        (["x"], "not a GeoJSON FeatureCollection"),
    ],
)
def test_polygons_that_are_refused(tmp_path: Path, features: list[Any], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read_zones(geojson(tmp_path, *features))
    assert sentence in str(refused.value)
    assert refused.value.say(language("nl")) != str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("zone_id,name,lat\na,A,52\n", "zones.csv has no column 'lon' (found: zone_id, name, lat)"),
        ("zone_id,name,lat,lon\na,A,,4.2\n", "Row 2 of zones.csv has no lat or lon"),
        ("zone_id,name,lat,lon\n\na,A,52.1,4.2\na,B,52.1,4.3\n", "two zones with the id 'a'"),
        ("zone_id,name,lat,lon\n,A,52.1,4.2\n", "row 2 of zones.csv has no zone_id"),
        ("zone_id,name,lat,lon\n\na,A,noord,4.2\n", "'noord' in column lat of zone or row 3"),
        ("zone_id,name,lat,lon\na,A,457000,79000\n", "row 2 of zones.csv has coordinates that are not degrees"),
        ("zone_id,name,lat,lon\n", "zones.csv holds no rows"),
        ("", "zones.csv is empty"),
        ("<html><table></table></html>", "zones.csv is not a CSV file but HTML"),
    ],
)
def test_points_that_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read_zones(csv(tmp_path, text))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": 3}', b"\xff\xfe\x00", b"PK\x03\x04"])
def test_what_is_no_geojson(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "zones.geojson"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"zones\.geojson is not a GeoJSON FeatureCollection"):
        read_zones(file)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_zones(tmp_path / "zones.geojson")


degrees = st.floats(-80, 80).map(lambda value: round(value, 6))
shapes = st.one_of(
    st.builds(Point, degrees, degrees),
    st.builds(lambda x, y: box(x, y, x + 0.01, y + 0.02), degrees, degrees),
    st.builds(lambda x, y: MultiPolygon([box(x, y, x + 1, y + 1), box(x + 2, y, x + 3, y + 1)]), degrees, degrees),
)
zones = st.builds(
    Zone,
    zone_id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,9}", fullmatch=True).filter(str.isascii),
    names=st.dictionaries(st.sampled_from(["nl", "en"]), st.text("abcé '\"<").filter(str.strip), min_size=1),
    kind=st.sampled_from(["beach", "promenade", "square", "street", "quay", "sensor"]),
    usable_m2=st.none() | st.floats(0.1, 1e6),
    width_m=st.none() | st.floats(0.1, 100),
    recommend=st.booleans(),
    geometry=shapes,
)


@given(st.lists(zones, min_size=1, max_size=4, unique_by=lambda zone: zone.zone_id))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, written: list[Zone]) -> None:
    file = tmp_path_factory.mktemp("zones") / "zones.geojson"
    file.write_text(json.dumps(zones_geojson(written)), "utf-8")
    assert read_zones(file) == written
