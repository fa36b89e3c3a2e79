"""The moments of the coming week for other programs: those that are expected to be busy, and those to prepare for."""

import json
from typing import Any

from forecasting.meaning.busy import BusyMoment, busy_moments
from forecasting.meaning.possible import Possible, possible_moments
from response.week.preparing import Prepares
from visuals.base.outlook import Outlook


def moments_json(outlook: Outlook, accepted: Prepares) -> str:
    """Return the busy moments that are expected, and those that are possible, as JSON; the weightiest first."""
    forecast = outlook.forecast
    mark = {"data": "DEMO DATA"} if forecast.simulated else {}
    found = {
        **mark,
        "area": outlook.area.id,
        "snapshot": forecast.snapshot_id,
        "as_of": forecast.cutoff.astimezone(outlook.area.tz).isoformat(),
        "replay": not forecast.timing.now,
        "known_days": dict(zip(forecast.zone_ids, forecast.known_days, strict=False)),
        "expected": [_expected(one) for one in busy_moments(forecast, outlook.thresholds)],
        "prepare": prepare_fields(outlook, accepted),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def prepare_fields(outlook: Outlook, accepted: Prepares) -> dict[str, Any]:
    """Return what to prepare for, from which chance on, and on how often for nothing that rests.

    ``asked`` is the day on which people said so, ``None`` where it is assumed.
    """
    found = possible_moments(outlook.forecast, outlook.thresholds, accepted.chance)
    return {
        "chance_from": accepted.chance,
        "times_for_nothing": accepted.times,
        "asked": accepted.asked.isoformat() if accepted.asked else None,
        "moments": [_possible(one) for one in found],
    }


def _expected(one: BusyMoment) -> dict[str, Any]:
    return {
        "zone_id": one.zone_id,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "level": one.level,
        "expected": round(one.expected, 1),
        "chance": round(one.chance, 4),
        "chance_red": round(one.chance_red, 4),
    }


def _possible(one: Possible) -> dict[str, Any]:
    return {
        "zone_id": one.zone_id,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "chance": round(one.chance, 4),
    }
