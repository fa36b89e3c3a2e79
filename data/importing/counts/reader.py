"""Reading counts of an area from anyone's table, to hours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.area.area import Measure
from data.area.reading import Reading
from data.area.schemas import HOUR, checked
from data.doubts.doubt import Doubt
from data.importing.counts import sentences as say
from data.importing.counts.directions import Series, added_up, chosen, names
from data.importing.counts.hours import to_hours
from data.importing.counts.layout import propose
from data.importing.counts.places import Places
from data.importing.counts.values import values
from data.keeping.within_time import within_time
from data.tables.clock import Rows, not_an_hour, once, place, without_time
from data.tables.moments import Times
from data.tables.notices import Imported, Notice
from data.tables.opening import open_table
from language import UserError

_MEANS: Final = 0.05
"""Passages of which this part has decimals look like means."""


@within_time
def read_counts(
    path: Path,
    zone_ids: Sequence[str],
    tz: ZoneInfo,
    measure: Measure,
    *,
    called: Mapping[str, str] | None = None,
    reading: Reading | None = None,
    now: datetime | None = None,
) -> Imported:
    """Read counts of the zones ``zone_ids`` from a CSV or Parquet file or a spreadsheet.

    The file has the columns ``timestamp, zone_id, count`` (others are ignored), or ``timestamp`` and a column
    for each zone; ``reading`` declares other names, and ``called`` what else the zones are called. A time is the
    start of what was counted; without an offset it is in ``tz``. Rows of 1 to 30 minutes become hours: passages are
    summed, people present averaged; see :mod:`data.importing.counts.hours`. Passages of several directions are added
    up. Hours after ``now`` (default: the clock) are left out and named. Returns the counts sorted by zone and hour
    (schema ``COUNTS``).

    Raises ``UserError`` with file and row: see ``docs/data-formats.md`` for what is refused.
    """
    reading = (reading or Reading()).whole
    table = open_table(path, reading.sheet)
    layout = propose(table, Places(zone_ids, called), reading)
    read = values(table, layout, Places(zone_ids, called), tz)
    rows = without_time(read.rows)
    _check_counts(rows)
    rows, series = chosen(rows, read.series, reading.directions, measure)
    doubts = [*read.doubts, *_means(table.file, rows, measure)]
    rows, utc, of_clock = place(rows)
    rows, utc, of_repeats = once(rows, utc)
    rows, utc, zones = _by_place(rows, utc, series)
    past = rows.moments.local - rows.moments.local.astype("datetime64[h]")
    hours = to_hours(zones, utc, past[rows.times], rows.numbers[0], measure)
    if hours.odd is not None:
        raise not_an_hour(rows, hours.odd)
    frame, of_future = _until(table.file, hours.frame, now or datetime.now(UTC), tz)
    notices: list[Notice] = [
        *table.notices,
        *say.of_layout(table.file, layout),
        *say.of_directions(table.file, names(read.series), names(series)),
        *read.notices,
        *of_clock,
        *of_repeats,
        *say.of_hours(table.file, hours, measure),
        *_without_counts(frame, zone_ids),
    ]
    doubts += [*say.doubt_of_hours(table.file, hours), *of_future]
    return Imported(_counts(frame, zone_ids), notices, doubts)


def _check_counts(rows: Rows) -> None:
    counts = rows.numbers[0]
    if (counts < 0).any():
        index = int((counts < 0).argmax())
        raise rows.error(
            index,
            "Row {row} of {file}: a count of {value} is not possible. Leave an unknown count empty.",
            value=f"{counts[index]:g}",
        )
    if np.isnan(counts).all():
        raise UserError("{file} holds no known count. Make it again.", file=rows.table.file)


def _means(file: str, rows: Rows, measure: Measure) -> list[Doubt]:
    """Doubt passages with decimals: who passes a sensor is counted whole."""
    counts = rows.numbers[0]
    broken = np.nan_to_num(counts) % 1 > 0
    if measure != "passages" or broken.sum() <= _MEANS * (~np.isnan(counts)).sum():
        return []
    shown = float(counts[broken.argmax()])
    return [Doubt("means", partial(say.means, file, shown, rows.table.row(int(rows.records[broken.argmax()]))), True)]


def _by_place(rows: Rows, utc: Times, series: Sequence[Series]) -> tuple[Rows, Times, npt.NDArray[np.int64]]:
    """Return one row for each place and moment, its directions added up, with the place of each."""
    place_of = np.array([one.place for one in series], dtype=np.int64)
    zones = place_of[rows.groups]
    parts = np.bincount(place_of)
    if parts.max() <= 1:
        return rows, utc, zones
    first, counts = added_up(zones, parts, utc, rows.numbers[0])
    kept = replace(rows, records=rows.records[first], groups=rows.groups[first], numbers=[counts])
    return kept, utc[first], zones[first]


def _until(file: str, hours: pd.DataFrame, now: datetime, tz: ZoneInfo) -> tuple[pd.DataFrame, list[Doubt]]:
    """Leave out hours that have not begun: nobody can have counted them."""
    late = (hours["hour"] > np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us")).to_numpy()
    if not late.any():
        return hours, []
    if late.all():
        raise UserError(
            "{file} holds only hours that are yet to come (from {date}). Look at its dates.",
            file=file,
            date=f"{hours['hour'].min():%Y-%m-%d}",
        )
    counts = hours.loc[late, "count"]
    zero = bool((counts.dropna() == 0).all())
    first = hours.loc[late, "hour"].min().tz_localize("UTC").to_pydatetime()
    said = partial(say.future, file, int(counts.notna().sum()), first, tz, zero)
    return hours[~late], [Doubt("future", said, of_reading=True)] if counts.notna().any() else []


def _counts(hours: pd.DataFrame, zone_ids: Sequence[str]) -> pd.DataFrame:
    ordered = hours.sort_values(["zone", "hour"], ignore_index=True)
    names = pd.array(list(zone_ids), dtype="str")
    frame = pd.DataFrame(
        {
            "zone_id": names.take(ordered["zone"].to_numpy()),
            "hour": pd.to_datetime(ordered["hour"], utc=True).astype(HOUR),
            "count": ordered["count"].astype(float),
        }
    )
    return checked("counts", frame)


def _without_counts(hours: pd.DataFrame, zone_ids: Sequence[str]) -> list[Notice]:
    counted = set(hours.loc[hours["count"].notna(), "zone"].unique().tolist())
    absent = [name for index, name in enumerate(zone_ids) if index not in counted]
    return [partial(say.absent, absent)] if absent else []
