"""Wishes beyond what the models have seen: a warning in words, and wider intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from forecasting.features import weather_features
from forecasting.thresholds import Floats
from language import Language

if TYPE_CHECKING:
    from forecasting.scenario import Scenario
    from forecasting.snapshot import Snapshot

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


def doubts(changed: Snapshot, scenario: Scenario) -> list[Doubt]:
    """Return what a scenario wishes beyond what was seen; ``changed`` is the snapshot with the scenario applied."""
    found = []
    if scenario.changes_weather:
        for beyond, (value, seen, excess) in _weather(changed).items():
            if excess.max(initial=0) > 0:
                worst = int(excess.argmax())
                found.append(Doubt(beyond, float(value[worst]), float(seen[worst])))
    largest = max((event.attendance for event in scenario.events), default=0.0)
    if 0 < changed.seen.attendance < largest:
        found.append(Doubt("event", largest, changed.seen.attendance))
    return found


def spread(changed: Snapshot, scenario: Scenario) -> Floats:
    """Return how many times as wide intervals become: zones × hours, 1 where nothing is out of the ordinary."""
    wide = np.ones((len(changed.zone_ids), len(changed.hours)))
    if scenario.changes_weather:
        for beyond, (_, _, excess) in _weather(changed).items():
            by_hour = excess[changed.day] if len(excess) == len(changed.dates) else excess
            wide = np.maximum(wide, 1 + by_hour[None, :] / _STEP[beyond])
    if changed.seen.attendance > 0:
        for index, attendance in enumerate(changed.events["attendance"].to_numpy(float)):
            if attendance > changed.seen.attendance:
                touched = changed.event_responses[index] > 0
                wide = np.where(touched, np.maximum(wide, 1 + np.log2(attendance / changed.seen.attendance)), wide)
    return np.minimum(wide, MOST)


@lru_cache(maxsize=8)
def _weather(changed: Snapshot) -> dict[Beyond, tuple[Floats, Floats, Floats]]:
    """By kind: the wish, the most seen, and by how much the wish is beyond it (by day, rain and wind by hour)."""
    touched = np.unique(changed.day)
    temp = weather_features(changed.whole_weather, changed.whole_timeline)[:, 0]
    seen = changed.seen.weather[changed.dates.month.to_numpy() - 1]
    inside = np.isin(np.arange(len(temp)), touched)
    by_hour = seen[changed.day]
    rain, wind = changed.weather[:, 1], changed.weather[:, 2]
    return {
        "warm": (temp, seen[:, 0, 1], _excess(temp - seen[:, 0, 1], inside)),
        "cold": (temp, seen[:, 0, 0], _excess(seen[:, 0, 0] - temp, inside)),
        "rain": (rain, by_hour[:, 1, 1], _excess(rain - by_hour[:, 1, 1])),
        "wind": (wind, by_hour[:, 2, 1], _excess(wind - by_hour[:, 2, 1])),
    }


def _excess(beyond: Floats, inside: NDArray[np.bool_] | bool = True) -> Floats:
    return np.where((beyond > SLACK) & inside, beyond, 0.0)
