"""Open data: counts, forecasts for a digital twin, and the examples on the page, each fetched as it stands."""

import io
import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request

import numpy as np
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.area.area import load_area
from data.consent import gate
from language import language
from reports.open_data import crowd_flow as crowd
from reports.open_data.czml import METRES_AT_RED, as_czml
from streamlit_app.account.open_part import example
from streamlit_app.server.routes import ROUTES
from visuals.studio.material.gathering import gather

NL = language("nl")
START = datetime(2026, 8, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        yield TestClient(Starlette(routes=ROUTES))


def test_counts_are_whole_dated_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    area = load_area("scheveningen")
    zone = area.zone_ids[0]
    hours = pd.date_range(START, periods=6, freq="h")
    counts = pd.DataFrame({"zone_id": zone, "hour": hours, "count": [0.2, 3.6, 4.6, float("nan"), 1234.4, 7.5]})
    monkeypatch.setattr(gate, "read", lambda *_args: counts)
    found = crowd.crowd_flow(area, START, START + timedelta(hours=6))
    assert [one["peopleCount"] for one in found] == [0, 5, 1234, 8], "1 to 4 and unknown are left out"
    for one in found:
        assert {"id", "type", "dateObserved"} <= set(one)
        assert one["type"] == "CrowdFlowObserved"
        assert type(one["peopleCount"]) is int
        first, last = one["dateObserved"].split("/")
        assert datetime.fromisoformat(last) - datetime.fromisoformat(first) == timedelta(hours=1)
        assert one["source"].startswith("DEMO DATA")
        assert one["location"]["type"] in ("Polygon", "MultiPolygon", "Point")
    assert len({one["id"] for one in found}) == len(found)


@pytest.mark.parametrize("area_id", ["scheveningen", "auckland"])
def test_a_twin_gets_columns_of_the_same_height_where_it_is_too_busy(area_id: str) -> None:
    outlook = gather(area_id, "nl")
    forecast, area, thresholds = outlook.forecast, outlook.area, outlook.thresholds
    text = as_czml(forecast, area, thresholds, NL)
    packets = json.loads(text)
    head, origin, *columns = packets
    assert origin["properties"]["snapshot"] == forecast.snapshot_id
    assert (head["id"], head["version"]) == ("document", "1.0")
    assert ("OEFENGEGEVENS" in head["name"]) == area.simulated
    start, end = map(datetime.fromisoformat, head["clock"]["interval"].split("/"))
    assert end - start == timedelta(hours=len(forecast.hours))
    assert {one["id"].partition("#")[0] for one in columns} == set(area.zone_ids)
    for one in columns:
        z = forecast.zone_ids.index(one["id"].partition("#")[0])
        drawn = one.get("polygon") or one["ellipse"]
        heights = drawn["extrudedHeight"]
        assert len(heights) == len(forecast.hours)
        hour = int(np.nanargmax(forecast.median[z]))
        expected = METRES_AT_RED * forecast.median[z, hour] / thresholds.zones[forecast.zone_ids[z]].red
        assert math.isclose(heights[hour]["number"], expected, abs_tol=0.06)
        begin, until = map(datetime.fromisoformat, heights[hour]["interval"].split("/"))
        assert begin == forecast.hours[hour].to_pydatetime()
        assert until - begin == timedelta(hours=1)


@pytest.mark.parametrize("file", ["counts.json", "forecast.geojson", "forecast.czml", "catalogue.jsonld"])
def test_the_examples_on_the_page_run_as_they_stand(
    file: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(address: str | Request) -> io.BytesIO:
        answer = client.get(urlsplit(str(address)).path)
        assert answer.status_code == 200, answer.text[:200]
        return io.BytesIO(answer.content)

    monkeypatch.setattr("urllib.request.urlopen", fetch)
    found: dict[str, object] = {}
    exec(example("http://testserver/", "scheveningen", file), found)
    assert found["result"]


def test_questions_that_make_no_sense_get_a_sentence(client: TestClient) -> None:
    for days in ("0", "32", "x", "-1", "99999"):
        answer = client.get(f"/api/areas/scheveningen/counts.json?days={days}&lang=nl")
        assert (answer.status_code, answer.json()["error"]) == (400, "Kies 1 tot en met 31 dagen.")
    assert client.get("/api/areas/scheveningen/forecast.kml").status_code == 404


def test_the_catalogue_names_addresses_that_answer(client: TestClient, tmp_path: Path) -> None:
    found = client.get("/api/areas/scheveningen/catalogue.jsonld").json()
    ways = [way for one in found["dcat:dataset"] for way in one["dcat:distribution"]]
    assert len(ways) >= 6
    for way in ways:
        assert client.get(urlsplit(way["dcat:downloadURL"]["@id"]).path).status_code == 200, way["@id"]
