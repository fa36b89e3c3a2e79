"""The map of one hour as a chart without controls, for documents: what the deck draws, on the same base map."""

import json
from collections.abc import Callable, Iterable
from math import pi
from textwrap import wrap
from typing import Any, Final

import altair as alt
import h3
import numpy as np
import pydeck
import shapely
from shapely.geometry import Point, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from data.area.area import Area, Centre
from forecasting.values.thresholds import LEVELS
from language import Language
from visuals.base.basemap import FILLS, STREET
from visuals.base.palette import INK, PAPER, QUIET_INK, STYLES, label
from visuals.charts.still import WIDTH
from visuals.charts.theme import CONFIG
from visuals.maps.decks import ZONES_LAYER, polygon_of

HEIGHT: Final = 560
_TILE_PX: Final = 512
_STREET_PX: Final = {"street": 1.4, "street_major": 2.6}
_TITLE_PX: Final = 9
_SUBTITLE_PX: Final = 6
"""Pixels that a letter takes at most: lines are broken so that none is cut."""
_WIDE: Final = 420
"""Pixels: from here on, the key of the levels has room on one line."""
_TEXT_PX: Final = {"places": 12, "levels": 13}

Row = dict[str, Any]
Projection = Callable[[BaseGeometry], BaseGeometry]


def still_map(
    deck: pydeck.Deck,
    area: Area,
    basemap: dict[str, Any],
    lang: Language,
    *,
    title: str,
    subtitle: str,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Return the picture of a deck of ``visuals.maps.decks`` in the view ``levels`` or ``hexagons``.

    North is up, and the map looks where it looks when it opens. ``basemap`` is the area's GeoJSON. ``width`` and
    ``height`` of the map itself are pixels.
    """
    layers = {layer["id"]: layer["data"] for layer in json.loads(deck.to_json())["layers"]}
    size = (width, height)
    project = _projection(area.centre, size)
    drawn = [*_ground(basemap, project)]
    if cells := layers.get("hexagons"):
        hexagons = ((Polygon([p[::-1] for p in h3.cell_to_boundary(row["cell"])]), row["colour"]) for row in cells)
        drawn.append(_shapes(((project(cell), colour) for cell, colour in hexagons), width=0))
    zones = layers[ZONES_LAYER]
    if zones and "radius" in zones[0]:
        drawn.append(_circles(zones, project))
    else:
        outlines = [(project(polygon_of(row["at"])), row.get("colour")) for row in zones]
        if not cells:
            # A promenade of a few metres wide shows its colour in its edge, as on the deck.
            drawn += [_shapes([(zone, None)], width=5.5) for zone, _ in outlines]
            drawn += [_shapes([part], width=3.5, stroke=_css(part[1])) for part in outlines]
        else:
            drawn.append(_shapes(outlines, width=1))
    for name, type_size in _TEXT_PX.items():
        colour = QUIET_INK if name == "places" else INK
        drawn += _texts([row for row in layers[name] if _inside(row, project, size)], project, type_size, colour)
    if cells:
        subtitle = f"{subtitle} {lang.t('The darker, the fuller.')}"
    else:
        drawn.append(_key(lang, columns=2 if width < _WIDE else len(LEVELS)))
    picture: alt.LayerChart = (
        alt.layer(*drawn)
        .project(type="identity")
        .properties(
            width=width,
            height=height,
            title=alt.TitleParams(
                text=wrap(title, width // _TITLE_PX),
                subtitle=wrap(subtitle, width // _SUBTITLE_PX),
                fontSize=17,
                subtitleFontSize=12,
                subtitlePadding=5,
            ),
        )
        .configure(**CONFIG)
    )
    return picture


def _key(lang: Language, *, columns: int) -> alt.Chart:
    """The colours of the levels with their icons and words: only their key is seen of these marks."""
    words = json.dumps({level: label(level, lang) for level in LEVELS}, ensure_ascii=False)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=[{"level": level} for level in LEVELS]))
        .mark_square(opacity=0)
        .encode(
            color=alt.Color(
                "level:N",
                scale=alt.Scale(domain=list(LEVELS), range=[STYLES[level].colour for level in LEVELS]),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    direction="horizontal",
                    columns=columns,
                    symbolType="square",
                    symbolSize=140,
                    symbolOpacity=1,
                    symbolStrokeColor=INK,
                    labelExpr=f"{words}[datum.value]",
                ),
            )
        )
    )
    return chart


def _projection(centre: Centre, size: tuple[int, int]) -> Projection:
    """Web Mercator, in pixels of the picture from its top left corner, as MapLibre draws it."""
    scale = _TILE_PX * 2**centre.zoom / (2 * pi)

    def pixels(points: Any) -> Any:
        radians = np.radians(points)
        return np.column_stack((radians[:, 0], -np.arcsinh(np.tan(radians[:, 1])))) * scale

    middle = pixels(np.array([[centre.lon, centre.lat]]))[0]
    corner = middle - (size[0] / 2, size[1] / 2)
    window = box(0, 0, *size)

    def project(geometry: BaseGeometry) -> BaseGeometry:
        moved = shapely.transform(geometry, lambda points: np.round(pixels(points) - corner, 1))
        return moved if isinstance(geometry, Point) else shapely.make_valid(moved).intersection(window)

    return project


def _ground(basemap: dict[str, Any], project: Projection) -> Iterable[alt.Chart]:
    ground = [
        (project(shape(feature["geometry"])), feature["properties"]["layer"])
        for feature in basemap["features"]
        if feature["properties"]["layer"] != "label"
    ]
    for name, colour in FILLS.items():
        if parts := [(geometry, colour) for geometry, layer in ground if layer == name]:
            yield _shapes(parts, width=0)
    for name, width in _STREET_PX.items():
        if lines := [(geometry, None) for geometry, layer in ground if layer == name]:
            yield _shapes(lines, width=width, stroke=STREET)


def _shapes(
    parts: Iterable[tuple[BaseGeometry, str | list[int] | None]], *, width: float, stroke: str = INK
) -> alt.Chart:
    """Geometries in pixels, each filled with its colour (or not at all) and all with one edge."""
    features = [
        {"type": "Feature", "geometry": mapping(geometry), "properties": {"fill": _css(colour)}}
        for geometry, colour in parts
        if not geometry.is_empty
    ]
    edge: dict[str, Any] = {"stroke": stroke, "strokeWidth": width} if width else {}
    marked = alt.Chart(alt.InlineData(values=features)).mark_geoshape(clip=True, **edge)
    chart: alt.Chart = marked.encode(fill=alt.Fill("properties.fill:N", scale=None))
    return chart


def _circles(zones: list[Row], project: Projection) -> alt.Chart:
    rows = [
        {
            **_at(row, project),
            "fill": _css(row["colour"]),
            "size": pi * row["radius"] ** 2,
            "outline": row["outline"],
        }
        for row in zones
    ]
    marked = _placed(rows).mark_circle(stroke=INK, opacity=1)
    chart: alt.Chart = marked.encode(
        fill=alt.Fill("fill:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        strokeWidth=alt.StrokeWidth("outline:Q", scale=None),
    )
    return chart


def _texts(rows: list[Row], project: Projection, size: int, colour: str) -> list[alt.Chart]:
    """Texts with an edge in the colour of paper, so that they can be read on any ground."""
    texts = [{**_at(row, project), "text": row["text"], "up": row.get("offset", [0, 0])[1]} for row in rows]
    shown = [{**row, "y": row["y"] + row["up"]} for row in texts]
    chart = _placed(shown).encode(text="text:N")
    return [
        chart.mark_text(fontSize=size, stroke=PAPER, strokeWidth=4, strokeJoin="round", color=PAPER),
        chart.mark_text(fontSize=size, color=colour),
    ]


def _inside(row: Row, project: Projection, size: tuple[int, int]) -> bool:
    at = _at(row, project)
    return 0 < at["x"] < size[0] and 0 < at["y"] < size[1]


def _placed(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)
    )


def _at(row: Row, project: Projection) -> dict[str, float]:
    point = project(Point(row["at"]))
    return {"x": point.x, "y": point.y}


def _css(colour: str | list[int] | None) -> str:
    if colour is None:
        return "transparent"
    return colour if isinstance(colour, str) else f"rgb({','.join(map(str, colour[:3]))})"
