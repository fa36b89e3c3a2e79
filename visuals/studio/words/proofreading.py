"""Words that somebody wrote, held against the forecast: figures, hours, days and levels that it does not say."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from forecasting.meaning.busy import busy_levels, hours_at_levels
from forecasting.values.thresholds import LEVELS
from language import Language
from language.plain import rounded
from language.said import fact
from visuals.base.palette import word
from visuals.studio.material.material import Material
from visuals.studio.words.message import Message
from visuals.words.claim_words import hours_claims, said
from visuals.words.hours import weekday
from visuals.words.level_words import SERIOUS, levels_words

_CHANCE: Final = re.compile(r"\b(\d+)\s*(?:op|van de|out of|in)\s*(?:de\s*)?(\d+)\b")
_PERCENT: Final = re.compile(r"\b\d+\s*(?:%|procent\b|per ?cent\b)")
_HOUR: Final = re.compile(r"\b(\d{1,2})(?::00|\.00)?\s*uur\b|\b(\d{1,2}):00\b")
_SPAN: Final = r"[^.;]*?\b(?:van|from)\s+(\d{1,2})(?:[:.]00)?(?: uur)?\s+(?:tot|to)\s+(\d{1,2})\b"
_NUMBER: Final = re.compile(r"\b\d[\d.,]*\d\b|\b\d\b")
_MONDAY: Final = date(2024, 1, 1)
_FEWEST: Final = 20
"""A smaller number is not taken for a number of people."""


def contradictions(text: str, proposed: Message, material: Material) -> list[str]:
    """Return a sentence for each thing in ``text`` that the forecast does not say; none where all holds.

    ``proposed`` is the message in the forecast's own words: what stands in it is right.
    """
    said = " ".join((proposed.kicker, proposed.headline, proposed.chance, proposed.advice, proposed.alt)).lower()
    lang, text = material.lang, text.lower()
    found = [
        *_chances(text, said, proposed, lang),
        *_hours(text, said, material),
        *_days(text, said, lang),
        *_levels(text, said, proposed, lang),
        *_level_hours(text, proposed, material),
        *_numbers(text, said, proposed, material),
    ]
    return list(dict.fromkeys(found))


def _chances(text: str, said: str, proposed: Message, lang: Language) -> Iterator[str]:
    right = {match[0] for match in _CHANCE.finditer(said)}
    for match in _CHANCE.finditer(text):
        if match[2] == "10" and match[0] not in right and proposed.chance:
            yield lang.t(
                "'{words}': the forecast says: {chance}.", words=match[0], chance=fact(proposed.chance, "picture")
            )
    for match in _PERCENT.finditer(text):
        yield lang.t("'{words}': say a chance as '7 out of 10', as the picture does.", words=match[0])


def _hours(text: str, said: str, material: Material) -> Iterator[str]:
    right = {_hour(match) for match in _HOUR.finditer(said)}
    right |= {int(number) for number in re.findall(r"\b(?:van|tot|from|to) (\d{1,2})\b", said)}
    right.add(material.moment.hour)
    for match in _HOUR.finditer(text):
        if _hour(match) not in right:
            yield material.lang.t(
                "'{words}': the forecast does not name that hour. It names: {hours}.",
                words=match[0],
                hours=fact(", ".join(f"{hour}" for hour in sorted(right)), "picture"),
            )


def _hour(match: re.Match[str]) -> int:
    return int(match[1] or match[2])


def _days(text: str, said: str, lang: Language) -> Iterator[str]:
    for number in range(7):
        name = weekday(_MONDAY + timedelta(days=number), lang).lower()
        if re.search(rf"\b{name}", text) and name not in said:
            yield lang.t("'{words}': this picture is not about that day.", words=name)


def _levels(text: str, said: str, proposed: Message, lang: Language) -> Iterator[str]:
    if proposed.level is None:
        return
    rest = text
    for level in sorted(LEVELS, key=lambda one: -len(word(one, lang))):
        name = word(level, lang)
        pattern = rf"\b{re.escape(name)}\b"
        if not re.search(pattern, rest):
            continue
        rest = re.sub(pattern, " ", rest)
        if level != proposed.level and not re.search(pattern, said):
            yield lang.t(
                "'{words}': the forecast says '{level}'.", words=name, level=fact(word(proposed.level, lang), "picture")
            )


def _level_hours(text: str, proposed: Message, material: Material) -> Iterator[str]:
    """Yield hours named with a serious level that are not all at that level or worse, at the place of the claim."""
    if not proposed.claims:
        return
    lang, forecast, claim = material.lang, material.forecast, proposed.claims[0]
    names = {zone.zone_id: zone.name(lang).lower() for zone in material.area.zones}
    if names[claim.zone_ids[0]] not in text and any(name in text for name in names.values()):
        return
    levels = busy_levels(forecast, material.thresholds)
    day = np.flatnonzero(forecast.local_dates == claim.start.astimezone(material.area.tz).date())
    at = dict(zip(forecast.local_hours.hour[day], levels[forecast.zone_ids.index(claim.zone_ids[0]), day], strict=True))
    rest = text
    for level in SERIOUS:
        for match in re.finditer(rf"\b{re.escape(word(level, lang))}\b{_SPAN}", rest):
            hours = range(int(match[1]), int(match[2]))
            if all(at.get(hour, 0) >= LEVELS.index(level) for hour in hours):
                continue
            found = hours_at_levels(forecast, material.thresholds, levels, claim.zone_ids[0], day)
            right = said(
                levels_words(found, lang) or word("green", lang), hours_claims(material, claim.zone_ids[0], found)
            )
            yield lang.t(
                "'{words}': the forecast says: {levels}.", words=match[0].strip(), levels=fact(right, "picture")
            )
        rest = re.sub(rf"\b{re.escape(word(level, lang))}\b", " ", rest)


def _numbers(text: str, said: str, proposed: Message, material: Material) -> Iterator[str]:
    """Yield numbers of people outside what lies within 8 out of 10 cases at the place and in the hours spoken of."""
    lang, figures = material.lang, _spoken_of(text, proposed, material)
    columns = [name for name in ("q10", "q90") if name in figures]
    known = {_value(match[0]) for match in _NUMBER.finditer(said)}
    bare = _HOUR.sub(" ", _CHANCE.sub(" ", _PERCENT.sub(" ", text)))
    for match in _NUMBER.finditer(bare):
        value = _value(match[0])
        if value < _FEWEST or value in known:
            continue
        if len(columns) == 2:
            low, high = float(figures["q10"].min()), float(figures["q90"].max())
            if low <= value <= high:
                continue
            yield lang.t(
                "'{words}': 8 times out of 10 it ends up between {low} and {high}.",
                words=match[0],
                low=fact(lang.number(rounded(low)), "picture"),
                high=fact(lang.number(rounded(high)), "picture"),
            )
        else:
            yield lang.t("'{words}': this number is not in the forecast.", words=match[0])


def _spoken_of(text: str, proposed: Message, material: Material) -> pd.DataFrame:
    """Return the figures of the places named, or of the headline's place, in the hours that the headline is of."""
    figures = proposed.figures
    if not proposed.claims or not {"zone_id", "hour", "q10", "q90"} <= set(figures.columns):
        return figures
    claim = proposed.claims[0]
    named = [zone.zone_id for zone in material.area.zones if zone.name(material.lang).lower() in text]
    inside = (figures["hour"] >= pd.Timestamp(claim.start)) & (figures["hour"] < pd.Timestamp(claim.end))
    return figures[figures["zone_id"].isin(named or [claim.zone_ids[0]]) & inside]


def _value(text: str) -> float:
    return float(re.sub(r"[.,](?=\d{3}\b)", "", text).replace(",", "."))
