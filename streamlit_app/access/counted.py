"""What all processes count together and forget within minutes: a small file beside the database (``attempts.db``).

No backup holds it, and a stranger who keeps it busy keeps nothing else busy. Where it cannot be used, each process
counts for itself. Moments in it are those of the machine's steady clock, which all its processes share.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final, TypeVar

from data.keeping.home import home

T = TypeVar("T")

_PATIENCE: Final = 2.0
"""Seconds to wait for another process."""

_LONGEST: Final = 3600.0
"""Seconds after which no wrong attempt counts, whatever it was."""

_MADE: Final = """
    PRAGMA synchronous = OFF;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS attempts (key TEXT NOT NULL, at REAL NOT NULL);
    CREATE INDEX IF NOT EXISTS attempts_by_key ON attempts (key, at);
    CREATE TABLE IF NOT EXISTS allowances (
        name TEXT NOT NULL, key TEXT NOT NULL, rest REAL NOT NULL, at REAL NOT NULL, whole REAL NOT NULL,
        PRIMARY KEY (name, key)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS allowances_by_whole ON allowances (name, whole);
    CREATE TABLE IF NOT EXISTS salts (day TEXT PRIMARY KEY, salt TEXT NOT NULL) WITHOUT ROWID;
"""
"""What is counted: wrong attempts; what is left to each, until it is ``whole`` again; and what makes names of a day."""


class _Counts:
    """One connection of this process, kept open while its file is the one that is there."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._is: tuple[Path, int, int] | None = None
        self._alone: sqlite3.Connection | None = None

    def together(self, act: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            try:
                return self._in(self._opened(), act)
            except (OSError, sqlite3.Error) as error:
                self._close()
                if type(error) is sqlite3.DatabaseError:  # damaged: nothing in it is worth mending
                    _path().unlink(missing_ok=True)
                if self._alone is None:
                    self._alone = _open(":memory:")
                return self._in(self._alone, act)

    def are_made(self) -> bool:
        return self._alone is not None or _path().exists()

    @staticmethod
    def _in(db: sqlite3.Connection, act: Callable[[sqlite3.Connection], T]) -> T:
        db.execute("BEGIN IMMEDIATE")
        try:
            done = act(db)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.rollback()
            raise
        return done

    def _opened(self) -> sqlite3.Connection:
        path = _path()
        if self._file is not None and self._is == _which(path):
            return self._file
        self._close()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        self._file, self._is = _open(str(path)), _which(path)
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = self._is = None


def _path() -> Path:
    return home() / "attempts.db"


def _which(path: Path) -> tuple[Path, int, int] | None:
    """Return which file a path leads to now: another one may have taken its place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path, found.st_dev, found.st_ino


def _open(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(_MADE)
    except sqlite3.Error:
        db.close()
        raise
    return db


_counts: Final = _Counts()


def together(act: Callable[[sqlite3.Connection], T]) -> T:
    """Do something with the counts in one transaction; return what it returns."""
    return _counts.together(act)


def are_made() -> bool:
    """Return whether anything was counted yet."""
    return _counts.are_made()


def let_go(day: str) -> None:
    """Let go of what is over at the moment, also where nobody asks any more; ``day`` (ISO 8601) is today in UTC."""
    if not are_made():
        return

    def clean(db: sqlite3.Connection) -> None:
        now = monotonic()
        db.execute("DELETE FROM attempts WHERE at <= ? OR at > ?", [now - _LONGEST, now])
        db.execute("DELETE FROM allowances WHERE whole <= ? OR at > ?", [now, now])
        db.execute("DELETE FROM salts WHERE day <> ?", [day])

    together(clean)
