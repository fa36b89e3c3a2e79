"""Rulers by which people choose thresholds: both ways, rising, and nothing moves that nobody moved."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.zone import ZoneKind
from forecasting.values.space import LADDERS, Ruler, Scale, counts_at, density, flow, fruin, moved, rarity_ruler, ruler
from forecasting.values.thresholds import DENSITY, FLOW, PERCENTILES

AREA = load_area("scheveningen")
PIER = AREA.zone("pier")
SENSOR = PIER.model_copy(update={"kind": "sensor", "usable_m2": None, "width_m": 4.0})
USUAL = np.random.default_rng(3).gamma(2, 300, 5000)
RULERS = [
    found
    for found in (ruler(PIER, "present"), ruler(SENSOR, "passages"), rarity_ruler(SENSOR, USUAL))
    if found is not None
]
SCALES = st.sampled_from(RULERS)


@given(SCALES, st.data())
def test_a_value_is_a_count_and_back(rule: Ruler, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(LADDERS[rule.scale]))
    back = rule.value(rule.count(value))
    assert back == pytest.approx(value, rel=0.1 if rule.scale == "rarity" else 1e-9)


@given(SCALES, st.lists(st.floats(1, 500), min_size=2, max_size=2))
def test_more_is_more(rule: Ruler, values: list[float]) -> None:
    low, high = sorted(values)
    assert rule.count(low) <= rule.count(high)
    assert rule.people(low) <= rule.people(high)


@given(SCALES, st.lists(st.floats(1.5, 150), min_size=3, max_size=3), st.integers(0, 2), st.data())
def test_a_moved_threshold_pushes_the_others_and_no_more(
    rule: Ruler, values: list[float], which: int, data: st.DataObject
) -> None:
    present = tuple(sorted(values))
    assume(present[0] * 1.001 < present[1] and present[1] * 1.001 < present[2])
    steps = rule.steps(*present)
    to = data.draw(st.sampled_from(steps))
    found = moved(steps, present, which, to)
    assert found[0] < found[1] < found[2]
    assert set(found) <= set(steps)
    place = min(max(steps.index(to), which), len(steps) - 3 + which)
    for other in range(3):
        was, least = steps.index(present[other]), place + other - which
        if other == which:
            was = place
        assert steps.index(found[other]) == (max(was, least) if other > which else min(was, least))


@given(SCALES, st.data())
def test_counts_rise_and_what_did_not_move_stays_exactly(rule: Ruler, data: st.DataObject) -> None:
    indices = data.draw(st.lists(st.integers(0, len(LADDERS[rule.scale]) - 1), min_size=3, max_size=3, unique=True))
    values = [LADDERS[rule.scale][index] for index in sorted(indices)]
    present = (1.25, rule.count(values[1]), 9_999_999.0)
    found = counts_at(rule, (rule.value(present[0]), *values[1:]), present)
    assert found[0] == 1.25
    assert found[0] < found[1] < found[2]


def test_steps_hold_the_present_values_and_no_step_beside_them() -> None:
    rule = RULERS[0]
    steps = rule.steps(43.0, 71.0, 108.0)
    assert {43.0, 71.0, 108.0} <= set(steps)
    assert 72 not in steps
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("scale", LADDERS)
def test_a_ladder_rises_in_steps_that_the_eye_can_tell(scale: Scale) -> None:
    ladder = LADDERS[scale]
    assert len(ladder) > 2
    assert all(1.03 < high / low <= 2 for low, high in pairwise(ladder))


def test_the_defaults_are_on_the_ladders() -> None:
    for zone_thresholds in DENSITY.values():
        for threshold in zone_thresholds:
            assert any(abs(step / (threshold * 100) - 1) < 0.11 for step in LADDERS["density"])
    assert set(FLOW) <= set(LADDERS["flow"])
    assert {100 / (100 - percentile) for percentile in PERCENTILES} <= set(LADDERS["rarity"])


def test_a_flow_is_pictured_at_the_density_of_its_fruin_class() -> None:
    rule = RULERS[1]
    assert rule.people(33) == pytest.approx(100 / 2.3)
    assert rule.people(66) == pytest.approx(100 / 0.93)
    assert rule.people(164) == pytest.approx(2 * 100 / 0.46)


@pytest.mark.parametrize(
    ("m2_per_person", "name"), [(3.3, "A"), (3.2, "B"), (2.2, "C"), (1.3, "D"), (0.5, "E"), (0.4, "F")]
)
def test_fruin_by_space(m2_per_person: float, name: str) -> None:
    assert fruin(PIER, "present", 3800 / m2_per_person) == name


@pytest.mark.parametrize(
    ("classes", "m2_per_person", "per_minute"),
    [("AB", 3.25, 23), ("BC", 2.3, 33), ("CD", 1.4, 49), ("DE", 0.93, 66), ("EF", 0.46, 82)],
)
def test_fruins_classes_end_where_he_published_it(classes: str, m2_per_person: float, per_minute: float) -> None:
    assert PIER.usable_m2 == 3800
    roomier, fuller = (fruin(PIER, "present", 3800 / (m2_per_person * share)) for share in (1.001, 0.999))
    assert f"{roomier}{fuller}" == classes
    calmer, busier = (fruin(SENSOR, "passages", 4 * 60 * per_minute * share / 1.5) for share in (0.999, 1.001))
    assert f"{calmer}{busier}" == classes
    assert RULERS[1].people(per_minute) == pytest.approx(100 / m2_per_person)


def test_rulers_with_figures_worked_out_by_hand() -> None:
    by_space, by_flow, usual = RULERS[0], RULERS[1], rarity_ruler(SENSOR, np.arange(1, 101.0)[::-1])
    assert (by_space.count(10), by_space.value(380), by_space.people(10)) == (380, 10, 10), "people on 100 m²"
    assert (by_flow.count(10), by_flow.value(1600)) == (1600, 10), "4 m wide, an hour half as busy again at its worst"
    assert [usual.value(count) for count in (1, 51, 91, 100, 101)] == [1, 2, 10, 100, 200]
    assert [usual.count(value) for value in (1, 2, 10)] == [1, 50.5, 90.1]
    assert rarity_ruler(SENSOR, np.zeros(100)).count(2) == 0.1
    assert density(PIER, "present", 380) == pytest.approx(0.1)
    assert fruin(PIER, "present", 0) == "A"
    assert counts_at(by_space, (10, 10, 10)) == pytest.approx((380, 380.1, 380.2))


def test_fruin_by_flow_and_where_it_says_nothing() -> None:
    assert fruin(SENSOR, "passages", 60 * 4 * 40 / 1.5) == "C"
    assert flow(SENSOR, "passages", 60 * 4 * 40 / 1.5) == pytest.approx(40)
    assert density(PIER, "passages", 100) is None
    beach: ZoneKind = "beach"
    assert fruin(PIER.model_copy(update={"kind": beach}), "present", 3000) is None
    assert ruler(RULERS[0].zone.model_copy(update={"usable_m2": None}), "present") is None
