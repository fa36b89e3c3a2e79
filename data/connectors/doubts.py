"""What looks wrong in counts that just came in: zones that stopped, jumped or froze. Nothing is removed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.doubts.doubt import Doubt
from data.quality import rules
from language import Language

LOOK_BACK: Final = timedelta(days=70)
"""Enough weeks to know what is usual at an hour of the week."""

STOPPED_HOURS: Final = 24
JUMP: Final = 10.0
JUMP_HOURS: Final = 3
"""A jump: this many times the usual count of that hour of the week (or as many times fewer), in three new hours
or more. A festival brings a few times as many people; ten times as many is more often another unit or a mistake."""

_LEAST_USUAL: Final = 20.0
"""Where fewer people than this are usual or counted, ten times as many is nothing remarkable."""


def doubts(area: Area, counts: pd.DataFrame, since: datetime) -> list[Doubt]:
    """Judge the counts (schema ``COUNTS``) from ``since`` on against the weeks before; one doubt per zone and kind."""
    known = counts.dropna(subset=["count"])
    if known.empty:
        return []
    newest = known["hour"].max()
    frame = rules.wide(known[known["hour"] >= min(pd.Timestamp(since), newest) - LOOK_BACK])
    fresh = np.asarray(frame.index >= since)
    grid = rules.local_grid(frame, area.tz)
    usual = grid.back(rules.outlier_scores(grid)[1])
    zeros = rules.implausible_zeros(frame, area.tz).to_numpy()
    found: list[Doubt] = []
    for place, zone_id in enumerate(str(name) for name in frame.columns):
        values = frame.iloc[:, place].to_numpy(float)
        last = known.loc[known["zone_id"] == zone_id, "hour"].max()

        def say(kind: str, text: Callable[..., str], zone: str = zone_id, **more: object) -> None:
            found.append(Doubt(kind, partial(text, area=area, zone_id=zone, **more)))

        if newest - last >= timedelta(hours=STOPPED_HOURS):
            say("stopped", _say_stopped, last=last)
        factor = _jump(values[fresh], usual[fresh, place])
        if factor is not None:
            say("jump", _say_jump, factor=factor)
        flat = [run for run in rules.flat_runs(values) if fresh[run[1] - 1]]
        if flat:
            start, stop = flat[-1]
            say("flat", _say_flat, count=float(values[start]), hours=stop - start)
        empty_hours = int((zeros[:, place] & fresh).sum())
        if empty_hours:
            say("zeros", _say_zeros, hours=empty_hours)
    return found


def _jump(values: rules.Floats, usual: rules.Floats) -> float | None:
    """Return the typical factor of the hours that are ten times the usual or more, or a tenth; else ``None``."""
    judged = np.isfinite(values) & np.isfinite(usual) & (np.maximum(values, usual) >= _LEAST_USUAL) & (values > 0)
    ratio = values[judged] / np.maximum(usual[judged], 1)
    for far in (ratio[ratio >= JUMP], ratio[ratio <= 1 / JUMP]):
        if len(far) >= JUMP_HOURS:
            return float(np.median(far))
    return None


def _say_stopped(lang: Language, *, area: Area, zone_id: str, last: pd.Timestamp) -> str:
    return lang.t(
        "{zone}: no counts since {last}, while other places go on.",
        zone=area.zone(zone_id).name(lang),
        last=lang.date(last.to_pydatetime(), "d MMM y HH:mm", area.tz),
    )


def _say_jump(lang: Language, *, area: Area, zone_id: str, factor: float) -> str:
    return lang.t(
        "{zone}: new counts are about {factor} times the usual. Is the unit right? They are kept as they are.",
        zone=area.zone(zone_id).name(lang),
        factor=lang.number(factor, 0 if factor >= 1 else 2),
    )


def _say_flat(lang: Language, *, area: Area, zone_id: str, count: float, hours: int) -> str:
    return lang.n(
        "{zone}: the same count of {count} for {n} hour. Is the sensor stuck?",
        "{zone}: the same count of {count} for {n} hours. Is the sensor stuck?",
        hours,
        zone=area.zone(zone_id).name(lang),
        count=lang.number(count),
    )


def _say_zeros(lang: Language, *, area: Area, zone_id: str, hours: int) -> str:
    return lang.n(
        "{zone}: {n} hour of zero that is hard to believe. Is the sensor working?",
        "{zone}: {n} hours of zero that are hard to believe. Is the sensor working?",
        hours,
        zone=area.zone(zone_id).name(lang),
    )
