"""One at a time: a lock that the operating system lets go of when its process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from data.keeping.acts import look_again
from data.keeping.home import area_home
from language import UserError

_EVERY: Final = 0.01
"""Seconds between two looks whether it is one's turn."""


@contextmanager
def held(path: Path, *, shared: bool = False, until: float | None = None) -> Iterator[None]:
    """Hold the lock on the file at ``path`` (made where it is missing), alone or ``shared`` with others who share it.

    Waits for its turn, however long; with ``until`` (on the clock of ``monotonic``) no longer than that, and then
    raises ``TimeoutError``. It needs no right to write to the file: who may only read can still wait for a turn.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        _take(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, until)
        yield
    finally:
        os.close(file)


def _take(file: int, kind: int, until: float | None) -> None:
    if until is None:
        fcntl.flock(file, kind)
        return
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= until:
                raise TimeoutError from None
            sleep(_EVERY)
        else:
            return


@contextmanager
def locked(area_id: str, work: str) -> Iterator[None]:
    """Hold the lock on one kind of ``work`` (such as ``fetch``) for an area.

    Raises ``UserError`` at once when another process holds it, ``ChangedError`` when the act under way is on an old
    version of what is there.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(held(area_home(area_id) / f".{work}.lock", until=0))
        except TimeoutError as error:
            raise UserError(
                "Another process is doing this for area {area} already. Wait until it is done.", area=area_id
            ) from error
        look_again()
        yield


@contextmanager
def working_on(folder: Path, work: str) -> Iterator[None]:
    """Hold the lock on one kind of short ``work`` on files of a folder; who comes second waits.

    Raises ``ChangedError`` when the act under way is on an old version of what is there.
    """
    with held(folder / f".{work}.lock"):
        look_again()
        yield
