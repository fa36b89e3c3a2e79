"""Which snapshot is the newest good one: ``current.json``, written last, so that what it names is whole."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from data.area.area import Area
from data.keeping.from_outside import parsed
from data.keeping.home import area_home, written_whole
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import cutoff_of

FILE: Final = "current.json"


@dataclass(frozen=True)
class Current:
    """The newest good snapshot and its cutoff (ISO, UTC), and the one of an earlier cutoff before it, if any."""

    snapshot: str
    cutoff: str
    previous: str | None = None

    @property
    def moment(self) -> datetime:
        """The cutoff (UTC)."""
        return datetime.fromisoformat(self.cutoff)


def read_current(area_id: str) -> Current | None:
    """Return the newest good snapshot's names, or ``None`` when no update has finished yet."""
    try:
        current = Current(**parsed((area_home(area_id) / FILE).read_bytes()))
        return current if current.moment.tzinfo else None
    except (OSError, ValueError, TypeError):
        return None


def remember(snapshot: Snapshot) -> None:
    """Make a saved snapshot the newest good one of its area."""
    before = read_current(snapshot.area_id)
    if before is not None and before.snapshot == snapshot.id:
        return
    previous = None
    if before is not None:
        previous = before.snapshot if before.moment < snapshot.cutoff else before.previous
    current = Current(snapshot.id, snapshot.cutoff.isoformat(), previous)
    with written_whole(area_home(snapshot.area_id) / FILE) as temporary:
        temporary.write_text(json.dumps(asdict(current), indent=1) + "\n", "utf-8")


def previous_of(area: Area, snapshot: Snapshot) -> tuple[str, datetime] | None:
    """Return the good snapshot before the day of another one, and its cutoff (UTC); ``None`` where there is none."""
    current, shown = read_current(area.id), snapshot.cutoff.astimezone(area.tz).date()
    for snapshot_id in (current.snapshot, current.previous) if current else ():
        cutoff = cutoff_of(snapshot_id or "")
        if snapshot_id is not None and cutoff is not None and cutoff.astimezone(area.tz).date() < shown:
            return snapshot_id, cutoff
    return None
