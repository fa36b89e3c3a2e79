"""Runs the command that follows, such as a server of the app, with a clock that a test can set: for what takes weeks.

It is the moment that stands in a file of users' state; without that file it is the real time.
"""

import runpy
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from data.keeping import real_time
from data.keeping.home import home

FILE: Final = "moment"
COMMAND: Final = (sys.executable, "-m", "tests.browser.at_a_moment")
"""What goes before a command that is to be run so (``within`` of ``served_by``)."""


def set_moment(folder: Path, moment: datetime) -> None:
    """Let it be this moment (aware) for who keeps users' state in ``folder``."""
    (folder / FILE).write_text(moment.isoformat())


def _run() -> None:
    truly = real_time.real_now

    def now() -> datetime:
        set_to = home() / FILE
        return datetime.fromisoformat(set_to.read_text()) if set_to.exists() else truly()

    real_time.real_now = now
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    _run()
