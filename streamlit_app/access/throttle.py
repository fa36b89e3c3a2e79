"""Limits on wrong attempts: for each code and each browser, never for an address, and over all processes together.

A workshop room shares one address, so a limit by address would shut the room out. Right codes are never counted.
"""

import sqlite3
from time import monotonic
from typing import Final

from streamlit_app.access import counted

_REMEMBERED: Final = 20_000


class Throttle:
    """At most ``allowed`` wrong attempts in ``seconds`` for each key; then waiting until the oldest is past.

    ``name`` tells the counts of one throttle from those of another. A moment that lies ahead is from before the machine
    was started anew, and void.
    """

    def __init__(self, name: str, allowed: int, seconds: float) -> None:
        self._name, self._allowed, self._seconds = name, allowed, seconds
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

        if not counted.are_made():
            return 0.0
        rest = counted.together(look)
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

        counted.together(count)

    def counted(self) -> int:
        """Return how many wrong attempts are remembered."""
        sql = "SELECT count(*) FROM attempts WHERE key LIKE ?"
        return int(counted.together(lambda db: db.execute(sql, self._all()).fetchone())[0])

    def forget(self) -> None:
        """Forget all attempts."""
        self._until.clear()
        counted.together(lambda db: db.execute("DELETE FROM attempts WHERE key LIKE ?", self._all()))

    def _key(self, key: str) -> str:
        return f"{self._name} {key}"

    def _all(self) -> list[str]:
        return [f"{self._name} %"]
