"""What does not work at this moment, each in one word, for whoever watches the server (``/readyz``)."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Final

from data.area.area import list_areas
from data.area.settings import copies_folder, default_area
from data.keeping.home import home
from data.upkeep.freshness import stale
from feedback.database.store import store_path, try_reading
from feedback.upkeep.backup import last_backup
from feedback.upkeep.copies import NAME
from language import UserError
from streamlit_app.server import caretaker
from streamlit_app.shell import resources

ROOM: Final = 200 * 2**20
"""Bytes that must be free: a forecast and a copy of the database fit in."""
OLD: Final = timedelta(days=2)
"""A backup older than this is too old: one is made every day."""
LATE: Final = 300.0
"""Seconds after which a copy elsewhere should have what was written; it is made every minute."""
_AGAIN: Final = 10.0
"""Seconds for which an answer is good: who watches must not be what keeps the server busy."""
_PATIENCE: Final = 2.0


def _database() -> bool:
    if store_path().exists():
        try_reading(patience=_PATIENCE)
    return True


def _disk() -> bool:
    folder = next(path for path in (home(), *home().parents) if path.exists())
    return shutil.disk_usage(folder).free >= ROOM and os.access(folder, os.W_OK)


def _models() -> bool:
    area = resources.area(default_area())
    resources.issued(area.id, area.now())
    return True


def _backup() -> bool:
    if not store_path().exists():
        return True
    last, made = last_backup(), datetime.fromtimestamp(store_path().stat().st_ctime, UTC)
    return datetime.now(UTC) - (last or made) < OLD


def _copies() -> bool:
    folder = copies_folder()
    if folder is None or not store_path().exists():
        return True
    written = max(
        path.stat().st_mtime
        for path in (store_path(), store_path().with_name(f"{store_path().name}-wal"))
        if path.exists()
    )
    copy = folder / NAME
    made = copy.stat().st_mtime if copy.exists() else store_path().stat().st_ctime
    return min(written, datetime.now(UTC).timestamp()) - made < LATE


def _sources() -> bool:
    return not any(stale(area, area.now()) for area in map(resources.area, list_areas()) if area.clock.mode == "live")


_NEEDED: Final[dict[str, Callable[[], bool]]] = {"database": _database, "disk": _disk, "models": _models}
_WISHED: Final[dict[str, Callable[[], bool]]] = {
    "backup": _backup,
    "copies": _copies,
    "sources": _sources,
    "clock": lambda: not caretaker.clock.doubted,
}


class _Watch:
    """The last answer, for a few seconds; whoever asks meanwhile waits for the one look, and shares it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until, self._found = 0.0, ([""], [""])

    def look(self) -> tuple[list[str], list[str]]:
        with self._lock:
            if monotonic() >= self._until:
                self._found = _failing(_NEEDED), _failing(_WISHED)
                self._until = monotonic() + _AGAIN
            return self._found

    def look_anew(self) -> None:
        self._until = 0.0


def _failing(checks: dict[str, Callable[[], bool]]) -> list[str]:
    return [name for name, check in checks.items() if not _holds(check)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (UserError, OSError):
        return False


watch: Final = _Watch()
"""``watch.look()``: what the app cannot serve without, and what somebody must look at while it goes on."""
