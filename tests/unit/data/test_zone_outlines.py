"""Outlines as cities export them: with holes, in parts, in other systems and character sets, and absurd ones."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer, network
from shapely.geometry import Point, Polygon, box, mapping

from data.area.area import load_area
from data.area.zones import import_zones, read_zones
from data.tables import outlines
from data.tables.reference_systems import surface_m2
from data.upkeep.adding import NewArea, add_area
from language import UserError, language

EN, NL = language("en"), language("nl")
SQUARE = box(4.28, 52.11, 4.29, 52.12)
POND = [[4.283, 52.113], [4.286, 52.113], [4.286, 52.116], [4.283, 52.116], [4.283, 52.113]]
AMSTERDAM = "Europe/Amsterdam"


def collection(*geometries: Any, fields: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"zone_id": f"z{number}", "name": f"Zone {number}", **(fields or {})},
            "geometry": geometry if isinstance(geometry, dict) else mapping(geometry),
        }
        for number, geometry in enumerate(geometries)
    ]
    return {"type": "FeatureCollection", "features": features, **members}


def written(folder: Path, content: dict[str, Any] | str | bytes) -> Path:
    file = folder / "zones.geojson"
    text = json.dumps(content) if isinstance(content, dict) else content
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def crs(name: str | int) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


@cache
def from_degrees(system: int) -> Transformer:
    return Transformer.from_crs(4326, system, always_xy=True)


def moved(geometry: Any, system: int) -> dict[str, Any]:
    there = from_degrees(system)
    return {"type": "Polygon", "coordinates": [[there.transform(*point) for point in geometry.exterior.coords]]}


@pytest.mark.parametrize("turned", [False, True])
def test_a_hole_is_kept_and_runs_against_its_outline(tmp_path: Path, turned: bool) -> None:
    ring = [list(point) for point in SQUARE.exterior.coords]
    hole = POND[::-1] if turned else POND
    (zone,) = read_zones(written(tmp_path, collection({"type": "Polygon", "coordinates": [ring, hole]})))
    assert zone.geometry.area == pytest.approx(0.01**2 - 0.003**2)
    assert zone.geometry.exterior.is_ccw
    assert not zone.geometry.interiors[0].is_ccw
    assert not zone.geometry.contains(Point(4.2845, 52.1145))


def test_square_metres_leave_the_hole_out() -> None:
    whole, open_ = SQUARE, Polygon(SQUARE.exterior.coords, [POND])
    assert surface_m2(whole) == pytest.approx(684 * 1113, rel=0.005)
    assert surface_m2(open_) == pytest.approx(surface_m2(whole) * (1 - 0.09), rel=1e-3)
    assert surface_m2(open_.reverse()) == pytest.approx(surface_m2(open_))


def test_parts_that_touch_are_one(tmp_path: Path) -> None:
    parts = [mapping(box(4.28, 52.11, 4.285, 52.12)), mapping(box(4.285, 52.11, 4.29, 52.12))]
    whole = {"type": "MultiPolygon", "coordinates": [part["coordinates"] for part in parts]}
    read = import_zones(written(tmp_path, collection(whole)))
    assert read.zones[0].geometry.equals(SQUARE)
    assert "zone z0 lie over or against each other" in read.notices[0](EN)


@pytest.mark.parametrize(("given_id", "zone_id"), [("A", "A"), (7, "7"), (0, "0")])
def test_the_id_of_a_feature_is_that_of_the_zone(tmp_path: Path, given_id: str | int, zone_id: str) -> None:
    content = collection(SQUARE)
    content["features"][0] |= {"id": given_id, "properties": {"NAME": "Plein"}}
    (zone,) = read_zones(written(tmp_path, content))
    assert (zone.zone_id, zone.names) == (zone_id, {"nl": "Plein"})


def test_a_property_goes_before_the_id_of_the_feature(tmp_path: Path) -> None:
    content = collection(SQUARE, fields={"ZONE_ID": 3.0, "zone_id": None})
    content["features"][0]["properties"].pop("zone_id")
    content["features"][0]["id"] = "fid-1"
    assert read_zones(written(tmp_path, content))[0].zone_id == "3"


def test_a_single_feature_and_a_point_in_a_list(tmp_path: Path) -> None:
    feature = collection({"type": "MultiPoint", "coordinates": [[4.28, 52.11]]})["features"][0]
    (zone,) = read_zones(written(tmp_path, feature))
    assert (zone.geometry, zone.kind) == (Point(4.28, 52.11), "sensor")


@pytest.mark.parametrize(
    ("system", "name"),
    [
        (28992, "urn:ogc:def:crs:EPSG::28992"),
        (28992, "EPSG:28992"),
        (28992, 28992),
        (7415, "urn:ogc:def:crs:EPSG::7415"),
        (3857, "http://www.opengis.net/def/crs/EPSG/0/3857"),
        (25831, "epsg:25831"),
        (3035, "EPSG:3035"),
    ],
)
def test_a_declared_system_is_converted_and_said(tmp_path: Path, system: int, name: str | int) -> None:
    content = collection(moved(SQUARE, 28992 if system == 7415 else system), crs=crs(name))
    read = import_zones(written(tmp_path, content))
    assert read.zones[0].geometry.equals_exact(SQUARE, 2e-5)
    (notice,) = read.notices
    assert "were converted to WGS84" in notice(EN)
    assert notice(NL) != notice(EN)


def test_the_network_is_never_asked_for_grids() -> None:
    assert not network.is_network_enabled()


def test_the_old_way_to_declare_a_system(tmp_path: Path) -> None:
    content = collection(moved(SQUARE, 28992), crs={"type": "EPSG", "properties": {"code": 28992}})
    assert read_zones(written(tmp_path, content))[0].geometry.equals_exact(SQUARE, 2e-5)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:4258", "urn:ogc:def:crs:EPSG::4326"]
)
def test_degrees_that_are_declared_stay_exactly_as_they_are(tmp_path: Path, name: str) -> None:
    read = import_zones(written(tmp_path, collection(SQUARE, crs=crs(name))))
    assert read.zones[0].geometry == SQUARE
    assert not read.notices


@pytest.mark.parametrize(
    ("system", "place", "time_zone"),
    [
        (28992, (4.28, 52.11), AMSTERDAM),
        (3857, (4.28, 52.11), AMSTERDAM),
        (25831, (4.28, 52.11), AMSTERDAM),
        (31370, (2.92, 51.23), "Europe/Brussels"),
        (2157, (-6.26, 53.35), "Europe/Dublin"),
        (27700, (-0.14, 50.82), "Europe/London"),
        (2193, (174.76, -36.85), "Pacific/Auckland"),
    ],
)
def test_a_system_is_recognised_by_where_the_area_is(
    tmp_path: Path, system: int, place: tuple[float, float], time_zone: str
) -> None:
    square = box(place[0], place[1], place[0] + 0.002, place[1] + 0.001)
    file = written(tmp_path, collection(moved(square, system)))
    read = import_zones(file, time_zone)
    assert read.zones[0].geometry.equals_exact(square, 5e-5)
    assert f"EPSG:{system}" in read.notices[0](EN)
    with pytest.raises(UserError, match="coordinates that are not degrees"):
        read_zones(file)


def test_a_system_that_is_not_clear_is_not_guessed(tmp_path: Path) -> None:
    hamburg = written(tmp_path, collection(moved(box(10, 53.55, 10.002, 53.551), 25832)))
    with pytest.raises(
        UserError, match="The file does not name their system"
    ):  # it could be zone 33, as near to Berlin
        read_zones(hamburg, "Europe/Berlin")


def test_points_in_rd_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "zones.csv"
    file.write_text("zone_id;name;x;y\na;Dam;121394;487383\n")
    (zone,) = read_zones(file, AMSTERDAM)
    assert zone.geometry.equals_exact(Point(4.8936, 52.3733), 1e-3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_is_called_by_its_name(tmp_path: Path, encoding: str) -> None:
    content = json.dumps(collection(SQUARE, fields={"name": "Café-plein"}), ensure_ascii=False).encode(encoding)
    read = import_zones(written(tmp_path, content))
    assert read.zones[0].names == {"nl": "Café-plein"}
    assert encoding[:6].upper() in read.notices[0](EN)
    assert encoding[:6].upper() in read.notices[0](NL)


def test_windows_letters_are_read(tmp_path: Path) -> None:
    content = json.dumps(collection(SQUARE, fields={"name": "Café"}), ensure_ascii=False).encode("cp1252")
    read = import_zones(written(tmp_path, content))
    assert (read.zones[0].names, "Windows-1252" in read.notices[0](EN)) == ({"nl": "Café"}, True)


DEEP = "[" * 100_000 + "]" * 100_000
ABSURD: dict[str, tuple[Any, str]] = {
    "brackets without end": (DEEP, "is not a GeoJSON FeatureCollection"),
    "features without end": ('{"features": ' + DEEP + "}", "is not a GeoJSON FeatureCollection"),
    "a deep outline": (
        collection({"type": "Polygon", "coordinates": json.loads("[" * 300 + "]" * 300)}),
        "zones.geojson is not a GeoJSON FeatureCollection",
    ),
    "a number beyond all numbers": (
        collection({"type": "Point", "coordinates": [10**400, 52]}),
        "The outline of feature z0 of zones.geojson cannot be read",
    ),
    "a number that is none": ('{"type": "FeatureCollection", "features": [NaN]}', "is not a GeoJSON"),
    "the whole world": (collection(box(-179, -1, 179, 1)), "Zone z0 of zones.geojson is 39716 km across"),
    "half a continent": (collection(box(0, 40, 20, 50)), "Zone z0 of zones.geojson is 1979 km across"),
    "more zones than anybody counts": (collection(*[Point(4, 52)] * 1001), "holds 1001 zones, and at most 1000"),
    "a system nobody knows": (collection(SQUARE, crs=crs("EPSG:1")), "not known: 'EPSG:1'"),
    "a system of heights": (collection(SQUARE, crs=crs("EPSG:5709")), "not known: 'EPSG:5709'"),
    "a system by a recipe": (collection(SQUARE, crs=crs("+proj=utm +zone=31")), "not known: '+proj=utm"),
    "a link to a system": (collection(SQUARE, crs={"type": "link", "properties": {"href": "x"}}), "is not known"),
    "degrees that are called RD": (
        collection(SQUARE, crs=crs("EPSG:28992")),
        "said to be in Amersfoort / RD New (EPSG:28992), but then zones lie where that is not used",
    ),
}


@pytest.mark.parametrize("case", ABSURD)
def test_absurd_files_are_refused_in_a_sentence(tmp_path: Path, case: str) -> None:
    content, sentence = ABSURD[case]
    with pytest.raises(UserError) as refused:
        read_zones(written(tmp_path, content), AMSTERDAM)
    assert sentence in str(refused.value)
    assert refused.value.say(NL) != str(refused.value)


def test_a_file_too_large_for_outlines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "LIMIT_MB", 0)
    with pytest.raises(UserError, match="at most 0 MB"):
        read_zones(written(tmp_path, collection(SQUARE)))


degrees = st.tuples(st.floats(3.5, 7), st.floats(51, 53.3))


@settings(deadline=None)
@given(degrees, st.sampled_from([28992, 25831, 3857, 3035]), st.floats(0.0005, 0.05))
def test_any_place_comes_back_from_any_declared_system(
    tmp_path_factory: pytest.TempPathFactory, corner: tuple[float, float], system: int, size: float
) -> None:
    square = box(*corner, corner[0] + size, corner[1] + size)
    file = written(tmp_path_factory.mktemp("zones"), collection(moved(square, system), crs=crs(f"EPSG:{system}")))
    assert read_zones(file)[0].geometry.equals_exact(square, 1e-6)


def test_an_area_is_added_in_rd_and_kept_in_degrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    counts = tmp_path / "counts.csv"
    counts.write_text("timestamp,zone_id,count\n2026-08-03 14:00,z0,5\n")
    new = NewArea("plein", {"nl": "Plein"}, AMSTERDAM, "NL", counts, tmp_path / "zones.geojson")
    whole = {"usable_m2": 700_000}
    written(tmp_path, collection(moved(SQUARE, 28992), fields=whole))
    said = [notice(EN) for notice in add_area(new)]
    assert any("taken for Amersfoort / RD New" in sentence for sentence in said)
    assert not any("usable_m2" in sentence for sentence in said)
    assert load_area("plein").zones[0].geometry.equals_exact(SQUARE, 2e-5)
    written(tmp_path, collection(Polygon(SQUARE.exterior.coords, [POND]), fields={"usable_m2": 760_000}))
    said = [notice(EN) for notice in add_area(replace(new, id="gat"))]
    assert any("usable_m2 is 760,000, and its outline without holes is 69" in sentence for sentence in said)
    assert len(load_area("gat").zones[0].geometry.interiors) == 1
