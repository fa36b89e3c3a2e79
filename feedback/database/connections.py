"""Connections to a database, kept open between calls: opening one costs many times what a look at a row does.

A kept connection is idle: what a call left unread is let go of when it gives the connection back, so that it holds up
no checkpoint and no erasure. One in which something went wrong is closed, and so are all as soon as another file stands
at the path.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from sqlite_utils import Database

from data.keeping.locking import held
from feedback.database.migrations import migration_sets

_MOST_IDLE: Final = 8
"""Idle connections of a file that are kept; each may hold two megabytes of pages."""

PATIENCE: Final = 20.0
"""Seconds to wait for others before giving up."""


class _Connection(sqlite3.Connection):
    """A connection that knows which of its cursors are still there, for one half read would go on reading."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *arguments: Any, **options: Any) -> Any:
        return self._noted(super().cursor(*arguments, **options))

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        return self._noted(super().execute(*arguments))

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        return self._noted(super().executemany(*arguments))

    def _noted(self, cursor: sqlite3.Cursor) -> sqlite3.Cursor:
        self._cursors.add(cursor)
        return cursor

    def settle(self) -> None:
        """Stop all reading, and take back what was begun and not committed, as closing does."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()
        if self.in_transaction:
            self.rollback()


class _Kept:
    """The connections to one file that are open now; ``number`` is another one for each time that it was prepared.

    One of them, the ``keeper``, is lent to nobody. When the last connection to a database closes, SQLite empties and
    deletes its log, which costs more than the write itself. The keeper is never the last as long as the process lives.
    """

    _numbers = count(1)

    def __init__(self, path: Path) -> None:
        self.number = next(self._numbers)
        self.file = _file(path)
        self._lock = threading.Lock()
        self._idle: list[Database] = []
        self._open = True
        self._keeper = connect(path, PATIENCE)
        self._keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def take(self, path: Path, patience: float) -> Database:
        with self._lock:
            db = self._idle.pop() if self._idle else None
        if db is None:
            return Database(connect(path, patience))
        db.conn.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        return db

    def put_back(self, db: Database) -> None:
        with self._lock:
            if self._open and len(self._idle) < _MOST_IDLE:
                self._idle.append(db)
                return
        db.conn.close()

    def version(self) -> tuple[int, int] | None:
        """Return what changes with every change to the file, by whatever connection; ``None`` when it was closed."""
        with self._lock:
            if not self._open:
                return None
            return self.number, int(self._keeper.execute("PRAGMA data_version").fetchone()[0])

    def close_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for db in idle:
            db.conn.close()

    def close(self) -> None:
        """Close what is open, the keeper last; what is lent now is closed when it comes back."""
        with self._lock:
            self._open = False
        self.close_idle()
        self._keeper.close()


class _Here:
    """What this process keeps: by path."""

    def __init__(self) -> None:
        self.kept: dict[Path, _Kept] = {}
        self.preparing = threading.Lock()
        self._inherited: list[dict[Path, _Kept]] = []

    def begin_anew(self) -> None:
        """In a process that was forked off: its parent's connections are neither used nor closed, as SQLite asks."""
        self._inherited.append(self.kept)
        self.kept, self.preparing = {}, threading.Lock()


_here = _Here()
os.register_at_fork(after_in_child=_here.begin_anew)


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open a connection of one's own, which waits ``patience`` seconds for others."""
    connection = sqlite3.connect(path, timeout=patience, check_same_thread=False, factory=_Connection)
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def lent(path: Path, patience: float) -> Iterator[Database]:
    """Lend a connection to the database, to nobody else as long as the block runs; missing tables are made first.

    Whoever asks holds the database (``holding``), so that no other file takes its place meanwhile. Raises what SQLite
    raises, and ``OSError``.
    """
    kept = _prepared(path)
    db = kept.take(path, patience)
    try:
        yield db
        connection = db.conn
        assert isinstance(connection, _Connection)
        connection.settle()
    except BaseException:
        db.conn.close()
        raise
    kept.put_back(db)


def version(path: Path) -> tuple[int, int] | None:
    """Return what is another one as soon as anybody changed the database; ``None`` when it must be prepared first."""
    kept = _here.kept.get(path)
    return kept.version() if kept is not None and kept.file == _file(path) else None


def close(path: Path) -> None:
    """Close all connections that are idle: the log is taken in, and one file is left."""
    with _here.preparing:
        kept = _here.kept.pop(path, None)
    if kept is not None:
        kept.close()


def close_idle(path: Path) -> None:
    """Close the idle connections but the keeper: pages that they remember may hold words that were deleted."""
    kept = _here.kept.get(path)
    if kept is not None:
        kept.close_idle()


def migrate(path: Path) -> list[str]:
    """Make the database and all its tables; return the names of the migrations that were applied now."""
    with held(path.with_name(f".{path.name}.lock")):
        path.touch(mode=0o600)
        connection = connect(path, PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            db = Database(connection)
            applied = []
            for migrations in migration_sets():
                applied += [f"{migrations.name}.{pending.name}" for pending in migrations.pending(db)]
                migrations.apply(db)
            return applied
        finally:
            connection.close()


def _prepared(path: Path) -> _Kept:
    """Make missing tables once per process and file; a file that was replaced meanwhile is looked at again."""
    kept = _here.kept.get(path)
    if kept is not None and kept.file == _file(path):
        return kept
    with _here.preparing:
        kept = _here.kept.get(path)
        if kept is None or kept.file != _file(path):
            migrate(path)
            if path in _here.kept:
                _here.kept.pop(path).close()
            kept = _here.kept[path] = _Kept(path)
        return kept


def _file(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path, whatever it is called; ``None`` when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
