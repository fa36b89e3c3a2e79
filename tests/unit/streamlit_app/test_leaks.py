"""Nothing is told to whom it is not for: in lists, headers, messages, addresses of Streamlit and files on pages."""

from collections.abc import Iterator
from datetime import date, timedelta
from mimetypes import guess_type
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from data.area.area import load_area
from data.area.settings import public_address, set_default_area
from feedback.people.roles import Role, included
from feedback.people.sign_ins import end, listed
from feedback.sessions.agenda import add_item, open_requests
from feedback.sessions.sessions import Session, make_session, open_session
from language import UserError, language
from language.errors import name_folders
from streamlit_app.access.cookies import VISIT
from streamlit_app.app import MIDDLEWARE
from streamlit_app.server import inner_addresses
from streamlit_app.server.routes import ROUTES
from streamlit_app.sessions.reading import may_read
from tests.apptest.signing_in import cookies_of
from tests.unit.streamlit_app.test_routes import add_area

ROLES = tuple(Role)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    yield tmp_path
    name_folders({})


def app(role: Role = Role.VISITOR) -> TestClient:
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), cookies=cookies_of(role))


def session_of(area: str) -> Session:
    return make_session("Geheim overleg", kind="werkgroep", day=date(2026, 8, 4), area=area)


@pytest.mark.parametrize("access", ["public", "session", "professional"])
@pytest.mark.parametrize("role", ROLES)
def test_a_session_is_known_to_whom_its_area_is_for(home: Path, access: str, role: Role) -> None:
    add_area(home, access)
    held = session_of("hidden")
    wanted = {"public": Role.VISITOR, "session": Role.PARTICIPANT, "professional": Role.PROFESSIONAL}[access]
    known = wanted in included(role)
    assert may_read(held, role) == known
    answer = app(role).get(f"/report/{held.id}.html?lang=nl")
    assert ("niet openbaar" in answer.text) == (not known)
    assert "Geheim" not in answer.text
    assert may_read(session_of("an area that is gone"), role) == (Role.PROFESSIONAL in included(role))


def test_requests_of_a_draft_are_not_out() -> None:
    made = session_of("scheveningen")
    add_item(made.id, "request", "Nog niet rijp", deadline=date.today() + timedelta(days=9))
    assert open_requests(date.today()) == []
    open_session(made.id)
    assert [item.title for item in open_requests(date.today())] == ["Nog niet rijp"]


@pytest.mark.parametrize("access", ["public", "session", "professional"])
def test_what_is_restricted_is_kept_by_nobody(home: Path, access: str) -> None:
    add_area(home, access)
    client = app(Role.STEWARD)
    for name in ("style.json", "drawing.json"):
        kept = client.get(f"/api/areas/hidden/{name}").headers["cache-control"]
        assert kept == ("public, max-age=600" if access == "public" else "no-store")
    held = session_of("hidden")
    paths = ["/api/areas", "/api/areas/hidden/forecast.csv", "/api/areas/hidden/zones.geojson", "/answers.rss"]
    for path in (*paths, "/answers.ics", f"/sheets/{held.id}", f"/present/{held.id}", f"/present/{held.id}/now"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    for path in (*paths[1:3], "/api/areas/none/style.json", f"/sheets/{held.id}"):
        assert "public" not in app().get(path).headers.get("cache-control", ""), path


@pytest.mark.parametrize("role", ROLES)
def test_no_refusal_is_kept_whatever_it_refuses(home: Path, role: Role) -> None:
    add_area(home, "steward")
    held, refused = session_of("hidden").id, 0
    places = {"area_id": "hidden", "zone_id": "a", "session_id": held, "form": "html", "name": "x", "ticket": "x"}
    for route in ROUTES:
        answer = app(role).get(route.path.format(code="x", **places), follow_redirects=False)
        if answer.status_code >= 400:
            refused += 1
            assert answer.headers["cache-control"] == "no-store", route.path
    assert refused > 3


def test_browsers_come_back_over_tls_only_where_they_came_by_it(home: Path) -> None:
    header = "strict-transport-security"
    assert header not in app().get("/healthz").headers
    assert header in app().get("https://testserver/healthz").headers
    for peer, believed in (("127.0.0.1", True), ("10.0.0.2", True), ("8.8.4.4", False), ("testclient", False)):
        client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), client=(peer, 1))
        assert (header in client.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers) is believed, peer
        assert header not in client.get("/healthz", headers={"X-Forwarded-Proto": "http"}).headers
    (home / "settings.toml").write_text('public_address = "https://drukte.example.nl"\n')
    assert header in app().get("/healthz").headers


def test_feeds_link_to_the_address_that_is_set_and_never_to_what_a_request_says(home: Path) -> None:
    for path in ("/answers.rss", "/answers.ics"):
        for host in ("evil.example", "evil.example:8501", "8.8.8.8", "x@10.0.0.1"):
            assert "evil" not in app().get(path, headers={"Host": host, "X-Forwarded-Host": "evil.example"}).text
    assert "http://10.0.0.1:8501/answers" in app().get("/answers.rss", headers={"Host": "10.0.0.1:8501"}).text
    (home / "settings.toml").write_text('public_address = "https://drukte.example.nl/kust/"\n')
    assert "https://drukte.example.nl/kust/answers" in app().get("/answers.rss", headers={"Host": "evil.example"}).text
    set_default_area("auckland")
    assert public_address() == "https://drukte.example.nl/kust"


@pytest.mark.parametrize("wrong", ["drukte.nl", "javascript:alert(1)", "https://", "https://a b", "https://x/?a", "3"])
def test_an_address_that_is_none_is_not_set(home: Path, wrong: str) -> None:
    (home / "settings.toml").write_text(f'public_address = "{wrong}"\n')
    assert public_address() == ""


def test_messages_on_pages_name_no_folders_of_the_server(home: Path) -> None:
    nl = language("nl")
    (home / "areas" / "kapot").mkdir(parents=True)
    (home / "areas" / "kapot" / "area.toml").write_text("=")

    def said() -> str:
        with pytest.raises(UserError) as error:
            load_area("kapot")
        return error.value.say(nl) + str(error.value.md(nl)) + str(error.value)

    assert str(home) in said()
    name_folders({str(home): "var"})
    assert str(home) not in said()
    assert "area.toml" in said()


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/kust/_stcore/metrics", "/_stcore/metrics/"])
def test_the_figures_of_the_server_are_given_to_programs_beside_it_only(home: Path, path: str) -> None:
    def asked(peer: str, **headers: str) -> int:
        routes = [Route(path, lambda _request: PlainTextResponse("figures"))]
        served = Starlette(routes=routes, middleware=MIDDLEWARE)
        host = {"host": "localhost:8501"}
        return TestClient(served, client=(peer, 1)).get(path, headers={**host, **headers}).status_code

    assert asked("127.0.0.1") == 404
    (home / "settings.toml").write_text("metrics = true\n")
    assert (asked("127.0.0.1"), asked("::1")) == (200, 200)
    assert asked("192.168.1.4") == asked("8.8.8.8") == asked("testclient") == 404
    for passed_on in ("x-forwarded-for", "forwarded", "x-real-ip", "via"):
        assert asked("127.0.0.1", **{passed_on: "1"}) == 404
    assert asked("127.0.0.1", host="drukte.example.nl") == 404


def test_a_file_on_the_page_of_somebody_with_a_role_is_for_their_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = {"steward": cookies_of(Role.STEWARD), "professional": cookies_of(Role.PROFESSIONAL), "visitor": {}}
    pages = {name: {"1": f"of-{name}", "2": f"shared-{name == 'visitor'}"} for name in cookies}
    pages["gone"] = {"1": "of-gone"}

    class Running:
        media_file_mgr = SimpleNamespace(_files_by_session_and_coord=pages)

        def get_client(self, name: str) -> SimpleNamespace | None:
            context = SimpleNamespace(cookies=cookies.get(name, {}))
            return None if name == "gone" else SimpleNamespace(client_context=context)

    runtime = SimpleNamespace(exists=lambda: True, instance=lambda: Running())
    monkeypatch.setattr(inner_addresses, "Runtime", runtime)

    def file_of(request: Request) -> PlainTextResponse:
        return PlainTextResponse("file", media_type=guess_type(request.url.path)[0])

    served = Starlette(routes=[Route("/media/{x:path}", file_of)], middleware=MIDDLEWARE)

    def given(file: str, jar: dict[str, str]) -> bool:
        return TestClient(served, cookies=jar).get(f"/media/{file}.csv").status_code == 200

    for file, allowed in {
        "of-steward": {"steward"},
        "of-professional": {"professional"},
        "of-visitor": {"steward", "professional", "visitor"},
        "shared-False": {"steward", "professional"},
        "of-gone": set(),
        "static/media/of-steward": {"steward"},
    }.items():
        assert {name for name, jar in cookies.items() if given(file, jar)} == allowed, file
    kept = TestClient(served, cookies=cookies["steward"]).get
    assert kept("/media/of-steward.csv").headers["cache-control"] == "no-store"
    assert "cache-control" not in kept("/media/of-visitor.csv").headers
    # What everybody sees under a name that is a hash of it, a browser need not fetch again.
    assert kept("/media/of-visitor.png").headers["cache-control"] == "private, immutable, max-age=86400"
    assert kept("/media/of-steward.png").headers["cache-control"] == "no-store"
    (mine,) = [one for one in listed(ROLES) if one.sign_in.role is Role.STEWARD]
    end(mine.sign_in.id, by=Role.STEWARD)
    assert VISIT in cookies["steward"]
    assert not given("of-professional", cookies["steward"])


def test_streamlit_still_keeps_which_page_has_which_file() -> None:
    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    files.add(b"of a steward", "text/csv", "1.2")
    ((_, places),) = files._files_by_session_and_coord.items()
    assert set(places) == {"1.2"}


@pytest.mark.parametrize("base", ["", "kust"])
def test_letters_and_programs_of_streamlit_are_kept_by_a_browser_that_had_them(base: str) -> None:
    parts = Path(get_static_dir()) / "static"
    served = Starlette(routes=create_streamlit_static_assets_routes(base), middleware=MIDDLEWARE)
    kinds = {path.suffix: path for path in sorted(parts.rglob("*")) if path.is_file()}
    assert {".js", ".css", ".woff2"} <= set(kinds)
    for path in kinds.values():
        address = f"{base and '/'}{base}/static/{path.relative_to(parts).as_posix()}"
        answer = TestClient(served).get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, immutable, max-age=31536000", address
