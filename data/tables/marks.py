"""Which mark in numbers is the decimal one: decided once for a whole file, from values that can be read one way only.

'12,5', '1.234.567' and '1.234,5' are such values. A lone mark before three digits ('1.234') could be either. Then the
numbers without a mark tell: some of 1000 or more, and the mark is a decimal one; some of 100 and more below them, close
to the smallest that has a mark, and it is a thousands mark, since counts do not leap from 9 to 1000. Where there are
only small ones (3, 7) beside many that have a mark, it is a decimal one. What remains is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MARKS: Final = {".": ",", ",": "."}
"""Decimal marks, each with the thousands mark that goes with it."""

_NEAR: Final = 10.0
"""Thousands are believed when the smallest of them is at most this many times the largest number without a mark."""

_MANY: Final = 1 / 3
"""A decimal mark is believed, beside small whole numbers only, where this part of the values or more has it."""


@dataclass(frozen=True)
class Mark:
    """The decimal mark, and a value (its index) that could have been read otherwise, if there is one."""

    decimal: str
    doubted: int | None = None


@dataclass(frozen=True)
class Mixed:
    """A value (its index) that has another mark than others."""

    index: int


@dataclass(frozen=True)
class TwoReadings:
    """A value (its index) of which nothing tells what its mark means."""

    index: int


def decimal_mark(texts: pa.Array, grouped: bool) -> Mark | Mixed | TwoReadings:
    """Decide on the decimal mark of distinct texts that look like numbers; not ``grouped`` ones have no thousands."""
    certain, either = {}, {}
    for mark, other in MARKS.items():
        m, o = re.escape(mark), re.escape(other)
        either[mark] = pc.match_substring_regex(texts, rf"^[+-]?[1-9]\d{{0,2}}{m}\d{{3}}$")
        alone = pc.match_substring_regex(texts, rf"^[^.,]*{m}[^.,]*$")
        groups = pc.match_substring_regex(texts, rf"{o}.*{m}|{o}.*{o}")
        certain[mark] = pc.or_(groups, pc.and_(alone, pc.invert(either[mark])))
    marks = [mark for mark in MARKS if first(certain[mark]) is not None]
    if len(marks) > 1:
        return Mixed(first(certain[","]) or 0)
    if marks:
        return Mark(marks[0])
    doubtful = [mark for mark in MARKS if first(either[mark]) is not None]
    if len(doubtful) > 1:
        return Mixed(first(either[","]) or 0)
    if not doubtful:
        return Mark(".")
    if not grouped:
        return Mark(doubtful[0])
    return _by_the_others(texts, doubtful[0], either[doubtful[0]])


def _by_the_others(texts: pa.Array, mark: str, marked: pa.Array) -> Mark | TwoReadings:
    sizes = _sizes(texts.filter(marked))
    shown = int(np.flatnonzero(np.asarray(marked.to_numpy(zero_copy_only=False)))[sizes.argmax()])
    if first(pc.match_substring_regex(texts, r"^[+-]?\d{4,}$")) is not None:
        return Mark(mark, shown)
    plain = pc.match_substring_regex(texts, r"^[+-]?\d+$")
    if first(plain) is None:
        return TwoReadings(first(marked) or 0)
    largest, smallest = _sizes(texts.filter(plain)).max(), sizes.min()
    if largest >= 100 and smallest <= _NEAR * largest:
        return Mark(MARKS[mark], shown)
    if largest < 100 and pc.sum(marked).as_py() >= _MANY * len(texts):
        return Mark(mark, shown)
    return TwoReadings(first(marked) or 0)


def _sizes(texts: pa.Array) -> npt.NDArray[np.float64]:
    return np.asarray(pc.replace_substring_regex(texts, r"[^\d]", "").cast(pa.float64()).to_numpy())


def first(mask: pa.Array) -> int | None:
    """Return where a mask is true for the first time."""
    index = pc.index(mask, True).as_py()
    return None if index < 0 else index
