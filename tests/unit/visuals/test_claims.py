"""A claim of a forecast is what that forecast gives, is seen to fail on another, and is asked of real counts."""

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim
from forecasting.values.thresholds import LEVELS
from language import NewerError, UserError

SETTINGS = {
    "scale": st.floats(0.2, 6),
    "row": st.integers(0, 3),
    "first": st.integers(0, 160),
    "length": st.integers(1, 30),
    "level": st.sampled_from(LEVELS[1:]),
}


def hours_of(first, length):
    return np.arange(first, min(first + length, 168))


def threshold_of(thresholds, zone_id, level):
    return getattr(thresholds.zones[zone_id], level)


@given(**SETTINGS)
def test_chances_and_hours_are_counted_in_the_paths(make, zone_thresholds, coast, scale, row, first, length, level):
    forecast, thresholds, hours = make(coast, scale=scale), zone_thresholds(coast), hours_of(first, length)
    zone_id = coast.zone_ids[row]
    threshold = threshold_of(thresholds, zone_id, level)
    ways = [[path[row, hour] >= threshold for hour in hours] for path in forecast.paths]

    chance = claimed("chance", forecast, thresholds, [zone_id], hours, level=level)
    assert chance.value == pytest.approx(sum(any(way) for way in ways) / len(ways))
    spent = sorted(sum(way) for way in ways)
    lasting = claimed("hours", forecast, thresholds, [zone_id], hours, level=level)
    assert (
        sum(one <= lasting.value for one in spent) * 2 >= len(spent) <= sum(one >= lasting.value for one in spent) * 2
    )
    assert lasting.low <= lasting.value <= lasting.high
    for claim in (chance, lasting):
        assert claim.recomputed(forecast) == claim
        assert claim.holds(forecast)


@given(**SETTINGS)
def test_a_level_is_claimed_only_where_it_is_so(make, zone_thresholds, coast, scale, row, first, length, level):
    forecast, thresholds, hours = make(coast, scale=scale), zone_thresholds(coast), hours_of(first, length)
    zone_id, index = coast.zone_ids[row], LEVELS.index(level)
    reached = [LEVELS.index(thresholds.level(zone_id, forecast.median[row, hour])) for hour in hours]
    truth = {"reaches": min(reached) >= index, "level": max(reached) == index, "at most": max(reached) <= index}
    for what, true in truth.items():
        if true:
            claim = claimed(what, forecast, thresholds, [zone_id], hours, level=level)
            assert claim.level == level
            assert claim.holds(forecast)
        else:
            with pytest.raises(ValueError, match="does not say"):
                claimed(what, forecast, thresholds, [zone_id], hours, level=level)


def shuffled(forecast):
    """Sample paths in which places do not go together."""
    rng = np.random.default_rng(1)
    return np.stack([rng.permutation(forecast.paths[:, row]) for row in range(len(forecast.zone_ids))], axis=1)


def test_a_chance_at_any_place_is_not_that_of_one(make, zone_thresholds, coast):
    forecast, thresholds, hours = make(coast, scale=1.5), zone_thresholds(coast), np.arange(120, 144)
    forecast = replace(forecast, paths=shuffled(forecast))
    alone = claimed("chance", forecast, thresholds, ["pier"], hours, level="orange")
    anywhere = claimed("chance", forecast, thresholds, coast.zone_ids, hours, level="orange")
    assert (
        anywhere.value
        > alone.value
        > claimed("chance", forecast, thresholds, ["pier"], hours[:3], level="orange").value
    )


def test_a_newer_forecast_contradicts_what_changed(make, zone_thresholds, coast):
    old, thresholds, hours = make(coast, scale=3), zone_thresholds(coast), np.arange(126, 129)
    new = make(coast, scale=0.5)
    claims = [
        claimed("reaches", old, thresholds, ["strand"], hours, level="red"),
        claimed("level", old, thresholds, ["strand"], hours, level="red"),
        claimed("at most", new, thresholds, ["strand"], hours, level="yellow"),
        claimed("chance", old, thresholds, ["strand"], hours, level="red"),
        claimed("expected", old, thresholds, ["strand"], hours[:1]),
        claimed("hours", old, thresholds, ["strand"], hours, level="red"),
        claimed("compared", old, thresholds, ["strand"], hours[:1]),
    ]
    for claim in claims:
        said, other = (new, old) if claim.what == "at most" else (old, new)
        assert claim.holds(said)
        assert not claim.holds(other), claim
    later = claims[0].after(claims[0].start + timedelta(hours=2))
    assert len(later.hours_in(old)) == 1
    assert claims[0].after(claims[0].end) is None
    assert claims[0].holds(make(coast, start="2026-09-01 06:00")) is None


def test_a_comparison_is_with_normal_or_with_another_forecast(make, zone_thresholds, coast):
    quiet, busy, thresholds, hour = make(coast, scale=0.5), make(coast), zone_thresholds(coast), np.array([128])
    beside = claimed("compared", replace(busy, scenario="a"), thresholds, ["pier"], hour, base=quiet)
    assert beside.factor == pytest.approx(2)
    assert beside.recomputed(replace(busy, scenario="a"), base=quiet) == beside
    normal = claimed("compared", busy, thresholds, ["pier"], hour)
    assert normal.base == busy.normal[coast.zone_ids.index("pier"), 128]
    with pytest.raises(ValueError, match="needs its forecast"):
        beside.recomputed(busy)


def test_counts_say_what_came_of_it(make, zone_thresholds, coast):
    forecast, thresholds = make(coast, scale=1.6), zone_thresholds(coast)
    claim = claimed("reaches", forecast, thresholds, ["strand"], np.arange(126, 129), level="red")
    red = thresholds.zones["strand"].red
    hours = forecast.hours[110:140]
    counts = pd.DataFrame({"zone_id": "strand", "hour": hours, "count": 10.0})
    counts.loc[(hours >= forecast.hours[128]) & (hours < forecast.hours[132]), "count"] = red
    counts.loc[hours == forecast.hours[126], "count"] = np.nan
    came = claim.happened(counts)
    assert (came.level, came.missing, came.count) == ("red", 1, red)
    assert [(span.start, span.end) for span in came.spans] == [
        (forecast.local_hours[128].to_pydatetime(), forecast.local_hours[132].to_pydatetime())
    ]
    assert claim.happened(counts.assign(count=10.0)).level == "green"
    assert claim.happened(counts.assign(count=10.0)).spans == ()
    assert claim.happened(counts.assign(zone_id="pier")) is None


@given(**SETTINGS)
def test_a_claim_is_written_and_read(make, zone_thresholds, coast, scale, row, first, length, level):
    forecast, thresholds = make(coast, scale=scale), zone_thresholds(coast)
    for what in ("chance", "hours"):
        claim = claimed(what, forecast, thresholds, [coast.zone_ids[row]], hours_of(first, length), level=level)
        again = Claim.from_dict(json.loads(json.dumps(claim.to_dict())))
        assert again == claim
        assert again.start.hour == claim.start.hour


def test_a_claim_that_is_damaged_or_newer_is_refused(make, zone_thresholds, coast):
    claim = claimed("expected", make(coast), zone_thresholds(coast), ["pier"], np.array([3]))
    with pytest.raises(NewerError):
        Claim.from_dict({**claim.to_dict(), "version": 2})
    for damage in (
        {"what": "rumour"},
        {"spans": []},
        {"time_zone": "Mars/Base"},
        {"spans": [{"start": "2026-08-03T06:00", "end": "2026-08-03T07:00"}]},
    ):
        with pytest.raises(UserError, match="cannot be read"):
            Claim.from_dict({**claim.to_dict(), **damage})


def test_a_place_that_is_unknown_is_not_spoken_of(make, zone_thresholds, coast):
    forecast = make(coast, unknown=("pier",))
    assert claimed("expected", forecast, zone_thresholds(coast), ["pier"], np.array([3])) is None
    assert claimed("at most", forecast, zone_thresholds(coast), ["pier"], np.array([3]), level="yellow") is None
