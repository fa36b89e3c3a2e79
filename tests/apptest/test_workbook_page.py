"""Keep results, find them in the workbook, put them in order, share and present them."""

import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import streamlit
from PIL import Image
from streamlit.testing.v1 import AppTest

from data.keeping import real_time
from language import UserError
from reports import workbook_store
from reports.workbook import Workbook
from tests.apptest.test_pages import headings, opened


@pytest.fixture
def app() -> AppTest:
    return opened("today", lang="nl")


def keep(app: AppTest, cell: str, note: str = "") -> None:
    app.session_state[f"{cell}.keep"] = True
    app.run()
    if note:
        app.text_area(key=f"{cell}.note").set_value(note)
    app.button(key=f"{cell}.keep-it").click().run()
    assert not app.exception
    assert any("Bewaard in uw werkboek." in said.value for said in app.success)


def book_of(app: AppTest) -> Workbook:
    (edit_id,) = app.session_state["workbook.own"]
    return workbook_store.load(edit_id)


def to_workbook(app: AppTest) -> AppTest:
    app.switch_page("../pages/workbook.py").run()
    assert not app.exception
    return app


def by_link(workbook_id: str, lang: str = "nl") -> AppTest:
    """Somebody else, who opens the workbook page with a link."""
    page = opened("workbook", lang=lang)
    page.query_params["wb"] = workbook_id
    page.run()
    assert not page.exception
    return page


def test_an_empty_workbook_says_what_to_do() -> None:
    page = opened("workbook", lang="nl")
    assert headings(page) == ["Werkboek"]
    assert "Onder elk resultaat staat 'Bewaar'" in page.info[0].value


def test_nothing_is_drawn_before_somebody_keeps(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("a picture was drawn")

    monkeypatch.setattr("streamlit_app.notebook.keeping.still", never)
    app.session_state["calendar.keep"] = True
    app.run()
    assert not app.exception
    assert "workbook.own" not in app.session_state or not app.session_state["workbook.own"]


@pytest.mark.usefixtures("drawn_as_shown")
def test_kept_results_are_ordered_noted_shared_and_removed(app: AppTest) -> None:
    keep(app, "week")
    keep(app, "calendar", note="Kijk naar *zaterdag*")
    page = to_workbook(app)
    assert headings(page)[1:] == ["1. De week van 3 t/m 9 augustus 2026", "2. Alle plekken in één oogopslag"]
    assert headings(page)[0].startswith("OEFENGEGEVENS")
    first, second = book_of(page).kept
    wide, narrow = (Image.open(BytesIO(png)) for png in (second.pictures[0].png, second.pictures[0].narrow))
    assert wide.width > 1.8 * narrow.width > 1200, "for a page and for a phone"
    assert not first.pictures
    assert "zaterdag" in " ".join(first.said).lower()
    page.button(key=f"kept.{second.id}.arrow_upward").click().run()
    assert [one.cell for one in book_of(page).kept] == ["calendar", "week"]
    page.text_area(key=f"kept.{first.id}.note").set_value("Mooi weer").run()
    page.text_input(key="workbook.title").set_value("Eerste warme weekend").run()
    assert book_of(page).kept[1].note == "Mooi weer"
    assert headings(page)[0] == "OEFENGEGEVENS · Eerste warme weekend"
    links = [block.value for block in page.code]
    reading, editing = (link.split("wb=")[1] for link in links)
    assert page.query_params["wb"] == reading
    other = by_link(reading, "en")
    assert headings(other)[1:] == ["1. Alle plekken in één oogopslag", "2. De week van 3 t/m 9 augustus 2026"]
    assert not other.text_area
    assert not any("arrow" in (button.key or "") for button in other.button)
    together = by_link(editing)
    assert together.query_params["wb"] == reading
    together.button(key=f"kept.{first.id}.remove").click().run()
    assert [one.cell for one in book_of(page).kept] == ["calendar"]


def test_a_link_of_no_workbook_here_is_one_sentence() -> None:
    page = by_link("r" + "a" * 32)
    assert "staat hier niet" in page.info[0].value
    assert headings(page) == ["Werkboek"]


def test_presenting_shows_one_result_at_a_time(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_time, "real_now", lambda: datetime(2026, 11, 30, tzinfo=UTC))
    keep(app, "week")
    keep(app, "busiest")
    page = to_workbook(app)
    page.button(key="workbook.present").click().run()
    assert headings(page) == ["OEFENGEGEVENS · De week van 3 t/m 9 augustus 2026"]
    page.button(key="workbook.present.on").click().run()
    assert headings(page) == ["OEFENGEGEVENS · Week uit augustus 2026 · De drukste momenten"]
    assert page.button(key="workbook.present.on").disabled
    page.button(key="workbook.present.stop").click().run()
    assert len(headings(page)) == 3


def test_a_workbook_on_another_device_is_copied_before_it_is_changed(app: AppTest) -> None:
    keep(app, "week")
    (edit_id,) = app.session_state["workbook.own"]
    other = by_link(workbook_store.read_id_of(edit_id))
    next(button for button in other.button if button.label == "Maak een kopie").click().run()
    assert other.session_state["workbook.own"] != (edit_id,)
    assert len(other.text_area) == 1
    assert len(book_of(app).kept) == 1


def test_a_result_is_found_again_with_its_own_choices(app: AppTest) -> None:
    app.segmented_control(key="today.daypart").set_value("evening").run()
    app.selectbox(key="today.moment").set_value(2).run()
    title = app.selectbox(key="today.moment").options[2]
    keep(app, "dayparts")
    address = dict(book_of(app).kept[0].address)
    assert address["part"] == "evening"
    again = opened("today", **{**address, "lang": "en"})
    assert again.segmented_control(key="today.daypart").value == "evening"
    assert again.selectbox(key="today.moment").value == 2
    assert again.selectbox(key="today.moment").options[2] != title


def test_a_saved_forecast_is_shown_though_the_data_have_changed(
    app: AppTest, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also on another machine that has the snapshot: nothing is read but that."""
    link = dict(app.query_params.items())
    folder = Path("areas", "scheveningen", "snapshots", link["snapshot"])
    shutil.copytree(home / folder, tmp_path / folder)
    monkeypatch.setenv("CSM_HOME", str(tmp_path))

    def changed(*_: object) -> None:
        raise UserError("The data have changed.")

    monkeypatch.setattr("forecasting.snapshot.snapshot_files.gather", changed)
    streamlit.cache_resource.clear()
    again = opened("today", **link)
    assert headings(again) == headings(app)
    assert not again.info
