"""The pages of the account to everybody: what residents read, what professionals see, what stewards change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from streamlit.testing.v1 import AppTest

from data.area import investigations
from data.area.area import load_area
from data.area.investigations import note_finding
from data.area.sources import record_decision
from data.area.stances import LOG
from feedback.people.roles import Role
from feedback.sessions.sessions import close_session, find_session, list_sessions, make_session, open_session
from response.conditions import agreed_history
from response.conditions.agreed_history import put_condition
from response.conditions.condition import Condition
from response.costs.case_history import HISTORY, case_revisions, read_case
from response.progress import plan_history
from streamlit_app.account import timeline_part
from streamlit_app.manage import jobs
from streamlit_app.manage.keys import ManageKey
from streamlit_app.shell import resources
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT
from tests.unit.data.test_investigations import finding

AREA = "scheveningen"


@pytest.fixture(autouse=True)
def _unchanged(home: Path) -> Iterator[None]:
    yield
    histories = (HISTORY, agreed_history.HISTORY, plan_history.HISTORY)
    for name in (*histories, LOG, investigations.LOG, "decisions.jsonl", "job.json", "job.log"):
        (home / "areas" / AREA / name).unlink(missing_ok=True)


def page(
    name: str, role: Role = Role.VISITOR, lang: str = "nl", part: str = "", area: str = AREA, **params: str
) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    for asked, value in {"lang": lang, "area": area, **params}.items():
        app.query_params[asked] = value
    sign_in(app, role)
    if part:
        app.session_state[ManageKey.MANAGE_PART] = part
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.warning, *app.info, *app.success, *app.error)
    tables = [str(table.value.to_dict()) for table in app.table]
    return "\n".join([*(one.value for one in shown), *tables])


def test_residents_read_what_costs_mean_and_professionals_see_the_sum() -> None:
    resident = page("costs")
    said = words(resident)
    for one in ("VOORBEELDCIJFERS", "We verwachten dat het minstens oplevert wat het kost.", "Minder gedrang."):
        assert one in said
    assert not resident.metric
    assert "contante waarde" not in said
    professional = page("costs", Role.PROFESSIONAL, "en")
    assert professional.metric[0].value == "29,490.63"
    assert "second area" in words(professional)
    professional.slider[0].set_value(0).run()
    assert "Between 29,490.63 when all goes badly and 29,490.63" in words(professional).replace("\\", "")


def test_an_area_without_a_case_says_so() -> None:
    assert "Niemand heeft nog ingevuld" in words(page("costs", Role.PROFESSIONAL, area="auckland"))


def test_a_steward_changes_an_item_and_it_is_what_everybody_reads() -> None:
    app = page("manage", Role.STEWARD, part="costs")
    before = read_case(load_area(AREA)).item("begin")
    next(one for one in app.text_input if str(one.key).endswith(".name")).set_value("Beginnen in het klein")
    why = next(one for one in app.text_area if str(one.key).endswith(".why"))
    why.set_value("Er is een offerte gekomen.")
    next(one for one in app.button if str(one.key).endswith(".keep")).click().run()
    assert not app.error
    item = read_case(load_area(AREA)).item("begin")
    assert before is not None
    assert item is not None
    assert item.names == {"nl": "Beginnen in het klein", "en": before.names["en"]}
    assert item.model_copy(update={"names": before.names}) == before
    assert [one.reason for one in case_revisions(AREA)] == ["Er is een offerte gekomen."]
    assert "Beginnen in het klein" in words(page("costs"))


def pressed(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def test_a_party_objects_and_the_source_stays_out_until_it_agrees() -> None:
    assert words(page("sources")).count("Deze bron wordt gebruikt.") == 3
    visitors = {name: page(name) for name in ("today", "overview", "sources")}
    shown = visitors["today"].query_params["snapshot"]
    app = page("manage", Role.FACILITATOR, part="agreement")
    app.selectbox(key=f"{ManageKey.AGREEMENT}.{AREA}").set_value("practice-weather").run()
    party = next(one for one in app.selectbox if one.label == "Partij")
    for answer, why, used in (("objects", "Eerst overleg.", 2), ("agrees", "", 3)):
        party = next(one for one in app.selectbox if one.label == "Partij")
        party.set_value("tno")
        next(one for one in app.radio if one.label == "Zegt").set_value(answer)
        next(one for one in app.text_area if one.label.startswith("Waarom, of")).set_value(why)
        pressed(app, "Noteer wat deze partij zegt")
        said = words(page("sources"))
        assert said.count("Deze bron wordt gebruikt.") == used
        assert "Nog niet gevraagd: Gemeente Den Haag" in said
        assert "ELBA" in said
        assert ("Eerst overleg." in said) == (answer == "objects")
        assert ("Oefengegevens: weer" in words(page("overview"))) == (answer == "agrees")
        sources = {one.id for one in resources.sources(AREA)}
        assert ("practice-weather" in sources) == (answer == "agrees")
        now = load_area(AREA).now()
        assert ("practice-weather" in resources.issued(AREA, now)[0].sources) == (answer == "agrees")
        for name, visitor in visitors.items():
            assert not visitor.run().exception, name
        assert visitors["today"].query_params["snapshot"] != shown, "made with a source that was withdrawn"
        assert ("Oefengegevens: weer" in words(visitors["overview"])) == (answer == "agrees")
        assert words(visitors["sources"]).count("Deze bron wordt gebruikt.") == used


class Started:
    """A process that was asked for and goes on, of which nothing is started."""

    pid = 2**30

    def __init__(self, command: list[str], **_: object) -> None:
        self.asked.append(command)

    asked: ClassVar[list[list[str]]] = []

    def poll(self) -> None:
        return None


def test_a_source_under_investigation_is_tested_with_leave_and_everybody_reads_what_it_showed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record_decision(AREA, "practice-weather", "pending", "werkgroep ethiek")
    assert "Wat deze bron zou toevoegen" not in words(page("sources"))
    app = page("manage", Role.STEWARD, part="data")
    assert not [one for one in app.button if one.label == "Start de test"]
    pressed(app, "Leg de toestemming voor één test vast")
    assert any("Vul in wie besloot" in one.value for one in app.error)
    form = f"{ManageKey.INVESTIGATE}.{AREA}.practice-weather.form"
    by, session = (one for one in app.text_input if one.proto.form_id == form)
    by.set_value("Werkgroep ethiek")
    session.set_value("Overleg van mei")
    next(one for one in app.text_area if one.proto.form_id == form).set_value("Eerst zien wat het toevoegt.")
    pressed(app, "Leg de toestemming voor één test vast")
    said = words(page("sources")).replace("\\", "")
    assert "toestemming voor één gesloten test, in de sessie 'Overleg van mei': Eerst zien wat het toevoegt." in said
    assert "Deze bron wordt niet gebruikt" in said
    monkeypatch.setattr(jobs.subprocess, "Popen", Started)
    monkeypatch.setattr(jobs, "_running", {})
    pressed(app, "Start de test")
    assert Started.asked[-1][-9:] == [
        *("forecasting", "sealed-test", "--progress"),
        *("--area", AREA, "--lang", "nl", "--source", "practice-weather"),
    ]
    note_finding(AREA, finding("practice-weather"))
    said = words(page("sources"))
    for text in ("Met deze bron werden de voorspellingen beter.", "tussen 2,0 en 6,0", "Dit zijn oefengegevens."):
        assert text in said, text
    assert "gesloten test" not in said
    monkeypatch.setattr(timeline_part, "_AT_ONCE", 1000)
    assert "is getest: Met deze bron" in words(page("timeline")).replace("\\", "")


def test_a_session_for_work_packages_counts_on_the_page_of_progress() -> None:
    made = make_session("Samen aan zee", kind="werkgroep", day=date(2026, 9, 3), area=AREA)
    app = page("sessions", Role.FACILITATOR, session=made.id)
    form = next(one for one in app.multiselect if made.id in str(one.key) or str(one.key).endswith(".packages"))
    form.set_value(["wp2", "wp5"])
    pressed(app, "Bewaar de wijziging")
    assert find_session(made.id).packages == ("wp2", "wp5")
    assert "Samen aan zee" not in words(page("progress"))
    open_session(made.id)
    close_session(made.id)
    said = words(page("progress")).replace("\\", "")
    assert "kwamen één keer samen bijeen" in said
    assert said.count("Bijeen op 3 september 2026 over 'Samen aan zee', met") == 2


def test_a_broken_condition_switches_a_page_off_with_the_reason_and_met_switches_it_on() -> None:
    for evening in list_sessions("open"):  # in an open session nothing is switched off, and other tests left some open
        close_session(evening.id)
    condition = {"id": "c", "texts": {"nl": "Cijfers zijn nagekeken."}, "kind": "economic"}
    governs = {"governs": [{"what": "page", "id": "costs"}]}
    put_condition(
        load_area(AREA), Condition.model_validate(condition | governs), role="steward", reason="Uit de sessie."
    )
    app = page("manage", Role.STEWARD, part="conditions")
    for state, off in (("broken", True), ("met", False)):
        app.selectbox(key=f"{ManageKey.CONDITIONS}.decide.{AREA}").set_value("c").run()
        next(one for one in app.radio if one.label == "Hoe het ermee staat").set_value(state)
        next(one for one in app.text_input if one.label.startswith("Wie besloot")).set_value("Werkgroep ethiek")
        next(one for one in app.text_area if one.label.startswith("Waarom? Iedereen")).set_value("Er zat een fout in.")
        pressed(app, "Noteer het besluit")
        said = words(page("costs"))
        assert ("Dit is uitgezet door een besluit van Werkgroep ethiek: Er zat een fout in." in said) == off
        assert ("Minder gedrang." in said) != off
        assert "Er zat een fout in." in words(page("conditions"))


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("sources", "Welke bronnen gebruiken we?", "Which sources do we use?"),
        ("conditions", "Onder welke voorwaarden?", "On what conditions?"),
        ("progress", "Hoe ver is het?", "How far along is it?"),
        ("overview", "Hoe het werkt, in het kort", "How it works, in short"),
        ("open", "Open gegevens", "Open data"),
    ],
)
def test_everybody_reads_the_account_in_both_languages(name: str, nl: str, en: str) -> None:
    for lang, title in (("nl", nl), ("en", en)):
        app = page(name, lang=lang)
        assert app.title[0].value == title
        assert len(words(app)) > 300
    assert page(name, area="auckland").title


def test_what_people_fill_in_of_the_progress_is_what_everybody_reads() -> None:
    assert "Dat is nog niet besloten." in words(page("progress"))
    app = page("manage", Role.STEWARD, part="progress")
    next(one for one in app.radio if one.label == "Besluit").set_value("no go")
    next(one for one in app.text_input if one.label.startswith("Wie besloot")).set_value("Stuurgroep")
    next(one for one in app.text_area if one.label.startswith("Waarom? Iedereen")).set_value(
        "Eerst een proef van een zomer."
    )
    pressed(app, "Noteer het besluit")
    said = words(page("progress"))
    assert "Nee. Stuurgroep besloot dat op" in said
    assert "Eerst een proef van een zomer." in said
