"""Events from a table: what is on, where, from when until when, and for how many visitors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.importing.moments import Times, read_moments
from data.importing.numbers import read_numbers
from data.importing.table import Table, open_table
from data.schemas import HOUR, checked
from language import UserError

_COLUMNS: Final = ("event_id", "name", "zone_id", "start", "end", "attendance")


def read_events(path: Path, zone_ids: Sequence[str], tz: ZoneInfo) -> pd.DataFrame:
    """Read the events of an area (schema ``EVENTS``, sorted by start).

    Columns ``event_id, name, zone_id, start, end, attendance``; others are ignored. A time without an offset is
    in ``tz``. A file with a header only holds no events. Raises ``UserError`` with the row of an id given twice,
    an unknown zone, an end that is not after its start, or a missing value.
    """
    table = open_table(path)
    ids, names, zones, starts, ends, attendances = table.columns(table.require(_COLUMNS), may_be_empty=True)
    texts = [_texts(column) for column in (ids, names, zones)]
    start, end = (_moments(table, column, tz) for column in (starts, ends))
    attendance = read_numbers(table, [attendances]).array
    seen: set[str] = set()
    for index, (event_id, name, zone) in enumerate(zip(*texts, strict=True)):
        wrong = (
            not event_id
            or not name
            or event_id in seen
            or zone not in zone_ids
            or not start[index] < end[index]
            or not attendance[index] >= 0
        )
        if wrong:
            raise UserError(
                "Row {row} of {file} is not an event. It needs its own event_id, a name, a zone of the area, an "
                "end after its start, and an attendance of 0 or more.",
                row=table.row(index),
                file=table.file,
            )
        seen.add(event_id)
    frame = pd.DataFrame(
        {
            "event_id": pd.array(texts[0], dtype="str"),
            "name": pd.array(texts[1], dtype="str"),
            "zone_id": pd.array(texts[2], dtype="str"),
            "start": pd.DatetimeIndex(start).tz_localize("UTC").astype(HOUR),
            "end": pd.DatetimeIndex(end).tz_localize("UTC").astype(HOUR),
            "attendance": attendance.astype(float),
        }
    )
    return checked("events", frame.sort_values(["start", "event_id"], ignore_index=True))


def _texts(column: pa.ChunkedArray) -> list[str]:
    return [text.strip() for text in pc.fill_null(column.cast(pa.string()), "").to_pylist()]


def _moments(table: Table, column: pa.ChunkedArray, tz: ZoneInfo) -> Times:
    moments = read_moments(table, column, tz)
    return np.asarray(moments.first[moments.codes])
