"""Published pictures that a newer forecast contradicts, and the order for the picture that corrects one."""

from dataclasses import dataclass
from datetime import datetime
from math import nan

from data.area.area import Area
from forecasting.meaning.claims import LEVEL_CLAIMS, Claim
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Thresholds
from language import Language
from language.plain import about, joined
from reports.picture_register import Entry
from visuals.base.palette import word
from visuals.studio.material.order import Order
from visuals.words.claim_words import chance_of, said


@dataclass(frozen=True)
class Contradiction:
    """A claim of a published picture, as far as its hours are not over, and what the newest forecast makes of it."""

    claim: Claim
    found: Claim


def contradiction(entry: Entry, forecast: Forecast, thresholds: Thresholds, now: datetime) -> Contradiction | None:
    """Return what a newer forecast says against a published picture, ``None`` where it still holds or is past.

    Every claim is held against it (see ``Claim.holds``), one place at a time. What if is not: it says what would be.
    """
    if entry.last("published") is None or entry.withdrawn or entry.order.scenario is not None:
        return None
    if entry.order.snapshot == forecast.snapshot_id:
        return None
    for claim in (one for published in entry.claims for one in published.by_place()):
        left = None if claim.scenario else claim.after(now)
        if left is None or left.holds(forecast, thresholds=thresholds) is not False:
            continue
        found = left.recomputed(forecast, thresholds=thresholds)
        if found is not None and not (left != claim and _may_be_over(left, found)):
            return Contradiction(left, found)
    return None


def _may_be_over(left: Claim, found: Claim) -> bool:
    """Return whether what was claimed may have come in the hours that are over."""
    if left.what == "level":
        return LEVELS.index(found.level) < LEVELS.index(left.level)
    return left.what not in LEVEL_CLAIMS


def contradiction_sentence(wrong: Contradiction, area: Area, lang: Language) -> str:
    """Say what was published and what is expected now."""
    claim, found = wrong.claim, wrong.found
    values = {
        "zone": joined([area.zone(zone_id).name(lang) for zone_id in claim.zone_ids], lang),
        "level": word(claim.level, lang),
    }
    if claim.what in LEVEL_CLAIMS:
        return lang.t(
            "Published: {level} at {zone}. The newest forecast says: {becomes}.",
            becomes=said(word(found.level, lang), claim, found),
            **values,
        )
    if claim.what == "chance":
        return lang.t(
            "Published: chance {before} of '{level}' at {zone}. The newest forecast says: chance {after}.",
            before=chance_of(claim, lang),
            after=chance_of(found, lang),
            **values,
        )
    was, becomes = (said(about(nan if one.value is None else one.value, lang), one) for one in (claim, found))
    return lang.t(
        "Published: {was} at {zone}. The newest forecast says: {becomes}.",
        was=was,
        becomes=becomes,
        zone=values["zone"],
    )


def correcting(entry: Entry, snapshot_id: str) -> Order:
    """Return the order for the same picture of the newest forecast in its own words, marked as a correction."""
    return entry.order.model_copy(
        update={"snapshot": snapshot_id, "headline": "", "advice": "", "corrects": entry.order.id}
    )
