"""Putting a backup back: nothing that was acknowledged is lost, and nothing that had ended comes to life again.

The backup is prepared in a folder of its own: brought up to date, and purged of what was erased, used up or withdrawn
since. Then it takes the place of the database at once. All the time nobody else is in the database, in any process:
whoever writes waits, and goes on in what stands there afterwards.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.keeping import ledger
from data.keeping.home import home
from feedback.database.connections import PATIENCE
from feedback.database.store import close_store, hold_store, initialise, store_path
from feedback.database.unavailable import DamagedError
from feedback.people import access_ledger, audit_log, sign_ins
from feedback.upkeep import aside
from feedback.upkeep.backup import backup, must_be_whole
from feedback.upkeep.erasure import finish_erasures, replay
from language import UserError

_PATIENCE: Final = PATIENCE + 10
"""Seconds to wait for who is in the database: longer than those wait for each other."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: how many rows it erased again, and where what was there before is kept.

    ``before`` is a backup of all that was acknowledged until the restore; ``damaged`` is the file of a database that
    could not be read.
    """

    erased: int
    before: Path | None = None
    damaged: Path | None = None


def restore(path: Path, *, patience: float = _PATIENCE) -> Restored:
    """Put a backup in the place of the database, and end all sign-ins; return what was done.

    Raises ``UserError`` when the file is no whole backup, when others stay in the database for longer than
    ``patience`` seconds, or when there is no room. The database is as it was then. Ledgers that lie beside the file
    are taken in first.
    """
    if not path.is_file():
        raise UserError("There is no file {file}.", file=path)
    must_be_whole(path)
    home().mkdir(parents=True, exist_ok=True)
    with hold_store(patience=patience):
        aside.remove_workshops()
        # A copy that was made elsewhere has its ledgers beside it; those here may be gone with the disk.
        ledger.take_in(path.parent)
        with TemporaryDirectory(prefix=aside.WORKSHOP, dir=home()) as folder:
            fresh = Path(folder) / store_path().name
            erased = _prepare(path, fresh)
            before, damaged = _make_way()
            if before:
                _copy(fresh, store_path())
            else:
                _replace(fresh)
        finish_erasures()
    return Restored(erased, before, damaged if damaged and damaged.exists() else None)


def _prepare(backup_file: Path, fresh: Path) -> int:
    """Make the database that the backup becomes; return how many rows were erased from it again."""
    fresh.touch(0o600)
    _copy(backup_file, fresh)
    initialise(fresh)
    access_ledger.replay(fresh)
    sign_ins.end_all(fresh)
    audit_log.carry_over(fresh)
    erased = replay(fresh)
    close_store(fresh)
    must_be_whole(fresh)
    return erased


def _make_way() -> tuple[Path | None, Path | None]:
    """Keep what is in the database now: as a backup when it can be read, else as it is; return where it is kept."""
    if not store_path().exists():
        return None, None
    try:
        return backup(), None
    except DamagedError:
        return None, aside.put_aside()


def _copy(source: Path, target: Path) -> None:
    """Replace all that is in ``target``, in one transaction: others see the old or the new, also after a power cut."""
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as other:
        whole.backup(other)


def _replace(fresh: Path) -> None:
    """Put the file in the place of one that cannot be read, or of none."""
    close_store()
    for suffix in ("-wal", "-shm"):
        store_path().with_name(store_path().name + suffix).unlink(missing_ok=True)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(store_path())
