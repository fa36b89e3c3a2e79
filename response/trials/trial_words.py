"""A trial in plain words: what is asked, how the days were drawn, what came of it, and what was broken off."""

from collections.abc import Sequence
from datetime import date
from math import expm1

from data.area.area import Area
from language import Language
from language.plain import joined
from language.said import fact
from response.effects.effect_words import LEFT, chance_words
from response.trials.plan import Plan
from response.trials.running import Result, Trial


def plan_sentences(plan: Plan, area: Area, card: str, lang: Language) -> list[str]:
    """Say what is tried, where, on how many days, what counts as enough, when it stops, and who agreed."""
    places = joined([area.zone(zone).name(lang) if zone in area.zone_ids else zone for zone in plan.zones], lang)
    said = [
        lang.t(
            "On half of {count} days we do this: {card}. On the other days we do not. Places: {places}.",
            count=fact(len(plan.days), "action"),
            card=fact(card, "card"),
            places=fact(places, "area"),
        ),
        lang.t(
            "We look at how many people are there. A difference of {percent}% or more matters to us.",
            percent=fact(round(100 * plan.matters), "action"),
        ),
        lang.t("It stops early when: {stop}", stop=fact(plan.stop, "action")),
        lang.t("Who agreed to it: {who}", who=fact(plan.agreed, "action")),
    ]
    if plan.needed is not None:
        said.append(
            lang.n(
                "Worked out beforehand: one day of each kind is needed to see that.",
                "Worked out beforehand: {n} days of each kind are needed to see that.",
                plan.needed,
            )
        )
    return said


def lots_sentence(plan: Plan, lang: Language) -> str:
    """Say how the days were drawn, so that anybody can do it again."""
    first = plan.days[0].isoformat()
    return lang.t(
        "The days are drawn by lot with the number {seed}. The lot of a day is the SHA-256 of that number, a slash and "
        "the day, such as '{example}'. The half with the lowest lots is on. So anybody can check it.",
        seed=fact(plan.seed, "action"),
        example=fact(f"{plan.seed}/{first}", "action"),
    )


def result_sentences(found: Result, lang: Language) -> list[str]:
    """Say what came of a trial, whatever it is, with what is still to come and what does not count."""
    said = [_verdict(found, lang)]
    if found.to_come:
        said.append(lang.n("One day is still to come.", "{n} days are still to come.", found.to_come))
    if found.broken:
        days = joined([lang.date(day, "d MMM y") for day in found.broken], lang)
        said.append(lang.t("Broken off: {days}. They count as they were drawn.", days=fact(days, "action")))
    if found.kept is not None:
        said.append(
            lang.t(
                "Without those days it would be: {percent}.",
                percent=fact(_percent(expm1(found.kept.effect), lang), "action"),
            )
        )
    for day, why in found.left:
        said.append(
            lang.t(
                "Does not count: {day} ({why}).", day=fact(lang.date(day, "d MMM y"), "action"), why=lang.t(LEFT[why])
            )
        )
    return said


def _verdict(found: Result, lang: Language) -> str:
    one = found.estimate
    if one is None:
        return lang.t("There are not enough days yet to say anything.")
    if not one.found:
        return lang.t(
            "No difference was seen that chance does not give as well ({percent} of 100 cases).",
            percent=fact(chance_words(one.p, lang), "action"),
        )
    low, high = sorted((abs(round(100 * expm1(one.low))), abs(round(100 * expm1(one.high)))))
    values = {
        "effect": fact(abs(round(100 * expm1(one.effect))), "action"),
        "low": fact(low, "action"),
        "high": fact(high, "action"),
        "percent": fact(chance_words(one.p, lang), "action"),
    }
    if one.effect < 0:
        return lang.t(
            "With it, it was about {effect}% less busy ({low} to {high}%). "
            "Chance gives as much in {percent} of 100 cases.",
            **values,
        )
    return lang.t(
        "With it, it was about {effect}% busier ({low} to {high}%). Chance gives as much in {percent} of 100 cases.",
        **values,
    )


def day_words(trial: Trial, day: date, red: Sequence[date], lang: Language) -> str:
    """Say of a day whether it is on, off, broken off or too red."""
    if any(one.day == day.isoformat() for one in trial.breaks):
        return lang.t("broken off")
    if day in red:
        return lang.t("left out: chance of red")
    return lang.t("with") if day in trial.plan.on else lang.t("without")


def _percent(share: float, lang: Language) -> str:
    return (
        lang.t("{percent}% more", percent=round(100 * share))
        if share > 0
        else lang.t("{percent}% less", percent=abs(round(100 * share)))
    )
