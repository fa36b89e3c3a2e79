"""Holding the database: together by all who read and write, or alone by who puts another one in its place.

SQLite's own locks let a write through in the moment between a copy and its replacement, and know nothing of a file
that was replaced. These locks hold over all processes, and go with the process that took them.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import FileIO
from pathlib import Path
from time import monotonic, sleep
from typing import Final

_EVERY: Final = 0.01
"""Seconds between two looks whether it is one's turn."""


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
    with closing(_lock_file(path, "use")) as use:
        with closing(_lock_file(path, "turn")) as turn:
            deadline = monotonic() + patience
            _take(turn, fcntl.LOCK_SH, deadline)
            _take(use, fcntl.LOCK_SH, deadline)
        with _marked(path):
            yield


@contextmanager
def alone(path: Path, patience: float) -> Iterator[None]:
    """Hold the database at ``path`` alone: wait for who is in it, and let nobody else in.

    Raises ``TimeoutError`` when somebody stays in it for longer.
    """
    with closing(_lock_file(path, "turn")) as turn, closing(_lock_file(path, "use")) as use:
        deadline = monotonic() + patience
        # Whoever holds the turn lets nobody new in, so those inside become fewer and it comes to an end.
        _take(turn, fcntl.LOCK_EX, deadline)
        _take(use, fcntl.LOCK_EX, deadline)
        with _marked(path):
            yield


@contextmanager
def _marked(path: Path) -> Iterator[None]:
    _held.paths.append(path)
    try:
        yield
    finally:
        _held.paths.remove(path)


def _lock_file(path: Path, name: str) -> FileIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A lock needs no right to write: who may only read can still wait for a turn.
    return FileIO(os.open(path.with_name(f".{path.name}.{name}"), os.O_RDONLY | os.O_CREAT, 0o600))


def _take(file: FileIO, kind: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= deadline:
                raise TimeoutError from None
            sleep(_EVERY)
        else:
            return
