"""Coordinates in another reference system than WGS84 degrees, brought to it with PROJ's own tables.

PROJ could fetch finer grids from the internet; it never does here. Without them Dutch RD is right to about a metre.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from data.tables.places import LatLon, kilometres

pyproj.network.set_network_enabled(False)  # type: ignore[attr-defined]

WGS84: Final = "EPSG:4326"

_USUAL: Final = (28992, 3857, 31370, 3812, 25831, 25832, 25833, 27700, 2157, 2154, 2056, 2193, 3035)
"""Systems that maps of municipalities are often in, tried where a file names none (EPSG): RD, Web Mercator, Belgian
Lambert 72 and 2008, UTM 31-33 north, Great Britain, Ireland, France, Switzerland, New Zealand, LAEA Europe."""

_NEAR_KM: Final = 1500.0
_CLEARLY: Final = 3.0
"""A system is recognised where its place lies this many times nearer to the area's city than that of any other."""

_LONGEST: Final = 200


def system_of(declared: Any) -> pyproj.CRS | None:
    """Return the system that a GeoJSON member ``crs`` names, or ``None`` when it names none that can be used."""
    if not isinstance(declared, dict) or not isinstance(declared.get("properties"), dict):
        return None
    properties = declared["properties"]
    name = properties.get("name", properties.get("code"))
    if isinstance(name, bool) or not isinstance(name, str | int) or len(str(name)) > _LONGEST or "=" in str(name):
        return None
    try:
        system = pyproj.CRS.from_user_input(name)
        system = system.sub_crs_list[0] if system.is_compound else system.to_2d()
    except (CRSError, ProjError, ValueError, OverflowError):
        return None
    return system if system.is_geographic or system.is_projected else None


def name_of(system: pyproj.CRS) -> str:
    """Return what a system is called, with its code."""
    authority = system.to_authority()
    return f"{system.name} ({':'.join(authority)})" if authority else str(system.name)


def in_degrees(
    geometries: Sequence[BaseGeometry], system: pyproj.CRS, around: float = 2.0
) -> list[BaseGeometry] | None:
    """Return geometries in WGS84 degrees, or ``None`` when one does not lie where ``system`` is used.

    ``around``: degrees around that place that still count as there.
    """
    transformer = _to_degrees(system)

    def moved(points: Any) -> Any:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    found = [shapely.transform(geometry, moved) for geometry in geometries]
    used = system.area_of_use
    here = box(*used.bounds).buffer(around) if used and used.west <= used.east else box(-180, -90, 180, 90)
    bounds = np.array([geometry.bounds for geometry in found])
    if not np.isfinite(bounds).all() or not all(here.covers(box(*each)) for each in bounds):
        return None
    return found


@lru_cache(maxsize=len(_USUAL))
def _to_degrees(system: pyproj.CRS) -> pyproj.Transformer:
    """Return what brings places to degrees. Making one takes longer than its work; threads may share it."""
    return pyproj.Transformer.from_crs(system, WGS84, always_xy=True)


@lru_cache(maxsize=8)
def recognised(x: float, y: float, near: LatLon) -> pyproj.CRS | None:
    """Return the usual system in which a point lies near a place, or ``None`` when none or several fit."""
    found = []
    for code in _USUAL:
        system = pyproj.CRS.from_epsg(code)
        placed = in_degrees([shapely.Point(x, y)], system, around=0)
        if placed:
            found.append((kilometres((placed[0].y, placed[0].x), near), code))
    found.sort()
    if not found or found[0][0] > _NEAR_KM or (len(found) > 1 and found[1][0] < _CLEARLY * found[0][0]):
        return None
    return pyproj.CRS.from_epsg(found[0][1])


def surface_m2(geometry: BaseGeometry) -> float:
    """Return the surface of polygons in degrees, in m² on the ellipsoid; what lies in a hole is not in it."""
    parts = [orient(part) for part in getattr(geometry, "geoms", [geometry]) if part.geom_type == "Polygon"]
    globe = pyproj.Geod(ellps="WGS84")
    return float(sum(globe.geometry_area_perimeter(part)[0] for part in parts))
