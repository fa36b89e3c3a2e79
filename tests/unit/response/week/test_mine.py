"""One's own part of the week: the same figures as in the week of all, and nothing of other places or trades."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import Area
from response.cards.card import Business, Playbook
from response.week.ahead import WeekAhead, week_ahead
from response.week.mine import of_actor, of_business
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
