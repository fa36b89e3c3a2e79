"""What stands behind a time: an offset from UTC, the name of a time zone, or the end of an interval.

'10:00-11:00' looks like an offset and is an interval. An offset is believed when it is the area's own in every row;
else an end is seen where all rows last equally long; else offsets must lie between −12 and +14 hours and differ by no
more than a clock change.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from data.tables.notices import Notice
from language import Language, UserError

Texts = npt.NDArray[np.object_]
Minutes = npt.NDArray[np.float64]

_LASTING: Final = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
"""Minutes that an interval of counts may last."""

_LOWEST, _HIGHEST = -12 * 60, 14 * 60
_CLOCK_CHANGE: Final = 60

_NAMES: Final = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "WEST"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 120),
    "EEST": 180,
}
"""Names of time zones in Europe, in minutes ahead of UTC; an area's own names go before them."""


class Source(Protocol):
    """The texts that are read, and the error about one of them."""

    @property
    def texts(self) -> pa.Array:
        """The distinct texts."""

    def error(self, at: int, message: str, **values: object) -> UserError:
        """Return the error ``message`` about text ``at``."""


@dataclass(frozen=True)
class Ends:
    """For each text its offset from UTC (zero where it has none) and whether it has one."""

    offset: npt.NDArray[np.timedelta64]
    aware: npt.NDArray[np.bool_]
    notices: list[Notice]


def ends_of(source: Source, behind: Texts, until: Texts, local: npt.NDArray[np.datetime64], tz: ZoneInfo) -> Ends:
    """Judge what stands behind the times of ``source``.

    ``behind`` is an offset or a name, ``until`` the end of an interval ('' where there is none), ``local`` the time
    as it stands there. Raises ``UserError`` for an unknown name, an impossible offset, or offsets that disagree.
    """
    minutes = _each(behind, partial(_minutes, names=_NAMES | _own_names(tz)))
    unknown = np.isnan(minutes) & (behind != "")
    if unknown.any():
        at = int(unknown.argmax())
        raise source.error(
            at,
            "Row {row} of {file}: '{name}' in '{value}' is not a time zone that is known. Write the offset, "
            "such as +01:00.",
            name=behind[at],
        )
    signed = _each(behind, lambda text: float(text[0] in "+-")) == 1
    notices: list[Notice] = []
    if (signed & (minutes != _own_offset(local, tz, 0)) & (minutes != _own_offset(local, tz, 1))).any():
        ended = signed & (minutes <= 0) & _each(behind, lambda text: float(":" in text)).astype(bool)
        ends = np.where(ended, -minutes, _each(until, _clock))
        if (ended == signed).all() and _last_equally(local, ends):
            notices.append(partial(_say_interval, source.texts[int(signed.argmax())].as_py()))
            minutes = np.where(signed, np.nan, minutes)
        else:
            _check(source, minutes, signed)
    elif (until != "").any():
        notices.append(partial(_say_interval, source.texts[int((until != "").argmax())].as_py()))
    aware = ~np.isnan(minutes)
    return Ends(np.where(aware, minutes, 0).astype("timedelta64[m]"), aware, notices)


def _check(source: Source, minutes: Minutes, signed: npt.NDArray[np.bool_]) -> None:
    impossible = signed & ((minutes < _LOWEST) | (minutes > _HIGHEST))
    if impossible.any():
        raise source.error(
            int(impossible.argmax()),
            "Row {row} of {file}: '{value}' is neither a time with an offset (−12:00 to +14:00) nor a time from – "
            "until.",
        )
    often = Counter(minutes[signed].tolist())  # of equally many, the first in the file
    if max(often) - min(often) > _CLOCK_CHANGE:
        odd = signed & (np.abs(minutes - often.most_common(1)[0][0]) > _CLOCK_CHANGE)
        raise source.error(
            int(odd.argmax()),
            "Row {row} of {file}: the offset in '{value}' differs from that of other rows by more than a clock change.",
        )


def _last_equally(local: npt.NDArray[np.datetime64], ends: Minutes) -> bool:
    """Return whether all intervals that have an end last equally long, and as long as intervals of counts do."""
    starts = (local - local.astype("datetime64[D]")) / np.timedelta64(1, "m")
    lasting = (ends - starts)[~np.isnan(ends) & ~np.isnat(local)] % (24 * 60)
    return bool(len(lasting)) and bool((lasting == lasting[0]).all()) and lasting[0] in _LASTING


def _own_offset(local: npt.NDArray[np.datetime64], tz: ZoneInfo, turn: int) -> Minutes:
    """Return the area's offset in minutes at each local time (its first or its second turn)."""
    index = pd.DatetimeIndex(local)
    utc = index.tz_localize(tz, ambiguous=np.full(len(index), turn == 0), nonexistent="shift_forward")
    apart = index - utc.tz_convert("UTC").tz_localize(None)
    return np.asarray(apart / pd.Timedelta(minutes=1), dtype=float)


@cache
def _own_names(tz: ZoneInfo) -> dict[str, int]:
    days = pd.date_range("2000-01-01", "2040-01-01", freq="MS", tz="UTC").tz_convert(tz)
    offsets = {day.tzname() or "": day.utcoffset() for day in days}
    return {
        name: int(offset.total_seconds() // 60)
        for name, offset in offsets.items()
        if offset is not None and name.isalpha()
    }


def _minutes(text: str, names: dict[str, int]) -> float:
    if text[0] not in "+-":
        return float(names.get(text.upper(), np.nan))
    return (1 if text[0] == "+" else -1) * (60 * int(text[1:3]) + int(text[3:].removeprefix(":") or 0))


def _clock(text: str) -> float:
    hour, minute = text.split(":")[:2]
    return 60 * int(hour) + int(minute)


def _each(texts: Texts, read: Callable[[str], float]) -> Minutes:
    """Apply ``read`` once to each distinct text; NaN where there is none."""
    distinct, codes = np.unique(texts.astype(str), return_inverse=True)
    return np.array([read(text) if text else np.nan for text in distinct.tolist()])[codes]


def _say_interval(shown: str, lang: Language) -> str:
    return lang.t(
        "Times such as {shown} were read as from – until; the first is the start of what was counted.", shown=shown
    )
