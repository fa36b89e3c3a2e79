"""Ledgers: files to which lines are only added, such as what a backup that is put back must not bring to life again.

One JSON object a line, written to the disk before what it tells is acknowledged. They hold ids, never words or codes.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from data.keeping.home import home, written_whole

KNOWN: Final = ("access", "acts", "erasures")
"""The ledgers by name."""


def append(name: str, *lines: Mapping[str, Any]) -> None:
    """Add lines to the ledger called ``name``; when this returns, they are on the disk.

    A line that was cut off when the machine stopped stays alone: what follows begins on a line of its own.
    """
    if not lines:
        return
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    with _held(name), path.open("ab") as file:
        cut_off = file.tell() > 0 and not _ends_whole(path)
        text = ("\n" if cut_off else "") + "".join(json.dumps(line) + "\n" for line in lines)
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        path.chmod(0o600)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read(name: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a ledger, the oldest first; one that was cut off was never acknowledged and is left out."""
    yield from _lines(_path(name))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8", "replace").splitlines() if path.exists() else ():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def files() -> list[Path]:
    """Return the ledgers that there are."""
    return [path for path in map(_path, KNOWN) if path.exists()]


def take_in(folder: Path) -> int:
    """Add to the ledgers what those in another folder say and ours do not; return how many lines that were.

    For when the disk is gone, and the copies elsewhere are all there is.
    """
    taken = 0
    for name in KNOWN:
        other = folder / _path(name).name
        if other.resolve() != _path(name).resolve():
            known = {json.dumps(line) for line in read(name)}
            missing = [line for line in _lines(other) if json.dumps(line) not in known]
            append(name, *missing)
            taken += len(missing)
    return taken


def trim(name: str, moment: str, before: str) -> int:
    """Drop the lines whose field ``moment`` (UTC, ISO 8601) lies before ``before``; return how many those were."""
    return keep(name, lambda line: line[moment] >= before)


def keep(name: str, wanted: Callable[[dict[str, Any]], bool]) -> int:
    """Drop the lines that are not ``wanted``; return how many those were."""
    with _held(name):
        lines = list(read(name))
        kept = [line for line in lines if wanted(line)]
        if len(kept) < len(lines):
            with written_whole(_path(name)) as path:
                path.write_text("".join(json.dumps(line) + "\n" for line in kept), "utf-8")
    return len(lines) - len(kept)


@contextmanager
def _held(name: str) -> Iterator[None]:
    """Hold a ledger over all processes: a line that is added while others are dropped must not go with them."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f".{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _path(name: str) -> Path:
    return home() / f"{name}.jsonl"


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
