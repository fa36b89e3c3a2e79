"""How often for nothing: the question, what each role accepts, and where they differ, in words and as a table."""

from collections.abc import Sequence

import pandas as pd

from feedback.contributions.naming import role_name
from feedback.sessions.rounds.needless import RoleGroup
from language import Language
from language.said import tells
from visuals.charts.proposals import people_of


def needless_question(lang: Language) -> str:
    """Ask it."""
    return lang.t("How often may somebody act for nothing, to prevent acting too late once?")


def times_words(times: int, lang: Language) -> str:
    """Return an answer as it stands on a button: 'never', 'once', '5 times'."""
    if times == 0:
        return lang.t("never")
    return lang.n("once", "{n} times", times)


@tells("people")
def acts_from(times: int, lang: Language) -> str:
    """Say from which chance on somebody acts who accepts so many times for nothing."""
    if times == 0:
        return lang.t("only when it is certain")
    return lang.t("from a chance of 1 in {count} on", count=times + 1)


@tells("people")
def needless_sentences(found: Sequence[RoleGroup], lang: Language) -> list[str]:
    """Say what each role accepts, and who would act at a chance at which others would not."""
    if not found:
        return [lang.t("Fewer than five people answered. We show answers from five on.")]
    said = [
        lang.t(
            "{who}: {times}. That is acting {from_when}.",
            who=_who(group, lang),
            times=times_words(group.middle, lang),
            from_when=acts_from(group.middle, lang),
        )
        for group in found
    ]
    told = sorted((group for group in found if group.role), key=lambda group: group.middle)
    if len(told) >= 2 and told[0].middle != told[-1].middle:
        said.append(
            lang.t(
                "They differ most: {first} {early}, {last} {late}.",
                first=people_of(told[-1].role, lang),
                early=acts_from(told[-1].middle, lang),
                last=people_of(told[0].role, lang),
                late=acts_from(told[0].middle, lang),
            )
        )
    return said


def needless_table(found: Sequence[RoleGroup], lang: Language) -> pd.DataFrame:
    """Return a row for each role that may be told of: how many people, the middle answer, and when they act."""
    return pd.DataFrame(
        {
            lang.t("role"): [_who(group, lang) for group in found],
            lang.t("people"): [group.n for group in found],
            lang.t("for nothing"): [times_words(group.middle, lang) for group in found],
            lang.t("they act"): [acts_from(group.middle, lang) for group in found],
        }
    )


def _who(group: RoleGroup, lang: Language) -> str:
    return role_name(group.role, lang) if group.role else lang.t("Other, or not said")
