"""Every address of the app answers whatever is sent to it: never with an error of ours, always with its headers."""

import logging
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
import streamlit as st
from httpx import Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from streamlit.runtime import Runtime

from feedback.people.roles import Role
from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import make_session, open_session
from streamlit_app.app import MIDDLEWARE, SCRIPT
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell import logs
from streamlit_app.shell.security import HEADERS, content_security_policy
from tests.apptest.signing_in import cookies_of

DEEP = "[" * 1500 + "]" * 1500
VALUES = [
    *("", " ", "0", "-1", "1e999", "NaN", "Infinity", "\0", "\x1b[31m", "\r\nX-A: b", "\u202egnp.exe", "\ufffd", "😀"),
    *("../../etc/passwd", "..\\..\\x", "//e.example", "%00", "%2e%2e%2f", "'; DROP TABLE x; --", "<script>", "{0}"),
    *("99991231T23-abcdef", "00010101T00-abcdef", "20260803T06-" + "a" * 300, "9999-12-31T23:00Z", "0001-01-01T00:00Z"),
    *(DEEP, "A" * 8000, "eyJ2ZXJzaW9uIjo5fQ", "W" * 15_999, "_-_-", "=" * 50),
]
PARAMETERS = ("area", "at", "snapshot", "lang", "zone", "view", "case", "thresholds", "scenario", "beside", "part")
PARAMETERS += ("busy", "session", "wb", "to", "code", "again", "embed")
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"act"',
    b'{"act": null}',
    b'{"act": []}',
    b'{"act": "explode"}',
    b'{"act": "after", "seen": []}',
    DEEP.encode(),
]
BODIES += [
    b"\xff\xfe\0",
    b'{"act": "' + b"x" * 100_000 + b'"}',
    b'{"act": "\\ud800"}',
    b"code=%ff%00&name=%00&password=%00",
]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE")
STREAMLITS = ("/", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/media/x.png", "/component/a/b")
STREAMLITS += (
    "/_stcore/upload_file/a/b",
    "/_stcore/bidi-components/a/b",
    "/static/x.js",
    "/no/such/page",
    "/auth/login",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """The whole app as it is served, with a facilitator's session in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(home))
        patch.setattr(Runtime, "_instance", None)
        made = make_session("Avond", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen", session_id="evening")
        add_item(made.id, "question", "Vraag", item_id="item")
        open_session(made.id)
        app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE)
        with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as served:
            yield served


@pytest.fixture(autouse=True)
def _in_the_log(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing that is sent may end in the log as an error with all its steps."""
    with caplog.at_level(logging.INFO):
        yield
    assert not [record for record in caplog.records if record.exc_info]
    assert "Traceback" not in caplog.text
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err


def checked(answer: Response, *, most: int = 499) -> Response:
    assert answer.status_code <= most, (answer.request.method, str(answer.request.url)[:200], answer.text[:200])
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (answer.status_code, str(answer.request.url)[:200])
    assert answer.headers["content-security-policy"] == content_security_policy()
    return answer


def addresses(value: str) -> list[str]:
    """The app's own addresses with a value in place of each part that varies."""
    encoded = quote(value, safe="")
    found = []
    for route in ROUTES:
        path = route.path
        found.append(path.replace("{area_id}", encoded).replace("{session_id}", encoded).replace("{name}", encoded))
        found.append(path.replace("{area_id}", "scheveningen").replace("{session_id}", "evening"))
    found = [path.replace("{form}", encoded).replace("{code}", encoded).replace("{ticket}", encoded) for path in found]
    return sorted({path.replace("{name}", encoded) for path in found})


def test_any_part_of_an_address(client: TestClient) -> None:
    client.cookies = cookies_of(Role.STEWARD)
    for path in sorted({path for value in VALUES for path in addresses(value)}):
        if len(path) < 4000:
            checked(client.get(path))


def test_any_parameter(client: TestClient) -> None:
    client.cookies = cookies_of(Role.STEWARD)
    paths = ("/api/areas/scheveningen/forecast.csv", "/enter", "/today", "/answers.rss", "/present/evening/now", "/")
    for value in VALUES:
        for path in paths:
            for names in (("snapshot",), ("scenario",), ("code", "to")) if len(value) > 1000 else (PARAMETERS,):
                checked(client.get(path, params=dict.fromkeys(names, value)))
        for name in ("snapshot", "scenario", "lang"):
            checked(client.get(paths[0], params={name: value}))


def test_any_method(client: TestClient) -> None:
    client.cookies = cookies_of(Role.STEWARD)
    for path in (*addresses("x"), *STREAMLITS):
        for method in METHODS:
            checked(client.request(method, path))


@pytest.mark.parametrize("role", [Role.VISITOR, Role.STEWARD])
def test_any_body(client: TestClient, role: Role) -> None:
    client.cookies = cookies_of(role)
    kinds = (
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "",
    )
    for body in BODIES:
        for kind in kinds:
            headers = {"Content-Type": kind, "X-Stage": "1", "Sec-Fetch-Site": "same-origin"}
            for path in ("/present/evening/now", "/present/none/now", "/enter"):
                checked(client.post(path, content=body, headers=headers))
            checked(client.put("/_stcore/upload_file/a/b", content=body, headers=headers))


def test_a_presenters_act_is_done_and_no_other(client: TestClient) -> None:
    client.cookies = cookies_of(Role.FACILITATOR)
    answer = client.post("/present/evening/now?lang=nl", json={"act": "explode"}, headers={"X-Stage": "1"})
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert client.post("/present/evening/now", json={"act": "after"}, headers={"X-Stage": "1"}).status_code == 400
    act = {"act": "after", "seen": client.get("/present/evening/now").json()["seen"]["after"]}
    answer = client.post("/present/evening/now?lang=nl", json=act, headers={"X-Stage": "1"})
    assert (answer.status_code, answer.json()["place"]) == (200, 1)


def test_any_header(client: TestClient) -> None:
    client.cookies = cookies_of(Role.STEWARD)
    for value in ("", "x" * 5000, ",,;;q=", "nl" * 2000, '"<>', "\xff", "a.b.c"):
        for name in ("Host", "Accept", "Accept-Language", "X-Forwarded-Proto", "Origin", "Range", "If-None-Match"):
            for path in ("/present/evening/now", "/answers.rss", "/enter", "/"):
                checked(client.get(path, headers={name: value.encode("latin-1")}))
        client.cookies = {"csm_visit": quote(value), "csm_browser": quote(value), "_streamlit_xsrf": quote(value)}
        checked(client.get("/enter"))


def test_a_connection_that_is_refused_has_the_headers_too(client: TestClient) -> None:
    for headers in ({"Origin": "https://e.example"}, {"Origin": "null"}):
        with (
            pytest.raises(WebSocketDenialResponse) as refused,
            client.websocket_connect("/_stcore/stream", headers=headers, subprotocols=["streamlit"]),
        ):
            pass
        checked(refused.value)
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/no/such/stream"):
        pass
    checked(refused.value)


def test_the_server_below_writes_no_whole_errors_into_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogRecordFactory()
    own = logging.getLogger("crowd_notebook")
    handlers, own.handlers = own.handlers, []
    below = logging.getLogger("streamlit.some_module")
    try:
        logs.set_up()
        below.addHandler(handler := logging.StreamHandler(sys.stderr))
        try:
            raise ValueError("somebody typed: secret")
        except ValueError as error:
            below.error("Uncaught app execution", exc_info=error)
        below.removeHandler(handler)
    finally:
        logging.setLogRecordFactory(before)
        own.handlers, own.propagate = handlers, True
    said = capfd.readouterr().err
    assert "Uncaught app execution: ValueError at test_every_address.py:" in said
    assert "secret" not in said


def broken(_request: Request) -> Response:
    raise RuntimeError("somebody typed: secret")


async def broken_stream(_socket: object) -> None:
    raise RuntimeError("somebody typed: secret")


def test_what_nobody_foresaw_is_one_sentence_and_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("crowd_notebook").propagate = True
    routes = [Route("/broken", broken), WebSocketRoute("/stream", broken_stream)]
    client = TestClient(Starlette(routes=routes, middleware=MIDDLEWARE))
    answer = checked(client.get("/broken?lang=nl"), most=500)
    assert (answer.status_code, answer.text) == (500, "Er ging bij ons iets mis. Probeer het opnieuw, of ga terug.")
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/stream"):
        pass
    checked(refused.value)
    # A logger that hands nothing on has a handler of the test of its own.
    found = {id(record): record for record in caplog.records if record.name == "crowd_notebook"}.values()
    assert [record.fields["error"] for record in found] == ["RuntimeError", "RuntimeError"]
    assert "secret" not in caplog.text + str([record.__dict__ for record in found])
