"""The guides for stewards and communications, followed to the letter: what they name is pressed, and does that.

What a guide names to press or read stands in it in italics. A test takes each from the guide, and none may be left.
"""

import re
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.investigations import note_finding
from data.area.sources import read_sources, record_decision
from data.keeping.home import area_home
from data.upkeep.event_calendar import read_calendar
from data.upkeep.event_proposals import proposals, propose_event
from feedback.people.invitations import find, invite
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in, standing
from language.catalogue import read_messages
from reports.picture_register import entries
from streamlit_app.manage import jobs
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing_data import sample
from tests.apptest import test_studio
from tests.apptest.test_account_pages import Started
from tests.apptest.test_manage import ZONES, add_area, button, manage, said, tables
from tests.unit.data.test_investigations import finding

DOCS = Path(__file__).parents[2] / "docs"


class Guide:
    """A guide in parts, and what it named that was followed."""

    def __init__(self, name: str, *titles: str) -> None:
        text = re.sub(r"```.*?```", "", (DOCS / name).read_text("utf-8"), flags=re.DOTALL)
        parts = dict(re.findall(r"(?ms)^#+ (.+?)\n(.*?)(?=^#|\Z)", text))
        self._named = {title: self._italics(parts[title]) for title in titles}
        self._followed: dict[str, set[str]] = {title: set() for title in titles}
        self._said = {form for texts in read_messages("nl").values() for form in texts}

    @staticmethod
    def _italics(text: str) -> set[str]:
        return {" ".join(one.split()) for one in re.findall(r"(?<!\*)\*([^*\s][^*]*)\*(?!\*)", text)}

    def step(self, part: str, label: str) -> str:
        """Take a step from the guide: what it names there, in the words of the app."""
        assert label in self._named[part], f"the guide does not name '{label}' under '{part}'"
        assert label in self._said
        self._followed[part].add(label)
        return label

    def left(self) -> dict[str, set[str]]:
        """What the guide names and nobody followed."""
        return {part: left for part, named in self._named.items() if (left := named - self._followed[part])}


def named(app: AppTest, kind: str, label: str):
    return next(one for one in app.get(kind) if one.label == label)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    add_area(tmp_path)
    return tmp_path


def test_16_guide_of_the_steward_data_are_taken_in_decided_on_and_put_back(town: Path) -> None:
    guide = Guide("handleiding-beheer.md", "Gegevens inlezen", "Besluiten over bronnen")
    counts = area_home("testtown") / "counts.parquet"
    before = counts.read_bytes()
    assert (
        guide.step("Gegevens inlezen", "Gegevens")
        in manage("overview").segmented_control(key=ManageKey.MANAGE_PART).options
    )
    app = manage("data", area="testtown")
    label = guide.step("Gegevens inlezen", "Een voorbeeldbestand om in te vullen")
    assert label in [one.label for one in app.get("download_button")]
    filled = sample(load_area("testtown"), "counts").replace(",100", ",40").replace(";100", ";40")
    app.file_uploader[0].upload("ingevuld.csv", filled.encode("utf-8-sig"), "text/csv")
    app.run()
    for column in ("Gemiddeld in dit bestand", "Gemiddeld tot nu toe"):
        assert guide.step("Gegevens inlezen", column) in app.table[0].value.columns
    assert counts.read_bytes() == before
    button(app, guide.step("Gegevens inlezen", "Neem dit in gebruik"))
    assert "Toegevoegd" in said(app) or "nieuwe uren" in said(app)
    assert counts.read_bytes() != before
    button(app, guide.step("Gegevens inlezen", "Zet dit terug"))
    assert counts.read_bytes() == before
    button(app, "Zet dit terug")  # what was put aside is among the copies too
    app.radio[-2].set_value("refused")
    named(app, "text_input", "Wie besloot (een groep of functie, geen persoon)").set_value("klankbordgroep")
    named(app, "text_area", "Waarom").set_value("eerst overleg")
    button(app, guide.step("Besluiten over bronnen", "Leg het besluit vast"))
    assert read_sources("testtown")[0].decision == "refused"
    assert not guide.left()


def test_16_guide_of_the_steward_a_source_is_tested_behind_closed_doors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(jobs.subprocess, "Popen", Started)
    monkeypatch.setattr(jobs, "_running", {})
    part = "Wat een bron zou toevoegen"
    guide = Guide("handleiding-beheer.md", part)
    record_decision("scheveningen", "practice-events", "refused", "werkgroep ethiek", "eerst zien")
    app = manage("data")
    assert guide.step(part, "Testen wat een bron zou toevoegen") in [one.value for one in app.header]
    by, session = [one for one in app.text_input if "practice-events" in one.proto.form_id]
    by.set_value("werkgroep ethiek")
    session.set_value("mei")
    next(one for one in app.text_area if "practice-events" in one.proto.form_id).set_value("eerst zien")
    button(app, guide.step(part, "Leg de toestemming voor één test vast"))
    button(app, guide.step(part, "Start de test"))
    assert Started.asked[-1][-1] == "practice-events"
    assert guide.step(part, "Trek de toestemming in") in [one.label for one in app.expander]
    note_finding("scheveningen", finding("practice-events"))
    app.switch_page("../pages/sources.py").run()
    assert guide.step(part, "Wat deze bron zou toevoegen") in [one.value for one in app.subheader]
    guide.step(part, "Bronnen")
    assert not guide.left()


def test_16_guide_of_the_steward_an_event_is_added_changed_removed_and_put_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    guide, part = Guide("handleiding-beheer.md", "Evenementen"), "Evenementen"
    area = load_area("scheveningen")
    shipped = read_calendar(area)
    app = manage("events")
    app.text_input[0].set_value("Vlootschouw")
    app.get("datetime_input")[0].set_value(datetime(2026, 8, 5, 14))
    app.get("datetime_input")[1].set_value(datetime(2026, 8, 5, 18))
    button(app, guide.step(part, "Zet in de kalender"))
    typed = {"attendance": 5000.0}
    shown_columns: dict[str, str] = {}

    def table(shown: pd.DataFrame, **options: dict[str, dict[str, str]]) -> pd.DataFrame:
        """What the table gives back when somebody typed in the row of the event: a test app has no table."""
        shown_columns.update({key: (one or {}).get("label", "") for key, one in options["column_config"].items()})
        changed = shown.copy()
        for column, value in typed.items():
            changed.loc[changed["name"] == "Vlootschouw", column] = value
        return changed

    monkeypatch.setattr(st, "data_editor", table)
    assert "0 toegevoegd, 1 veranderd, 0 verwijderd" in said(
        button(manage("events"), guide.step(part, "Bewaar de kalender"))
    )
    assert shown_columns["remove"] == guide.step(part, "Haal weg")
    typed = {"remove": True}
    assert "0 toegevoegd, 0 veranderd, 1 verwijderd" in said(button(manage("events"), "Bewaar de kalender"))
    pd.testing.assert_frame_equal(read_calendar(area), shipped)
    button(manage("data"), "Zet dit terug")
    calendar = read_calendar(area).set_index("name")
    assert calendar.loc["Vlootschouw", "attendance"] == 5000
    on = {"zone_id": "dr-lelykade", "start": datetime(2026, 8, 8, 12), "end": datetime(2026, 8, 8, 18)}
    propose_event(area, {"name": "Havenfeest", "attendance": 900, **on})
    button(manage("events"), guide.step(part, "Neem aan: zet het in de kalender"))
    assert "Havenfeest" in set(read_calendar(area)["name"])
    propose_event(area, {"name": "Kermis", "attendance": 2000, **on})
    app = manage("events")
    named(app, "text_input", "Waarom niet? Wie het voorstelde leest dit.").set_value("De kade is dan al vol.")
    button(app, guide.step(part, "Neem het niet aan"))
    assert {one.state for one in proposals(area.id)} == {"accepted", "refused"}
    assert not guide.left()


def test_16_guide_of_the_steward_people_come_in_and_are_ended_each_alone(town: Path) -> None:
    guide = Guide("handleiding-beheer.md", "Mensen", "Binnenkomen", "Verwachting", "Een gebied toevoegen")
    app = manage("people")
    named(app, "text_input", "Organisatie of bijeenkomst (geen persoon)").set_value("Reddingsbrigade")
    button(app, guide.step("Mensen", "Maak een code"))
    code = app.code[0].value.rpartition("/")[2]
    given = find(code)
    _, in_by_it = come_in(code, lambda _role: 3600)
    app.run()
    app.selectbox(key=ManageKey.SIGN_IN_WHICH).set_value(in_by_it.id).run()
    button(app, guide.step("Mensen", "Log deze uit"))
    assert not standing([in_by_it.id])
    _, again = come_in(code, lambda _role: 3600)
    app.selectbox(key=ManageKey.WITHDRAW_WHICH).set_value(given.id).run()
    button(app, guide.step("Mensen", "Intrekken"))
    assert not standing([again.id])
    assert guide.step("Binnenkomen", "Vul uw code in")
    fields = app.text_input
    fields[1].set_value("Beheer gemeente")
    for field in (fields[2], fields[3]):
        field.set_value("vier korte woorden hier")
    button(app, guide.step("Binnenkomen", "Stel het wachtwoord in"))
    assert "Beheer gemeente" in tables(app)
    label = guide.step("Verwachting", "Ophalen, leren en verwachten")
    assert label in [one.label for one in manage("forecast", area="testtown").button]

    part = "Een gebied toevoegen"
    app = manage("data")
    parts = {guide.step(part, one) for one in ("Gegevens", "Verwachting", "Overzicht")}
    assert parts <= set(app.segmented_control(key=ManageKey.MANAGE_PART).options)
    app.text_input[-1].set_value("Ons Dorp")
    app.file_uploader[-3].upload("counts.csv", (town / "counts.csv").read_bytes(), "text/csv")
    app.file_uploader[-2].upload("zones.csv", ZONES.encode(), "text/csv")
    button(app, guide.step(part, "Voeg het gebied toe"))
    assert load_area("ons-dorp").access == "steward"
    app = manage("overview", area="ons-dorp")
    named(app, "selectbox", guide.step(part, "Te zien voor")).set_value("public").run()
    button(app, guide.step(part, "Bewaar de instellingen"))
    assert load_area("ons-dorp").access == "public"
    assert not guide.left()


def test_16_guide_of_the_steward_a_backup_is_made_and_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    guide, part = Guide("handleiding-beheer.md", "Back-up"), "Back-up"
    app = manage("backup")
    button(app, guide.step(part, "Maak nu een back-up"))
    assert len(app.get("download_button")) == 2
    invite(Role.KLANKBORD, "Na de back-up", by=Role.STEWARD)
    assert guide.step(part, "Zet een back-up terug") in [one.value for one in app.header]
    assert guide.step(part, "Zet deze back-up terug")
    app.run()
    (sure,) = [one for one in app.checkbox if "wachtwoord" in one.label]
    sure.check().run()
    button(app, guide.step(part, "Ja, zet terug"))
    assert "is terug" in said(app)
    assert "Na de back-up" not in tables(manage("people"))
    assert not guide.left()


def test_16_guide_for_communications_from_approval_to_withdrawal(home: Path) -> None:
    (home / "pictures" / "log.jsonl").unlink(missing_ok=True)
    minutes, itself = "De twee minuten", "Het beeld dat zichzelf intrekt"
    guide = Guide("handleiding-communicatie.md", minutes, "Als de verwachting verandert", itself)
    studio, press = test_studio.studio, test_studio.button
    mine = studio(Role.COMMUNICATIONS)
    files = [one.label for one in mine.get("download_button")]
    assert {guide.step(minutes, one) for one in ("Download dit bestand", "Download de persmap (ZIP)")} <= set(files)
    press(mine, guide.step(minutes, "Vraag om goedkeuring")).click().run()
    (entry,) = entries("scheveningen")
    guide.step(minutes, "Afkeuren")
    guide.step(minutes, "Goedkeuren")  # what it is called on a picture that warns of nothing
    theirs = test_studio._by_link(Role.PROFESSIONAL, entry.id)
    theirs.text_area[0].set_value("De kop is te stellig")
    press(theirs, guide.step(minutes, "Keur het af")).click().run()
    mine = studio(Role.COMMUNICATIONS)
    assert any("De kop is te stellig" in one.value for one in mine.warning)
    press(mine, "Vraag om goedkeuring").click().run()
    theirs = test_studio._by_link(Role.PROFESSIONAL, entry.id)
    press(theirs, guide.step(minutes, "Goedkeuren en vrijgeven")).click().run()
    mine = studio(Role.COMMUNICATIONS)
    press(mine, guide.step(minutes, "Noteer als gepubliceerd")).click().run()
    assert any("/embed/scheveningen/" in one.value for one in mine.code)
    guide.step("Als de verwachting verandert", "Maak de correctie")  # pressed in test_studio, on an older forecast
    press(mine, guide.step(itself, "Intrekken")).click().run()
    assert entries("scheveningen")[0].withdrawn
    assert not any("/embed/scheveningen/" in one.value for one in studio(Role.COMMUNICATIONS).code)
    assert not guide.left()


def test_16_guide_for_communications_a_house_style_is_made_chosen_and_taken_away(home: Path) -> None:
    part = "De huisstijl van uw gemeente"
    guide = Guide("handleiding-communicatie.md", part)
    app = test_studio.studio(Role.COMMUNICATIONS)
    assert guide.step(part, "Maak een huisstijl") in [one.label for one in app.expander]
    app.text_input(key="studio.brand.new.0.name").set_value("Dorp aan Zee")
    test_studio.button(app, guide.step(part, "Controleer en bewaar")).click().run()
    named(app, "selectbox", guide.step(part, "Huisstijl")).set_value("dorp-aan-zee").run()
    assert not app.exception
    guide.step(part, "Haal weg")  # opens the question
    app.button(key="studio.brand.remove.dorp-aan-zee").click().run()
    assert not list((home / "brands").glob("*"))
    assert not guide.left()
