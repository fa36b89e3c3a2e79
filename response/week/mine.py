"""The part of the week that is somebody's own: of an actor everywhere, of a kind of business at its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from data.area.area import Area
from response.cards.card import Business, Card
from response.cards.checking import zones_at
from response.week.ahead import WeekAhead


def of_actor(week: WeekAhead, actor: str) -> WeekAhead:
    """Return the week with the cards of one actor only."""
    return _part(week, lambda card: actor in card.actors)


def of_business(week: WeekAhead, business: Business, zone_id: str) -> WeekAhead:
    """Return the week of a kind of business at one place: the cards that are for it, as far as they are needed there.

    Chance, hours and the moment to decide by are then those of that place, not of the place where it is needed first.
    """
    here = np.array([one == zone_id for one in week.forecast.zone_ids])
    mine = _part(week, business.does)
    return replace(mine, chance=np.where(here[None, :, None], mine.chance, np.nan))


def places_of(business: Business, week: WeekAhead, area: Area) -> tuple[str, ...]:
    """Return the places (ids) with a forecast at which there are businesses of a kind; none where it has none here."""
    return tuple(zone for zone in zones_at(business.places, area) if zone in week.forecast.zone_ids)


def needed_first(week: WeekAhead, among: Sequence[str]) -> str:
    """Return the place, among some, where a card is needed first; the first of them where none is."""
    return next((use.first.zone_id for use in week.uses if use.first.zone_id in among), among[0])


def _part(week: WeekAhead, fits: Callable[[Card], bool]) -> WeekAhead:
    kept = np.array([index for index, card in enumerate(week.playbook.cards) if fits(card)], dtype=int)
    cards = tuple(week.playbook.cards[index] for index in kept)
    return replace(
        week,
        playbook=week.playbook.model_copy(update={"cards": cards}),
        chance=week.chance[kept],
        first=week.first[kept],
        last=week.last[kept],
    )
