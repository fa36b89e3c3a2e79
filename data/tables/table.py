"""Text tables, Parquet files and spreadsheets of unknown make, opened within bounded memory.

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
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from data.keeping.from_outside import LIMIT_MB, too_large
from data.tables.content import unreadable
from data.tables.header import find_header
from data.tables.notices import Notice
from language import Language, UserError

LIMIT_VALUES: Final = 30_000_000
"""Most values (rows × columns that are used), since few bytes can hold very many of them."""

_PIECE: Final = 8192
"""Rows of a Parquet file that are read at a time."""

_DAMAGED: Final = (pa.ArrowException, ValueError, KeyError, MemoryError, OSError)
"""What reading a Parquet file raises that is none, or that claims sizes and names it does not have."""

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
            raise UserError("{file} holds no rows below its header. Export it again.", file=self.file)
        return columns

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
        seen: set[str] = set()
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


class ParquetTable(Table):
    """A Parquet file; its rows are numbered as if a header stood above them."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            self._parquet = pq.ParquetFile(path)
            meta = self._parquet.metadata
            unpacked = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
            self.header = tuple(self._parquet.schema_arrow.names)
        except _DAMAGED as error:
            raise unreadable(self.file) from error
        if unpacked > LIMIT_MB * 2**20:
            raise too_large(self.file)
        self._check_header()

    def _most_rows(self) -> int:
        return int(self._parquet.metadata.num_rows)

    def _read(self, positions: Sequence[int]) -> list[pa.ChunkedArray]:
        names = [self.header[position] for position in positions]
        try:
            table = pa.Table.from_batches(self._batches(names), self._wanted(names))
        except UserError:
            raise
        except _DAMAGED as error:
            raise unreadable(self.file) from error
        return [_plain(self.file, table.column(name)) for name in names]

    def _wanted(self, names: Sequence[str]) -> pa.Schema:
        schema = self._parquet.schema_arrow
        return pa.schema([schema.field(name) for name in names])

    def _batches(self, names: Sequence[str]) -> list[pa.RecordBatch]:
        """Read piece by piece, so that a file that is much larger than it says is noticed while it is small."""
        found, left = [], LIMIT_MB * 2**20
        for batch in self._parquet.iter_batches(_PIECE, columns=list(names)):
            left -= batch.nbytes
            if left < 0:
                raise too_large(self.file)
            found.append(batch.select(list(names)))
        return found

    def row(self, index: int) -> int:
        """Return the number of the record, counted from 2."""
        return index + 2

    def rows(self) -> Iterator[int]:
        """Return the numbers of the records."""
        return iter(range(2, self._most_rows() + 2))


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


def _plain(file: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        raise unreadable(file)
    return column
