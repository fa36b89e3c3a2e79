"""One process of several leads: it alone looks after the database, makes backups and prints the first links.

Who leads holds a lock on a file of users' state. It goes with the process, however it ends, and another one takes it
at its next look.
"""

import fcntl
import os
from pathlib import Path
from threading import Lock
from typing import Final

from data.keeping.home import home

_FILE: Final = ".leader.lock"

_asking: Final = Lock()
_held: dict[Path, int] = {}


def leads() -> bool:
    """Return whether this process leads, and take the lead where nobody has it. Raises ``OSError``.

    Who got the lead once keeps it until the process ends.
    """
    path = home() / _FILE
    with _asking:
        if path in _held:
            return True
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        except BaseException:
            os.close(file)
            raise
        _held[path] = file
        return True
