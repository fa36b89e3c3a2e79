"""When or where it is quieter than at a busy moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

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

    ``start`` and ``end`` are area time.
    """

    kind: AlternativeKind
    zone_id: str
    start: datetime
    end: datetime


def quiet_alternatives(
    moment: BusyMoment,
    forecast: Forecast,
    area: Area,
    thresholds: Thresholds,
    *,
    since: datetime | None = None,
) -> list[Alternative]:
    """Return when or where it is quieter than at ``moment``, in the order in which to propose it.

    First another hour at the same place: earlier and later that day between 8 and 22 h, or, when there is
    none, the nearest other day at the same hours. Then the nearest other places that stay green and to which
    their residents agreed that visitors may be sent (``Zone.recommend``); at most two.
    """
    levels = forecast.levels(thresholds)
    chance = orange_chance(forecast, thresholds)
    hours = week_hours(forecast, since)
    row = forecast.zone_ids.index(moment.zone_id)
    known = levels >= 0
    fine = known[row] & (levels[row] < ORANGE) & (chance[row] < UNLIKELY)
    of_place = hours[known[row, hours]]
    found = list(_same_day(moment, forecast, of_place, fine)) or list(_other_day(moment, forecast, of_place, fine))
    green = known & (levels < YELLOW) & (chance < UNLIKELY)
    return [*found, *_places(moment, forecast, area, green)]


def _same_day(moment: BusyMoment, forecast: Forecast, hours: Indices, fine: Flags) -> Iterator[Alternative]:
    local = forecast.local_hours
    today = [
        int(index)
        for index in hours
        if local[index].date() == moment.start.date() and VISIT_FROM <= local[index].hour < VISIT_TO
    ]
    before = [index for index in today if index < moment.first and fine[today[0] : index + 1].all()]
    after = [index for index in today if index > moment.last and fine[index : today[-1] + 1].all()]
    spells: tuple[tuple[AlternativeKind, list[int]], ...] = (("earlier", before), ("later", after))
    for kind, spell in spells:
        if len(spell) >= _SHORTEST:
            start = local[spell[0]].to_pydatetime()
            yield Alternative(kind, moment.zone_id, start, end_of(forecast, spell[-1]))


def _other_day(moment: BusyMoment, forecast: Forecast, hours: Indices, fine: Flags) -> Iterator[Alternative]:
    local = forecast.local_hours
    clock = set(local[moment.first : moment.last + 1].hour)
    found = []
    for day, indices in days(forecast, hours):
        same = [int(index) for index in indices if local[index].hour in clock]
        if len(same) == len(clock) and fine[same].all():
            distance = abs((day - moment.start.date()).days)
            start = local[same[0]].to_pydatetime()
            found.append((distance, Alternative("day", moment.zone_id, start, end_of(forecast, same[-1]))))
    if found:
        yield min(found, key=lambda pair: pair[0])[1]


def _places(moment: BusyMoment, forecast: Forecast, area: Area, green: Flags) -> Iterator[Alternative]:
    here = area.zone(moment.zone_id).geometry
    candidates = [
        zone
        for zone in area.zones
        if zone.recommend
        and zone.zone_id != moment.zone_id
        and zone.zone_id in forecast.zone_ids
        and green[forecast.zone_ids.index(zone.zone_id), moment.first : moment.last + 1].all()
    ]
    for zone in sorted(candidates, key=lambda zone: here.distance(zone.geometry))[:_PLACES]:
        yield Alternative("place", zone.zone_id, moment.start, moment.end)
