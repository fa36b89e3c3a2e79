"""The picture that withdraws itself, at one address per place on anybody's site; and the colleague who says no."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from feedback.people.roles import Role
from language import UserError, language
from reports.picture_register import Entry, Person, approve, ask, find_entry, may_decide, publish, refuse, withdraw
from streamlit_app.server import embedding
from streamlit_app.server.embedding import shown_of
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell import resources
from streamlit_app.shell.security import SecurityHeaders
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material
from visuals.studio.material.order import Order, ordered

ANNA, BRAM = Person(Role.COMMUNICATIONS, "a1"), Person(Role.COMMUNICATIONS, "b2")
CARO = Person(Role.PROFESSIONAL, "c3")
NL = language("nl")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
    yield gather("scheveningen", "nl")
    patch.undo()


@pytest.fixture(autouse=True)
def _no_log(material: Material) -> Iterator[None]:
    from data.keeping.home import home

    yield
    (home() / "pictures" / "log.jsonl").unlink(missing_ok=True)


def asked(material: Material, template: str = "levels-map", **fields: str) -> Entry:
    order = Order(
        area="scheveningen",
        template=template,
        lang="nl",
        snapshot=material.forecast.snapshot_id,
        at=material.moment,
        zone=material.zone_id,
        **fields,
    )
    return ask(order, TEMPLATES[template].message(ordered(material, order)), ANNA)


def published(material: Material, **fields: str) -> Entry:
    entry = asked(material, **fields)
    approve(entry.id, CARO)
    return publish(entry.id, "website", ANNA)


def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)]))


def test_16_11_a_place_shows_what_was_published_until_it_is_past(material: Material) -> None:
    area = resources.area("scheveningen")
    assert "geen bericht" in shown_of(area, "pier", material.since, NL).sentence
    asked(material, "zone-week")  # a concept is no message
    assert "geen bericht" in shown_of(area, material.zone_id, material.since, NL).sentence
    entry = published(material, template="zone-week")
    zone = entry.claims[0].zone_ids[0]
    shown = shown_of(area, zone, material.since, NL)
    assert (shown.sentence, shown.until) == (entry.headline, entry.claims[0].end)
    assert shown.svg.startswith("<svg") or "<svg" in shown.svg[:200]
    assert NL.t("DRAFT") not in shown.svg
    assert len(shown.alt) > 20
    past = shown_of(area, zone, entry.claims[0].end + timedelta(hours=200), NL)
    assert (past.until, "geen bericht" in past.sentence) == (None, True)
    other = next(one for one in area.zone_ids if one not in entry.places)
    assert "geen bericht" in shown_of(area, other, material.since, NL).sentence
    withdraw(entry.id, ANNA)
    assert "ingetrokken" in shown_of(area, zone, material.since, NL).sentence


def test_16_11_it_turns_into_its_correction_at_the_same_address(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    area, entry = resources.area("scheveningen"), published(material)
    zone = entry.claims[0].zone_ids[0]
    snapshot, forecast = resources.issued(area.id, area.now())
    quiet = replace(forecast, snapshot_id="another", quantiles=forecast.quantiles * 0.02, paths=forecast.paths * 0.02)
    monkeypatch.setattr(embedding.resources, "issued", lambda *_: (snapshot, quiet))
    shown = shown_of(area, zone, material.since, NL)
    assert shown.sentence.startswith("CORRECTIE. Gepubliceerd:")
    assert shown.until is None
    assert entry.headline not in shown.svg


def test_16_11_only_this_address_may_be_framed_and_it_runs_and_sets_nothing(material: Material) -> None:
    entry = published(material)
    zone = entry.claims[0].zone_ids[0]
    page = client().get(f"/embed/scheveningen/{zone}?lang=nl")
    assert page.status_code == 200
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not {"x-frame-options", "set-cookie"} & set(page.headers)
    assert "<script" not in page.text
    assert "OEFENGEGEVENS" in page.text
    assert f'<span lang="nl">{entry.headline}.</span> <time' in page.text
    picture = client().get(f"/embed/scheveningen/{zone}.svg?lang=nl").text
    assert picture.count("<text") == picture.count("textLength=") > 10  # fits in any typeface
    assert f'src="{zone}.svg?lang=nl&amp;v=' in page.text
    picture = client().get(f"/embed/scheveningen/{zone}.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "set-cookie" not in picture.headers
    for path in ("/healthz", "/api/areas", "/enter", f"/embed/scheveningen/{zone}-none", "/embed/none/pier"):
        headers = client().get(path).headers
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_16_11_a_picture_that_was_taken_back_has_another_address_so_that_no_browser_shows_the_old_one(
    material: Material,
) -> None:
    entry = published(material)
    address = f"/embed/scheveningen/{entry.places[0]}?lang=nl"
    sources = []
    for _ in range(2):
        (source,) = re.findall(r'<img src="([^"]+)"', client().get(address).text)
        sources.append(unescape(source))
        withdraw(entry.id, ANNA)
    assert sources[0] != sources[1]
    assert "ingetrokken" in client().get(f"/embed/scheveningen/{sources[1]}").text


def test_16_11_the_words_of_a_picture_keep_their_language_on_a_page_in_another(material: Material) -> None:
    entry = published(material)
    page = client().get(f"/embed/scheveningen/{entry.places[0]}?lang=en").text
    assert '<html lang="en">' in page
    assert re.search(r'<img [^>]*lang="nl" alt="[^"]*Kaart van', page)
    assert f'<span lang="nl">{entry.headline}.</span> <time' in page
    withdraw(entry.id, ANNA)
    assert '<span lang="en">' in client().get(f"/embed/scheveningen/{entry.places[0]}?lang=en").text


def test_16_11_a_colleague_refuses_with_a_reason_and_it_can_be_asked_again(material: Material) -> None:
    entry = asked(material)
    assert [may_decide(entry, one) for one in (ANNA, BRAM, CARO, Person(Role.KLANKBORD, "d"))] == [0, 1, 1, 0]
    with pytest.raises(UserError, match="few words"):
        refuse(entry.id, " … ", BRAM)
    with pytest.raises(UserError, match="Four eyes"):
        refuse(entry.id, "Te stellig", ANNA)
    refused = refuse(entry.id, "Te  stellig", BRAM)
    done = refused.last("refused")
    assert done is not None
    assert (done.reason, refused.ready, may_decide(refused, CARO)) == ("Te stellig", False, False)
    with pytest.raises(UserError, match="was refused"):
        approve(entry.id, CARO)
    again = asked(material)
    assert not again.refused
    half = approve(again.id, BRAM)
    # It warns, so what is left is for a professional.
    assert (half.serious, may_decide(half, BRAM), may_decide(half, CARO)) == (True, False, True)
    assert approve(again.id, CARO).ready
    found = find_entry(again.id)
    assert found is not None
    assert not may_decide(found, CARO)
