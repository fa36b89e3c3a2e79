"""Work that takes minutes, such as training: a process of its own, which goes on when the browser or the app stops.

Its lock (``data.keeping.locking``) is what tells that it runs, so any process can see it; what it writes goes to a log
in the area's users' state, where the progress is read from.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from data.area.area import Area
from data.keeping.home import area_home, written_whole
from data.keeping.real_time import utc_text
from forecasting.training.progress import read_line
from language import Language, UserError

Work = Literal["update", "fetch", "sealed-test"]

_COMMANDS: Final[dict[Work, tuple[str, ...]]] = {
    "update": ("forecasting", "update", "--progress"),
    "fetch": ("data", "fetch"),
    "sealed-test": ("forecasting", "sealed-test", "--progress"),
}
_ROOT: Final = Path(__file__).parents[2]
_TAIL: Final = 8192

_running: dict[str, subprocess.Popen[bytes]] = {}
_starting = Lock()


@dataclass(frozen=True)
class Job:
    """The last job of an area: what, since when (UTC), whether it goes on, and what it wrote at the end.

    ``done`` and ``of`` count steps of training; both 0 while nothing is known yet. ``failed`` is known
    only of a job that this process started.
    """

    work: Work
    since: datetime
    running: bool
    failed: bool
    done: int
    of: int
    said: str


def start(area: Area, work: Work, lang: Language, source_id: str = "") -> None:
    """Start a job for the area, or for one source of it. Raises ``UserError`` when one is running."""
    with _starting:
        job = last(area.id)
        if job is not None and job.running:
            raise UserError(
                "Another process is doing this for area {area} already. Wait until it is done.", area=area.id
            )
        folder = area_home(area.id)
        folder.mkdir(parents=True, exist_ok=True)
        module, *rest = _COMMANDS[work]
        command = [sys.executable, "-m", module, *rest, "--area", area.id, "--lang", lang.code]
        command += ["--source", source_id] if source_id else []
        with _log(area.id).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own command, and an id that was validated
                _gently(command), cwd=_ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        _running[area.id] = process
        about = {"work": work, "pid": process.pid, "since": utc_text()}
        with written_whole(folder / "job.json") as temporary:
            temporary.write_text(json.dumps(about), "utf-8")


def last(area_id: str) -> Job | None:
    """Return the area's last job, or ``None`` when there never was one."""
    try:
        about = json.loads((area_home(area_id) / "job.json").read_text("utf-8"))
        work, pid, since = about["work"], int(about["pid"]), datetime.fromisoformat(about["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    process = _running.get(area_id)
    ours = process is not None and process.pid == pid
    code = process.poll() if ours and process is not None else None
    running = code is None if ours else _alive(pid)
    done, of, said = 0, 0, []
    for line in _read_tail(area_id).splitlines():
        if (step := read_line(line)) is not None:
            done, of = step
        elif line:
            said.append(line)
    return Job(work, since, running, bool(code), done, of, "\n".join(said))


def _log(area_id: str) -> Path:
    return area_home(area_id) / "job.log"


def _read_tail(area_id: str) -> str:
    try:
        with _log(area_id).open("rb") as log:
            before = max(os.fstat(log.fileno()).st_size - _TAIL, 0)
            log.seek(before)
            text = log.read().decode("utf-8", "replace")
            return text.partition("\n")[2] if before else text
    except OSError:
        return ""


def _alive(pid: int) -> bool:
    """Return whether a job that another process started goes on: a number may be another program's by now."""
    try:
        return b"--area" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _gently(command: Sequence[str]) -> list[str]:
    """Let the app go first: what computes for minutes yields to who clicks."""
    return ["nice", "-n", "10", *command] if sys.platform.startswith("linux") else list(command)
