"""The mix of members: what is usual, no peeking, learning, what was odd in the past, weather, and its offsets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shapely import Point

from data.area.area import Area
from data.area.calendars import days as calendar_days
from data.area.zone import Zone
from forecasting.inputs.special_days import special_days
from forecasting.mix import tree_members
from forecasting.mix.last_days import level_of_last_days
from forecasting.mix.learning import Learning, learning, log_offsets, recent_counts
from forecasting.mix.mix import Mix, YearBefore, expected_quiet, fit_mix, middle_mean
from forecasting.mix.seen import seen
from forecasting.mix.tree_members import fit_trees
from forecasting.model.day_model import compile_prophet, fit_prophet
from forecasting.model.day_weather import around, fit_day_effects
from forecasting.model.profiles import day_kinds, long_profile, recent_profiles
from forecasting.model.robust_days import level_of_residuals
from forecasting.model.usual_counts import usual_counts, without_outages
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline, only_days

FIRST, DAYS = pd.Timestamp("2023-01-02"), 924
UNTIL = datetime(2025, 7, 14, tzinfo=UTC)


def area() -> Area:
    return Area(
        id="coast",
        names={"en": "Coast"},
        time_zone="Europe/Amsterdam",
        country="NL",
        school_region="Midden",
        measure="present",
        centre={"lat": 52.1, "lon": 4.3},
        zones=tuple(
            Zone(zone_id=f"z{i}", names={"en": f"z{i}"}, kind="square", geometry=Point(4.3 + i / 100, 52.1))
            for i in range(3)
        ),
    )


@pytest.fixture(scope="module", autouse=True)
def small_trees() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree_members, "_RATIO_ROUNDS", 50)
        patch.setattr(tree_members, "_COUNT_ROUNDS", 50)
        yield


def fitted(here: Learning, end: int) -> Mix:
    return fit_mix(here.counts, end, here.design, UNTIL)


def expected(mix: Mix, here: Learning, cutoff: int, days: int = 7) -> Floats:
    """What the mix expects at a cutoff of the learning itself: zones × days × 24."""
    dates, kinds = here.counts.days.dates, day_kinds(here.calendar, here.counts.days.dates)
    cube = np.expm1(here.counts.logs[:, :cutoff])
    long = [long_profile(zone, kinds[:cutoff], dates[:cutoff])[dates[cutoff - 1].month - 1] for zone in cube]
    recent = slice(max(cutoff - 70, 0), cutoff)
    shares = [recent_profiles(zone[recent], kinds[recent], prior) for zone, prior in zip(cube, long, strict=True)]
    log_days = mix.days.expected(here.calendar, dates)
    return expected_quiet(mix, here.counts, cutoff, log_days, np.stack(shares)[:, kinds[cutoff : cutoff + days]])


@pytest.fixture(scope="module")
def world(small_trees: None) -> SimpleNamespace:
    """Counts of three zones that share a slowly changing level, are busy at weekends and very quiet on holidays."""
    place = area()
    hours = pd.date_range(FIRST, periods=DAYS * 24, freq="h", tz="Europe/Amsterdam").tz_convert("UTC").as_unit("us")
    timeline = Timeline.of(hours, place.tz)
    calendar = calendar_days(place, timeline.dates[0].date(), timeline.dates[-1].date())
    rng = np.random.default_rng(2)
    level = np.zeros(len(timeline.dates))
    for day in range(1, len(level)):
        level[day] = 0.97 * level[day - 1] + rng.normal(0, 0.07)
    quiet = np.where(calendar["public_holiday"].loc[timeline.dates] != "", -1.2, 0.0)
    weekend = 0.4 * (timeline.dates.day_of_week >= 5)
    course = np.clip(np.sin((timeline.hour_of_day - 5) * np.pi / 18), 0.03, None)
    mean = course * np.exp(level + quiet + weekend)[timeline.day]
    counts = np.outer([900, 250, 60], mean) * np.exp(rng.normal(0, 0.08, (3, len(mean))))
    counts[2, 5000:5100] = np.nan
    here = learning(place, timeline, counts)
    mix = fitted(here, here.end - 84)
    return SimpleNamespace(area=place, timeline=timeline, counts=counts, here=here, mix=mix, calendar=calendar)


def test_what_is_special_about_a_day() -> None:
    dates = pd.date_range("2025-12-20", "2026-01-06", freq="D", unit="us")
    days = special_days(area(), dates)
    place = {str(day.date())[5:]: index for index, day in enumerate(dates)}
    assert days.special[[place["12-23"], place["12-24"], place["01-03"]]].tolist() == [False, True, True]
    assert days.run[place["12-25"]] == 4  # Christmas on Thursday and Friday, then the weekend
    assert days.school[place["12-30"]]
    assert days.before[place["12-24"]]
    assert days.after[place["12-27"]]


def test_usual_leaves_out_special_days_and_failing_sensors(world: SimpleNamespace) -> None:
    counts = world.here.counts
    may, usual = counts.days.dates.get_loc("2025-05-12"), np.expm1(counts.usual[0, :, 12])
    before = np.expm1(counts.logs[0, may - 7 * np.arange(1, 12), 12])
    special = counts.days.special[may - 7 * np.arange(1, 12)]
    assert special.sum() >= 1  # Easter Monday and others
    assert usual[may] == pytest.approx(np.median(before[~special][:8]), rel=0.02)

    cube = np.full((1, 300, 24), 200.0)
    days = special_days(area(), pd.date_range("2025-01-06", periods=300, freq="D", unit="us"))
    cube[0, 120:123] = 0
    cube[0, 200:] = 20
    left = without_outages(cube, days)
    assert np.isnan(left[0, 120:123]).all()
    assert (left[0, 200:] == 20).all()  # a new level, not an outage
    assert np.isfinite(left).sum() == left.size - 3 * 24


def test_a_holiday_is_usually_like_a_sunday(world: SimpleNamespace) -> None:
    counts = world.here.counts
    named = {"2025-06-09": "2025-06-08", "2025-05-29": "2025-05-25", "2024-12-25": "2024-12-22"}
    for day, sunday in named.items():
        place = np.array([counts.days.dates.get_loc(day)])
        found = counts.base_on(place, place)
        assert found[:, 0] == pytest.approx(counts.usual[:, counts.days.dates.get_loc(sunday)], nan_ok=True)
    sunday_and_weekday = counts.days.dates.get_indexer(pd.DatetimeIndex(["2025-06-08", "2025-06-11"]))
    found = counts.base_on(sunday_and_weekday, sunday_and_weekday)
    assert found == pytest.approx(counts.usual[:, sunday_and_weekday])


def test_nothing_from_the_cutoff_on_is_used(world: SimpleNamespace) -> None:
    """Neither in what trees see, nor in what is learned, nor in what is expected, also beyond the first week."""
    cutoff, days = 840, 12
    changed = world.counts.copy()
    changed[:, world.timeline.day >= cutoff] *= 3
    here, other = world.here, learning(world.area, world.timeline, changed)
    other = replace(other, counts=replace(other.counts, weight=here.counts.weight))
    target, like = cutoff + np.arange(days), cutoff + np.arange(days) % 7
    one, two = (
        seen(learned.counts, target, like, YearBefore.of(learned.counts).logs[:, target]) for learned in (here, other)
    )
    assert set(one) >= {*tree_members.RATIO_NAMES, *tree_members.COUNT_NAMES}
    for name, column in one.items():
        np.testing.assert_allclose(two[name], column, atol=1e-5, err_msg=name)
    mixes = [fitted(learned, cutoff) for learned in (here, other)]
    trees = [mix.trees for mix in mixes]
    assert all(trees)
    assert (trees[0].ratio, trees[0].count) == (trees[1].ratio, trees[1].count)
    found = [expected(mix, learned, cutoff, days) for mix, learned in zip(mixes, (here, other), strict=True)]
    np.testing.assert_allclose(found[1], found[0], rtol=1e-5)


def test_it_learns_what_lasts_and_what_a_holiday_does(world: SimpleNamespace) -> None:
    here = world.here
    own, usual = [], []
    for cutoff in range(here.end - 84, here.end - 6, 7):
        came = np.expm1(here.counts.logs[:, cutoff : cutoff + 7])
        own.append(np.abs(expected(world.mix, here, cutoff) - came).mean(axis=(1, 2)))
        usual.append(np.abs(np.expm1(here.counts.usual[:, cutoff : cutoff + 7]) - came).mean(axis=(1, 2)))
    assert (np.mean(own, axis=0) < 0.85 * np.mean(usual, axis=0)).all()
    cutoff = here.counts.days.dates.get_loc("2025-06-06")
    whitmonday = here.counts.days.dates.get_loc("2025-06-09") - cutoff
    found = expected(world.mix, here, cutoff)[0, whitmonday, 14]
    assert found < 0.6 * np.expm1(here.counts.usual[0, cutoff + whitmonday, 14])


def test_each_zone_keeps_its_own_height(world: SimpleNamespace) -> None:
    here, target = world.here, world.here.end - 28 + np.arange(7)
    came = np.expm1(here.counts.logs[:, target])
    for logs in world.mix.trees.log_counts(here.counts, target, target, YearBefore.of(here.counts).logs[:, target]):
        error = np.nanmean(np.abs(np.expm1(logs) - came), axis=(1, 2))
        assert (error < 0.25 * np.nanmean(came, axis=(1, 2))).all()


def planted(world: SimpleNamespace, what: str) -> Floats:
    """Return the counts with something odd that ended weeks before the end."""
    counts, day = world.counts.copy(), world.timeline.day
    if what == "lockdown":
        counts[:, (day >= DAYS - 330) & (day < DAYS - 240)] *= 0.1
    elif what == "works":
        counts[0, (day >= DAYS - 200) & (day < DAYS - 130)] *= 0.3
    else:
        counts[1, (day >= DAYS - 150) & (day < DAYS - 120)] = 0
    return counts


@pytest.mark.parametrize("what", ["lockdown", "works", "a month of a failing sensor"])
def test_what_was_odd_in_the_past_does_not_spoil_the_forecast(world: SimpleNamespace, what: str) -> None:
    odd = learning(world.area, world.timeline, planted(world, what))
    errors = []
    for here in (world.here, odd):
        mix = fitted(here, here.end - 28)
        weeks = range(here.end - 28, here.end - 6, 7)
        found = [np.abs(expected(mix, here, c) - np.expm1(world.here.counts.logs[:, c : c + 7])) for c in weeks]
        errors.append(np.nanmean(found))
    assert errors[1] < 1.1 * errors[0]


def test_a_zone_that_jumped_tenfold_follows_the_level_of_its_days(world: SimpleNamespace) -> None:
    here, cutoff = world.here, world.here.end
    counts = np.expm1(here.counts.logs)
    counts[1, cutoff - 12 :] *= 10
    jumped = replace(here, counts=usual_counts(counts, here.counts.days, here.counts.weight))
    before, after = (expected(world.mix, learned, cutoff) for learned in (here, jumped))
    assert after[1].sum() == pytest.approx(10 * before[1].sum(), rel=0.3)
    assert after[[0, 2]] == pytest.approx(before[[0, 2]], rel=0.3)


def test_what_is_stored_forecasts_the_same(world: SimpleNamespace) -> None:
    here, cutoff = world.here, world.here.end
    mix = fitted(here, cutoff)
    text = mix.to_dict()
    again = Mix.from_dict(text)
    assert again.to_dict() == text
    last = slice(len(world.timeline.hours) - 98 * 24, None)
    dates = here.counts.days.dates
    short = recent_counts(
        world.area, world.timeline.part(last), world.counts[:, last], dates[cutoff], dates[cutoff + 9], again
    )
    place, days = int(short.days.dates.get_loc(dates[cutoff])), dates.get_indexer(short.days.dates)
    shares = np.full((3, 10, 24), 1 / 24)
    log_days = mix.days.expected(here.calendar, dates)
    whole = expected_quiet(mix, here.counts, cutoff, log_days, shares)
    found = expected_quiet(again, short, place, log_days[:, days], shares)
    assert found == pytest.approx(whole, rel=0.02)
    trees = {**text["trees"], "ratio": {**text["trees"]["ratio"], "sees": []}}
    for broken in ({**text, "trees": trees}, {**text, "days": {}}, {**text, "year_before": {}}):
        with pytest.raises((ValueError, KeyError)):
            Mix.from_dict(broken)


def test_each_member_is_used_from_the_day_it_can_be_made(world: SimpleNamespace) -> None:
    """With three weeks of counts there is what the last days say; with some months all members."""
    for known, has_days, has_trees in ((21, False, False), (70, True, True), (110, True, True)):
        part = slice(len(world.timeline.hours) - known * 24, None)
        here = learning(world.area, world.timeline.part(part), world.counts[:, part])
        mix = fitted(here, here.end)
        assert bool(mix.days.names) == has_days
        assert (mix.trees is not None) == has_trees
        assert np.isfinite(expected(mix, here, here.end)).all()
    assert fit_trees(world.here.counts, 40, YearBefore.of(world.here.counts).logs) is None


@given(arrays(float, (4, 6), elements=st.one_of(st.floats(-9, 9), st.just(np.nan)), fill=st.just(0.0)))
def test_the_mix_is_the_mean_of_the_middle_two(members: Floats) -> None:
    found = middle_mean(members)
    for column, middle in zip(members.T, found, strict=True):
        known = np.sort(column[np.isfinite(column)])
        if not len(known):
            assert np.isnan(middle)
            continue
        inner = known[(len(known) - 1) // 2 : len(known) // 2 + 1]
        assert middle == pytest.approx(inner.mean())


def test_the_last_week_moves_what_is_usual_and_one_odd_day_does_not(world: SimpleNamespace) -> None:
    counts, cutoff = world.here.counts, world.here.counts.days.dates.get_loc("2025-03-12")

    def level(more: float, days: slice) -> Floats:
        logs = counts.logs.copy()
        logs[:, days] += more
        return level_of_last_days(replace(counts, logs=logs), cutoff)

    plain = level(0, slice(cutoff - 7, cutoff))
    assert level(0.3, slice(cutoff - 7, cutoff)) - plain == pytest.approx(0.7 * 0.3, abs=0.02)
    assert level(3, slice(cutoff - 1, cutoff)) - plain == pytest.approx(0, abs=0.15)
    assert level(np.nan, slice(cutoff - 7, cutoff)) == pytest.approx(0)


def test_the_last_days_bring_tomorrow_nearer(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The level of this world drifts from day to day, and trees see nothing of the last week."""
    here = world.here
    errors = []
    for moved in (True, False):
        if not moved:
            monkeypatch.setattr(
                "forecasting.mix.mix.drift_of_last_days", lambda above, _, ahead: np.zeros((len(above), ahead))
            )
        cutoffs = range(here.end - 84, here.end - 6)
        found = [expected(world.mix, here, c, 1) - np.expm1(here.counts.logs[:, c : c + 1]) for c in cutoffs]
        errors.append(np.nanmean(np.abs(found)))
    assert errors[0] < 0.97 * errors[1]


def test_special_days_say_nothing_of_the_level(world: SimpleNamespace) -> None:
    counts = world.here.counts
    easter_monday = counts.days.dates.get_loc("2025-04-21")
    logs = counts.logs.copy()
    logs[:, easter_monday] += 2
    after = easter_monday + 1
    assert level_of_last_days(replace(counts, logs=logs), after) == pytest.approx(level_of_last_days(counts, after))


def test_the_robust_model_says_nearly_what_prophet_says(world: SimpleNamespace) -> None:
    here, cutoff = world.here, 860
    totals, dates = here.counts.total[0], here.counts.days.dates
    frame = pd.DataFrame({"ds": dates[:cutoff], "y": totals[:cutoff]}).dropna().reset_index(drop=True)
    prophet = compile_prophet(fit_prophet(frame, here.calendar))
    ahead = only_days(dates[cutoff : cutoff + 28])
    residual = (totals - prophet.predict(here.calendar, None, only_days(dates)))[None, :cutoff]
    said = prophet.predict(here.calendar, None, ahead) + level_of_residuals(residual, here.counts.days.special[:cutoff])
    model = here.design.fit(totals, cutoff)
    assert model is not None
    residual = (totals - model.predict(here.calendar, None, only_days(dates)))[None, :cutoff]
    found = model.predict(here.calendar, None, ahead) + level_of_residuals(residual, here.counts.days.special[:cutoff])
    assert np.abs(found - said).mean() < 0.1
    assert np.corrcoef(found, said)[0, 1] > 0.9


def test_offsets_turn_prophets_hours_into_those_of_the_mix() -> None:
    hours = pd.date_range("2025-06-01 22:00", periods=48, freq="h", tz="UTC", unit="us")
    timeline = Timeline.of(hours, area().tz)
    quiet = np.full((3, 2, 24), 12.0)
    quiet[2] = np.nan
    log_days = np.log1p(np.array([[240.0, 480], [240, 480], [240, 480]]))
    shares = np.full((3, 48), 1 / 24)
    caps = np.array([99.0, np.log1p(240), 99])
    found = log_offsets(quiet, log_days, shares, caps, timeline)
    assert found[0, :24] == pytest.approx(np.log(1.2))
    assert found[0, 24:] == pytest.approx(np.log(0.6))
    assert found[1] == pytest.approx(np.log(1.2))  # a day beyond what is believed
    assert (found[2] == 0).all()


CHANGES: Final = np.array([3.0, 0.5, 1.0])
"""Usual changes of the kinds of ``made_weather``."""

BEACH_CHANGES: Final = np.array([3.0, 3.0, 3.0, 0.5])


def made_weather(days: int) -> Floats:
    """Temperature with a season, rain, and a third kind that is never anything else."""
    rng = np.random.default_rng(5)
    season = 8 * np.sin(np.arange(days) * 2 * np.pi / 365)
    return np.stack([12 + season + rng.normal(0, 3, days), rng.gamma(0.4, 1, days), np.full(days, 3.0)], axis=1)


def test_what_the_weather_does_is_learned_and_a_season_is_not_taken_for_it() -> None:
    days, rng = 730, np.random.default_rng(6)
    weather = made_weather(days)
    season = -0.3 * np.sin(np.arange(days) * 2 * np.pi / 365)  # quieter in summer, whatever the weather
    short = weather - around(weather)
    noise = rng.normal(0, 0.1, days)
    true = np.array([[0.03, -0.08, 0.0], [0.05, -0.08, 0.0]])
    residuals = true @ short.T + season + noise
    residuals[0, 40:60] -= 2  # works
    residuals[1, ::9] = np.nan
    found = fit_day_effects(residuals, weather, CHANGES)
    assert found == pytest.approx(true, abs=0.012)


def beach_and_streets(days: int, first_day: int = 0, seed: int = 8) -> tuple[Floats, Floats, Floats]:
    """Residuals, weather (warmth, its excess over 21 and 25 °C, rain) and true effects of a beach and nine streets."""
    rng = np.random.default_rng(seed)
    season = -8 * np.cos((np.arange(days) + first_day - 20) * 2 * np.pi / 365)
    warmth = 15 + season + rng.normal(0, 3, days)
    over = [np.maximum(warmth - degrees, 0) for degrees in (21, 25)]
    weather = np.stack([warmth, *over, rng.gamma(0.4, 1, days)], axis=1)
    true = np.array([[0.02, 0.2, 0.0, -0.3], *[[0.005, 0.0, 0.0, -0.05]] * 9])
    noise = rng.normal(0, 0.12, (len(true), days)) + rng.normal(0, 0.09, days)
    return true @ (weather - around(weather)).T + noise, weather, true


HOT: Final = np.array([8.0, 6.0, 2.0, 0.0])
"""26 to 27 °C against 19."""


def test_one_zone_may_feel_the_weather_many_times_as_much_as_its_neighbours() -> None:
    residuals, weather, true = beach_and_streets(730)
    found = fit_day_effects(residuals, weather, BEACH_CHANGES)
    assert HOT @ found[0] == pytest.approx(HOT @ true[0], rel=0.15)
    assert np.abs(found[1:] @ HOT - true[1:] @ HOT).max() < 0.1
    assert found[0, 3] == pytest.approx(-0.3, abs=0.05)


def test_from_cold_weeks_little_is_believed_of_warm_ones() -> None:
    """Of degrees that were hardly ever reached there is nothing to learn, and nothing large is made of it."""
    off = []
    for seed in range(4):
        residuals, weather, true = beach_and_streets(182, first_day=350, seed=seed)
        assert (weather[:, 1] > 0).sum() < 25
        found = fit_day_effects(residuals, weather, BEACH_CHANGES)
        off.append(np.abs(found[1:] @ HOT - true[1:] @ HOT).max())
        assert -0.2 < HOT @ found[0] < 1.2 * HOT @ true[0]
    assert np.mean(off) < 0.15


def test_weather_that_tells_nothing_is_not_believed() -> None:
    days, rng = 365, np.random.default_rng(7)
    weather = made_weather(days)
    found = fit_day_effects(rng.normal(0, 0.2, (4, days)), weather, CHANGES)
    effect = (weather - around(weather)) @ found.T
    assert np.abs(effect).mean() < 0.01
    assert (fit_day_effects(rng.normal(0, 0.2, (2, 20)), weather[:20], CHANGES) == 0).all()


def test_the_weather_around_a_day_leaves_out_what_is_unknown() -> None:
    values = np.arange(40.0)[:, None]
    assert around(values)[20, 0] == 20
    assert around(values)[0, 0] == 3.5
    values[21:28] = np.nan
    assert around(values)[20, 0] == np.mean(np.arange(13, 21))
    assert np.isnan(around(np.full((30, 1), np.nan))).all()
