"""Which column of a table of counts is what: declared, or proposed from names that are well known.

Three shapes are read: a row for each hour and zone (and perhaps direction), a column for each zone (and perhaps
direction), and, for an area with one zone, a column of times and one of counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from data.area.reading import Reading, Role
from data.importing.counts.places import Places, unknown_zones
from data.tables.known_names import KNOWN, MOMENT_PARTS, first_known, plain
from data.tables.table import Table
from language import UserError

_TIDY: Final = ("timestamp", "zone_id", "count")
_WORDS: Final = (
    *("in", "out", "inbound", "outbound", "north", "east", "south", "west", "n", "e", "s", "w", "left", "right"),
    *("ingaand", "uitgaand", "noord", "oost", "zuid", "west", "links", "rechts", "o", "z", "heen", "terug"),
    *("nord", "ost", "sud", "hin", "zuruck", "zurueck", "ein", "aus", "est", "ouest", "entree", "sortie", "uit"),
    *KNOWN["in"],
    *KNOWN["out"],
)
_DIRECTION: Final = re.compile(r"(.+?)[ _.:/-]+\(?(\d{1,3}°?|" + "|".join(_WORDS) + r")\)?", re.IGNORECASE)
"""A place with a direction behind it: a word for one, or degrees."""


@dataclass(frozen=True)
class CountColumn:
    """One column of counts: where it stands, the place it is of (if the header says so), and its direction."""

    position: int
    place: int | None = None
    direction: str = ""


@dataclass(frozen=True)
class Layout:
    """Positions of the columns; ``proposed`` tells which name was taken for which role without being declared."""

    timestamp: int
    counts: tuple[CountColumn, ...]
    hour: int | None = None
    zone: int | None = None
    direction: int | None = None
    proposed: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def propose(table: Table, places: Places, reading: Reading) -> Layout:
    """Return how a table of counts is laid out.

    Raises ``UserError`` naming the column that is missing, or the columns that are no place of the area.
    """
    return _Proposal(table, places, reading.whole).layout()


class _Proposal:
    def __init__(self, table: Table, places: Places, reading: Reading) -> None:
        self._table, self._places, self._reading = table, places, reading
        self._proposed: dict[str, str] = {}
        self._left_out = {plain(name) for name in reading.ignore}

    def layout(self) -> Layout:
        timestamp, hour = self._times()
        zone = self._role("zone_id", unless_place=True)
        counts = self._counts(zone)
        if counts:
            if zone is None and len(self._places.ids) > 1:
                self._table.require(_TIDY)
            direction = self._role("direction")
            return Layout(timestamp, counts, hour, zone, direction, self._proposed)
        if zone is not None:
            self._table.require(("count",) if self._declared("zone_id") else _TIDY)
        wide, ignored = self._wide({timestamp, hour})
        return Layout(timestamp, wide, hour, proposed=self._proposed, ignored=ignored)

    def _declared(self, role: Role) -> int | None:
        name = self._reading.columns.get(role)
        if name is None:
            return None
        position = self._table.position(name.casefold())
        if position is None:
            names = [plain(column) for column in self._table.header]
            position = names.index(plain(name)) if plain(name) in names else None
        if position is None:
            raise UserError(
                "{file} has no column '{column}' (found: {found}). Name another one.",
                file=self._table.file,
                column=name,
                found=", ".join(self._table.header),
            )
        return position

    def _role(self, role: Role, *, unless_place: bool = False) -> int | None:
        """Return the column of a role: the declared one, that of its own name, or the best known one."""
        position = self._declared(role)
        if position is not None:
            return position
        position = self._table.position(role)
        if position is not None:
            return position
        taken = {plain(name) for name in self._reading.columns.values()} | self._left_out
        header = ["" if plain(name) in taken else name for name in self._table.header]
        if unless_place:
            header = ["" if self._places.find(name) is not None else name for name in header]
        position = first_known(role, header)
        if position is not None:
            self._proposed[role] = self._table.header[position]
        return position

    def _times(self) -> tuple[int, int | None]:
        timestamp = self._declared("timestamp")
        if timestamp is not None:
            return timestamp, self._declared("hour")
        if self._declared("date") is None:
            timestamp = self._role("timestamp")
            if timestamp is not None:
                return timestamp, None
        date, hour = self._role("date"), self._role("hour")
        if date is None and hour is None:
            self._table.require(_TIDY)
        if date is not None:
            return date, hour
        assert hour is not None
        return hour, None

    def _counts(self, zone: int | None) -> tuple[CountColumn, ...]:
        """Return the column of counts of a tidy table, or its columns for two directions; empty when it is wide."""
        count = self._role("count", unless_place=True) if zone is None else self._role("count")
        if count is not None:
            return (CountColumn(count),)
        both = [(side, self._role(side, unless_place=True)) for side in ("in", "out")]
        found = [CountColumn(position, direction=side) for side, position in both if position is not None]
        if len(found) == 2:
            return tuple(found)
        for side in ("in", "out"):
            self._proposed.pop(side, None)
        return ()

    def _wide(self, used: set[int | None]) -> tuple[tuple[CountColumn, ...], tuple[str, ...]]:
        columns, ignored, unknown = [], [], []
        for position, name in enumerate(self._table.header):
            if position in used or not name or plain(name) in self._left_out:
                continue
            place, direction = self._places.find(name), ""
            if place is None and (split := _DIRECTION.fullmatch(name)):
                place, direction = self._places.find(split[1]), split[2]
            if place is not None:
                columns.append(CountColumn(position, place, direction))
            elif plain(name) in MOMENT_PARTS or plain(name) in KNOWN["timestamp"]:
                ignored.append(name)
            else:
                unknown.append(name)
        if unknown:
            raise unknown_zones(self._table.file, unknown)
        if not columns:
            self._table.require(_TIDY)
        self._check_once(columns)
        return tuple(columns), tuple(ignored)

    def _check_once(self, columns: list[CountColumn]) -> None:
        seen: dict[tuple[int | None, str], CountColumn] = {}
        for column in columns:
            other = seen.setdefault((column.place, column.direction), column)
            if other is not column:
                names = self._table.header
                raise UserError(
                    "{file}: the columns '{column}' and '{other}' are of the same place. Leave one of them out.",
                    file=self._table.file,
                    column=names[other.position],
                    other=names[column.position],
                )
