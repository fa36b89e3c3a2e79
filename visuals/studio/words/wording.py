"""Words of pictures, proposed from the forecast itself, in plain Dutch and English (B1)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np

from forecasting.meaning.busy import BusyMoment, busy_moment_at, busy_moments
from forecasting.meaning.claims import Claim
from forecasting.meaning.week_hours import daypart_of
from forecasting.values.arrays import Indices
from forecasting.values.thresholds import Level
from language import Language
from language.plain import joined
from language.said import fact, saying, together
from visuals.base.palette import ShownLevel, word
from visuals.studio.material.material import Material
from visuals.words.advising import advice_for
from visuals.words.claim_words import chance_of, claim, hours_claims, said
from visuals.words.hours import capitalised, clock, day_and_part
from visuals.words.level_words import hours_words


def day_title(day: date, lang: Language) -> str:
    """Return a day as a title: 'Saturday 8 August 2026'. A picture outlives its week: the year belongs to it."""
    return capitalised(lang.date(day, "EEEE d MMMM y"))


def hour_kicker(material: Material) -> str:
    """Return the hour shown as it stands above a headline: 'Saturday 8 August 2026, 15:00 to 16:00'."""
    moment = material.moment
    return material.lang.t(
        "{day}, {start} to {end}",
        day=day_title(moment.date(), material.lang),
        start=fact(clock(moment.hour, material.lang), "setting"),
        end=fact(clock(moment.hour + 1, material.lang), "setting"),
    )


def day_kicker(day: date, zone_id: str, material: Material) -> str:
    """Return a place and a day as they stand above a headline: 'The Pier · Saturday 8 August 2026'."""
    return together((fact(material.name(zone_id), "setting"), day_title(day, material.lang)), " · ")


def at_places(level: ShownLevel, names: list[str], lang: Language, *, named: int = 2) -> str:
    """Say how busy it gets at which places: 'Busy at The Pier', or at how many when there are more than ``named``."""
    how = capitalised(word(level, lang))
    if len(names) <= named:
        return lang.t("{level} at {zones}", level=how, zones=joined(names, lang))
    return lang.t("{level} at {zone} and {n} other places", level=how, zone=names[0], n=lang.number(len(names) - 1))


def moment_words(moment: BusyMoment, material: Material) -> str:
    """Say a busy moment as a headline: 'Saturday afternoon: too busy at Pier Beach'."""
    lang, claims = material.lang, hours_claims(material, moment.zone_id, moment.levels[:1])
    at = claim(material, "level", [moment.zone_id], np.array([moment.peak]), moment.level)
    peak = material.forecast.local_hours[moment.peak]
    return lang.t(
        "{when}: {level} at {zone}",
        when=capitalised(day_and_part(peak.date(), daypart_of(peak.hour), lang)),
        level=said(word(moment.level, lang), claims, at),
        zone=material.name(moment.zone_id),
    )


def moments_of(material: Material) -> list[BusyMoment]:
    """Return the busy moments still to come, the most important first."""
    return busy_moments(material.forecast, material.thresholds, since=material.since)


def moment_of(material: Material, zone_id: str, hour_index: int) -> BusyMoment | None:
    """Return the busy moment of a place that contains an hour, if any."""
    return busy_moment_at(material.forecast, material.thresholds, zone_id, hour_index, since=material.since)


def border_level(level: ShownLevel) -> Level:
    """Return the level whose chance a picture says of a place that is shown at ``level``: red's, else orange's."""
    return "red" if level == "red" else "orange"


def chance_claim(material: Material, zone_id: str, hours: Indices, level: ShownLevel) -> Claim | None:
    """Return how likely a place reaches ``level``, at least orange, in one of ``hours``."""
    return claim(material, "chance", [zone_id], hours, border_level(level))


def level_claim(material: Material, zone_id: str, hours: Indices, level: ShownLevel) -> Claim | None:
    """Return that the worst of ``hours`` of a place is at ``level``; ``None`` where nothing is known of it."""
    return None if level == "unknown" else claim(material, "level", [zone_id], hours, level)


def advice_words(material: Material, moments: Sequence[BusyMoment]) -> str:
    """Return what to do, in one or two sentences: what somebody wrote, else what the forecast proposes.

    ``moments`` are those of one day that the picture shows; what is proposed holds for all their places. Another hour
    comes first; another place only where its residents agreed. Without a busy moment: that anybody may come.
    """
    if material.words.advice:
        return material.words.advice
    if not moments:
        return material.lang.t("A good time to come. No need to change your plans.")
    return together(advice_for(moments, material, since=material.since))


def headline_words(material: Material, message: str, advice: str = "") -> str:
    """Return the headline: what somebody wrote, else ``message``, or ``advice`` where the brand's tone is that."""
    if material.words.headline:
        return material.words.headline
    if material.brand.tone == "advice" and advice:
        return first_sentence(advice)
    return message


def first_sentence(text: str) -> str:
    """Return the first sentence of a text without its full stop, with what the text claims."""
    return saying(text.partition(". ")[0].rstrip("."), text)


Which = Literal["this hour", "busiest hour", "some time"]
"""Of which hours a chance is: the one shown, the busiest one, or at least one of those that it names."""


def chance_words(material: Material, likely: Claim | None, which: Which) -> str:
    """Say a chance with what it is of: 'Chance 7 out of 10 that it gets too busy at The Pier, in this hour'."""
    lang = material.lang
    if likely is None:
        return ""
    values = {
        "chance": chance_of(likely, lang),
        "level": word(likely.level, lang),
        "zone": material.name(likely.zone_ids[0]),
    }
    if which == "this hour":
        return lang.t("Chance {chance} that it gets {level} at {zone}, in this hour", **values)
    if which == "busiest hour":
        return lang.t("Chance {chance} that it gets {level} at {zone}, in the busiest hour", **values)
    hours = hours_words(likely.spans, lang)
    return lang.t("Chance {chance} that it gets {level} at {zone}, at some time {hours}", hours=hours, **values)
