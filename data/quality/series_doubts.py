"""Doubts about whole series of hourly counts: totals of days, meters that only rise, one count for ever.

Such series are hours that can be read as they stand, and mean something else. They are named, per kind in one sentence
with the zones it holds for, and kept as they are.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.area.area import Area
from data.doubts.doubt import Doubt
from language import Language
from language.plain import joined

DAYS: Final = 7
"""From so many days on, one count a day at the same hour is no coincidence."""

DAILY_SHARE: Final = 0.9

LEAST_HOURS: Final = 24
"""Fewer known hours than a day are not judged."""

FALLS: Final = 1 / 20
RISES: Final = 1 / 4
"""A meter: at most one fall in twenty hours (where it starts again), and rises in a quarter of them or more. Of
ordinary counts about as many fall as rise."""

_SHOWN: Final = 5


def series_doubts(area: Area, counts: pd.DataFrame) -> list[Doubt]:
    """Judge each zone's series (schema ``COUNTS``) of an area; a doubt for each kind, with the zones it holds for."""
    found: dict[str, list[tuple[str, float, float]]] = {"day-totals": [], "meter": [], "constant": []}
    known = counts.dropna(subset=["count"])
    codes, zone_ids = pd.factorize(known["zone_id"])
    order = np.argsort(codes, kind="stable")
    hours = known["hour"].dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("datetime64[h]")[order]
    counted = known["count"].to_numpy(float)[order]
    bounds = [0, *(np.flatnonzero(np.diff(codes[order])) + 1).tolist(), len(order)]
    for zone_id, first, last in zip(zone_ids, bounds[:-1], bounds[1:], strict=True):
        values, when = counted[first:last], hours[first:last]
        if _daily(when):
            local = pd.Timestamp(when[-1], tz="UTC").tz_convert(area.tz)
            found["day-totals"].append((str(zone_id), float(local.hour), float(values[-1])))
        elif len(values) >= LEAST_HOURS and (values == values[0]).all():
            found["constant"].append((str(zone_id), float(values[0]), float(len(values))))
        elif _rises(values):
            found["meter"].append((str(zone_id), float(values[0]), float(values[-1])))
    say: dict[str, Callable[..., str]] = {"day-totals": _say_daily, "meter": _say_meter, "constant": _say_constant}
    return [Doubt(kind, partial(say[kind], area, zones)) for kind, zones in found.items() if zones]


def _daily(hours: npt.NDArray[np.datetime64]) -> bool:
    """Return whether there is one hour a day, at about the same time."""
    gaps = np.diff(hours).astype(np.int64)
    if len(hours) < DAYS or (gaps >= 23).mean() < DAILY_SHARE:
        return False
    past = gaps % 24
    return bool((np.minimum(past, 24 - past) <= 1).mean() >= DAILY_SHARE)


def _rises(values: npt.NDArray[np.float64]) -> bool:
    steps = np.diff(values)
    if len(values) < LEAST_HOURS:
        return False
    return bool((steps < 0).mean() <= FALLS and (steps > 0).mean() >= RISES)


def _named(area: Area, zone_ids: Sequence[str], lang: Language) -> str:
    names = [area.zone(zone_id).name(lang) for zone_id in zone_ids[:_SHOWN]]
    if len(zone_ids) > _SHOWN:
        names.append(lang.n("{n} more", "{n} more", len(zone_ids) - _SHOWN))
    return joined(names, lang)


def _say_daily(area: Area, zones: Sequence[tuple[str, float, float]], lang: Language) -> str:
    _, hour, count = zones[0]
    return lang.t(
        "{zones}: one count a day, at {hour}:00. It was read as that hour alone ({count} from {hour}:00 to {next}:00); "
        "it looks like the total of a day.",
        zones=_named(area, [zone_id for zone_id, _, _ in zones], lang),
        hour=f"{hour:.0f}",
        next=f"{(hour + 1) % 24:.0f}",
        count=lang.number(count),
    )


def _say_meter(area: Area, zones: Sequence[tuple[str, float, float]], lang: Language) -> str:
    _, first, last = zones[0]
    return lang.t(
        "{zones}: the counts only rise, or rise and start again (from {first} to {last}). They were read as people in "
        "each hour; they look like the readings of a meter, of which the differences are needed.",
        zones=_named(area, [zone_id for zone_id, _, _ in zones], lang),
        first=lang.number(first),
        last=lang.number(last),
    )


def _say_constant(area: Area, zones: Sequence[tuple[str, float, float]], lang: Language) -> str:
    _, count, hours = zones[0]
    return lang.t(
        "{zones}: the same count of {count} in all {hours} hours. It was read as counted; it looks like a sensor "
        "that is stuck, or a value filled in.",
        zones=_named(area, [zone_id for zone_id, _, _ in zones], lang),
        count=lang.number(count),
        hours=lang.number(hours),
    )
