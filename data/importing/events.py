"""Events from a table: what is on, where, from when until when, and for how many visitors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.area.schemas import HOUR, checked
from data.keeping.within_time import within_time
from data.tables.moments import Moments, read_moments
from data.tables.numbers import read_numbers
from data.tables.opening import open_table
from data.tables.table import Table
from language import UserError
from language.visible import one_line

_COLUMNS: Final = ("event_id", "name", "zone_id", "start", "end", "attendance")


@within_time
def read_events(path: Path, zone_ids: Sequence[str], tz: ZoneInfo) -> pd.DataFrame:
    """Read the events of an area (schema ``EVENTS``, sorted by start).

    Columns ``event_id, name, zone_id, start, end, attendance``; others are ignored. A time without an offset is
    in ``tz``; a day without an hour is that whole day. A file with a header only holds no events. Raises
    ``UserError`` with the row of an id given twice, an unknown zone, an end that is not after its start, or a
    missing value.
    """
    table = open_table(path)
    ids, names, zones, starts, ends, attendances = table.columns(table.require(_COLUMNS), may_be_empty=True)
    texts = [_texts(column) for column in (ids, names, zones)]
    start = read_moments(table, starts, tz, whole_day="begins")
    end = read_moments(table, ends, tz, whole_day="ends")
    attendance = read_numbers(table, [attendances]).array
    rows = _Rows(table, zone_ids, start, end, attendance)
    for index, (event_id, name, zone) in enumerate(zip(*texts, strict=True)):
        rows.check(index, event_id, name, zone)
    frame = pd.DataFrame(
        {
            "event_id": pd.array(texts[0], dtype="str"),
            "name": pd.array(texts[1], dtype="str"),
            "zone_id": pd.array(texts[2], dtype="str"),
            "start": pd.DatetimeIndex(rows.began).tz_localize("UTC").astype(HOUR),
            "end": pd.DatetimeIndex(rows.ended).tz_localize("UTC").astype(HOUR),
            "attendance": attendance.astype(float),
        }
    )
    return checked("events", frame.sort_values(["start", "event_id"], ignore_index=True))


class _Rows:
    """The rows of events, each refused for the one thing that is wrong with it."""

    def __init__(
        self, table: Table, zone_ids: Sequence[str], start: Moments, end: Moments, attendance: npt.NDArray[np.float64]
    ) -> None:
        self._table, self._zone_ids = table, set(zone_ids)
        self._start, self._end, self._attendance = start, end, attendance
        self.began, ended = start.first[start.codes], end.first[end.codes]
        # An end in the hour that comes twice is in the second of them, where the first is not after the start.
        self.ended = np.where(ended > self.began, ended, end.second[end.codes])
        self._seen: dict[str, int] = {}

    def check(self, index: int, event_id: str, name: str, zone: str) -> None:
        """Raise ``UserError`` when row ``index`` is no event."""
        moments = [(column, side.codes[index], side) for column, side in (("start", self._start), ("end", self._end))]
        blank = [column for column, text in (("event_id", event_id), ("name", name), ("zone_id", zone)) if not text]
        blank += [column for column, code, side in moments if side.empty[code]]
        blank += ["attendance"] * bool(np.isnan(self._attendance[index]))
        if blank:
            raise self._error(index, "Row {row} of {file} has no {column}. Fill it in.", column=blank[0])
        if event_id in self._seen:
            raise self._error(
                index,
                "Row {row} of {file} has the event_id '{value}' of row {other}. Give each event its own.",
                value=event_id,
                other=self._table.row(self._seen[event_id]),
            )
        if zone not in self._zone_ids:
            raise self._error(
                index, "Row {row} of {file}: the area has no zone '{value}'. Name one of its zones.", value=zone
            )
        for _, code, side in moments:
            if side.skipped[code]:
                raise self._error(
                    index,
                    "Row {row} of {file}: {value} does not exist that night, because the clock goes forward. Write an "
                    "hour later.",
                    value=side.text(index),
                )
        if not self.began[index] < self.ended[index]:
            raise self._error(
                index,
                "Row {row} of {file}: the end ({value}) is not after the start. Mend one of them.",
                value=self._end.text(index),
            )
        if self._attendance[index] < 0:
            raise self._error(
                index,
                "Row {row} of {file}: an attendance of {value} is not possible. Give 0 or more.",
                value=f"{self._attendance[index]:g}",
            )
        self._seen[event_id] = index

    def _error(self, index: int, message: str, **values: object) -> UserError:
        return UserError(message, row=self._table.row(index), file=self._table.file, **values)


def _texts(column: pa.ChunkedArray) -> list[str]:
    return [one_line(text) for text in pc.fill_null(column.cast(pa.string()), "").to_pylist()]
