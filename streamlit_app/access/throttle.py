"""Limits on wrong attempts: for each code and each browser, never for an address, and over all processes together.

A workshop room shares one address, so a limit by address would shut the room out. Right codes are never counted. The
counts lie in a small file of their own (``attempts.db``), which no backup holds: what stands there is over in a minute,
and a guesser must not make the database of the room write.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from threading import Lock
from time import monotonic
from typing import Any, Final

from data.keeping.home import home

_PATIENCE: Final = 2.0
"""Seconds to wait for another process."""

_REMEMBERED: Final = 20_000
_MADE: Final = "CREATE TABLE IF NOT EXISTS attempts (key TEXT NOT NULL, at REAL NOT NULL)"
_FOUND: Final = "CREATE INDEX IF NOT EXISTS attempts_by_key ON attempts (key, at)"


class Throttle:
    """At most ``allowed`` wrong attempts in ``seconds`` for each key; then waiting until the oldest is past.

    ``name`` tells the counts of one throttle from those of another. Moments are those of the machine's steady clock,
    which all its processes share; one that lies ahead is from before the machine was started anew, and void.
    """

    def __init__(self, name: str, allowed: int, seconds: float) -> None:
        self._name, self._allowed, self._seconds = name, allowed, seconds
        self._lock = Lock()
        self._here: sqlite3.Connection | None = None
        self._until: dict[str, float] = {}

    def wait(self, key: str) -> float:
        """Return how many seconds ``key`` must wait; 0 when it may try.

        Who must wait is remembered here, so that a guesser who goes on asking is answered without a look at the file.
        """
        if (known := self._until.get(key, 0.0) - monotonic()) > 0:
            return known if known <= self._seconds else 0.0

        def look(db: sqlite3.Connection) -> float:
            now = monotonic()
            sql = "SELECT at FROM attempts WHERE key = ? AND at > ? AND at <= ? ORDER BY at DESC LIMIT 1 OFFSET ?"
            row = db.execute(sql, [self._key(key), now - self._seconds, now, self._allowed - 1]).fetchone()
            return row[0] + self._seconds - now if row else 0.0

        if self._here is None and not (home() / "attempts.db").exists():
            return 0.0
        rest = float(self._with(look))
        if rest > 0:
            if len(self._until) > _REMEMBERED:
                self._until.clear()
            self._until[key] = monotonic() + rest
        return rest

    def wrong(self, key: str) -> None:
        """Count one wrong attempt of ``key``."""

        def count(db: sqlite3.Connection) -> None:
            now = monotonic()
            db.execute(
                "DELETE FROM attempts WHERE key LIKE ? AND (at <= ? OR at > ?)",
                [*self._all(), now - self._seconds, now],
            )
            db.execute("INSERT INTO attempts (key, at) VALUES (?, ?)", [self._key(key), now])

        self._with(count)

    def counted(self) -> int:
        """Return how many wrong attempts are remembered."""
        sql = "SELECT count(*) FROM attempts WHERE key LIKE ?"
        return int(self._with(lambda db: db.execute(sql, self._all()).fetchone()[0]))

    def forget(self) -> None:
        """Forget all attempts."""
        self._until.clear()
        self._with(lambda db: db.execute("DELETE FROM attempts WHERE key LIKE ?", self._all()))

    def _key(self, key: str) -> str:
        return f"{self._name} {key}"

    def _all(self) -> list[str]:
        return [f"{self._name} %"]

    def _with(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something with the counts; where their file cannot be used, with those of this process alone."""
        path = home() / "attempts.db"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
            with closing(sqlite3.connect(path, timeout=_PATIENCE)) as db, db:
                db.execute("PRAGMA synchronous = OFF")
                db.execute(_MADE)
                db.execute(_FOUND)
                return act(db)
        except (OSError, sqlite3.Error):
            with self._lock:
                if self._here is None:
                    self._here = sqlite3.connect(":memory:", check_same_thread=False)
                    self._here.execute(_MADE)
                with self._here:
                    return act(self._here)
