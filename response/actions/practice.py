"""What was done in the practice world: entries that ship with an area of which nothing was measured."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from data.area.area import Area
from data.keeping.home import SHIPPED
from response.actions.entry import Entry, Logged, Stage
from response.actions.log import entries

FILE: Final = "practice_actions.json"
ROLE: Final = "simulator"


def logged(
    area: Area,
    *,
    missing: bool = False,
    stages: Sequence[Stage] = (),
    card: str | None = None,
    since: datetime | None = None,
    most: int = -1,
) -> list[Logged]:
    """Return the entries of an area as :func:`response.actions.log.entries` does, after them those of practice."""
    found = entries(area.id, missing=missing, stages=stages, card=card, since=since, most=most)
    practised = [
        one
        for one in practice_entries(area)
        if not (missing and not one.entry.missing)
        and (not stages or one.entry.stage in stages)
        and (card is None or one.entry.card == card)
        and (since is None or one.entry.happened >= since)
    ]
    return (found + practised)[: most if most >= 0 else None]


def practice_entries(area: Area) -> tuple[Logged, ...]:
    """Return the practice entries of an area, the latest first; none for an area of which something was measured."""
    path = SHIPPED / area.id / FILE
    if not area.simulated or not path.exists():
        return ()
    return _read(path, path.stat().st_mtime_ns, area.id, area.tz)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, area_id: str, tz: tzinfo) -> tuple[Logged, ...]:
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["actions"]
    found = [practice_entry(area_id, tz, one) for one in rows]
    return tuple(sorted(found, key=lambda one: one.entry.happened, reverse=True))


def practice_entry(area_id: str, tz: tzinfo, row: dict[str, Any]) -> Logged:
    """Return one row of the file (``day, card, zones, hours, snapshot``) as an entry that ended as planned."""
    day, (first, last) = date.fromisoformat(row["day"]), row["hours"]
    start, end = (datetime.combine(day, time(hour), tz) for hour in (first, last))
    root = str(uuid5(NAMESPACE_URL, f"practice/{area_id}/{row['day']}/{row['card']}"))
    entry = Entry(
        id=root,
        area=area_id,
        stage="ended",
        happened=start,
        until=end,
        card=row["card"],
        zones=tuple(row["zones"]),
        snapshot=row["snapshot"],
        practice=True,
        texts=dict.fromkeys(("information", "risk", "options", "amount", "outcome", "side_effects"), row["text"]),
    )
    return Logged(entry=entry, number=0, root=root, entered=entry.until or entry.happened, role=ROLE)
