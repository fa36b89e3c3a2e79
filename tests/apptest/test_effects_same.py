"""A measured effect is the same on the page, the command line, the address and in what a workbook is made from; once it
is adopted, the scenario page says that it was measured."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.effects import FILE
from feedback.people.roles import Role
from forecasting.snapshot.snapshot_files import load
from language import language
from response.__main__ import main as response_command
from response.cards.history import read_playbook
from response.effects.adopting import adopt_effect
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.measured import findings_of
from streamlit_app.server.routes import ROUTES
from tests.apptest.signing_in import cookies_of, sign_in
from tests.apptest.test_pages import ROOT
from tests.apptest.test_playbook_page import page, words

AREA, CARD = "scheveningen", "strandweg-autovrij"


@pytest.fixture(autouse=True)
def _as_before(home: Path) -> Iterator[None]:
    yield
    (home / "areas" / AREA / FILE).unlink(missing_ok=True)


def opened(name: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    sign_in(app, Role.PROFESSIONAL).switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def test_an_effect_is_the_same_everywhere_and_measured_where_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    area = load_area(AREA)
    told = " ".join(words(page(part="effects")).replace("\\", "").replace("**", "").split())
    capsys.readouterr()
    assert response_command(["effects", "--area", AREA, "--lang", "nl"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert len(lines) > 6
    cards = {card.name(language("nl")) for card in read_playbook(area).cards}
    for line in lines:
        title, _, rest = line.removeprefix("OEFENGEGEVENS · ").partition(": ")
        said = rest if title in cards else line  # the page has the name of the card as a heading
        assert " ".join(said.split()) in told.replace("\u2060", ""), line
    client = TestClient(Starlette(routes=ROUTES), cookies=cookies_of(Role.PROFESSIONAL))
    address = client.get(f"/api/areas/{AREA}/effects.json")
    assert response_command(["effects", "--area", AREA, "--json"]) == 0
    assert address.json() == json.loads(capsys.readouterr().out)

    (found,) = (one for one in findings_of(area) if one.card == CARD)
    adopt_effect(area, found, body="Werkgroep", role="professional", reason="Vijftien dagen zeggen genoeg.")
    app = opened("scenarios")
    (measure,) = (one for one in load(AREA, app.query_params["snapshot"]).measures if one.id == found.measure)
    assert found.shares is not None
    assert not measure.assumed
    effect = measure.effect
    used = effect.factor.expected - 1 if effect.type == "change" else -effect.share.expected
    assert used == pytest.approx(found.shares[0], abs=1e-4)
    app.session_state["scenario.measures"] = True
    app.run()
    days = f"Gemeten op {len(found.treated)} dagen van de oefenwereld, vastgesteld door Werkgroep"
    assert days in words(app)
    app = page()
    app.session_state[PlaybookKey.ALL] = True
    for step in range(7):
        app.session_state[f"{PlaybookKey.USE}.{CARD}.{area.now().date() + timedelta(days=step)}"] = True
    app.run()
    assert days in words(app), "its card says it as well"
