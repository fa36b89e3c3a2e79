"""Numbers as people write them: decimal comma or point, thousands, and several words for 'unknown'.

Which mark is the decimal one is decided by :mod:`data.tables.marks`; what it decided and could be otherwise is
doubted, in words that tell the two readings apart in a language that writes thousands as the file does.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.doubts.doubt import Doubt
from data.tables.marks import MARKS, Mark, Mixed, TwoReadings, decimal_mark, first
from data.tables.notices import Notice
from data.tables.table import Table, encoded
from data.tables.unknown import UNKNOWN
from language import Language, UserError

_NOT_A_NUMBER: Final = "Row {row} of {file}: '{value}' is not a number. Write a number, or nothing where it is unknown."
_MIXED_MARKS: Final = "Row {row} of {file}: '{value}' has another decimal mark than other rows. Use one everywhere."
_TWO_READINGS: Final = "Row {row} of {file}: '{value}' can be read in two ways. Write numbers without thousands marks."
_SPACE: Final = "[ '\u00a0\u202f]"
_NUMBER_LIKE: Final = rf"^[+-]?(\d|[.,]\d)(\d|[.,]|{_SPACE}\d)*([eE][+-]?\d+)?$"


@dataclass(frozen=True)
class Numbers:
    """Numbers of one or more columns laid end to end; NaN where unknown."""

    array: npt.NDArray[np.float64]
    notices: list[Notice] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_numbers(table: Table, columns: list[pa.ChunkedArray], *, grouped: bool = True) -> Numbers:
    """Read columns of a table as numbers.

    Without ``grouped`` there are no thousands, so that '1.234' is always 1 and a bit.
    Raises ``UserError`` with the row and the value of the first that is not a finite number.
    """
    size = len(columns[0])
    same = [_same_type(columns, column) for column in columns]
    array = pa.chunked_array([chunk for column in same for chunk in column.chunks], same[0].type)
    if pa.types.is_floating(array.type) or pa.types.is_integer(array.type) or pa.types.is_decimal(array.type):
        values = np.array(array.cast(pa.float64()).to_numpy(), dtype=float)
        if np.isinf(values).any():
            row = table.row(int(np.isinf(values).argmax()) % size)
            raise UserError(_NOT_A_NUMBER, row=row, file=table.file, value="inf")
        return Numbers(values)
    codes, distinct = encoded(array if pa.types.is_dictionary(array.type) else array.cast(pa.string()))
    unique = pc.utf8_trim_whitespace(distinct.cast(pa.string()))
    unknown = pc.fill_null(pc.is_in(pc.utf8_lower(unique), pa.array(UNKNOWN)), True)
    read = _read_unique(unique.filter(pc.invert(unknown)), grouped)
    numbers = np.full(len(unique), np.nan)
    known = np.flatnonzero(~unknown.to_numpy(zero_copy_only=False))
    if isinstance(read, _Wrong):
        index = int((codes == known[read.index]).argmax())
        raise UserError(
            read.message, row=table.row(index % size), file=table.file, value=unique[known[read.index]].as_py()
        )
    numbers[known] = read.numbers
    notices, doubts = _told(table.file, read, unique.filter(pc.invert(unknown)))
    return Numbers(numbers[codes], notices, doubts)


@dataclass(frozen=True)
class _Wrong:
    index: int
    message: str


@dataclass(frozen=True)
class _Right:
    numbers: npt.NDArray[np.float64]
    mark: Mark
    thousands: int | None


def _read_unique(texts: pa.Array, grouped: bool) -> _Right | _Wrong:
    """Read distinct texts as numbers, or tell which one cannot be."""
    odd = first(pc.invert(pc.match_substring_regex(texts, _NUMBER_LIKE)))
    if odd is not None:
        return _Wrong(odd, _NOT_A_NUMBER)
    mark = decimal_mark(texts, grouped)
    if isinstance(mark, Mixed):
        return _Wrong(mark.index, _MIXED_MARKS)
    if isinstance(mark, TwoReadings):
        return _Wrong(mark.index, _TWO_READINGS)
    other = re.escape(MARKS[mark.decimal])
    group = f"({_SPACE}|{other})" if grouped else "[^\\s\\S]"
    point = re.escape(mark.decimal)
    pattern = rf"^[+-]?(\d+|\d{{1,3}}({group}\d{{3}})+)?({point}\d*)?([eE][+-]?\d+)?$"
    odd = first(pc.invert(pc.match_substring_regex(texts, pattern)))
    if odd is not None:
        return _Wrong(odd, _NOT_A_NUMBER)
    bare = pc.replace_substring(pc.replace_substring_regex(texts, f"{_SPACE}|{other}", ""), mark.decimal, ".")
    numbers = pc.cast(pc.replace_substring(bare, "+", ""), pa.float64()).to_numpy(zero_copy_only=False)
    if np.isinf(numbers).any():
        return _Wrong(int(np.isinf(numbers).argmax()), _NOT_A_NUMBER)
    return _Right(numbers, mark, first(pc.match_substring(texts, MARKS[mark.decimal])))


def _told(file: str, read: _Right, texts: pa.Array) -> tuple[list[Notice], list[Doubt]]:
    """Return what is said about thousands that are certain, and what is doubted about a mark that is not."""
    if read.mark.doubted is not None:
        shown = texts[read.mark.doubted].as_py()
        say = _say_fraction if read.thousands is None else _say_doubtful_thousands
        return [], [Doubt("thousands", partial(say, file, shown), of_reading=True)]
    if read.thousands is None:
        return [], []
    return [partial(_say_thousands, file, texts[read.thousands].as_py(), read.numbers[read.thousands])], []


def _same_type(columns: list[pa.ChunkedArray], column: pa.ChunkedArray) -> pa.ChunkedArray:
    same = all(other.type == columns[0].type for other in columns)
    return column if same else column.cast(pa.string())


def _say_thousands(file: str, shown: str, number: float, lang: Language) -> str:
    return lang.t(
        "In {file}, {shown} was read as {number}.",
        file=file,
        shown=shown,
        number=lang.number(number, 3 if number % 1 else 0),
    )


def _say_doubtful_thousands(file: str, shown: str, lang: Language) -> str:
    whole, part = _halves(shown)
    return lang.t(
        "In {file}, {shown} was read as {whole} thousand and {part}, a whole number. It could also be {whole} and a "
        "fraction; without thousands marks it is certain.",
        file=file,
        shown=shown,
        whole=whole,
        part=part,
    )


def _say_fraction(file: str, shown: str, lang: Language) -> str:
    whole, part = _halves(shown)
    return lang.t(
        "In {file}, {shown} was read as {whole} and a fraction. It could also be {whole} thousand and {part}; without "
        "thousands marks it is certain.",
        file=file,
        shown=shown,
        whole=whole,
        part=part,
    )


def _halves(shown: str) -> tuple[str, str]:
    whole, part = re.split(r"[.,]", shown.lstrip("+-"))
    return whole, part.lstrip("0") or "0"
