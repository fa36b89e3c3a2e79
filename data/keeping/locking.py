"""One at a time: a lock that the operating system lets go of when its process ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from data.keeping.home import area_home
from language import UserError


@contextmanager
def locked(area_id: str, work: str) -> Iterator[None]:
    """Hold the lock on one kind of ``work`` (such as ``fetch``) for an area.

    Raises ``UserError`` at once when another process holds it.
    """
    folder = area_home(area_id)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{work}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(
                "Another process is doing this for area {area} already. Wait until it is done.", area=area_id
            ) from error
        yield
