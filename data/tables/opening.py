"""Opening a file that should hold a table: what it is, its first bytes tell."""

from pathlib import Path
from typing import Final

from data.keeping.from_outside import check_size
from data.keeping.within_time import within_time
from data.tables.content import read_text
from data.tables.parquet import ParquetTable
from data.tables.spreadsheet import open_sheet
from data.tables.table import Table, TextTable

SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheets begin: those of today and those of before 2007."""


@within_time
def open_table(path: Path, sheet: str = "") -> Table:
    """Open a table of at most :data:`LIMIT_MB` (unpacked) for reading; ``sheet`` names the one of a spreadsheet.

    Raises ``UserError`` when there is no such file, when it is empty, too large or damaged, when it is something
    else than a table (a web page, a PDF), or a spreadsheet with several sheets of which none is named.
    """
    check_size(path)
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PAR1":
        return ParquetTable(path)
    if start in SPREADSHEETS:
        return open_sheet(path, sheet)
    return TextTable(path.name, read_text(path))
