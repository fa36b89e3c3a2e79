"""A pond in a square: nobody stands in it, on no map and in no file."""

import json
import math
from typing import Any

import h3
import pytest
import vl_convert
from shapely.geometry import MultiPolygon, Point, Polygon, box, shape

from data.area.area import Area
from forecasting.values.formats import as_geojson
from language import language
from visuals.base.basemap import drawing
from visuals.base.hexagons import hexagons
from visuals.base.outlook import Outlook
from visuals.maps.decks import ZONES_LAYER, deck, polygon_of
from visuals.maps.still_map import still_map
from visuals.studio.layout.boxes import Box
from visuals.studio.panels.geography import window

EN = language("en")
EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}
POND = box(4.2730, 52.1106, 4.2770, 52.1114)


@pytest.fixture(scope="module")
def holed(coast: Area) -> Area:
    """The coast with a pond in its beach, and a quay in two parts of which one has a court."""
    beach = Polygon(coast.zone("strand").geometry.exterior.coords, [POND.exterior.coords])
    court = box(4.2653, 52.1051, 4.2657, 52.1052)
    quay = Polygon(box(4.2650, 52.1050, 4.2660, 52.1053).exterior.coords, [court.exterior.coords])
    outlines = {"strand": beach, "kade": MultiPolygon([quay, box(4.2662, 52.1050, 4.2664, 52.1053)])}
    zones = (zone.model_copy(update={"geometry": outlines.get(zone.zone_id, zone.geometry)}) for zone in coast.zones)
    fields = {name: getattr(coast, name) for name in Area.model_fields}
    return Area(**{**fields, "zones": tuple(zones)})


def test_nobody_is_spread_over_a_hole(holed: Area) -> None:
    spread = hexagons(holed)
    beach = holed.zone("strand").geometry
    row = holed.zone_ids.index("strand")
    inside = 0
    for cell, weight in zip(spread.cells, spread.weights[row], strict=True):
        outline = Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])
        assert weight == pytest.approx(outline.intersection(beach).area / beach.area, abs=1e-6)
        inside += outline.within(POND)
    assert inside == 0
    assert spread.weights.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("shown", ["levels", "hexagons", "heatmap"])
def test_the_deck_has_rings_for_holes(make, zone_thresholds, holed: Area, shown: str) -> None:
    made = deck(
        Outlook(make(holed), holed, zone_thresholds(holed), EN),
        hour_index=14,
        view=shown,
        map_style="app/static/style.json",
    )
    layers = {layer["id"]: layer["data"] for layer in json.loads(made.to_json())["layers"]}
    for name in (ZONES_LAYER, "edges"):
        drawn = MultiPolygon([polygon_of(row["at"]) for row in layers[name]])
        assert not drawn.contains(POND.centroid)
        assert not drawn.contains(Point(4.2655, 52.10515))
        assert drawn.area == pytest.approx(sum(zone.geometry.area for zone in holed.zones), rel=1e-2)


def test_the_still_map_leaves_the_hole_open(make, zone_thresholds, holed: Area) -> None:
    made = deck(
        Outlook(make(holed), holed, zone_thresholds(holed), EN),
        hour_index=14,
        view="levels",
        map_style="app/static/style.json",
    )
    picture = still_map(made, holed, EMPTY, EN, title="", subtitle="")
    rows = [row for values in picture.to_dict()["datasets"].values() for row in values if "geometry" in row]
    shapes = [part for row in rows for part in getattr(shape(row["geometry"]), "geoms", [shape(row["geometry"])])]
    holes = [outline for outline in shapes if getattr(outline, "interiors", ())]
    assert len(holes) == 4  # two zones, each with its edge and its fill
    for outline in holes:
        assert outline.exterior.is_ccw != outline.interiors[0].is_ccw  # or the hole would be filled


def test_a_drawing_turns_holes_against_their_outlines(holed: Area) -> None:
    zones = {zone["zone_id"]: zone["geometry"] for zone in drawing(EMPTY, holed)["zones"]}
    for zone_id in ("strand", "kade"):
        parts = [part for part in getattr(shape(zones[zone_id]), "geoms", [shape(zones[zone_id])]) if part.interiors]
        (part,) = parts
        assert not part.exterior.is_ccw
        assert part.interiors[0].is_ccw


def test_a_drawn_hole_shows_what_is_under_it(holed: Area) -> None:
    """Read from the pixels: d3 takes a ring that runs the wrong way for the rest of the globe."""
    spec = {
        "width": 100, "height": 100, "padding": 0, "autosize": "none", "background": "#ffffff",
        "data": {"values": [zone for zone in drawing(EMPTY, holed)["zones"] if zone["zone_id"] == "strand"]},
        "projection": {"type": "mercator", "center": [4.275, 52.111], "scale": 500_000, "translate": [50, 50]},
        "mark": {"type": "geoshape", "fill": "#000000"},
    }  # fmt: skip
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(vl_convert.vegalite_to_png(spec))).convert("L")
    middle, beach = picture.getpixel((50, 50)), picture.getpixel((50 - 38, 50))
    assert (middle, beach) == (255, 0)


def test_pictures_for_the_press_keep_holes(holed: Area) -> None:
    seen = window(holed, Box(0, 0, 1000, 600), (0, 0, 0, 0))
    placed = seen.placed(holed.zone("strand").geometry)
    assert not placed.contains(Point(seen.at(4.275, 52.111)))


def test_a_file_of_the_forecast_keeps_holes(make, holed: Area) -> None:
    features = json.loads(as_geojson(make(holed), holed))["features"]
    strand = next(shape(feature["geometry"]) for feature in features if feature["properties"]["zone_id"] == "strand")
    assert len(strand.interiors) == 1


@pytest.mark.parametrize("shown", ["levels", "hexagons", "heatmap"])
def test_a_place_of_which_only_the_middle_is_known_is_drawn_too(make, zone_thresholds, coast: Area, shown: str) -> None:
    middle = coast.zone("strand").geometry.centroid
    zones = (zone.model_copy(update={"geometry": middle}) if zone.zone_id == "strand" else zone for zone in coast.zones)
    fields = {name: getattr(coast, name) for name in Area.model_fields}
    area = Area(**{**fields, "zones": tuple(zones)})
    outlook = Outlook(make(area), area, zone_thresholds(area), EN)
    made = deck(outlook, hour_index=14, view=shown, map_style="app/static/style.json")
    rows = {layer["id"]: layer["data"] for layer in json.loads(made.to_json())["layers"]}[ZONES_LAYER]
    disc = polygon_of(next(row for row in rows if row["zone_id"] == "strand")["at"])
    assert disc.centroid.distance(middle) < 1e-5
    metres_north = (disc.bounds[3] - disc.bounds[1]) * 111_320 / 2
    metres_east = (disc.bounds[2] - disc.bounds[0]) * 111_320 * math.cos(math.radians(middle.y)) / 2
    assert metres_north == pytest.approx(40, abs=1.5)
    assert metres_east == pytest.approx(40, abs=1.5)
    if shown != "heatmap":
        picture = still_map(made, area, EMPTY, EN, title="a", subtitle="b")
        assert vl_convert.vegalite_to_svg(picture.to_dict())
