"""What a file of counts looks like before it is read: its sheets, its header, its first rows, what columns seem."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.area.reading import ROLES, Role
from data.tables.known_names import first_known
from data.tables.opening import SPREADSHEETS, open_table

ROWS: Final = 5
COLUMNS: Final = 12
"""So many rows and columns are shown; more columns do not fit beside each other."""


@dataclass(frozen=True)
class Peek:
    """A first look: ``sheets`` of a spreadsheet (empty for text), the ``header`` and some rows as texts.

    ``proposed`` are the columns that are taken for a role by their name. Without a header, several sheets wait for a
    choice.
    """

    sheets: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    proposed: Mapping[Role, str] | None = None


def peek(path: Path, sheet: str = "") -> Peek:
    """Take a first look at a file. Raises ``UserError`` when it is no table."""
    with path.open("rb") as file:
        start = file.read(4)
    sheets: tuple[str, ...] = ()
    if start in SPREADSHEETS:
        from data.tables.spreadsheet import sheet_names

        sheets = tuple(sheet_names(path))
        if len(sheets) > 1 and sheet not in sheets:
            return Peek(sheets)
    table = open_table(path, sheet)
    shown = range(min(len(table.header), COLUMNS))
    columns = [column.slice(0, ROWS).to_pylist() for column in table.columns(shown)]
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in zip(*columns, strict=True))
    found = {role: first_known(role, table.header) for role in ROLES}
    proposed = {role: table.header[at] for role, at in found.items() if at is not None}
    if "timestamp" not in proposed and "date" not in proposed and "hour" in proposed:
        proposed["timestamp"] = proposed["hour"]
    if "timestamp" in proposed:
        proposed = {role: name for role, name in proposed.items() if role not in ("date", "hour")}
    return Peek(sheets, table.header, rows, proposed)
