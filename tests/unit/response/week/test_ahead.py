"""The week ahead: chances against a plain loop, by when to decide, and what to do now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.area.measures import read_measures
from forecasting.meaning.claims import APART, Claim
from forecasting.snapshot.computing import forecast as computed
from forecasting.snapshot.snapshot_files import obtain
from forecasting.training.model_files import load_models
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.week.ahead import state_of, together, week_ahead
from response.week.effects import effect_of, scenario_of
from response.week.figures import moment_figures
from response.week.withdrawn import key_of, withdrawn
from tests.unit.forecasting.test_runs import oracle
from tests.unit.response.conftest import CardMaker

MONDAY = datetime(2026, 8, 3, 6, tzinfo=UTC)
LEVEL = {"yellow": 0, "orange": 1, "red": 2}


@settings(max_examples=25)
@given(
    seed=st.integers(0, 999),
    scale=st.floats(0.2, 3),
    start=st.sampled_from(["2026-08-03 06:00", "2026-03-26 05:00", "2026-10-22 21:00"]),
    triggers=st.lists(
        st.tuples(
            st.sampled_from(
                [{"zones": ["pier"]}, {"kinds": ["beach", "quay"]}, {"zones": ["pier"], "kinds": ["quay"]}]
            ),
            st.sampled_from(["yellow", "orange", "red"]),
            st.integers(1, 6),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_chances_are_those_of_a_plain_loop(
    make: Any, zone_thresholds: Any, coast: Area, card: CardMaker, seed: int, scale: float, start: str, triggers: Any
) -> None:
    forecast, thresholds = make(coast, scale=scale, start=start, unknown=("kade",)), zone_thresholds(coast)
    forecast.paths[:] *= np.random.default_rng(seed).uniform(0.5, 1.5, forecast.paths.shape)
    cards = tuple(card(f"c{i}", places=p, level=level, hours=n) for i, (p, level, n) in enumerate(triggers))
    week = week_ahead(Playbook(cards=cards), forecast, thresholds, coast, forecast.cutoff)
    assert len(week.days) == 7
    for index, one in enumerate(cards):
        for row, zone in enumerate(coast.zones):
            places = one.trigger.places
            if zone.zone_id not in places.zones and zone.kind not in places.kinds:
                assert np.isnan(week.chance[index, row]).all()
                continue
            threshold = thresholds.array((zone.zone_id,))[0, LEVEL[one.trigger.level]]
            loop = oracle(forecast.paths[:, row], threshold, forecast.local_dates, one.trigger.hours)
            for day, date in enumerate(week.days):
                chance, first, last = loop[date]
                np.testing.assert_allclose(week.chance[index, row, day], chance)
                assert (week.first[index, row, day], week.last[index, row, day]) == (first, last)


def test_what_is_claimed_of_a_moment_is_what_the_forecast_gives(
    make: Any, zone_thresholds: Any, coast: Area, card: CardMaker
) -> None:
    forecast, thresholds = make(coast), zone_thresholds(coast)
    cards = (card("a", hours=3), card("b", level="red", places={"kinds": ["beach"]}, chance=0.2))
    week = week_ahead(Playbook(cards=cards), forecast, thresholds, coast, MONDAY)
    assert {one.card.id for one in week.moments} == {"a", "b"}
    for moment in week.moments:
        assert moment.claim.recomputed(forecast) == moment.claim
        assert moment.claim.holds(forecast)
        assert Claim.from_dict(moment.claim.to_dict()) == moment.claim
        assert moment.claim.holds(make(coast, scale=0.1)) is (moment.chance < APART)
        assert moment.decide_by == moment.start - timedelta(hours=24)


def test_what_is_unknown_calls_nobody(make: Any, zone_thresholds: Any, coast: Area, card: CardMaker) -> None:
    forecast = make(coast, scale=9, unknown=("pier",))
    week = week_ahead(Playbook(cards=(card(),)), forecast, zone_thresholds(coast), coast, MONDAY)
    assert week.moments == ()
    assert week_ahead(Playbook(), forecast, zone_thresholds(coast), coast, MONDAY).uses == ()


@pytest.mark.parametrize(
    ("met", "hours", "state"),
    [
        (True, -1, "late"),
        (True, 0, "today"),
        (True, 5, "today"),
        (True, 30, "watch"),
        (False, 5, "watch"),
        (False, -1, "nothing"),
    ],
)
def test_what_to_do_now(met: bool, hours: int, state: str, coast: Area) -> None:
    now = MONDAY.astimezone(coast.tz)
    assert state_of(now + timedelta(hours=hours), MONDAY, met=met) == state


def test_a_day_ends_where_the_area_is(coast: Area) -> None:
    late = datetime(2026, 8, 3, 22, 30, tzinfo=UTC)  # half past midnight there, Tuesday
    assert state_of(datetime(2026, 8, 4, 20, tzinfo=coast.tz), late, met=True) == "today"


def test_to_decide_in_time_goes_over_the_change_of_the_clocks(
    make: Any, zone_thresholds: Any, coast: Area, card: CardMaker
) -> None:
    """A lead time is a number of real hours: on the Sunday in October one hour of them is passed twice."""
    forecast, beach = make(coast, start="2026-10-24 00:00", scale=5), {"kinds": ["beach"]}
    playbook = Playbook(cards=(card(lead_hours=24, hours=1, places=beach),))
    week = week_ahead(playbook, forecast, zone_thresholds(coast), coast, MONDAY)
    sunday = next(one for one in week.moments if one.day.isoformat() == "2026-10-25")
    assert (sunday.start.astimezone(UTC) - sunday.decide_by.astimezone(UTC)) == timedelta(hours=24)
    assert sunday.decide_by.hour == sunday.start.hour + 1


def test_the_most_urgent_stands_first_and_sweet_before_sour(
    make: Any, zone_thresholds: Any, coast: Area, card: CardMaker
) -> None:
    cards = (
        card("zuur", taste="sour", excludes=["ander"]),
        card("zoet", strengthens=["zuur"]),
        card("ander", lead_hours=100),
        card("elders", places={"kinds": ["beach"]}),
    )
    week = week_ahead(Playbook(cards=cards), make(coast, scale=2), zone_thresholds(coast), coast, MONDAY)
    order = [use.card.id for use in week.uses if use.day == week.uses[0].day]
    assert order.index("ander") < order.index("zoet") < order.index("zuur")
    sour = next(use for use in week.uses if use.card.id == "zuur")
    excluded, stronger, sweet = together(sour, week.uses)
    assert [one.id for one in excluded] == ["ander"]
    assert [one.id for one in stronger] == ["zoet"]
    assert {one.id for one in sweet} == {"ander", "zoet"}
    for use in week.uses:
        assert use.first.decide_by == min(one.decide_by for one in use.moments if one.met == use.met)


def test_figures_are_of_the_actor_who_asks(make: Any, zone_thresholds: Any, coast: Area, card: CardMaker) -> None:
    cards = (card("a"), card("b", actors=["horeca", "politie"]))
    week = week_ahead(Playbook(cards=cards), make(coast), zone_thresholds(coast), coast, MONDAY)
    assert set(moment_figures(week)["card"]) == {"a", "b"}
    assert set(moment_figures(week, "politie")["card"]) == {"b"}
    assert moment_figures(week, "vervoerder").empty


def test_what_is_off_is_withdrawn_and_what_stays_is_not(
    make: Any, zone_thresholds: Any, coast: Area, card: CardMaker
) -> None:
    playbook = Playbook(cards=(card("a", chance=0.3),))
    thresholds = zone_thresholds(coast)
    before = week_ahead(playbook, make(coast, scale=2), thresholds, coast, MONDAY)
    now = week_ahead(playbook, make(coast), thresholds, coast, MONDAY + timedelta(days=1))
    off = withdrawn(now, [before])
    called = {key_of(use) for use in now.uses if use.met}
    assert off
    assert {(one.card.id, one.day) for one in off}.isdisjoint(called)
    assert {(one.card.id, one.day) for one in off} | called >= {
        key_of(use) for use in before.uses if use.met and use.span[1] > now.now
    }
    assert withdrawn(before, [before]) == ()


def test_an_effect_is_that_of_the_scenario_one_opens() -> None:
    area = load_area("scheveningen")
    snapshot = obtain(area, area.now(), 168)
    unchanged, thresholds = computed(snapshot), load_models(area).thresholds(area)
    week = week_ahead(read_playbook(area), unchanged, thresholds, area, area.now())
    measures = read_measures(area)
    found = {}
    for use in week.uses:
        effect = effect_of(use, measures, unchanged, thresholds, lambda scenario: computed(snapshot, scenario))
        assert (effect is None) == (use.card.measure is None)
        if effect is not None:
            again = computed(snapshot, effect.scenario)
            assert effect.after.recomputed(again) == effect.after
            assert effect.before.recomputed(unchanged) == effect.before
            assert effect.measure.assumed
            found[use.card.id] = effect
    assert any(effect.after.value != effect.before.value for effect in found.values())
    one = found["vroeg-komen"].scenario.measures[0]
    assert one.end - one.start == timedelta(days=1), "what moves people to other hours works all day"
    everything = scenario_of([use for use in week.uses if use.met][:6], measures)
    assert 0 < len(everything.measures) <= 6
