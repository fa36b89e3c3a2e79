"""The map of an area in one hour, as a pydeck deck.

Colours, heights and circles are scaled to the busiest hour of the whole week, so that stepping through the hours
compares like with like. Every layer has an id; what a reader may click on is in the layers ``zones`` and ``levels``,
whose objects carry ``zone_id``.

Streamlit fades the colours of whatever is not selected, in every layer that sets them. That is why the labels
leave their text colour at deck.gl's default, and why the invisible zones of the heatmap are faint by ``opacity``:
the selected one then shows as a tint.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, radians
from typing import Any, Final

import numpy as np
import pydeck
import shapely
from pydeck.bindings.json_tools import default_serialize
from shapely import Point, Polygon, from_wkb
from shapely.geometry.base import BaseGeometry

from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, PAPER, STYLES, density_rgb, label, rgb, shown_level
from visuals.base.views import View
from visuals.maps.density import column_layer, heat_layer, scale_position
from visuals.maps.maptext import text_layers
from visuals.words.amounts import marks, people, people_range
from visuals.words.claim_words import chance_of, claim, said

ZONES_LAYER: Final = "zones"
"""Id of the layer that can be clicked on."""

_WIDEST_PX: Final = 28
_NARROWEST_PX: Final = 4.0
_OUTLINE_PX: Final = (1.0, 3.5)
"""Of the emptiest and the fullest circle."""
_ABOVE_CIRCLE_PX: Final = 10
_PITCH: Final = 45
_DISC_M: Final = 40.0
"""As which disc (radius, metres) a place is drawn that people are in and of which only the middle is known."""
_HIGHLIGHT: Final = [*rgb(INK), 60]
_TINT: Final = 0.18

TOOLTIP_STYLE: Final = {
    "backgroundColor": PAPER,
    "color": INK,
    "border": f"1px solid {INK}",
    "borderRadius": "6px",
    "padding": "8px 10px",
    "fontSize": "14px",
    "maxWidth": "260px",
}

_READ: Final = ("zone_id", "name", "now", "range", "risk")
"""What the tooltip and the page read from a zone."""

Row = dict[str, Any]


class CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck whose JSON has no spaces: a third of the size, and ten times as fast to write."""

    def to_json(self) -> str:
        """Return the deck as JSON."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def deck(
    outlook: Outlook,
    *,
    hour_index: int,
    view: View,
    map_style: str,
    quantile: float = 0.5,
    basemap_labels: Sequence[Mapping[str, Any]] = (),
) -> pydeck.Deck:
    """Return the map of one hour.

    ``view``: ``levels`` fills the zones with the colour of their level, ``heatmap`` and ``hexagons`` show
    density. An area of passages shows circles at its sensors, sized by the square root of the count and
    coloured by level or by density. ``quantile`` is one of ``forecasting.values.forecast.QUANTILES``. ``map_style``
    is the address of a MapLibre style: a text that is not empty, for without one Streamlit loads a hosted map
    of CARTO, and it cannot read a style that is passed as a dictionary (``ValueError``). ``basemap_labels``
    are the place names of ``visuals.base.basemap.labels``. The labels of zones can be clicked on as the zones can.
    """
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    if not isinstance(map_style, str) or not map_style:
        raise ValueError("map_style must be the address of a style")
    counts = forecast.quantile(quantile)[:, hour_index]
    rows = _zone_rows(outlook, hour_index, counts)
    raised: dict[str, float] = {}
    read = {row["zone_id"]: {key: row[key] for key in _READ} for row in rows}
    if area.measure == "passages":
        layers = [_circles(forecast, rows, counts, view)]
        raised = {row["zone_id"]: row["radius"] + _ABOVE_CIRCLE_PX for row in rows}
    elif view == View.LEVELS:
        layers = filled_zones(rows)
    else:
        density = heat_layer if view == View.HEATMAP else column_layer
        layers = [density(forecast, area, counts), *_clickable_zones(rows)]
    lines = ["<b>{name}</b>", "{now}", "{range}", "{risk}", marks(forecast, lang)]
    return CompactDeck(
        layers=[*layers, *text_layers(outlook, counts, basemap_labels, raised, read)],
        map_provider="maplibre",
        map_style=map_style,
        initial_view_state=pydeck.ViewState(
            latitude=area.centre.lat,
            longitude=area.centre.lon,
            zoom=area.centre.zoom,
            pitch=_PITCH if view == View.HEXAGONS and area.measure == "present" else 0,
            bearing=0,
        ),
        tooltip={"html": "<br>".join(lines), "style": TOOLTIP_STYLE},
    )


def _zone_rows(outlook: Outlook, hour_index: int, counts: Floats) -> list[Row]:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    shapes = outlines(tuple(zone.geometry.wkb for zone in area.zones), discs=area.measure == "present")
    low, high = (forecast.quantile(q)[:, hour_index] for q in (0.1, 0.9))
    rows: list[Row] = []
    hour = np.array([hour_index])
    for row, zone_id in enumerate(forecast.zone_ids):
        level = shown_level(thresholds, zone_id, float(counts[row]))
        shared: Row = {
            "zone_id": zone_id,
            "name": area.zone(zone_id).name(lang),
            "now": label(level, lang),
            "range": "",
            "risk": "",
            "colour": rgb(STYLES[level].colour),
        }
        if level != "unknown":
            risk = claim(outlook, "chance", [zone_id], hour, "orange")
            amount = claim(outlook, "expected", [zone_id], hour)
            between = people_range(float(low[row]), float(high[row]), forecast.measure, lang)
            shared |= {
                "now": f"{label(level, lang)}: {people(float(counts[row]), forecast.measure, lang)}",
                "range": lang.t("8 times out of 10: {range}", range=said(between, amount)),
                "risk": lang.t("Chance of crowds in this hour: {chance}.", chance=chance_of(risk, lang)),
            }
        rows.extend({**shared, "at": part} for part in shapes[area.zone_ids.index(zone_id)])
    return rows


@lru_cache(maxsize=16)
def outlines(geometries: tuple[bytes, ...], *, discs: bool) -> tuple[tuple[list[Any], ...], ...]:
    """Return each zone's parts: a ring for a polygon (rings, where it has holes), and for a point where it is (1 m).

    ``discs``: a point stands as the ring of a small disc, for what is drawn as a surface.
    """
    found = []
    for geometry in map(from_wkb, geometries):
        parts = getattr(geometry, "geoms", [geometry])
        shapes = [_disc(part) if discs and part.geom_type == "Point" else part for part in parts]
        found.append(tuple(_rings(part) if part.geom_type == "Polygon" else _rounded(part)[0] for part in shapes))
    return tuple(found)


def _disc(point: Point) -> Polygon:
    """Return a disc of :data:`_DISC_M` metres around a point in degrees."""
    metres_a_degree = 111_320.0
    lat = _DISC_M / metres_a_degree
    ring = shapely.transform(Point(0, 0).buffer(1.0), lambda xy: xy * (lat / cos(radians(point.y)), lat))
    return shapely.transform(ring, lambda xy: np.add(xy, (point.x, point.y)))


def _rings(polygon: Polygon) -> list[Any]:
    rings = [_rounded(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return rings if len(rings) > 1 else rings[0]


def _rounded(line: BaseGeometry) -> list[list[float]]:
    return [[round(lon, 5), round(lat, 5)] for lon, lat, *_ in line.coords]


def polygon_of(at: list[Any]) -> Polygon:
    """Return the polygon that stands as ``at`` in a row of the layer ``zones``."""
    has_holes = isinstance(at[0][0], list)
    return Polygon(at[0], at[1:]) if has_holes else Polygon(at)


def filled_zones(rows: list[Row]) -> list[pydeck.Layer]:
    """Return zones with an edge in their own colour, so that a promenade of a few metres wide is seen too."""
    return [
        _edges(rows, width=7),
        pydeck.Layer(
            "PolygonLayer",
            rows,
            id=ZONES_LAYER,
            get_polygon="at",
            get_fill_color="colour",
            get_line_color="colour",
            line_width_min_pixels=4.5,
            line_joint_rounded=True,
            pickable=True,
            auto_highlight=True,
            highlight_color=_HIGHLIGHT,
        ),
    ]


def _edges(rows: list[Row], *, width: float) -> pydeck.Layer:
    return pydeck.Layer(
        "PolygonLayer",
        [{"at": row["at"]} for row in rows],
        id="edges",
        get_polygon="at",
        filled=False,
        get_line_color=rgb(INK),
        line_width_min_pixels=width,
        line_joint_rounded=True,
    )


def _clickable_zones(rows: list[Row]) -> list[pydeck.Layer]:
    clickable = pydeck.Layer(
        "PolygonLayer",
        [{key: row[key] for key in ("at", *_READ)} for row in rows],
        id=ZONES_LAYER,
        get_polygon="at",
        get_fill_color=[*rgb(INK), 0],
        stroked=False,
        opacity=_TINT,
        pickable=True,
    )
    return [_edges(rows, width=1), clickable]


def _circles(forecast: Forecast, rows: list[Row], counts: Floats, view: View) -> pydeck.Layer:
    busiest = float(np.nan_to_num(forecast.quantile(0.9)).max(initial=0)) or 1.0
    positions = scale_position(np.nan_to_num(counts), busiest)
    colours = density_rgb(positions).tolist()
    for row, position, colour in zip(rows, positions, colours, strict=True):
        row["radius"] = max(round(float(position) * _WIDEST_PX, 1), _NARROWEST_PX)
        row["outline"] = round(float(np.interp(position, (0, 1), _OUTLINE_PX)), 1)
        if view != View.LEVELS and row["range"]:
            row["colour"] = colour
    return pydeck.Layer(
        "ScatterplotLayer",
        # The smallest last, so that no circle hides another.
        sorted(rows, key=lambda row: -row["radius"]),
        id=ZONES_LAYER,
        get_position="at",
        get_radius="radius",
        radius_units=pydeck.types.String("pixels"),
        get_fill_color="colour",
        stroked=True,
        get_line_color=rgb(INK),
        get_line_width="outline",
        line_width_units=pydeck.types.String("pixels"),
        pickable=True,
        auto_highlight=True,
        highlight_color=_HIGHLIGHT,
    )
