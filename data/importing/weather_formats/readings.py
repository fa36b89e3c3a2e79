"""What every format of weather is read into: hours with values, and where in the file each stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.doubts.doubt import Doubt
from data.tables.notices import Notice
from data.tables.weather_units import Floats
from language import Language, UserError

COLUMNS: Final = ("temp_c", "rain_mm", "wind_ms", "sun_h", "cloud_okta")

NOT_A_TIME: Final = "Row {row} of {file}: '{value}' is not a time. Write times as 2026-08-03 14:00."
NOT_A_NUMBER: Final = "Row {row} of {file}: '{value}' is not a number. Write a number, or nothing where it is unknown."
HOUR: Final = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Readings:
    """Weather of a file by hour.

    ``row`` tells in which line (or record) of the file an hour stands; ``hours``: UTC, start of the hour; ``columns``
    in the units that are kept, NaN where unknown, without those that the file does not have.
    """

    row: Callable[[int], int]
    hours: pd.DatetimeIndex
    columns: dict[str, Floats]
    notices: list[Notice] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def once(self, file: str) -> "Readings":
        """Return the readings without hours that say the same again. Raises ``UserError`` when they differ."""
        again = np.asarray(self.hours.duplicated())
        if not again.any():
            return self
        first = pd.Series(np.arange(len(again)), index=self.hours).groupby(level=0).transform("first").to_numpy()
        same = np.ones(len(again), dtype=bool)
        for array in self.columns.values():
            same &= (array == array[first]) | (np.isnan(array) & np.isnan(array[first]))
        if not same.all():
            at = int((~same).argmax())
            raise UserError(
                "Rows {row} and {other} of {file} say different things about the same place and hour ({time}). "
                "Remove one of them.",
                row=self.row(int(first[at])),
                other=self.row(at),
                file=file,
                time=f"{self.hours[at]:%Y-%m-%d %H:%M} UTC",
            )
        kept = np.flatnonzero(~again)
        columns = {name: array[kept] for name, array in self.columns.items()}
        notice = partial(_say_again, file, int(again.sum()))
        return replace(
            self,
            row=lambda index: self.row(int(kept[index])),
            hours=self.hours[kept],
            columns=columns,
            notices=[*self.notices, notice],
        )

    def of_hour_before(self, names: Sequence[str]) -> "Readings":
        """Return the readings with these columns, which are of the hour *before* their stamp, an hour earlier.

        The hours must be different ones. The hour before the first stamp is added, with what is known of it.
        """
        moved = [name for name in names if name in self.columns]
        if not moved:
            return self
        hours = self.hours.union(self.hours - HOUR)
        at, before = hours.get_indexer(self.hours), hours.get_indexer(self.hours - HOUR)
        rows = np.empty(len(hours), dtype=np.int64)
        rows[before] = rows[at] = np.arange(len(self.hours))
        columns = {name: np.full(len(hours), np.nan) for name in self.columns}
        for name, array in self.columns.items():
            columns[name][before if name in moved else at] = array
        return replace(self, row=lambda index: self.row(int(rows[index])), hours=hours, columns=columns)


def _say_again(file: str, n: int, lang: Language) -> str:
    return lang.n(
        "In {file}, {n} row that says the same again was left out.",
        "In {file}, {n} rows that say the same again were left out.",
        n,
        file=file,
    )


@dataclass(frozen=True)
class Lines:
    """Lines of a text, cut into cells: ``rows`` are their numbers in the file, ``cells`` the same in each."""

    file: str
    names: Sequence[str]
    rows: npt.NDArray[np.int64]
    cells: list[list[str]]

    def texts(self, name: str) -> list[str]:
        """Return a column, without the spaces around its values."""
        at = self.names.index(name)
        return [cells[at].strip() for cells in self.cells]

    def numbers(self, name: str, unknown: Sequence[str] = ("",)) -> Floats:
        """Return a column as numbers, NaN where it is ``unknown``. Raises ``UserError`` with the row that is none."""
        return numbers(self.file, self.rows, self.texts(name), unknown)


def cut(file: str, lines: Sequence[str], header_at: int, delimiter: str, *, stop_at_blank: bool = False) -> Lines:
    """Cut the lines below a header into cells. Blank lines and those that begin with ``#`` are passed over.

    Raises ``UserError`` with the first row that has not the cells of the header, and when there are no rows.
    """
    names = [name.strip() for name in lines[header_at].lstrip("# ").split(delimiter)]
    rows: list[int] = []
    cells: list[list[str]] = []
    for row, line in enumerate(lines[header_at + 1 :], start=header_at + 2):
        if not line.strip(" \t\x1a"):
            if stop_at_blank and rows:
                break
            continue
        if line.lstrip().startswith("#"):
            continue
        parts = line.split(delimiter)
        if len(parts) < len(names) or any(cell.strip() for cell in parts[len(names) :]):
            raise UserError(
                "Row {row} of {file} has {found} columns and the header has {expected}. Mend that row.",
                row=row,
                file=file,
                found=len(parts),
                expected=len(names),
            )
        rows.append(row)
        cells.append(parts)
    if not rows:
        raise UserError("{file} holds no rows below its header. Make it again.", file=file)
    return Lines(file, names, np.array(rows, dtype=np.int64), cells)


def numbers(file: str, rows: npt.NDArray[np.int64], texts: Sequence[object], unknown: Sequence[object]) -> Floats:
    """Return values as numbers, NaN where ``unknown``. Raises ``UserError`` with the row of the first that is none."""
    given = pd.Series(list(texts), dtype=object)
    blank = given.isna() | given.isin(list(unknown))
    odd = given.map(lambda value: isinstance(value, list | dict | bool))
    found = pd.to_numeric(given.where(~(blank | odd)), errors="coerce").to_numpy(dtype=float)
    wrong = (~blank.to_numpy() & ~np.isfinite(found)) | odd.to_numpy()
    if wrong.any():
        index = int(wrong.argmax())
        raise UserError(NOT_A_NUMBER, row=int(rows[index]), file=file, value=str(given[index])[:40])
    return found


def moments(file: str, rows: npt.NDArray[np.int64], texts: Sequence[str], *formats: str) -> pd.DatetimeIndex:
    """Return texts as moments in UTC, by the first of the formats that fits. Raises ``UserError`` with the row."""
    given = pd.Series(list(texts), dtype="str")
    found = pd.Series(pd.NaT, index=given.index, dtype="datetime64[us]")
    for form in formats:
        found = found.fillna(pd.to_datetime(given, format=form, errors="coerce").astype("datetime64[us]"))
    if found.isna().any():
        index = int(found.isna().to_numpy().argmax())
        raise UserError(NOT_A_TIME, row=int(rows[index]), file=file, value=str(given[index])[:40])
    return pd.DatetimeIndex(found).tz_localize("UTC")
