"""Measures of the area that are taken.

A measure changes, moves or shifts people as ``data.area.measures`` says. How strongly differs from path to path, within
its range (triangular), in the same way whenever the same measure is taken.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

import numpy as np

from data.area.measures import Change, Measure, Move, Places, Range, Shift
from forecasting.snapshot.changes.kind import ScenarioKind, during
from forecasting.snapshot.changes.room import crossed, room_left
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags, Floats, Indices
from forecasting.values.scenario import Action, Scenario
from language import UserError


def _moved(s: Snapshot, scenario: Scenario, values: Floats, expected: Floats) -> Flags:
    """Raises ``UserError`` for a measure that the area has not got."""
    touched = np.zeros(expected.shape, dtype=bool)
    for action in scenario.measures:
        measure = _measure(s, action)
        hours = np.flatnonzero(during(s, action))
        strength = strengths(measure, len(values))
        if len(hours):
            for rows, columns in _taken(s, measure, strength, hours, values, expected):
                touched[np.ix_(rows, columns)] = True
    return touched


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
        out[crossed(rows, hours)] *= by
        yield rows, hours
    elif isinstance(effect, Move):
        to = np.setdiff1d(_rows(s, effect.to), rows)
        room = room_left(s, expected)[np.ix_(to, hours)]
        total = room.sum(axis=0)
        room, hours = (room / np.maximum(total, 1e-9))[:, total > 0], hours[total > 0]
        here = crossed(rows, hours)
        gone = np.nan_to_num(out[here]) * by
        out[here] -= gone
        out[crossed(to, hours)] += gone.sum(axis=1, keepdims=True) * room[None].astype(out.dtype)
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
        taken = crossed(rows, here)
        gone = np.nan_to_num(out[taken]) * by * (total > 0)
        out[taken] -= gone
        out[crossed(rows, there)] += gone.sum(axis=2, keepdims=True) * share[None].astype(out.dtype)
        yield rows, np.concatenate([here, there])


def _measure(s: Snapshot, action: Action) -> Measure:
    for measure in s.measures:
        if measure.id == action.id:
            return measure
    raise UserError("The scenario names measure '{id}', which {area} does not have.", id=action.id, area=s.area_id)


def _rows(s: Snapshot, places: Places) -> Indices:
    chosen = [zone in places.zones or kind in places.kinds for zone, kind in zip(s.zone_ids, s.zone_kinds, strict=True)]
    return np.flatnonzero(chosen)


MEASURES: Final = ScenarioKind("measures", told=None, moved=_moved, doubts=None, widened=None)
