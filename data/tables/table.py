"""Tables of unknown make, opened within bounded memory; here those that are text.

What a file is, is seen from its content and not from its name. Text may be separated by comma, semicolon or
tab, written as UTF-8 (with or without a mark), UTF-16 or Windows-1252, and packed with gzip. Lines above the header
are passed over, and the table says so.
"""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.keeping.from_outside import LIMIT_CELL, LIMIT_COLUMNS, LIMIT_VALUES, too_large
from data.tables.content import unreadable
from data.tables.header import find_header
from data.tables.notices import Notice
from language import Language, UserError
from language.visible import one_line, visible

_HIDDEN: Final = r"[\p{Cc}\p{Cf}\p{Co}]"
"""What may be seen of no text; :func:`language.visible.visible` decides."""

_HEADER_BYTES: Final = 100_000


class Table(ABC):
    """A table whose columns are read on demand; ``file`` and ``row`` say where a value stands.

    ``notices`` tell what was decided about where the table is.
    """

    file: str
    header: tuple[str, ...]
    notices: Sequence[Notice] = ()

    def columns(self, positions: Sequence[int], *, may_be_empty: bool = False) -> list[pa.ChunkedArray]:
        """Read the columns at these positions of the header.

        Raises ``UserError`` when they hold too many values, a row is uneven, or there are no rows.
        """
        if self._most_rows() * len(positions) > LIMIT_VALUES:
            raise too_large(self.file)
        columns = self._read(positions)
        if not may_be_empty and not len(columns[0]):
            raise UserError("{file} holds no rows below its header. Make it again.", file=self.file)
        return [_seen(self.file, column) for column in columns]

    @abstractmethod
    def row(self, index: int) -> int:
        """Return the row number in the file of record ``index`` (from 0); the header is row 1."""

    @abstractmethod
    def rows(self) -> Iterator[int]:
        """Return the row numbers of all records in turn; one after the other is quicker than :meth:`row` for each."""

    def position(self, name: str) -> int | None:
        """Return where the column of this name stands, in whatever case it is written."""
        names = [column.casefold() for column in self.header]
        return names.index(name) if name in names else None

    def require(self, names: Sequence[str]) -> list[int]:
        """Return the positions of ``names``. Raises ``UserError`` with the first that is missing."""
        positions = [self.position(name) for name in names]
        for name, position in zip(names, positions, strict=True):
            if position is None:
                raise UserError(
                    "{file} has no column '{column}' (found: {found}). Name the columns {names}, or say which is "
                    "which.",
                    file=self.file,
                    column=name,
                    found=", ".join(self.header),
                    names=", ".join(names),
                )
        return [position for position in positions if position is not None]

    @abstractmethod
    def _most_rows(self) -> int: ...

    @abstractmethod
    def _read(self, positions: Sequence[int]) -> list[pa.ChunkedArray]: ...

    def _check_header(self) -> None:
        if len(self.header) > LIMIT_COLUMNS:
            raise too_large(self.file)
        self.header, seen = tuple(one_line(name) for name in self.header), set[str]()
        for name in self.header:
            if name and name.casefold() in seen:
                raise UserError(
                    "{file} has two columns named '{column}'. Remove or rename one of them.",
                    file=self.file,
                    column=name,
                )
            seen.add(name.casefold())


class TextTable(Table):
    """Comma-, semicolon- or tab-separated text."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self._data = data
        if len(data) > _HEADER_BYTES and len(data[:_HEADER_BYTES].splitlines()) < 2:
            raise unreadable(file)
        found = find_header(data[:_HEADER_BYTES].decode("utf-8", "ignore"))
        if found is None:
            raise UserError(
                "{file} has one column only. Separate the columns by comma, semicolon or tab.", file=self.file
            )
        self._delimiter, self._header_at, self.header = found.delimiter, found.line, found.cells
        self._skipped = sum(len(line) for line in data[:_HEADER_BYTES].splitlines(keepends=True)[: found.line])
        if found.line > int(data[:4].lower() == b"sep="):
            self.notices = (partial(say_header, file, found.line + 1),)
        self._check_header()

    def _most_rows(self) -> int:
        return self._data.count(b"\n")

    def _read(self, positions: Sequence[int]) -> list[pa.ChunkedArray]:
        names = [f"f{position}" for position in positions]
        end = self._data.find(b"\n", self._skipped)
        if end < 0 or not self._data[end : end + _HEADER_BYTES].strip():
            return [pa.chunked_array([], pa.string()) for _ in names]
        try:
            table = pa_csv.read_csv(
                pa.BufferReader(pa.py_buffer(self._data).slice(self._skipped)),
                pa_csv.ReadOptions(autogenerate_column_names=True, skip_rows_after_names=1),
                pa_csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=b'"' in self._data),
                pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                    include_columns=names,
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as error:
            raise self._uneven() from error
        return list(table.columns)

    def row(self, index: int) -> int:
        """Return the line on which record ``index`` begins; blank lines count, as in an editor."""
        return next(islice(self.rows(), index, None))

    def rows(self) -> Iterator[int]:
        """Return the lines on which the records begin."""
        return (row for row, _ in islice(self._records(), 1, None))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        text = io.TextIOWrapper(io.BytesIO(self._data), encoding="utf-8", newline="")
        for _ in range(self._header_at):
            text.readline()
        reader = csv.reader(text, delimiter=self._delimiter)
        before = self._header_at
        for record in reader:
            if record:
                yield before + 1, record
            before = self._header_at + reader.line_num

    def _uneven(self) -> UserError:
        try:
            for row, record in self._records():
                if len(record) != len(self.header):
                    return UserError(
                        "Row {row} of {file} has {found} columns and the header has {expected}. Mend that row.",
                        row=row,
                        file=self.file,
                        found=len(record),
                        expected=len(self.header),
                    )
        except csv.Error:  # a quote that is never closed swallows the rest of the file
            pass
        return unreadable(self.file)


def encoded(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], pa.Array]:
    """Return a column as places in its distinct values, and those values, in the order of the file."""
    whole = combined(column)
    whole = whole if pa.types.is_dictionary(column.type) else whole.dictionary_encode("encode")
    return np.asarray(whole.indices.to_numpy(), dtype=np.int32), whole.dictionary


def combined(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    if not column.num_chunks:
        return pa.array([], column.type)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks() if column.num_chunks > 1 else column.chunk(0)


def say_header(file: str, row: int, lang: Language) -> str:
    """Say that lines above the header were passed over."""
    return lang.t("In {file}, row {row} was read as the header; what stands above it was left out.", file=file, row=row)


def _seen(file: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column with what is seen of its texts. Raises ``UserError`` when one is longer than any may be."""
    if not is_text(spelled_out(column.type)):
        return column
    coded = pa.types.is_dictionary(column.type)
    texts = [chunk.dictionary if coded else chunk for chunk in column.chunks]
    if any((pc.max(pc.binary_length(part)).as_py() or 0) > LIMIT_CELL for part in texts):
        raise too_large(file)
    if not any(pc.any(pc.match_substring_regex(part, _HIDDEN)).as_py() for part in texts):
        return column
    plain = column.cast(spelled_out(column.type))
    return pa.chunked_array([[text and visible(text) for text in chunk.to_pylist()] for chunk in plain.chunks])


def is_text(kind: pa.DataType) -> bool:
    """Return whether values of this kind are texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def spelled_out(kind: pa.DataType) -> pa.DataType:
    """Return the kind of the values themselves, where numbers stand for them."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind
