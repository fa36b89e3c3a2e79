"""Limits on wrong attempts, kept in memory: for each code and each browser, never for an address.

A workshop room shares one address, so a limit by address would shut the room out. Right codes are never counted.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Final

_REMEMBERED: Final = 20_000


class Throttle:
    """At most ``allowed`` wrong attempts in ``seconds`` for each key; then waiting until the oldest is past."""

    def __init__(self, allowed: int, seconds: float) -> None:
        self._allowed, self._seconds = allowed, seconds
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Return how many seconds ``key`` must wait; 0 when it may try."""
        with self._lock:
            recent = self._recent(key)
            return recent[0] + self._seconds - monotonic() if len(recent) >= self._allowed else 0.0

    def wrong(self, key: str) -> None:
        """Count one wrong attempt of ``key``."""
        with self._lock:
            recent = [*self._recent(key), monotonic()][-self._allowed :]
            self._wrong[key] = recent
            self._wrong.move_to_end(key)
            if len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def forget(self) -> None:
        """Forget all attempts."""
        with self._lock:
            self._wrong.clear()

    def _recent(self, key: str) -> list[float]:
        since = monotonic() - self._seconds
        return [moment for moment in self._wrong.get(key, []) if moment > since]
