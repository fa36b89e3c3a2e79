"""How busy it felt, beside what was expected and what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from statistics import median
from typing import Final, Literal, Protocol, cast

import pandas as pd

from data.area.area import Area
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds

Verdict = Literal["quieter", "as expected", "busier"]

VERDICTS: Final[tuple[Verdict, ...]] = ("quieter", "as expected", "busier")


class Answer(Protocol):
    """What somebody said: ``felt`` is one of the four levels, ``hour`` (UTC) and ``zone`` are where and when."""

    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def felt(self) -> str | None: ...  # noqa: D102
    @property
    def zone(self) -> str | None: ...  # noqa: D102
    @property
    def hour(self) -> datetime | None: ...  # noqa: D102


@dataclass(frozen=True)
class Felt:
    """One answer to 'how busy was it there?': the level it felt, that was expected, and that was counted.

    ``expected`` and ``counted`` are ``None`` where there is no forecast or count; ``people`` is the expected number.
    """

    zone: str
    role: str
    hour: datetime
    felt: Level
    expected: Level | None
    counted: Level | None
    people: float


@dataclass(frozen=True)
class Disagreement:
    """Answers of one zone that differ from the forecast in the same direction.

    ``answers`` of ``of`` felt it so, at ``people`` expected (the median of these answers).
    """

    zone: str
    verdict: Verdict
    answers: int
    of: int
    people: float


def felt_moments(
    said: Sequence[Answer],
    forecasts: Mapping[datetime, Forecast],
    counts: pd.DataFrame,
    area: Area,
    thresholds: Thresholds,
) -> list[Felt]:
    """Return the answers among what was said, each beside forecast and count of its place and hour.

    ``forecasts`` holds by hour the forecast that stood then; ``counts`` has columns ``zone_id``, ``hour`` (UTC)
    and ``count``. What tells no level, hour or zone of the area is left out.
    """
    known = {
        (str(zone), pd.Timestamp(hour)): float(count)
        for zone, hour, count in zip(counts["zone_id"], counts["hour"], counts["count"], strict=True)
    }
    found = []
    for one in said:
        if one.felt is None or one.zone is None or one.zone not in area.zone_ids or one.hour is None:
            continue
        people = _expected(forecasts.get(one.hour), one.zone, one.hour)
        count = known.get((one.zone, pd.Timestamp(one.hour)), float("nan"))
        found.append(
            Felt(
                one.zone,
                one.role,
                one.hour,
                cast("Level", one.felt),
                _level(thresholds, one.zone, people),
                _level(thresholds, one.zone, count),
                people,
            )
        )
    return found


def verdict(felt: Felt) -> Verdict | None:
    """Return how it felt beside what was expected; ``None`` where nothing was."""
    if felt.expected is None:
        return None
    difference = LEVELS.index(felt.felt) - LEVELS.index(felt.expected)
    return VERDICTS[(difference > 0) - (difference < 0) + 1]


def disagreements(moments: Sequence[Felt], zone_ids: Sequence[str], *, least: int) -> list[Disagreement]:
    """Return where people felt it busier or quieter than expected: at least ``least`` answers that differ in the same
    direction, and more than half of all answers of that zone. In the order of ``zone_ids``."""
    found = []
    for zone in zone_ids:
        here = [one for one in moments if one.zone == zone and verdict(one) is not None]
        for which in ("busier", "quieter"):
            such = [one for one in here if verdict(one) == which]
            if len(such) >= least and len(such) * 2 > len(here):
                found.append(Disagreement(zone, which, len(such), len(here), median(one.people for one in such)))
    return found


def _expected(forecast: Forecast | None, zone: str, hour: datetime) -> float:
    moment = pd.Timestamp(hour)
    if forecast is None or moment not in forecast.hours or zone not in forecast.zone_ids:
        return float("nan")
    return float(forecast.median[forecast.zone_ids.index(zone), forecast.hours.get_loc(moment)])


def _level(thresholds: Thresholds, zone: str, count: float) -> Level | None:
    return None if isnan(count) else thresholds.level(zone, count)
