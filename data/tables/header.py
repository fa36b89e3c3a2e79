"""Where the table begins in a text file: which mark separates its columns, and on which line its header stands.

Exports often have lines above their table (a site, a date, a credit). The header is the first line that names a
column of times and is as wide as what follows; where no name is known, the first line as wide as what follows.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.tables.known_names import names_a_time

DELIMITERS: Final = (";", "\t", ",")

_LOOKED_AT: Final = 80
"""Lines that are looked at; longer preambles were not seen."""

_A_DATE: Final = re.compile(r"\d{1,4}[-/.]\w{1,4}[-/.]\d{1,4}")


@dataclass(frozen=True)
class Header:
    """The separating mark, the line of the header (from 0) and its cells."""

    delimiter: str
    line: int
    cells: tuple[str, ...]


def find_header(sample: str) -> Header | None:
    """Return where the header seems to be in the first lines of a file, or ``None`` when nothing is separated."""
    if sample[:4].lower() == "sep=" and sample[4:5] in DELIMITERS:  # how Excel is told the separator
        records = [record for record in _records(sample, sample[4]) if record[0] > 0]
        return Header(sample[4], records[0][0], records[0][1]) if records and len(records[0][1]) > 1 else None
    best: tuple[tuple[bool, bool, int], Header] | None = None
    for mark in DELIMITERS:
        records = _records(sample, mark)
        at = header_at([cells for _, cells in records])
        if at is None:
            continue
        line, cells = records[at]
        rank = (names_a_time(cells), at == 0, len(cells))
        if best is None or rank > best[0]:
            best = rank, Header(mark, line, cells)
    return best[1] if best else None


def header_at(records: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first records of a table is its header, or ``None`` when none has two cells."""
    filled = [len(cells) if any(cell.strip() for cell in cells) else 0 for cells in records]
    widths = Counter(width for width in filled if width > 1)
    if not widths:
        return None
    most = max(widths.values())
    usual = filled[0] if widths.get(filled[0], 0) == most else max(w for w, n in widths.items() if n == most)
    named = [at for at, cells in enumerate(records) if filled[at] > 1 and names_a_time(cells) and not _dated(cells)]
    if named and (named[0] == 0 or filled[named[0]] == usual):
        return named[0]
    return next((at for at in named if filled[at] == usual), filled.index(usual))


def _dated(cells: Sequence[str]) -> bool:
    return any(_A_DATE.search(cell) for cell in cells)


def _records(sample: str, mark: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the first records with the line on which each begins; blank lines are passed over."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    found: list[tuple[int, tuple[str, ...]]] = []
    before = 0
    try:
        for record in reader:
            if record:
                found.append((before, tuple(cell.strip() for cell in record)))
            before = reader.line_num
            if len(found) == _LOOKED_AT:
                break
    except csv.Error:  # a cell without end: what was seen before it counts
        pass
    return found
