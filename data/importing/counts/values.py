"""All values of a table of counts, each with the moment, the place and the direction it is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.doubts.doubt import Doubt
from data.importing.counts import sentences as say
from data.importing.counts.directions import Series
from data.importing.counts.layout import Layout
from data.importing.counts.places import Places, unknown_zones
from data.tables.clock import Rows
from data.tables.moments import read_moments
from data.tables.notices import Notice
from data.tables.numbers import read_numbers
from data.tables.table import Table, encoded
from language import UserError

Codes = npt.NDArray[np.int32]
Columns = Mapping[int, pa.ChunkedArray]


@dataclass(frozen=True)
class Values:
    """The values: ``rows.groups`` says which of ``series`` each is of."""

    rows: Rows
    series: list[Series]
    notices: list[Notice]
    doubts: list[Doubt]


def values(table: Table, layout: Layout, places: Places, tz: ZoneInfo) -> Values:
    """Read the columns of a table that ``layout`` names.

    Raises ``UserError`` with the row for what is no time or number, a count without a place, and unknown places.
    """
    wanted = [layout.timestamp, layout.hour, layout.zone, layout.direction, *(one.position for one in layout.counts)]
    positions = sorted({position for position in wanted if position is not None})
    columns = dict(zip(positions, table.columns(positions), strict=True))
    hours = None if layout.hour is None else columns[layout.hour]
    moments = read_moments(table, columns[layout.timestamp], tz, hours)
    numbers = read_numbers(table, [columns[one.position] for one in layout.counts])
    size = len(moments.codes)
    groups, series, doubts = _series(table, layout, places, columns, numbers.array.reshape(-1, size))
    records = np.tile(np.arange(size, dtype=np.int32), len(layout.counts))
    rows = Rows(table, moments, records, groups, [numbers.array])
    if (groups < 0).any():
        rows = rows.keep(groups >= 0)
    return Values(rows, series, [*moments.notices, *numbers.notices], [*moments.doubts, *numbers.doubts, *doubts])


def _series(
    table: Table, layout: Layout, places: Places, columns: Columns, counts: npt.NDArray[np.float64]
) -> tuple[Codes, list[Series], list[Doubt]]:
    """Return for each value (column by column) the series it is of, −1 where it is of none."""
    zone_codes, doubts = _zones(table, layout, places, columns, counts)
    direction_codes, directions = _directions(layout, columns, counts.shape[1])
    there = zone_codes * np.int64(len(directions)) + direction_codes
    used = np.flatnonzero(np.bincount(there[zone_codes >= 0]))
    number = np.full(int(there.max(initial=0)) + 1, -1, dtype=np.int32)
    series: list[Series] = []
    groups = np.empty(counts.shape, dtype=np.int32)
    for at, column in enumerate(layout.counts):
        if column.place is not None:
            groups[at] = len(series)
            series.append(Series(column.place, column.direction))
            continue
        number[used] = len(series) + np.arange(len(used), dtype=np.int32)
        groups[at] = np.where(zone_codes >= 0, number[there], -1)
        for one in used.tolist():
            place, direction = divmod(one, len(directions))
            series.append(Series(place, column.direction or directions[direction]))
    return groups.ravel(), series, doubts


def _zones(
    table: Table, layout: Layout, places: Places, columns: Columns, counts: npt.NDArray[np.float64]
) -> tuple[Codes, list[Doubt]]:
    """Return the place of each record (−1 where the cell is empty), and what is doubted about it."""
    if layout.zone is None:
        return np.zeros(counts.shape[1], dtype=np.int32), []
    codes, distinct = encoded(columns[layout.zone])
    texts = [text or "" for text in pc.utf8_trim_whitespace(distinct.cast(pa.string())).to_pylist()]
    empty = np.array([not text for text in texts])[codes]
    nowhere = empty & ~np.isnan(counts).all(axis=0)
    if nowhere.any():
        raise UserError(
            "Row {row} of {file} has no zone_id. Fill it in or remove the row.",
            row=table.row(int(nowhere.argmax())),
            file=table.file,
        )
    found = {text: places.find(text) for text in texts if text}
    unknown = [text for text, place in found.items() if place is None]
    doubts: list[Doubt] = []
    if unknown and len(found) == len(places.ids) == 1:
        doubts = [Doubt("one-place", partial(say.one_place, table.file, unknown[0], places.ids[0]), of_reading=True)]
        found = dict.fromkeys(found, 0)
    elif unknown:
        raise unknown_zones(table.file, unknown)
    place_of = np.array([-1 if not text else found[text] for text in texts], dtype=np.int32)
    return place_of[codes], doubts


def _directions(layout: Layout, columns: Columns, size: int) -> tuple[Codes, list[str]]:
    if layout.direction is None:
        return np.zeros(size, dtype=np.int32), [""]
    codes, distinct = encoded(columns[layout.direction])
    texts = [(text or "").strip() for text in distinct.cast(pa.string()).to_pylist()]
    names = list(dict.fromkeys(texts))
    return np.array([names.index(text) for text in texts], dtype=np.int32)[codes], names
