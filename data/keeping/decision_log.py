"""Logs of decisions: files to which lines are only added, and of which no line is passed over.

Unlike the ledgers (``data.keeping.ledger``), they hold words, and people may read and mend them.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from data.keeping.locking import working_on
from language import UserError

T = TypeVar("T")


def add_line(path: Path, decided: Mapping[str, Any]) -> None:
    """Add a decision to a log; two who write at once wait for each other."""
    with working_on(path.parent, path.stem), path.open("a", encoding="utf-8") as log:
        path.chmod(0o600)
        log.write(as_line(decided))


def as_line(decided: Mapping[str, Any]) -> str:
    """Return a decision as a line of a log."""
    return json.dumps(decided, ensure_ascii=False) + "\n"


def lines_of(path: Path, read: Callable[[bytes], T], wrong: str) -> list[T]:
    """Return the lines of a log as ``read`` reads them, the oldest first.

    Raises ``UserError`` with the sentence ``wrong`` (of ``row`` and ``file``) at the first that it cannot
    (``ValueError``).
    """
    found: list[T] = []
    for row, text in enumerate(path.read_bytes().splitlines() if path.exists() else (), start=1):
        try:
            found.append(read(text))
        except ValueError as error:
            raise UserError(wrong, row=row, file=path) from error
    return found
