"""Several processes behind a proxy: who serves whom, what is written down, who leads, and what is started again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import UserError
from streamlit_app.server.leading import leads
from streamlit_app.serving import proxy
from streamlit_app.serving.proxy import Site, part, whole
from streamlit_app.serving.units import service
from tests.browser.serving import free_port

ROOT = Path(__file__).parents[3]


@given(st.lists(st.integers(1024, 65_535), min_size=1, max_size=16, unique=True))
def test_each_worker_is_named_and_the_others_stand_by(ports: list[int]) -> None:
    told = part(Site(ports, "8501", Path("/tmp/x")))
    for number, port in enumerate(ports, 1):
        (upstream,) = re.findall(rf"upstream w{number} {{(.*?)}}", told, re.DOTALL)
        servers = re.findall(r"127\.0\.0\.1:(\d+) max_fails=0( backup)?;", upstream)
        assert servers[0] == (str(port), "")
        assert {other for other, standing_by in servers if standing_by} == {str(p) for p in ports} - {str(port)}
        last = [name for address, name in re.findall(r'"~(.*?)\$" (w\d+);', told) if _answers(address, ports, port)]
        assert last == [f"w{number}"]
    assert sum(float(share) for share in re.findall(r"([\d.]+)% w\d+;", told)) < 100


def _answers(pattern: str, ports: list[int], port: int) -> bool:
    tried = ", ".join(f"127.0.0.1:{one}" for one in [*(p for p in ports if p != port), port])
    return re.search(f"{pattern}$", tried) is not None


def test_what_is_written_down_holds_no_people_and_no_codes(tmp_path: Path) -> None:
    told = whole(Site([8601, 8602], "127.0.0.1:8600", tmp_path))
    (form,) = re.findall(r"log_format without_people '(.*?)';", told, re.DOTALL)
    fields = set(re.findall(r"\$\w+", form))
    assert fields.isdisjoint({"$remote_addr", "$http_user_agent", "$http_cookie", "$args", "$request", "$request_uri"})
    (pattern,) = re.findall(r'"~\*(\w+)" 0;', told)
    for path in ("/enter/duin-lepel", "/enter", "/ENTER/as/ticket", "/x/enter/abc"):
        assert re.search(pattern, path, re.IGNORECASE)
    assert "error_log stderr emerg;" in told


def test_a_missing_proxy_is_asked_for_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy.shutil, "which", lambda *_arguments, **_options: None)
    with pytest.raises(UserError, match="apt install nginx-light"):
        proxy.program()


def test_the_service_starts_what_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    unit = service("crowd", 3, 8501)
    (command,) = re.findall(r"^ExecStart=(\S+) -m (\S+) (.*)$", unit, re.MULTILINE)
    assert Path(command[0]).exists()
    asked = subprocess.run([command[0], "-m", command[1], "--help"], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0
    assert command[2] == "--workers 3 --port 8501 run --no-proxy"
    assert f"ReadWritePaths={tmp_path}" in unit


def test_one_process_leads_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    code = "import sys; from streamlit_app.server.leading import leads; print(leads(), flush=True); sys.stdin.read()"
    first = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "True"
    assert not leads()
    first.kill()
    first.communicate()
    assert leads()
    assert leads()


HOUSE = """
import sys
from streamlit_app.serving.workers import House, Kept
def served(port):
    command = [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]
    return Kept(command, {}, f"http://127.0.0.1:{port}/")
proxy, *workers = map(served, sys.argv[1:])
House(workers, proxy, lambda said: print("house:", said, flush=True)).run()
"""
"""Workers that give out files, and one more in the place of the proxy."""


def test_what_ends_is_started_again_and_all_is_renewed_one_by_one(tmp_path: Path) -> None:
    ports = [free_port() for _ in range(3)]
    with _house(tmp_path, ports) as house:
        assert _said(house) == "serving"
        workers = {port: _process_at(port) for port in ports}
        workers[ports[1]].kill()
        assert _said(house) == "worker 1 ended and is started again"
        workers[ports[0]].kill()
        assert _said(house) == "the proxy ended and is started again"
        before = [_process_at(port) for port in ports[1:]]
        house.send_signal(signal.SIGHUP)
        assert _said(house) == "worker 1 of 2 was started again"
        assert _said(house) == "worker 2 of 2 was started again"
        after = [_process_at(port) for port in ports]
        assert after[1].create_time() <= after[2].create_time()
        assert not {one.pid for one in before} & {one.pid for one in after}
        house.terminate()
        assert house.wait(20) == 0
        assert not any(one.is_running() for one in after)


@contextmanager
def _house(folder: Path, ports: list[int]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", HOUSE, *map(str, ports)]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("w") as log:
        house = subprocess.Popen(command, cwd=folder, env=where, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield house
    finally:
        house.terminate()
        house.wait(30)


def _said(house: "subprocess.Popen[str]") -> str:
    """Return what the house said next, past what its workers say."""
    assert house.stdout is not None
    return next(line.removeprefix("house: ").strip() for line in house.stdout if line.startswith("house: "))


def _process_at(port: int) -> psutil.Process:
    until = monotonic() + 30
    while monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        except OSError:
            sleep(0.05)
            continue
        return next(
            psutil.Process(one.pid)
            for one in psutil.net_connections("tcp")
            if one.laddr and one.laddr[1] == port and one.status == psutil.CONN_LISTEN and one.pid
        )
    raise AssertionError(f"nothing answers at {port}")
