"""Until when an area was counted."""

from datetime import datetime, timedelta
from typing import Final

from data.area.area import Area
from data.consent import gate
from language import UserError

_BACK: Final = (timedelta(days=10), timedelta(days=400), timedelta(days=12_000))
"""How far back is looked, in turn: counts of long ago are read only where there are none of late."""


def counted_until(area: Area, before: datetime) -> datetime | None:
    """Return the end of the last hour before a moment (aware) in which any place was counted, in area time.

    ``None`` where nothing was counted, counts may not be read, or they are made up: those go on until any moment.
    """
    if area.simulated:
        return None
    for back in _BACK:
        try:
            counts = gate.read(area, "counts", before - back, before)
        except UserError:
            return None
        known = counts.loc[counts["count"].notna(), "hour"]
        if len(known):
            last: datetime = known.max().to_pydatetime() + timedelta(hours=1)
            return last.astimezone(area.tz)
    return None
