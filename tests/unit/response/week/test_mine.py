"""One's own part of the week: the same figures as in the week of all, and nothing of other places or trades."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import Area
from data.area.measures import Places
from response.cards.card import Business, Playbook
from response.week.ahead import WeekAhead, week_ahead
from response.week.mine import needed_first, of_actor, of_business, places_of
from tests.unit.response.conftest import CardMaker

ALL = {"kinds": ["beach", "promenade", "quay", "square"]}
TENT = Business.model_validate(
    {"id": "tent", "names": {"nl": "Strandtent"}, "actor": "horeca", "places": {"kinds": ["beach"]}}
)


@pytest.fixture(scope="module")
def week(make: Any, zone_thresholds: Any, coast: Area, card: CardMaker) -> WeekAhead:
    cards = (
        card("of-all", places=ALL, actors=["horeca", "gemeente"], chance=0.2),
        card("of-tents", places=ALL, actors=["horeca"], businesses=["tent"], hours=3, chance=0.2),
        card("of-hotels", places=ALL, actors=["horeca"], businesses=["hotel"], chance=0.2),
        card("of-police", places=ALL, actors=["politie"], chance=0.2),
    )
    forecast = make(coast, scale=1.2)
    return week_ahead(Playbook(cards=cards), forecast, zone_thresholds(coast), coast, forecast.cutoff)


@pytest.mark.parametrize("actor", ["horeca", "politie", "gemeente", "reddingsbrigade"])
def test_the_week_of_an_actor_is_what_is_theirs_of_the_week_of_all(week: WeekAhead, actor: str) -> None:
    assert list(of_actor(week, actor).uses) == [use for use in week.uses if actor in use.card.actors]


@given(zone=st.sampled_from(["strand", "pier", "kade", "plein"]))
def test_the_week_of_a_business_is_that_of_its_place(week: WeekAhead, zone: str) -> None:
    mine = of_business(week, TENT, zone)
    assert {card.id for card in mine.playbook.cards} == {"of-all", "of-tents"}
    wanted = [one for one in week.moments if one.zone_id == zone and one.card.id in ("of-all", "of-tents")]
    assert list(mine.moments) == wanted
    assert all(len(use.moments) == 1 for use in mine.uses)
    elsewhere = [row for row, other in enumerate(week.forecast.zone_ids) if other != zone]
    assert np.isnan(mine.chance[:, elsewhere]).all()


def test_it_differs_from_the_week_of_all(week: WeekAhead) -> None:
    """So that the agreement above is not that of a week in which all places are alike."""
    first = {(use.card.id, use.day): use.first for use in week.uses}
    mine = of_business(week, TENT, "pier")
    assert any(first[use.card.id, use.day].zone_id != "pier" for use in mine.uses)
    assert len(mine.moments) < len(of_actor(week, "horeca").moments)


def test_a_kind_of_business_is_where_its_kind_of_place_is(week: WeekAhead, coast: Area) -> None:
    beaches = [zone.zone_id for zone in coast.zones if zone.kind == "beach"]
    assert list(places_of(TENT, week, coast)) == beaches
    nowhere = TENT.model_copy(update={"places": Places(kinds=("sensor",))})
    assert places_of(nowhere, week, coast) == ()


def test_the_place_that_needs_a_card_first_is_that_of_the_most_urgent_use(week: WeekAhead) -> None:
    every = week.forecast.zone_ids
    assert needed_first(week, every) == week.uses[0].first.zone_id
    for zone in ("pier", "kade"):
        mine = of_business(week, TENT, zone)
        assert needed_first(mine, every) == (zone if mine.uses else every[0])
        others = [one for one in every if one != zone]
        assert needed_first(mine, others) == others[0], "where nothing is asked, any place will do"
