"""On how many days of counts a forecast rests, where these are few: then its margins are wide."""

from collections.abc import Mapping
from typing import Final

from data.area.area import Area
from forecasting.values.forecast import Forecast
from forecasting.values.rests import rests
from language import Language
from language.plain import joined
from language.said import tells, together
from visuals.words.timing_words import made_sentence

_NAMED: Final = 3
"""More places than this are counted."""

_WEEK: Final = 7
_MONTH: Final = 30.44
_WEEKS_UNTIL: Final = 56
"""Until so many days people count weeks."""


@tells("count")
def rests_sentences(forecast: Forecast, area: Area, lang: Language) -> list[str]:
    """Say of the whole area where history is short and which places are new; empty where nothing is, or unknown."""
    days = dict(zip(forecast.zone_ids, forecast.known_days, strict=False))
    short = {zone_id: known for zone_id, known in days.items() if rests(known) == "short"}
    new = {zone_id: known for zone_id, known in days.items() if rests(known) == "new"}
    enough = any(rests(known) == "enough" for known in days.values())
    said = []
    if short and not enough:
        said.append(
            lang.t(
                "The forecast rests on {amount} of counts: expect wider margins.",
                amount=_from_to(min(short.values()), max(short.values()), lang),
            )
        )
    elif short:
        places = _named(short, area, lang)
        said.append(lang.t("Not counted for a year yet: {places}. Expect wider margins there.", places=places))
    if new:
        said.append(
            lang.t(
                "New, so the forecast only knows the usual pattern of some weeks: {places}.",
                places=_named(new, area, lang),
            )
        )
    return said


@tells("count")
def rests_at(forecast: Forecast, area: Area, zone_id: str, lang: Language) -> str:
    """Say of one place that its history is short or new; empty where it is not, or nothing is known of that."""
    days = dict(zip(forecast.zone_ids, forecast.known_days, strict=False)).get(zone_id, 0)
    values = {"zone": area.zone(zone_id).name(lang), "amount": amount(days, lang)}
    kind = rests(days)
    if kind == "new":
        return lang.t("{zone} is new here: counted for {amount}. Expect even wider margins.", **values)
    if kind == "short":
        return lang.t("At {zone} the forecast rests on {amount} of counts: expect wider margins.", **values)
    return ""


def origin_sentences(forecast: Forecast, area: Area, lang: Language) -> str:
    """Say when a forecast was made, and where it rests on few counts."""
    return together([made_sentence(forecast, lang), *rests_sentences(forecast, area, lang)])


def rests_text(forecast: Forecast, area: Area, lang: Language) -> str:
    """Return the sentences of the whole area as one text, often an empty one."""
    return together(rests_sentences(forecast, area, lang))


@tells("count")
def amount(days: int, lang: Language) -> str:
    """Say so many days as people count them: '10 days', '5 weeks', '6 months'."""
    if days < 2 * _WEEK:
        return lang.n("{n} day", "{n} days", days)
    if days < _WEEKS_UNTIL:
        return lang.n("{n} week", "{n} weeks", days // _WEEK)
    return lang.n("{n} month", "{n} months", _months(days))


def _months(days: int) -> int:
    """Return days as months; what is called short is never called a year."""
    return min(round(days / _MONTH), 11)


def _from_to(least: int, most: int, lang: Language) -> str:
    if _months(least) == _months(most):
        return amount(least, lang)
    return lang.t("{first} to {amount}", first=_months(least), amount=amount(most, lang))


@tells("count")
def _named(days: Mapping[str, int], area: Area, lang: Language) -> str:
    """Name the places with how long each was counted, the shortest first; many are counted."""
    ordered = sorted(days, key=lambda zone_id: days[zone_id])
    names = [f"{area.zone(zone_id).name(lang)} ({amount(days[zone_id], lang)})" for zone_id in ordered[:_NAMED]]
    if len(ordered) > _NAMED:
        names.append(lang.n("{n} other place", "{n} other places", len(ordered) - _NAMED))
    return joined(names, lang)
