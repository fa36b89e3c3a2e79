"""What is known of an effect, in words: for the page, the command line and files."""

from datetime import date
from math import expm1

from data.area.area import Area
from data.area.effects import EffectDecision
from language import Language, message_id
from language.plain import joined
from language.said import fact, together
from response.cards.card import Playbook
from response.effects.days import Left
from response.effects.finding import Finding

LEFT: dict[Left, str] = {
    "no forecast": message_id("no forecast of that day was kept"),
    "after the decision": message_id("the forecast was made after it was decided"),
    "no counts": message_id("the counts of that day never came, or only in part"),
    "other places": message_id("it was done at other places"),
    "other hours": message_id("it was done in another part of the day"),
    "another measure": message_id("something else was done that day"),
    "too few": message_id("too few people were there"),
    "too red": message_id("the chance of red was 1 in 10 or more"),
}


def card_title(found: Finding, playbook: Playbook, lang: Language) -> str:
    """Return what the card is called; its id when it is not in the playbook any more."""
    card = playbook.card(found.card)
    return fact(card.name(lang) if card else found.card, "card")


def verdict(found: Finding, lang: Language) -> str:
    """Say in a sentence what is known of an effect, or how long it takes to know it."""
    shares, days = found.shares, lang.n("one day", "{n} days", len(found.treated))
    if found.state == "unknown" or shares is None:
        return _unknown(found, lang)
    effect, low, high = (round(100 * abs(one)) for one in shares)
    if found.state == "hardly":
        return lang.t(
            "Hardly any difference from what was expected: less than {most}%, {days}.",
            most=fact(max(low, high), "action"),
            days=fact(days, "action"),
        )
    values = {
        "effect": fact(effect, "action"),
        "low": fact(min(low, high), "action"),
        "high": fact(max(low, high), "action"),
        "days": fact(days, "action"),
    }
    if found.state == "less":
        return lang.t("Less busy than expected: about {effect}% ({low} to {high}%), {days}.", **values)
    return lang.t("Busier than expected: about {effect}% ({low} to {high}%), {days}.", **values)


def _unknown(found: Finding, lang: Language) -> str:
    if found.needed is None:
        return lang.t("We do not know this yet. The days differ too much among each other to see it within a year.")
    if found.needed == 0:
        return lang.t("We do not know this yet: what we saw may be chance.")
    return lang.n(
        "We do not know this yet; about one more day is needed.",
        "We do not know this yet; about {n} more days are needed.",
        found.needed,
    )


def chance_words(p: float, lang: Language) -> str:
    """Return of 100 cases how many ``p`` is; what would round to none at all is said to be fewer than 0.1."""
    if round(100 * p, 1) > 0:
        return lang.number(100 * p, 1)
    return lang.t("fewer than {number}", number=lang.number(0.1, 1))


def grounds(found: Finding, area: Area, lang: Language) -> list[str]:
    """Say what a verdict rests on: places, days with and without it, chance, and what could have been seen at all."""
    one = found.estimate
    names = joined([area.zone(zone).name(lang) if zone in area.zone_ids else zone for zone in found.zones], lang)
    said = [
        lang.t(
            "At {places}. Days with it: {treated}. Days without it, with a forecast as busy: {others}.",
            places=fact(names, "area"),
            treated=fact(len(found.treated), "action"),
            others=fact(len(found.days) - len(found.treated), "action"),
        )
    ]
    if one is not None and found.smallest_seen is not None:
        said += [
            lang.t(
                "Chance alone shows as much in {percent} of 100 cases.",
                percent=fact(chance_words(one.p, lang), "action"),
            ),
            lang.t(
                "With so many days we see effects of about {percent}% or more in 8 out of 10 cases.",
                percent=fact(round(100 * found.smallest_seen), "action"),
            ),
        ]
        if one.found and not one.steady:
            said.append(lang.t("Leave out one day, and the outcome turns around: it rests on a single day."))
    if found.neighbours is not None:
        said.append(_neighbours(found, area, lang))
    if found.left:
        said.append(_left_out(found, lang))
    return said


def _neighbours(found: Finding, area: Area, lang: Language) -> str:
    one = found.neighbours
    assert one is not None
    names = joined([area.zone(zone).name(lang) for zone in found.neighbour_zones if zone in area.zone_ids], lang)
    where = fact(names, "area")
    share = fact(round(100 * abs(_share(one.effect))), "action")
    if not one.found:
        return lang.t(
            "Where people were shown to, {places}, we see no difference that chance does not give.", places=where
        )
    if one.effect > 0:
        return lang.t(
            "Where people were shown to, {places}, it got about {percent}% busier.", places=where, percent=share
        )
    return lang.t(
        "Where people were shown to, {places}, it got about {percent}% less busy.", places=where, percent=share
    )


def _left_out(found: Finding, lang: Language) -> str:
    by_reason: dict[Left, list[date]] = {}
    for day, why in found.left:
        by_reason.setdefault(why, []).append(day)
    said = [
        lang.t(
            "Left out: {days} ({why}).",
            days=fact(joined([lang.date(day, "d MMM y") for day in days], lang), "action"),
            why=lang.t(LEFT[why]),
        )
        for why, days in by_reason.items()
    ]
    return together(said)


def adopted_sentence(decision: EffectDecision, lang: Language) -> str:
    """Say who adopted an effect and why."""
    return lang.t(
        "Adopted for use by {body} on {on}: {why}",
        body=decision.body,
        on=lang.date(decision.at.date(), "d MMM y"),
        why=decision.reason,
    )


def _share(value: float) -> float:

    return expm1(value)
