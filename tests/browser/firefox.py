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
        # The one that Firefox opens with never gets the focus, so that fields there neither get nor lose it.
        self._context = self._ask("browsingContext.create", type="tab")["context"]

    def visit(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def holds(self, expression: str) -> bool:
        """Return whether an expression of JavaScript is true on the page."""
        return bool(self._evaluate(f"Boolean({expression})").get("value"))

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
        self._tap(button)

    def write(self, words: str) -> None:
        """Type into the first field for more than a line, letter by letter, once the page stands still."""
        field = "document.querySelector('textarea')"
        self.wait(f"{field} && {_STILL}")
        self._tap(field)
        strokes = [{"type": kind, "value": letter} for letter in words for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": strokes})

    def _tap(self, element: str) -> None:
        found = self._evaluate(f"(one => {{ one.scrollIntoView({{ block: 'center' }}); return one }})({element})")
        middle = {"type": "element", "element": {"sharedId": found["sharedId"]}}
        spot = {"type": "pointerMove", "x": 0, "y": 0, "origin": middle}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "actions": [spot, *press]})

    def _act(self, source: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._context, actions=[source])

    def _evaluate(self, expression: str) -> dict[str, Any]:
        target = {"context": self._context}
        found = self._ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        return dict(found.get("result", {}))

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
