"""Parquet files, opened within bounded memory: what a file says of its own size may be a lie."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.keeping.from_outside import LIMIT_MB, too_large
from data.tables.content import unreadable
from data.tables.table import Table, is_text, spelled_out
from language import UserError

_PIECE: Final = 8192
"""Rows that are read at a time."""

_DAMAGED: Final = (pa.ArrowException, ValueError, KeyError, MemoryError, OSError)
"""What reading a file raises that is no Parquet, or that claims sizes and names it does not have."""


class ParquetTable(Table):
    """A Parquet file; its rows are numbered as if a header stood above them."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            schema, meta = pq.read_schema(path), pq.read_metadata(path)
            texts = [field.name for field in schema if is_text(field.type)]
            self._parquet = pq.ParquetFile(path, read_dictionary=texts)
            unpacked = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
            self.header = self._names = tuple(schema.names)
        except _DAMAGED as error:
            raise unreadable(self.file) from error
        if unpacked > LIMIT_MB * 2**20:
            raise too_large(self.file)
        self._check_header()

    def _most_rows(self) -> int:
        return int(self._parquet.metadata.num_rows)

    def _read(self, positions: Sequence[int]) -> list[pa.ChunkedArray]:
        names = [self._names[position] for position in positions]
        try:
            table = pa.Table.from_batches(self._batches(names, self._wanted(names)), self._wanted(names))
        except UserError:
            raise
        except _DAMAGED as error:
            raise unreadable(self.file) from error
        return [_plain(self.file, table.column(name)) for name in names]

    def _wanted(self, names: Sequence[str]) -> pa.Schema:
        schema = self._parquet.schema_arrow
        return pa.schema([pa.field(name, spelled_out(schema.field(name).type)) for name in names])

    def _batches(self, names: Sequence[str], wanted: pa.Schema) -> list[pa.RecordBatch]:
        """Read piece by piece, so that a file that is much larger than it says is noticed while it is small.

        Texts come as numbers that stand for them, and are counted before they are spelled out: one long text can
        stand in every row.
        """
        found, left = [], LIMIT_MB * 2**20
        for batch in self._parquet.iter_batches(_PIECE, columns=list(names)):
            left -= sum(map(_bytes_spelled_out, batch.columns))
            if left < 0:
                raise too_large(self.file)
            columns = [batch.column(name).cast(wanted.field(name).type) for name in names]
            found.append(pa.RecordBatch.from_arrays(columns, schema=wanted))
        return found

    def row(self, index: int) -> int:
        """Return the number of the record, counted from 2."""
        return index + 2

    def rows(self) -> Iterator[int]:
        """Return the numbers of the records."""
        return iter(range(2, self._most_rows() + 2))


def _bytes_spelled_out(column: pa.Array) -> int:
    if pa.types.is_dictionary(column.type) and is_text(column.type.value_type):
        lengths = pc.binary_length(column.dictionary).take(column.indices)
        return int(pc.sum(lengths).as_py() or 0) + int(column.indices.nbytes)
    return int(column.nbytes)


def _plain(file: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        raise unreadable(file)
    return column
