"""Counts from anyone's table: one row for each hour and zone, or one column for each zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.area import Measure
from data.importing.clock import Rows, not_an_hour, once, place, whole_hours, without_time
from data.importing.moments import Times, read_moments
from data.importing.notices import Notice
from data.importing.numbers import read_numbers
from data.importing.table import Table, combined, open_table
from data.schemas import HOUR, checked
from language import Language, UserError

_TIDY: Final = ("timestamp", "zone_id", "count")
_SHOWN: Final = 10


@dataclass(frozen=True)
class Imported:
    """What was read from a file, in the shape of its schema, and what was decided on the way."""

    frame: pd.DataFrame
    notices: list[Notice]


def read_counts(path: Path, zone_ids: Sequence[str], tz: ZoneInfo, measure: Measure) -> Imported:
    """Read counts of the zones ``zone_ids`` from a CSV or Parquet file.

    The file has the columns ``timestamp, zone_id, count`` (others are ignored), or ``timestamp`` and a column
    for each zone. A time is the start of what was counted; without an offset it is in ``tz``. Rows of 5 to 30
    minutes become hours when the file is regular: passages are summed, people present averaged; an hour of
    which a part is missing is unknown. Returns the counts sorted by zone and hour (schema ``COUNTS``).

    Raises ``UserError`` with file and row: see ``docs/data-formats.md`` for what is refused.
    """
    table = open_table(path)
    tidy = any(table.position(name) is not None for name in _TIDY[1:])
    rows, notices = (_tidy_rows if tidy else _wide_rows)(table, zone_ids, tz)
    rows = without_time(rows)
    counts = rows.numbers[0]
    if (counts < 0).any():
        index = int((counts < 0).argmax())
        raise rows.error(
            index,
            "Row {row} of {file}: a count of {value} is not possible. Leave an unknown count empty.",
            value=f"{counts[index]:g}",
        )
    if np.isnan(counts).all():
        raise UserError("{file} holds no known count. Export it again.", file=table.file)
    step = _step(rows)
    rows, utc, of_clock = place(rows)
    rows, utc, of_repeats = once(rows, utc)
    notices = [*rows.moments.notices, *notices, *of_clock, *of_repeats]
    if step < 60:
        hours, incomplete = _hourly(rows, utc, step, measure)
        notices.append(partial(_say_hourly, table.file, step, incomplete, measure))
    else:
        hours = pd.DataFrame({"zone": rows.groups, "hour": utc, "count": rows.numbers[0]})
    return Imported(_counts(hours, zone_ids), [*notices, *_without_counts(hours, zone_ids)])


def _tidy_rows(table: Table, zone_ids: Sequence[str], tz: ZoneInfo) -> tuple[Rows, list[Notice]]:
    times, zones, counts = table.columns(table.require(_TIDY))
    moments = read_moments(table, times, tz)
    numbers = read_numbers(table, [counts])
    encoded = combined(zones).dictionary_encode("encode")
    found = pc.fill_null(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string())), "").to_pylist()
    codes = encoded.indices.to_numpy()
    nowhere = np.array([not name for name in found])[codes] & ~np.isnan(numbers.array)
    if nowhere.any():
        raise UserError(
            "Row {row} of {file} has no zone_id. Fill it in or remove the row.",
            row=table.row(int(nowhere.argmax())),
            file=table.file,
        )
    _check_zones(table, [name for name in found if name], zone_ids)
    groups = np.array([zone_ids.index(name) if name else 0 for name in found], dtype=np.int64)[codes]
    rows = Rows(table, moments, np.arange(len(codes)), groups, [numbers.array])
    return rows.keep(np.array([bool(name) for name in found])[codes]), numbers.notices


def _wide_rows(table: Table, zone_ids: Sequence[str], tz: ZoneInfo) -> tuple[Rows, list[Notice]]:
    at = table.position("timestamp")
    places = [position for position in range(len(table.header)) if position != at and table.header[position]]
    names = [table.header[position] for position in places]
    if at is None or not names:
        table.require(_TIDY)
    _check_zones(table, names, zone_ids)
    times, *columns = table.columns([at or 0, *places])
    moments = read_moments(table, times, tz)
    numbers = read_numbers(table, columns)
    records = np.tile(np.arange(len(times)), len(columns))
    groups = np.repeat(np.array([zone_ids.index(name) for name in names], dtype=np.int64), len(times))
    return Rows(table, moments, records, groups, [numbers.array]), numbers.notices


def _check_zones(table: Table, names: Sequence[str], zone_ids: Sequence[str]) -> None:
    unknown = sorted(set(names) - set(zone_ids))
    if unknown:
        raise UserError(
            "{file} has zones that the zones file does not have: {zones}. Add them there or leave them out.",
            file=table.file,
            zones=_some(unknown),
        )


def _step(rows: Rows) -> int:
    """Return the minutes between rows: 60, or less when the file is regularly finer than hours."""
    if whole_hours(rows).all():
        return 60
    used = np.unique(rows.moments.local[np.unique(rows.times)])
    used = used[~np.isnat(used)]
    seconds = np.unique((used - used.astype("datetime64[h]")).astype("timedelta64[s]").astype(np.int64))
    step = 60 // len(seconds)
    if step < 5 or step == 60 or seconds.tolist() != list(range(0, 3600, 60 * step)):
        raise not_an_hour(rows)
    return step


def _hourly(rows: Rows, utc: Times, step: int, measure: Measure) -> tuple[pd.DataFrame, int]:
    """Return hours made of parts, and how many of them are unknown because a part is."""
    past = rows.moments.local - rows.moments.local.astype("datetime64[h]")
    parts = pd.DataFrame({"zone": rows.groups, "hour": utc - past[rows.times], "count": rows.numbers[0]})
    together = parts.groupby(["zone", "hour"])["count"]
    whole = together.sum() if measure == "passages" else together.mean()
    complete = together.count() == 60 // step
    return whole.where(complete).reset_index(), int((~complete).sum())


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
    counted: npt.NDArray[np.int64] = hours.loc[hours["count"].notna(), "zone"].unique()
    absent = [name for index, name in enumerate(zone_ids) if index not in set(counted.tolist())]
    return [partial(_say_absent, absent)] if absent else []


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _say_absent(names: Sequence[str], lang: Language) -> str:
    return lang.n(
        "{n} zone has no counts: {zones}.", "{n} zones have no counts: {zones}.", len(names), zones=_some(names)
    )


def _say_hourly(file: str, step: int, incomplete: int, measure: Measure, lang: Language) -> str:
    if measure == "passages":
        return lang.t(
            "In {file}, rows of {step} minutes were added up to hours; {n} incomplete hours are unknown.",
            file=file,
            step=step,
            n=lang.number(incomplete),
        )
    return lang.t(
        "In {file}, rows of {step} minutes were averaged to hours; {n} incomplete hours are unknown.",
        file=file,
        step=step,
        n=lang.number(incomplete),
    )
