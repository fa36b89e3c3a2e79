"""The project's own base map: a MapLibre style and place labels from an area's ``basemap.geojson``.

The drawing needs no network: the GeoJSON stands inside the style, and there are no symbol layers, because
those would fetch glyphs from a server. Labels are returned apart, for a deck.gl ``TextLayer`` on top.

A base map is a GeoJSON FeatureCollection in WGS84 degrees. Each feature has a property ``layer``: ``sea``,
``built``, ``dunes``, ``park``, ``beach``, ``harbour``, ``mole``, ``pier`` or ``building`` (polygons), ``street``,
``street_major`` or ``tram`` (lines), or ``label`` (points with ``name_<language>`` and ``rank`` 1–3, 1 being the
most important). The members ``credit_<language>`` of the collection say where the drawing comes from.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shapely import set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from data.area.area import Area
from data.keeping.home import find

PAPER: Final = "#FBFAF7"
SEA: Final = "#CFE3EA"
BEACH: Final = "#F3E7C9"
BUILT: Final = "#ECEBE7"
STREET: Final = "#FFFFFF"
_STREET_EDGE: Final = "#DAD7D0"
_TRAM: Final = "#B4BFC3"
_STRUCTURE: Final = "#C9C6BE"
_BUILDING_EDGE: Final = "#B8B3A8"

# Bottom to top: land lies over the sea, water basins lie in the land.
FILLS: Final = {
    "sea": SEA,
    "built": BUILT,
    "dunes": "#E3E8D3",
    "park": "#D9E6CE",
    "beach": BEACH,
    "harbour": SEA,
    "mole": _STRUCTURE,
    "pier": _STRUCTURE,
    "building": "#D3CFC6",
}
# Web Mercator zoom to line width in pixels, growing twofold per level between stops.
_STREET_WIDTHS: Final = {
    "street": {11: 0.3, 13: 1.4, 15: 3.8, 18: 18.0},
    "street_major": {11: 1.0, 13: 2.6, 15: 6.0, 18: 28.0},
}
_EDGE_PX: Final = 0.8
_DRAWN_STREETS: Final = {"street": 0.8, "street_major": 1.8}
"""Pixels, in a drawing that does not zoom."""

TWIN_GREY: Final = "#6B7177"

PDOK_TILES: Final = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png"
PDOK_CREDIT: Final = "Kaartgegevens © Kadaster"
_PDOK_OPACITY: Final = 0.85
_PDOK_ZOOM: Final = (6, 19)

_LOWEST_RANK: Final = 3


def basemap_of(area_id: str) -> dict[str, Any]:
    """Return the area's base map, an empty one where it has none."""
    path = find(area_id, "basemap.geojson")
    if path is None:
        return {"type": "FeatureCollection", "features": []}
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def map_style(
    basemap: dict[str, Any], *, tiles: bool = False, twin: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return a complete MapLibre style (version 8) that draws ``basemap``, and above it ``twin`` in quiet grey:
    geometries of a layer of a digital twin.

    An empty FeatureCollection gives plain paper. Without ``tiles`` the style holds no address outside itself;
    with it, the Dutch government's grey map (PDOK, Netherlands only) lies over the drawing, which stays visible
    where a tile does not arrive. Show :func:`credit` beside the map: MapLibre's own line of credits is no valid
    list for screen readers.
    """
    drawn = [feature for feature in basemap["features"] if feature["properties"]["layer"] != "label"]
    source: dict[str, Any] = {
        "type": "geojson",
        "data": {"type": "FeatureCollection", "features": drawn},
    }
    style: dict[str, Any] = {
        "version": 8,
        "name": "basemap",
        "sources": {"basemap": source},
        "layers": [
            {"id": "paper", "type": "background", "paint": {"background-color": PAPER}},
            *_fill_layers(),
            *_line_layers(),
        ],
    }
    if tiles:
        style["sources"]["pdok"] = {
            "type": "raster",
            "tiles": [PDOK_TILES],
            "tileSize": 256,
            "minzoom": _PDOK_ZOOM[0],
            "maxzoom": _PDOK_ZOOM[1],
        }
        style["layers"].append(
            {"id": "pdok", "type": "raster", "source": "pdok", "paint": {"raster-opacity": _PDOK_OPACITY}}
        )
    if twin:
        shapes = [{"type": "Feature", "properties": {}, "geometry": one} for one in twin]
        style["sources"]["twin"] = {"type": "geojson", "data": {"type": "FeatureCollection", "features": shapes}}
        style["layers"] += _twin_layers()
    return style


def _twin_layers() -> list[dict[str, Any]]:
    """Return how a twin's layer looks: faint enough that levels and names above it stay easy to read."""
    kinds = {"Polygon": ("fill", {"fill-color": TWIN_GREY, "fill-opacity": 0.16})}
    kinds["LineString"] = ("line", {"line-color": TWIN_GREY, "line-width": 1.2, "line-opacity": 0.7})
    kinds["Point"] = ("circle", {"circle-color": TWIN_GREY, "circle-radius": 3, "circle-opacity": 0.7})
    layers: list[dict[str, Any]] = []
    for shape_kind, (kind, paint) in kinds.items():
        # Lines are drawn around polygons too. A multi-polygon has the type of its parts here.
        shown = ["Polygon", "LineString"] if kind == "line" else [shape_kind]
        only = ["in", ["geometry-type"], ["literal", [*shown, *(f"Multi{one}" for one in shown)]]]
        layers.append({"id": f"twin-{kind}", "type": kind, "source": "twin", "filter": only, "paint": paint})
    return layers


def credit(basemap: dict[str, Any], language: str, *, tiles: bool = False) -> str:
    """Return whose map it is, in ``language`` (``nl``, ``en``); empty for plain paper."""
    own = _in_language(basemap, "credit", language)
    return " · ".join(part for part in (own, PDOK_CREDIT if tiles else None) if part)


def labels(basemap: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """Return the place labels of ``basemap``, most important first, for a deck.gl ``TextLayer``.

    Each is ``{"text": str, "lon": float, "lat": float, "rank": int}`` in WGS84 degrees. A label without a name
    in ``language`` shows the name it has; a label without any name is left out.
    """
    found = []
    for feature in basemap["features"]:
        properties = feature["properties"]
        if properties["layer"] != "label":
            continue
        if text := _in_language(properties, "name", language):
            lon, lat = feature["geometry"]["coordinates"]
            rank = properties.get("rank", _LOWEST_RANK)
            found.append({"text": text, "lon": lon, "lat": lat, "rank": rank})
    return sorted(found, key=lambda label: label["rank"])


def _in_language(fields: Mapping[str, Any], field: str, language: str) -> str | None:
    names = [name for key, name in fields.items() if key.startswith(f"{field}_") and name]
    return fields.get(f"{field}_{language}") or next(iter(names), None)


def _fill_layers() -> list[dict[str, Any]]:
    layers = []
    for name, colour in FILLS.items():
        paint = {"fill-color": colour}
        if name == "building":
            paint["fill-outline-color"] = _BUILDING_EDGE
        layers.append(_layer(name, "fill", name, paint))
    return layers


def _line_layers() -> list[dict[str, Any]]:
    # All edges come first, so that streets run into each other without a line across the junction.
    edges = [
        _street_layer(f"{name}-edge", name, _STREET_EDGE, {zoom: px + _EDGE_PX for zoom, px in widths.items()})
        for name, widths in _STREET_WIDTHS.items()
    ]
    streets = [_street_layer(name, name, STREET, widths) for name, widths in _STREET_WIDTHS.items()]
    tram = _layer("tram", "line", "tram", {"line-color": _TRAM, "line-width": 1, "line-dasharray": [4, 2]})
    return [*edges, *streets, {**tram, "minzoom": 12}]


def _street_layer(layer_id: str, shown: str, colour: str, widths: Mapping[int, float]) -> dict[str, Any]:
    stops = [value for stop in widths.items() for value in stop]
    width = ["interpolate", ["exponential", 2], ["zoom"], *stops]
    layer = _layer(layer_id, "line", shown, {"line-color": colour, "line-width": width})
    return {**layer, "layout": {"line-cap": "round", "line-join": "round"}}


def _layer(layer_id: str, kind: str, shown: str, paint: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": layer_id,
        "type": kind,
        "source": "basemap",
        "filter": ["==", ["get", "layer"], shown],
        "paint": paint,
    }


def drawing(basemap: dict[str, Any], area: Area) -> dict[str, Any]:
    """Return ``basemap`` and the zones of ``area`` for a chart that draws shapes.

    ``features`` are the base map, bottom to top, with colours as properties ``fill``, ``stroke`` and ``width``
    (pixels); ``zones`` are features with a ``zone_id``. Rings run clockwise, as d3 wants them: it would take others
    for the rest of the globe.
    """
    features = []
    for layer in (*FILLS, *_STREET_WIDTHS):
        look: dict[str, Any] = {"fill": "transparent", "stroke": STREET, "width": _DRAWN_STREETS.get(layer, 0)}
        if layer in FILLS:
            look = {"fill": FILLS[layer], "stroke": "transparent", "width": 0}
        features += [
            {"type": "Feature", "geometry": clockwise(feature["geometry"]), "properties": look}
            for feature in basemap["features"]
            if feature["properties"]["layer"] == layer
        ]
    zones = [
        {"type": "Feature", "zone_id": zone.zone_id, "geometry": clockwise(mapping(zone.geometry))}
        for zone in area.zones
    ]
    return {"type": "FeatureCollection", "features": features, "zones": zones}


def clockwise(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON geometry with coordinates to a metre, whose outer rings run clockwise."""
    found = shape(geometry)
    parts = [
        orient(part, sign=-1.0) if part.geom_type == "Polygon" else part for part in getattr(found, "geoms", [found])
    ]
    whole = parts[0] if len(parts) == 1 else type(found)(parts)
    return dict(mapping(set_precision(whole, 1e-5, mode="pointwise")))
