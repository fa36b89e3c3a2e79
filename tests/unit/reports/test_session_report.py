"""The report of a session: complete, accessible, safe to publish, and the same in every format."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from PIL import Image

from data.area.area import load_area
from feedback.sessions.advice import give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.closing import adopt, fill_in
from feedback.sessions.paper import type_in_votes
from feedback.sessions.responses import respond, type_in
from feedback.sessions.sessions import Session, find_session, make_session, open_session
from feedback.sessions.statements import add_statement, tally
from language import UserError, language
from reports.session_report import Picture, session_report
from reports.session_report_docx import report_docx
from reports.session_report_html import report_html
from reports.session_report_zip import report_zip
from tests.unit.moderators import publish_all

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
    assert "Wat mist u?" in headings
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
