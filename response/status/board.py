"""The board of this moment, place by place: what was counted, which measures are at work, which function is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pandas as pd

from data.area.area import Area
from data.consent import gate
from data.keeping.real_time import real_now
from language import UserError
from response.actions.log import entries
from response.actions.worked import Worked, worked
from response.status.presence import Presence, standing

COUNTED_BACK: Final = timedelta(hours=6)
"""What was counted longer ago says nothing of now."""

LOG_BACK: Final = timedelta(days=7)
"""A measure of which nobody said in so many days that it ended is not called active any more."""

FADES_AFTER: Final = timedelta(hours=2)
"""What was said longer ago fades: look again, and say so."""


@dataclass(frozen=True)
class Counted:
    """How many were counted in the hour that began at ``hour`` (UTC)."""

    count: float
    hour: datetime


@dataclass(frozen=True)
class ZoneNow:
    """What is known of one place at this moment, beside what is expected of it."""

    zone: str
    counted: Counted | None
    measures: tuple[Worked, ...]
    there: tuple[Presence, ...]


def counted_lately(area: Area) -> dict[str, Counted]:
    """Return the newest count of each place where the area is live; nothing else, or where counts may not be read."""
    if area.clock.mode != "live":
        return {}
    now = area.now()
    try:
        counts = gate.read(area, "counts", now - COUNTED_BACK, now)
    except UserError:
        return {}
    known = counts[counts["count"].notna()].sort_values("hour")
    newest = known.drop_duplicates("zone_id", keep="last")
    return {
        str(row["zone_id"]): Counted(float(row["count"]), pd.Timestamp(row["hour"]).to_pydatetime())
        for row in newest.to_dict("records")
    }


def at_work(area_id: str, now: datetime | None = None) -> list[Worked]:
    """Return the measures that are at work at a moment (aware; now), the earliest start first."""
    now = now or real_now()
    told = entries(area_id, stages=("started", "ended"), since=now - LOG_BACK)
    return [one for one in worked(told) if one.at(now)]


def board(area: Area, counted: dict[str, Counted], now: datetime | None = None) -> tuple[ZoneNow, ...]:
    """Return what is known of each place at a moment (aware; now), in the order of the area."""
    measures, there = at_work(area.id, now), standing(area.id, now)
    return tuple(
        ZoneNow(
            zone,
            counted.get(zone),
            tuple(one for one in measures if one.zone == zone),
            tuple(one for one in there if one.zone == zone),
        )
        for zone in area.zone_ids
    )


def fades(since: datetime, now: datetime) -> bool:
    """Return whether what was said at a moment is so old by now that it fades."""
    return now - since >= FADES_AFTER
