"""Levels of places, the busiest place first."""

from collections.abc import Sequence
from typing import Final

from forecasting.values.arrays import Floats
from forecasting.values.thresholds import LEVELS
from visuals.base.palette import ShownLevel, shown_level
from visuals.studio.material.material import Material

SERIOUS: Final[tuple[ShownLevel, ...]] = ("orange", "red")
"""Levels that need advice and a professional's release."""

_RANK: Final[dict[ShownLevel, int]] = {"unknown": -1, **{level: number for number, level in enumerate(LEVELS)}}


def rank(level: ShownLevel) -> int:
    """Return a level's place in the order from green (0) to red (3); -1 for unknown."""
    return _RANK[level]


def worst(levels: Sequence[ShownLevel]) -> ShownLevel:
    """Return the busiest of some levels, 'unknown' of none."""
    return max(levels, key=rank, default="unknown")


def ranked_levels(material: Material, counts: Floats) -> dict[str, ShownLevel]:
    """Return the level of each place at its count (in the order of the forecast's zones), the busiest place first.

    Among places of one level goes first the one that is fullest for what makes it busy.
    """
    found = []
    for zone_id, count in zip(material.forecast.zone_ids, counts, strict=True):
        level = shown_level(material.thresholds, zone_id, float(count))
        full = float(count) / material.thresholds.zones[zone_id].orange if level != "unknown" else -1.0
        found.append((rank(level), full, zone_id, level))
    return {zone_id: level for _, _, zone_id, level in sorted(found, key=lambda row: row[:2], reverse=True)}
