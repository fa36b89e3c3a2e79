"""How far a training is, told to who waits for it: people see a bar, programs read a line of JSON for each step."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tqdm import tqdm

from data.keeping.from_outside import parsed

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many: from 0 on, after every step."""


class Steps:
    """Counts the steps of one training, and tells of each."""

    def __init__(self, of: int, progress: Progress) -> None:
        self._done, self._of, self._progress = 0, of, progress
        progress(0, of)

    def done(self) -> None:
        """Count one more step."""
        self._done += 1
        self._progress(self._done, self._of)


def untold(_done: int, _of: int) -> None:
    """Tell nobody."""


def as_line(done: int, of: int) -> None:
    """Write a line to standard error that :func:`read_line` reads."""
    print(json.dumps({"done": done, "of": of}), file=sys.stderr, flush=True)


@contextmanager
def as_bar(shown: bool = True) -> Iterator[Progress]:
    """Yield what shows a bar on standard error from the first step on; nothing unless ``shown``."""
    with ExitStack() as stack:
        bar: Any = None

        def tell(done: int, of: int) -> None:
            nonlocal bar
            if bar is None:
                bar = stack.enter_context(tqdm(total=of, disable=not shown, unit="step"))
            bar.update(done - bar.n)

        yield tell


def read_line(line: str) -> tuple[int, int] | None:
    """Return how many steps are done and of how many, ``None`` for a line that :func:`as_line` did not write."""
    try:
        fields = parsed(line)
        done, of = fields["done"], fields["of"]
    except (ValueError, TypeError, KeyError):
        return None
    return (done, of) if isinstance(done, int) and isinstance(of, int) and 0 <= done <= of else None
