"""Keeping workbooks: one file each in ``workbooks/`` of users' state, found by ids that cannot be guessed.

A workbook has two ids. Whoever has the one for *editing* (``w…``) may change it. The one for *reading* (``r…``) is
a hash of it, and the name of the file: who can read cannot find out how to edit. The one for editing is not kept here.
"""

import hashlib
import re
import secrets
from base64 import b32encode
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from data.keeping.acts import look_again
from data.keeping.home import home, written_whole
from data.keeping.locking import held
from language import UserError
from reports.workbook import Kept, Workbook

KEPT_FOR: Final = timedelta(days=400)
"""A workbook that nobody changed for this long is deleted: a season and the next, with a margin."""
LARGEST: Final = 12_000_000
"""Bytes of one workbook."""
ROOM: Final = 2_000_000_000
"""Bytes of all workbooks together."""

_BITS: Final = 160
_ID: Final = re.compile(r"[rw][a-z2-7]{32}")


def begin() -> str:
    """Begin an empty workbook and return the id for editing it. Old ones are deleted first.

    Raises ``UserError`` when there is no room left.
    """
    forget_old(datetime.now(UTC))
    if sum(path.stat().st_size for path in _folder().glob("*.json")) > ROOM:
        raise UserError("There is no room for new workbooks on this server. Tell the steward.")
    edit_id = "w" + _letters(secrets.token_bytes(_BITS // 8))
    _write(_path(edit_id), Workbook.empty())
    return edit_id


def may_edit(workbook_id: str) -> bool:
    """Return whether this id is one for editing."""
    return workbook_id.startswith("w")


def read_id_of(workbook_id: str) -> str:
    """Return the id for reading of the workbook with this id. Raises ``UserError`` when it is no such id."""
    if not _ID.fullmatch(workbook_id):
        raise UserError("This link to a workbook is damaged. Ask for the link again.")
    if not may_edit(workbook_id):
        return workbook_id
    return "r" + _letters(hashlib.sha256(b"read " + workbook_id.encode()).digest()[: _BITS // 8])


def load(workbook_id: str) -> Workbook:
    """Read a workbook by either id. Raises ``UserError`` when it is not here, or damaged."""
    path = _path(workbook_id)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise UserError(
            "This workbook is not here. It may have been deleted, or it was made on another server."
        ) from error
    except ValidationError as error:
        raise UserError("This workbook is damaged, or was made by a newer version of this program.") from error


def change(edit_id: str, how: Callable[[Workbook], Workbook]) -> Workbook:
    """Change a workbook and return it as it is now. Two that change it at once follow each other.

    Raises ``UserError`` when the id is not one for editing, there is no such workbook, or it gets too large.
    """
    if not may_edit(edit_id):
        raise UserError("You can read this workbook, but not change it. Make a copy to change.")
    path = _path(edit_id)
    load(edit_id)
    with held(path.with_suffix(".lock")):
        look_again()
        changed = how(load(edit_id))
        _write(path, changed)
    return changed


def add(edit_id: str, kept: Kept) -> Workbook:
    """Put a result at the end of a workbook, whatever somebody else did to it meanwhile. Raises as :func:`change`."""
    return change(edit_id, lambda workbook: workbook.adding(kept))


def copy(workbook_id: str) -> str:
    """Copy a workbook and return the id for editing the copy. Raises ``UserError`` as ``load`` and ``begin`` do."""
    original = load(workbook_id)
    edit_id = begin()
    change(edit_id, lambda _: original)
    return edit_id


def delete(edit_id: str) -> None:
    """Delete a workbook. Raises ``UserError`` when the id is not one for editing."""
    if not may_edit(edit_id):
        raise UserError("You can read this workbook, but not change it. Make a copy to change.")
    path = _path(edit_id)
    with held(path.with_suffix(".lock")):
        look_again()
        _remove(path)


def forget_old(now: datetime) -> None:
    """Delete the workbooks that nobody changed for :data:`KEPT_FOR`."""
    for path in _folder().glob("r*.json"):
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - KEPT_FOR:
                _remove(path)


def _folder() -> Path:
    return home() / "workbooks"


def _path(workbook_id: str) -> Path:
    return _folder() / f"{read_id_of(workbook_id)}.json"


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".lock").unlink(missing_ok=True)


def _write(path: Path, workbook: Workbook) -> None:
    text = workbook.model_dump_json()
    if len(text) > LARGEST:
        raise UserError("This workbook is full. Remove a result, or begin a new workbook.")
    with written_whole(path) as temporary:
        temporary.write_text(text, "utf-8")


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Workbook:
    return Workbook.model_validate_json(path.read_bytes())


def _letters(key: bytes) -> str:
    return b32encode(key).decode().lower()
