"""What kinds, bases, effects and classes of rates are called, and what the outcome of a case means in a sentence."""

from data.area.effects import MeasuredEffect
from language import Language
from response.costs.case import Basis, Case, Effect, Kind, RateClass
from response.costs.outcome import Double, Range


def kind_name(kind: Kind, lang: Language) -> str:
    """Return what a kind of item is called."""
    names: dict[Kind, str] = {"cost": lang.t("cost"), "benefit": lang.t("benefit"), "transfer": lang.t("transfer")}
    return names[kind]


def basis_name(basis: Basis, lang: Language) -> str:
    """Return whether an amount is assumed or measured."""
    return lang.t("assumed") if basis == "assumed" else lang.t("measured")


def measured_words(effect: MeasuredEffect, lang: Language) -> str:
    """Say of how many days the effect is that an amount rests on; of the practice world that too."""
    said = lang.n("measured, on {n} day", "measured, on {n} days", effect.days)
    return f"{said} ({lang.t('DEMO DATA')})" if effect.practice else said


def effect_name(effect: Effect, lang: Language) -> str:
    """Return what it is called that an amount values."""
    names: dict[Effect, str] = {
        "work": lang.t("working time"),
        "technology": lang.t("technology and data"),
        "staff": lang.t("staff in the street"),
        "time": lang.t("waiting and travelling time"),
        "safety": lang.t("safety"),
        "comfort": lang.t("comfort and quiet"),
        "turnover": lang.t("turnover"),
        "property": lang.t("value of houses and shops"),
        "information": lang.t("knowing beforehand"),
        "other": lang.t("something else"),
    }
    return names[effect]


def rate_name(of: RateClass, lang: Language) -> str:
    """Return what a class of rates is called."""
    names: dict[RateClass, str] = {
        "standard": lang.t("usual rate"),
        "fixed": lang.t("rate of fixed costs"),
        "exception": lang.t("rate of the second exception (look it up first)"),
    }
    return names[of]


def percent(value: float, lang: Language) -> str:
    """Write a percentage with as many decimals as it has, at most two."""
    decimals = next(n for n in (0, 1, 2) if n == 2 or round(value, n) == round(value, 2))
    return lang.t("{n}%", n=lang.number(value, decimals))


def double_sentence(double: Double, lang: Language) -> str:
    """Say why two items may count the same thing."""
    names = {"first": double.first.name(lang), "second": double.second.name(lang)}
    if double.why == "transfer":
        return lang.t(
            "'{first}' and '{second}' have the same amounts. If one party pays them to the other, make it a transfer.",
            **names,
        )
    if double.why == "passed on":
        return lang.t(
            "'{first}' and '{second}' may be the same gain, passed on from one to the other. Count it once.", **names
        )
    return lang.t("'{first}' and '{second}' value the same thing in the same years. Count it once.", **names)


def meaning(net: Range, case: Case, lang: Language) -> str:
    """Say what a case comes to, without a figure: whether it brings more than it costs, and whether that is sure."""
    if not any(item.amounts for item in case.items):
        return lang.t("Nobody filled in yet what this costs and brings.")
    if net.low >= 0 and net.expected > 0:
        return lang.t("It brings more than it costs, even when all goes badly.")
    if net.high <= 0 and net.expected < 0:
        return lang.t("It costs more than it brings in money, even when all goes well.")
    if net.expected >= 0:
        return lang.t("We expect that it brings at least what it costs. When all goes badly, it costs more.")
    return lang.t("We expect that it costs more than it brings in money. When all goes well, it brings more.")
