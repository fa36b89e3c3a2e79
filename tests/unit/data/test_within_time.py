"""Files that would take for ever, or all memory there is: each reader ends with a sentence, and nothing else ends."""

import re
import threading
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.connectors import ics
from data.importing.counts.reader import read_counts
from data.keeping import within_time as limits
from data.keeping.toml_file import read_toml
from data.keeping.within_time import _OverError, within_time
from data.tables.opening import open_table
from data.tables.spreadsheet import sheet_names
from feedback.groups.polis import read_conversation
from language import UserError, language
from tests.unit.data.connectors.test_ical import AREA, CONNECTOR, calendar, event
from tests.unit.polis_export import export

ROOT = Path(__file__).parents[3]
ROOMS = ("data", "forecasting", "feedback", "visuals", "reports", "streamlit_app")


@pytest.fixture
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader has a hundredth of a second, so that what passes the limit is small."""
    monkeypatch.setattr(limits, "LIMIT_SECONDS", 0.01)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        act()
    assert error.value.say(language("nl")) != error.value.say(language("en"))
    return error.value.say(language("en"))


def endless() -> None:
    while True:
        pass


def dotted(folder: Path) -> Callable[[], object]:
    (folder / "settings.toml").write_text(".".join("a" * 200_000) + " = 1")
    return lambda: read_toml(folder / "settings.toml")


def many_events(_folder: Path) -> Callable[[], object]:
    content = calendar(*(event(f"u{number}", "20260902T090000", 4) for number in range(3000)))
    return lambda: ics.parsed([content], AREA, CONNECTOR, datetime(2026, 8, 3, tzinfo=UTC))


def many_rows(folder: Path) -> Callable[[], object]:
    path = folder / "counts.csv"
    path.write_text("timestamp,zone_id,count\n" + "".join(f"2026-08-01 {at},pier,1\n" for at in range(20_000)))
    return lambda: read_counts(path, ("pier",), ZoneInfo("Europe/Amsterdam"), "present")


def many_votes(folder: Path) -> Callable[[], object]:
    export(folder, people=100, statements=12)
    return lambda: read_conversation(folder)


@pytest.mark.usefixtures("little_time")
@pytest.mark.parametrize("slow", [dotted, many_events, many_rows, many_votes])
def test_what_would_take_for_ever_is_refused(tmp_path: Path, slow: Callable[[Path], Callable[[], object]]) -> None:
    assert "takes too long to read" in refused(slow(tmp_path))


@pytest.mark.usefixtures("little_time")
def test_a_reader_that_goes_on_after_every_error_ends_too() -> None:
    def stubborn() -> None:
        while True:
            try:
                endless()
            except Exception:
                continue

    refused(within_time(stubborn))


@pytest.mark.usefixtures("little_time")
def test_waiting_for_others_costs_a_reader_nothing() -> None:
    @within_time
    def patient() -> str:
        time.sleep(0.1)
        return "read"

    assert patient() == "read"


@pytest.mark.usefixtures("little_time")
def test_a_reader_within_another_shares_its_time() -> None:
    inner = within_time(lambda: None)
    outer = within_time(lambda: [inner() for _ in iter(int, 1)])
    refused(outer)


@pytest.mark.usefixtures("little_time")
def test_the_end_of_one_reading_touches_no_other_and_nothing_after_it() -> None:
    """Readers that end just about when their time does: whatever comes of each, no error comes out elsewhere."""

    def about() -> int:
        until = time.thread_time() + 0.0099
        while time.thread_time() < until:
            pass
        return 1

    said: list[object] = []

    def read_often() -> None:
        try:
            for _ in range(20):
                try:
                    said.append(within_time(about)())
                except UserError as error:
                    said.append(error)
        except _OverError as error:
            said.append(error)

    threads = [threading.Thread(target=read_often) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 40
    assert not any(isinstance(one, _OverError) for one in said)


def spreadsheet(path: Path, cells: list[tuple[str, int]]) -> Path:
    """Write the smallest workbook with these cells."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = '<Relationships xmlns="{}"><Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    rows = "".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for column, row in cells)
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "_rels/.rels": link.format(package, f"{of}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{of}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": link.format(package, f"{of}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("far", [("XFD", 1_048_576), ("ALL", 200_000), ("B", 2**31)])
def test_a_sheet_of_two_cells_that_lie_billions_apart_is_refused(tmp_path: Path, far: tuple[str, int]) -> None:
    path = spreadsheet(tmp_path / "counts.xlsx", [("A", 1), far])
    for act in (lambda: open_table(path), lambda: sheet_names(path)):
        assert "counts.xlsx" in refused(act)


def test_a_small_sheet_passes_its_trial(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "counts.xlsx", [("A", 1), ("B", 1), ("A", 2), ("B", 2)])
    assert sheet_names(path) == ["S"]


def test_every_reader_of_files_from_outside_has_a_limit_of_time() -> None:
    """Whoever bounds the size of a file, or unpacks one, reads it: in the same module, within time or for who is."""
    within = {
        "data/tables/content.py",
        "data/tables/parquet.py",
        "data/tables/table.py",
        "data/keeping/from_outside.py",
    }
    within |= {"data/importing/weather_formats/text.py", "data/keeping/spreadsheet_trial.py"}
    asks = re.compile(r"\b(check_size|check_packed|too_large)\b")
    found = {
        str(path.relative_to(ROOT)): path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")
    }
    readers = {name for name, text in found.items() if asks.search(text)} - within
    assert len(readers) > 8
    assert {name for name in readers if "@within_time" not in found[name]} <= {"reports/brand_keeping.py"}
