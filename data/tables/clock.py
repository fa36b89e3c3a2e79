"""From rows with times to hours in UTC: clock changes, rows given twice.

- Which of two rows of a local hour that the autumn change repeats is the first, their neighbours in the file tell
  (:mod:`data.tables.autumn`). Given once it is the first hour, and the second is unknown.
- A local hour that the spring change skips does not exist. A row for it is left out, and the import says so: the
  file may have been filled in by a program that does not know of summer time, or be in winter time all year.
- Two rows for one hour are refused, unless they say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.tables.autumn import run_backwards
from data.tables.moments import Flags, Moments, Times
from data.tables.notices import Notice
from data.tables.table import Table
from language import Language, UserError


@dataclass(frozen=True)
class Rows:
    """Numbers with the place and the time they are about.

    ``records`` says in which record of the table a value stands, ``groups`` which zone it is of, ``moments``
    when it is; ``numbers`` are one or more arrays, NaN where unknown. All have one element for each value.
    """

    table: Table
    moments: Moments
    records: npt.NDArray[np.integer]
    groups: npt.NDArray[np.integer]
    numbers: Sequence[npt.NDArray[np.float64]]

    def keep(self, mask: Flags) -> "Rows":
        """Return the rows where ``mask`` holds."""
        return replace(
            self,
            records=self.records[mask],
            groups=self.groups[mask],
            numbers=[numbers[mask] for numbers in self.numbers],
        )

    @property
    def times(self) -> npt.NDArray[np.int32]:
        """For each row, which of the distinct times it has."""
        return np.asarray(self.moments.codes[self.records])

    def error(self, index: int, message: str, **values: object) -> UserError:
        """Return the error ``message`` about row ``index``."""
        record = int(self.records[index])
        return UserError(message, row=self.table.row(record), file=self.table.file, **values)


def without_time(rows: Rows) -> Rows:
    """Leave out rows without time and value, as spreadsheets add them; refuse a value without a time."""
    timeless = rows.moments.empty[rows.times]
    if not timeless.any():
        return rows
    wrong = timeless & _known(rows)
    if wrong.any():
        raise rows.error(int(wrong.argmax()), "Row {row} of {file} has no time. Fill it in or remove the row.")
    return rows.keep(~timeless)


def place(rows: Rows) -> tuple[Rows, Times, list[Notice]]:
    """Return the rows that exist, the moment (UTC) of each, and what was decided about the clock changes.

    Raises ``UserError`` for a third row of a repeated hour.
    """
    notices: list[Notice] = []
    skipped = rows.moments.skipped[rows.times]
    if skipped.any():
        known = int((skipped & _known(rows)).sum())
        if known:
            notices.append(partial(_say_skipped, rows.table.file, known))
        rows = rows.keep(~skipped)
    utc = rows.moments.first[rows.times]
    repeated = np.flatnonzero(rows.moments.ambiguous[rows.times])
    if len(repeated):
        turn, single = _turns(rows, repeated)
        utc[repeated] = np.where(turn == 1, rows.moments.second[rows.times[repeated]], utc[repeated])
        if single:
            notices.append(partial(_say_single, rows.table.file, single))
    return rows, utc, notices


def _turns(rows: Rows, repeated: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.integer], int]:
    """Return whether each repeated row is the first (0) or second (1) of its hour, and how many hours stand alone."""
    local = rows.moments.local[rows.times]
    backwards = run_backwards(rows.groups, local, repeated)
    together = pd.DataFrame({"group": rows.groups[repeated], "local": local[repeated]}).groupby(["group", "local"])
    turn = together.cumcount().to_numpy(dtype=np.int64)
    if (turn > 1).any():
        index = int(repeated[int((turn > 1).argmax())])
        raise rows.error(
            index,
            "Row {row} of {file} is the third for {time}, an hour that the clock change gives twice. "
            "Remove the row that does not belong.",
            time=rows.moments.text(int(rows.records[index])),
        )
    sizes = together["local"].transform("size").to_numpy()
    single = len(np.unique(local[repeated][sizes == 1]))
    return np.where(backwards & (sizes == 2), 1 - turn, turn), single


def once(rows: Rows, utc: Times) -> tuple[Rows, Times, list[Notice]]:
    """Return the rows without those that say the same again.

    Raises ``UserError`` naming both rows when two say different things about one hour.
    """
    keys = pd.Series(_keys(rows.groups, utc))
    again = keys.duplicated().to_numpy()
    if not again.any():
        return rows, utc, []
    several = keys.duplicated(keep=False).to_numpy()
    shared = pd.DataFrame({"key": keys[several], "at": np.flatnonzero(several)})
    first = shared.groupby("key")["at"].transform("first").to_numpy()
    each = shared["at"].to_numpy()
    same = np.logical_and.reduce([_equal(numbers[each], numbers[first]) for numbers in rows.numbers])
    if not same.all():
        at = int((~same).argmax())
        raise rows.error(
            int(first[at]),
            "Rows {row} and {other} of {file} say different things about the same place and hour ({time}). "
            "Remove one of them.",
            other=rows.table.row(int(rows.records[each[at]])),
            time=rows.moments.text(int(rows.records[first[at]])),
        )
    return rows.keep(~again), utc[~again], [partial(_say_again, rows.table.file, int(again.sum()))]


def _keys(groups: npt.NDArray[np.integer], utc: Times) -> npt.NDArray[np.int64]:
    """Return one number for each group and moment."""
    moments = utc.astype("datetime64[s]").astype(np.int64)
    lowest = moments.min(initial=0)
    span = moments.max(initial=0) - lowest + 1
    return np.asarray(groups.astype(np.int64) * span + (moments - lowest))


def whole_hours(rows: Rows) -> Flags:
    """Return for each row whether its time, on the area's clocks, is a whole hour."""
    local = rows.moments.local
    return np.asarray(local == local.astype("datetime64[h]"))[rows.times]


def not_an_hour(rows: Rows, index: int | None = None) -> UserError:
    """Return the error about row ``index``, or the first that is not on a whole hour."""
    if index is None:
        index = int((~whole_hours(rows)).argmax())
    return rows.error(
        index,
        "Row {row} of {file}: {time} is not a whole hour. Give one row for each hour and zone.",
        time=rows.moments.text(int(rows.records[index])),
    )


def _equal(left: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> Flags:
    return np.asarray((left == right) | (np.isnan(left) & np.isnan(right)))


def _known(rows: Rows) -> Flags:
    known = [~np.isnan(numbers) for numbers in rows.numbers]
    return np.asarray(np.logical_or.reduce(known))


def _say_skipped(file: str, n: int, lang: Language) -> str:
    return lang.n(
        "In {file}, {n} value was left out: its hour does not exist, because the clock goes forward. "
        "If the file does not follow summer time, give all times with their offset.",
        "In {file}, {n} values were left out: their hour does not exist, because the clock goes forward. "
        "If the file does not follow summer time, give all times with their offset.",
        n,
        file=file,
    )


def _say_single(file: str, n: int, lang: Language) -> str:
    return lang.n(
        "In {file}, {n} hour that the clock change repeats is given once; the second one is unknown.",
        "In {file}, {n} hours that the clock change repeats are given once; the second ones are unknown.",
        n,
        file=file,
    )


def _say_again(file: str, n: int, lang: Language) -> str:
    return lang.n(
        "In {file}, {n} row that says the same again was left out.",
        "In {file}, {n} rows that say the same again were left out.",
        n,
        file=file,
    )
