"""Times of a column, and which moments they can mean when the clock changes.

What the texts say is read by :mod:`data.tables.times`. A time without an offset is the area's own time.
"""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.doubts.doubt import Doubt
from data.tables.notices import Notice
from data.tables.table import Table, encoded
from data.tables.times import Texts, WholeDay, read_times
from data.tables.times_of_day import with_hours

Times = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Moments:
    """The times of a column: ``codes`` points each record to one of the distinct times.

    Of each distinct time ``first`` and ``second`` are the moments it can mean (UTC): the same, but for a local
    time that the autumn clock change repeats. Both are NaT for one that the spring change skips, and where
    ``empty``. ``local`` is the time on the area's clocks. All are datetime64[us].
    """

    codes: npt.NDArray[np.int32]
    shown: pa.Array
    local: Times
    first: Times
    second: Times
    empty: Flags
    notices: list[Notice] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

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


def read_moments(
    table: Table,
    column: pa.ChunkedArray,
    tz: ZoneInfo,
    hours: pa.ChunkedArray | None = None,
    *,
    whole_day: WholeDay | None = None,
) -> Moments:
    """Read a column of times; ``tz`` is the area's, for times without an offset.

    With ``hours`` the first column holds dates and the second the time of the day. With ``whole_day`` a day without
    an hour is its beginning or its end.
    Raises ``UserError`` with the row of the first that is not a time, or that leaves day and month undecided.
    """
    codes, unique = encoded(column)
    notices: list[Notice] = []
    doubts: list[Doubt] = []
    if hours is not None:
        codes, unique, doubts = with_hours(table, (codes, unique), encoded(hours))
    if pa.types.is_timestamp(unique.type):
        moments = np.array(unique.cast(pa.timestamp("us", unique.type.tz), safe=False)).astype("datetime64[us]")
        aware = np.full(len(moments), unique.type.tz is not None)
        empty = np.isnat(moments)
    else:
        texts = Texts(table, codes, pc.utf8_trim_whitespace(unique.cast(pa.string())))
        read = read_times(texts, tz, whole_day=whole_day)
        moments, aware, empty = read.moments, read.aware, read.empty
        notices.extend(read.notices)
        doubts = [*doubts, *read.doubts]
    first, second = _possible(np.where(aware, np.datetime64("NaT"), moments), tz)
    first, second = np.where(aware, moments, first), np.where(aware, moments, second)
    on_clock = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(tz).tz_localize(None).to_numpy()
    local = np.where(aware, on_clock.astype("datetime64[us]"), moments)
    return Moments(codes, unique, local, first, second, empty, notices, doubts)


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
