"""Published pictures that a newer forecast contradicts, and the order for the picture that corrects one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from forecasting.meaning.busy import chance_of_reaching
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from language import Language
from language.plain import chance
from reports.picture_register import Entry
from visuals.base.palette import ShownLevel, shown_level, word
from visuals.studio.material.order import Order
from visuals.studio.words.message import Claim

APART: Final = 0.3
"""A chance that changed by this much is another message: three in ten, a choice of this project."""


@dataclass(frozen=True)
class Contradiction:
    """What a published picture says of a place, and what the newest forecast says: level and chance (0–1)."""

    claim: Claim
    level: ShownLevel
    chance: float


def contradiction(entry: Entry, forecast: Forecast, thresholds: Thresholds, now: datetime) -> Contradiction | None:
    """Return what a newer forecast says against a published picture, ``None`` where it still holds or is past.

    A claim is contradicted when its level changes, or its chance by three in ten.
    """
    if entry.last("published") is None or entry.withdrawn or entry.order.scenario is not None:
        return None
    if entry.order.snapshot == forecast.snapshot_id:
        return None
    for claim in entry.claims:
        if claim.end <= now or claim.zone_id not in forecast.zone_ids:
            continue
        found = _now(claim, forecast, thresholds, now)
        if found is not None and (found.level != claim.level or abs(found.chance - claim.chance) >= APART):
            return found
    return None


def _now(claim: Claim, forecast: Forecast, thresholds: Thresholds, now: datetime) -> Contradiction | None:
    start = max(claim.start, now)
    hours = np.flatnonzero((forecast.hours >= pd.Timestamp(start)) & (forecast.hours < pd.Timestamp(claim.end)))
    row = forecast.zone_ids.index(claim.zone_id)
    if not len(hours) or np.isnan(forecast.median[row, hours]).all():
        return None
    zone_thresholds = thresholds.zones[claim.zone_id]
    threshold = zone_thresholds.red if claim.level == "red" else zone_thresholds.orange
    level = shown_level(thresholds, claim.zone_id, float(np.nanmax(forecast.median[row, hours])))
    return Contradiction(claim, level, chance_of_reaching(forecast, claim.zone_id, hours, threshold))


def contradiction_sentence(found: Contradiction, zone: str, lang: Language) -> str:
    """Say what was published and what is expected now."""
    said: ShownLevel = "red" if found.claim.level == "red" else "orange"
    return lang.t(
        "Published: {was} at {zone}, chance {before} of '{level}'. The newest forecast says: {becomes}, "
        "chance {after}.",
        was=word(found.claim.level, lang),
        zone=zone,
        before=chance(found.claim.chance, lang),
        level=word(said, lang),
        becomes=word(found.level, lang),
        after=chance(found.chance, lang),
    )


def correcting(entry: Entry, snapshot_id: str) -> Order:
    """Return the order for the same picture of the newest forecast in its own words, marked as a correction."""
    return entry.order.model_copy(
        update={"snapshot": snapshot_id, "headline": "", "advice": "", "corrects": entry.order.id}
    )
