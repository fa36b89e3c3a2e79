"""Where things are kept: what ships with the project, and the one folder of what its users make.

Users' state lives in ``var/`` at the repository root, or in the folder that ``CSM_HOME`` names instead.
Files of an area are looked up in users' state first, then in ``data/areas/``.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).parents[1] / "areas"


def home() -> Path:
    """Return the folder of users' state (it may not exist yet)."""
    return _home(os.environ.get("CSM_HOME"), Path.cwd())


@lru_cache(maxsize=8)
def _home(named: str | None, cwd: Path) -> Path:
    """Asked for dozens of times in every rerun of a page; finding out where links lead takes longest of all."""
    return (cwd / Path(named).expanduser()).resolve() if named else Path(__file__).parents[2] / "var"


def area_home(area_id: str) -> Path:
    """Return the folder of users' state for one area (it may not exist yet)."""
    return home() / "areas" / area_id


def find(area_id: str, *names: str) -> Path | None:
    """Return the first of ``names`` that exists for the area: users' state first, then what ships."""
    for folder in (area_home(area_id), SHIPPED / area_id):
        for name in names:
            if (folder / name).exists():
                return folder / name
    return None


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that replaces it when the block ends without an error.

    A reader sees the old file or the new one, never a half, also when the process is killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
