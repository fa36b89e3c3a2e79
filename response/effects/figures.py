"""The figures of measured effects, for programs and for checking: the same on page, command line and API."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data.area.effects import EffectDecision
from forecasting.values.forecast import DAYPARTS
from response.effects.finding import Finding

DAY_COLUMNS = ("card", "day", "with_measure", "counted", "expected", "low", "high", "snapshot")


def finding_figures(found: Finding, adopted: EffectDecision | None = None) -> dict[str, Any]:
    """Return what is known of a card as plain values: shares of people (−0.08 is 8 % fewer), days, and the chance."""
    one, shares = found.estimate, found.shares
    effect, low, high = (round(share, 4) for share in shares) if shares else (None, None, None)
    return {
        "card": found.card,
        "measure": found.measure,
        "zones": list(found.zones),
        "dayparts": [DAYPARTS[part] for part in found.parts],
        "state": found.state,
        "effect": effect,
        "low": low,
        "high": high,
        "p": round(one.p, 5) if one else None,
        "days_with": len(found.treated),
        "days_without": len(found.days) - len(found.treated),
        "without_one_day": [round(_share(each), 4) for each in (min(one.without), max(one.without))] if one else None,
        "smallest_seen": _rounded(found.smallest_seen),
        "days_needed": found.needed if found.state == "unknown" else 0,
        "matters": round(found.matters, 4),
        "left_out": [{"day": day.isoformat(), "why": why} for day, why in found.left],
        "neighbours": {
            "zones": list(found.neighbour_zones),
            "effect": round(_share(found.neighbours.effect), 4),
            "low": round(_share(found.neighbours.low), 4),
            "high": round(_share(found.neighbours.high), 4),
            "p": round(found.neighbours.p, 5),
        }
        if found.neighbours
        else None,
        "adopted": adopted.model_dump(mode="json") if adopted else None,
        "practice": found.practice,
    }


def findings_json(found: Iterable[Finding], adopted: Mapping[str, EffectDecision]) -> str:
    """Return the figures of several cards as JSON."""
    rows = [finding_figures(one, adopted.get(one.measure or "")) for one in found]
    return json.dumps({"effects": rows}, ensure_ascii=False, indent=1)


def day_figures(found: Finding) -> pd.DataFrame:
    """Return the days that an effect was measured from, in their order: people hours counted and forecast."""
    rows = [
        (found.card, one.day.isoformat(), one.treated, one.actual, one.expected, one.low, one.high, one.snapshot)
        for one in found.days
    ]
    return pd.DataFrame(rows, columns=pd.Index(DAY_COLUMNS)).round(1)


def _share(value: float) -> float:
    return float(np.expm1(value))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
