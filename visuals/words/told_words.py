"""Last week we said … beside what came, in sentences that are made of claims alone."""

from datetime import date

import pandas as pd

from data.area.area import Area
from forecasting.evaluation.told_week import Told, ToldWeek
from forecasting.meaning.claims import Claim
from forecasting.values.thresholds import LEVELS
from language import Language
from language.said import fact, tells
from visuals.base.palette import word
from visuals.words.claim_words import chance_of, said
from visuals.words.hours import capitalised
from visuals.words.level_words import hours_words
from visuals.words.timing_words import week_words


def told_title(monday: date, lang: Language, *, last: bool) -> str:
    """Return the title: 'Last week we said …' of the ``last`` one, else the week with its year."""
    if last:
        return lang.t("Last week we said …")
    return lang.t("We said of the week of {week} …", week=week_words(monday, lang))


def told_sentences(told: Told, area: Area, lang: Language) -> list[str]:
    """Return what was said of one claim, how it was corrected (where it was), and what came."""
    sentences = (_said(told, area, lang), _corrected(told, lang), _came(told, lang))
    return [capitalised(one) for one in sentences if one]


def unsaid_sentence(week: ToldWeek, area: Area, lang: Language) -> str:
    """Say the weightiest busy hours that came and were not said; empty where there were none."""
    if week.unsaid is None:
        return ""
    claim, came = week.unsaid.claim, week.unsaid.came
    return lang.t(
        "We did not say: {day} {level} at {zone} {hours}.",
        day=_day(claim, lang),
        level=fact(word(came.level, lang), "count"),
        zone=fact(area.zone(claim.zone_ids[0]).name(lang), "count"),
        hours=fact(hours_words(came.spans, lang), "count"),
    )


def made_words(week: ToldWeek, area: Area, lang: Language) -> str:
    """Say when it was said, or that the forecast was made again afterwards."""
    made = week.made.astimezone(area.tz)
    day = lang.date(made.date(), "EEEE d MMMM y")
    if week.tested:
        return lang.t(
            "This forecast was made afterwards, with only what was known on {day}. Its chances were not kept.", day=day
        )
    return lang.t("Said on {day} at {time}.", day=day, time=f"{made:%H:%M}")


def told_figures(week: ToldWeek) -> pd.DataFrame:
    """Return what was said and what came, a row for each stretch of hours that was said or came.

    Columns: ``zone_id, level, what_of`` (said, came), ``start, end`` (area time) and the ``chance`` that was said.
    """
    rows = []
    for one in week.told:
        claim, likely = one.claim, one.chance.value if one.chance else None
        zone = claim.zone_ids[0] if len(claim.zone_ids) == 1 else ""
        rows += [(zone, claim.level, "said", span.start, span.end, likely) for span in claim.spans]
        if one.came is not None and claim.what == "reaches":
            rows += [(zone, claim.level, "came", span.start, span.end, None) for span in one.came.spans]
    return pd.DataFrame(rows, columns=pd.Index(["zone_id", "level", "what_of", "start", "end", "chance"]))


def _said(told: Told, area: Area, lang: Language) -> str:
    claim = told.claim
    if claim.what == "at most":
        return said(lang.t("We said: busy nowhere, the whole week."), claim)
    values = {
        "day": _day(claim, lang),
        "level": said(word(claim.level, lang), claim),
        "zone": area.zone(claim.zone_ids[0]).name(lang),
        "hours": hours_words(claim.spans, lang),
    }
    if told.chance is None or told.chance.value is None:
        return lang.t("We said: {day} {level} at {zone} {hours}.", **values)
    likely = chance_of(told.chance, lang)
    return lang.t("We said: {day} {level} at {zone} {hours}, chance {chance}.", chance=likely, **values)


def _corrected(told: Told, lang: Language) -> str:
    if told.corrected is None or told.corrected_at is None:
        return ""
    made = told.corrected_at.astimezone(told.claim.start.tzinfo)
    return lang.t(
        "On {day} we corrected that: {level}.",
        day=lang.date(made.date(), "EEEE d MMMM y"),
        level=said(word(told.corrected.level, lang), told.corrected),
    )


@tells("count")
def _came(told: Told, lang: Language) -> str:
    claim, came = told.claim, told.came
    if told.ahead:
        return lang.t("What came is not known yet.")
    if came is None:
        return lang.t("It was not counted then, so we do not know what came.")
    if claim.what == "at most":
        worse = LEVELS.index(came.level) > LEVELS.index(claim.level)
        sentence = (
            lang.t("It did get {level} somewhere.", level=word(came.level, lang))
            if worse
            else lang.t("That was right.")
        )
    elif came.spans:
        sentence = lang.t("It got {level} {hours}.", level=word(claim.level, lang), hours=hours_words(came.spans, lang))
    else:
        sentence = lang.t(
            "It did not get {level}. In those hours it was {found} at most.",
            level=word(claim.level, lang),
            found=word(came.level, lang),
        )
    if came.missing:
        sentence += " " + lang.n("{n} hour was not counted.", "{n} hours were not counted.", came.missing)
    return fact(sentence, "count")


def _day(claim: Claim, lang: Language) -> str:
    return lang.date(claim.start.date(), "EEEE d MMMM")
