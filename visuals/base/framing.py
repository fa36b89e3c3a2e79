"""Where the map of a narrow window opens: on the places that matter, no closer than their surroundings need."""

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


def framed(area: Area, zone_ids: Collection[str]) -> Area:
    """Return the area with a map for a phone that opens on some zones; on the whole area when these are none or are
    spread over all of it."""
    whole = area.seen_from(FURTHER)
    if not zone_ids:
        return whole
    bounds = np.array([area.zone(zone_id).geometry.bounds for zone_id in zone_ids])
    (west, south), (east, north) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    lat, lon = float(south + north) / 2, float(west + east) / 2
    wide = (east - west) * METRES_PER_DEGREE * cos(radians(lat)) / _WIDTH_PX
    high = (north - south) * METRES_PER_DEGREE / _HEIGHT_PX
    needed = max(wide, high) * _MARGIN / metres_per_pixel(area.centre)
    further = max(_CLOSEST, log2(needed)) if needed > 0 else _CLOSEST
    if further >= FURTHER:
        return whole
    seen = area.seen_from(further)
    centre = seen.centre.model_copy(update={"lat": lat, "lon": lon})
    return seen.model_copy(update={"centre": centre})
