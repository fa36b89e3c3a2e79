"""Sentences of days, where days in a row of which the same is said share one."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from language import Language
from language.plain import joined
from language.said import saying
from visuals.words.hours import weekday

Sayer = Callable[[str, Language], str]


def quiet_days(named: str, lang: Language) -> str:
    """Say of days, as they are named in a sentence, that they are quiet everywhere."""
    return lang.t("{day}: quiet everywhere.", day=named)


def unknown_days(named: str, lang: Language) -> str:
    """Say of days, as they are named in a sentence, that there is no forecast for them."""
    return lang.t("{day}: no forecast.", day=named)


def days_together(said: Iterable[tuple[date, str]], lang: Language) -> list[str]:
    """Return the sentences of days (each with its day, in order); quiet ones and unknown ones in a row share one."""

    def shared(one: tuple[date, str]) -> Sayer | None:
        return next((say for say in (quiet_days, unknown_days) if say(weekday(one[0], lang), lang) == one[1]), None)

    sentences = []
    for say, group in groupby(said, key=shared):
        alike = list(group)
        first, last = weekday(alike[0][0], lang), weekday(alike[-1][0], lang)
        told = [sentence for _, sentence in alike]
        if say and len(alike) == 2:
            sentences.append(saying(say(joined([first, last], lang), lang), *told))
        elif say and len(alike) > 2:
            named = lang.t("{first} to {last}", first=first, last=last)
            sentences.append(saying(say(named, lang), *told))
        else:
            sentences += told
    return sentences
