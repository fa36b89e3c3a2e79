"""What a scenario does, in a sentence or two: 'With rain: The Pier stays quiet; Keizerstraat does not change.'"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.meaning.alternatives import UNLIKELY
from forecasting.meaning.busy import ORANGE, RED, chance_of_reaching
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim
from forecasting.meaning.variants import Variant, expected_hours
from forecasting.values.arrays import Floats, Indices
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import LEVELS, Level, Thresholds
from language import Language
from language.plain import about, joined
from language.said import together
from visuals.base.outlook import Outlook
from visuals.base.palette import word
from visuals.words.claim_words import said
from visuals.words.hours import capitalised, clock, weekday

_NAMED: Final = 2
_NOTABLE_HOURS: Final = 1.0
"""A place whose busy hours change by less than this is not named for it."""

_SAME_SHARE: Final = 0.03
"""A place of which no hour's people change by more than this share does not change."""


def effect_sentence(variant: Variant, base: Variant, outlook: Outlook, *, key: str = "") -> str:
    """Say what ``variant`` does against ``base``: first at the places that it changes, then where else it does most.

    A place that it changes is one with an event or closed. Others stay quiet, change most, or do not change.
    """
    area, thresholds, lang = outlook.area, outlook.thresholds, outlook.lang
    found = _effects(variant, base, thresholds, key)
    clauses = [_touched_place(variant, base, thresholds, one, area, lang) for one in found.touched]
    if found.calmer:
        clauses.append(
            lang.n(
                "{zones} stays {level}",
                "{zones} stay {level}",
                len(found.calmer),
                zones=said(_names(found.calmer, area, lang), _stays_quiet(variant, thresholds, found.calmer)),
                level=word("green", lang),
            )
        )
    for row in found.moved[:_NAMED]:
        clauses.append(_moved(found, row, variant, base, area, thresholds, lang))
    if found.same:
        zones = said(_names(found.same, area, lang), [_unchanged(variant, base, thresholds, one) for one in found.same])
        clauses.append(lang.n("{zones} does not change", "{zones} do not change", len(found.same), zones=zones))
    if not found.touched and not found.calmer and not found.moved:
        clauses.insert(0, _total(variant, base, lang))
    what = variant.what or variant.name
    return lang.t("With {what}: {clauses}.", what=what, clauses=together(clauses, "; "))


def hours_message(
    variants: Sequence[Variant], area: Area, thresholds: Thresholds, lang: Language, *, level: Level, key: str = ""
) -> str:
    """Say which place's hours at a level change most, as the title of the chart."""
    if len(variants) == 1:
        return lang.t("Hours we expect to be {level} or worse", level=word(level, lang))
    hours = np.nan_to_num([expected_hours(variant.forecast, thresholds, level, key)[0] for variant in variants])
    change = hours - hours[0]
    number, row = np.unravel_index(int(np.abs(change).argmax()), change.shape)
    changed, zone_id = variants[int(number)], variants[0].forecast.zone_ids[int(row)]
    claims = [_hours_claim(variant, thresholds, zone_id, level) for variant in (variants[0], changed)]
    if abs(change[number, row]) < _NOTABLE_HOURS:
        return lang.t("The number of hours that are {level} hardly changes", level=said(word(level, lang), claims))
    return capitalised(
        lang.t(
            "{zone}: from {before} to {after} hours {level} or worse, with {variant}",
            zone=area.zone(zone_id).name(lang),
            before=said(_hours(float(hours[0, row]), lang), claims),
            after=_hours(float(hours[number, row]), lang),
            level=word(level, lang),
            variant=changed.name,
        )
    )


@dataclass(frozen=True)
class _Touched:
    """A place that a scenario changes, and the hours (indices) in which it does."""

    zone_id: str
    hours: Indices


@dataclass(frozen=True)
class _Effects:
    """``touched``: the places that the scenario changes; ``calmer``: zone ids that stay green and would not have;
    ``moved``: rows by how much their hours at a serious level change; ``same``: zone ids that do not change.
    ``before``, ``after``: hours (median) of each zone at orange or worse, and at red (2 × Z)."""

    touched: list[_Touched]
    calmer: list[str]
    moved: list[int]
    same: list[str]
    before: Floats
    after: Floats


def _effects(variant: Variant, base: Variant, thresholds: Thresholds, key: str) -> _Effects:
    one, other = base.forecast, variant.forecast
    before, after = (
        np.nan_to_num([expected_hours(f, thresholds, LEVELS[level], key)[0] for level in (ORANGE, RED)])
        for f in (one, other)
    )
    touched = list(_touched(variant))
    told = np.isin(one.zone_ids, [place.zone_id for place in touched])
    highest = [f.levels(thresholds).max(axis=1) for f in (one, other)]
    calm = (highest[1] == 0) & (highest[0] > 0) & (after[0] == 0) & (_chances(variant, thresholds) < UNLIKELY) & ~told
    change = np.abs(np.nan_to_num(other.median) - np.nan_to_num(one.median)).max(axis=1)
    still = (change <= _SAME_SHARE * np.nan_to_num(one.median).max(axis=1)) & ~told
    known = ~np.isnan(one.median).all(axis=1)
    moves = np.abs(after - before).max(axis=0)
    still &= moves < _NOTABLE_HOURS
    moved = [int(row) for row in np.argsort(-moves) if moves[row] >= _NOTABLE_HOURS and not (calm | told)[row]]
    ids = np.array(one.zone_ids, dtype=object)
    return _Effects(touched, list(ids[calm & known]), moved, list(ids[still & known]), before, after)


def _touched(variant: Variant) -> Iterator[_Touched]:
    """Yield the places with an event or closed in a scenario, each once, with the hours of it that are forecast."""
    forecast = variant.forecast
    if not forecast.scenario:
        return
    scenario = Scenario.decode(forecast.scenario)
    flags: dict[str, Indices] = {}
    periods = [(event.zone_id, event.start, event.end) for event in scenario.events]
    for zone_id, start, end in [*periods, *((item.zone_id, item.start, item.end) for item in scenario.closures)]:
        if zone_id in forecast.zone_ids:
            first, last = (pd.Timestamp(_aware(moment, forecast.tz)) for moment in (start, end))
            inside = np.flatnonzero((forecast.local_hours >= first.floor("h")) & (forecast.local_hours < last))
            flags[zone_id] = np.union1d(flags.get(zone_id, inside), inside)
    for zone_id, hours in flags.items():
        known = hours[np.isfinite(forecast.median[forecast.zone_ids.index(zone_id), hours])]
        if len(known):
            yield _Touched(zone_id, known)


def _aware(moment: datetime, tz: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)


def _touched_place(
    variant: Variant, base: Variant, thresholds: Thresholds, place: _Touched, area: Area, lang: Language
) -> str:
    """Say what happens at a place that the scenario changes, in the hour that changes most."""
    row, hours = base.forecast.zone_ids.index(place.zone_id), place.hours
    old, new = (one.forecast.median[row, hours] for one in (base, variant))
    at = int(np.nan_to_num(np.abs(new - old)).argmax())
    moment = base.forecast.local_hours[hours[at]]
    claim = claimed("compared", variant.forecast, thresholds, [place.zone_id], hours[at : at + 1], base=base.forecast)
    return lang.t(
        "{zone} goes from {old} to {new} on {day} at {hour}",
        zone=said(area.zone(place.zone_id).name(lang), claim),
        old=about(float(old[at]), lang),
        new=about(float(new[at]), lang),
        day=weekday(moment.date(), lang),
        hour=clock(moment.hour, lang),
    )


def _unchanged(variant: Variant, base: Variant, thresholds: Thresholds, zone_id: str) -> Claim | None:
    """Return the comparison in the hour that changes most at a place that is said not to change."""
    row = base.forecast.zone_ids.index(zone_id)
    hour = int(np.nan_to_num(np.abs(variant.forecast.median[row] - base.forecast.median[row])).argmax())
    return claimed("compared", variant.forecast, thresholds, [zone_id], np.array([hour]), base=base.forecast)


def _chances(variant: Variant, thresholds: Thresholds) -> Floats:
    """Return each zone's chance of getting busy in the whole week."""
    forecast, hours = variant.forecast, np.arange(len(variant.forecast.hours))
    return np.array(
        [chance_of_reaching(forecast, zone, hours, thresholds.zones[zone].orange) for zone in forecast.zone_ids]
    )


def _stays_quiet(variant: Variant, thresholds: Thresholds, zone_ids: list[str]) -> Claim | None:
    hours = np.arange(len(variant.forecast.hours))
    return claimed("at most", variant.forecast, thresholds, zone_ids, hours, level="green")


def _hours_claim(variant: Variant, thresholds: Thresholds, zone_id: str, level: Level) -> Claim | None:
    hours = np.arange(len(variant.forecast.hours))
    return claimed("hours", variant.forecast, thresholds, [zone_id], hours, level=level)


def _moved(
    found: _Effects, row: int, variant: Variant, base: Variant, area: Area, thresholds: Thresholds, lang: Language
) -> str:
    """Say how many hours of a place are too busy and how many busy, before and after, as far as that changes."""
    (busy, red), (busy_then, red_then) = found.before[:, row], found.after[:, row]
    zone_id = variant.forecast.zone_ids[row]
    named = {
        level: said(
            area.zone(zone_id).name(lang),
            [_hours_claim(one, thresholds, zone_id, level) for one in (base, variant)],
        )
        for level in (LEVELS[ORANGE], LEVELS[RED])
    }
    values = {"zone": named["orange"], "before": _hours(busy, lang), "after": _hours(busy_then, lang)}
    worse = {"red_before": said(_hours(red, lang), named["red"].claims), "red_after": _hours(red_then, lang)}
    if abs(red_then - red) < _NOTABLE_HOURS:
        return lang.t("{zone} goes from {before} to {after} busy hours", **values)
    if abs(busy_then - busy) < _NOTABLE_HOURS:
        return lang.t(
            "{zone} goes from {red_before} to {red_after} hours that are too busy", zone=named["red"], **worse
        )
    return lang.t(
        "{zone} goes from {before} to {after} busy hours, of which too busy from {red_before} to {red_after}",
        **values,
        **worse,
    )


def _total(variant: Variant, base: Variant, lang: Language) -> str:
    """Say how the number of people in all places changes, where no single place stands out."""
    forecast, hours = variant.forecast, np.arange(len(variant.forecast.hours))
    total = claimed("total", forecast, None, forecast.zone_ids, hours, base=base.forecast)
    percent = 0 if total is None or total.factor is None else round((total.factor - 1) * 100)
    if percent == 0:
        return lang.t("no place gets clearly busier or quieter")
    if percent > 0:
        return lang.t("over the whole week {n}% more people, but hardly more busy hours", n=said(str(percent), total))
    return lang.t("over the whole week {n}% fewer people, but hardly fewer busy hours", n=said(str(-percent), total))


def _names(zone_ids: list[str], area: Area, lang: Language) -> str:
    names = [area.zone(zone_id).name(lang) for zone_id in zone_ids]
    if len(names) <= _NAMED + 1:
        return joined(names, lang)
    rest = lang.n("1 other place", "{n} other places", len(names) - _NAMED)
    return joined([*names[:_NAMED], rest], lang)


def _hours(hours: float, lang: Language) -> str:
    return lang.number(round(hours))
