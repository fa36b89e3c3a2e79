"""Where the map of a narrow or low window opens: on the places that matter, no closer than their surroundings need."""

from collections.abc import Collection
from math import cos, log2, radians
from typing import Final

import numpy as np

from data.area.area import Area
from visuals.base.placing import METRES_PER_DEGREE, metres_per_pixel

FURTHER: Final = 1.0
"""How many zoom levels further away than on a laptop the whole area fits the width of a phone."""
_CLOSEST: Final = 0.3
"""And how many are left when it opens on a single place, so that what is around it is seen."""

_WIDTH_PX, _HEIGHT_PX = 300, 380
_MARGIN: Final = 1.5
"""How much larger than the box around the places the part is that is seen."""
_EDGE: Final = 1.05
"""The same where all places are seen: an edge, so that the names of the outermost ones stand on the map."""


def framed(area: Area, zone_ids: Collection[str]) -> Area:
    """Return the area with a map for a phone that opens on some zones; on the whole area when these are none or are
    spread over all of it."""
    whole = area.seen_from(FURTHER)
    if not zone_ids:
        return whole
    lat, lon, needed = _around(area, zone_ids, _WIDTH_PX, _HEIGHT_PX)
    further = max(_CLOSEST, log2(needed * _MARGIN)) if needed > 0 else _CLOSEST
    return whole if further >= FURTHER else _moved(area, further, lat, lon)


def fitted(area: Area, width_px: int, height_px: int) -> Area:
    """Return the area with a map that shows all its zones at once in a window of that size."""
    lat, lon, needed = _around(area, area.zone_ids, width_px, height_px)
    return _moved(area, log2(needed * _EDGE) if needed > 0 else _CLOSEST, lat, lon)


def _around(area: Area, zone_ids: Collection[str], width_px: int, height_px: int) -> tuple[float, float, float]:
    """Return the middle of the box around zones, and how many times further away than the area opens it just fits."""
    bounds = np.array([area.zone(zone_id).geometry.bounds for zone_id in zone_ids])
    (west, south), (east, north) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    lat, lon = float(south + north) / 2, float(west + east) / 2
    wide = (east - west) * METRES_PER_DEGREE * cos(radians(lat)) / width_px
    high = (north - south) * METRES_PER_DEGREE / height_px
    return lat, lon, max(wide, high) / metres_per_pixel(area.centre)


def _moved(area: Area, further: float, lat: float, lon: float) -> Area:
    seen = area.seen_from(further)
    return seen.model_copy(update={"centre": seen.centre.model_copy(update={"lat": lat, "lon": lon})})
