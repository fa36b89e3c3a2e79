"""What a scenario does, in a sentence or two: 'With rain: The Pier stays quiet; Keizerstraat does not change.'"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.area.area import Area
from forecasting.meaning.busy import ORANGE, RED
from forecasting.meaning.variants import Variant, hours_reached
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import LEVELS, Level, Thresholds
from language import Language
from language.plain import joined
from visuals.base.outlook import Outlook
from visuals.base.palette import word
from visuals.words.hours import capitalised

_NAMED: Final = 2
_NOTABLE_HOURS: Final = 1.0
"""A place whose busy hours change by less than this is not named for it."""

_SAME_SHARE: Final = 0.03
"""A place of which no day's people change by more than this share does not change."""


def effect_sentence(variant: Variant, base: Variant, outlook: Outlook, *, key: str = "") -> str:
    """Say what ``variant`` changes against ``base``: which places stay quiet, change most, or do not change."""
    area, lang = outlook.area, outlook.lang
    found = _effects(variant, base, outlook.thresholds, key)
    clauses = []
    if found.calmer:
        zones = _names(found.calmer, area, lang)
        clauses.append(
            lang.n(
                "{zones} stays {level}",
                "{zones} stay {level}",
                len(found.calmer),
                zones=zones,
                level=word("green", lang),
            )
        )
    for row in found.moved[:_NAMED]:
        clauses.append(_moved(found, row, _name(row, area, variant, lang), lang))
    if found.same:
        zones = _names(found.same, area, lang)
        clauses.append(lang.n("{zones} does not change", "{zones} do not change", len(found.same), zones=zones))
    if not found.calmer and not found.moved:
        clauses.insert(0, _total(variant, base, lang))
    what = variant.what or variant.name
    return lang.t("With {what}: {clauses}.", what=what, clauses="; ".join(clauses))


def hours_message(variants: Sequence[Variant], area: Area, lang: Language, *, means: Floats, level: Level) -> str:
    """Say which place's hours at a level change most, as the title of the chart; ``means``: variants × zones."""
    if len(variants) == 1:
        return lang.t("This is how many hours we expect that are {level} or worse", level=word(level, lang))
    change = means - means[0]
    number, row = np.unravel_index(int(np.abs(change).argmax()), change.shape)
    if abs(change[number, row]) < _NOTABLE_HOURS:
        return lang.t("The number of hours that are {level} hardly changes", level=word(level, lang))
    return capitalised(
        lang.t(
            "{zone}: from {before} to {after} hours {level} or worse, with {variant}",
            zone=area.zone(variants[0].forecast.zone_ids[int(row)]).name(lang),
            before=_hours(float(means[0, row]), lang),
            after=_hours(float(means[number, row]), lang),
            level=word(level, lang),
            variant=variants[int(number)].name,
        )
    )


@dataclass(frozen=True)
class _Effects:
    """``calmer``: zone ids that stay green and would not have; ``moved``: rows by how much their hours at a serious
    level change; ``same``: zone ids that do not change. ``before``, ``after``: mean hours of each zone at orange or
    worse, and at red (2 × Z)."""

    calmer: list[str]
    moved: list[int]
    same: list[str]
    before: Floats
    after: Floats


def _effects(variant: Variant, base: Variant, thresholds: Thresholds, key: str) -> _Effects:
    one, other = base.forecast, variant.forecast
    before, after = (
        np.nan_to_num([hours_reached(f, thresholds, LEVELS[level], key).mean(axis=0) for level in (ORANGE, RED)])
        for f in (one, other)
    )
    highest = [f.levels(thresholds).max(axis=1) for f in (one, other)]
    calm = (highest[1] == 0) & (highest[0] > 0)
    change = np.abs(np.nan_to_num(other.median) - np.nan_to_num(one.median)).max(axis=1)
    still = change <= _SAME_SHARE * np.nan_to_num(one.median).max(axis=1)
    known = ~np.isnan(one.median).all(axis=1)
    moves = np.abs(after - before).max(axis=0)
    moved = [int(row) for row in np.argsort(-moves) if moves[row] >= _NOTABLE_HOURS and not calm[row]]
    ids = np.array(one.zone_ids, dtype=object)
    return _Effects(list(ids[calm & known]), moved, list(ids[still & known]), before, after)


def _moved(found: _Effects, row: int, zone: str, lang: Language) -> str:
    """Say how many hours of a place are too busy and how many busy, before and after, as far as that changes."""
    (busy, red), (busy_then, red_then) = found.before[:, row], found.after[:, row]
    values = {"zone": zone, "before": _hours(busy, lang), "after": _hours(busy_then, lang)}
    worse = {"red_before": _hours(red, lang), "red_after": _hours(red_then, lang)}
    if abs(red_then - red) < _NOTABLE_HOURS:
        return lang.t("{zone} goes from {before} to {after} busy hours", **values)
    if abs(busy_then - busy) < _NOTABLE_HOURS:
        return lang.t("{zone} goes from {red_before} to {red_after} hours that are too busy", zone=zone, **worse)
    return lang.t(
        "{zone} goes from {before} to {after} busy hours, of which too busy from {red_before} to {red_after}",
        **values,
        **worse,
    )


def _total(variant: Variant, base: Variant, lang: Language) -> str:
    """Say how the number of people in all places changes, where no single place stands out."""
    one, other = (float(np.nansum(v.forecast.median)) for v in (base, variant))
    percent = round((other / one - 1) * 100) if one else 0
    if percent == 0:
        return lang.t("no place gets clearly busier or quieter")
    if percent > 0:
        return lang.t("over the whole week {n}% more people, but hardly more busy hours", n=percent)
    return lang.t("over the whole week {n}% fewer people, but hardly fewer busy hours", n=-percent)


def _names(zone_ids: list[str], area: Area, lang: Language) -> str:
    names = [area.zone(zone_id).name(lang) for zone_id in zone_ids]
    if len(names) <= _NAMED + 1:
        return joined(names, lang)
    rest = lang.n("1 other place", "{n} other places", len(names) - _NAMED)
    return joined([*names[:_NAMED], rest], lang)


def _name(row: int, area: Area, variant: Variant, lang: Language) -> str:
    return area.zone(variant.forecast.zone_ids[row]).name(lang)


def _hours(hours: float, lang: Language) -> str:
    return lang.number(round(hours))
