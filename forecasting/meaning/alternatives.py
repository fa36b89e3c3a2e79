"""When or where it is quieter than at a busy moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np

from data.area.area import Area
from forecasting.meaning.busy import ORANGE, YELLOW, BusyMoment, end_of, orange_chance
from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.arrays import Flags, Indices
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds

UNLIKELY: Final = 0.25
"""Where being busy is less likely than this, a place or hour may be called an alternative."""

VISIT_FROM, VISIT_TO = 8, 22
"""Local hours within which another hour is worth proposing."""

_SHORTEST: Final = 2
"""Hours: a shorter quiet spell is not worth proposing."""

_PLACES: Final = 2

AlternativeKind = Literal["earlier", "later", "day", "place"]


@dataclass(frozen=True)
class Alternative:
    """When (``earlier`` or ``later`` that day, another ``day``) or at which other ``place`` it is quieter.

    ``zone_ids`` are all places of which that is so. ``start`` and ``end`` are area time: all hours between them are
    quiet. ``bounded``: that day has other hours, before an earlier or after a later one, that are not.
    """

    kind: AlternativeKind
    zone_ids: tuple[str, ...]
    start: datetime
    end: datetime
    bounded: bool = False


def quiet_alternatives(
    moments: Sequence[BusyMoment],
    forecast: Forecast,
    area: Area,
    thresholds: Thresholds,
    *,
    since: datetime | None = None,
) -> list[Alternative]:
    """Return when or where it is quieter than at ``moments`` of one day, in the order in which to propose it.

    First another hour at the same places: earlier and later that day, with hours between 8 and 22 h, or, when there is
    none, the nearest other day that is quiet between these and at the same hours; it is proposed only when it is quiet
    then at all of them. Then the other places
    nearest to that of the first moment that stay green through all moments and to which their residents agreed that
    visitors may be sent (``Zone.recommend``); at most two.
    """
    moment = _as_one(moments)
    levels = forecast.levels(thresholds)
    chance = orange_chance(forecast, thresholds)
    hours = week_hours(forecast, since)
    rows = [forecast.zone_ids.index(zone_id) for zone_id in moment.zone_ids]
    known = levels >= 0
    fine: Flags = np.all(known[rows] & (levels[rows] < ORANGE) & (chance[rows] < UNLIKELY), axis=0)
    of_place = hours[np.any(known[rows], axis=0)[hours]]
    found = list(_same_day(moment, forecast, of_place, fine)) or list(_other_day(moment, forecast, of_place, fine))
    green = known & (levels < YELLOW) & (chance < UNLIKELY)
    return [*found, *_places(moment, forecast, area, green)]


@dataclass(frozen=True)
class _Moment:
    """Busy moments of one day taken together: from the first hour of the first to the last of the last (indices)."""

    zone_ids: tuple[str, ...]
    start: datetime
    end: datetime
    first: int
    last: int


def _as_one(moments: Sequence[BusyMoment]) -> _Moment:
    if not moments or len({moment.start.date() for moment in moments}) > 1:
        raise ValueError("alternatives are proposed for busy moments of one day")
    return _Moment(
        tuple(dict.fromkeys(moment.zone_id for moment in moments)),
        min(moment.start for moment in moments),
        max(moment.end for moment in moments),
        min(moment.first for moment in moments),
        max(moment.last for moment in moments),
    )


def _same_day(moment: _Moment, forecast: Forecast, hours: Indices, fine: Flags) -> Iterator[Alternative]:
    clock = forecast.local_hours.hour.to_numpy()
    whole = hours[forecast.local_dates[hours] == moment.start.date()].tolist()
    today = [index for index in whole if VISIT_FROM <= clock[index] < VISIT_TO]
    before = [index for index in today if index < moment.first and fine[today[0] : index + 1].all()]
    after = [index for index in today if index > moment.last and fine[index : today[-1] + 1].all()]
    if len(before) >= _SHORTEST:
        beyond = [index for index in whole if index < before[0]]
        yield _spell("earlier", moment, forecast, before, [*beyond, *before], bounded=not fine[beyond].all())
    if len(after) >= _SHORTEST:
        beyond = [index for index in whole if index > after[-1]]
        yield _spell("later", moment, forecast, after, [*after, *beyond], bounded=not fine[beyond].all())


def _spell(
    kind: AlternativeKind, moment: _Moment, forecast: Forecast, near: list[int], whole: list[int], *, bounded: bool
) -> Alternative:
    """Return hours (indices) of a day as an alternative: those ``near`` the moment, or on to the end of the day."""
    spell = near if bounded else whole
    start, end = forecast.local_moments[spell[0]], end_of(forecast, spell[-1])
    return Alternative(kind, moment.zone_ids, start, end, bounded)


def _other_day(moment: _Moment, forecast: Forecast, hours: Indices, fine: Flags) -> Iterator[Alternative]:
    clock = forecast.local_hours.hour.to_numpy()
    wanted = np.unique(clock[moment.first : moment.last + 1])
    found = []
    for day, indices in days(forecast, hours):
        same = indices[np.isin(clock[indices], wanted)]
        out = indices[(clock[indices] >= VISIT_FROM) & (clock[indices] < VISIT_TO)]
        if np.unique(clock[same]).size == wanted.size and fine[same].all() and fine[out].all():
            distance = abs((day - moment.start.date()).days)
            start = forecast.local_moments[same[0]]
            found.append((distance, Alternative("day", moment.zone_ids, start, end_of(forecast, int(same[-1])))))
    if found:
        yield min(found, key=lambda pair: pair[0])[1]


def _places(moment: _Moment, forecast: Forecast, area: Area, green: Flags) -> Iterator[Alternative]:
    here = area.zone(moment.zone_ids[0]).geometry
    candidates = [
        zone
        for zone in area.zones
        if zone.recommend
        and zone.zone_id not in moment.zone_ids
        and zone.zone_id in forecast.zone_ids
        and green[forecast.zone_ids.index(zone.zone_id), moment.first : moment.last + 1].all()
    ]
    for zone in sorted(candidates, key=lambda zone: here.distance(zone.geometry))[:_PLACES]:
        yield Alternative("place", (zone.zone_id,), moment.start, moment.end)
