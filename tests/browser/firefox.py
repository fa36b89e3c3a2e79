"""Firefox as it is installed, spoken to by its own WebDriver BiDi: Playwright has only a build of its own."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from websockets.sync.client import ClientConnection, connect

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 60.0

_BY_NAME = """(() => [...document.querySelectorAll("button")].find(
  one => one.offsetParent && !one.disabled && one.innerText.trim().endsWith(%s)))()"""

_STILL = """(document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]"))"""


class Window:
    """A window of Firefox; what it is asked for is waited for, and raises ``TimeoutError`` when it does not come."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._numbers = socket, count(1)
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def visit(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def holds(self, expression: str) -> bool:
        """Return whether an expression of JavaScript is true on the page."""
        found = self._ask(
            "script.evaluate", expression=f"Boolean({expression})", target={"context": self._context}, awaitPromise=True
        )
        return bool(found.get("result", {}).get("value"))

    def wait(self, expression: str) -> None:
        until = monotonic() + PATIENCE
        while not self.holds(expression):
            if monotonic() > until:
                raise TimeoutError(expression)
            sleep(0.2)

    def read(self, words: str) -> None:
        """Wait until these words stand on the page."""
        self.wait(f"document.body.innerText.includes({json.dumps(words)})")

    def press(self, name: str) -> None:
        """Press the button that is called like that, once the page stands still."""
        button = _BY_NAME % json.dumps(name)
        self.wait(f"{button} && {_STILL}")
        self.holds(f"({button}.click(), true)")

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer: dict[str, Any] = json.loads(self._socket.recv(PATIENCE))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return dict(answer["result"])


@contextmanager
def firefox(folder: Path) -> Iterator[Window]:
    """Start Firefox without a screen, with a profile of its own in ``folder``; it ends with the block."""
    assert PROGRAM
    profile, log = folder / "profile", folder / "firefox.log"
    profile.mkdir(parents=True)
    command = [PROGRAM, "--headless", "--remote-debugging-port=0", "--no-remote", "--profile", str(profile)]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        with connect(f"{_address(log, process)}/session", proxy=None, max_size=None) as socket:
            yield Window(socket)
    finally:
        process.terminate()
        process.wait(30)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text("utf-8")):
            return found[1]
        sleep(0.2)
    raise RuntimeError(f"Firefox did not answer:\n{log.read_text('utf-8')}")
