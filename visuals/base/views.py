"""The ways in which a map shows how busy it is."""

from enum import StrEnum


class View(StrEnum):
    """A way of looking at the map, in the order in which people choose: density as heat or hexagons, or levels."""

    HEATMAP = "heatmap"
    HEXAGONS = "hexagons"
    LEVELS = "levels"
