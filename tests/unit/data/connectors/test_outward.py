"""Where a connector may go: every kind of address, after DNS, on the connection that is made, and after a redirect."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.connectors import outward
from data.connectors.client import Client, Limits
from data.connectors.outward import judged
from language import UserError

FAST = Limits(connect=10, read=10, total=30, tries=1, backoff=0.01, cache_minutes=0)

OWN = ["10.0.0.1", "172.16.9.9", "192.168.1.1", "127.0.0.1", "127.255.255.254", "::1", "fd12::1"]
OWN += ["::ffff:10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"]
NEVER = ["169.254.169.254", "fe80::1", "fe80::1%1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::"]
NEVER += ["0.0.0.0", "::", "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255", "::ffff:0.0.0.0"]
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['host']} {self.path}")
            self.send_response(302 if self.path == "/moved" else 200)
            if self.path == "/moved":
                self.send_header("Location", "/secret")
            self.end_headers()
            self.wfile.write(b"inside")

        def log_message(self, *_: object) -> None: ...

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield running.server_port, asked
    running.shutdown()
    running.server_close()


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Let names be looked up as ``answers`` say, one after the other, and the last one for ever."""
    left = list(answers)

    def look_up(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(outward.socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("address", OWN)
def test_an_own_network_is_asked_only_when_the_steward_allows_it(address: str) -> None:
    with pytest.raises(UserError, match="own_network = true"):
        judged("bron.example", [address], own_network=False)
    assert judged("bron.example", [address], own_network=True) == [str(ip_address(address))]


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("own_network", [True, False])
def test_some_addresses_are_never_asked(address: str, own_network: bool) -> None:
    with pytest.raises(UserError, match="no address to fetch from"):
        judged("bron.example", [address], own_network=own_network)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str) -> None:
    assert judged("bron.example", [address], own_network=False) == [address]


@given(st.ip_addresses(v=4))
def test_an_address_in_the_clothes_of_another_is_judged_as_what_it_is(plain: object) -> None:
    def verdict(text: str) -> bool:
        try:
            return bool(judged("x", [text], own_network=False))
        except UserError:
            return False

    assert verdict(f"::ffff:{plain}") == verdict(f"64:ff9b::{plain}") == verdict(str(plain))


def test_one_bad_address_among_good_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, [PUBLIC[0], "10.0.0.1"])
    with pytest.raises(UserError, match=r"leads to 10\.0\.0\.1"):
        Client(FAST).get("https://bron.example/x", bytes)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_not_asked_by_a_source_that_may_not(server: tuple[int, list[str]], host: str) -> None:
    port, asked = server
    with pytest.raises(UserError, match="inside a network of your own"):
        Client(FAST).get(f"http://{host}:{port}/secret", bytes)
    with pytest.raises(UserError, match=r"inside a network of your own|not https"):
        Client(FAST).get(f"https://2130706433:{port}/secret", bytes)
    assert asked == []


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(
    server: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its answer between the check and the connection (DNS rebinding) leads nowhere else."""
    port, asked = server
    looked_up: list[str] = []

    def once(host: str, _port: int, **_more: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(outward, "_looked_up", lambda url: [str(entry[4][0]) for entry in once(url.host, port)])
    client = Client(FAST).reaching(own_network=True)
    assert client.get(f"http://localhost:{port}/x", bytes).value == b"inside"
    assert looked_up == ["localhost"]
    assert asked == [f"localhost:{port} /x"]  # asked by address, for the name


def test_each_redirect_is_judged_anew(server: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, asked = server
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    monkeypatch.setattr(outward, "_looked_up", lambda _url: next(answers))
    with pytest.raises(UserError, match=r"leads to 169\.254\.169\.254"):
        Client(FAST, own_network=True).get(f"http://localhost:{port}/moved", bytes)
    assert asked == [f"localhost:{port} /moved"]


def test_what_an_allowed_source_was_answered_is_not_given_to_another(server: tuple[int, list[str]]) -> None:
    port, _ = server
    kept = Limits(connect=1, read=1, total=2, tries=1)
    address = f"http://127.0.0.1:{port}/x"
    assert Client(kept, own_network=True).get(address, bytes).value == b"inside"
    with pytest.raises(UserError, match="own_network"):
        Client(kept).get(address, bytes)
