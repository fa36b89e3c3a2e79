"""Where users' state is kept while tests run: each folder of tests has a home of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def in_home(folder: Path) -> Iterator[None]:
    """Keep users' state in a folder for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(folder))
        yield
