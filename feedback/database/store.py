"""The database of what people say: one SQLite file, with a connection lent per call.

What is acknowledged is kept (``synchronous=FULL``), what is deleted is overwritten (``secure_delete``), and readers
do not wait for a writer (WAL). Its tables are described in ``docs/feedback-database.md``; it can be read with plain
sqlite3 or Datasette.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from data.keeping.acts import look_again, under_way
from data.keeping.home import home
from feedback.database import audit, connections
from feedback.database.connections import PATIENCE
from feedback.database.holding import alone, together
from feedback.database.unavailable import busy, in_words


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
    """Open the database for reading or single statements; what is not read when the block ends is let go of.

    The first time in a process, missing tables are made. ``patience`` is how many seconds to wait for others.
    Raises ``UnavailableError`` when the database is locked for longer, the disk is full, or the file is damaged.
    """
    path = path or store_path()
    with in_words(path), together(path, patience), connections.lent(path, patience) as db:
        yield db


def try_reading(path: Path | None = None, *, patience: float = PATIENCE) -> None:
    """Read a little of the database. Raises ``UnavailableError`` as :func:`open_store` does when that does not work."""
    with open_store(path, patience=patience) as db:
        db.execute("SELECT count(*) FROM sessions").fetchone()


@contextmanager
def change_store(path: Path | None = None, *, patience: float = PATIENCE) -> Iterator[Database]:
    """Open the database for one change: all of the block is kept, or none of it when it raises.

    Threads of one process queue here instead of in SQLite, which lets the unlucky wait long. When the block has
    ended, what it wrote is on the disk. Looking whether the act under way is on the newest version, changing, and the
    line in the audit log are one transaction. Raises ``UnavailableError`` as :func:`open_store` does, and
    ``ChangedError`` for an old version.
    """
    path = path or store_path()
    queue, act = _queues[path], under_way() if path == store_path() else None
    with open_store(path, patience=patience) as db:
        if not queue.enter(patience):
            raise busy()
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                if act:
                    look_again()
                yield db
                unwritten = act if act and act.logged and not act.noted else None
                if unwritten:
                    audit.note(db, unwritten)
                db.conn.execute("COMMIT")
                if unwritten:
                    unwritten.noted = True
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
        forget_pages(path)  # who holds it alone looks at the file itself
        yield


def close_store(path: Path | None = None) -> None:
    """Let go of the database when the work is done, so that its log is taken in and one file is left."""
    connections.close(path or store_path())


def forget_pages(path: Path | None = None) -> None:
    """Let go of the pages that this process remembers: they may differ from a file that is damaged, or hold words that
    were erased."""
    connections.close_idle(path or store_path())


def select(db: Database, table: str, where: str, *values: object, order_by: str = "rowid") -> list[dict[str, Any]]:
    """Return the rows of a table by column name; ``table``, ``where`` and ``order_by`` are SQL of this project.

    As ``Table.rows_where`` of sqlite-utils, which first lists all tables to see whether this one exists, and makes a
    savepoint for each reading: most of the cost of a look at a room in which two hundred phones ask.
    """
    found = db.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {order_by}", list(values))  # noqa: S608
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def version(path: Path | None = None) -> tuple[int, int]:
    """Return what is another one as soon as anybody, in any process, changed the database.

    Raises ``UnavailableError`` as :func:`open_store` does.
    """
    path = path or store_path()
    with in_words(path):
        while (found := connections.version(path)) is None:
            with together(path, PATIENCE), connections.lent(path, PATIENCE):
                pass  # that prepares it
        return found


def initialise(path: Path | None = None) -> list[str]:
    """Make the database and all its tables; return the names of the migrations that were applied now."""
    path = path or store_path()
    with in_words(path):
        return connections.migrate(path)
