"""Claims made of a forecast: each says exactly what that forecast gives."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecasting.meaning.busy import LevelHours, Span, spans
from forecasting.meaning.claims import NORMAL, Claim, What, counts_of
from forecasting.values.arrays import Indices
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Level, Thresholds


def claimed(
    what: What,
    forecast: Forecast,
    thresholds: Thresholds | None,
    zone_ids: Sequence[str],
    hours: Indices,
    *,
    level: Level = "green",
    base: Forecast | None = None,
    quantile: float = 0.5,
    part: str = "",
) -> Claim | None:
    """Return the claim of a forecast about places and hours (indices), with its figures as the forecast gives them.

    ``base``: the forecast to compare with; without it what is compared is compared with normal. ``quantile``: that of
    which a level is said. ``part``: the part of the forecast that is claimed. ``thresholds`` may be ``None`` for what
    does not depend on them. ``None`` where the forecast knows nothing of these places and hours. Raises ``ValueError``
    for a level that the forecast contradicts.
    """
    flags = np.zeros(len(forecast.hours), bool)
    flags[hours] = True
    claim = Claim(
        what=what,
        zone_ids=tuple(zone_ids),
        spans=spans(forecast, np.flatnonzero(flags), flags),
        time_zone=forecast.time_zone,
        snapshot_id=forecast.snapshot_id,
        zone_thresholds=counts_of(thresholds, tuple(zone_ids)),
        level=level,
        scenario=forecast.scenario,
        against=part if what not in {"compared", "total"} else NORMAL if base is None else base.scenario,
        quantile=quantile,
    )
    found = claim.computed(forecast, np.flatnonzero(flags), base)
    if found is not None and found.level != level:
        raise ValueError(f"the forecast does not say '{what} {level}' of {', '.join(zone_ids)}")
    return found


def run_claim(
    forecast: Forecast,
    thresholds: Thresholds,
    zone_id: str,
    hours: Span,
    *,
    level: Level,
    in_a_row: int,
    chance: float,
    ahead: int = 0,
) -> Claim:
    """Return what is claimed when a run is named: its hours and how likely it is, as ``meaning.runs`` found them.

    ``ahead``: so many hours before it begins something is due.
    """
    return Claim(
        what="run",
        zone_ids=(zone_id,),
        spans=(hours,),
        time_zone=forecast.time_zone,
        snapshot_id=forecast.snapshot_id,
        zone_thresholds=counts_of(thresholds, (zone_id,)),
        level=level,
        scenario=forecast.scenario,
        value=chance,
        in_a_row=in_a_row,
        ahead=ahead,
    )


def level_claims(forecast: Forecast, thresholds: Thresholds, zone_id: str, at: LevelHours) -> tuple[Claim, Claim]:
    """Return what is claimed when hours of a place are named with their level: that, and how likely it is."""
    reaches = Claim(
        what="reaches",
        zone_ids=(zone_id,),
        spans=at.spans,
        time_zone=forecast.time_zone,
        snapshot_id=forecast.snapshot_id,
        zone_thresholds=counts_of(thresholds, (zone_id,)),
        level=at.level,
        scenario=forecast.scenario,
    )
    return reaches, replace(reaches, what="chance", value=at.chance)
