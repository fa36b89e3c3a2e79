"""People of a zone spread evenly over hexagons (H3 cells), so that none is lost and none is added.

For areas that count who is present. Passages belong to the sensor that counted them and are never spread.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final

import h3
import numpy as np
from shapely import Polygon, from_wkb
from shapely.geometry.base import BaseGeometry

from data.area.area import Area
from forecasting.values.arrays import Floats

_FINEST: Final = 11
_COARSEST: Final = 5
"""H3 resolutions to choose from: a cell of resolution 11 is about 50 m across, each coarser one 2.6 times as wide."""

_MOST_CELLS: Final = 900
"""More cells than this make the map heavy: about 70 bytes of JSON each."""

_EDGE_CELLS: Final = 2.0
"""Cells that a narrow zone touches per cell of its surface: a rule of thumb to choose the resolution."""

_METRES_PER_DEGREE: Final = 111_320


@dataclass(frozen=True, eq=False)
class Hexagons:
    """The cells that an area's zones touch, and how each zone's people are divided over them.

    - ``cells``: C ids of H3 cells.
    - ``centres``: C × 2, longitude and latitude.
    - ``surfaces``: C, in m².
    - ``weights``: zones × C, in the order of the area's zones; each row sums to 1. A cell that lies in two
      zones gets people from both.
    """

    cells: tuple[str, ...]
    centres: Floats
    surfaces: Floats
    weights: Floats

    def people(self, counts: Floats) -> Floats:
        """Return the people in each cell for the people in each zone (in the order of the area's zones)."""
        return np.asarray(np.ascontiguousarray(counts) @ self.weights)

    def density(self, counts: Floats) -> Floats:
        """Return the people per m² in each cell for the people in each zone."""
        return np.asarray(self.people(counts) / self.surfaces)


def hexagons(area: Area) -> Hexagons:
    """Return the hexagons of an area whose zones are polygons, as fine as the map can carry.

    The weight of a cell is the share of the zone's surface that lies in it. Raises ``ValueError`` for an area
    of passages. Computed once per area and outline.
    """
    if area.measure != "present":
        raise ValueError("passages stay at their sensor and are not spread over hexagons")
    return _spread(tuple(zone.geometry.wkb for zone in area.zones))


@lru_cache(maxsize=16)
def _spread(outlines: tuple[bytes, ...]) -> Hexagons:
    zones = [from_wkb(outline) for outline in outlines]
    resolution = _resolution(zones)
    shares = [_shares(zone, resolution) for zone in zones]
    cells = tuple(sorted({cell for share in shares for cell in share}))
    column = {cell: index for index, cell in enumerate(cells)}
    weights = np.zeros((len(zones), len(cells)))
    for row, share in enumerate(shares):
        for cell, part in share.items():
            weights[row, column[cell]] = part
    weights /= weights.sum(axis=1, keepdims=True)
    centres = np.array([h3.cell_to_latlng(cell)[::-1] for cell in cells])
    surfaces = np.array([h3.cell_area(cell, unit="m^2") for cell in cells])
    return Hexagons(cells, centres, surfaces, weights)


def _resolution(zones: list[BaseGeometry]) -> int:
    surface = sum(_surface(zone) for zone in zones)
    for resolution in range(_FINEST, _COARSEST, -1):
        if surface / h3.average_hexagon_area(resolution, unit="m^2") * _EDGE_CELLS <= _MOST_CELLS:
            return resolution
    return _COARSEST


def _surface(zone: BaseGeometry) -> float:
    """Return the surface in m², near enough to choose a resolution by."""
    return float(zone.area * cos(radians(zone.centroid.y)) * _METRES_PER_DEGREE**2)


def _shares(zone: BaseGeometry, resolution: int) -> dict[str, float]:
    """Return the surface that ``zone`` has in each cell, in square degrees; a point lies in one cell."""
    if zone.area == 0:
        point = zone.representative_point()
        return {h3.latlng_to_cell(point.y, point.x, resolution): 1.0}
    touched = h3.h3shape_to_cells_experimental(h3.geo_to_h3shape(zone), resolution, contain="overlap")
    outlines = {cell: Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]) for cell in touched}
    shares = {cell: float(outline.intersection(zone).area) for cell, outline in outlines.items()}
    return {cell: share for cell, share in shares.items() if share > 0}
