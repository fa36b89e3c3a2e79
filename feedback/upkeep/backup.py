"""Backups: a whole copy while people go on writing, kept at most thirty days."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from data.keeping.home import home
from feedback.database.store import open_store
from feedback.database.unavailable import DamagedError
from feedback.upkeep.fleeting_rows import leave_out_fleeting
from language import message_id

DAYS: Final = 30
"""How long a backup is kept: the privacy page promises it."""

_NAME: Final = "feedback-%Y%m%dT%H%M%S.%fZ.db"


def backup_folder() -> Path:
    """Return the folder of backups (it may not exist yet)."""
    return home() / "backups"


def backup(now: datetime | None = None) -> Path:
    """Copy the database as it is at one moment, check the copy, and delete copies older than thirty days.

    What lives for some hours only is left out. Returns the copy's path. The keys in ``secrets/`` are not in it: keep a
    copy of them elsewhere. Raises ``DamagedError`` when the database is not whole, ``UnavailableError`` when it cannot
    be used now.
    """
    now = now or datetime.now(UTC)
    folder = backup_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / now.strftime(_NAME)
    draft = path.with_suffix(".part")
    draft.touch(mode=0o600)
    try:
        with open_store() as db, closing(sqlite3.connect(draft)) as copy:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            leave_out_fleeting(copy)
        must_be_whole(draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    for old in expired(now):
        old.unlink()
    return path


def expired(now: datetime) -> list[Path]:
    """Return the backups older than thirty days at a moment (aware)."""
    return [
        path for path in sorted(backup_folder().glob("feedback-*.db")) if made_at(path) < now - timedelta(days=DAYS)
    ]


def last_backup() -> datetime | None:
    """Return when the newest backup was made (UTC); ``None`` when there is none."""
    return max((made_at(path) for path in backup_folder().glob("feedback-*.db")), default=None)


def restamp(now: datetime) -> None:
    """Let backups from days to come, made while a clock was wrong, count as made at ``now`` (aware).

    Otherwise none would be due until then, and theirs would be kept for too long.
    """
    for path in backup_folder().glob("feedback-*.db"):
        if made_at(path) > now + timedelta(days=1):
            fresh = now
            while (renamed := path.with_name(fresh.strftime(_NAME))).exists():
                fresh -= timedelta(microseconds=1)
            path.rename(renamed)


def must_be_whole(path: Path) -> None:
    """Raise ``DamagedError`` unless the file is a whole database of this kind."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'contributions'").fetchone()
    except sqlite3.DatabaseError:
        whole, known = False, None
    if not whole or known is None:
        raise DamagedError(message_id("{file} is not a complete backup. Choose another one."), file=path)


def made_at(path: Path) -> datetime:
    """Return when a backup was made (UTC), by its name, else by its file."""
    try:
        return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
