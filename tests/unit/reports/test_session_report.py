"""The report of a session: complete, accessible, safe to publish, and the same in every format."""

import csv
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from PIL import Image

from data.area.area import load_area
from feedback.sessions.advice import give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.closing import adopt, fill_in, rectify, withdraw_report
from feedback.sessions.paper import type_in_votes
from feedback.sessions.responses import respond, type_in
from feedback.sessions.sessions import Session, find_session, make_session, open_session
from feedback.sessions.statements import add_statement, statements, tally
from feedback.sessions.wording import change_statement
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import obtain
from forecasting.training.model_files import load_models
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from language import UserError, language
from reports.session_pictures import session_pictures
from reports.session_report import Picture, SessionReport, session_report
from reports.session_report_docx import report_docx
from reports.session_report_html import report_html
from reports.session_report_zip import report_zip
from streamlit_app.shell import resources
from tests.unit.moderators import publish_all
from visuals.base.outlook import Outlook

NL = language("nl")
AREA = load_area("scheveningen")


def picture() -> Picture:
    file = BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, "PNG")
    return Picture(file.getvalue(), "De week bij de Pier")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen", place="De Pier")
    add_item(made.id, "question", "Wat mist u?", item_id="q")
    add_item(made.id, "statements", "Stellingen", item_id="s")
    add_item(made.id, "look", "De kaart", item_id="l", target="map?zone=pier")
    for text in ("Meer prullenbakken", "=Minder auto's"):
        add_statement(made.id, text, person=None, item_id="s", seed=True)
    open_session(made.id)
    publish_all(type_in(made.id, "q", ["Schaduw <b>nu</b>", "=1+1"]))
    respond(made.id, "q", "Dit wacht nog", person="a", response_id="r")
    type_in_votes(made.id, "s", ["eo", "ee", "e.", "w o"])
    give_advice(made.id, "Zet containers neer", due=date(2026, 9, 1), supported_by="bijna allen", minority="Twee tegen")
    fill_in(made.id, minutes="Goed gesprek.", organisations="Bewoners\nHoreca", attended={"resident": 7, "police": 2})
    return adopt(made.id)


def test_the_page_says_all_and_shows_words_as_words(session: Session) -> None:
    html = report_html(session_report(session, AREA, NL, {"l": picture()}), NL)
    for words in ("Vastgesteld op", "Goed gesprek.", "Horeca", "Zet containers neer", "Twee tegen", "OEFENGEGEVENS"):
        assert words in html
    assert "Schaduw &lt;b&gt;nu&lt;/b&gt;" in html
    assert "Dit wacht nog" not in html
    assert 'alt="De week bij de Pier"' in html
    assert '<th scope="col">Eens</th>' in html
    assert "Politie" not in html  # two people would be recognised
    assert "http" not in html.split("</style>")[1]  # it needs nothing else


def test_the_word_file_has_headings_alternative_texts_and_table_headers(session: Session) -> None:
    document = docx.Document(BytesIO(report_docx(session_report(session, AREA, NL, {"l": picture()}), NL)))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings[0] == "Avond"
    assert "1. Wat mist u?" in headings
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["De week bij de Pier"]
    xml = document.element.xml
    assert xml.count("w:tblHeader") == len(document.tables)
    votes = next(t for t in document.tables if t.rows[0].cells[0].text == "Stelling")
    assert [cell.text for cell in votes.rows[1].cells] == ["Meer prullenbakken", "3", "1", "0"]


def test_the_open_data_open_safely_and_say_nothing_of_few(session: Session) -> None:
    archive = zipfile.ZipFile(BytesIO(report_zip(session, AREA.tz, simulated=True)))
    files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert {"README.txt", "answers.csv", "polis/comments.csv", "polis/summary.csv"} <= set(files)
    assert "polis/votes.csv" not in files  # four voters could be recognised
    answers = list(csv.DictReader(StringIO(files["answers.csv"])))
    assert {row["text"] for row in answers} == {"Schaduw <b>nu</b>", "'=1+1"}
    assert all(row["data"] == "DEMO DATA" for row in answers)
    assert list(csv.reader(StringIO(files["attendance.csv"])))[1][:2] == ["", "9"]
    assert "'=Minder auto's" in files["polis/comments.csv"]


def test_votes_on_paper_are_typed_in_by_the_line_or_not_at_all(session: Session) -> None:
    assert tally(session.id)["agrees"].tolist() == [3, 1]
    with pytest.raises(UserError, match="Line 2 has 3 letters"):
        type_in_votes(session.id, "s", ["ee", "eee"])
    with pytest.raises(UserError, match="'x' is none of"):
        type_in_votes(session.id, "s", ["ex"])
    assert tally(session.id)["agrees"].tolist() == [3, 1]
    assert find_session(session.id).report == "adopted"


def _report(made: Session) -> SessionReport:
    return session_report(find_session(made.id), AREA, NL, {"l": picture()})


def test_16_04_an_adopted_report_that_was_rectified_or_withdrawn_says_so_with_its_version(session: Session) -> None:
    form = {"minutes": "Beter verslag.", "organisations": "", "attended": {"resident": 8}}
    rectify(session.id, "Er kwamen er acht, niet zeven.", **form)
    html = report_html(_report(session), NL)
    assert "Versie 2, vastgesteld op" in html
    assert "versie 2: Er kwamen er acht, niet zeven." in html
    assert "Beter verslag." in html
    withdraw_report(session.id, "De groep is het er niet mee eens.")
    taken_back = report_html(_report(session), NL)
    assert "Concept: het verslag is ingetrokken op" in taken_back
    assert "De groep is het er niet mee eens." in taken_back
    with zipfile.ZipFile(BytesIO(report_zip(find_session(session.id), AREA.tz, simulated=True))) as archive:
        rows = list(csv.DictReader(StringIO(archive.read("versions.csv").decode("utf-8-sig"))))
    assert [(row["version"], row["act"]) for row in rows] == [("1", "adopted"), ("2", "rectified"), ("2", "withdrawn")]


def test_16_04_no_heading_is_empty_the_agenda_is_numbered_and_the_counts_explain_themselves(session: Session) -> None:
    add_item(session.id, "question", "Nog iets?")
    add_item(session.id, "thresholds", "Wanneer te druk?")
    made = _report(session)
    assert all(part.paragraphs or part.bullets or part.table or part.picture for part in made.parts)
    assert "Reacties" not in {part.heading for part in made.parts}  # nobody sent any
    (agenda,) = (part for part in made.parts if part.heading == "Agenda")
    assert agenda.numbered
    assert [part.heading[:2] for part in made.parts if part.heading[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5."]
    html = report_html(made, NL)
    assert "<ol>\n<li>Wat mist u? (Open vraag)</li>" in html
    assert "4 van hen deden mee op papier." in html
    assert "4 mensen stemden." in html
    document = docx.Document(BytesIO(report_docx(made, NL)))
    assert {p.text for p in document.paragraphs if p.style.name == "List Number"} >= {"Wat mist u? (Open vraag)"}


def test_16_04_the_word_file_was_made_when_it_was_made(session: Session) -> None:
    before = datetime.now(UTC)
    properties = docx.Document(BytesIO(report_docx(_report(session), NL))).core_properties
    for moment in (properties.created, properties.modified):
        assert abs(moment.replace(tzinfo=UTC) - before) < timedelta(hours=1)


def test_16_04_a_corrected_statement_says_in_the_report_what_people_voted_on(session: Session) -> None:
    first = statements(session.id)[0]
    change_statement(first.id, "Meer vuilnisbakken")
    assert "Meer vuilnisbakken (verbeterd; er stond: “Meer prullenbakken”)" in report_html(_report(session), NL)


def _pictures(target: str) -> Picture:
    _, forecast = resources.issued("scheveningen", AREA.now())
    outlook = Outlook(forecast, AREA, resources.thresholds("scheveningen"), NL)
    made = make_session("Kijken", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "look", "Samen kijken", target=target)
    return session_pictures(made.id, [item], outlook, NL)[item.id]


def test_16_04_looking_together_prints_the_map_that_was_looked_at(session: Session) -> None:
    moment = AREA.now().astimezone(UTC) + timedelta(hours=5)
    at = f"{moment:%Y-%m-%dT%H}:00Z"
    levels = _pictures(f"map?area=scheveningen&at={at}&view=levels&zone=pier")
    assert levels.alt.startswith("De kaart die is bekeken")
    assert f"{moment.astimezone(AREA.tz):%H}" in levels.alt
    assert _pictures(f"map?at={at}&view=hexagons").png != levels.png
    later = f"{moment + timedelta(hours=8):%Y-%m-%dT%H}:00Z"
    assert _pictures(f"map?at={later}&view=levels").png != levels.png
    for elsewhere in (
        "map?zone=pier",
        "map?at=gisteren&zone=pier",
        "today?zone=pier",
        "map?at=1999-01-01T10:00Z&zone=pier",
    ):
        assert _pictures(elsewhere).alt.startswith("De week bij")


def test_16_06_a_map_that_was_looked_at_with_a_scenario_is_printed_with_it(session: Session) -> None:
    moment = AREA.now().astimezone(UTC) + timedelta(hours=5)
    asked: list[Scenario] = []
    snapshot = obtain(AREA, AREA.now().astimezone(UTC), 168)

    def picture(code: str) -> bytes:
        made = make_session("Kijken", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
        target = f"map?at={moment:%Y-%m-%dT%H}:00Z&view=levels&scenario={code}"
        item = add_item(made.id, "look", "Samen kijken", target=target)
        outlook = Outlook(forecast(snapshot), AREA, load_models(AREA).thresholds(AREA), NL)

        def applied(scenario: Scenario) -> Forecast:
            asked.append(scenario)
            return forecast(snapshot, scenario)

        return session_pictures(made.id, [item], outlook, NL, applied)[item.id].png

    hot = Scenario.from_json('{"version": 1, "weather": {"temp_delta_c": 10}}')
    usual = picture("")
    assert asked == []
    assert picture("damaged") == usual
    assert picture(hot.encode()) != usual
    assert asked == [hot]
