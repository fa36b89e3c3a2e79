"""Keeps the processes of the app and their proxy running: one that ends is started again, and all can be renewed.

``SIGHUP`` starts the processes again one after the other, so that there is always one that answers; ``SIGTERM`` and
``SIGINT`` end them all.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from types import FrameType
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

ENTRY: Final = Path(__file__).parents[1] / "app.py"

START: Final = 120.0
"""Seconds in which a process must answer."""
SILENT: Final = 120.0
"""Seconds after which a process that does not answer is taken for stuck; a full room makes one slow, not silent."""
_GOODBYE: Final = 15.0
_LOOK: Final = 5.0
_SOON: Final = 0.2
_REST: Final = 2.0
"""Seconds before something that ended is started again, so that a fault does not keep a core busy."""


@dataclass
class Kept:
    """A program that is kept running: how it is started, and the address by which it says that it is well."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    health: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    heard: float = 0.0

    def start(self) -> None:
        """Start it, in a group of its own: what is left of the one before must not hold its port."""
        self.stop()
        command, environment = self.command, {**os.environ, **self.environment}
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 (our own)
        self.heard = monotonic()

    def stop(self) -> None:
        """End it, and all that it started."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_GOODBYE)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    @property
    def ended(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None

    def answers(self) -> bool:
        """Return whether it says that it is well, and remember when it did."""
        try:
            with urlopen(self.health, timeout=_LOOK) as answer:  # noqa: S310 (an address of this machine)
                well = answer.status == 200
        except (URLError, OSError, ValueError):
            return False
        if well:
            self.heard = monotonic()
        return bool(well)


class House:
    """The workers and their proxy, if there is one."""

    def __init__(self, workers: Sequence[Kept], proxy: Kept | None, say: Callable[[str], None]) -> None:
        self._workers, self._proxy, self._say = workers, proxy, say
        self._woken, self._over, self._renew, self._serving = Event(), False, False, False

    def run(self) -> None:
        """Keep all running until a signal ends it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._begin_anew)
        try:
            for worker in self._workers:
                worker.start()
            while not self._over:
                self._look()
                self._woken.wait(_REST if self._serving else _SOON)
                self._woken.clear()
        finally:
            for kept in (*([self._proxy] if self._proxy else []), *self._workers):
                kept.stop()

    def _look(self) -> None:
        if self._renew:
            self._renew = False
            self._one_by_one()
        for number, worker in enumerate(self._workers, 1):
            if worker.ended:
                self._say(f"worker {number} ended and is started again")
                worker.start()
                self._woken.wait(_REST)
            elif worker.answers():
                self._begin()
            elif monotonic() - worker.heard > SILENT:
                self._say(f"worker {number} does not answer and is started again")
                worker.start()
        if self._serving and self._proxy is not None and self._proxy.ended:
            self._say("the proxy ended and is started again")
            self._proxy.start()

    def _begin(self) -> None:
        """Let people in, as soon as the first worker answers."""
        if not self._serving:
            if self._proxy is not None:
                self._proxy.start()
            self._serving = True
            self._say("serving")

    def _one_by_one(self) -> None:
        """Start the workers again, each when the one before answers; stop at one that does not."""
        for number, worker in enumerate(self._workers, 1):
            worker.start()
            if not self._until(worker.answers):
                self._say(f"worker {number} does not answer after a restart; the others go on as they were")
                return
            self._say(f"worker {number} of {len(self._workers)} was started again")

    def _until(self, well: Callable[[], bool]) -> bool:
        until = monotonic() + START
        while not self._over and monotonic() < until:
            if well():
                return True
            self._woken.wait(_SOON)
            self._woken.clear()
        return False

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._over = True
        self._woken.set()

    def _begin_anew(self, _number: int, _frame: FrameType | None) -> None:
        self._renew = True
        self._woken.set()


def worker(port: int, outside: int, secret: str) -> Kept:
    """Return a process of the app on a port of this machine, which people reach by the port ``outside``.

    All sign Streamlit's own cookies with the same ``secret``, so that a page that moves from one to another goes on.
    """
    command = [
        str(Path(sys.executable).with_name("streamlit")),
        "run",
        str(ENTRY),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
        f"--browser.serverPort={outside}",
        # The proxy does not look into a websocket; what is drawn on a page is a tenth of it when it is compressed.
        "--server.enableWebsocketCompression=true",
    ]
    return Kept(command, {"STREAMLIT_SERVER_COOKIE_SECRET": secret}, f"http://127.0.0.1:{port}/healthz")
