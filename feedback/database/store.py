"""The database of what people say: one SQLite file, opened per call.

What is acknowledged is kept (``synchronous=FULL``), what is deleted is overwritten (``secure_delete``), and readers
do not wait for a writer (WAL). Its tables are described in ``docs/feedback-database.md``; it can be read with plain
sqlite3 or Datasette.
"""

import sqlite3
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from data.keeping.home import home
from data.keeping.locking import held
from feedback.database.holding import alone, together
from feedback.database.migrations import migration_sets
from feedback.database.unavailable import busy, in_words

PATIENCE: Final = 20.0
"""Seconds to wait for other writers before giving up."""

_keepers: dict[Path, tuple[int, sqlite3.Connection]] = {}
"""By path: the number of the file that was prepared, and an idle connection to it.

When the last connection to a database closes, SQLite empties and deletes its log, which costs more than the write
itself. The idle one is never the last as long as the process lives, and holds nobody up.
"""

_preparing = threading.Lock()


class _Queue:
    """One at a time, in the order of arrival: a plain lock lets late comers pass, and then the unlucky wait long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, patience: float) -> bool:
        """Wait for one's turn; return whether it came within ``patience`` seconds."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=patience):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
            return True  # it came at the very last moment

    def leave(self) -> None:
        """Give the turn to who waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_queues: defaultdict[Path, _Queue] = defaultdict(_Queue)


def store_path() -> Path:
    """Return where the database is (it may not exist yet)."""
    return home() / "feedback.db"


@contextmanager
def open_store(path: Path | None = None, *, patience: float = PATIENCE) -> Iterator[Database]:
    """Open the database for reading or single statements; it is closed when the block ends.

    The first time in a process, missing tables are made. ``patience`` is how many seconds to wait for others.
    Raises ``UnavailableError`` when the database is locked for longer, the disk is full, or the file is damaged.
    """
    path = path or store_path()
    with in_words(path), together(path, patience):
        _prepare(path)
        connection = _connect(path, patience)
        try:
            yield Database(connection)
        finally:
            connection.close()


@contextmanager
def change_store(path: Path | None = None, *, patience: float = PATIENCE) -> Iterator[Database]:
    """Open the database for one change: all of the block is kept, or none of it when it raises.

    Threads of one process queue here instead of in SQLite, which lets the unlucky wait long. When the block has
    ended, what it wrote is on the disk. Raises ``UnavailableError`` as :func:`open_store` does.
    """
    path = path or store_path()
    queue = _queues[path]
    with open_store(path, patience=patience) as db:
        if not queue.enter(patience):
            raise busy()
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.conn.execute("COMMIT")
            except BaseException:
                if db.conn.in_transaction:
                    db.conn.rollback()
                raise
        finally:
            queue.leave()


@contextmanager
def hold_store(path: Path | None = None, *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep everybody else out of the database, in every process: they wait, and go on in what stands there then.

    Raises ``UnavailableError`` when somebody stays in it for longer than ``patience`` seconds.
    """
    path = path or store_path()
    with in_words(path), alone(path, patience):
        yield


def close_store(path: Path | None = None) -> None:
    """Let go of the database when the work is done, so that its log is taken in and one file is left."""
    with _preparing:
        kept = _keepers.pop(path or store_path(), None)
        if kept is not None:
            kept[1].close()


def select(db: Database, table: str, where: str, *values: object, order_by: str = "rowid") -> list[dict[str, Any]]:
    """Return the rows of a table by column name; ``table``, ``where`` and ``order_by`` are SQL of this project.

    As ``Table.rows_where`` of sqlite-utils, which first lists all tables to see whether this one exists: half the cost
    of a look at a room in which two hundred phones ask.
    """
    return list(db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY {order_by}", list(values)))  # noqa: S608


def version(path: Path | None = None) -> tuple[int, int]:
    """Return what is another one as soon as anybody, in any process, changed the database.

    Raises ``UnavailableError`` as :func:`open_store` does.
    """
    path = path or store_path()
    with in_words(path):
        if not _is_prepared(path):
            with together(path, PATIENCE):
                _prepare(path)
        with _preparing:
            if path not in _keepers:  # let go of just now
                return 0, 0
            number, keeper = _keepers[path]
            return number, int(keeper.execute("PRAGMA data_version").fetchone()[0])


def initialise(path: Path | None = None) -> list[str]:
    """Make the database and all its tables; return the names of the migrations that were applied now."""
    path = path or store_path()
    with in_words(path):
        return _migrate(path)


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, check_same_thread=False)
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _prepare(path: Path) -> None:
    """Make missing tables once per process and file; a file that was replaced meanwhile is looked at again."""
    if _is_prepared(path):
        return
    with _preparing:
        if not _is_prepared(path):
            _migrate(path)
            if path in _keepers:
                _keepers.pop(path)[1].close()
            keeper = _connect(path, PATIENCE)
            keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _keepers[path] = (path.stat().st_ino, keeper)


def _is_prepared(path: Path) -> bool:
    return path in _keepers and path.exists() and path.stat().st_ino == _keepers[path][0]


def _migrate(path: Path) -> list[str]:
    with held(path.with_name(f".{path.name}.lock")):
        path.touch(mode=0o600)
        connection = _connect(path, PATIENCE)
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
