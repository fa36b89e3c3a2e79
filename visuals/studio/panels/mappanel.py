"""The map of a picture: the area's own base map, its places in the colour of their level, and names with room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Any, Final

import numpy as np
from shapely import affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from forecasting.values.thresholds import LEVELS
from visuals.base.basemap import BEACH, BUILT, SEA, STREET, labels
from visuals.base.palette import GRID, INK, QUIET_INK, WHITE, ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Line, Point, Rect, Shape, Sheet, Symbol, line_box
from visuals.studio.material.material import Material
from visuals.studio.material.ranking import SERIOUS
from visuals.studio.panels.geography import Window, drawn, window

SYMBOLS: Final[dict[ShownLevel, Symbol]] = {
    "green": "circle",
    "yellow": "triangle-up",
    "orange": "diamond",
    "red": "square",
    "unknown": "cross",
}
"""The icon of each level, as drawn: the same shapes as on the screen."""

_SURFACE: Final[dict[ShownLevel, float]] = {
    "green": 1.0,
    "yellow": 1.15,
    "orange": 1.12,
    "red": 1.0,
    "unknown": 0.8,
}
"""Symbols that look equally large differ in the square of equal surface."""

_FILLS: Final = {
    "sea": SEA,
    "built": BUILT,
    "dunes": "#E3E8D3",
    "park": "#D9E6CE",
    "beach": BEACH,
    "harbour": SEA,
    "mole": "#C9C6BE",
    "pier": "#C9C6BE",
    "building": "#DAD7CF",
}
_STREETS_M: Final = {"street": 9.0, "street_major": 17.0}
_TRAM: Final = "#B4BFC3"
_ICON_PX: Final = 27
_LEAST_ICON_PX: Final = 17
_NAME_PX: Final = 25
_PLACE_PX: Final = 21
_REACHES: Final = (1.0, 2.2, 3.6, 5.2)
"""How far from its icon a name may stand, in icons; from the second on a line ties it."""

_NAME_WIDTH: Final = 0.36
"""A name takes at most this share of the map's width before it is wrapped."""


@dataclass
class Taken:
    """Boxes on the map where no further text may stand."""

    within: Box
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Return whether a box lies inside the map and over nothing else."""
        return self.within.holds(box) and not any(box.overlaps(other) for other in self.boxes)


def draw_map(sheet: Sheet, box: Box, material: Material, levels: Mapping[str, ShownLevel]) -> None:
    """Draw the map of an area in ``box``. ``levels`` by zone id, the busiest first: they get their names first."""
    u = sheet.unit
    legend_height = 50 * u
    seen = window(material.area, box, (56 * u, 60 * u, legend_height + 52 * u, 60 * u))
    _draw_base(sheet, seen, material.basemap, u)
    taken = Taken(box.inset(12 * u))
    taken.boxes.append(draw_legend(sheet, box, material, u))
    taken.boxes.append(_draw_north(sheet, seen, u))
    order = list(levels)[::-1]
    for zone_id in order:
        _draw_zone(sheet, seen, material.area.zone(zone_id).geometry, levels[zone_id], material, u)
    places = {zone_id: _place(seen, material.area.zone(zone_id).geometry) for zone_id in order}
    size = _icon_size(list(places.values()), u)
    half = size * 0.6
    taken.boxes += [Box(x - half, y - half, 2 * half, 2 * half) for x, y in places.values()]
    icons = [icon(levels[zone_id], *places[zone_id], size, material, halo=True) for zone_id in order]
    lines_under = len(sheet.things)
    sheet.put(*(point for points in icons for point in points))
    for zone_id in reversed(order):
        serious = levels[zone_id] in SERIOUS
        _name(sheet, taken, material.name(zone_id), places[zone_id], half, serious=serious, under=lines_under)
    _draw_places(sheet, seen, taken, labels(material.basemap, material.lang.code))


def _icon_size(places: Sequence[tuple[float, float]], u: float) -> float:
    """Return how large icons are: smaller where places lie close together."""
    if len(places) < 2:
        return _ICON_PX * u
    nearest = [min(hypot(x - a, y - b) for a, b in places if (a, b) != (x, y)) for x, y in set(places)]
    return float(np.clip(np.median(nearest), _LEAST_ICON_PX * u, _ICON_PX * u))


def icon(
    level: ShownLevel, x: float, y: float, px: float, material: Material, *, on: str = "", halo: bool = False
) -> list[Point]:
    """Return a level's icon in the brand's colour with a dark outline; on a fill of its own colour in colour ``on``.

    A light ``halo`` keeps icons apart that lie over each other.
    """
    size = px * _SURFACE[level]
    edge = px * 0.08
    found = Point(x, y, SYMBOLS[level], size, on or material.brand.fill(level), on or INK, edge)
    return [Point(x, y, SYMBOLS[level], size, WHITE, WHITE, 4 * edge), found] if halo else [found]


def draw_legend(sheet: Sheet, box: Box, material: Material, u: float) -> Box:
    """Draw the four levels with icon and word at the foot of ``box``, and return the box they take."""
    lang, face = material.lang, sheet.face
    px, gap, pad = 22 * u, 26 * u, 18 * u
    room = box.width - 24 * u
    while True:
        widths = [face.width(word(level, lang), px) for level in LEVELS]
        total = sum(widths) + len(LEVELS) * 1.45 * px + (len(LEVELS) - 1) * gap + 2 * pad
        if total <= room:
            break
        px, gap, pad = px * 0.95, gap * 0.95, pad * 0.95
    height = 2.1 * px
    frame = Box(box.x + 12 * u, box.bottom - height - 12 * u, total, height)
    sheet.put(Rect(frame, WHITE, radius=height / 2, stroke=GRID, stroke_width=1.5 * u, opacity=0.96))
    x, y = frame.x + pad, frame.middle[1]
    for level, width in zip(LEVELS, widths, strict=True):
        sheet.put(*icon(level, x + 0.45 * px, y, 0.85 * px, material))
        x += 1.45 * px
        sheet.put(Line(x, y + 0.35 * px, word(level, lang), px, 400, INK))
        x += width + gap
    return frame


def _draw_base(sheet: Sheet, seen: Window, basemap: Mapping[str, Any], u: float) -> None:
    features = [(layer, seen.clipped(geometry)) for layer, geometry in drawn(dict(basemap))]
    ground = BUILT if features else "#F1EFEA"
    sheet.put(Rect(seen.box, ground))
    by_layer: dict[str, list[BaseGeometry]] = {}
    for layer, geometry in features:
        if not geometry.is_empty:
            by_layer.setdefault(layer, []).append(geometry)
    for layer, fill in _FILLS.items():
        sheet.put(*(Shape(part, fill=fill) for shape in by_layer.get(layer, []) for part in _areas(shape)))
    for edge in (True, False):
        for layer, metres in _STREETS_M.items():
            width = max(metres * seen.scale, 1.6 * u) + (1.4 * u if edge else 0)
            colour = "#DAD7D0" if edge else STREET
            sheet.put(*(Shape(line, stroke=colour, stroke_width=width) for line in by_layer.get(layer, [])))
    dash = (7 * u, 4 * u)
    sheet.put(*(Shape(line, stroke=_TRAM, stroke_width=1.6 * u, dash=dash) for line in by_layer.get("tram", [])))


def _areas(geometry: BaseGeometry) -> Iterator[Polygon]:
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            yield part


def _draw_zone(
    sheet: Sheet, seen: Window, geometry: BaseGeometry, level: ShownLevel, material: Material, u: float
) -> None:
    if geometry.geom_type == "Point":
        return
    # A boulevard of ten metres wide would be a hair on a picture: every zone is made a little broader.
    placed = seen.placed(geometry).buffer(3.2 * u)
    for part in _areas(placed):
        sheet.put(Shape(part, fill=material.brand.fill(level), stroke=INK, stroke_width=1.5 * u, opacity=0.92))


def _place(seen: Window, geometry: BaseGeometry) -> tuple[float, float]:
    point = geometry.representative_point()
    return seen.at(point.x, point.y)


def _name(
    sheet: Sheet, taken: Taken, name: str, at: tuple[float, float], half: float, *, serious: bool, under: int
) -> None:
    """Write a name beside its icon where there is room: busy places in large bold, others smaller.

    ``under``: which of the sheet's things lines are laid under.
    """
    u = sheet.unit
    px = (_NAME_PX if serious else _NAME_PX - 4) * u
    fitted = sheet.fitted(
        name, taken.within.width * _NAME_WIDTH, px, height=3.6 * px, weight=600, leading=1.1, least=0.8
    )
    pad_x, pad_y = 9 * u, 4 * u
    width, height = fitted.width + 2 * pad_x, fitted.height + 2 * pad_y
    found = next(
        ((box, near) for box, near in _around(at, half + 3 * u, width, height, far=serious) if taken.free(box)), None
    )
    if found is None:
        return
    box, near = found
    if not near:
        # A name at some distance is tied to its icon by a line, or it would seem to be that of a neighbour.
        end = (min(max(at[0], box.x), box.right), min(max(at[1], box.y), box.bottom))
        sheet.things.insert(under, Shape(LineString([at, end]), stroke=INK, stroke_width=1.6 * u))
    taken.boxes.append(box)
    sheet.put(Rect(box, WHITE, radius=8 * u, stroke=INK if serious else GRID, stroke_width=1.4 * u, opacity=0.94))
    sheet.write(fitted, box.inset(pad_x, pad_y), INK if serious else QUIET_INK, weight=600)


def _around(
    at: tuple[float, float], gap: float, width: float, height: float, *, far: bool
) -> Iterator[tuple[Box, bool]]:
    """Yield where a name may stand, the best first, and whether that is near enough to need no line."""
    x, y = at
    for reach in _REACHES if far else _REACHES[:2]:
        g = gap * reach
        near = reach == _REACHES[0]
        yield Box(x + g, y - height / 2, width, height), near
        yield Box(x - g - width, y - height / 2, width, height), near
        yield Box(x - width / 2, y - g - height, width, height), near
        yield Box(x - width / 2, y + g, width, height), near
        yield Box(x + g * 0.6, y - g * 0.8 - height, width, height), near
        yield Box(x - g * 0.6 - width, y - g * 0.8 - height, width, height), near
        yield Box(x + g * 0.6, y + g * 0.8, width, height), near
        yield Box(x - g * 0.6 - width, y + g * 0.8, width, height), near


def _draw_places(sheet: Sheet, seen: Window, taken: Taken, places: Sequence[Mapping[str, Any]]) -> None:
    """Write names of the base map, the most important first, as far as there is room."""
    u, face = sheet.unit, sheet.face
    for place in places:
        x, y = seen.at(place["lon"], place["lat"])
        px = (_PLACE_PX + (4 if place["rank"] == 1 else 0) - (2 if place["rank"] > 2 else 0)) * u
        line = Line(x, y + 0.3 * px, place["text"], px, 400, QUIET_INK, "center")
        box = line_box(line, face)
        if taken.free(Box(box.x - 10 * u, box.y - 6 * u, box.width + 20 * u, box.height + 12 * u)):
            taken.boxes.append(box)
            sheet.put(line)


def _draw_north(sheet: Sheet, seen: Window, u: float) -> Box:
    """Draw an arrow to the north in the top right corner of the map."""
    radius = 27 * u
    x, y = seen.box.right - radius - 16 * u, seen.box.y + radius + 16 * u
    frame = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    arrow = Polygon([(x, y - 17 * u), (x + 9 * u, y + 13 * u), (x, y + 7 * u), (x - 9 * u, y + 13 * u)])
    sheet.put(
        Rect(frame, WHITE, radius=radius, stroke=GRID, stroke_width=1.5 * u, opacity=0.96),
        Shape(affinity.rotate(arrow, seen.turn, origin=(x, y)), fill=INK),
    )
    return frame
