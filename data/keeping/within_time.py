"""A limit of time on reading what comes from outside: whatever a file makes a reader do, it ends."""

import time
from collections.abc import Callable
from ctypes import c_ulong, py_object, pythonapi
from functools import wraps
from pathlib import Path
from threading import Event, Lock, Thread, get_ident, local
from typing import Final, ParamSpec, TypeVar

from language import UserError, message_id

P = ParamSpec("P")
T = TypeVar("T")

LIMIT_SECONDS: Final = 60.0
"""Seconds that a reader may compute on one file: ten times what the largest of the tests of scale asks."""

_ARRIVES: Final = 1.0
"""Seconds within which what was raised in a thread arrives there."""

_reading = local()


class _OverError(BaseException):
    """The time is over. No ``Exception``: a reader that goes on after whatever a library raises must not go on."""


def within_time(read: Callable[P, T]) -> Callable[P, T]:
    """Let a reader end with a ``UserError`` once it has computed for longer than :data:`LIMIT_SECONDS`.

    What counts is the processor time of its thread, so that waiting for a network or a busy machine costs nothing.
    A reader called by another shares its time. It ends between two steps of Python: one step of a library can take
    longer, so what is given to these is bounded by its size (``data.keeping.from_outside``).
    """

    @wraps(read)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
        if getattr(_reading, "now", False):
            return read(*args, **kwargs)
        watch = _Watch(LIMIT_SECONDS)
        try:
            _reading.now = True
            try:
                return read(*args, **kwargs)
            except _OverError:
                watch.arrived = True
                raise
            finally:
                _reading.now = False
                watch.end()
        except _OverError as error:
            raise _too_long(next((one for one in args if isinstance(one, Path)), None)) from error

    return bounded


class _Watch:
    """Looks after a thread from beside it, and raises in it when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._thread = get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._until = time.clock_gettime(self._clock) + seconds
        self._done, self._lock, self._raised = Event(), Lock(), False
        self.arrived = False
        Thread(target=self._look, name="within time", daemon=True).start()

    def _look(self) -> None:
        # A thread never computes longer than the time that passes, so this asks a few times only.
        left = 0.0
        while not self._done.wait(left):
            try:
                left = self._until - time.clock_gettime(self._clock)
            except OSError:  # the thread is gone
                return
            if left <= 0:
                break
        with self._lock:
            if not self._done.is_set():
                self._raised = True
                pythonapi.PyThreadState_SetAsyncExc(c_ulong(self._thread), py_object(_OverError))

    def end(self) -> None:
        """Stop looking. What was raised and did not arrive yet arrives here, and nowhere after it."""
        with self._lock:
            self._done.set()
        over = time.monotonic() + _ARRIVES
        while self._raised and not self.arrived and time.monotonic() < over:
            time.sleep(0.001)


def _too_long(path: Path | None) -> UserError:
    if path is None:
        return UserError(message_id("This takes too long to read. Leave out what you do not need, and try again."))
    return UserError("{file} takes too long to read. Leave out what you do not need, and try again.", file=path.name)
