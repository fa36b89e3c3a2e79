"""Trials: drawn in public, frozen before they begin, and reported whatever comes of them."""

import hashlib
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.keeping.acts import Actor, carry_out
from data.keeping.real_time import real_today
from feedback.database.store import change_store
from feedback.database.trial_rows import BreakRow
from language import UserError, language
from response.cards.history import read_playbook
from response.effects.effect_words import chance_words
from response.effects.frozen import FrozenDay
from response.trials.plan import Plan, drawn
from response.trials.reading import chance_of_red, too_red
from response.trials.running import Trial, break_off, find_trial, freeze, read_plan, result, trials
from tests.unit.response.effects.days_made import ZONES

WHO = Actor("professional", "municipality")
Ran = tuple[Trial, dict[date, FrozenDay], pd.Series]


@pytest.fixture
def area() -> Area:
    return load_area("scheveningen")


def values(
    area: Area, *, first: date | None = None, number: int = 20, step: int = 3, **fields: object
) -> dict[str, Any]:
    first = first or real_today(area.tz) + timedelta(days=1)
    plain: dict[str, Any] = {
        "id": str(uuid4()),
        "area": area.id,
        "question": "Helpen de borden?",
        "card": "borden-spreiden",
        "zones": ZONES,
        "parts": (2,),
        "matters": 0.1,
        "days": tuple(first + timedelta(days=step * one) for one in range(number)),
        "seed": "4711",
        "stop": "Stop als het te druk wordt.",
        "agreed": "Klankbordgroep en gemeente",
    }
    return plain | fields


@given(st.sets(st.dates(date(2026, 1, 1), date(2027, 1, 1)), min_size=4, max_size=40), st.text(min_size=1, max_size=9))
def test_half_of_the_days_are_on_whatever_order_they_come_in(days: set[date], seed: str) -> None:
    on = drawn(days, seed)
    assert len(on) == len(days) // 2
    assert set(on) <= days
    assert on == drawn(sorted(days, reverse=True), seed)


def test_anybody_can_draw_the_lots_again() -> None:
    days = [date(2026, 8, one) for one in range(1, 9)]
    lots = {day: hashlib.sha256(f"4711/{day}".encode()).hexdigest() for day in days}
    assert drawn(days, "4711") == tuple(sorted(sorted(days, key=lots.__getitem__)[:4]))
    assert len({drawn(days, str(seed)) for seed in range(300)}) > 60, "of 70 ways nearly all come up in time"


def test_a_plan_is_frozen_with_its_hash_and_stays(area: Area) -> None:
    plan = read_plan(values(area))
    made = carry_out(WHO, None, freeze, plan, area, read_playbook(area))
    assert (made.plan, made.hash, made.whole) == (plan, plan.hash, True)
    assert trials(area.id) == [made]
    freeze(plan.model_copy(update={"question": "Anders?"}), area, read_playbook(area))
    assert find_trial(plan.id) == made, "what is frozen stays"
    break_off(plan.id, plan.days[0], reason="Storm voorspeld.")
    for sql in ("UPDATE trials SET plan = 'x'", "DELETE FROM trials", "DELETE FROM trial_breaks"):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"), change_store() as db:
            db.execute(sql)
    with pytest.raises(UserError, match="no trial"):
        find_trial("x")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"card": "strandweg-autovrij"}, "sweet cards only"),
        ({"card": "bestaat-niet"}, "no card"),
        ({"zones": ("gesloopt",)}, "no place"),
        ({"number": 3}, "4 to 60 different days"),
        ({"number": 61}, "4 to 60 different days"),
        ({"step": 0}, "4 to 60 different days"),
        ({"first": date(2026, 1, 1)}, "after today"),
        ({"matters": 0.0}, "'matters'"),
        ({"agreed": ""}, "'agreed'"),
        ({"seed": ""}, "'seed'"),
    ],
)
def test_what_may_not_be_tried_is_said(area: Area, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        freeze(read_plan(values(area, **fields)), area, read_playbook(area))
    assert trials(area.id) == []


def test_a_day_that_was_broken_off_is_reported_once(area: Area) -> None:
    plan = read_plan(values(area))
    freeze(plan, area, read_playbook(area))
    with pytest.raises(UserError, match="not part"):
        break_off(plan.id, date(2020, 1, 1), reason="Storm voorspeld.")
    with pytest.raises(UserError, match="few words"):
        break_off(plan.id, plan.days[0], reason="x")
    carry_out(WHO, None, break_off, plan.id, plan.days[0], reason="Storm voorspeld.")
    break_off(plan.id, plan.days[0], reason="Toch iets anders.")
    (one,) = find_trial(plan.id).breaks
    assert (one.day, one.reason, one.organisation) == (plan.days[0].isoformat(), "Storm voorspeld.", "municipality")


def ran(area: Area, effect: float, seed: int = 1, number: int = 10) -> Ran:
    plan = Plan.model_validate(values(area, first=date(2026, 5, 1), number=number))
    draw = np.random.default_rng(seed)
    frozen, rows = {}, {}
    for day in plan.days:
        paths = 2000 * np.ones((len(area.zone_ids), 4, 1)) * np.exp(draw.normal(0, 0.1, (1, 1, 50)))
        cutoff = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=6)
        frozen[day] = FrozenDay(day, "s", cutoff, area.zone_ids, paths)
        for zone in area.zone_ids:
            factor = 1 + effect if day in plan.on and zone in plan.zones else 1.0
            rows[day, zone, 2] = 2000 * factor * np.exp(draw.normal(0, 0.05))
    sums = pd.Series(list(rows.values()), index=pd.MultiIndex.from_tuples(list(rows)))
    return Trial(plan, "2026-04-30T00:00:00Z", plan.hash, True, ()), frozen, sums


def test_a_trial_of_five_days_on_and_five_off_says_two_in_252_at_best(area: Area) -> None:
    trial, frozen, sums = ran(area, -0.5)
    found = result(trial, frozen, sums, date(2026, 7, 1))
    assert found.estimate is not None
    assert found.estimate.p == 2 / 252
    assert found.estimate.found
    assert np.expm1(found.estimate.effect) == pytest.approx(-0.5, abs=0.05)
    assert (found.to_come, found.left, found.kept) == (0, (), None)


@pytest.mark.parametrize(("p", "said"), [(0.0001, "minder dan 0,1"), (0.0007, "0,1"), (0.0119, "1,2"), (0.5, "50,0")])
def test_a_chance_is_never_said_to_be_none(p: float, said: str) -> None:
    assert chance_words(p, language("nl")) == said


def test_days_to_come_too_red_or_without_counts_do_not_count_and_say_why(area: Area) -> None:
    trial, frozen, sums = ran(area, 0.0, number=12)
    days = trial.plan.days
    sums.loc[(days[1], trial.plan.zones[0], 2)] = np.nan
    found = result(trial, frozen, sums, days[-2], red=[days[0]])
    assert dict(found.left) == {days[0]: "too red", days[1]: "no counts"}
    assert (found.to_come, len(found.days)) == (2, 8)


def test_it_is_judged_as_the_lots_were_drawn_and_also_without_what_was_broken_off(area: Area) -> None:
    trial, frozen, sums = ran(area, -0.3, number=14)
    day = trial.plan.on[0]
    broken = BreakRow("1", trial.plan.id, day.isoformat(), "Storm.", "professional", None, "2026")
    found = result(replace(trial, breaks=(broken,)), frozen, sums, date(2026, 9, 1))
    assert found.estimate is not None
    assert found.kept is not None
    assert (found.estimate.treated, found.kept.treated) == (7, 6)
    assert found.broken == (day,)


def test_a_day_with_a_chance_of_red_of_one_in_ten_takes_no_part(
    area: Area, coast: Area, make: Any, zone_thresholds: Any
) -> None:
    week, limits = make(coast), zone_thresholds(coast)
    day = week.local_dates[len(week.local_dates) // 2]
    zones = week.zone_ids
    plan = Plan.model_validate(values(area)).model_copy(update={"zones": zones, "parts": (0, 1, 2, 3)})
    hours = week.local_dates == day
    reached = week.paths[:, :, hours] >= limits.array(zones)[:, 2][None, :, None]
    chance = chance_of_red(plan, week, day, limits)
    assert chance == pytest.approx(reached.any(axis=(1, 2)).mean())
    assert too_red(plan, [(day, week)], limits) == ((day,) if chance >= 0.1 else ())
    assert chance_of_red(plan, week, date(2020, 1, 1), limits) == 0
