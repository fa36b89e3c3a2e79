"""What unites and what divides a room, in sentences. Groups are called A, B, C; nobody is named or counted apart."""

from collections.abc import Hashable, Mapping
from string import ascii_uppercase
from typing import Final

import numpy as np

from feedback.groups.opinions import ENOUGH_VOTERS, SMALLEST_GROUP, Opinions, counting
from language import Language
from language.plain import joined
from language.said import tells

SHARED: Final = 0.6
"""All groups lean this much to the same side: it unites."""
APART: Final = 0.3
"""The chance to agree differs this much between two groups: it divides."""
SHOWN: Final = 5


def group_name(found: Opinions, group: int) -> str:
    """Return the letter of a group: A is the largest one that is shown."""
    order = sorted(found.group_ids, key=lambda id_: (-found.sizes[found.group_ids.index(id_)], id_))
    return ascii_uppercase[order.index(group)]


@tells("people")
def intro(found: Opinions, lang: Language) -> str:
    """Say how many people voted and how many groups that gave, or why there are none. ``found`` is fit to publish."""
    voted = lang.n("{n} person voted.", "{n} people voted.", found.participants)
    if found.participants < ENOUGH_VOTERS:
        return f"{voted} " + lang.t(
            "Groups are shown from {n} voters on, so that nobody can be recognised.", n=ENOUGH_VOTERS
        )
    if few := found.participants - int(counting(found.ballots).sum()):
        voted += " " + lang.n(
            "{n} person voted on too few statements to count for the groups.",
            "{n} people voted on too few statements to count for the groups.",
            few,
        )
    if len(found.group_ids) < 2:
        return f"{voted} " + lang.t("No groups are shown: people do not vote in camps, or too few people are in one.")
    sizes = [
        lang.t("{name} ({size})", name=group_name(found, id_), size=size)
        for id_, size in sorted(zip(found.group_ids, found.sizes, strict=True), key=lambda g: -g[1])
    ]
    return f"{voted} " + lang.n(
        "People who vote alike form one group: {names}.",
        "People who vote alike form {n} groups: {names}.",
        len(sizes),
        names=joined(sizes, lang),
    )


def unites(found: Opinions, texts: Mapping[Hashable, str], lang: Language) -> list[str]:
    """Return what all groups agree with, or all disagree with, the strongest first."""
    if len(found.group_ids) < 2:
        return []
    enough = found.seen.min(axis=0) >= SMALLEST_GROUP
    agree = enough & (found.likely.min(axis=0) >= SHARED)
    against = enough & (found.unlikely.min(axis=0) >= SHARED)
    strength = np.where(agree, found.consensus, found.unlikely.prod(axis=0))
    sentences = []
    for column in np.argsort(-strength):
        if not (agree[column] or against[column]):
            continue
        text = texts.get(found.ballots.statements[column], "")
        if not text:
            continue
        sentences.append(
            lang.t("All groups agree: “{text}”", text=text)
            if agree[column]
            else lang.t("All groups disagree: “{text}”", text=text)
        )
    return sentences[:SHOWN]


@tells("people")
def divides(found: Opinions, texts: Mapping[Hashable, str], lang: Language) -> list[str]:
    """Return what the groups think differently about, the largest difference first, with who is for and against."""
    if len(found.group_ids) < 2:
        return []
    enough = found.seen.min(axis=0) >= SMALLEST_GROUP
    gap = np.where(enough, found.likely.max(axis=0) - found.likely.min(axis=0), 0)
    sentences = []
    for column in np.argsort(-gap):
        text = texts.get(found.ballots.statements[column], "")
        if gap[column] < APART or not text:
            continue
        most, least = int(found.likely[:, column].argmax()), int(found.likely[:, column].argmin())
        sentences.append(
            lang.t(
                "“{text}” Group {most}: {share} agree. Group {least}: {other} agree.",
                text=text,
                most=group_name(found, found.group_ids[most]),
                share=_tenths(found.likely[most, column], lang),
                least=group_name(found, found.group_ids[least]),
                other=_tenths(found.likely[least, column], lang),
            )
        )
    return sentences[:SHOWN]


def stands_for(found: Opinions, texts: Mapping[Hashable, str], lang: Language) -> dict[str, list[str]]:
    """Return per group (by its letter) what it stands for more than the others, the surest first."""
    answer: dict[str, list[str]] = {}
    for id_ in sorted(found.group_ids, key=lambda group: group_name(found, group)):
        ranked = sorted(
            (
                (standing.strength, column, standing.agree)
                for column, all_of_it in enumerate(found.standing)
                for standing in all_of_it
                if standing.group == id_
            ),
            reverse=True,
        )
        said = [(texts.get(found.ballots.statements[column], ""), agree) for _, column, agree in ranked[:SHOWN]]
        answer[group_name(found, id_)] = [
            lang.t("agrees: “{text}”", text=text) if agree else lang.t("disagrees: “{text}”", text=text)
            for text, agree in said
            if text
        ]
    return answer


@tells("people")
def _tenths(chance: float, lang: Language) -> str:
    return lang.t("{n} out of 10", n=int(np.floor(chance * 10 + 0.5)))
