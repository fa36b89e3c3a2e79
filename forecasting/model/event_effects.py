"""People whom an event adds to its own zone and to zones nearby: additive, because an event brings its own crowd.

The number added in an hour is attendance × share(distance) × course(time). ``share`` has a value for the
event's own zone and for other zones at a few distances, linear in between; ``course`` a value for each phase of
the event. Both are learned from the counts of past events, above what was expected without them, and start
from cautious assumptions that count as one event.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from data.area.area import Area, Measure
from forecasting.values.arrays import Floats

KNOTS_M: Final = (0.0, 300.0, 600.0, 1200.0)
"""Distances between the middles of zones for which there is a share; from :data:`REACH_M` it is 0."""

REACH_M: Final = 2000.0

ASSUMED_SHARES: Final[dict[Measure, tuple[float, ...]]] = {
    "present": (0.5, 0.08, 0.05, 0.02, 0.0),
    "passages": (0.3, 0.15, 0.05, 0.02, 0.0),
}
"""Own zone, then :data:`KNOTS_M`: assumptions of this project, until events have been counted."""

ASSUMED_COURSE: Final = (0.1, 0.5, 0.8, 1.0, 0.8, 0.5, 0.1)
"""Two hours to one hour before, the hour before, the first hour (at most half of the event), the middle, the
last hour, the hour after, the second hour after: assumptions of this project."""

_LEAD: Final = pd.Timedelta(hours=2)
_ROUNDS: Final = 6
_SPREAD: Final = 0.2


@dataclass(frozen=True, eq=False)
class EventEffects:
    """``shares``: own zone and :data:`KNOTS_M` (5). ``course``: the phases (7). ``learned_from``: past events."""

    shares: Floats
    course: Floats
    learned_from: int

    def response(
        self, events: pd.DataFrame, hours: pd.DatetimeIndex, zone_ids: tuple[str, ...], apart: Floats
    ) -> Floats:
        """Return the people added per visitor: events × zones × hours.

        ``apart``: zones × zones, metres (see :func:`distances`). An event in an unknown zone adds nobody.
        """
        near, phase = _near(events, zone_ids, apart), phases(events, hours)
        return np.asarray(np.einsum("ezk,k,ehp,p->ezh", near, self.shares, phase, self.course))

    def added(self, events: pd.DataFrame, hours: pd.DatetimeIndex, zone_ids: tuple[str, ...], apart: Floats) -> Floats:
        """Return the people whom all events add: zones × hours."""
        total = np.zeros((len(zone_ids), len(hours)))
        for index, attendance in enumerate(events["attendance"].to_numpy(float)):
            event = events.iloc[[index]]
            span = windows(event, hours)[0]
            total[:, span] += attendance * self.response(event, hours[span], zone_ids, apart)[0]
        return total


def assumed(measure: Measure) -> EventEffects:
    """Return the effects that are assumed until events have been counted."""
    return EventEffects(np.array(ASSUMED_SHARES[measure]), np.array(ASSUMED_COURSE), 0)


def distances(area: Area) -> Floats:
    """Return the metres between the middles of the zones: zones × zones (local flat-earth approximation)."""
    middles = np.array([[zone.geometry.centroid.x, zone.geometry.centroid.y] for zone in area.zones])
    scale = 111_195.0 * np.array([np.cos(np.radians(middles[:, 1].mean())), 1.0])
    apart = (middles[:, None, :] - middles[None, :, :]) * scale
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]))


def windows(events: pd.DataFrame, hours: pd.DatetimeIndex) -> list[slice]:
    """Return which of ``hours`` each event can touch: from two hours before it until two hours after it."""
    first = hours.searchsorted(pd.DatetimeIndex(events["start"]) - _LEAD - pd.Timedelta(minutes=59))
    last = hours.searchsorted(pd.DatetimeIndex(events["end"]) + _LEAD)
    return [slice(int(a), int(b)) for a, b in zip(first, last, strict=True)]


def touched(events: pd.DataFrame, hours: pd.DatetimeIndex, zone_ids: tuple[str, ...], apart: Floats) -> Floats:
    """Return which counts an event may have raised: zones × hours, boolean."""
    out = np.zeros((len(zone_ids), len(hours)), dtype=bool)
    for zone_id, span in zip(events["zone_id"], windows(events, hours), strict=True):
        if zone_id in zone_ids:
            out[apart[zone_ids.index(zone_id)] < REACH_M, span] = True
    return out


def phases(events: pd.DataFrame, hours: pd.DatetimeIndex) -> Floats:
    """Return the part of each hour that falls in each phase of each event: events × hours × 7."""
    time = hours.as_unit("s").asi8 / 3600
    start, end = (pd.DatetimeIndex(events[side]).as_unit("s").asi8[:, None] / 3600 for side in ("start", "end"))
    first = np.minimum(1.0, (end - start) / 2)
    edges = np.concatenate([start - 2, start - 1, start, start + first, end - first, end, end + 1, end + 2], axis=1)
    reached = np.clip(time[None, :, None] + 1 - edges[:, None, :], 0, None) - np.clip(
        time[None, :, None] - edges[:, None, :], 0, None
    )
    return np.asarray(reached[..., :-1] - reached[..., 1:])


def fit_event_effects(
    events: pd.DataFrame, counts: Floats, base: Floats, hours: pd.DatetimeIndex, area: Area, apart: Floats
) -> EventEffects:
    """Learn from past ``events`` what they add, by alternating non-negative weighted least squares.

    ``counts`` and ``base`` (what was expected without events): zones × hours. Counts vary about their base in
    proportion to it, so busy zones weigh less; what an event draws varies too, so big events do not decide alone.
    """
    prior = assumed(area.measure)
    rows = _rows(events, counts, base, hours, area.zone_ids, apart)
    if rows is None:
        return prior
    x, excess, noise, learned_from = rows
    shares, course = prior.shares.copy(), prior.course.copy()
    for _ in range(_ROUNDS):
        weight = 1 / (noise + (_SPREAD * np.einsum("rkp,k,p->r", x, shares, course)) ** 2)
        shares = _non_negative(x @ course, excess, weight, prior.shares, learned_from)
        course = _non_negative(np.einsum("rkp,k->rp", x, shares), excess, weight, prior.course, learned_from)
        scale = course.max() or 1.0
        shares, course = shares * scale, course / scale
    return EventEffects(shares.round(5), course.round(5), learned_from)


def _rows(
    events: pd.DataFrame,
    counts: Floats,
    base: Floats,
    hours: pd.DatetimeIndex,
    zone_ids: tuple[str, ...],
    apart: Floats,
) -> tuple[Floats, Floats, Floats, int] | None:
    hit = touched(events, hours, zone_ids, apart)
    used = hit & np.isfinite(counts) & np.isfinite(base)
    if not used.any():
        return None
    columns = np.flatnonzero(used.any(axis=0))
    near = _near(events, zone_ids, apart)
    x = np.zeros((len(zone_ids), len(columns), near.shape[2], len(ASSUMED_COURSE)))
    learned_from = 0
    attendance = events["attendance"].to_numpy(float)
    for index, span in enumerate(windows(events, hours)):
        here = np.flatnonzero((columns >= span.start) & (columns < span.stop))
        if len(here) and near[index].any():
            learned_from += 1
            phase = phases(events.iloc[[index]], hours[columns[here]])[0]
            x[:, here] += attendance[index] * near[index][:, None, :, None] * phase[None, :, None, :]
    keep = used[:, columns]
    expected = base[:, columns][keep]
    excess = counts[:, columns][keep] - expected
    return x[keep], excess, (_SPREAD * expected) ** 2 + expected + 1, learned_from


def _near(events: pd.DataFrame, zone_ids: tuple[str, ...], apart: Floats) -> Floats:
    """Weights of the shares: events × zones × (own zone, KNOTS_M)."""
    out = np.zeros((len(events), len(zone_ids), 1 + len(KNOTS_M)))
    grid = np.array([*KNOTS_M, REACH_M])
    for index, zone_id in enumerate(events["zone_id"]):
        if zone_id not in zone_ids:
            continue
        own = zone_ids.index(zone_id)
        for knot in range(len(KNOTS_M)):
            out[index, :, 1 + knot] = np.interp(apart[own], grid, np.eye(len(grid))[knot])
        out[index, own] = np.eye(1 + len(KNOTS_M))[0]
    return out


def _non_negative(x: Floats, y: Floats, weight: Floats, prior: Floats, events: int) -> Floats:
    information = (x * weight[:, None]).T @ x
    one_event = np.diag(np.maximum(np.diag(information) / max(events, 1), 1e-12))
    lower = np.linalg.cholesky(information + one_event)
    evidence = (x * weight[:, None]).T @ y + one_event @ prior
    solution, _ = nnls(lower.T, np.linalg.solve(lower, evidence))
    return np.asarray(solution)
