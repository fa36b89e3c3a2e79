"""Playing a frozen day: what was expected at each moment, the cards, and how it ended, in words and as a table."""

from collections.abc import Sequence

import pandas as pd

from data.area.zone import in_language
from feedback.sessions.rounds.saturday import TeamPlay
from language import Language
from language.said import fact, tells
from response.saturday.frozen import Ending, FrozenDay
from response.saturday.game import GameCard, measure_of
from visuals.playbook.card_words import taste_name
from visuals.words.claim_words import chance_of, places_of, said
from visuals.words.hours import capitalised, clock


def moment_words(day: FrozenDay, moment: int, lang: Language) -> str:
    """Return the moment at which teams decide: 'Wednesday 5 August, 8 o'clock'."""
    at = day.game.moments[moment - 1]
    return lang.t(
        "{day}, {hour}",
        day=capitalised(lang.date(at.date(), "EEEE d MMMM")),
        hour=fact(clock(at.hour, lang), "setting"),
    )


def expected_sentences(day: FrozenDay, moment: int, lang: Language) -> list[str]:
    """Say how likely it was, as it was forecast at a moment, that the day gets too busy at its likeliest places."""
    return [
        said(
            lang.t(
                "Chance that it gets too busy at {place}: {chance}.",
                place=places_of(claim, day.area, lang),
                chance=chance_of(claim, lang),
            ),
            claim,
        )
        for claim in day.expected(moment)
    ]


@tells("card")
def game_card(card: GameCard, day: FrozenDay, lang: Language) -> str:
    """Return a card as it is chosen: what it is, whether it invites or restricts, and what it costs."""
    name = in_language(measure_of(card, day.area).names, lang)
    return f"{name} · {taste_name(card.taste, lang)} · {_euros(card.cost, lang)}"


def endings(found: Sequence[TeamPlay], day: FrozenDay, lang: Language) -> list[tuple[str, Ending]]:
    """Return by name how it ended for each team that is done, and for who never or always acts."""
    done = [one for one in found if one.moment > len(day.game.moments)]
    teams = [(lang.t("Team {number}", number=one.team), day.ending(day.game.chosen(one.cards))) for one in done]
    return [*teams, (lang.t("Never act"), day.ending(())), (lang.t("Always act"), day.ending(day.game.cards))]


@tells("count")
def ending_sentence(name: str, ending: Ending, lang: Language) -> str:
    """Say how it ended: hours that were too busy and busy, over all places, and the cost."""
    return lang.t(
        "{name}: {busy} hours that are busy or too busy, of which {red} too busy. Cost: {cost}.",
        name=name,
        red=ending.red,
        busy=ending.busy,
        cost=_euros(ending.cost, lang),
    )


def ending_table(found: Sequence[tuple[str, Ending]], lang: Language) -> pd.DataFrame:
    """Return a row for each team, and for never and always."""
    return pd.DataFrame(
        {
            lang.t("who"): [name for name, _ in found],
            lang.t("hours that are too busy"): [one.red for _, one in found],
            lang.t("hours that are busy or too busy"): [one.busy for _, one in found],
            lang.t("cost"): [_euros(one.cost, lang) for _, one in found],
        }
    )


def hindsight(day: FrozenDay, lang: Language) -> list[str]:
    """Say what nobody could know: the chance at each moment at the place where it came worst, and what came."""
    ending = day.ending(())
    told = []
    for moment in range(1, len(day.forecasts) + 1):
        claim = day.chance_at(moment, ending.worst)
        if claim is not None:
            told.append(
                said(
                    lang.t(
                        "{moment}: the chance that it would get too busy at {place} was {chance}.",
                        moment=moment_words(day, moment, lang),
                        place=places_of(claim, day.area, lang),
                        chance=chance_of(claim, lang),
                    ),
                    claim,
                )
            )
    came = lang.t(
        "What came: {red} hours too busy over all places, without any card. Worst at {place}.",
        red=ending.red,
        place=day.area.zone(ending.worst).name(lang),
    )
    return [*told, fact(came, "count")]


def how_played(lang: Language) -> str:
    """Say what the figures rest on."""
    return lang.t(
        "A made-up day of which all is known. What a card does and costs is an assumption. Hours of all places are "
        "added up."
    )


def where_teams_are(found: Sequence[TeamPlay], day: FrozenDay, lang: Language) -> list[str]:
    """Say at which moment each team is, without what it chose."""
    last = len(day.game.moments)
    return [
        lang.t("Team {number} is done.", number=one.team)
        if one.moment > last
        else lang.t("Team {number}: {moment}.", number=one.team, moment=moment_words(day, one.moment, lang))
        for one in found
    ]


def _euros(amount: int, lang: Language) -> str:
    return f"€\N{NO-BREAK SPACE}{lang.number(amount)}"
