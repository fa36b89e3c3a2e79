"""Every page and every web address as each role: what is allowed is decided on the server."""

import re
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.navigation.page import StreamlitPage
from streamlit.testing.v1 import AppTest

from feedback.people.roles import INVITED, Role, included
from feedback.people.sign_ins import begin
from feedback.sessions.closing import fill_in
from feedback.sessions.sessions import make_session
from language.catalogue import read_messages
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.access.visitors import visitor_of
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.navigation import ENTRIES, PAGES
from tests.apptest.signing_in import cookies_of, sign_in

ROOT = Path(__file__).parents[2]
EVERYBODY = set(Role)

MAY_OPEN = {
    "today": EVERYBODY,
    "map": EVERYBODY,
    "about": EVERYBODY,
    "accuracy": EVERYBODY,
    "said": EVERYBODY,
    "thresholds": EVERYBODY,
    "contributions": EVERYBODY,
    "workbook": EVERYBODY,
    "accessibility": EVERYBODY,
    "join": EVERYBODY,
    "answers": EVERYBODY,
    "trail": EVERYBODY,
    "sessions": {Role.FACILITATOR, Role.STEWARD},
    "scenarios": EVERYBODY,
    "studio": {Role.COMMUNICATIONS, Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
    "playbook": {Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
    "manage": {Role.FACILITATOR, Role.STEWARD},
    "privacy": EVERYBODY,
    "costs": EVERYBODY,
    "sources": EVERYBODY,
    "progress": EVERYBODY,
    "conditions": EVERYBODY,
    "overview": EVERYBODY,
    "timeline": EVERYBODY,
    "open": EVERYBODY,
    "trials": EVERYBODY,
    "moderation": {Role.FACILITATOR, Role.STEWARD},
}
"""Who may open each page. A page that is not here fails the test: decide for whom it is."""

MAY_FETCH = {
    "/healthz": EVERYBODY,
    "/readyz": EVERYBODY,
    # The table; in the other forms there is a part for everybody.
    "/api/areas/{area_id}/playbook.{form}": {Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
    "/api/areas/{area_id}/actions.{form}": {Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
    "/api/areas/{area_id}/effects.json": {Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
    "/today": EVERYBODY,
    "/present/files/{name}": EVERYBODY,
    "/reach/{session_id}": EVERYBODY,
    "/embed/{area_id}/{zone_id}": EVERYBODY,
    "/embed/{area_id}/{zone_id}.svg": EVERYBODY,
    "/present/{session_id}": {Role.FACILITATOR, Role.STEWARD},
    "/present/{session_id}/remote": {Role.FACILITATOR, Role.STEWARD},
    "/present/{session_id}/now": {Role.FACILITATOR, Role.STEWARD},
    "/sheets/{session_id}": {Role.FACILITATOR, Role.STEWARD},
    "/report/{session_id}.{form}": {Role.FACILITATOR, Role.STEWARD},
    "/answers.rss": EVERYBODY,
    "/answers.ics": EVERYBODY,
    "/enter": EVERYBODY,
    "/enter/{code}": EVERYBODY,
    "/enter/as/{ticket}": EVERYBODY,
    "/leave": EVERYBODY,
    "/api/areas": EVERYBODY,
    "/api/areas/{area_id}/style.json": EVERYBODY,
    "/api/areas/{area_id}/zones.geojson": EVERYBODY,
    "/api/areas/{area_id}/forecast.{form}": EVERYBODY,
    "/api/areas/{area_id}/second-week.json": EVERYBODY,
    "/api/areas/{area_id}/moments.json": EVERYBODY,
    "/api/areas/{area_id}/counts.json": EVERYBODY,
    "/api/areas/{area_id}/catalogue.jsonld": EVERYBODY,
    "/api/areas/{area_id}/thresholds.json": EVERYBODY,
    "/api/areas/{area_id}/drawing.json": EVERYBODY,
    "/api/areas/{area_id}/timeline.{form}": EVERYBODY,
}
"""Who may fetch each web address of a public area, and of a session whose report was not adopted yet."""

REFUSALS = (401, 403, 409)
REFUSED = re.compile("Dit is voor: .* Vul eerst uw code in")

AREA = """
id = "{access}-town"
names = {{ nl = "{access}dorp" }}
time_zone = "Europe/Amsterdam"
country = "NL"
measure = "passages"
access = "{access}"
[centre]
lat = 52.1
lon = 4.3
"""
MAY_SEE = {
    "public": EVERYBODY,
    "session": EVERYBODY - {Role.VISITOR},
    "professional": {Role.PROFESSIONAL, Role.FACILITATOR, Role.STEWARD},
}


@pytest.fixture(scope="module")
def areas(home: Path) -> None:
    for access in MAY_SEE:
        folder = home / "areas" / f"{access}-town"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "area.toml").write_text(AREA.format(access=access))
        (folder / "zones.csv").write_text("zone_id,name,lat,lon\na,A,52.1,4.3\n")


def opened(url: str, role: Role) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    sign_in(app, role)
    return app.switch_page(f"../pages/{url}.py").run()


def test_every_page_is_in_the_navigation_and_every_one_has_its_rule() -> None:
    files = {path.stem for path in PAGES.glob("*.py")} - {"__init__"}
    assert files == {entry.url for entry in ENTRIES} == set(MAY_OPEN)
    assert {route.path for route in ROUTES} == set(MAY_FETCH)
    texts = {text for entry in ENTRIES for text in (entry.title, entry.menu, entry.what) if text}
    assert texts <= set(read_messages("nl"))


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_whom_it_is(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page itself does is for its own tests; here it only says that it was reached."""
    monkeypatch.setattr(StreamlitPage, "run", lambda page: st.title(f"opened {page.title}"))
    app = sign_in(AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120), role)
    app.query_params["lang"] = "nl"
    app.run()
    for entry in ENTRIES:
        app.switch_page(f"../pages/{entry.url}.py").run()
        refused = any(REFUSED.search(info.value) for info in app.info)
        assert refused != (role in MAY_OPEN[entry.url]), entry.url
        # Who is refused is shown the way in, and comes back here.
        ways = [html.proto.body for html in app.get("html") if f"enter?to={entry.url}&" in html.proto.body]
        assert bool(ways) == refused, entry.url
        assert [title.value.split()[0] for title in app.title] == ([] if refused else ["opened"])
        assert not app.exception


@pytest.mark.parametrize("url", [url for url, roles in MAY_OPEN.items() if roles != EVERYBODY])
def test_a_page_that_is_not_for_everybody_shows_nothing_of_itself(url: str) -> None:
    app = opened(url, Role.VISITOR)
    assert not app.title
    assert not app.header


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("role", Role)
def test_an_area_is_seen_by_whom_it_is_for(role: Role) -> None:
    app = opened("today", role)
    offered = {access for access in MAY_SEE if f"{access}dorp" in app.selectbox(key="shell.area").options}
    assert offered == {access for access, roles in MAY_SEE.items() if role in roles}
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["area"] = "professional-town"
    sign_in(app, role).run()
    assert ("professional-town" in app.query_params["area"]) == (role in MAY_SEE["professional"])


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("role", Role)
def test_a_web_address_answers_whom_it_is_for(role: Role) -> None:
    client = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role), follow_redirects=False)
    session = make_session("Avond", kind="kennistafel", day=date(2026, 8, 3), area="scheveningen", session_id="s1")
    fill_in(session.id, minutes="", organisations="", attended={})
    values = {"area_id": "scheveningen", "zone_id": "pier", "session_id": session.id, "form": "csv", "name": "stage.js"}
    for path, roles in MAY_FETCH.items():
        answer = client.get(path.format(code="x", ticket="x", **values))
        assert (answer.status_code not in REFUSALS) == (role in roles), path
    client = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role))  # the walk came past the way out
    listed = {area["id"] for area in client.get("/api/areas").json()}
    for access, roles in MAY_SEE.items():
        assert (f"{access}-town" in listed) == (role in roles)
        for address in (
            "style.json",
            "zones.geojson",
            "forecast.csv",
            "counts.json",
            "catalogue.jsonld",
            "thresholds.json",
            "playbook.json",
            "drawing.json",
        ):
            answer = client.get(f"/api/areas/{access}-town/{address}")
            assert (answer.status_code == 403) == (role not in roles)


def test_who_includes_whom() -> None:
    assert included(Role.STEWARD) == EVERYBODY
    assert included(Role.FACILITATOR) == EVERYBODY - {Role.STEWARD}
    for role in INVITED:
        assert included(role) == {Role.VISITOR, Role.PARTICIPANT, role}


@pytest.mark.parametrize("damage", ["", "x", "e30.", "e30.abc", "é.é", "a.b.c", "."])
def test_a_cookie_that_was_not_made_here_opens_nothing(damage: str) -> None:
    assert visitor_of(damage).role is Role.VISITOR


def test_a_cookie_that_was_changed_or_is_over_opens_nothing() -> None:
    entry = Entry(begin(Role.STEWARD, 60).id, "p")
    value = visit_value([entry], 60)
    assert (visitor_of(value).role, visitor_of(value).person) == (Role.STEWARD, "p")
    text, _, signature = value.rpartition(".")
    assert visitor_of(f"{text}x.{signature}").role is Role.VISITOR
    assert visitor_of(f"{text}.{signature[::-1]}").role is Role.VISITOR
    assert visitor_of(visit_value([entry], -1)).role is Role.VISITOR
    assert visitor_of(visit_value([Entry(begin(Role.STEWARD, -1).id, "p")], 60)).role is Role.VISITOR
    assert visitor_of(visit_value([Entry("made up", "p")], 60)).role is Role.VISITOR
    assert cookies_of(Role.STEWARD).keys() == {VISIT}
