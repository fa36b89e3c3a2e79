"""What a visitor can do about a busy moment, in a sentence or two of plain words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from forecasting.meaning.alternatives import Alternative, AlternativeKind, quiet_alternatives
from forecasting.meaning.busy import BusyMoment
from forecasting.meaning.claims import Claim
from forecasting.values.thresholds import Level
from language import Language
from language.plain import joined
from visuals.base.outlook import Outlook
from visuals.words.claim_words import claim, said
from visuals.words.hours import between_hours, clock, end_hour, weekday

_QUIET: Final[dict[AlternativeKind, Level]] = {
    "earlier": "yellow",
    "later": "yellow",
    "day": "yellow",
    "place": "green",
}
"""The worst level that a proposed time or place may have."""


def advice(moment: BusyMoment, outlook: Outlook, *, since: datetime | None = None) -> list[str]:
    """Return what a visitor can do about a busy moment: one or two sentences, never none.

    Another hour comes first; another place is named only where its residents agreed.
    """
    return advice_for([moment], outlook, since=since)


def advice_for(moments: Sequence[BusyMoment], outlook: Outlook, *, since: datetime | None = None) -> list[str]:
    """Return the same about several places that are busy at once, the worst first: what is said holds for them all.

    An hour is named only when it is quiet then at every one of them, another place only when it is quiet during all
    of the moments.
    """
    found = quiet_alternatives(moments, outlook.forecast, outlook.area, outlook.thresholds, since=since)
    sentences = [text for text in (_another_time(found, outlook), _another_place(found, outlook)) if text]
    return sentences or [outlook.lang.t("Expect crowds: take your time and follow the directions of staff.")]


def _another_time(found: list[Alternative], outlook: Outlook) -> str:
    lang, by_kind = outlook.lang, {alternative.kind: alternative for alternative in found}
    said_of = {kind: _quiet(outlook, alternative) for kind, alternative in by_kind.items()}
    earlier, later, day = (by_kind.get("earlier"), by_kind.get("later"), by_kind.get("day"))
    hours = []
    if earlier:
        open_ended = lang.t("before {end}", end=clock(end_hour(earlier.end), lang))
        hours.append(said(_named(earlier, open_ended, lang), said_of["earlier"]))
    if later:
        open_ended = lang.t("after {start}", start=clock(later.start.hour, lang))
        hours.append(said(_named(later, open_ended, lang), said_of["later"]))
    if len(hours) > 1:
        return lang.t("Better come {hours} or {others}.", hours=hours[0], others=hours[1])
    if hours:
        return lang.t("Better come {hours}.", hours=hours[0])
    if day:
        return lang.t("Better come on {day}.", day=said(weekday(day.start.date(), lang), said_of["day"]))
    return ""


def _named(alternative: Alternative, open_ended: str, lang: Language) -> str:
    """Say the hours of an alternative: from when to when where other hours beyond them are not quiet."""
    return between_hours(alternative.start, alternative.end, lang) if alternative.bounded else open_ended


def _quiet(outlook: Outlook, alternative: Alternative) -> Claim | None:
    """Return what is claimed when a time or place is proposed: that it is not busy there in any of its hours."""
    local, start, end = outlook.forecast.local_hours, pd.Timestamp(alternative.start), pd.Timestamp(alternative.end)
    hours = np.flatnonzero((local >= start) & (local < end))
    return claim(outlook, "at most", alternative.zone_ids, hours, _QUIET[alternative.kind])


def _another_place(found: list[Alternative], outlook: Outlook) -> str:
    lang, places = outlook.lang, [item for item in found if item.kind == "place"]
    names = [
        said(outlook.area.zone(zone_id).name(lang), _quiet(outlook, item))
        for item in places
        for zone_id in item.zone_ids
    ]
    return lang.t("It stays quiet at {places}.", places=joined(names, lang)) if names else ""
