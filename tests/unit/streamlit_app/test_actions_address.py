"""The action log at its address: for professionals only, the same rows as on the page."""

from csv import DictReader
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.area.area import load_area
from data.keeping.real_time import real_now
from feedback.people.roles import Role, included
from response.actions.log import correct, log, read_entry, strike
from streamlit_app.server.routes import ROUTES
from tests.apptest.signing_in import cookies_of

ADDRESS = "/api/areas/scheveningen/actions"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def app(role: Role = Role.VISITOR) -> TestClient:
    return TestClient(Starlette(routes=ROUTES), cookies=cookies_of(role))


def test_each_role_gets_what_is_theirs() -> None:
    area = load_area("scheveningen")
    roots = []
    for hours, words in ((3, "=HYPERLINK(1)"), (2, "Hekken geplaatst"), (1, "Omleiding")):
        values = {"id": str(uuid4()), "area": area.id, "stage": "started", "zones": ["pier"]}
        happened = real_now() - timedelta(hours=hours)
        roots.append(log(read_entry({**values, "happened": happened, "texts": {"what": words}}), area).root)
    strike(roots[2], reason="Ging niet door.")
    whole = {"information": "x", "risk": "x", "options": "x", "amount": "x"}
    second = read_entry({**values, "happened": real_now(), "snapshot": "s", "texts": {"what": "Hekken", **whole}})
    correct(roots[1], second, area, reason="Later en anders.")
    for role in Role:
        for form in ("json", "csv"):
            answer = app(role).get(f"{ADDRESS}.{form}")
            assert answer.status_code == (200 if Role.PROFESSIONAL in included(role) else 403), role
            assert answer.headers["cache-control"] == "no-store"
    client = app(Role.PROFESSIONAL)
    told = client.get(f"{ADDRESS}.json").json()["actions"]
    rows = list(DictReader(StringIO(client.get(f"{ADDRESS}.csv").text)))
    assert [one["id"] for one in told] == [row["id"] for row in rows] == [roots[1], roots[2], roots[0]]
    assert [one["struck"] for one in told] == [False, True, False]
    assert rows[2]["what"] == "'=HYPERLINK(1)"
    assert [one["id"] for one in client.get(f"{ADDRESS}.json?missing=1").json()["actions"]] == [roots[0]]
    assert client.get(f"{ADDRESS}.xml").status_code == 404
