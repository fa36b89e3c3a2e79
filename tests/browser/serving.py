"""Starts the app as a user does, with a folder of users' state of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
APP = ROOT / "streamlit_app" / "app.py"
START_SECONDS = 180


@dataclass(frozen=True)
class SharedApp:
    """The app that tests share: its address, its folder of users' state, and the id of its process."""

    address: str
    home: Path
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, cwd: Path = ROOT) -> Iterator[str]:
    """Serve the app with its users' state in ``home``; yields its address once it answers."""
    with served_by(home, cwd=cwd) as (address, _):
        yield address


@contextmanager
def served_by(
    home: Path,
    *,
    entry: Path = APP,
    cwd: Path = ROOT,
    port: int | None = None,
    options: Sequence[str] = (),
    within: Sequence[str] = (),
) -> Iterator[tuple[str, int]]:
    """Serve an entry of the app; yields its address and the id of its process, which leads a group of its own.

    ``options`` are settings of Streamlit that go before those of the app, such as ``--runner.postScriptGC=true``;
    ``within`` is a command that runs the server's.
    """
    port = port or free_port()
    command = [
        *within,
        str(Path(sys.executable).with_name("streamlit")),
        "run",
        str(entry),
        f"--server.port={port}",
        "--server.headless=true",
        "--server.address=127.0.0.1",
        # An entry elsewhere, as in the benchmarks, does not find the app's own settings.
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
        *options,
    ]
    log = home / "server.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("a") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "CSM_HOME": str(home)},
            process_group=0,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process, log)
        yield address, process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def behind_proxy(home: Path, workers: int) -> Iterator[tuple[str, int]]:
    """Serve the app with some workers behind a proxy, as ``make serve`` does; yields the address and the id of the
    process that keeps them running."""
    port = free_port()
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    words = ["--workers", str(workers), "--port", str(port), "--address", "127.0.0.1", "run"]
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit_app.serving", *words],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "CSM_HOME": str(home), "PYTHONPATH": str(ROOT)},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process, log)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the app stopped:\n{log.read_text()}")
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            sleep(0.1)
    raise RuntimeError(f"the app did not answer within {START_SECONDS} seconds:\n{log.read_text()}")
