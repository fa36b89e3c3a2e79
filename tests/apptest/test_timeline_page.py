"""The pages of the timeline and the trail: what each role reads, what is new, and how somebody's own words lead on."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.effects import FILE as EFFECTS
from data.keeping.real_time import real_now
from feedback.contributions.contributions import Contribution, send
from feedback.people.participants import Author, author_of_phone
from feedback.people.roles import Role
from feedback.sessions.advice import Advice, advices, answer_advice, give_advice
from feedback.sessions.sessions import make_session
from forecasting.values.adoption import FILE, adopt
from forecasting.values.threshold_set import ThresholdSet
from response.actions.log import log, read_entry
from response.cards.history import HISTORY, adopt_card, read_playbook
from response.effects.adopting import adopt_effect
from response.effects.reading import findings
from streamlit_app.account.keys import AccountKey
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT

AREA, CARD = "scheveningen", "strandweg-autovrij"


@pytest.fixture(scope="module")
def me(home: Path) -> Iterator[Author]:
    """Somebody whose remark an advice builds on, in an area in which something was decided and done."""
    author = author_of_phone("a phone of the timeline")
    remark = send(Contribution(str(uuid4()), AREA, "resident", "nl", "Te druk bij de trap"), author)
    evening = make_session("Avond over de trap", kind="klankbordgroep", day=date(2026, 8, 4), area=AREA)
    links = (("contribution", remark.id),)
    give_advice(evening.id, "Verbreed de trap.", due=date(2099, 1, 1), links=links)
    how = {"body": "klankbordgroep", "role": "facilitator", "reason": "Zo voelt het bij de trap."}
    adopt(load_area(AREA), ThresholdSet(zones={"keizerstraat": (1, 2, 3)}), **how)
    entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now(), "zones": ["pier"]}
    log(read_entry(entry | {"texts": {"what": "Hekken bij de trap"}}), load_area(AREA))
    yield author
    (home / "areas" / AREA / FILE).unlink()


def page(name: str, role: Role = Role.VISITOR, lang: str = "nl", **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=240)
    app.query_params["lang"], app.query_params["area"] = lang, AREA
    sign_in(app, role)
    for name_of, value in params.items():
        app.query_params[name_of] = value
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.title, *app.header, *app.markdown, *app.info, *app.warning))


def test_the_timeline_is_read_by_role_and_by_what_is_chosen(me: Author) -> None:
    app = page("timeline")
    said = words(app)
    for one in ("Overzicht: wat er gebeurde", "Verbreed de trap.", "Zo voelt het bij de trap."):
        assert one in said
    assert "Hekken bij de trap" not in said
    assert not app.toggle, "who was never here sees everything as it is"
    app.multiselect(key=AccountKey.TIMELINE_KINDS).set_value(["thresholds"]).run()
    assert "Zo voelt het bij de trap." in words(app)
    assert "Verbreed de trap." not in words(app)
    app.multiselect(key=AccountKey.TIMELINE_KINDS).set_value(["sources"]).run()
    assert "mag gebruikt worden" in words(app), "older than the forty lines that stand there at first"
    app.multiselect(key=AccountKey.TIMELINE_KINDS).set_value([]).run()
    app.session_state[f"{AccountKey.VISITED}.timeline.{AREA}"] = {"before": "nonsense"}
    app.run()
    assert not app.exception
    assert not app.toggle
    app.session_state[f"{AccountKey.VISITED}.timeline.{AREA}"] = {
        "before": (real_now() - timedelta(days=1)).isoformat()
    }
    app.run()
    app.toggle(key=AccountKey.TIMELINE_NEW).set_value(True).run()
    assert "Verbreed de trap." in words(app)
    assert "mag gebruikt worden" not in words(app), "that was decided long before"
    assert "Hekken bij de trap" in words(page("timeline", Role.PROFESSIONAL))
    assert "What happened when" in words(page("timeline", lang="en"))


def test_a_trail_opens_by_its_number_and_by_ones_own_code(me: Author) -> None:
    number = str(_advice().number)
    said = words(page("trail", advice=number))
    assert "Verbreed de trap." in said
    assert "Wacht op de gemeente. Het antwoord is beloofd voor 1 januari 2099." in said
    assert "Te druk bij de trap" not in said, "it waits for a moderator, so only who wrote it reads it"
    app = page("trail", advice="99999999")
    assert "Er is hier geen advies met dit nummer." in words(app)
    assert "Verbreed de trap." not in words(app)
    app.text_input(key=AccountKey.TRAIL_CODE).set_value(me.code).run()
    for one in ("Te druk bij de trap", "Verbreed de trap."):
        assert one in words(app)


def test_a_trail_leads_from_a_remark_to_the_measured_effect_of_what_was_done(me: Author, home: Path) -> None:
    area, advice = load_area(AREA), _advice()
    (kept,) = (one for one in read_playbook(area).cards if one.id == CARD)
    answer_advice(advice.id, "adopted", "Dat doen wij.", answered_by="Gemeente")
    how = {"role": "professional", "reason": "Afgesproken na het advies."}
    try:
        adopt_card(area, CARD, by="Werkgroep", on=date(2026, 8, 1), advice=advice.number, **how)
        entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now(), "zones": ["strand-zuid"]}
        log(read_entry(entry | {"card": CARD, "texts": {"outcome": "De weg was dicht."}}), area)
        waits = words(page("trail", Role.PROFESSIONAL, advice=str(advice.number)))
        assert "Wat het deed is nog niet gemeten" in waits
        (found,) = findings(area, CARD)
        adopt_effect(area, found, body="Werkgroep", **how)
        app = page("trail", Role.PROFESSIONAL, advice=str(advice.number))
        app.text_input(key=AccountKey.TRAIL_CODE).set_value(me.code).run()
        said = words(app)
    finally:
        for name in (HISTORY, EFFECTS):
            (home / "areas" / AREA / name).unlink(missing_ok=True)
    assert found.shares is not None
    steps = (
        "Te druk bij de trap",
        "Verbreed de trap.",
        "Dat doen wij.",
        f"De kaart '{kept.names['nl']}' is vastgesteld door Werkgroep.",
        "De weg was dicht.",
        f"ongeveer {round(-100 * found.shares[0])}% minder druk, gemeten op {len(found.treated)} dagen.",
    )
    own = said[said.index(steps[0]) :].replace("\\", "").replace("\N{WORD JOINER}", "")
    places = [own.index(step) for step in steps]
    assert places == sorted(places), "from the remark to the effect"
    assert "nog niet gemeten" not in own


def _advice() -> Advice:
    return next(one for one in advices() if one.text == "Verbreed de trap.")
