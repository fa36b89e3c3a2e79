from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.alternatives import UNLIKELY, quiet_alternatives
from forecasting.meaning.busy import ORANGE, busy_moment_at, busy_moments, chance_anywhere, chance_of_reaching
from forecasting.meaning.week_hours import week_hours
from forecasting.values.thresholds import LEVELS
from language import language
from visuals.base.outlook import Outlook
from visuals.words.advising import advice
from visuals.words.leading import worst_first
from visuals.words.sentences import hours_sentence

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


def with_busy_hours(forecast, thresholds, zone_id, at):
    """Return a forecast in which one place is quiet all week but for some local hours, given as (day, hour)."""
    row, red = forecast.zone_ids.index(zone_id), thresholds.zones[zone_id].red
    local = forecast.local_hours
    full = np.array([(moment.day, moment.hour) in at for moment in local])
    counts = np.where(full, 1.3 * red, 0.1 * red)
    quantiles, paths = forecast.quantiles.copy(), forecast.paths.copy()
    quantiles[row], paths[:, row] = counts[:, None], counts[None]
    return replace(forecast, quantiles=quantiles, paths=paths)


@pytest.mark.parametrize(
    ("busy", "asked", "said"),
    [
        ({12, 13}, 12, "Better come before 12:00 or after 14:00."),
        ({0, 1, 12, 13}, 12, "Better come from 8:00 to 12:00 or after 14:00."),
        ({12, 13, 22, 23}, 12, "Better come before 12:00 or from 14:00 to 22:00."),
        ({0, 1, 23}, 0, "Better come from 8:00 to 22:00."),
    ],
)
def test_what_lies_beyond_a_quieter_hour_is_not_proposed_with_it(make, zone_thresholds, coast, busy, asked, said):
    thresholds = zone_thresholds(coast)
    forecast = with_busy_hours(make(coast, scale=0.05), thresholds, "strand", {(8, hour) for hour in busy})
    (moment,) = (one for one in busy_moments(forecast, thresholds) if one.start.hour == asked)
    assert advice(moment, Outlook(forecast, coast, thresholds, language("en")))[0] == said


def test_another_day_is_proposed_only_when_all_of_it_is_quiet(make, zone_thresholds, coast):
    thresholds = zone_thresholds(coast)
    whole = {(8, hour) for hour in range(8, 24)}
    forecast = with_busy_hours(make(coast, scale=0.05), thresholds, "strand", whole)
    (moment,) = (one for one in busy_moments(forecast, thresholds) if one.zone_id == "strand")
    outlook = Outlook(forecast, coast, thresholds, language("en"))
    assert advice(moment, outlook)[0] in ("Better come on Friday.", "Better come on Sunday.")
    crowded = with_busy_hours(forecast, thresholds, "strand", {*whole, (7, 9), (7, 21), (9, 9), (6, 20)})
    (moment,) = (one for one in busy_moments(crowded, thresholds) if one.start.day == 8)
    assert advice(moment, replace(outlook, forecast=crowded))[0] == "Better come on Wednesday."


def test_the_likeliest_of_what_is_equally_bad_comes_first(make, zone_thresholds, coast):
    """The chance that is said is that of the worst level, not of crowds."""
    thresholds = zone_thresholds(coast)
    forecast = with_busy_hours(make(coast, scale=0.05), thresholds, "strand", {(8, 13)})
    forecast = with_busy_hours(forecast, thresholds, "kade", {(8, 13)})
    at = int(np.flatnonzero((forecast.local_hours.day == 8) & (forecast.local_hours.hour == 13))[0])
    paths = forecast.paths.copy()
    unlikely, likely = (forecast.zone_ids.index(zone_id) for zone_id in ("strand", "kade"))
    paths[: len(paths) // 3, unlikely, at] = thresholds.zones["strand"].orange  # busy for sure, too busy perhaps
    paths[: len(paths) // 5, likely, at] = 0
    moments = busy_moments(replace(forecast, paths=paths), thresholds)
    assert [moment.zone_id for moment in moments] == ["kade", "strand"]
    assert [round(moment.chance_of_level, 1) for moment in moments] == [0.8, 0.7]
    assert moments[0].chance < moments[1].chance


def test_chances_that_are_said_alike_leave_it_to_how_full_it_is(make, zone_thresholds, coast):
    """6 out of 10 both, 0.64 and 0.62: the fuller place comes first, measured by what is busy there."""
    thresholds, hour = zone_thresholds(coast), 30
    forecast = make(coast, scale=0.01)
    for zone_id, share, likely in (("strand", 1.05, 128), ("pier", 1.2, 124)):
        row, orange = forecast.zone_ids.index(zone_id), thresholds.zones[zone_id].orange
        forecast.quantiles[row, hour] = share * orange
        forecast.paths[:, row, hour] = np.where(np.arange(200) < likely, orange, 0)
    moments = busy_moments(forecast, thresholds)
    assert [(one.zone_id, one.chance, one.chance_of_level) for one in moments] == [
        ("pier", 0.62, 0.62),
        ("strand", 0.64, 0.64),
    ]
    outlook = Outlook(forecast, coast, thresholds, language("en"))
    assert worst_first(outlook, forecast.median[:, hour], hour)[:2] == ["pier", "strand"]
    assert chance_anywhere(forecast, thresholds, np.array([29, 30, 31])) == 0.64
    assert chance_anywhere(forecast, thresholds, np.array([29, 31])) == 0


def test_the_moment_at_an_hour_is_of_that_day_and_not_of_what_has_passed(make, zone_thresholds, coast):
    thresholds = zone_thresholds(coast)
    hours = {(day, hour) for day in (7, 8) for hour in (0, 12, 13, 14, 23)}
    forecast = with_busy_hours(make(coast, scale=0.05), thresholds, "strand", hours)
    at = int(np.flatnonzero((forecast.local_hours.day == 8) & (forecast.local_hours.hour == 13))[0])
    whole = busy_moment_at(forecast, thresholds, "strand", at)
    assert (whole.start.day, whole.start.hour, whole.end.hour) == (8, 12, 15)
    since = datetime(2026, 8, 8, 13, tzinfo=TZ)
    rest = busy_moment_at(forecast, thresholds, "strand", at, since=since)
    assert (rest.start.hour, rest.end.hour) == (13, 15)
    midnight = busy_moment_at(forecast, thresholds, "strand", at - 13, since=datetime(2026, 8, 7, 1, tzinfo=TZ))
    assert (midnight.start.day, midnight.start.hour, midnight.end.hour) == (8, 0, 1)


def test_an_hour_that_autumn_has_twice_lasts_an_hour_in_words(make, zone_thresholds, coast):
    thresholds = zone_thresholds(coast)
    forecast = make(coast, scale=0.05, start="2026-10-23 22:00", hours=72)
    row, red = forecast.zone_ids.index("strand"), thresholds.zones["strand"].red
    for first, count, said in (
        (26, 1, "from 2:00 to 3:00"),
        (27, 1, "from 2:00 to 3:00"),
        (24, 3, "from 0:00 to 3:00"),
    ):
        quantiles, paths = forecast.quantiles.copy(), forecast.paths.copy()
        quantiles[row, first : first + count], paths[:, row, first : first + count] = 2 * red, 2 * red
        night = replace(forecast, quantiles=quantiles, paths=paths)
        (moment,) = busy_moments(night, thresholds)
        assert hours_sentence(moment, Outlook(night, coast, thresholds, language("en"))) == f"Sunday too busy {said}"
