from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.alternatives import UNLIKELY, quiet_alternatives
from forecasting.meaning.busy import ORANGE, busy_moments, chance_anywhere, chance_of_reaching
from forecasting.meaning.week_hours import week_hours
from forecasting.values.thresholds import LEVELS

TZ = ZoneInfo("Europe/Amsterdam")


@settings(max_examples=25, deadline=None)
@given(scale=st.floats(0.2, 4), start=st.integers(0, 23), seed=st.integers(0, 9))
def test_every_busy_hour_lies_in_exactly_one_moment(make, zone_thresholds, coast, scale, start, seed):
    forecast = make(coast, scale=scale, start=f"2026-08-03 {start:02}:00")
    jitter = np.random.default_rng(seed).uniform(0.4, 1.6, forecast.median.shape)
    forecast = replace(forecast, quantiles=forecast.quantiles * jitter[..., None], paths=forecast.paths * jitter[None])
    thresholds = zone_thresholds(coast)
    busy = forecast.levels(thresholds) >= ORANGE
    seen = np.zeros_like(busy, dtype=int)
    for moment in busy_moments(forecast, thresholds):
        row = forecast.zone_ids.index(moment.zone_id)
        seen[row, moment.first : moment.last + 1] += 1
        assert moment.start.date() == forecast.local_hours[moment.last].date()
        assert moment.first <= moment.peak <= moment.last
        assert moment.level in ("orange", "red")
        assert (moment.end - moment.start).total_seconds() == 3600 * (moment.last - moment.first + 1)
    expected = np.zeros_like(seen)
    week = week_hours(forecast)
    expected[:, week] = busy[:, week]
    assert (seen == expected).all()


def test_the_most_serious_moment_comes_first(make, zone_thresholds, coast):
    moments = busy_moments(make(coast, scale=1.5), zone_thresholds(coast))
    ranks = [(LEVELS.index(m.level), round(m.chance, 1)) for m in moments]
    assert ranks == sorted(ranks, reverse=True)
    assert moments[0].level == "red"
    assert moments[0].start.date().isoformat() == "2026-08-08"


def test_chances_come_from_the_paths(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    moment = busy_moments(forecast, thresholds)[0]
    hours = np.arange(moment.first, moment.last + 1)
    threshold = thresholds.zones[moment.zone_id].orange
    row = forecast.zone_ids.index(moment.zone_id)
    by_hand = np.mean([path[row, hours].max() >= threshold for path in forecast.paths])
    assert moment.chance == pytest.approx(by_hand)
    assert chance_of_reaching(forecast, moment.zone_id, hours, threshold) == pytest.approx(by_hand)
    assert moment.chance_red <= moment.chance <= chance_anywhere(forecast, thresholds, hours)


def test_moments_that_have_passed_are_not_named(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    since = datetime(2026, 8, 8, 14, tzinfo=TZ)
    named = busy_moments(forecast, thresholds, since=since)
    assert named
    assert all(moment.start >= since for moment in named)
    assert any(moment.start < since for moment in busy_moments(forecast, thresholds))


def test_another_hour_is_proposed_before_another_place(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    moment = busy_moments(forecast, thresholds)[0]
    found = quiet_alternatives([moment], forecast, coast, thresholds)
    kinds = [alternative.kind for alternative in found]
    assert kinds[0] in ("earlier", "later")
    assert kinds == sorted(kinds, key=["earlier", "later", "day", "place"].index)
    for alternative in found:
        assert 8 <= alternative.start.hour < 22
        if alternative.kind in ("earlier", "later"):
            row = forecast.zone_ids.index(alternative.zone_ids[0])
            inside = (forecast.local_hours >= alternative.start) & (forecast.local_hours < alternative.end)
            assert (forecast.levels(thresholds)[row, inside] < ORANGE).all()


def test_people_are_sent_only_where_that_was_agreed_and_it_is_quiet(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    moment = busy_moments(forecast, thresholds)[0]
    places = [a.zone_ids[0] for a in quiet_alternatives([moment], forecast, coast, thresholds) if a.kind == "place"]
    assert places == ["kade"]
    crowded = make(coast, scale=4)
    moment = busy_moments(crowded, thresholds)[0]
    assert not [a for a in quiet_alternatives([moment], crowded, coast, thresholds) if a.kind == "place"]


def test_an_unknown_place_is_never_an_alternative_nor_busy(make, zone_thresholds, coast):
    forecast, thresholds = make(coast, scale=1.2, unknown=("kade",)), zone_thresholds(coast)
    moments = busy_moments(forecast, thresholds)
    assert "kade" not in {moment.zone_id for moment in moments}
    found = quiet_alternatives(moments[:1], forecast, coast, thresholds)
    assert "kade" not in {alternative.zone_ids[0] for alternative in found}


@settings(max_examples=40, deadline=None)
@given(scale=st.floats(0.5, 4), seed=st.integers(0, 99))
def test_what_is_proposed_for_several_places_is_quiet_at_all_of_them(make, zone_thresholds, coast, scale, seed):
    forecast, thresholds = make(coast, scale=scale), zone_thresholds(coast)
    jitter = np.random.default_rng(seed).uniform(0.4, 1.6, forecast.median.shape)
    forecast = replace(forecast, quantiles=forecast.quantiles * jitter[..., None], paths=forecast.paths * jitter[None])
    found = busy_moments(forecast, thresholds)
    together = [moment for moment in found if moment.start.date() == found[0].start.date()] if found else []
    levels, chance = forecast.levels(thresholds), forecast.exceedance(thresholds)[:, :, ORANGE - 1]
    for other in quiet_alternatives(together, forecast, coast, thresholds) if together else ():
        assert other.kind == "place" or set(other.zone_ids) == {moment.zone_id for moment in together}
        rows = [forecast.zone_ids.index(zone_id) for zone_id in other.zone_ids]
        inside = (forecast.local_hours >= other.start) & (forecast.local_hours < other.end)
        assert (levels[rows][:, inside] < ORANGE).all()
        assert (chance[rows][:, inside] < UNLIKELY).all()
