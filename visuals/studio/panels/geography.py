"""An area in a box: which way is up, how large, and where each place comes to stand in pixels.

The map is turned when that makes the places clearly larger (a coast then lies along the box); an arrow shows where
north is. Web Mercator, as on the screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import box as rectangle
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.area.area import Area
from forecasting.values.arrays import Floats
from visuals.studio.layout.boxes import Box

_EARTH_M: Final = 6_378_137.0
_WORTH_TURNING: Final = 1.2
"""A turned map must be this much larger, or north stays up: readers know their town that way."""

_MOST_TURN: Final = 65
"""Degrees: further round nobody recognises the place."""

_SMALLEST_M: Final = 900.0
"""An area of a single point still shows this many metres around it."""


@dataclass(frozen=True)
class Window:
    """A map in a box: ``centre`` (Mercator metres), ``scale`` (pixels a metre) and ``turn`` (degrees clockwise)."""

    box: Box
    centre: tuple[float, float]
    scale: float
    turn: float

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in degrees as pixels; parts outside the box are kept."""
        return shapely.transform(geometry, self._pixels)

    def clipped(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in degrees as pixels, cut at the edge of the box."""
        b = self.box
        return self.placed(geometry).intersection(rectangle(b.x, b.y, b.right, b.bottom))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the pixel of a place."""
        x, y = self._pixels(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def _pixels(self, degrees_: Floats) -> Floats:
        metres = _mercator(degrees_) - np.array(self.centre)
        turned = metres @ _rotation(self.turn)
        middle = np.array(self.box.middle)
        return np.asarray(middle + turned * self.scale * np.array([1, -1]))


def window(area: Area, box: Box, margin: tuple[float, float, float, float]) -> Window:
    """Return the view of all zones of an area in ``box``.

    ``margin`` (top, right, bottom, left, pixels) stays free of zones, for what lies over the map.
    """
    points = _mercator(np.array(_corners(area)))
    free = Box(
        box.x + margin[3], box.y + margin[0], box.width - margin[1] - margin[3], box.height - margin[0] - margin[2]
    )
    upright = _fitted(points, free, 0)
    turn = _along(points, free)
    turned = _fitted(points, free, turn)
    scale, centre, turn = (*turned, turn) if turned[0] > _WORTH_TURNING * upright[0] else (*upright, 0.0)
    # The free part need not lie in the middle of the box.
    shift = (np.array(box.middle) - np.array(free.middle)) * np.array([1, -1]) / scale
    middle = np.array(centre) + shift @ _rotation(turn).T
    return Window(box, (float(middle[0]), float(middle[1])), scale, turn)


def _fitted(points: Floats, free: Box, turn: float) -> tuple[float, tuple[float, float]]:
    turned = points @ _rotation(turn)
    low, high = turned.min(axis=0), turned.max(axis=0)
    span = np.maximum(high - low, _SMALLEST_M)
    centre = ((low + high) / 2) @ _rotation(turn).T
    return float(min(free.width / span[0], free.height / span[1])), (float(centre[0]), float(centre[1]))


def _along(points: Floats, free: Box) -> float:
    """Return the turn (degrees clockwise) that lays the longest extent of the points along the longer side."""
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    bearing = degrees(atan2(axes[0, 1], axes[0, 0]))
    wanted = 0.0 if free.width >= free.height else 90.0
    turn = (bearing - wanted + 90) % 180 - 90
    return turn if abs(turn) <= _MOST_TURN else 0.0


def _rotation(turn: float) -> Floats:
    """Return the matrix that turns row vectors clockwise."""
    angle = radians(turn)
    return np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])


def _mercator(degrees_: Floats) -> Floats:
    lon, lat = np.radians(degrees_[:, 0]), np.radians(degrees_[:, 1])
    return np.stack([_EARTH_M * lon, _EARTH_M * np.arctanh(np.sin(lat))], axis=1)


def _corners(area: Area) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for zone in area.zones for x, y in shapely.get_coordinates(zone.geometry)]


def drawn(basemap: dict[str, Any]) -> Iterable[tuple[str, BaseGeometry]]:
    """Yield the layer and the geometry (degrees) of everything on a base map but its labels."""
    for feature in basemap["features"]:
        layer = feature["properties"]["layer"]
        if layer != "label":
            yield layer, shape(feature["geometry"])
