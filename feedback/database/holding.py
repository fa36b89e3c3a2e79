"""Holding the database: together by all who read and write, or alone by who puts another one in its place.

SQLite's own locks let a write through in the moment between a copy and its replacement, and know nothing of a file
that was replaced. These locks hold over all processes, and go with the process that took them.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

from data.keeping.locking import held


class _Held(threading.local):
    """Which databases this thread holds already: what it does inside needs no second turn."""

    def __init__(self) -> None:
        self.paths: list[Path] = []


_held = _Held()


@contextmanager
def together(path: Path, patience: float) -> Iterator[None]:
    """Hold the database at ``path`` beside others. Raises ``TimeoutError`` when somebody holds it alone for longer."""
    if path in _held.paths:
        yield
        return
    until = monotonic() + patience
    with ExitStack() as stack:
        with held(_lock_file(path, "turn"), shared=True, until=until):
            stack.enter_context(held(_lock_file(path, "use"), shared=True, until=until))
        with _marked(path):
            yield


@contextmanager
def alone(path: Path, patience: float) -> Iterator[None]:
    """Hold the database at ``path`` alone: wait for who is in it, and let nobody else in.

    Raises ``TimeoutError`` when somebody stays in it for longer.
    """
    until = monotonic() + patience
    # Whoever holds the turn lets nobody new in, so those inside become fewer and it comes to an end.
    with held(_lock_file(path, "turn"), until=until), held(_lock_file(path, "use"), until=until), _marked(path):
        yield


@contextmanager
def _marked(path: Path) -> Iterator[None]:
    _held.paths.append(path)
    try:
        yield
    finally:
        _held.paths.remove(path)


def _lock_file(path: Path, name: str) -> Path:
    return path.with_name(f".{path.name}.{name}")
