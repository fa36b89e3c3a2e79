"""The map of levels for one hour."""

from datetime import timedelta

import numpy as np

from forecasting.meaning.busy import BusyMoment
from forecasting.values.thresholds import LEVELS
from language.plain import joined
from language.said import fact, together
from visuals.base.palette import ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Sheet
from visuals.studio.material.material import Material
from visuals.studio.material.ranking import ranked_levels
from visuals.studio.panels.frame import Framed
from visuals.studio.panels.mappanel import draw_map
from visuals.studio.words.message import Message, all_claims
from visuals.studio.words.wording import (
    advice_words,
    at_places,
    chance_claim,
    chance_words,
    headline_words,
    hour_kicker,
    level_claim,
    moment_of,
)
from visuals.tables.figures import level_figures
from visuals.words.claim_words import claim, said
from visuals.words.hours import capitalised


def message(material: Material) -> Message:
    """Return what the map says: where it is busiest at this hour, how likely, and what to do."""
    levels, at = _levels(material), np.array([material.hour_index])
    top, level = next(iter(levels.items()))
    likely = chance_claim(material, top, at, level)
    advice = advice_words(material, _moments(material, levels))
    headline = headline_words(material, _headline(material, levels), advice)
    chance, alt = chance_words(material, likely, "this hour"), _alt(material, levels, headline, advice)
    drawn = [
        one
        for zone_id, shown in levels.items()
        for one in (level_claim(material, zone_id, at, shown), chance_claim(material, zone_id, at, shown))
    ]
    return Message(
        kicker=hour_kicker(material),
        headline=headline,
        level=level,
        chance=chance,
        advice=advice,
        alt=alt,
        until=material.moment + timedelta(hours=1),
        figures=level_figures(material.forecast, material.thresholds, material.hour_index),
        claims=all_claims(drawn, (headline, chance, advice, alt)),
    )


def _moments(material: Material, levels: dict[str, ShownLevel]) -> list[BusyMoment]:
    """Return the busy moments of this hour, at the places that are shown as busy."""
    found = (moment_of(material, zone_id, material.hour_index) for zone_id in levels)
    return [moment for moment in found if moment is not None]


def _headline(material: Material, levels: dict[str, ShownLevel]) -> str:
    lang, at = material.lang, np.array([material.hour_index])
    worst = next(iter(levels.values()))
    known = [zone_id for zone_id, shown in levels.items() if shown != "unknown"]
    if worst == "unknown":
        return lang.t("There is no forecast for this hour")
    if worst == "green":
        return said(lang.t("Quiet everywhere"), claim(material, "at most", known, at, "green"))
    if worst == "yellow":
        return said(lang.t("Lively, but busy nowhere"), claim(material, "at most", known, at, "yellow"))
    zones = [zone_id for zone_id in levels if levels[zone_id] == worst]
    places = at_places(worst, [material.name(zone_id) for zone_id in zones], lang)
    return said(places, claim(material, "level", zones, at, worst))


def _alt(material: Material, levels: dict[str, ShownLevel], headline: str, advice: str) -> str:
    lang, at = material.lang, np.array([material.hour_index])
    sentences = []
    order: tuple[ShownLevel, ...] = (*reversed(LEVELS), "unknown")
    for level in order:
        zones = [zone_id for zone_id, shown in levels.items() if shown == level]
        if zones:
            names = joined([material.name(zone_id) for zone_id in zones], lang)
            here: str = (
                fact(names, "count") if level == "unknown" else said(names, claim(material, "level", zones, at, level))
            )
            sentences.append(lang.t("{level}: {zones}.", level=capitalised(word(level, lang)), zones=here))
    start = lang.t("Map of {area}. {when}.", area=material.area.name(lang), when=hour_kicker(material))
    return together([start, together((headline, "."), ""), *sentences, advice])


def _levels(material: Material) -> dict[str, ShownLevel]:
    return ranked_levels(material, material.forecast.median[:, material.hour_index])


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    draw_map(sheet, box, material, _levels(material))


FRAMED = Framed(_draw, bleed=True)
