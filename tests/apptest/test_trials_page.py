"""Trials, from the lots to the result: professionals plan one, freeze it and break off a day; everybody reads it."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.keeping import real_time
from feedback.people.roles import Role
from forecasting.training.model_files import load_models
from language import language
from language.plain import joined
from response.actions.log import log, read_entry
from response.effects.frozen import read_frozen
from response.effects.reading import findings
from response.trials.reading import result_of
from response.trials.running import trials
from response.trials.trial_words import result_sentences
from streamlit_app.playbook.keys import PlaybookKey
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT
from tests.apptest.test_playbook_page import page as playbook_page
from tests.apptest.test_playbook_page import words


def page(role: Role) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    sign_in(app, role).switch_page("../pages/trials.py").run()
    assert not app.exception
    return app


QUESTION, CARD, SEED = "Helpen gastheren op straat?", "gastheren", "4711"
FIRST, NUMBER = date(2026, 6, 1), 24
"""Every other day of that summer has a forecast of before, so half of the days of the trial can be judged."""


def form_of(app: AppTest) -> str:
    """Return how the keys of the fields of a plan begin: each plan has fields of its own."""
    return f"{PlaybookKey.TRIAL}.{app.session_state[f'{PlaybookKey.TRIAL}.id']}"


def plan(app: AppTest) -> AppTest:
    """Fill in the plan of a trial."""
    app.session_state[PlaybookKey.TRIAL] = True
    app.run()
    key = form_of(app)
    for field, value in (("question", QUESTION), ("seed", SEED), ("stop", "Te druk"), ("agreed", "Raad")):
        app.text_input(key=f"{key}.{field}").set_value(value)
    app.selectbox(key=f"{key}.card").set_value(CARD)
    app.date_input(key=f"{key}.first").set_value(FIRST)
    app.number_input(key=f"{key}.number").set_value(NUMBER)
    app.session_state[f"{key}.weekdays"] = list(range(7))
    app.multiselect(key=f"{key}.zones").set_value(["keizerstraat"]).run()
    assert not app.exception
    return app


def test_a_trial_goes_from_its_lots_to_its_result_whatever_that_is(monkeypatch: pytest.MonkeyPatch) -> None:
    area, lang, key = load_area("scheveningen"), language("nl"), PlaybookKey.TRIAL
    monkeypatch.setattr(real_time, "real_now", lambda: datetime(2026, 5, 20, 8, tzinfo=UTC))
    app = page(Role.PROFESSIONAL)
    assert "nog geen proef" in words(app)
    app.session_state[key] = True
    app.run()
    (lacking,) = (one.value for one in app.info if "Vul nog in:" in one.value)
    assert [line for line in lacking.replace("\\", "").splitlines() if line.startswith("- ")] == [
        "- Wat wilt u weten?",
        "- Plekken",
        "- Getal om mee te loten: gooi dobbelstenen waar mensen bij zijn",
        "- Wanneer stopt u eerder?",
        "- Wie stemde in? Overleggen, geen mensen.",
    ]
    plan(app)
    days = [FIRST + timedelta(days=step) for step in range(NUMBER)]
    on = sorted(sorted(days, key=lambda day: hashlib.sha256(f"{SEED}/{day}".encode()).hexdigest())[: NUMBER // 2])
    assert f"Geloot, ermee: {joined([lang.date(day, 'EEE d MMM') for day in on], lang)}." in words(app)
    assert "dagen van elke soort nodig" in words(app)
    before = form_of(app)
    app.button(key=f"{before}.freeze").click().run()
    assert not app.exception
    assert form_of(app) != before, "a browser keeps what stands in a field of the same key"
    (made,) = trials("scheveningen")
    assert (made.plan.seed, made.plan.zones, made.plan.on) == (SEED, ("keizerstraat",), tuple(on))
    assert made.plan.practice, "what is counted there is made up"

    # The weeks go by: what was drawn is done and logged, but on one day; then it is the practice week of August.
    monkeypatch.setattr(real_time, "real_now", lambda: datetime(2026, 8, 3, 6, tzinfo=UTC))
    broken, *done = on
    for day in done:
        start, end = (datetime.combine(day, time(hour), area.tz) for hour in (12, 18))
        entry = {"id": str(uuid4()), "area": area.id, "stage": "ended", "happened": start, "until": end, "card": CARD}
        log(read_entry({**entry, "zones": ["keizerstraat"]}), area)
    app = page(Role.PROFESSIONAL)
    form = f"{key}.{made.plan.id}"
    app.selectbox(key=f"{form}.day").set_value(broken)
    app.text_input(key=f"{form}.why").set_value("Storm voorspeld.")
    next(one for one in app.button if one.label == "Breek af").click().run()
    assert not app.exception

    app = page(Role.VISITOR)
    told = words(app)
    assert QUESTION in [one.value for one in app.subheader]
    assert not app.button, "everybody reads it, and nobody but professionals changes anything"
    assert f"{SEED}/{FIRST}" in told
    assert made.hash[:16] in told
    (table,) = (one.value for one in app.dataframe if "Geloot" in one.value)
    words_of = {day: "met" if day in on else "zonder" for day in days} | {broken: "afgebroken"}
    assert list(table["Geloot"]) == list(words_of.values())
    found = result_of(trials("scheveningen")[0], area, load_models(area).thresholds(area))
    assert found.to_come == 0
    forecast = set(read_frozen(area.id))
    assert [one.day for one in found.days] == [day for day in days if day in forecast]
    assert dict(found.left) == {day: "no forecast" for day in days if day not in forecast}
    assert [one.day for one in found.days if one.treated] == [day for day in on if day in forecast]
    for sentence in result_sentences(found, lang):
        assert sentence in told
    assert "Er is geen verschil gezien" in told, "what was tried did nothing, and so it says"
    assert f"Afgebroken: {lang.date(broken, 'd MMM y')}. Zij tellen zoals ze geloot zijn." in told
    assert "Storm voorspeld." in told
    (effect,) = findings(area, CARD)
    assert effect.practice
    assert sorted([one.day for one in effect.treated] + [day for day, _ in effect.left]) == done, "what was logged"


def test_a_measured_effect_is_adopted_and_withdrawn_on_the_page() -> None:
    app = playbook_page(part="effects")
    told = words(app)
    assert "Minder druk dan verwacht: ongeveer" in told
    assert "Dit weten wij nog niet" in told
    key = f"{PlaybookKey.EFFECT}.strandweg-autovrij"
    for expected in ("nieuwe verwachtingen", "aanname weer"):
        app.text_input(key=f"{key}.by").set_value("Werkgroep")
        app.text_area(key=f"{key}.why").set_value("Vijftien dagen zeggen genoeg.")
        next(
            one
            for one in app.button
            if one.label in ("Stel het vast voor scenario's en kaarten", "Gebruik het niet meer")
        ).click().run()
        assert not app.exception
        assert expected in "\n".join(one.value for one in (*app.markdown, *app.success, *app.info, *app.toast))
