"""Counts in spreadsheets: sheets are named, numbers and times are taken as the cells hold them."""

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pytest

from data.area.reading import Reading
from data.importing.counts.reader import read_counts
from data.tables.notices import Imported
from language import UserError, language

TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
Cell = str | float | datetime | None


def cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value - datetime(1899, 12, 30)).total_seconds() / 86_400!r}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"


def write(path: Path, sheets: dict[str, list[list[Cell]]], hidden: str = "") -> None:
    """Write a workbook as Excel does: moments are fractions of days, with a style that says so."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{"hidden" if name == hidden else "visible"}"/>'
        for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{root}</Relationships>')
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>'
        )
        packed.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>')
        packed.writestr("xl/styles.xml", STYLES)
        for n, rows in enumerate(sheets.values(), 1):
            body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
            packed.writestr(
                f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )


TABLE: list[list[Cell]] = [
    ["tijdstip", "A", "B"],
    [datetime(2026, 11, 1, 10), 12.0, 1.204],
    [datetime(2026, 11, 1, 11), None, 3.0],
    [datetime(2026, 11, 1, 12), 7.0, "n.v.t."],
]


def read(path: Path, sheet: str = "") -> Imported:
    return read_counts(path, ["A", "B"], TZ, "present", reading=Reading(sheet=sheet), now=NOW)


def test_a_sheet_is_read_as_its_cells_are(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    write(path, {"Blad1": TABLE, "leeg": []})
    found = read(path)
    assert found.frame["count"].fillna(-1).tolist() == [12, -1, 7, 1.204, 3, -1]
    assert found.frame["hour"].dt.strftime("%H:%M").tolist() == ["09:00", "10:00", "11:00"] * 2
    assert not found.doubts  # 1.204 in a cell is no thousand


def test_minutes_that_excel_keeps_as_fractions_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    rows: list[list[Cell]] = [[datetime(2026, 11, 1, 10 + n // 20, n % 20 * 3), 1.0, 2.0] for n in range(40)]
    write(path, {"Blad1": [["timestamp", "A", "B"], *rows]})
    assert read(path).frame["count"].tolist() == [1, 1, 2, 2]


@pytest.mark.parametrize("minutes", [15, 60])
def test_midnight_is_an_hour_as_any_other(tmp_path: Path, minutes: int) -> None:
    """Spreadsheets keep 0:00 as a day without a clock: a table of all hours of two days has two of these."""
    path = tmp_path / "counts.xlsx"
    steps = [datetime(2026, 10, 29) + timedelta(minutes=minutes * n) for n in range(2 * 1440 // minutes)]
    write(path, {"Blad1": [["timestamp", "A", "B"], *([step, 1.0, 2.0] for step in steps)]})
    hours = read(path).frame.query("zone_id == 'A'")["hour"].dt.tz_convert(TZ).dt.hour.tolist()
    assert hours == [*range(24)] * 2


def test_days_without_a_clock_are_no_hours(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    days: list[list[Cell]] = [[datetime(2026, 10, day), 1.0, 2.0] for day in (1, 2, 3)]
    write(path, {"Blad1": [["timestamp", "A", "B"], *days]})
    with pytest.raises(UserError, match="is a day without an hour"):
        read(path)


def test_several_sheets_are_named_and_one_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    write(path, {"Uitleg": [["Over", "dit bestand"]], "Tellingen": TABLE, "oud": TABLE}, hidden="oud")
    with pytest.raises(UserError, match=r"counts\.xlsx has several sheets: Uitleg, Tellingen\. Say which"):
        read(path)
    with pytest.raises(UserError, match=r"no sheet 'oud' \(found: Uitleg, Tellingen\)"):
        read(path, "oud")
    assert read(path, "Tellingen").frame["count"].notna().sum() == 4


def test_lines_above_the_table_and_row_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    above: list[list[Cell]] = [["Telpunt", "Plein A"], [None], ["Export", datetime(2026, 11, 29)], [None]]
    write(path, {"Blad1": [*above, *TABLE]})
    assert "row 5 was read as the header" in " ".join(notice(language("en")) for notice in read(path).notices)
    write(path, {"Blad1": [*above, *TABLE, [None], ["2026-11-01 13:00", "veel", 1.0]]})
    with pytest.raises(UserError, match=r"Row 10 of counts\.xlsx: 'veel' is not a number"):
        read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_what_only_begins_like_a_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "counts.xlsx").write_bytes(content)
    with pytest.raises(UserError, match=r"counts\.xlsx is not a spreadsheet that can be read"):
        read(tmp_path / "counts.xlsx")


def test_a_zip_of_other_things_and_one_that_unpacks_too_large_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "hello")
    with pytest.raises(UserError, match="not a spreadsheet"):
        read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("big.xml", "w") as part:
        for _ in range(410):
            part.write(bytes(2**20))
    with pytest.raises(UserError, match="too large"):
        read(path)
