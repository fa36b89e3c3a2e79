"""The small print that no picture goes without: what is counted, where from, when made, until when it holds."""

from datetime import datetime
from typing import Final

from data.area.zone import in_language
from forecasting.values.timing import USUAL
from visuals.base.basemap import credit
from visuals.studio.material.material import Material
from visuals.studio.words.message import Message
from visuals.words.rests_on import rests_text
from visuals.words.timing_words import practice_sentences, real_sentences

_CODE: Final = 6


def short_code(snapshot_id: str) -> str:
    """Return the first signs of a snapshot's hash: enough to find it back, short enough to read out."""
    return snapshot_id.rpartition("-")[2][:_CODE]


def colophon(material: Material, message: Message, *, with_map: bool) -> str:
    """Return the small print of a picture as one paragraph of short sentences."""
    lang = material.lang
    parts = []
    if message.shows == "people":
        parts += [lang.t("This is an area to practise with.")] if material.simulated else []
    else:
        parts += _dated(material, message)
        parts += _counted(material)
        parts.append(rests_text(material.forecast, material.area, lang) if message.shows == "forecast" else "")
    parts += [message.origin or _made(material, message), _zone_thresholds(material, message)]
    if message.shows != "people":
        parts.append(_source(material))
    if with_map and (drawn := credit(material.basemap, lang.code)):
        parts.append(lang.t("Map: {credit}.", credit=drawn))
    by_code = material.meeting.link if material.meeting else ""
    if material.link and material.link != by_code:
        parts.append(lang.t("More: {link}", link=material.link.partition("://")[2]))
    return " ".join(part for part in parts if part)


def _dated(material: Material, message: Message) -> list[str]:
    """Say that figures are made up, and that a forecast is not one of the coming week."""
    timing = material.forecast.timing if message.shows == "forecast" else USUAL
    first = material.forecast.local_hours[0].date()
    if material.simulated:
        return [practice_sentences(material.area, timing, first, material.lang, short=False)[1]]
    said = real_sentences(material.area, timing, first, material.lang, short=False)
    return [] if said is None else [said[0]]


def _counted(material: Material) -> list[str]:
    lang = material.lang
    counts = [source for source in material.sources if source.kind == "counts"]
    said = [in_language(source.counted, lang) for source in counts if source.counted]
    return [lang.t("What is counted: {text}", text=text) for text in dict.fromkeys(said)]


def _made(material: Material, message: Message) -> str:
    lang = material.lang
    code = short_code(material.forecast.snapshot_id)
    made = moment_words(material.forecast.cutoff, material)
    if message.until is None:
        return lang.t("Forecast of {made}. Code {code}.", made=made, code=code)
    until = moment_words(message.until, material)
    return lang.t("Forecast of {made}. Valid until {until}. Code {code}.", made=made, until=until, code=code)


def moment_words(moment: datetime, material: Material) -> str:
    """Return a moment (aware) as it stands in small print: 'Monday 3 August 2026, 8:00' in area time."""
    return material.lang.date(moment, "EEEE d MMMM y, H:mm", material.area.tz)


def _zone_thresholds(material: Material, message: Message) -> str:
    """Say whose the thresholds between the levels are, on a picture that shows levels."""
    return material.whose_thresholds if message.level else ""


def _source(material: Material) -> str:
    names = []
    for source in material.sources:
        if source.kind == "counts":
            names += [source.credit or in_language(source.title, material.lang), source.licence]
    return material.lang.t("Source: {source}.", source=" · ".join(dict.fromkeys(name for name in names if name)))
