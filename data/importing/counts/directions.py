"""Counts by direction, made into one count for each place and moment.

Passages of all directions together are those of the place. A moment at which one of its directions is unknown is
unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from data.area.area import Measure
from data.area.reading import SUM
from data.tables.clock import Rows
from data.tables.known_names import plain
from language import UserError

Places = npt.NDArray[np.int64]

_TOTALS: Final = ("total", "totaal", "both", "beide", "gesamt", "all", "alle", "sum", "som", "summe", "tous")


@dataclass(frozen=True)
class Series:
    """One series of counts: the place it is of (an index), and its direction ('' where the file tells none)."""

    place: int
    direction: str


def chosen(rows: Rows, series: Sequence[Series], rule: str, measure: Measure) -> tuple[Rows, list[Series]]:
    """Return the rows that count by ``rule``: all of them, or those of one direction.

    Without a rule, a direction that is called the total stands for the others. Raises ``UserError`` naming the
    directions when none is called as the rule says, and for people present that would be added up.
    """
    found = names(series)
    wanted = [name for name in found if plain(name) in _TOTALS] if rule == "" else [rule] if rule != SUM else []
    kept = np.array([not wanted or _same(one.direction, wanted) for one in series])
    if not kept.any():
        raise UserError(
            "{file} has no direction '{rule}' (found: {found}). Name one of these, or sum.",
            file=rows.table.file,
            rule=rule,
            found=", ".join(found) or "–",
        )
    if measure == "present" and len(found) > 1 and not wanted:
        raise UserError(
            "{file} counts by direction ({found}): those are passages, not people who are present. Say that passages "
            "are counted, or name the one direction that counts.",
            file=rows.table.file,
            found=", ".join(found),
        )
    if kept.all():
        return rows, list(series)
    number = np.cumsum(kept) - 1
    left = rows.keep(kept[rows.groups])
    return replace(left, groups=number[left.groups]), [one for one, keep in zip(series, kept, strict=True) if keep]


def _same(direction: str, wanted: Sequence[str]) -> bool:
    return direction.casefold() in {name.casefold() for name in wanted}


def names(series: Sequence[Series]) -> list[str]:
    """Return the names of the directions there are, in order."""
    return list(dict.fromkeys(one.direction for one in series if one.direction))


def added_up(
    places: Places, parts: Places, utc: npt.NDArray[np.datetime64], counts: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Add the directions of each place and moment up; ``parts`` says for each place (an index) how many it has.

    Returns the rows (the first of each place and moment) that stand for the whole, and their counts: NaN where a
    direction is unknown or absent.
    """
    moments = utc.astype("datetime64[s]").astype(np.int64)
    lowest = moments.min()
    keys = places * (moments.max() - lowest + 1) + moments - lowest
    _, first, whole = np.unique(keys, return_index=True, return_inverse=True)
    size = np.bincount(whole)
    total = np.bincount(whole, weights=counts)
    return first, np.where(size == parts[places[first]], total, np.nan)
