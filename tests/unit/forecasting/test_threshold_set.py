"""People's own thresholds: only what differs, in a link and on any machine the same; damaged ones are said."""

import json
from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from forecasting.values.threshold_set import MOST, ThresholdSet
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import UserError

DEFAULTS = Thresholds(
    {
        "pier": ZoneThresholds(1720, 2880, 4320, "density"),
        "plein": ZoneThresholds(500, 1000, 2000, "density"),
        "teller": ZoneThresholds(61.5, 80.25, 99.125, "percentile"),
    }
)
THRESHOLDS = st.lists(st.integers(1, MOST * 100), min_size=3, max_size=3, unique=True).map(
    lambda hundredths: tuple(threshold / 100 for threshold in sorted(hundredths))
)
CHANGES = st.dictionaries(st.sampled_from(list(DEFAULTS.zones)), THRESHOLDS)


@given(CHANGES)
def test_a_set_survives_link_and_file(changes: dict[str, tuple[float, float, float]]) -> None:
    chosen = ThresholdSet().with_zones(changes, DEFAULTS)
    assert ThresholdSet.decode(chosen.text) == chosen
    assert ThresholdSet.from_json(chosen.json_text) == chosen
    assert ThresholdSet.from_json(chosen.model_dump_json()) == chosen
    assert chosen.text.isascii()
    assert not set(chosen.text) & set("+/=&?#")


@given(CHANGES)
def test_applied_thresholds_are_the_chosen_ones_and_the_rest_is_left_alone(
    changes: dict[str, tuple[float, float, float]],
) -> None:
    applied = ThresholdSet().with_zones(changes, DEFAULTS).on(DEFAULTS)
    for zone_id, usual in DEFAULTS.zones.items():
        found = applied.zones[zone_id]
        if zone_id in changes:
            assert (found.yellow, found.orange, found.red) == changes[zone_id]
        else:
            assert found is usual
    assert ThresholdSet.between(applied, DEFAULTS).on(DEFAULTS) == applied


@given(CHANGES, CHANGES)
def test_the_order_of_moves_is_not_in_the_link(
    one: dict[str, tuple[float, float, float]], two: dict[str, tuple[float, float, float]]
) -> None:
    both = {**one, **two}
    moved = ThresholdSet().with_zones(one, DEFAULTS).with_zones(two, DEFAULTS)
    assert moved.text == ThresholdSet().with_zones(dict(reversed(both.items())), DEFAULTS).text


def test_what_is_set_back_to_the_default_is_left_out() -> None:
    moved = ThresholdSet().with_zones({"pier": (1, 2, 3), "teller": (61.5, 80.25, 99.12)}, DEFAULTS)
    assert moved == ThresholdSet(zones={"pier": (1, 2, 3)})
    assert moved.with_zones({"pier": (1720, 2880, 4320)}, DEFAULTS) == ThresholdSet()


def test_a_link_of_today_is_read_for_ever() -> None:
    text = "eyJ2ZXJzaW9uIjoxLCJ6b25lcyI6eyJwaWVyIjpbMTAwMCwyMDAwLDMwMDAuNV19fQ"
    assert ThresholdSet.decode(text) == ThresholdSet(zones={"pier": (1000, 2000, 3000.5)})
    assert ThresholdSet(zones={"pier": (1000, 2000, 3000.5)}).text == text


def test_zones_of_another_area_are_left_out() -> None:
    stranger = ThresholdSet(zones={"elsewhere": (1, 2, 3)})
    assert stranger.on(DEFAULTS) is DEFAULTS
    assert stranger.only(DEFAULTS.zones) == ThresholdSet()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": 2, "zones": {}, "colours": []}, "newer version"),
        ({"version": 1, "zones": {"pier": [1, 2, 2.001]}}, "zones.pier: Value error, thresholds must be"),
        ({"version": 1, "zones": {"pier": [0, 2, 3]}}, "thresholds must be above 0"),
        ({"version": 1, "zones": {"pier": [1, 2, 1e9]}}, "thresholds must be above 0"),
        ({"version": 1, "zones": {"pier": [1, 2]}}, "zones.pier"),
        ({"version": 1, "zones": {"../x": [1, 2, 3]}}, "zones"),
        ({"version": 1, "zone": {}}, "zone: Extra inputs"),
        ([], "Input should be"),
    ],
)
def test_a_damaged_or_newer_set_is_one_sentence(fields: object, said: str) -> None:
    for read, text in (
        (ThresholdSet.from_json, json.dumps(fields)),
        (ThresholdSet.decode, urlsafe_b64encode(json.dumps(fields).encode()).decode()),
    ):
        with pytest.raises(UserError) as error:
            read(text)
        assert said in str(error.value)


@given(st.text())
def test_any_text_is_read_or_refused_with_one_sentence(text: str) -> None:
    with suppress(UserError):
        chosen = ThresholdSet.decode(text)
        assert ThresholdSet.decode(chosen.text) == chosen


def test_not_a_number_is_no_threshold() -> None:
    with pytest.raises(ValidationError, match="thresholds"):
        ThresholdSet(zones={"pier": (1, 2, float("nan"))})
