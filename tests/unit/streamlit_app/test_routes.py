"""The plain web addresses: what they give, and to whom."""

import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping import real_time
from feedback.sessions.agenda import add_item
from feedback.sessions.rounds.needless import accept
from feedback.sessions.sessions import make_session, open_session, reveal
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.values.scenario import Scenario
from streamlit_app.server.routes import ROUTES

AREA = """
id = "hidden"
names = {{ nl = "Besloten", en = "Closed" }}
time_zone = "Europe/Amsterdam"
country = "NL"
measure = "passages"
access = "{access}"
[centre]
lat = 52.1
lon = 4.3
"""


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))

    return TestClient(Starlette(routes=ROUTES))


def add_area(home: Path, access: str) -> None:
    folder = home / "areas" / "hidden"
    folder.mkdir(parents=True)
    (folder / "area.toml").write_text(AREA.format(access=access))
    (folder / "zones.csv").write_text("zone_id,name,lat,lon\na,A,52.1,4.3\n")


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_first_page_has_its_own_address(client: TestClient) -> None:
    answer = client.get("/today?lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "./?lang=en")


@pytest.mark.parametrize(("access", "status"), [("public", 409), ("session", 403), ("professional", 403)])
def test_an_area_that_is_not_public_is_refused(client: TestClient, tmp_path: Path, access: str, status: int) -> None:
    add_area(tmp_path, access)
    answer = client.get("/api/areas/hidden/forecast.csv?lang=nl")
    assert answer.status_code == status
    listed = [area["id"] for area in client.get("/api/areas").json()]
    assert ("hidden" in listed) == (access == "public")
    said = answer.json()["error"]
    assert ("niet openbaar" in said) == (status == 403)
    if status == 409:
        assert "python -m forecasting train --area hidden" in said
    assert client.get("/api/areas/hidden/zones.geojson").status_code == (200 if access == "public" else 403)


def test_an_area_with_broken_files_does_not_take_the_others_down(client: TestClient, tmp_path: Path) -> None:
    add_area(tmp_path, "everybody")
    assert [area["id"] for area in client.get("/api/areas").json()] == ["auckland", "scheveningen"]


def test_areas_and_forecasts_say_as_of_when_they_are(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_time, "real_now", lambda: datetime(2026, 8, 3, 7, 30, tzinfo=UTC))
    about = {area["id"]: (area["as_of"], area["replay"]) for area in client.get("/api/areas").json()}
    assert about["auckland"] == ("2025-11-24T08:00:00+13:00", True)
    given = client.get("/api/areas/scheveningen/forecast.json").json()
    assert (given["as_of"], given["replay"]) == ("2026-08-03T08:00:00+02:00", True)
    set_clock(load_area("scheveningen"), None)
    about = {area["id"]: (area["as_of"], area["replay"]) for area in client.get("/api/areas").json()}
    assert about["scheveningen"] == ("2026-08-03T09:00:00+02:00", False)
    given = client.get("/api/areas/scheveningen/forecast.geojson").json()
    assert (given["as_of"], given["replay"]) == ("2026-08-03T09:00:00+02:00", False)


def test_moments_follow_what_people_accept_for_nothing(client: TestClient) -> None:
    address = "/api/areas/scheveningen/moments.json"
    assumed = client.get(address).json()
    assert (assumed["data"], assumed["prepare"]["asked"], assumed["prepare"]["chance_from"]) == ("DEMO DATA", None, 0.3)
    assert assumed["expected"]
    assert all(one["chance"] >= 0.3 for one in assumed["prepare"]["moments"])
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "needless", "Hoe vaak voor niets?", item_id="n")
    open_session(made.id)
    for number in range(5):
        accept(made.id, "n", 9, "resident", person=f"p{number}")
    assert client.get(address).json() == assumed, "the room has not seen the answers"
    reveal("n")
    asked = client.get(address).json()
    assert asked["prepare"] | {"moments": []} == {
        "chance_from": 0.1,
        "times_for_nothing": 9,
        "asked": "2026-08-04",
        "moments": [],
    }
    assert len(asked["prepare"]["moments"]) > len(assumed["prepare"]["moments"])
    assert asked["expected"] == assumed["expected"]


def test_unknown_areas_and_forms_are_not_found(client: TestClient) -> None:
    assert client.get("/api/areas/atlantis/forecast.csv").status_code == 404
    assert client.get("/api/areas/..%2F..%2Fetc/forecast.csv").status_code == 404
    assert client.get("/api/areas/scheveningen/forecast.xml").status_code == 404


def test_style_draws_the_area_without_foreign_addresses(client: TestClient) -> None:
    style = client.get("/api/areas/scheveningen/style.json").json()
    assert style["version"] == 8
    assert "://" not in json.dumps(style)


def test_an_unexpected_error_is_said_kindly_and_logged_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    def page() -> None:
        from streamlit_app.shell.errors import friendly_error

        friendly_error(ValueError("somebody typed: secret"))

    logger = logging.getLogger("crowd_notebook")
    logger.propagate = True
    with caplog.at_level(logging.ERROR, logger="crowd_notebook"):
        app = AppTest.from_function(page).run()
    assert "ging" in app.error[0].value
    assert "secret" not in app.error[0].value
    (record,) = [record for record in caplog.records if record.name == "crowd_notebook"]
    assert record.fields["error"] == "ValueError"
    assert "secret" not in str(record.__dict__["fields"])


def test_a_scenario_and_a_snapshot_can_be_asked_for(client: TestClient) -> None:
    address = "/api/areas/scheveningen/forecast"
    scenario = Scenario.model_validate({"weather": {"temp_delta_c": -6}})
    plain = client.get(f"{address}.json").json()
    colder = client.get(f"{address}.json", params={"scenario": scenario.encode()}).json()
    assert colder["scenario"] == {"version": 1, "weather": {"temp_delta_c": -6}}
    assert colder["zones"]["strand-pier"]["q50"] < plain["zones"]["strand-pier"]["q50"]
    same = client.get(f"{address}.csv", params={"scenario": scenario.encode(), "snapshot": plain["snapshot"]})
    area = load_area("scheveningen")
    assert same.text == forecast(issue(area, area.now()), scenario).csv()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"scenario": "kapot"}, 400),
        ({"scenario": "eyJ2ZXJzaW9uIjo5fQ"}, 400),
        ({"snapshot": "20200101T00-abcdef012345"}, 404),
        ({"snapshot": "../../secrets"}, 404),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence(client: TestClient, query: dict[str, str], status: int) -> None:
    answer = client.get("/api/areas/scheveningen/forecast.csv?lang=nl", params=query)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
