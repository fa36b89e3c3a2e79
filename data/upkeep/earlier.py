"""Copies of an area's files as they were before somebody changed them, so that a mistake can be undone."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from data.area.area import Area
from data.doubts.record import forget_since
from data.keeping.home import area_home, find, written_whole
from data.keeping.locking import locked
from language import UserError

KEPT: Final = 10
"""Copies that are kept of each file."""

FILES: Final = ("counts.parquet", "weather.parquet", "events.csv")

_MOMENT: Final = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True)
class Earlier:
    """A copy of the file ``name`` as it was until ``at`` (UTC)."""

    name: str
    at: datetime
    path: Path

    @property
    def kind(self) -> str:
        """What the file holds: ``counts``, ``weather`` or ``events``."""
        return self.name.partition(".")[0]


def keep_earlier(area: Area, name: str) -> None:
    """Copy a file of the area as it is now, if there is one; of many copies the oldest go."""
    path = find(area.id, name)
    if path is None:
        return
    stem, suffix = name.split(".")
    with written_whole(_folder(area) / f"{stem}-{datetime.now(UTC):{_MOMENT}}.{suffix}") as temporary:
        shutil.copyfile(path, temporary)
    for old in [copy for copy in earlier(area) if copy.name == name][KEPT:]:
        old.path.unlink(missing_ok=True)


def earlier(area: Area) -> list[Earlier]:
    """Return the copies there are, newest first."""
    found = []
    for name in FILES:
        stem, suffix = name.split(".")
        for path in _folder(area).glob(f"{stem}-*.{suffix}"):
            try:
                at = datetime.strptime(path.stem.removeprefix(f"{stem}-"), _MOMENT).replace(tzinfo=UTC)
            except ValueError:
                continue
            found.append(Earlier(name, at, path))
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def put_back(area: Area, copy: Earlier) -> None:
    """Put a copy in the place of the file, of which a copy is kept in turn; raises ``UserError`` when it is gone.

    What was doubted about files that were read since then goes with them.
    """
    if copy not in earlier(area):
        raise UserError("This copy is gone. Choose another one.")
    with locked(area.id, "fetch"), written_whole(area_home(area.id) / copy.name) as temporary:
        # First: making room for the copy of today may remove the oldest one, which this can be.
        shutil.copyfile(copy.path, temporary)
        keep_earlier(area, copy.name)
        forget_since(area_home(area.id), copy.kind, copy.at)
        temporary.chmod(0o644)


def _folder(area: Area) -> Path:
    return area_home(area.id) / "earlier"
