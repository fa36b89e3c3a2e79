"""Wishes beyond what the models have seen: a warning in words, and wider intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from forecasting.model.features import weather_features
from forecasting.values.arrays import Flags, Floats
from language import Language

if TYPE_CHECKING:
    from forecasting.snapshot.snapshot import Snapshot
    from forecasting.values.scenario import Scenario

Beyond = Literal["warm", "cold", "rain", "wind", "event"]

_STEP: Final = {"warm": 10.0, "cold": 10.0, "rain": 5.0, "wind": 5.0}
"""Beyond the range by this much (°C, mm in the hour, m/s), intervals are twice as wide: an assumption."""

SLACK: Final = 0.1
"""What lies beyond the range by less than this counts as seen."""

MOST: Final = 2.0
"""Intervals become at most so many times as wide (on the scale of factors)."""


@dataclass(frozen=True)
class Doubt:
    """A wish (``value``) beyond the most (``seen``) that the models have seen."""

    beyond: Beyond
    value: float
    seen: float

    def text(self, lang: Language) -> str:
        """Say it in a sentence."""
        values = {"value": lang.number(round(self.value)), "seen": lang.number(round(self.seen))}
        said: dict[Beyond, str] = {
            "warm": lang.t(
                "{value} °C in the daytime: the model has never seen this. The warmest day at this time of year was "
                "{seen} °C.",
                **values,
            ),
            "cold": lang.t(
                "{value} °C in the daytime: the model has never seen this. The coldest day at this time of year was "
                "{seen} °C.",
                **values,
            ),
            "rain": lang.t(
                "{value} mm of rain in an hour: the model has never seen this. The most at this time of year was "
                "{seen} mm.",
                **values,
            ),
            "wind": lang.t(
                "Wind of {value} m/s: the model has never seen this. The most at this time of year was {seen} m/s.",
                **values,
            ),
            "event": lang.t(
                "An event of {value} visitors: the model has never seen this. The largest so far had {seen}.", **values
            ),
        }
        return said[self.beyond]


def doubts(before: Snapshot, changed: Snapshot, scenario: Scenario) -> list[Doubt]:
    """Return what a scenario wishes beyond what was seen, and beyond what is forecast anyway.

    ``changed`` is the snapshot ``before`` with the scenario applied.
    """
    found = []
    if scenario.changes_weather:
        for beyond, (value, seen, excess) in _weather(before, changed).items():
            if excess.max(initial=0) > 0:
                worst = int(excess.argmax())
                found.append(Doubt(beyond, float(value[worst]), float(seen[worst])))
    largest = max((event.attendance for event in scenario.events), default=0.0)
    if 0 < changed.seen.attendance < largest:
        found.append(Doubt("event", largest, changed.seen.attendance))
    return found


def spread(before: Snapshot, changed: Snapshot, scenario: Scenario) -> Floats:
    """Return how many times as wide intervals become: zones × hours, 1 where nothing is out of the ordinary."""
    wide = np.ones((len(changed.zone_ids), len(changed.hours)))
    if scenario.changes_weather:
        for beyond, (_, _, excess) in _weather(before, changed).items():
            by_hour = excess[changed.day] if len(excess) == len(changed.dates) else excess
            wide = np.maximum(wide, 1 + by_hour[None, :] / _STEP[beyond])
    if changed.seen.attendance > 0:
        for index, attendance in enumerate(changed.events["attendance"].to_numpy(float)):
            if attendance > changed.seen.attendance:
                touched = changed.event_responses[index] > 0
                wide = np.where(touched, np.maximum(wide, 1 + np.log2(attendance / changed.seen.attendance)), wide)
    return np.minimum(wide, MOST)


@lru_cache(maxsize=8)
def _weather(before: Snapshot, changed: Snapshot) -> dict[Beyond, tuple[Floats, Floats, Floats]]:
    """By kind: the wish, the most seen, and by how much the wish is beyond it (by day, rain and wind by hour)."""
    inside = np.isin(np.arange(len(changed.dates)), np.unique(changed.day))
    temp, temp_before = (weather_features(s.whole_weather, s.whole_timeline)[:, 0] for s in (changed, before))
    seen = changed.seen.weather[changed.dates.month.to_numpy() - 1]
    by_hour = seen[changed.day]
    found: dict[Beyond, tuple[Floats, Floats, Floats]] = {
        "warm": (temp, seen[:, 0, 1], _excess(temp - np.maximum(seen[:, 0, 1], temp_before), inside)),
        "cold": (temp, seen[:, 0, 0], _excess(np.minimum(seen[:, 0, 0], temp_before) - temp, inside)),
    }
    wet_or_windy: tuple[tuple[Beyond, int], ...] = (("rain", 1), ("wind", 2))
    for beyond, column in wet_or_windy:
        wish, most = changed.weather[:, column], by_hour[:, column, 1]
        found[beyond] = (wish, most, _excess(wish - np.maximum(most, before.weather[:, column])))
    return found


def _excess(beyond: Floats, inside: Flags | bool = True) -> Floats:
    return np.where((beyond > SLACK) & inside, beyond, 0.0)
