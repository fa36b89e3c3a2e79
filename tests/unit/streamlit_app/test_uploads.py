"""Files come in only where a page asks for one, from who may send it, as far as there is room; then they go."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from feedback.people.codes import keyed
from feedback.people.roles import Role
from feedback.people.sign_ins import begin
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.server import upload_guard
from streamlit_app.server.upload_guard import UploadGuard
from streamlit_app.shell.uploads import MB, manager_of_files, register, sweep

SCRIPT = """
import streamlit as st
from feedback.people.roles import Role
from streamlit_app.shell import uploads

page = st.query_params.get("page", "none")
uploads.begin_run(page)
if page == "data":
    file = uploads.choose_file("File", ["csv"], megabytes=2, roles=(Role.STEWARD,), key="data")
elif page == "read":
    def read():
        st.session_state["seen"] = [*st.session_state.get("seen", []), uploads.sent("read")]
        uploads.let_go(uploads.sent("read"))
    uploads.choose_file("File", ["csv"], megabytes=1, roles=(Role.VISITOR,), key="read", on_change=read)
    st.text(str([file and file.name for file in st.session_state.get("seen", [])]))
elif page == "scenario":
    file = uploads.choose_file("File", ["json"], megabytes=1, roles=(Role.VISITOR,), key="scenario")
uploads.end_run()
"""


@dataclass
class Visit:
    """Somebody with a page open: the connection, and the id of their session."""

    client: TestClient
    socket: Any
    session: str
    field: str
    said: str

    def go(self, page: str, **widgets: Any) -> None:
        asked = BackMsg(rerun_script={"query_string": f"page={page}"})
        if widgets:
            asked.rerun_script.widget_states.widgets.add(**widgets)
        self.socket.send_bytes(asked.SerializeToString())
        _, self.field, self.said = until_finished(self.socket)

    def put(self, sent: bytes, *, name: str = "a", role: Role = Role.VISITOR, **more: Any) -> Any:
        token = generate_xsrf_token_string()
        cookies = [f"_streamlit_xsrf={token}"]
        if role is not Role.VISITOR:
            cookies.append(f"{VISIT}={visit_value([Entry(begin(role, 3600).id, keyed('person', 'x')[:32])], 3600)}")
        headers = {"X-Xsrftoken": token, "Cookie": "; ".join(cookies), "Accept-Language": "en"}
        address = f"/_stcore/upload_file/{self.session}/{name}"
        return self.client.put(address, headers=headers, **({"files": {"file": ("a.csv", sent)}} | more))


def until_finished(socket: Any) -> tuple[str, str, str]:
    """Wait until the script has run; returns the ids of the session and of its field for a file, and what it said."""
    session, field, said = "", "", ""
    while True:
        message = ForwardMsg.FromString(socket.receive_bytes())
        if message.HasField("new_session"):
            session = message.new_session.initialize.session_id
        if message.HasField("script_finished"):
            return session, field, said
        field = message.delta.new_element.file_uploader.id or field
        said = message.delta.new_element.text.body or said


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    monkeypatch.setattr(Runtime, "_instance", None)
    with TestClient(st.App(script, middleware=[Middleware(UploadGuard)])) as client:
        yield client
    register.offers.clear()


@contextmanager
def visiting(client: TestClient, page: str) -> Iterator[Visit]:
    with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"]) as socket:
        socket.send_bytes(BackMsg(rerun_script={"query_string": f"page={page}"}).SerializeToString())
        yield Visit(client, socket, *until_finished(socket))


def kept() -> int:
    manager = manager_of_files()
    assert manager is not None
    return sum(len(file.data) for files in manager.file_storage.values() for file in files.values())


def test_nobody_can_send_a_file_where_no_page_asks_for_one(app: TestClient) -> None:
    with visiting(app, "none") as visit:
        for role in (Role.VISITOR, Role.STEWARD):
            answer = visit.put(b"x" * 1000, role=role)
            assert (answer.status_code, kept()) == (403, 0)
        assert answer.text == "A file can be sent only from a page that asks for one."
        visit.session = "made-up"
        assert visit.put(b"x").status_code == 403
    assert app.put("/_stcore/upload_file/x/y", files={"file": b"x"}).status_code == 403


def test_a_page_for_stewards_takes_files_of_stewards_only(app: TestClient) -> None:
    with visiting(app, "data") as visit:
        for role in (Role.VISITOR, Role.PARTICIPANT, Role.FACILITATOR):
            assert visit.put(b"x" * 1000, role=role).status_code == 403
        assert visit.put(b"x" * 1000, role=Role.STEWARD).status_code == 204
        assert kept() == 1000


def test_what_is_too_large_is_refused_whatever_it_says_of_itself(app: TestClient) -> None:
    with visiting(app, "scenario") as visit:
        assert visit.put(b"x" * MB).status_code == 204
        answer = visit.put(b"x" * (MB + 100_000), name="b")
        assert (answer.status_code, answer.text) == (413, "This file is too large. It may be 1 MB here.")

        def stream() -> Iterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            yield from (b"x" * 100_000 for _ in range(30))
            yield b"\r\n--b--\r\n"

        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        token = generate_xsrf_token_string()
        headers = {**kind, "X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}", "Accept-Language": "en"}
        address = f"/_stcore/upload_file/{visit.session}/c"
        assert app.put(address, headers=headers, content=stream()).status_code == 413
        assert app.put(address, headers={**headers, "Content-Length": "20"}, content=stream()).status_code == 413
        assert kept() == MB
    assert not register.coming


def test_each_visitor_and_all_of_them_together_have_a_limit(app: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_guard, "OF_VISITORS", int(2.5 * MB))
    with visiting(app, "scenario") as one, visiting(app, "scenario") as other, visiting(app, "data") as steward:
        assert [one.put(b"x" * MB, name=name).status_code for name in "abcd"] == [204, 204, 413, 413]
        answer = other.put(b"x" * MB)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert steward.put(b"x" * 2 * MB, role=Role.STEWARD).status_code == 204
        assert kept() == 4 * MB
        monkeypatch.setattr(upload_guard, "OF_ALL", 5 * MB)
        assert steward.put(b"x" * 2 * MB, name="b", role=Role.STEWARD).status_code == 503


def test_a_session_has_a_limited_number_of_files(app: TestClient) -> None:
    with visiting(app, "scenario") as visit:
        found = [visit.put(b"x", name=str(number)).status_code for number in range(upload_guard.MOST_FILES + 1)]
    assert found == [204] * upload_guard.MOST_FILES + [413]


def test_a_file_goes_when_it_was_read(app: TestClient) -> None:
    with visiting(app, "read") as visit:
        assert visit.put(b"x" * 1000).status_code == 204
        sent = {"uploaded_file_info": [{"file_id": "a", "name": "a.csv", "size": 1000}]}
        for _ in range(3):
            visit.go("read", id=visit.field, file_uploader_state_value=sent)
            assert kept() == 0
            assert visit.said.startswith("['a.csv'")
        assert visit.put(b"x").status_code == 204


def test_files_go_when_the_page_is_left_and_nothing_can_be_sent_any_more(app: TestClient) -> None:
    with visiting(app, "data") as visit:
        assert visit.put(b"x" * 1000, role=Role.STEWARD).status_code == 204
        visit.go("data")
        assert kept() == 1000
        visit.go("none")
        assert kept() == 0
        assert visit.put(b"x", role=Role.STEWARD).status_code == 403
        visit.go("scenario")
        assert visit.put(b"x").status_code == 204


def test_files_go_when_the_visitor_is_gone(app: TestClient) -> None:
    with visiting(app, "scenario") as visit:
        assert visit.put(b"x" * 1000).status_code == 204
        sweep()
        sweep()
        assert kept() == 1000
    sweep()
    sweep()
    assert kept() == 0
    assert not register.offers


def test_a_form_that_is_none_is_no_error_of_ours(app: TestClient) -> None:
    with visiting(app, "scenario") as visit:
        for more in (
            {"files": None, "content": b"\0\xff" * 100},
            {"files": None, "data": {"a": "b"}},
            {"files": {"a": b"x", "b": b"y"}},
        ):
            assert 400 <= visit.put(b"", **more).status_code < 500
    assert kept() == 0
    assert not register.coming
