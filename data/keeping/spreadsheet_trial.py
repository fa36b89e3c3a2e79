"""Opening a spreadsheet in a process of its own first: its parser makes room for whatever size a sheet claims.

Two cells far apart in a file of a few bytes are a sheet of billions of cells, and a parser that finds no room for them
takes its whole process with it. The trial has the memory and the time that any spreadsheet may take, and no more.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from data.keeping.within_time import LIMIT_SECONDS

MEMORY: Final = 2 * 2**30
"""Bytes that opening a spreadsheet may take."""

_WAITED: Final = 10
"""Times the limit that is waited for a trial on a machine that is busy with other things."""

_REFUSED: Final = 3
_PROGRAM: Final = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]), int(sys.argv[3]) + 1))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineWorkbook
try:
    book = CalamineWorkbook.from_path(sys.argv[1])
    for name in book.sheet_names:
        book.get_sheet_by_name(name)
except MemoryError:
    raise
except Exception:
    sys.exit({_REFUSED})
"""


def survives(path: Path) -> bool:
    """Return whether a spreadsheet can be opened with the memory and time that it may take, and breaks no parser.

    What the parser itself refuses is left to who opens it afterwards.
    """
    asked = [sys.executable, "-I", "-c", _PROGRAM, str(path.absolute()), str(MEMORY), str(int(LIMIT_SECONDS))]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=_WAITED * LIMIT_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in (0, _REFUSED)
