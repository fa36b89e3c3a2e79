"""What Today says first: what is worst and when, one's own place, this hour, and the week beside a normal one."""

from datetime import datetime

import numpy as np
import pandas as pd

from forecasting.meaning.busy import BusyMoment, busy_moments, chance_of_reaching
from forecasting.meaning.week_hours import week_hours
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import LEVELS, Level
from language.plain import chance
from visuals.base.outlook import Outlook
from visuals.words.amounts import Comparison, comparison, no_forecast, scenario_mark, times, unmarked
from visuals.words.claim_words import chance_of, claim, hours_claims, said
from visuals.words.hours import capitalised
from visuals.words.level_words import SERIOUS, levels_words, places_words
from visuals.words.rests_on import rests_at
from visuals.words.sentences import headline, level_sentence


def lead(outlook: Outlook) -> str:
    """Return the headline for a page that has said its marks once, above it; that it is a scenario stands in it too."""
    forecast, lang = outlook.forecast, outlook.lang
    found = unmarked(headline(outlook), forecast, lang)
    what_if = scenario_mark(forecast, lang)
    return f"{what_if} · {found}" if what_if else found


def lead_hours(outlook: Outlook) -> str:
    """Return the day of the headline with its date, and which hours have which level; empty when nowhere is busy."""
    lang, moments = outlook.lang, busy_moments(outlook.forecast, outlook.thresholds)
    if not moments:
        return ""
    day = lang.date(moments[0].start.date(), "EEEE d MMMM")
    return capitalised(lang.t("{day}: {levels}.", day=day, levels=_levels_said(outlook, moments[0])))


def place_sentences(outlook: Outlook, zone_id: str) -> list[str]:
    """Say of one place, day by day, when it gets busy this week and how likely that is; else that it does not."""
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    hours = week_hours(forecast)
    if np.isnan(forecast.median[forecast.zone_ids.index(zone_id), hours]).all():
        return [no_forecast(forecast, outlook.area, zone_id, lang)]
    here = [moment for moment in busy_moments(forecast, thresholds) if moment.zone_id == zone_id]
    found = [
        lang.t(
            "{day}: {levels}, chance {chance}.",
            day=lang.date(moment.start.date(), "EEEE d MMMM"),
            levels=_levels_said(outlook, moment),
            chance=chance(moment.chance_of_level, lang),
        )
        for moment in sorted(here, key=lambda moment: moment.first)
    ]
    if not found:
        calm = said(
            lang.t(
                "It is not expected to get busy there. The chance of at least one busy hour, the whole week: {chance}.",
                chance=chance_of(claim(outlook, "chance", [zone_id], hours, "orange"), lang),
            ),
            claim(outlook, "at most", [zone_id], hours, "yellow"),
        )
        found = [calm]
    rest = rests_at(forecast, outlook.area, zone_id, lang)
    return [capitalised(sentence) for sentence in (*found, *filter(None, [rest]))]


def _levels_said(outlook: Outlook, moment: BusyMoment) -> str:
    """Say which hours of a busy moment have which level."""
    return said(levels_words(moment.levels, outlook.lang), hours_claims(outlook, moment.zone_id, moment.levels))


def now_sentence(outlook: Outlook, zone_id: str, now: datetime) -> str:
    """Say how busy one place is expected to be in this hour (``now``, aware), beside a normal day.

    Empty where the forecast is not of the week that comes, or this hour is not in it.
    """
    forecast = outlook.forecast
    hour = pd.Timestamp(now).tz_convert("UTC").floor("h")
    if not forecast.timing.now or hour not in forecast.hours:
        return ""
    index = int(forecast.hours.searchsorted(hour))
    return level_sentence(outlook, zone_id=zone_id, hour_index=index)


def hour_headline(outlook: Outlook, *, hour_index: int, quantile: float = 0.5) -> str:
    """Say where it is worst in one hour and at how many other places it is busy, at a ``quantile`` of the forecast."""
    forecast, lang = outlook.forecast, outlook.lang
    counts = forecast.quantile(quantile)[:, hour_index]
    if np.isnan(counts).all():
        return lang.t("Nothing is known of this hour.")
    at: dict[Level, list[str]] = {}
    for zone_id in worst_first(outlook, counts, hour_index):
        at.setdefault(outlook.thresholds.level(zone_id, float(counts[forecast.zone_ids.index(zone_id)])), []).append(
            zone_id
        )
    hour = np.array([hour_index])
    claims = [
        claim(outlook, "level", zone_ids, hour, level, quantile=quantile)
        for level, zone_ids in at.items()
        if level != "green"
    ]
    serious = {
        level: [outlook.area.zone(zone_id).name(lang) for zone_id in at[level]] for level in SERIOUS if level in at
    }
    if serious:
        return said(capitalised(lang.t("{places}.", places=places_words(serious, lang))), claims)
    known = [zone_id for zone_ids in at.values() for zone_id in zone_ids]
    worst: Level = "yellow" if "yellow" in at else "green"
    calm = claim(outlook, "at most", known, hour, worst, quantile=quantile)
    if worst == "green":
        return said(lang.t("Quiet everywhere."), calm)
    lively = lang.n("Lively at {n} place, busy nowhere.", "Lively at {n} places, busy nowhere.", len(at["yellow"]))
    return said(lively, claims, calm)


def worst_place(outlook: Outlook, *, hour_index: int) -> str:
    """Return the zone that is worst in one hour: the highest level, and of these the likeliest to reach it.

    Where nothing is known of the hour, the first zone.
    """
    counts = outlook.forecast.median[:, hour_index]
    return next(iter(worst_first(outlook, counts, hour_index)), outlook.forecast.zone_ids[0])


def worst_first(outlook: Outlook, counts: Floats, hour_index: int) -> list[str]:
    """Return the zones of which ``counts`` of an hour are known, the worst first, in the order of busy moments: by
    level, by the chance of that level in tenths, and by how full it is."""
    forecast, thresholds = outlook.forecast, outlook.thresholds
    hour = np.array([hour_index])
    known = {zone_id: float(count) for zone_id, count in zip(forecast.zone_ids, counts, strict=True)}

    def badness(zone_id: str) -> tuple[int, float, float]:
        count, limits = known[zone_id], thresholds.zones[zone_id]
        level = thresholds.level(zone_id, count)
        reached = {"red": limits.red, "orange": limits.orange}.get(level, limits.yellow)
        likely = round(chance_of_reaching(forecast, zone_id, hour, reached), 1)
        return LEVELS.index(level), likely, count / limits.orange

    return sorted((zone_id for zone_id in known if not np.isnan(known[zone_id])), key=badness, reverse=True)


def compared_week(outlook: Outlook) -> str:
    """Compare the week, all places and hours together, with a normal one; empty where no normal week is known."""
    forecast, lang = outlook.forecast, outlook.lang
    total = claim(outlook, "total", forecast.zone_ids, week_hours(forecast))
    if total is None or total.factor is None:
        return ""
    texts: dict[Comparison, str] = {
        "far fewer": lang.t("Taken together, the week is much quieter than a normal week."),
        "half": lang.t("Taken together, the week is about half as busy as a normal week."),
        "quieter": lang.t("Taken together, the week is quieter than a normal week."),
        "bit quieter": lang.t("Taken together, the week is a bit quieter than a normal week."),
        "same": lang.t("Taken together, the week is about as busy as a normal week."),
        "bit busier": lang.t("Taken together, the week is a bit busier than a normal week."),
        "busier": lang.t("Taken together, the week is busier than a normal week."),
        "half more": lang.t("Taken together, the week is about one and a half times as busy as a normal week."),
        "nearly twice": lang.t("Taken together, the week is nearly twice as busy as a normal week."),
        "times": lang.t(
            "Taken together, the week is about {times} times as busy as a normal week.",
            times=times(total.factor, lang),
        ),
    }
    return said(texts[comparison(total.factor)], total)
