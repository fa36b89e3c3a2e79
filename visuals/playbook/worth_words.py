"""When warning is worth it, for professionals: what a year of forecasts says of a trigger, in words and as a table."""

from collections.abc import Sequence
from math import isfinite

import pandas as pd

from feedback.contributions.naming import role_name
from feedback.sessions.rounds.needless import RoleGroup
from forecasting.evaluation.economic_value import Outcomes, Worth
from language import Language
from language.said import fact, tells


def share_words(value: float, lang: Language) -> str:
    """Return a relative value as a share of what perfect foresight would save; a dash where there is none."""
    return f"{lang.number(100 * value)}%" if isfinite(value) else "–"


@tells("test")
def tip_words(times: int, worth: Worth, lang: Language) -> str:
    """Say what one dot of the chart shows."""
    return f"{lang.n('once for nothing', '{n} times for nothing', times)}: {share_words(worth.value, lang)}"


@tells("test")
def worth_message(curve: Sequence[tuple[int, Worth]], lang: Language) -> str:
    """Say for whom warnings were worth it: those for whom also the low end of the range lies above nothing."""
    if not any(isfinite(one.value) for _, one in curve):
        return lang.t("It never came in this year, or every day: nothing can be said of what warning is worth.")
    paid = [times for times, one in curve if one.low > 0]
    if not paid:
        return lang.t("Of no warning of this card is it certain that it was worth it this year.")
    if paid[0] == paid[-1]:
        return lang.n(
            "Warning was worth it to people who accept {n} time for nothing",
            "Warning was worth it to people who accept {n} times for nothing",
            paid[0],
        )
    return lang.t(
        "Warning was worth it to people who accept {first} to {last} times for nothing", first=paid[0], last=paid[-1]
    )


@tells("test")
def account_sentences(worth: Worth, lang: Language) -> list[str]:
    """Say what would have happened in the year to who acts from the chance on that fits what they accept."""
    found = worth.outcomes
    return [
        lang.t(
            "In {days} days it came {came} times: {hits} times with a warning, {misses} times without. {nothing} "
            "warnings were for nothing.",
            days=lang.number(found.days),
            came=lang.number(found.came),
            hits=lang.number(found.hits),
            misses=lang.number(found.misses),
            nothing=lang.number(found.false_alarms),
        ),
        lang.t(
            "Always acting is for nothing {always} times. Never acting misses {never} times.",
            always=lang.number(found.days - found.came),
            never=lang.number(found.came),
        ),
    ]


@tells("test")
def acted_sentence(found: Outcomes, lang: Language) -> str:
    """Say of the days on which a measure was at work, which are counted apart, what came after a warning."""
    if not found.days:
        return lang.t("On none of these days the log has a measure at these places.")
    said = lang.n(
        "On {n} more day a measure was at work. It is counted apart: {hits} warnings came true, {nothing} did not.",
        "On {n} more days a measure was at work. They are counted apart: {hits} warnings came true, {nothing} did not.",
        found.days,
        hits=lang.number(found.hits),
        nothing=lang.number(found.false_alarms),
    )
    return said + " " + lang.t("Prevented, or a false alarm? Counts alone cannot tell.")


def worth_table(found: Sequence[tuple[RoleGroup, Worth]], lang: Language) -> pd.DataFrame:
    """Return a row for each role that may be told of: what it accepts, from which chance it acts, and what that is
    worth with its range of 8 out of 10."""
    return pd.DataFrame(
        {
            lang.t("role"): [
                role_name(group.role, lang) if group.role else lang.t("Other, or not said") for group, _ in found
            ],
            lang.t("people"): [group.n for group, _ in found],
            lang.t("times for nothing"): [group.middle for group, _ in found],
            lang.t("acts from chance"): [
                lang.t("1 in {count}", count=fact(group.middle + 1, "people")) for group, _ in found
            ],
            lang.t("value"): [share_words(one.value, lang) for _, one in found],
            lang.t("8 times out of 10"): [_range(one, lang) for _, one in found],
        }
    )


def _range(worth: Worth, lang: Language) -> str:
    if not isfinite(worth.low):
        return "–"
    return lang.t(
        "{low} to {high}",
        low=fact(share_words(worth.low, lang), "test"),
        high=fact(share_words(worth.high, lang), "test"),
    )
