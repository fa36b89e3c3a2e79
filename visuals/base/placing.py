"""Names on a map that do not lie over each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, radians
from typing import Final

from data.area.area import Centre

_WEB_MERCATOR_M: Final = 78_271.5
"""Metres per pixel at the equator on zoom 0, for tiles of 512 pixels (MapLibre, deck.gl)."""

METRES_PER_DEGREE: Final = 111_320
"""Of latitude."""
_LETTER_PX: Final = 0.56
"""Mean width of a letter, as a share of the type size."""
_PADDING_PX: Final = 10


def metres_per_pixel(centre: Centre) -> float:
    """Return the scale of the map when it opens."""
    return float(_WEB_MERCATOR_M * cos(radians(centre.lat)) / 2**centre.zoom)


Box = tuple[float, float, float, float]


@dataclass
class Placing:
    """Keeps the boxes of the names placed so far, as they stand when the map opens."""

    centre: Centre
    _boxes: list[Box] = field(default_factory=list)

    def place(self, text: str, at: Iterable[float], size: int, raised: float = 0) -> bool:
        """Place a name around longitude and latitude, and return whether there was room.

        ``size`` of the type and how far the name is ``raised`` above its place are pixels.
        """
        box = self._box(text, at, size, raised)
        if any(_overlap(box, other) for other in self._boxes):
            return False
        self._boxes.append(box)
        return True

    def _box(self, text: str, at: Iterable[float], size: int, raised: float) -> Box:
        lon, lat = at
        scale = METRES_PER_DEGREE / metres_per_pixel(self.centre)
        x = (lon - self.centre.lon) * cos(radians(self.centre.lat)) * scale
        y = (lat - self.centre.lat) * scale + raised
        width = (len(text) * size * _LETTER_PX + _PADDING_PX) / 2
        height = (size + _PADDING_PX) / 2
        return x - width, y - height, x + width, y + height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
