"""Thresholds and levels: from which number of people a place is lively, busy or too busy.

Defaults are cautious assumptions of this project, by kind of place; people may change them. They are not an
official phase of police or municipality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from data.area.area import Area, Measure
from data.area.zone import Zone, ZoneKind
from forecasting.values.arrays import Floats, Levels

Level = Literal["green", "yellow", "orange", "red"]
Basis = Literal["density", "flow", "percentile", "chosen", "none"]

LEVELS: Final[tuple[Level, ...]] = ("green", "yellow", "orange", "red")

DENSITY: Final[dict[ZoneKind, tuple[float, float, float]]] = {
    "beach": (0.03, 0.08, 0.15),
    "promenade": (0.43, 0.72, 1.08),
    "street": (0.43, 0.72, 1.08),
    "quay": (0.43, 0.72, 1.08),
    "square": (0.5, 1.0, 2.0),
}
"""Yellow, orange and red from, in persons per usable m². Promenade, street and quay: the upper ends of Fruin's
walkway levels of service B, C and D (J. J. Fruin, *Pedestrian Planning and Design*, 1971). Beach and square:
assumptions of this project."""

FLOW: Final = (33.0, 49.0, 66.0)
"""Yellow, orange and red from, in persons per metre of width per minute: the upper ends of Fruin's walkway
levels of service B, C and D."""

PEAK_MINUTE: Final = 1.5
"""How much busier the busiest minutes of an hour are than its mean: an assumption of this project."""

PERCENTILES: Final = (75.0, 90.0, 97.5)
"""Where neither surface nor width is known: percentiles of the zone's own daytime training counts."""

DAYTIME: Final = (8, 22)
"""Local hours of these percentiles: from, and up to but not including."""


@dataclass(frozen=True)
class ZoneThresholds:
    """Counts from which one zone is yellow, orange and red, and what they are based on."""

    yellow: float
    orange: float
    red: float
    basis: Basis

    def __post_init__(self) -> None:
        if not 0 < self.yellow < self.orange < self.red:
            raise ValueError("thresholds must be positive and rise from yellow to orange to red")


@dataclass(frozen=True)
class Thresholds:
    """Thresholds of an area by zone id, in people (``present``) or passages in the hour (``passages``)."""

    zones: Mapping[str, ZoneThresholds]

    def array(self, zone_ids: tuple[str, ...]) -> Floats:
        """Return the thresholds as zones × (yellow, orange, red)."""
        return np.array([[z.yellow, z.orange, z.red] for z in (self.zones[i] for i in zone_ids)])

    def level(self, zone_id: str, count: float) -> Level:
        """Return the level of a zone at this count."""
        z = self.zones[zone_id]
        return LEVELS[sum(count >= threshold for threshold in (z.yellow, z.orange, z.red))]


def default_thresholds(area: Area, percentiles: Mapping[str, tuple[float, float, float]]) -> Thresholds:
    """Return the defaults for every zone.

    ``percentiles`` holds the 75th, 90th and 97.5th percentile of each zone's daytime training counts (local
    hours 8–22); they are used where surface (``present``) or width (``passages``) is unknown. A zone that was never
    counted has no basis; its forecast is unknown, so that no level is ever shown for it.
    """
    return Thresholds(
        {zone.zone_id: _defaults(zone, area.measure, percentiles.get(zone.zone_id)) for zone in area.zones}
    )


def _defaults(zone: Zone, measure: Measure, percentiles: tuple[float, float, float] | None) -> ZoneThresholds:
    if measure == "present" and zone.usable_m2 and zone.kind in DENSITY:
        yellow, orange, red = DENSITY[zone.kind]
        return ZoneThresholds(zone.usable_m2 * yellow, zone.usable_m2 * orange, zone.usable_m2 * red, "density")
    if measure == "passages" and zone.width_m:
        per_flow = zone.width_m * 60 / PEAK_MINUTE
        return ZoneThresholds(FLOW[0] * per_flow, FLOW[1] * per_flow, FLOW[2] * per_flow, "flow")
    if percentiles is None:
        return ZoneThresholds(1, 2, 3, "none")
    yellow = max(percentiles[0], 1.0)
    orange = max(percentiles[1], yellow + 1)
    return ZoneThresholds(yellow, orange, max(percentiles[2], orange + 1), "percentile")


def levels(counts: Floats, thresholds: Floats) -> Levels:
    """Return the level index (0 green … 3 red, -1 where NaN) of counts.

    ``counts`` has shape (..., zones, hours), ``thresholds`` zones × 3; the result has the shape of ``counts``.
    """
    found = sum((counts >= thresholds[:, i, None]).astype(np.int8) for i in range(3))
    return np.where(np.isnan(counts), -1, found).astype(np.int8)
