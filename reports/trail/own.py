"""The trails of what one person said: each of their own words, with the advices that build on it."""

from data.keeping.real_time import real_today
from feedback.contributions.built_on import Words, own_words_of
from feedback.database.texts import excerpt
from feedback.sessions.advice import advices_on
from language.said import fact
from reports.timeline.happening import Asked, moment
from reports.trail.of_advice import trail_of
from reports.trail.step import Step, Trail, Waiting, What


def own_trails(person: str, asked: Asked) -> list[Trail]:
    """Return a trail for each advice that builds on words of a person, and one for words on which none does yet."""
    return [trail for words in own_words_of(person, asked.area.id) for trail in _of_words(words, asked)]


def _of_words(words: Words, asked: Asked) -> list[Trail]:
    tz, found = asked.area.tz, advices_on(words.kind, words.id)
    what: What = "statement" if words.kind == "statement" else "remark"
    own = Step(what, moment(words.sent).astimezone(tz), fact(f"“{excerpt(words.text, 300)}”", "people"))
    if not found:
        days = (real_today(tz) - own.at.date()).days
        return [Trail((own,), Waiting(asked.lang.t("No advice builds on it yet."), days))]
    trails = [trail_of(advice, asked) for advice in found]
    return [
        Trail((own, *(one for one in trail.steps if one.what not in ("remark", "statement"))), trail.waiting)
        for trail in trails
    ]
