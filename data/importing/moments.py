"""Times as people write them, and which hour they mean when the clock changes.

Read are ISO times (``2026-08-03 14:00``, with ``T``, seconds, ``Z`` or an offset) and dates of three numbers
with the year last (``03-08-2026 14:00``). For the latter the order of day and month follows from the file
itself, where one of the two is above 12; a file in which it does not is refused. A time without an offset is
the area's own time.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.importing.notices import Notice
from data.importing.numbers import UNKNOWN
from data.importing.table import Table, combined
from language import Language, UserError

Times = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]

_CLOCK: Final = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]0+)?)?"
_OFFSET: Final = r"\s*(?P<o>[Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?$"
_ISO: Final = r"^(?P<y>\d{4})[-/](?P<a>\d{1,2})[-/](?P<b>\d{1,2})[T ]\s*" + _CLOCK + _OFFSET
_YEAR_LAST: Final = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})[T ,]\s*" + _CLOCK + _OFFSET
_YEARS: Final = (1970, 2100)


@dataclass(frozen=True)
class Moments:
    """The times of a column: ``codes`` points each record to one of the distinct times.

    Of each distinct time ``first`` and ``second`` are the moments it can mean (UTC): the same, but for a local
    time that the autumn clock change repeats. Both are NaT for one that the spring change skips, and where
    ``empty``. ``local`` is the time on the area's clocks. All are datetime64[us].
    """

    codes: npt.NDArray[np.int64]
    shown: pa.Array
    local: Times
    first: Times
    second: Times
    empty: Flags
    notices: list[Notice] = field(default_factory=list)

    @property
    def ambiguous(self) -> Flags:
        """Which distinct times occur twice."""
        return np.asarray(~np.isnat(self.first) & (self.first != self.second))

    @property
    def skipped(self) -> Flags:
        """Which distinct times do not exist."""
        return np.asarray(np.isnat(self.first) & ~self.empty)

    def text(self, index: int) -> str:
        """Return the time of record ``index`` as the file has it."""
        return str(self.shown[self.codes[index]].as_py())


def read_moments(table: Table, column: pa.ChunkedArray, tz: ZoneInfo) -> Moments:
    """Read a column of times; ``tz`` is the area's, for times without an offset.

    Raises ``UserError`` with the row of the first that is not a time, or that leaves day and month undecided.
    """
    encoded = combined(column).dictionary_encode("encode")
    unique = encoded.dictionary
    codes = encoded.indices.to_numpy().astype(np.int64)
    notices: list[Notice] = []
    if pa.types.is_timestamp(unique.type):
        moments = np.array(unique.cast(pa.timestamp("us", unique.type.tz), safe=False)).astype("datetime64[us]")
        aware = np.full(len(moments), unique.type.tz is not None)
        empty = np.isnat(moments)
    else:
        reading = _Reading(table, codes, pc.utf8_trim_whitespace(unique.cast(pa.string())))
        moments, aware, empty = reading.moments, reading.aware, reading.empty
        notices.extend(reading.notices)
    first, second = _possible(np.where(aware, np.datetime64("NaT"), moments), tz)
    first, second = np.where(aware, moments, first), np.where(aware, moments, second)
    on_clock = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(tz).tz_localize(None).to_numpy()
    local = np.where(aware, on_clock.astype("datetime64[us]"), moments)
    return Moments(codes, unique, local, first, second, empty, notices)


def _possible(local: Times, tz: ZoneInfo) -> tuple[Times, Times]:
    """Return the earlier and the later moment (UTC) that each local time can mean; NaT where there is none."""
    index = pd.DatetimeIndex(local)
    moments = [
        index.tz_localize(tz, ambiguous=np.full(len(index), summer), nonexistent="NaT")
        .tz_convert("UTC")
        .tz_localize(None)
        .to_numpy()
        .astype("datetime64[us]")
        for summer in (True, False)
    ]
    return np.minimum(*moments), np.maximum(*moments)


class _Reading:
    """Distinct texts read as times; refuses with the row of the first that cannot be."""

    def __init__(self, table: Table, codes: npt.NDArray[np.int64], texts: pa.Array) -> None:
        self._table, self._codes, self._texts = table, codes, texts
        self.notices: list[Notice] = []
        self.empty: Flags = _flags(pc.fill_null(pc.is_in(pc.utf8_lower(texts), pa.array(UNKNOWN)), True))
        iso, year_last = (pc.extract_regex(texts, pattern) for pattern in (_ISO, _YEAR_LAST))
        self._refuse(~(self.empty | _flags(iso.is_valid()) | _flags(year_last.is_valid())))
        self.moments, self.aware = self._assemble(iso, month="a", day="b")
        if year_last.null_count < len(texts):
            day, month = self._order(year_last)
            moments, aware = self._assemble(year_last, month=month, day=day)
            late = np.isnat(self.moments)
            self.moments, self.aware = np.where(late, moments, self.moments), self.aware | aware
        self._refuse(np.isnat(self.moments) & ~self.empty)

    def _refuse(self, wrong: Flags) -> None:
        if wrong.any():
            raise self._error(
                int(wrong.argmax()),
                "Row {row} of {file}: '{value}' is not a time. Write times as 2026-08-03 14:00.",
            )

    def _error(self, unique: int, message: str) -> UserError:
        row = self._table.row(int((self._codes == unique).argmax()))
        return UserError(message, row=row, file=self._table.file, value=self._texts[unique].as_py())

    def _order(self, parts: pa.StructArray) -> tuple[str, str]:
        """Return which group is the day and which the month."""
        first, second = (_numbers(parts, name) > 12 for name in "ab")
        shown = int(_flags(parts.is_valid()).argmax())
        if first.any() and second.any():
            raise self._error(
                int(second.argmax()),
                "Row {row} of {file}: '{value}' has day and month in another order than other rows. "
                "Write times as 2026-08-03 14:00.",
            )
        if not first.any() and not second.any():
            raise self._error(
                shown,
                "Row {row} of {file}: in '{value}' day and month cannot be told apart. "
                "Write times as 2026-08-03 14:00.",
            )
        text = self._texts[shown].as_py()
        self.notices.append(partial(_say_order, self._table.file, text, bool(first.any())))
        return ("a", "b") if first.any() else ("b", "a")

    def _assemble(self, parts: pa.StructArray, *, month: str, day: str) -> tuple[Times, Flags]:
        found = _flags(parts.is_valid())
        year, hour, minute = (_numbers(parts, name) for name in "yHM")
        second = _numbers(parts, "S", blank=0)
        date = 10_000 * year + 100 * _numbers(parts, month) + _numbers(parts, day)
        days = pd.to_datetime(pd.Series(date).astype(str), format="%Y%m%d", errors="coerce").to_numpy()
        valid = found & (hour < 24) & (minute < 60) & (second < 60) & (year >= _YEARS[0]) & (year < _YEARS[1])
        offset = parts.field("o")
        seconds = 3600 * hour + 60 * minute + second - 60 * _offset_minutes(offset)
        moments = days.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
        return np.where(valid, moments, np.datetime64("NaT")), found & (_texts(offset) != "")


def _flags(array: pa.Array) -> Flags:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)


def _texts(array: pa.Array) -> npt.NDArray[np.object_]:
    return np.asarray(pc.fill_null(array, "").to_numpy(zero_copy_only=False), dtype=object)


def _numbers(parts: pa.StructArray, name: str, blank: int = -1) -> npt.NDArray[np.int64]:
    """Return a group of digits as numbers; ``blank`` where it was not there."""
    found = pc.fill_null(parts.field(name), "")
    filled = pc.if_else(pc.equal(found, ""), str(blank), found)
    return np.asarray(filled.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _offset_minutes(offset: pa.Array) -> npt.NDArray[np.int64]:
    distinct, codes = np.unique(_texts(offset).astype(str), return_inverse=True)
    minutes = [
        (1 if text[0] == "+" else -1) * (60 * int(text[1:3]) + int(text[3:].removeprefix(":") or 0))
        if text[:1] in {"+", "-"} and text
        else 0
        for text in distinct.tolist()
    ]
    return np.asarray(minutes, dtype=np.int64)[codes]


def _say_order(file: str, shown: str, day_first: bool, lang: Language) -> str:
    if day_first:
        return lang.t("In {file}, times such as {shown} were read as day-month-year.", file=file, shown=shown)
    return lang.t("In {file}, times such as {shown} were read as month-day-year.", file=file, shown=shown)
