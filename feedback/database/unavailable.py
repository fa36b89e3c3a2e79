"""What is wrong with the database, said in one sentence that tells what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from language import UserError, message_id

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_CLOSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class UnavailableError(UserError):
    """The database cannot be used now, whatever was asked of it."""


class DamagedError(UnavailableError):
    """The database, or a copy of it, is not whole."""


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Say what went wrong with the database in one sentence that tells what to do."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        said = _sentence(getattr(error, "sqlite_errorname", str(error)), path)
        if said is None:
            raise
        raise said from error
    except TimeoutError as error:
        raise busy() from error
    except OSError as error:
        if error.errno in _FULL:
            raise _full() from error
        if error.errno in _CLOSED:
            raise _closed(path) from error
        raise


def _sentence(name: str, path: Path) -> UnavailableError | None:
    """Return what an error of SQLite means, by its name (or its message); ``None`` for a mistake of ours."""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return busy()
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ", "Could not decode")):
        return _damaged(path)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return _full()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _closed(path)
    return None


def _damaged(path: Path) -> DamagedError:
    return DamagedError(
        message_id(
            "What people said cannot be read: {file} is damaged. Warn the organisation. It can restore a "
            "backup with: python -m feedback restore."
        ),
        file=path.name,
    )


def _full() -> UnavailableError:
    return UnavailableError(
        message_id(
            "The disk is full, so nothing could be saved. Your text is still on the screen. "
            "Warn the organisation, and send it again later."
        )
    )


def _closed(path: Path) -> UnavailableError:
    return UnavailableError(
        message_id(
            "What people say cannot be read or saved now. Warn the organisation. It can check who owns {file} and its "
            "folder."
        ),
        file=path.name,
    )


def busy() -> UnavailableError:
    """Return the error about a database that others hold for too long."""
    return UnavailableError(
        message_id(
            "It is very busy, so nothing could be saved. Your text is still on the screen. Send it again in a minute."
        )
    )
