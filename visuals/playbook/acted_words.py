"""Busy hours in which a measure was at work, in words: was it prevented, or a false alarm? Counts alone cannot tell."""

from collections.abc import Sequence

from data.area.area import Area
from forecasting.evaluation.backtest_result import Backtest, BusyHours
from forecasting.meaning.claims import Claim
from language import Language
from language.plain import joined
from language.said import fact, tells
from response.actions.worked import Worked, during
from response.cards.card import Playbook
from visuals.playbook.action_words import action_name


def acted_at(claim: Claim, told: Sequence[Worked], playbook: Playbook, area: Area, lang: Language) -> str:
    """Name the measures that were at work at the places and hours of a claim; empty when there were none."""
    found = [one for span in claim.spans for one in during(told, claim.zone_ids, span.start, span.end, area.tz)]
    return _named(found, playbook, lang)


def acted_moments(result: Backtest, told: Sequence[Worked], area: Area) -> list[tuple[BusyHours, tuple[Worked, ...]]]:
    """Return the busy moments of a test in which a measure was at work, with these, in the order of the test."""
    pairs = [(one, during(told, (one.zone_id,), one.start, one.end, area.tz)) for one in result.listed]
    return [(one, found) for one, found in pairs if found]


@tells("test")
def acted_summary(found: Sequence[tuple[BusyHours, tuple[Worked, ...]]], lang: Language) -> str:
    """Say of how many busy moments a measure was at work, and how many of those were false alarms."""
    alarms = sum(one.outcome == "false alarm" for one, _ in found)
    said = lang.n(
        "In {n} of these busy moments a measure was at work.",
        "In {n} of these busy moments a measure was at work.",
        len(found),
    )
    if not alarms:
        return said
    return (
        said
        + " "
        + lang.n(
            "{n} of them counts as a false alarm: prevented, or a false alarm? Counts alone cannot tell.",
            "{n} of them count as false alarms: prevented, or a false alarm? Counts alone cannot tell.",
            alarms,
        )
    )


@tells("test")
def acted_line(one: BusyHours, measures: Sequence[Worked], playbook: Playbook, area: Area, lang: Language) -> str:
    """Say of one busy moment what came of the forecast, and which measures were at work."""
    outcomes = {
        "hit": lang.t("came as forecast"),
        "missed": lang.t("came, not forecast"),
        "false alarm": lang.t("forecast, did not come"),
    }
    return (
        lang.t(
            "{day}, {place}: {outcome}.",
            day=lang.date(one.start, "EEE d MMM y"),
            place=area.zone(one.zone_id).name(lang),
            outcome=outcomes[one.outcome],
        )
        + f" {_named(measures, playbook, lang)}"
    )


def _named(measures: Sequence[Worked], playbook: Playbook, lang: Language) -> str:
    if not measures:
        return ""
    names = list(dict.fromkeys(action_name(one.entry, playbook, lang) for one in measures))
    return lang.t("Measure at work: {measures}.", measures=fact(joined(names, lang), "action"))
