"""A database that is damaged, shut, locked or full keeps nobody from looking; what needs it says so in a sentence."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from feedback.database import connections, store
from feedback.database.store import close_store, initialise, store_path
from feedback.people import sign_ins
from feedback.people.roles import Role
from language import UserError
from streamlit_app.entrance.first_start import print_links
from streamlit_app.server.caretaker import look_after
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.navigation import ENTRIES, EVERYBODY
from tests.apptest.signing_in import cookies_of, sign_in

ROOT = Path(__file__).parents[2]
PUBLIC = [entry.url for entry in ENTRIES if entry.roles == EVERYBODY]
NEEDS_IT = {"thresholds", "join", "contributions", "answers", "privacy", "progress", "trials", "trail", "timeline"}
"""Pages of which a part is about what people say."""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(sign_ins, "_PATIENCE", 0.1)
    for opener in (store.open_store, store.change_store):
        monkeypatch.setitem(opener.__wrapped__.__kwdefaults__, "patience", 0.1)
    for module in (store, connections):
        monkeypatch.setattr(module, "PATIENCE", 0.1)
    initialise()
    yield
    close_store()


@contextmanager
def rubbish() -> Iterator[None]:
    close_store()
    store_path().write_bytes(b"no database at all " * 1000)
    yield


@contextmanager
def cut_off() -> Iterator[None]:
    close_store()
    content = store_path().read_bytes()
    store_path().write_bytes(content[: len(content) // 2 - 100])
    yield


@contextmanager
def spoilt_inside() -> Iterator[None]:
    """The first page is whole, so it opens; the tables are not."""
    close_store()
    with store_path().open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (store_path().stat().st_size - 4096))
    yield


@contextmanager
def no_folder() -> Iterator[None]:
    """Something else stands where the database should be: it can be neither read nor written."""
    close_store()
    store_path().unlink()
    store_path().mkdir()
    yield


@contextmanager
def locked() -> Iterator[None]:
    close_store()
    with closing(sqlite3.connect(store_path(), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


FAULTS = [rubbish, cut_off, spoilt_inside, no_folder, locked]
SENTENCES = {
    **dict.fromkeys((rubbish, cut_off, spoilt_inside), "feedback.db is beschadigd"),
    no_folder: "Die kan nagaan van wie feedback.db",
    locked: "Het is erg druk",
}
Fault = Callable[[], AbstractContextManager[None]]


def opened(role: Role = Role.VISITOR) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    sign_in(app, role)
    return app


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.info, *app.error, *app.warning, *app.markdown))


@pytest.mark.parametrize("fault", FAULTS)
def test_every_public_page_opens_and_what_needs_the_database_says_so(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    app = opened().run()
    with fault():
        for url in PUBLIC:
            app.switch_page(f"../pages/{url}.py").run()
            assert not app.exception, url
            assert app.title, url
            sentence = SENTENCES[fault] in said(app)
            assert sentence == (url in NEEDS_IT), url
        app.switch_page("../pages/map.py").run()
        assert app.get("deck_gl_json_chart")
        app.switch_page("../pages/contributions.py").run()
        assert {"Wat mensen zeggen", "Zeg wat u vindt"} <= {header.value for header in app.header}
        app.switch_page("../pages/privacy.py").run()
        assert len(app.subheader) > 5  # the statement needs no database
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("fault", FAULTS)
def test_who_came_in_is_nobody_until_it_is_over(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "_PAUSE", 0)
    app = opened(Role.STEWARD).run()
    before = {path.name: path.read_bytes() for path in store_path().parent.glob("feedback.db*")}
    assert "databeheerder" in str([html.proto.body for html in app.get("html")])
    with fault():
        app.run()
        assert app.title
        assert "We kunnen codes nu niet nakijken" in said(app)
        app.switch_page("../pages/manage.py").run()
        assert not app.title
        assert "Dit is voor" in said(app)
    close_store()
    if store_path().is_dir():
        store_path().rmdir()
    for path in store_path().parent.glob("feedback.db*"):
        path.unlink()
    for name, content in before.items():
        (store_path().parent / name).write_bytes(content)
    app.run()
    assert app.title[0].value == "Beheer"


@pytest.mark.parametrize("fault", FAULTS)
def test_the_app_starts_answers_and_looks_after_itself(fault: Fault) -> None:
    steward = cookies_of(Role.STEWARD)
    with fault():
        print_links()
        with suppress(UserError):  # the caretaker logs it, and tries again
            look_after()
        for cookies in ({}, steward):
            client = TestClient(Starlette(routes=ROUTES), cookies=cookies, follow_redirects=False)
            assert client.get("/healthz").status_code == 200
            assert client.get("/api/areas").json()
            assert client.get("/api/areas/scheveningen/forecast.csv?lang=nl").text.startswith("zone_id")
            answer = client.get("/answers.rss?lang=nl")
            assert answer.status_code == 503
            assert SENTENCES[fault] in answer.text
            assert client.get("/leave").status_code in (303, 307)
