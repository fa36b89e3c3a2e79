"""What a kind of scenario change is made of, and what several kinds need."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags, Floats
from forecasting.values.scenario import Action, Closure, Scenario
from language import Language, UserError


@dataclass(frozen=True)
class Doubt:
    """A wish (``value``) beyond the most (``seen``) that the models have seen.

    ``sentence`` says so in English, with ``{value}`` and ``{seen}``.
    """

    beyond: str
    value: float
    seen: float
    sentence: str

    def text(self, lang: Language) -> str:
        """Say it in a sentence."""
        return lang.t(self.sentence, value=lang.number(round(self.value)), seen=lang.number(round(self.seen)))


@dataclass(frozen=True)
class ScenarioKind:
    """What happens when the ``field`` of a scenario is not as forecast; what does not apply is ``None``.

    - ``told(snapshot, scenario)`` returns the snapshot of what the models would have been told.
    - ``moved(snapshot, scenario, values, expected)`` changes ``values`` ((paths + 1) × zones × hours, the last is the
      expected course) in place and returns which zones × hours it touched; ``expected`` (zones × hours) says where
      there is room.
    - ``doubts(before, changed, scenario)`` yields the wishes beyond what the models have seen.
    - ``widened(before, changed, scenario)`` returns how many times as wide intervals become: zones × hours, at least 1.

    The first two are asked when the scenario changes the field, the others always.
    """

    field: str
    told: Callable[[Snapshot, Scenario], Snapshot] | None
    moved: Callable[[Snapshot, Scenario, Floats, Floats], Flags] | None
    doubts: Callable[[Snapshot, Snapshot, Scenario], Iterable[Doubt]] | None
    widened: Callable[[Snapshot, Snapshot, Scenario], Floats] | None


def utc(moment: datetime, time_zone: str) -> pd.Timestamp:
    """Return a moment of a scenario in UTC; without an offset it is area time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))
    return pd.Timestamp(aware).tz_convert("UTC")


def row_of(snapshot: Snapshot, zone_id: str) -> int:
    """Return the place of a zone in the snapshot. Raises ``UserError`` when it is not there."""
    if zone_id not in snapshot.zone_ids:
        raise UserError(
            "The scenario names zone '{zone}', which is not in {area}.", zone=zone_id, area=snapshot.area_id
        )
    return snapshot.zone_ids.index(zone_id)


def during(snapshot: Snapshot, period: Closure | Action) -> Flags:
    """Return which hours begin in a period."""
    start, end = utc(period.start, snapshot.time_zone), utc(period.end, snapshot.time_zone)
    return np.asarray((snapshot.hours >= start.floor("h")) & (snapshot.hours < end))
