"""The days from which an effect is measured: what was counted on each beside what was frozen before it began."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import pandas as pd

from data.area.area import Area
from response.actions.entry import Logged
from response.effects.estimating import Unit
from response.effects.frozen import FrozenDay

DONE: Final = ("started", "ended")
NEAR: Final = 0.2
"""Days without the measure count whose forecast is at most this much (a logarithm: about 22 %) outside the range of
forecasts of the days with it."""

_LEAST: Final = 10.0
"""Of fewer people nothing can be said in shares."""

Left = Literal[
    "no forecast",
    "after the decision",
    "no counts",
    "other places",
    "other hours",
    "another measure",
    "too few",
    "too red",
]
"""Why a day with the measure does not count."""


@dataclass(frozen=True)
class Taken:
    """A card on one local day: at which zones, in which dayparts (indices of DAYPARTS), and the entry that says so."""

    day: date
    card: str
    zones: tuple[str, ...]
    parts: tuple[int, ...]
    entry: Logged


@dataclass(frozen=True)
class Day:
    """A day that counts: how many people hours were counted, and forecast (the median, and the range of 95 %).

    ``unit`` is the same as a difference on the scale of logarithms.
    """

    day: date
    treated: bool
    actual: float
    expected: float
    low: float
    high: float
    snapshot: str
    unit: Unit


def taken_on(entries: Iterable[Logged], area: Area) -> list[Taken]:
    """Return what was done on which local day, by entries of what was started or ended and not struck through."""
    found: dict[tuple[date, str], Taken] = {}
    for one in sorted(entries, key=lambda each: each.entry.happened):
        entry = one.entry
        if one.struck or entry.stage not in DONE or entry.card is None:
            continue
        # An entry 'ended' without a span says when it ended; the one 'started' of that day says when it worked.
        start = entry.happened.astimezone(area.tz)
        end = entry.until.astimezone(area.tz) if entry.until is not None else start
        parts = tuple(range(start.hour // 6, _last_part(start.date(), end.date(), end.hour, end.minute) + 1))
        key = (start.date(), entry.card)
        before = found.get(key)
        if before is not None:
            parts = tuple(range(min(*before.parts, *parts), max(*before.parts, *parts) + 1))
        zones = tuple(sorted({*entry.zones, *(before.zones if before else ())}))
        found[key] = Taken(start.date(), entry.card, zones, parts or (start.hour // 6,), one)
    return list(found.values())


def _last_part(day: date, end: date, hour: int, minute: int) -> int:
    if end > day:
        return 3
    return (hour * 60 + minute - 1) // 360 if hour or minute else 0


def usual(taken: Sequence[Taken]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the zones and dayparts at which a card was taken on most of its days."""
    ((zones, parts), _), *_ = Counter((one.zones, one.parts) for one in taken).most_common()
    return zones, parts


def daypart_sums(counts: pd.DataFrame, area: Area) -> pd.Series:
    """Return counts summed by local day, zone and daypart; unknown where an hour of them is."""
    local = counts["hour"].dt.tz_convert(area.tz)
    keys = {"day": local.dt.date, "zone": counts["zone_id"], "part": local.dt.hour // 6}
    grouped = counts["count"].groupby([pd.Series(one, name=name) for name, one in keys.items()], observed=True)
    return grouped.sum(min_count=1).where(grouped.count() == grouped.size())


def day_of(
    frozen: FrozenDay, sums: pd.Series, zones: Sequence[str], parts: Sequence[int], *, treated: bool
) -> Day | Left:
    """Return a day as it counts, or why it does not."""
    totals = frozen.totals(zones, parts)
    if totals is None:
        return "no forecast"
    actual = sum(float(sums.get((frozen.day, zone, part), np.nan)) for zone in zones for part in parts)
    if not np.isfinite(actual):
        return "no counts"
    expected = float(np.median(totals))
    if expected < _LEAST or actual < _LEAST:
        return "too few"
    logs = np.log(np.maximum(totals, 1.0))
    low, under, over, high = np.quantile(logs, (0.025, 0.159, 0.841, 0.975))
    unit = Unit(
        day=frozen.day.toordinal(),
        difference=float(np.log(actual / expected)),
        spread=max(float(over - under) / 2, 0.01),
        level=float(np.log(expected)),
        treated=treated,
    )
    return Day(frozen.day, treated, actual, expected, float(np.exp(low)), float(np.exp(high)), frozen.snapshot, unit)


def gathered(
    taken: Sequence[Taken],
    card: str,
    frozen: Mapping[date, FrozenDay],
    sums: pd.Series,
    zones: tuple[str, ...] | None = None,
) -> tuple[list[Day], list[tuple[date, Left]]]:
    """Return the days that count for a card, with it and without any measure, and the days with it that do not.

    ``zones``: look at these instead of those where it was taken, such as its neighbours. Days without it count only at
    the same forecast level, and when nothing else was done that day.
    """
    mine = [one for one in taken if one.card == card]
    usual_zones, parts = usual(mine)
    days: list[Day] = []
    left: list[tuple[date, Left]] = []
    busy = {one.day for one in taken if one.card != card}
    for one in mine:
        found = _treated(one, frozen.get(one.day), sums, usual_zones, parts, zones, other=one.day in busy)
        if isinstance(found, Day):
            days.append(found)
        else:
            left.append((one.day, found))
    levels = [one.unit.level for one in days]
    done = {one.day for one in taken}
    for day, one_frozen in frozen.items():
        if day not in done and levels:
            other = day_of(one_frozen, sums, zones or usual_zones, parts, treated=False)
            if isinstance(other, Day) and min(levels) - NEAR <= other.unit.level <= max(levels) + NEAR:
                days.append(other)
    return sorted(days, key=lambda one: one.day), sorted(left)


def _treated(
    one: Taken,
    frozen: FrozenDay | None,
    sums: pd.Series,
    usual_zones: tuple[str, ...],
    parts: tuple[int, ...],
    zones: tuple[str, ...] | None,
    *,
    other: bool,
) -> Day | Left:
    if one.zones != usual_zones:
        return "other places"
    if one.parts != parts:
        return "other hours"
    if other:
        return "another measure"
    if frozen is None:
        return "no forecast"
    if frozen.cutoff > one.entry.entry.happened - timedelta(hours=1):
        return "after the decision"
    return day_of(frozen, sums, zones or usual_zones, parts, treated=True)
