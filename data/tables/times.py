"""What texts say about time: ISO, dates with the year last, months by name, AM and PM, numbers since 1970.

Of three numbers with the year last, the order of day and month follows from the file itself, where one of the two
is above 12; else the day comes first, which is doubted where strokes stand between. 24:00 is 0:00 of the next day.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.doubts.doubt import Doubt
from data.tables.notices import Notice
from data.tables.offsets import ends_of
from data.tables.table import Table
from data.tables.unknown import UNKNOWN
from language import Language, UserError

WholeDay = Literal["begins", "ends"]
Times = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

_CLOCK: Final = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]0+)?)?\s*(?P<p>[AaPp]\.?[Mm]\.?)?"
_END: Final = (
    r"(?:\s*(?P<o>[A-Za-z]{1,5}|[+-]\d{2}(?::?\d{2})?)|\s*(?:-|–|—|tot|to|bis)\s*(?P<e>\d{1,2}:\d{2})(?::00)?)?$"
)
_ISO: Final = r"^(?P<y>\d{4})[-/.]?(?P<a>\d{1,2})[-/.]?(?P<b>\d{1,2})[T ]\s*" + _CLOCK + _END
_YEAR_LAST: Final = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})[T ,]\s*" + _CLOCK + _END
_DIGITS: Final = (
    r"^(?P<y>(?:19|20)\d{2})(?P<a>\d{2})(?P<b>\d{2})(?P<H>\d{2})(?P<M>\d{2})?(?P<S>\d{2})?(?P<p>)(?P<o>)(?P<e>)$"
)
_SINCE_1970: Final = r"^(?P<s>1\d{9})(?P<ms>\d{3})?(?:\.0+)?$"
_ONLY_A_DAY: Final = r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$"
_MONTHS: Final = (
    *(("jan",), ("feb",), ("mar", "mrt", "maa", "mär", "mae"), ("apr", "avr"), ("may", "mei", "mai"), ("jun", "juin")),
    *(("jul", "juil"), ("aug", "aou", "aoû"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "déc")),
)
_WITH_WORDS: Final = r"[A-Za-z\x{80}-\x{10FFFF}]{2}|\d\s*[uhUH]\.?$|\s\d{1,2}\.\d{2}$"
_WITH_A_NAME: Final = r"^(?:\d{1,2}[-./ ])?\s*[^-\s\d./,]{3}"
_NAMED_MONTH: Final = (
    r"(?s)^(?P<day>\d{1,2})[-./ ]\s*(?P<name>[^-\s\d./,]+)\.?[-./, ]\s*(?P<year>\d{4})(?P<rest>.*)$",
    r"(?s)^(?P<name>[^-\s\d./,]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?P<rest>.*)$",
)
_OF_A_DATE: Final = ("day", "name", "year", "rest")
_WEEKDAYS: Final = (
    *("ma(?:andag)?|mon(?:day)?", "di(?:nsdag)?|tue(?:s(?:day)?)?", "wo(?:ensdag)?|wed(?:nesday)?"),
    *("do(?:nderdag)?|thu(?:rs(?:day)?)?", "vr(?:ijdag)?|fri(?:day)?", "za(?:terdag)?|sat(?:urday)?"),
    "zo(?:ndag)?|sun(?:day)?",
)
_SPOKEN: Final = (
    (rf"^(?i:{'|'.join(_WEEKDAYS)})\.?,?\s+", ""),
    (r",\s+|(?i:\s+(?:om|at)\s+)", " "),
    (r"(?i)(\s\d{1,2})[.:](\d{2})\s*(?:uur|uhr|u|h)\.?$", r"\1:\2"),
    (r"(?i)(\s\d{1,2})\s*(?:uur|uhr|u|h)\.?$", r"\1:00"),
    (r"(?i)(\s\d{1,2})\s*([ap]\.?m\.?)$", r"\1:00 \2"),
    (r"(\s\d{1,2})\.(\d{2})$", r"\1:\2"),
)
"""What people write around a date and a clock ('zaterdag 8 aug 2026 om 14.30 uur'), and what is read instead."""
_YEARS: Final = (1970, 2100)
_NOT_A_TIME: Final = "Row {row} of {file}: '{value}' is not a time. Write times as 2026-08-03 14:00."
_NEVER: Final = np.datetime64("NaT", "us")


@dataclass(frozen=True)
class Texts:
    """The distinct texts of a column, trimmed, and where in the table each stands."""

    table: Table
    codes: npt.NDArray[np.int32]
    texts: pa.Array

    def error(self, at: int, message: str, **values: object) -> UserError:
        """Return the error ``message`` about the first row with text ``at``."""
        row = self.table.row(int((self.codes == at).argmax()))
        return UserError(message, row=row, file=self.table.file, value=self.texts[at].as_py(), **values)


@dataclass(frozen=True)
class Read:
    """For each distinct text the moment, whether that is UTC (``aware``) or the area's time, and what was decided."""

    moments: Times
    aware: Flags
    empty: Flags
    notices: list[Notice] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_times(texts: Texts, tz: ZoneInfo, *, whole_day: WholeDay | None = None) -> Read:
    """Read distinct texts as times. Raises ``UserError`` with the row of the first that cannot be.

    ``whole_day`` is which end of it a day without an hour stands for; without it such a day is refused.
    """
    empty = _flags(pc.fill_null(pc.is_in(pc.utf8_lower(texts.texts), pa.array(UNKNOWN)), True))
    written = _with_numbered_months(_as_read(texts.texts))
    if whole_day:
        clock = {"begins": "0:00", "ends": "24:00"}[whole_day]
        written = pc.replace_substring_regex(written, _ONLY_A_DAY, rf"\1 {clock}")
    iso, year_last, digits = (pc.extract_regex(written, pattern) for pattern in (_ISO, _YEAR_LAST, _DIGITS))
    since = pc.extract_regex(written, _SINCE_1970)
    known = [_flags(parts.is_valid()) for parts in (iso, year_last, digits, since)]
    _refuse_others(texts, written, ~(empty | np.logical_or.reduce(known)))
    moments = np.where(known[3], _since_1970(since), _NEVER)
    aware = known[3]
    notices: list[Notice] = []
    doubts: list[Doubt] = []
    orders = {"iso": (iso, "a", "b"), "digits": (digits, "a", "b")}
    if known[1].any():
        month, day = _order(texts, year_last, notices, doubts)
        orders["year last"] = (year_last, month, day)
    for parts, month, day in orders.values():
        if parts.null_count == len(parts):
            continue
        local = _assemble(parts, month, day)
        _refuse_other_weekday(texts, written, local)
        ends = ends_of(texts, _texts(parts, "o"), _texts(parts, "e"), local, tz)
        moments = np.where(np.isnat(moments), local - ends.offset, moments)
        aware = aware | ends.aware
        notices += ends.notices
        doubts += _closing_midnight(texts, parts)
    wrong = np.isnat(moments) & ~empty
    if wrong.any():
        raise texts.error(int(wrong.argmax()), _NOT_A_TIME)
    return Read(moments, aware, empty, notices, doubts)


def _as_read(texts: pa.Array) -> pa.Array:
    """Leave out what people write around a date and a clock."""
    if not pc.any(pc.match_substring_regex(texts, _WITH_WORDS)).as_py():
        return texts
    for pattern, instead in _SPOKEN:
        texts = pc.replace_substring_regex(texts, pattern, instead)
    return texts


def _refuse_other_weekday(texts: Texts, written: pa.Array, local: Times) -> None:
    """Raise ``UserError`` where a day of the week is named that is not the one of the date."""
    if not pc.any(pc.match_substring_regex(texts.texts, "^[A-Za-z]")).as_py():
        return
    at_24 = _flags(pc.match_substring_regex(written, r"\s24:00"))
    days = (local.astype("datetime64[D]").astype(np.int64) - at_24 + 3) % 7  # 1 January 1970 was a Thursday
    for weekday, names in enumerate(_WEEKDAYS):
        named = _flags(pc.match_substring_regex(texts.texts, rf"^(?i:{names})\.?,?\s"))
        wrong = named & ~np.isnat(local) & (days != weekday)
        if wrong.any():
            raise texts.error(
                int(wrong.argmax()), "Row {row} of {file}: '{value}' is another day of the week. Mend one of the two."
            )


def _refuse_others(texts: Texts, written: pa.Array, wrong: Flags) -> None:
    if not wrong.any():
        return
    at = int(wrong.argmax())
    if pc.match_substring_regex(written.slice(at, 1), r"^\d{1,2}[-./ ]\s*\pL{3,}\.?( \d{1,2}:\d{2})?$")[0].as_py():
        raise texts.error(at, "Row {row} of {file}: '{value}' has no year. Write the year too.")
    if pc.match_substring_regex(written.slice(at, 1), _ONLY_A_DAY)[0].as_py():
        raise texts.error(
            at, "Row {row} of {file}: '{value}' is a day without an hour. Counts and weather are read by the hour."
        )
    raise texts.error(at, _NOT_A_TIME)


def _with_numbered_months(texts: pa.Array) -> pa.Array:
    """Write months that are named (``01-nov-2026``, ``November 1, 2026``) as numbers, year first."""
    if not pc.any(pc.match_substring_regex(texts, _WITH_A_NAME)).as_py():
        return texts
    for pattern in _NAMED_MONTH:
        day, name, year, rest = (pc.struct_field(pc.extract_regex(texts, pattern), part) for part in _OF_A_DATE)
        numbered = pc.binary_join_element_wise(year, _month(name), day, "-")
        texts = pc.coalesce(pc.binary_join_element_wise(numbered, rest, ""), texts)
    return texts


def _month(names: pa.Array) -> pa.Array:
    """Return for each name the number of the month that begins so, as text; null where none does."""
    lower = pc.utf8_lower(names)
    distinct = pc.drop_null(pc.unique(lower))
    known = [
        next((str(month) for month, begun in enumerate(_MONTHS, start=1) if name.startswith(begun)), None)
        for name in distinct.to_pylist()
    ]
    numbers = [number if name.isalpha() else None for number, name in zip(known, distinct.to_pylist(), strict=True)]
    return pa.array(numbers, pa.string()).take(pc.index_in(lower, distinct))


def _order(texts: Texts, parts: pa.StructArray, notices: list[Notice], doubts: list[Doubt]) -> tuple[str, str]:
    """Return which group is the month and which the day.

    Where no number is above 12, the day comes first: so all write it who put hyphens or points between. Of strokes,
    which are written in both orders, it is doubted.
    """
    first, second = (_numbers(parts, name) > 12 for name in "ab")
    shown = int(_flags(parts.is_valid()).argmax())
    if first.any() and second.any():
        raise texts.error(
            int(second.argmax()),
            "Row {row} of {file}: '{value}' has day and month in another order than other rows. "
            "Write times as 2026-08-03 14:00.",
        )
    if not first.any() and not second.any():
        at = [index for index, there in enumerate(_flags(parts.is_valid())) if there]
        strokes = next((index for index in at if "/" in texts.texts[index].as_py()), None)
        if strokes is not None:
            said = partial(_say_either, texts.table.file, texts.texts[strokes].as_py())
            doubts.append(Doubt("day-or-month-first", said, of_reading=True))
            return "b", "a"
        notices.append(partial(_say_order, texts.table.file, texts.texts[shown].as_py(), True))
        return "b", "a"
    notices.append(partial(_say_order, texts.table.file, texts.texts[shown].as_py(), bool(first.any())))
    return ("b", "a") if first.any() else ("a", "b")


def _assemble(parts: pa.StructArray, month: str, day: str) -> Times:
    """Return the times as they stand there, without their offset; NaT where they do not exist."""
    found = _flags(parts.is_valid())
    year, hour = _numbers(parts, "y"), _numbers(parts, "H")
    minute, second = (_numbers(parts, name, blank=0) for name in "MS")
    half = np.char.lower(np.char.replace(_texts(parts, "p").astype(str), ".", ""))
    twelve = (hour >= 1) & (hour <= 12)
    possible = np.where(half == "", (hour < 24) | ((hour == 24) & (minute + second == 0)), twelve)
    hour = np.where(half == "", hour, hour % 12 + 12 * (half == "pm"))
    date = 10_000 * year + 100 * _numbers(parts, month) + _numbers(parts, day)
    days = pd.to_datetime(pd.Series(date).astype(str), format="%Y%m%d", errors="coerce").to_numpy()
    valid = found & possible & (minute < 60) & (second < 60) & (year >= _YEARS[0]) & (year < _YEARS[1])
    seconds = 3600 * hour + 60 * minute + second
    return np.where(valid, days.astype("datetime64[us]") + seconds.astype("timedelta64[s]"), _NEVER)


def _since_1970(parts: pa.StructArray) -> Times:
    found = _flags(parts.is_valid())
    seconds = _numbers(parts, "s", blank=0) * 1000 + _numbers(parts, "ms", blank=0)
    return np.where(found, seconds.astype("datetime64[ms]").astype("datetime64[us]"), _NEVER)


def _closing_midnight(texts: Texts, parts: pa.StructArray) -> list[Doubt]:
    hour = _numbers(parts, "H")
    if not (hour == 24).any() or (hour == 0).any():
        return []
    shown = texts.texts[int((hour == 24).argmax())].as_py()
    return [Doubt("midnight-at-24", partial(_say_midnight, texts.table.file, shown), of_reading=True)]


def _flags(array: pa.Array) -> Flags:
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def _texts(parts: pa.StructArray, name: str) -> npt.NDArray[np.object_]:
    return np.asarray(pc.fill_null(parts.field(name), "").to_numpy(zero_copy_only=False), dtype=object)


def _numbers(parts: pa.StructArray, name: str, blank: int = -1) -> Integers:
    """Return a group of digits as numbers; ``blank`` where it was not there."""
    found = pc.fill_null(parts.field(name), "")
    filled = pc.if_else(pc.equal(found, ""), str(blank), found)
    return np.asarray(filled.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _say_order(file: str, shown: str, day_first: bool, lang: Language) -> str:
    if day_first:
        return lang.t("In {file}, times such as {shown} were read as day-month-year.", file=file, shown=shown)
    return lang.t("In {file}, times such as {shown} were read as month-day-year.", file=file, shown=shown)


def _say_either(file: str, shown: str, lang: Language) -> str:
    return lang.t(
        "In {file}, {shown} was read as day/month/year. If the month stands first, all days are wrong: write them as "
        "2026-08-03.",
        file=file,
        shown=shown,
    )


def _say_midnight(file: str, shown: str, lang: Language) -> str:
    return lang.t(
        "In {file}, {shown} was read as 0:00 of the next day, the start of an hour. If times are the end of the hour, "
        "all counts stand an hour too late.",
        file=file,
        shown=shown,
    )
