"""A copy of the database in a folder elsewhere, made again all the time, for when the disk is gone.

While a session is open a copy is made every ten seconds, else every minute, and only when something was changed. It
takes the place of the one before, with the ledgers beside it: whoever puts it back erases again what was erased since.
So erased words are gone from it a minute after they are gone from the database.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Final

from data.keeping import ledger
from feedback.database.store import open_store, store_path, version
from feedback.upkeep.backup import must_be_whole
from feedback.upkeep.fleeting_rows import leave_out_fleeting

EVERY: Final = 10.0
"""Seconds between two copies while a session is open: what can be lost at most when the disk is gone."""
_QUIET: Final = 60.0
_SHARE: Final = 0.1
"""The part of the time that copying may take: a large database is copied less often."""

NAME: Final = "feedback-now.db"


class Copying:
    """Makes the copies, when they are due."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] | None = None
        self._ledgers: tuple[object, ...] = ()
        self._next, self._quiet = 0.0, 0.0

    def look(self, folder: Path) -> Path | None:
        """Make a copy in ``folder`` when one is due; return it. Raises ``OSError``, and ``UserError`` as a backup.

        Ledgers are copied at every look, so that what was erased a moment ago does not come back with the database.
        """
        began = monotonic()
        if not store_path().exists():
            return None
        ledgers = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in ledger.files())
        if ledgers != self._ledgers and folder.exists():
            _copy_ledgers(folder)
            self._ledgers = ledgers
        if began < self._next or (began < self._quiet and not _session_is_open()):
            return None
        seen = (folder, version())
        self._next = began + EVERY
        if seen == self._seen:
            return None
        made = copy_to(folder)
        took = monotonic() - began
        self._seen, self._next, self._quiet = seen, began + max(EVERY, took / _SHARE), began + _QUIET
        return made


def copy_to(folder: Path) -> Path:
    """Copy the database as it is at one moment, and then the ledgers, to a folder; return the copy.

    Until it is whole and on that disk, the one before stays. Raises ``OSError`` and ``UserError``.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / NAME
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with open_store() as db, closing(sqlite3.connect(draft)) as copy:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            leave_out_fleeting(copy)
        must_be_whole(draft)
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    # After the database: what is gone from the copy stands in its ledger.
    _copy_ledgers(folder)
    return path


def _copy_ledgers(folder: Path) -> None:
    for source in ledger.files():
        draft = folder / f"{source.name}.part"
        shutil.copyfile(source, draft)
        draft.chmod(0o600)
        _put(draft, folder / source.name)


def _session_is_open() -> bool:
    with open_store() as db:
        return db.execute("SELECT 1 FROM sessions WHERE state = 'open' LIMIT 1").fetchone() is not None


def _put(draft: Path, path: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
