"""The map of levels for one hour."""

from datetime import timedelta

import numpy as np

from forecasting.values.thresholds import LEVELS
from language.plain import joined
from visuals.base.palette import ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Sheet
from visuals.studio.material.material import Material
from visuals.studio.material.ranking import ranked_levels
from visuals.studio.panels.frame import Framed
from visuals.studio.panels.mappanel import draw_map
from visuals.studio.words.message import Claim, Message
from visuals.studio.words.wording import (
    advice_words,
    at_places,
    chance_of_level,
    chance_words,
    headline_words,
    hour_kicker,
    moment_of,
)
from visuals.tables.figures import level_figures
from visuals.words.hours import capitalised


def message(material: Material) -> Message:
    """Return what the map says: where it is busiest at this hour, how likely, and what to do."""
    levels, at = _levels(material), np.array([material.hour_index])
    top, level = next(iter(levels.items()))
    probability = chance_of_level(material, top, at, level)
    start = material.moment
    end = start + timedelta(hours=1)
    advice = advice_words(material, moment_of(material, top, material.hour_index))
    headline = headline_words(material, _headline(material, level, [z for z in levels if levels[z] == level]), advice)
    return Message(
        kicker=hour_kicker(material),
        headline=headline,
        level=level,
        chance="" if level == "unknown" else chance_words(material, top, level, probability),
        advice=advice,
        alt=_alt(material, levels, headline, advice),
        until=end,
        figures=level_figures(material.forecast, material.thresholds, material.hour_index),
        claims=tuple(
            Claim(zone_id, start, end, shown, chance_of_level(material, zone_id, at, shown))
            for zone_id, shown in levels.items()
        ),
    )


def _headline(material: Material, level: ShownLevel, zones: list[str]) -> str:
    lang = material.lang
    texts: dict[ShownLevel, str] = {
        "green": lang.t("Quiet everywhere"),
        "yellow": lang.t("Lively, but busy nowhere"),
        "unknown": lang.t("There is no forecast for this hour"),
    }
    return texts.get(level) or at_places(level, [material.name(zone_id) for zone_id in zones], lang)


def _alt(material: Material, levels: dict[str, ShownLevel], headline: str, advice: str) -> str:
    lang = material.lang
    said = []
    order: tuple[ShownLevel, ...] = (*reversed(LEVELS), "unknown")
    for level in order:
        names = [material.name(zone_id) for zone_id, shown in levels.items() if shown == level]
        if names:
            said.append(lang.t("{level}: {zones}.", level=capitalised(word(level, lang)), zones=joined(names, lang)))
    start = lang.t("Map of {area}. {when}.", area=material.area.name(lang), when=hour_kicker(material))
    return " ".join([start, f"{headline}.", *said, advice])


def _levels(material: Material) -> dict[str, ShownLevel]:
    return ranked_levels(material, material.forecast.median[:, material.hour_index])


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    draw_map(sheet, box, material, _levels(material))


FRAMED = Framed(_draw, bleed=True)
