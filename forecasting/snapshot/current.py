"""Which snapshot is the newest good one: ``current.json``, written last, so that what it names is whole."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from data.keeping.from_outside import parsed
from data.keeping.home import area_home, written_whole
from forecasting.snapshot.snapshot import Snapshot

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
