"""The board of this moment in words: what was counted, what is at work, who is there; and its public twin."""

from datetime import datetime

from data.area.area import Area
from data.area.zone import in_language
from feedback.people.organisations import organisation_name, organisation_of
from language import Language
from language.plain import joined, rounded
from language.said import fact, tells
from response.actions.worked import Worked
from response.cards.actors import actor_name
from response.cards.card import Playbook
from response.status.board import Counted
from response.status.presence import Answer, Answered, Presence
from response.status.publishing import PublicAction
from visuals.playbook.action_words import action_name


def answer_name(answer: Answer, lang: Language) -> str:
    """Return what is answered to who says that a function is somewhere."""
    names: dict[Answer, str] = {
        "seen": lang.t("seen"),
        "right": lang.t("that is right"),
        "otherwise": lang.t("we see it otherwise"),
    }
    return names[answer]


def organisation_words(organisation: str, lang: Language) -> str:
    """Return which organisation says something; one that is not known says so."""
    known = organisation_of(organisation)
    return organisation_name(known, lang) if known else lang.t("organisation not known")


@tells("action")
def since_words(since: datetime, now: datetime, area: Area, lang: Language) -> str:
    """Return since when something is so, and how long ago that is: '14:05 (12 minutes ago)'."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        ago = lang.n("{n} minute ago", "{n} minutes ago", minutes)
    else:
        ago = lang.n("{n} hour ago", "{n} hours ago", minutes // 60)
    pattern = "HH:mm" if minutes < 60 * 12 else "EEE d MMM, HH:mm"
    return lang.t("{hour} ({ago})", hour=lang.date(since, pattern, area.tz), ago=ago)


def presence_words(one: Presence, playbook: Playbook, area: Area, now: datetime, lang: Language) -> str:
    """Say which function is there, since when, which organisation says so, and what others answer."""
    said = lang.t(
        "{function} is there, since {moment}. Said by: {organisation}.",
        function=actor_name(one.function, playbook, lang),
        moment=since_words(one.since, now, area, lang),
        organisation=organisation_words(one.organisation, lang),
    )
    return " ".join([said, *(_answer_words(each, now, area, lang) for each in one.answers)])


def _answer_words(one: Answered, now: datetime, area: Area, lang: Language) -> str:
    return lang.t(
        "Answer of {organisation}: {answer}, {moment}.",
        organisation=organisation_words(one.organisation, lang),
        answer=answer_name(one.answer, lang),
        moment=since_words(one.at, now, area, lang),
    )


def measure_words(one: Worked, playbook: Playbook, area: Area, now: datetime, lang: Language) -> str:
    """Say which measure is at work, since when, and which organisation entered it."""
    return lang.t(
        "At work: {measure}, since {moment}. Entered by: {organisation}.",
        measure=action_name(one.entry, playbook, lang),
        moment=since_words(one.start, now, area, lang),
        organisation=organisation_words(one.entry.organisation or "", lang),
    )


def counted_words(counted: Counted | None, area: Area, now: datetime, lang: Language) -> str:
    """Say how many were counted and when; that nothing was, where it was not."""
    if counted is None:
        return lang.t("Not counted now.")
    return lang.t(
        "Counted: {count}, in the hour from {hour}.",
        count=fact(lang.number(rounded(counted.count)), "count"),
        hour=fact(since_words(counted.hour, now, area, lang), "count"),
    )


def public_sentence(one: PublicAction, area: Area, lang: Language) -> str:
    """Say on which day what was done where, and what came of it where that was written down."""
    names = [area.zone(zone).name(lang) for zone in one.zones]
    said = lang.t(
        "{day}: {measure}. Where: {places}.",
        day=fact(lang.date(one.day, "EEE d MMM"), "action"),
        measure=in_language(one.names, lang),
        places=fact(joined(names, lang), "area"),
    )
    outcome = lang.t("What came of it: {outcome}", outcome=fact(one.outcome, "action")) if one.outcome else ""
    return " ".join(filter(None, (said, outcome)))
