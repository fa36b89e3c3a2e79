"""Numbers as people write them: decimal comma or point, thousands, and several words for 'unknown'.

Which mark is the decimal one is decided once for a whole file, from the values that can be read in one way
only ('12,5', '1.234.567', '1.234,5'). A lone mark before three digits ('1.234') could be either. It is read as
thousands when the other mark is the decimal one, or when some numbers below 1,000 and none above are written
without a mark, since that is how thousands are written; as a decimal mark when numbers above 1,000 stand there
without one; otherwise it is refused.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.importing.notices import Notice
from data.importing.table import Table, combined
from language import Language, UserError

UNKNOWN: Final = ("", "-", "nan", "n.v.t.", "nvt", "n/a", "na", "null", "none")
"""What stands for an unknown value, in any case of letters."""

_NOT_A_NUMBER: Final = "Row {row} of {file}: '{value}' is not a number. Write a number, or nothing where it is unknown."
_MIXED_MARKS: Final = "Row {row} of {file}: '{value}' has another decimal mark than other rows. Use one everywhere."
_TWO_READINGS: Final = "Row {row} of {file}: '{value}' can be read in two ways. Write numbers without thousands marks."
_MARKS: Final = {".": ",", ",": "."}
_SPACE: Final = "[ '\u00a0\u202f]"
_NUMBER_LIKE: Final = rf"^[+-]?(\d|[.,]\d)(\d|[.,]|{_SPACE}\d)*([eE][+-]?\d+)?$"


@dataclass(frozen=True)
class Numbers:
    """Numbers of one or more columns laid end to end; NaN where unknown."""

    array: npt.NDArray[np.float64]
    notices: list[Notice] = field(default_factory=list)


def read_numbers(table: Table, columns: list[pa.ChunkedArray], *, grouped: bool = True) -> Numbers:
    """Read columns of a table as numbers.

    Without ``grouped`` there are no thousands, so that '1.234' is always 1 and a bit.
    Raises ``UserError`` with the row and the value of the first that is not a finite number.
    """
    size = len(columns[0])
    array = pa.chunked_array([chunk for column in columns for chunk in _same_type(columns, column).chunks])
    if pa.types.is_floating(array.type) or pa.types.is_integer(array.type) or pa.types.is_decimal(array.type):
        values = np.array(array.cast(pa.float64()).to_numpy(), dtype=float)
        if np.isinf(values).any():
            row = table.row(int(np.isinf(values).argmax()) % size)
            raise UserError(_NOT_A_NUMBER, row=row, file=table.file, value="inf")
        return Numbers(values)
    texts = combined(array.cast(pa.string())).dictionary_encode("encode")
    unique = pc.utf8_trim_whitespace(texts.dictionary)
    codes = texts.indices.to_numpy()
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
    notices: list[Notice] = []
    if read.thousands is not None:
        shown = unique[known[read.thousands]].as_py()
        notices.append(partial(_say_thousands, table.file, shown, read.numbers[read.thousands]))
    return Numbers(numbers[codes], notices)


@dataclass(frozen=True)
class _Wrong:
    index: int
    message: str


@dataclass(frozen=True)
class _Right:
    numbers: npt.NDArray[np.float64]
    thousands: int | None


def _read_unique(texts: pa.Array, grouped: bool) -> _Right | _Wrong:
    """Read distinct texts as numbers, or tell which one cannot be."""
    odd = _first(pc.invert(pc.match_substring_regex(texts, _NUMBER_LIKE)))
    if odd is not None:
        return _Wrong(odd, _NOT_A_NUMBER)
    decimal = _decimal_mark(texts, grouped)
    if isinstance(decimal, _Wrong):
        return decimal
    other = re.escape(_MARKS[decimal])
    group = f"({_SPACE}|{other})" if grouped else "[^\\s\\S]"
    point = re.escape(decimal)
    pattern = rf"^[+-]?(\d+|\d{{1,3}}({group}\d{{3}})+)?({point}\d*)?([eE][+-]?\d+)?$"
    odd = _first(pc.invert(pc.match_substring_regex(texts, pattern)))
    if odd is not None:
        return _Wrong(odd, _NOT_A_NUMBER)
    bare = pc.replace_substring(pc.replace_substring_regex(texts, f"{_SPACE}|{other}", ""), decimal, ".")
    numbers = pc.cast(pc.replace_substring(bare, "+", ""), pa.float64()).to_numpy(zero_copy_only=False)
    if np.isinf(numbers).any():
        return _Wrong(int(np.isinf(numbers).argmax()), _NOT_A_NUMBER)
    return _Right(numbers, _first(pc.match_substring(texts, _MARKS[decimal])))


def _decimal_mark(texts: pa.Array, grouped: bool) -> str | _Wrong:
    certain, either = {}, {}
    for mark, other in _MARKS.items():
        m, o = re.escape(mark), re.escape(other)
        either[mark] = pc.match_substring_regex(texts, rf"^[+-]?[1-9]\d{{0,2}}{m}\d{{3}}$")
        alone = pc.match_substring_regex(texts, rf"^[^.,]*{m}[^.,]*$")
        groups = pc.match_substring_regex(texts, rf"{o}.*{m}|{o}.*{o}")
        certain[mark] = pc.or_(groups, pc.and_(alone, pc.invert(either[mark])))
    marks = [mark for mark in _MARKS if _first(certain[mark]) is not None]
    if len(marks) > 1:
        return _Wrong(_first(certain[","]) or 0, _MIXED_MARKS)
    if marks:
        return marks[0]
    doubtful = [mark for mark in _MARKS if _first(either[mark]) is not None]
    if len(doubtful) > 1:
        return _Wrong(_first(either[","]) or 0, _MIXED_MARKS)
    if not doubtful:
        return "."
    if not grouped or _first(pc.match_substring_regex(texts, r"^[+-]?\d{4,}$")) is not None:
        return doubtful[0]
    if _first(pc.match_substring_regex(texts, r"^[+-]?\d+$")) is not None:
        return _MARKS[doubtful[0]]
    return _Wrong(_first(either[doubtful[0]]) or 0, _TWO_READINGS)


def _first(mask: pa.Array) -> int | None:
    index = pc.index(mask, True).as_py()
    return None if index < 0 else index


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
