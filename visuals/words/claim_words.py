"""Words with what they claim: whoever puts a place, hour, level, figure or chance into words takes it from a claim."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from data.area.area import Area
from forecasting.meaning.busy import LevelHours
from forecasting.meaning.claiming import claimed, level_claims
from forecasting.meaning.claims import LEVEL_CLAIMS, Claim, What
from forecasting.values.arrays import Indices
from forecasting.values.thresholds import Level
from language import Language
from language.plain import chance, joined
from language.said import Said, facts_of
from visuals.base.outlook import Outlook
from visuals.base.palette import word

_LASTING: Final[tuple[What, ...]] = ("hours", "chance")


def said(text: str, *claims: Claim | Iterable[Claim | None] | None) -> Said:
    """Return a text with what it claims, besides what is claimed in it already."""
    found: list[Claim] = list(text.claims) if isinstance(text, Said) else []
    for claim in claims:
        found += [one for one in ([claim] if isinstance(claim, Claim) else claim or ()) if one is not None]
    return Said(text, found, facts_of(text))


def claim(
    outlook: Outlook,
    what: What,
    zone_ids: Sequence[str],
    hours: Indices,
    level: Level = "green",
    *,
    quantile: float = 0.5,
) -> Claim | None:
    """Return what the forecast of an outlook gives about places and hours (indices), see ``claiming.claimed``."""
    return claimed(what, outlook.forecast, outlook.thresholds, zone_ids, hours, level=level, quantile=quantile)


def hours_claims(outlook: Outlook, zone_id: str, levels: Sequence[LevelHours]) -> list[Claim]:
    """Return what is claimed when the hours of each level at a place are named."""
    forecast, thresholds = outlook.forecast, outlook.thresholds
    return [one for at in levels for one in level_claims(forecast, thresholds, zone_id, at)]


def chance_of(claimed_chance: Claim | None, lang: Language) -> Said:
    """Say the chance that is claimed: '7 out of 10'."""
    value = None if claimed_chance is None else claimed_chance.value
    return said(lang.t("unknown") if value is None else chance(value, lang), claimed_chance)


def places_of(claimed_places: Claim, area: Area, lang: Language) -> Said:
    """Name the places of a claim: 'The Pier and The Beach'."""
    names = [area.zone(zone_id).name(lang) for zone_id in claimed_places.zone_ids]
    return said(joined(names, lang), claimed_places)


def hours_and_chance(outlook: Outlook, zone_id: str, level: Level) -> list[Claim]:
    """Return what is claimed of the whole forecast at a place: its hours at a level or worse, and the chance of any."""
    hours = np.arange(len(outlook.forecast.hours))
    found = (claim(outlook, what, [zone_id], hours, level) for what in _LASTING)
    return [one for one in found if one is not None]


def claims_told(claims: Sequence[Claim], area: Area, lang: Language) -> list[str]:
    """Return the levels that are claimed, a line for each place and stretch of hours, with the chance where it is too.

    For who decides on a picture, and sees all that it says at once.
    """
    likely = {(one.zone_ids, one.spans): one for one in claims if one.what == "chance"}
    told: dict[str, None] = {}
    for one in (place for found in claims if found.what in LEVEL_CLAIMS for place in found.by_place()):
        if one.zone_ids[0] not in area.zone_ids:
            continue
        values = {
            "place": area.zone(one.zone_ids[0]).name(lang),
            "start": lang.date(one.start, "EEE d MMM HH:mm", area.tz),
            "end": lang.date(one.end, "HH:mm", area.tz),
            "level": said(word(one.level, lang), one),
        }
        chance_there = likely.get((one.zone_ids, one.spans))
        if chance_there is None:
            told[lang.t("{place}, {start} to {end}: {level}", **values)] = None
        else:
            values["chance"] = chance_of(chance_there, lang)
            told[lang.t("{place}, {start} to {end}: {level}, chance {chance}", **values)] = None
    return list(told)
