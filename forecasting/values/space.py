"""How full a place is, in what people can picture: people on 10 × 10 m, or how many hours are busier.

A ruler translates between counts of a zone and such a value, both ways. Classes are the walkway levels of service of
J. J. Fruin, *Pedestrian Planning and Design* (1971), by space per person; they say nothing about beaches or about
people who stand on a square.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from data.area.area import Measure
from data.area.zone import Zone, ZoneKind
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import PEAK_MINUTE

Scale = Literal["density", "flow", "rarity"]
"""``density``: people on 100 m²; ``flow``: people per metre of width and minute; ``rarity``: one in so many daytime
hours is at least as busy."""

Fruin = Literal["A", "B", "C", "D", "E", "F"]

SQUARE_M2: Final = 100
"""Pictures show 10 × 10 m."""

_FEW: Final = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 26, 30, 36, 43, 50, 60, 72, 85)
_MANY: Final = (100, 120, 150, 175, 200, 250, 300, 350, 400, 500)

LADDERS: Final[dict[Scale, tuple[float, ...]]] = {
    "density": (*_FEW, *_MANY),
    "flow": (5, 8, 10, 13, 16, 20, 23, 26, 29, 33, 37, 41, 45, 49, 55, 60, 66, 74, 82, 90, 100, 120),
    "rarity": (1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 200),
}
"""The steps by which people choose: about equally large to the eye."""

_NEAR: Final = 0.06
"""A step of the ladder gives way to a value that is so close to it (a share), so that nothing moves by itself."""

WALKED: Final[tuple[ZoneKind, ...]] = ("promenade", "street", "quay", "sensor")
"""Kinds of place where people walk, to which Fruin's walkway classes apply."""

_SPACE: Final[tuple[tuple[float, Fruin], ...]] = ((3.25, "A"), (2.3, "B"), (1.4, "C"), (0.93, "D"), (0.46, "E"))
_FLOW: Final[tuple[tuple[float, Fruin], ...]] = ((23, "A"), (33, "B"), (49, "C"), (66, "D"), (82, "E"))

_FLOWS: Final = (0.0, 23.0, 33.0, 49.0, 66.0, 82.0)
_DENSITIES: Final = (0.0, 1 / 3.25, 1 / 2.3, 1 / 1.4, 1 / 0.93, 1 / 0.46)
"""Flow and density at the upper ends of Fruin's walkway classes A to E: they name the same crowds."""


@dataclass(frozen=True, eq=False)
class Ruler:
    """Translates between counts of one zone and values on its scale.

    ``per_unit``: count that one unit of density or flow stands for. ``usual``: the zone's known daytime counts of
    the year before (rising), for ``rarity``.
    """

    zone: Zone
    scale: Scale
    per_unit: float
    usual: Floats

    def count(self, value: float) -> float:
        """Return the count that a value on the scale stands for, at least a tenth."""
        if self.scale == "rarity":
            return max(round(float(np.quantile(self.usual, 1 - 1 / value)), 1), 0.1)
        return value * self.per_unit

    def value(self, count: float) -> float:
        """Return the value on the scale that a count stands for.

        A rarity is at most one in twice as many hours as are known.
        """
        if self.scale == "rarity":
            busier = len(self.usual) - int(np.searchsorted(self.usual, count))
            return len(self.usual) / max(busier, 0.5)
        return count / self.per_unit

    def people(self, value: float) -> float:
        """Return how many people stand on 10 × 10 m at a value of density or flow.

        At a flow: at the density that Fruin's walkway classes give for it, and proportional beyond.
        """
        if self.scale == "density":
            return value
        density = float(np.interp(value, _FLOWS, _DENSITIES))
        return SQUARE_M2 * density * max(1.0, value / _FLOWS[-1])

    def steps(self, *present: float) -> list[float]:
        """Return the values to choose from: the ladder, with the ``present`` ones among them exactly as they are."""
        free = [step for step in LADDERS[self.scale] if all(abs(step / value - 1) > _NEAR for value in present)]
        return sorted({*free, *present})


def moved(steps: Sequence[float], values: tuple[float, float, float], which: int, to: float) -> tuple[float, ...]:
    """Return three rising values of which one was moved to a step: where it meets the others, these make way.

    ``steps`` rise and hold ``values`` and ``to``; there are at least three of them.
    """
    last = len(steps) - 1
    places = [steps.index(value) for value in values]
    places[which] = min(max(steps.index(to), which), last - (len(places) - 1 - which))
    for place in range(which + 1, len(places)):
        places[place] = max(places[place], places[place - 1] + 1)
    for place in range(which - 1, -1, -1):
        places[place] = min(places[place], places[place + 1] - 1)
    return tuple(steps[place] for place in places)


def ruler(zone: Zone, measure: Measure) -> Ruler | None:
    """Return the ruler of a zone by its surface or its width; ``None`` where neither is known."""
    if measure == "present" and zone.usable_m2:
        return Ruler(zone, "density", zone.usable_m2 / SQUARE_M2, np.empty(0))
    if measure == "passages" and zone.width_m:
        return Ruler(zone, "flow", zone.width_m * 60 / PEAK_MINUTE, np.empty(0))
    return None


def rarity_ruler(zone: Zone, usual: Floats) -> Ruler:
    """Return the ruler of a zone by its own known daytime counts (at least one, in any order)."""
    return Ruler(zone, "rarity", 1.0, np.sort(usual))


def density(zone: Zone, measure: Measure, count: float) -> float | None:
    """Return persons per usable m² at a count of people present, ``None`` where that is not known."""
    return count / zone.usable_m2 if measure == "present" and zone.usable_m2 else None


def flow(zone: Zone, measure: Measure, count: float) -> float | None:
    """Return persons per metre of width and minute in the busiest minutes of an hour with so many passages."""
    return count * PEAK_MINUTE / 60 / zone.width_m if measure == "passages" and zone.width_m else None


def fruin(zone: Zone, measure: Measure, count: float) -> Fruin | None:
    """Return Fruin's walkway class where people walk, ``None`` elsewhere or where neither m² nor width is known."""
    if zone.kind not in WALKED:
        return None
    flowing = flow(zone, measure, count)
    if flowing is not None:
        return next((name for threshold, name in _FLOW if flowing < threshold), "F")
    crowd = density(zone, measure, count)
    if crowd is None:
        return None
    space = 1 / crowd if crowd else float("inf")
    return next((name for threshold, name in _SPACE if space > threshold), "F")


def counts_at(
    ruler: Ruler, values: Sequence[float], present: tuple[float, float, float] | None = None
) -> tuple[float, float, float]:
    """Return the thresholds (counts) that three rising values on the scale stand for, each at least a tenth apart.

    A threshold of those ``present`` that already stands at its value is kept exactly.
    """
    counts: list[float] = []
    for index, value in enumerate(values):
        kept = present is not None and abs(ruler.value(present[index]) / value - 1) < 1e-9
        count = present[index] if present is not None and kept else ruler.count(value)
        counts.append(max(count, counts[-1] + 0.1) if counts else count)
    yellow, orange, red = counts
    return yellow, orange, red
