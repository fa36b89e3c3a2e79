"""What lies beside the database and is no backup: a damaged one that made way, and what a restore that was killed left.

There may be words in it that nobody can find by searching, so an erasure removes it whole, and so does retention.
"""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data.keeping.home import home
from feedback.database.store import store_path

DAYS: Final = 30
"""How long a damaged database is kept for whoever wants to save something from it: as long as a backup."""

WORKSHOP: Final = ".restoring-"
"""How the name of a folder begins in which a restore prepares the database."""


def put_aside() -> Path:
    """Keep the damaged database under another name, with its log; return that name. An earlier one is replaced.

    The database stays where it is until another one takes its place, so that no new one is made in between.
    """
    kept, log = _damaged()
    database = store_path()
    for path in (kept, log):
        path.unlink(missing_ok=True)
    kept.hardlink_to(database)
    os.utime(kept)
    its_log = database.with_name(f"{database.name}-wal")
    if its_log.exists():
        its_log.replace(log)
    return kept


def expired(now: datetime) -> list[Path]:
    """Return what lies aside for longer than thirty days at a moment (aware)."""
    before = (now - timedelta(days=DAYS)).timestamp()
    return [path for path in _all() if path.stat().st_mtime < before]


def remove(paths: list[Path] | None = None) -> None:
    """Delete what lies aside (all of it, or some ``paths``). Raises ``OSError`` when it cannot be deleted."""
    for path in _all() if paths is None else paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def remove_workshops() -> None:
    """Delete what a restore that was killed left; nobody else may be restoring now."""
    remove(_workshops())


def _all() -> list[Path]:
    return [*(path for path in _damaged() if path.exists()), *_workshops()]


def _workshops() -> list[Path]:
    return sorted(home().glob(f"{WORKSHOP}*"))


def _damaged() -> tuple[Path, Path]:
    kept = store_path().with_suffix(".damaged")
    return kept, kept.with_name(f"{kept.name}-wal")
