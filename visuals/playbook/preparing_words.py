"""What may well come besides what is expected: likely enough to prepare for, by what people accept for nothing."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from forecasting.evaluation.backtest_result import WARN_FROM, Backtest
from forecasting.meaning.possible import Possible
from language import Language
from language.plain import chance
from language.said import tells, together
from response.week.preparing import Prepares
from visuals.base.outlook import Outlook
from visuals.words.claim_words import chance_of, claim, said
from visuals.words.hours import between_hours, capitalised, weekday

MOST: Final = 3
"""Possible moments that are named: enough for a quiet list, few enough to be read."""


def possible_sentences(moments: Sequence[Possible], outlook: Outlook) -> list[str]:
    """Return a line for each of the first possible moments, and one where there are more; empty without any."""
    lines = [_line(one, outlook) for one in moments[:MOST]]
    if len(moments) > MOST:
        lines.append(outlook.lang.t("There are more such moments."))
    return lines


def _line(one: Possible, outlook: Outlook) -> str:
    lang = outlook.lang
    likely = claim(outlook, "chance", [one.zone_id], np.arange(one.first, one.last + 1), "orange")
    return capitalised(
        lang.t(
            "{day}: crowds at {zone} {hours}, chance {chance}.",
            day=weekday(one.start.date(), lang),
            zone=outlook.area.zone(one.zone_id).name(lang),
            hours=said(between_hours(one.start, one.end, lang), likely),
            chance=chance_of(likely, lang),
        )
    )


@tells("people")
def prepares_sentence(prepares: Prepares, lang: Language) -> str:
    """Say from which chance on something is named, and on what that rests."""
    named = lang.t("Named from a chance of {chance} on.", chance=chance(prepares.chance, lang))
    return together([named, *_rests_on(prepares, lang)])


@tells("people")
def _rests_on(prepares: Prepares, lang: Language) -> list[str]:
    if prepares.asked is not None:
        return [
            lang.n(
                "In the session of {day} people accepted to prepare {n} time for nothing.",
                "In the session of {day} people accepted to prepare {n} times for nothing.",
                prepares.times,
                day=lang.date(prepares.asked, "d MMMM y"),
            )
        ]
    taken = lang.n(
        "We assume that {n} time for nothing is fine.", "We assume that {n} times for nothing are fine.", prepares.times
    )
    why = lang.t("Nobody was asked yet.") if prepares.read else lang.t("What people said of it cannot be read now.")
    return [taken, why]


@tells("test")
def prepared_sentences(result: Backtest, prepares: Prepares, lang: Language) -> list[str]:
    """Say what preparing from that chance on would have brought in the weeks tested: both what was seen coming, and
    what was for nothing. Empty where no warnings were counted."""
    if not result.warnings:
        return []
    step = WARN_FROM.index(prepares.chance)
    came, seen, given, right = (
        sum(values)
        for values in zip(
            *((one.came, one.seen[step], one.given[step], one.right[step]) for one in result.warnings), strict=True
        )
    )
    likely = chance(prepares.chance, lang)
    if not given:
        return [
            lang.t(
                "Who prepares from a chance of {chance} on, as the first page does, had never done so.", chance=likely
            )
        ]
    told = lang.n(
        "Who prepares from a chance of {chance} on, as the first page does, had done so once: {wrong} time for "
        "nothing.",
        "Who prepares from a chance of {chance} on, as the first page does, had done so {n} times: {wrong} times for "
        "nothing.",
        given,
        chance=likely,
        wrong=lang.number(given - right),
    )
    if not came:
        return [told]
    caught = lang.n(
        "That sees {seen} of the {n} busy moment coming.",
        "That sees {seen} of the {n} busy moments coming.",
        came,
        seen=lang.number(seen),
    )
    return [told, caught]
