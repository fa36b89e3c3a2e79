"""What came of an item of the agenda, as the room reads it: sentences, and a row for each place that was guessed."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from feedback.groups.opinions import ENOUGH_VOTERS
from feedback.sessions.agenda import Item
from feedback.sessions.polis_store import published_opinions, statement_texts
from feedback.sessions.rounds.card_views import views_on
from feedback.sessions.rounds.needless import accepted
from feedback.sessions.rounds.saturday import plays
from feedback.sessions.stage import Stage
from forecasting.values.thresholds import Level
from language import Language, UserError, language
from reports.rounds.card import card_question, views_sentences
from reports.rounds.needless import needless_question, needless_sentences
from reports.rounds.saturday import ending_sentence, endings, how_played, where_teams_are
from reports.session_guess_words import came_words, guess_question, guess_sentences, how_scored, place_words
from streamlit_app.sessions.guess_results import asked_round, last_round, result_of
from streamlit_app.sessions.reading import area_of
from streamlit_app.sessions.rounds.saturday_days import frozen_of
from streamlit_app.thresholds.threshold_round import threshold_round
from visuals.base.palette import STYLES, label
from visuals.words.opinions import divides, intro, unites

_MOST_PLACES: Final = 6
"""Places of a guessing round that fit on the screen."""


NOTED: Final = ("thresholds", "needless")
"""Kinds of items of which the last sentence explains the others."""


def found(seen: Stage, lang: Language) -> list[str]:
    """Say what is asked of the room, or what came of it; empty where there is nothing to say (yet)."""
    say = _SAYS.get(seen.item.kind) if seen.item is not None else None
    return say(seen, seen.item, lang) if say is not None and seen.item is not None else []


def _thresholds(seen: Stage, item: Item, lang: Language) -> list[str]:
    return threshold_round(seen.session.area, lang) if item.revealed else []


def _needless(_seen: Stage, item: Item, lang: Language) -> list[str]:
    said = needless_sentences(accepted(item.id), lang) if item.revealed else []
    return said or [needless_question(lang)]


def _card(_seen: Stage, item: Item, lang: Language) -> list[str]:
    return views_sentences(views_on(item.id), lang) if item.revealed else [card_question(lang)]


def _statements(seen: Stage, item: Item, lang: Language) -> list[str]:
    """What unites and divides the room, once the round is revealed and enough people voted."""
    if not item.revealed or seen.answered < ENOUGH_VOTERS:
        return []
    return _opinions(seen.session.id, sum(tally.votes for tally in seen.tallies), lang.code)


def _guessing(seen: Stage, item: Item, lang: Language) -> list[str]:
    """Say what is guessed and how it went the last time; and who knew better, once the forecast is shown."""
    here = seen.session
    if not item.revealed:
        try:
            asked = guess_question(asked_round(here, item).day, lang)
        except UserError as error:
            return [error.say(lang)]
        return [asked, *filter(None, [last_round(here, item, lang)])]
    result = result_of(item.id, area_of(here))
    return [*guess_sentences(result, lang), how_scored(lang)] if result else [lang.t("Nobody guessed.")]


def _played(seen: Stage, item: Item, lang: Language) -> list[str]:
    """Say where the teams are; once it is shown, how it ended for each, beside never and always acting."""
    try:
        day = frozen_of(area_of(seen.session))
    except UserError as error:
        return [error.say(lang)]
    teams = plays(item.id)
    if not item.revealed:
        return [how_played(lang), *where_teams_are(teams, day, lang)]
    return [ending_sentence(name, one, lang) for name, one in endings(teams, day, lang)]


@lru_cache(maxsize=64)
def _opinions(session_id: str, _votes: int, code: str) -> list[str]:
    """Worked out again only when there are more votes."""
    lang = language(code)
    opinions, texts = published_opinions(session_id), statement_texts(session_id)
    return [
        intro(opinions, lang),
        *unites(opinions, texts, lang)[:1],
        *divides(opinions, texts, lang)[:1],
    ]


_SAYS: Final[dict[str, Callable[[Stage, Item, Language], list[str]]]] = {
    "thresholds": _thresholds,
    "guess": _guessing,
    "needless": _needless,
    "card": _card,
    "saturday": _played,
    "statements": _statements,
}
"""What is said of an item, by its kind; of any other kind nothing is."""


def guesses(seen: Stage, lang: Language) -> list[dict[str, Any]]:
    """Return a row for each place of a guessing round, with levels as colour, ink and words, once it is shown."""
    item = seen.item
    if item is None or item.kind != "guess" or not item.revealed:
        return []
    area = area_of(seen.session)
    result = result_of(item.id, area)

    def chip(level: Level | None, none: str) -> dict[str, str]:
        style = STYLES[level or "unknown"]
        return {"text": label(level, lang) if level else none, "fill": style.colour, "ink": style.ink}

    return [
        {
            "place": place_words(one, area, lang),
            "people": lang.n("{n} person", "{n} people", one.people),
            "room": chip(one.room, "–"),
            "model": chip(one.model, "–"),
            "came": chip(one.came, came_words(one, lang)),
        }
        for one in (result.places if result else ())
        if one.zone is not None
    ][:_MOST_PLACES]
