"""Sheets of spreadsheets (.xlsx, .xls, .ods), read as tables."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.keeping.from_outside import DAMAGED_ARCHIVE, check_packed, too_large
from data.keeping.spreadsheet_trial import survives
from data.keeping.within_time import within_time
from data.tables.content import unreadable
from data.tables.header import header_at
from data.tables.table import Table, say_header
from data.tables.unknown import UNKNOWN
from language import UserError

LIMIT_CELLS: Final = 10_000_000
"""Most cells of a sheet: each becomes an object in memory."""

_SHOWN_ROWS: Final = 80

_PARTS: Final = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
"""What an archive holds that is a spreadsheet."""


class SheetTable(Table):
    """A sheet of a spreadsheet; its rows are numbered as the program that made it does."""

    def __init__(self, file: str, sheet: CalamineSheet) -> None:
        self.file = file
        if (sheet.total_height + 1) * (sheet.total_width + 1) > LIMIT_CELLS:
            raise too_large(file)
        rows = sheet.to_python(skip_empty_area=False)
        filled = [index for index, row in enumerate(rows) if any(cell != "" for cell in row)]
        texts = [[_text(cell).strip() for cell in rows[index]] for index in filled[:_SHOWN_ROWS]]
        at = header_at([_cut(cells) for cells in texts])
        if at is None:
            raise UserError("{file} has one column only. Give a column of times and one of counts.", file=file)
        self.header = tuple(texts[at])
        self._rows, self._numbers = [rows[index] for index in filled[at + 1 :]], filled[at + 1 :]
        if at:
            self.notices = (partial(say_header, file, filled[at] + 1),)
        self._check_header()

    def row(self, index: int) -> int:
        """Return the number of the row in the sheet."""
        return self._numbers[index] + 1

    def rows(self) -> Iterator[int]:
        """Return the numbers of the rows in the sheet."""
        return (number + 1 for number in self._numbers)

    def _most_rows(self) -> int:
        return len(self._rows)

    def _read(self, positions: Sequence[int]) -> list[pa.ChunkedArray]:
        return [pa.chunked_array([_column([row[position] for row in self._rows])]) for position in positions]


@within_time
def sheet_names(path: Path) -> list[str]:
    """Return the names of the visible sheets that hold something. Raises ``UserError`` when it is no spreadsheet."""
    return _names(_opened(path))


def _names(book: CalamineWorkbook) -> list[str]:
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return [name for name in visible if book.get_sheet_by_name(name).height]


def open_sheet(path: Path, sheet: str) -> SheetTable:
    """Open the sheet of this name, or the only one.

    Raises ``UserError`` naming the sheets when there are several and none is named, or none of this name.
    """
    book = _opened(path)
    names = _names(book)
    if not names:
        raise UserError("{file} is empty. Make it again.", file=path.name)
    if sheet and sheet not in names:
        raise UserError(
            "{file} has no sheet '{sheet}' (found: {sheets}). Name one of these.",
            file=path.name,
            sheet=sheet,
            sheets=", ".join(names),
        )
    if not sheet and len(names) > 1:
        raise UserError(
            "{file} has several sheets: {sheets}. Say which one holds the data.",
            file=path.name,
            sheets=", ".join(names),
        )
    try:
        return SheetTable(path.name, book.get_sheet_by_name(sheet or names[0]))
    except CalamineError as error:
        raise unreadable(path.name) from error


def _opened(path: Path) -> CalamineWorkbook:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                check_packed(path.name, packed)
                if _PARTS.isdisjoint(packed.namelist()):
                    raise zipfile.BadZipFile
        if not survives(path):
            raise too_large(path.name)
        return CalamineWorkbook.from_path(str(path))
    except UserError:
        raise
    except PasswordError as error:
        raise UserError("{file} is locked with a password. Save it without one.", file=path.name) from error
    except (CalamineError, *DAMAGED_ARCHIVE) as error:
        raise UserError(
            "{file} is not a spreadsheet that can be read. Save the table as .xlsx or CSV.", file=path.name
        ) from error


def _column(cells: list[Any]) -> pa.Array:
    """Return cells as numbers where all that is known is a number, else as text.

    A moment at midnight comes as a day. Beside moments with a clock it is 0:00; where nothing has a clock, it is a day.
    """
    if any(isinstance(cell, datetime) for cell in cells):
        cells = [datetime.combine(cell, time()) if type(cell) is date else cell for cell in cells]
    known = [cell for cell in cells if not (isinstance(cell, str) and cell.strip().lower() in UNKNOWN)]
    if known and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in known):
        return pa.array([None if isinstance(cell, str) else float(cell) for cell in cells], pa.float64())
    return pa.array([_text(cell) for cell in cells], pa.string())


def _text(cell: Any) -> str:
    """Write a cell as text: whole numbers without decimals, moments to the second (Excel keeps them as fractions)."""
    if isinstance(cell, datetime):
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(sep=" ")
    if isinstance(cell, time):
        return _text(datetime.combine(date(2000, 1, 1), cell))[11:]
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _cut(cells: list[str]) -> list[str]:
    """Leave out the empty cells at the end, so that a line above the table is not as wide as the sheet."""
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]
