"""Words of pictures, proposed from the forecast itself, in plain Dutch and English (B1)."""

from collections.abc import Sequence
from datetime import date

from forecasting.meaning.busy import BusyMoment, LevelHours, busy_moment_at, busy_moments, chance_of_reaching
from forecasting.meaning.week_hours import daypart_of
from forecasting.values.arrays import Indices
from language import Language
from language.plain import chance, joined
from visuals.base.palette import ShownLevel, word
from visuals.studio.material.material import Material
from visuals.studio.words.message import Claim
from visuals.words.advising import advice
from visuals.words.hours import capitalised, clock, day_and_part


def day_title(day: date, lang: Language) -> str:
    """Return a day as a title: 'Saturday 8 August 2026'. A picture outlives its week: the year belongs to it."""
    return capitalised(lang.date(day, "EEEE d MMMM y"))


def hour_kicker(material: Material) -> str:
    """Return the hour shown as it stands above a headline: 'Saturday 8 August 2026, 15:00 to 16:00'."""
    moment = material.moment
    return material.lang.t(
        "{day}, {start} to {end}",
        day=day_title(moment.date(), material.lang),
        start=clock(moment.hour, material.lang),
        end=clock(moment.hour + 1, material.lang),
    )


def day_kicker(day: date, zone_id: str, material: Material) -> str:
    """Return a place and a day as they stand above a headline: 'The Pier · Saturday 8 August 2026'."""
    return f"{material.name(zone_id)} · {day_title(day, material.lang)}"


def at_places(level: ShownLevel, names: list[str], lang: Language, *, named: int = 2) -> str:
    """Say how busy it gets at which places: 'Busy at The Pier', or at how many when there are more than ``named``."""
    how = capitalised(word(level, lang))
    if len(names) <= named:
        return lang.t("{level} at {zones}", level=how, zones=joined(names, lang))
    return lang.t("{level} at {zone} and {n} other places", level=how, zone=names[0], n=lang.number(len(names) - 1))


def moment_words(moment: BusyMoment, material: Material) -> str:
    """Say a busy moment as a headline: 'Saturday afternoon: too busy at Pier Beach'."""
    lang = material.lang
    peak = material.forecast.local_hours[moment.peak]
    return lang.t(
        "{when}: {level} at {zone}",
        when=capitalised(day_and_part(peak.date(), daypart_of(peak.hour), lang)),
        level=word(moment.level, lang),
        zone=material.name(moment.zone_id),
    )


def moments_of(material: Material) -> list[BusyMoment]:
    """Return the busy moments still to come, the most important first."""
    return busy_moments(material.forecast, material.thresholds, since=material.since)


def moment_of(material: Material, zone_id: str, hour_index: int) -> BusyMoment | None:
    """Return the busy moment of a place that contains an hour, if any."""
    return busy_moment_at(material.forecast, material.thresholds, zone_id, hour_index, since=material.since)


def claim_of(zone_id: str, levels: Sequence[LevelHours]) -> Claim:
    """Return what a picture says of a busy place: its worst level, from the first hour at that level to the last."""
    worst = levels[0]
    return Claim(zone_id, worst.spans[0].start, worst.spans[-1].end, worst.level, worst.chance)


def advice_words(material: Material, moment: BusyMoment | None) -> str:
    """Return what to do, in one or two sentences: what somebody wrote, else what the forecast proposes.

    Another hour first; another place only where its residents agreed. Without a busy moment: that anybody may come.
    """
    if material.words.advice:
        return material.words.advice
    lang = material.lang
    if moment is None:
        return lang.t("A good time to come. No need to change your plans.")
    return " ".join(advice(moment, material, since=material.since))


def headline_words(material: Material, message: str, advice: str = "") -> str:
    """Return the headline: what somebody wrote, else ``message``, or ``advice`` where the brand's tone is that."""
    if material.words.headline:
        return material.words.headline
    if material.brand.tone == "advice" and advice:
        return advice.partition(". ")[0].rstrip(".")
    return message


def chance_of_level(material: Material, zone_id: str, hours: Indices, level: ShownLevel) -> float:
    """Return the probability (0–1) that a place reaches ``level``, at least orange, in one of ``hours``."""
    zone_thresholds = material.thresholds.zones[zone_id]
    threshold = zone_thresholds.red if level == "red" else zone_thresholds.orange
    return chance_of_reaching(material.forecast, zone_id, hours, threshold)


def chance_words(material: Material, zone_id: str, level: ShownLevel, probability: float) -> str:
    """Say a chance with what it is of: 'Chance 7 out of 10 that it gets too busy at The Pier'."""
    lang = material.lang
    shown: ShownLevel = "red" if level == "red" else "orange"
    return lang.t(
        "Chance {chance} that it gets {level} at {zone}",
        chance=chance(probability, lang),
        level=word(shown, lang),
        zone=material.name(zone_id),
    )
