"""Where the city lies that names a time zone, and how far places are apart: to see what a wrong file means."""

import zoneinfo
from functools import lru_cache
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path

LatLon = tuple[float, float]
"""Latitude and longitude in degrees."""


@lru_cache(maxsize=64)
def city_of(time_zone: str) -> LatLon | None:
    """Return latitude and longitude of the city that names a time zone, where this system knows them."""
    for folder in zoneinfo.TZPATH:
        table = Path(folder) / "zone.tab"
        lines = table.read_text("utf-8").splitlines() if table.exists() else []
        for line in lines:
            if not line.startswith("#") and line.split("\t")[2] == time_zone:
                code = line.split("\t")[1]
                at = max(code.rfind("+"), code.rfind("-"))
                return _degrees(code[:at], 3), _degrees(code[at:], 4)
    return None


def kilometres(one: LatLon, other: LatLon) -> float:
    """Return the great-circle distance (haversine) between two places."""
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = hypot(sin((lat2 - lat1) / 2), sqrt(max(cos(lat1) * cos(lat2), 0)) * sin((lon2 - lon1) / 2))
    return 2 * 6371 * asin(min(half, 1))


def _degrees(code: str, sign_and_degrees: int) -> float:
    """Read ``±DDMM``, ``±DDDMM`` or the same with seconds (ISO 6709) to the minute."""
    minutes = int(code[sign_and_degrees : sign_and_degrees + 2])
    return (int(code[1:sign_and_degrees]) + minutes / 60) * (-1 if code[0] == "-" else 1)
