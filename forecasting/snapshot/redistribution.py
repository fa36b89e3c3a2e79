"""What closures and measures do to the numbers of people: in every sample path alike, so that ranges carry through.

- A closed zone is empty. Each hour its people are divided over the open zones: the more room a zone has left and
  the nearer it is, the more (weight e^(-metres / 500) × room left). Nobody gets lost: totals are kept.
- A measure changes, moves or shifts people as ``data.area.measures`` says. How strongly differs from path to path,
  within its range (triangular), in the same way whenever the same measure is taken.

Room left is the number of people from which a zone is too busy, less those expected; at least a twentieth of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from data.area.measures import Change, Measure, Move, Places, Range, Shift
from forecasting.snapshot.scenario_inputs import row_of, utc
from forecasting.values.arrays import Flags, Floats, Indices
from forecasting.values.scenario import Action, Closure, Scenario
from language import UserError

if TYPE_CHECKING:
    from forecasting.snapshot.snapshot import Snapshot

NEAR_M: Final = 500.0
"""A zone this much further away gets 1/e of the people: an assumption of this project."""

LEAST_ROOM: Final = 0.05
"""Part of a zone's room that counts as left even when it is full: people go somewhere."""


def moved(snapshot: Snapshot, scenario: Scenario, values: Floats, expected: Floats) -> tuple[Floats, Flags]:
    """Return ``values`` after measures and closures, and which zones × hours they touched.

    ``values``: (paths + 1) × zones × hours; the last is the expected course, for which measures work as expected.
    ``expected``: zones × hours, decides where there is room. Raises ``UserError`` for a zone or measure that the
    area has not got, when all zones are closed at once, and for closures in an area of passages.
    """
    s, out = snapshot, values.copy()
    touched = np.zeros(expected.shape, dtype=bool)
    for action in scenario.measures:
        measure = _measure(s, action)
        hours = np.flatnonzero(_during(s, action))
        strength = strengths(measure, len(values))
        if len(hours):
            for rows, columns in _taken(s, measure, strength, hours, out, expected):
                touched[np.ix_(rows, columns)] = True
    closed = _closed(s, scenario.closures)
    columns = np.flatnonzero(closed.any(axis=0))
    if len(columns):
        _close(s, closed, columns, out, expected)
        touched[:, columns] = True
    return out, touched & np.isfinite(values[-1])


def strengths(measure: Measure, count: int) -> Floats:
    """Return how strongly a measure works in each of ``count - 1`` paths, and last as expected.

    The values are spread evenly over the triangular distribution of its range. Their order comes from a hash of
    its id: the same on any machine, and unrelated to that of other measures.
    """
    span: Range = measure.effect.factor if isinstance(measure.effect, Change) else measure.effect.share
    paths = count - 1
    order = np.argsort([hashlib.sha256(f"{measure.id}/{path}".encode()).digest() for path in range(paths)])
    chance = np.empty(paths)
    chance[order] = (np.arange(paths) + 0.5) / paths
    width = span.high - span.low
    if width == 0:
        return np.full(count, span.expected)
    rise = (span.expected - span.low) / width
    up = span.low + np.sqrt(chance * width * (span.expected - span.low))
    down = span.high - np.sqrt((1 - chance) * width * (span.high - span.expected))
    return np.append(np.where(chance < rise, up, down), span.expected)


def _taken(
    s: Snapshot, measure: Measure, strength: Floats, hours: Indices, out: Floats, expected: Floats
) -> Iterator[tuple[Indices, Indices]]:
    """Change ``out`` as the measure does in ``hours``; yield the zones and hours that it touched."""
    effect = measure.effect
    rows = _rows(s, effect.places)
    by = strength[:, None, None].astype(out.dtype)
    if isinstance(effect, Change):
        out[_at(rows, hours)] *= by
        yield rows, hours
    elif isinstance(effect, Move):
        to = np.setdiff1d(_rows(s, effect.to), rows)
        room = _room(s, expected)[np.ix_(to, hours)]
        total = room.sum(axis=0)
        room, hours = (room / np.maximum(total, 1e-9))[:, total > 0], hours[total > 0]
        here = _at(rows, hours)
        gone = np.nan_to_num(out[here]) * by
        out[here] -= gone
        out[_at(to, hours)] += gone.sum(axis=1, keepdims=True) * room[None].astype(out.dtype)
        yield np.concatenate([rows, to]), hours
    else:
        yield from _shifted(s, effect, by, rows, hours, out, expected)


def _shifted(
    s: Snapshot,
    effect: Shift,
    by: Floats,
    rows: Indices,
    hours: Indices,
    out: Floats,
    expected: Floats,
) -> Iterator[tuple[Indices, Indices]]:
    clock = s.hour_of_day
    for day in np.unique(s.day[hours]):
        here = hours[(s.day[hours] == day) & (clock[hours] >= effect.hours[0]) & (clock[hours] < effect.hours[1])]
        there = np.flatnonzero((s.day == day) & (clock >= effect.to_hours[0]) & (clock < effect.to_hours[1]))
        if not len(here) or not len(there):
            continue
        usual = expected[np.ix_(rows, there)]
        share = np.where(np.isfinite(usual), usual + 1, 0)
        total = share.sum(axis=1, keepdims=True)
        share /= np.maximum(total, 1)
        taken = _at(rows, here)
        gone = np.nan_to_num(out[taken]) * by * (total > 0)
        out[taken] -= gone
        out[_at(rows, there)] += gone.sum(axis=2, keepdims=True) * share[None].astype(out.dtype)
        yield rows, np.concatenate([here, there])


def _close(s: Snapshot, closed: Flags, columns: Indices, out: Floats, expected: Floats) -> None:
    shut = closed[:, columns]
    room = np.where(shut, 0.0, _room(s, expected)[:, columns])
    if (room.sum(axis=0) == 0).any():
        raise UserError("A scenario cannot close all zones at once: people must be able to go somewhere.")
    for row in np.flatnonzero(shut.any(axis=1)):
        hours = columns[shut[row]]
        weight = np.exp(-s.apart[row] / NEAR_M)[:, None] * room[:, shut[row]]
        weight /= weight.sum(axis=0)
        gone = np.nan_to_num(out[:, row, hours]).copy()
        out[:, row, hours] *= 0
        open_rows = np.flatnonzero(weight.any(axis=1))
        added = gone[:, None, :] * weight[None, open_rows].astype(out.dtype)
        out[_at(open_rows, hours)] += added


def _at(rows: Indices, hours: Indices) -> tuple[slice, Indices, Indices]:
    """Index of all paths at every combination of some zones and hours."""
    return slice(None), rows[:, None], hours[None, :]


def _room(s: Snapshot, expected: Floats) -> Floats:
    """Room left: zones × hours; none where nothing is known."""
    room = np.maximum(s.room[:, None] - expected, LEAST_ROOM * s.room[:, None])
    return np.where(np.isfinite(room), room, 0.0)


def _closed(s: Snapshot, closures: tuple[Closure, ...]) -> Flags:
    closed = np.zeros((len(s.zone_ids), len(s.hours)), dtype=bool)
    if closures and s.measure == "passages":
        raise UserError(
            "In {area} people who pass are counted, so nobody can say where they would go: no zone can be closed.",
            area=s.area_id,
        )
    for closure in closures:
        closed[row_of(s, closure.zone_id)] |= _during(s, closure)
    return closed


def _during(s: Snapshot, period: Closure | Action) -> Flags:
    """Which hours begin in the period."""
    start, end = utc(period.start, s.time_zone), utc(period.end, s.time_zone)
    return np.asarray((s.hours >= start.floor("h")) & (s.hours < end))


def _measure(s: Snapshot, action: Action) -> Measure:
    for measure in s.measures:
        if measure.id == action.id:
            return measure
    raise UserError("The scenario names measure '{id}', which {area} has not got.", id=action.id, area=s.area_id)


def _rows(s: Snapshot, places: Places) -> Indices:
    chosen = [zone in places.zones or kind in places.kinds for zone, kind in zip(s.zone_ids, s.zone_kinds, strict=True)]
    return np.flatnonzero(chosen)
