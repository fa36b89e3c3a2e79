"""All that users made of the areas in one file, to be kept elsewhere."""

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from data.keeping.home import home

_MADE_AGAIN: Final = {"models", "snapshots", "backtest", "cache", "earlier"}
"""What can be made again from the rest, or is a copy of it."""


@contextmanager
def packed_areas() -> Iterator[IO[bytes]]:
    """Yield the areas of users' state as a tar.gz file, open for reading: counts, weather, events, decisions, settings.

    Models and snapshots are left out: they are made again from these. Nothing secret is in it, and nothing of what
    people said.
    """
    with tempfile.TemporaryFile() as file:
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            for path in (home() / "areas", home() / "settings.toml"):
                if path.exists():
                    tar.add(path, path.name, filter=_wanted)
        file.seek(0)
        yield file


def _wanted(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    path = Path(entry.name)
    hidden = any(step.startswith(".") for step in path.parts)
    made_again = len(path.parts) > 2 and path.parts[2] in _MADE_AGAIN
    return None if hidden or made_again or path.suffix in (".log", ".lock") else entry
