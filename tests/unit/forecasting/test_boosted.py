"""The boosted part of a forecast: what is usual, analog days, no peeking, learning, and its offsets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import lightgbm
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from data.area.area import Area
from data.area.calendars import days as calendar_days
from data.area.zone import Zone
from forecasting.boosted import level_member, model
from forecasting.boosted.features import features
from forecasting.boosted.linear_member import least_absolute
from forecasting.boosted.model import BoostModel, fit_boost, training_rows
from forecasting.boosted.offsets import Boosted, expected_quiet, learning, log_offsets, recent_counts, weather_effects
from forecasting.inputs.special_days import special_days
from forecasting.model.analog_days import Analogs, analog_days, analogs
from forecasting.model.day_model import DayModel, compile_prophet, fit_prophet
from forecasting.model.day_parts import Twin, only_days
from forecasting.model.usual_counts import usual_counts, without_outages
from forecasting.values.timeline import Timeline

FIRST, DAYS = pd.Timestamp("2023-01-02"), 924


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
        patch.setattr(model, "_ROUNDS", 50)
        yield


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
    twin = Twin(here.counts.total, here.calendar, here.counts.days.dates)
    rows = training_rows(here.counts, here.end - 28, here.before, twin, 1095)
    assert rows is not None
    model = fit_boost(rows, here.counts, here.end - 28, here.before, len(here.school_names))
    return SimpleNamespace(
        area=place, timeline=timeline, counts=counts, here=here, twin=twin, rows=rows, model=model, calendar=calendar
    )


def test_days_are_compared_with_the_same_day_of_earlier_years() -> None:
    dates = pd.date_range("2022-01-01", "2025-12-31", freq="D", unit="us")
    days = special_days(area(), dates, ())

    def analog(day: str, years: int = 1) -> str:
        place = analog_days(days, years)[dates.get_loc(day)]
        return str(dates[place].date()) if place >= 0 else ""

    assert analog("2025-04-20") == "2024-03-31"  # Easter Sunday
    assert analog("2025-04-18", 2) == "2023-04-07"  # Good Friday
    assert analog("2025-12-25") == "2024-12-25"
    assert analog("2025-05-29") == "2024-05-09"  # Ascension Day
    assert analog("2025-09-10") == "2024-09-11"  # an ordinary Wednesday
    assert analog("2022-06-01") == ""


def test_what_is_special_about_a_day() -> None:
    dates = pd.date_range("2025-12-20", "2026-01-06", freq="D", unit="us")
    days = special_days(area(), dates, ("Christmas Break",))
    place = {str(day.date())[5:]: index for index, day in enumerate(dates)}
    assert days.special[[place["12-23"], place["12-24"], place["01-03"]]].tolist() == [False, True, True]
    assert (days.until[place["12-24"]], days.since[place["12-28"]], days.since[place["12-26"]]) == (1, 2, 0)
    assert days.run[place["12-25"]] == 4  # Christmas on Thursday and Friday, then the weekend
    assert days.christmas[place["01-06"]] == 12
    assert days.school[place["12-30"]] == 1


def test_usual_leaves_out_special_days_and_failing_sensors(world: SimpleNamespace) -> None:
    counts = world.here.counts
    may, usual = counts.days.dates.get_loc("2025-05-12"), np.expm1(counts.usual[0, :, 12])
    before = np.expm1(counts.logs[0, may - 7 * np.arange(1, 12), 12])
    special = counts.days.special[may - 7 * np.arange(1, 12)]
    assert special.sum() >= 1  # Easter Monday and others
    assert usual[may] == pytest.approx(np.median(before[~special][:8]), rel=0.02)

    cube = np.full((1, 300, 24), 200.0)
    days = special_days(area(), pd.date_range("2025-01-06", periods=300, freq="D", unit="us"), ())
    cube[0, 120:123] = 0
    cube[0, 200:] = 20
    left = without_outages(cube, days)
    assert np.isnan(left[0, 120:123]).all()
    assert (left[0, 200:] == 20).all()  # a new level, not an outage
    assert np.isfinite(left).sum() == left.size - 3 * 24


def test_features_use_nothing_from_the_cutoff_on(world: SimpleNamespace) -> None:
    here, cutoff = world.here, 840
    before = features(here.counts, cutoff, 12, here.before, world.twin.parts(cutoff, 12, 1095))
    changed = world.counts.copy()
    changed[:, world.timeline.day >= cutoff] *= 3
    other = learning(world.area, world.timeline, changed)
    counts = usual_counts(np.expm1(other.counts.logs), other.counts.days, here.counts.weight)
    twin = Twin(counts.total, other.calendar, counts.days.dates)
    again = features(counts, cutoff, 12, analogs(counts), twin.parts(cutoff, 12, 1095))
    assert set(before) == set(again) >= set(model.NAMES)
    for name, column in before.items():
        assert column.shape[1] in (1, 12), name
        np.testing.assert_allclose(again[name], column, atol=1e-5, err_msg=name)


def test_the_level_member_uses_nothing_from_the_cutoff_on(world: SimpleNamespace) -> None:
    here, cutoff = world.here, 840
    logs = here.counts.logs.copy()
    logs[:, cutoff:] = 9
    counts = replace(here.counts, logs=logs)
    target, like = cutoff + np.arange(12), cutoff + np.arange(12) % 7
    one, again = (level_member.seen(seen, target, like, analogs(seen)) for seen in (here.counts, counts))
    np.testing.assert_array_equal(again, one)
    trees = [level_member.fit_level(seen, cutoff, analogs(seen)) for seen in (here.counts, counts)]
    assert trees[0] == trees[1]


def test_the_level_member_knows_the_height_of_each_zone(world: SimpleNamespace) -> None:
    here, target = world.here, world.here.end - 28 + np.arange(7)
    trees = lightgbm.Booster(model_str=world.model.level)
    found = np.expm1(level_member.log_counts(trees, level_member.seen(here.counts, target, target, here.before)))
    came = np.expm1(here.counts.logs[:, target])
    assert found.shape == (3, 7, 24)
    assert (np.nanmean(np.abs(found - came), axis=(1, 2)) < 0.2 * np.nanmean(came, axis=(1, 2))).all()


def test_it_learns_what_lasts_and_what_a_holiday_does(world: SimpleNamespace) -> None:
    here = world.here
    own, usual = [], []
    for cutoff in range(here.end - 28, here.end - 6, 7):
        parts = world.twin.parts(cutoff, 7, 1095)
        expected = expected_quiet(world.model, here.counts, cutoff, 7, here.before, parts)
        came = np.expm1(here.counts.logs[:, cutoff : cutoff + 7])
        own.append(np.abs(expected - came).mean(axis=(1, 2)))
        usual.append(np.abs(np.expm1(here.counts.usual[:, cutoff : cutoff + 7]) - came).mean(axis=(1, 2)))
    assert (np.mean(own, axis=0) < 0.85 * np.mean(usual, axis=0)).all()
    cutoff = here.counts.days.dates.get_loc("2025-06-06")
    expected = expected_quiet(world.model, here.counts, cutoff, 7, here.before, world.twin.parts(cutoff, 7, 1095))
    whitmonday = here.counts.days.dates.get_loc("2025-06-09") - cutoff
    assert expected[0, whitmonday, 14] < 0.6 * np.expm1(here.counts.usual[0, cutoff + whitmonday, 14])


def test_a_zone_that_jumped_tenfold_is_left_to_the_level(world: SimpleNamespace) -> None:
    here, cutoff = world.here, world.here.end
    counts = np.expm1(here.counts.logs)
    counts[1, cutoff - 12 :] *= 10
    jumped = usual_counts(counts, here.counts.days, here.counts.weight)
    parts = world.twin.parts(cutoff, 7, 1095)
    found = expected_quiet(world.model, jumped, cutoff, 7, here.before, parts)
    assert np.isnan(found[1]).all()
    assert np.isfinite(found[[0, 2]]).all()


def test_what_is_stored_forecasts_the_same(world: SimpleNamespace) -> None:
    here, cutoff = world.here, world.here.end
    until = datetime(2025, 7, 14, tzinfo=UTC)
    kept = Boosted(
        world.model, here.before.on(here.counts.days.dates[cutoff:]), here.counts.weight, here.school_names, until
    )
    text = kept.to_dict()
    again = Boosted.from_dict(text)
    last = slice(len(world.timeline.hours) - 98 * 24, None)
    dates = here.counts.days.dates
    short = recent_counts(
        world.area, world.timeline.part(last), world.counts[:, last], dates[cutoff], dates[cutoff + 9], again
    )
    place = int(short.days.dates.get_loc(dates[cutoff]))
    parts = world.twin.parts(cutoff, 10, 1095)
    moved = type(parts)(parts.expected, parts.holidays, parts.yearly, parts.first - cutoff + place)
    whole = expected_quiet(world.model, here.counts, cutoff, 10, here.before, parts)
    found = expected_quiet(again.model, short, place, 10, again.before, moved)
    assert found == pytest.approx(whole, rel=0.02)
    for broken in ({**text, "model": {**text["model"], "features": []}}, {**text, "before": {}}):
        with pytest.raises((ValueError, KeyError)):
            Boosted.from_dict(broken)
    assert (Analogs.from_dict(again.before.to_dict()).mean_day.shape) == (3, len(dates) - cutoff)


def test_the_same_rows_give_the_same_model(world: SimpleNamespace) -> None:
    rows = world.rows.before(int(np.quantile(world.rows.cutoffs, 0.4)))
    here = world.here
    one, other = (fit_boost(rows, here.counts, 600, here.before, 5) for _ in range(2))
    assert (one.trees, one.level) == (other.trees, other.level)
    assert (one.linear == other.linear).all()
    assert BoostModel.from_dict(one.to_dict()).trees == one.trees


def test_too_little_history_has_no_boosted_part(world: SimpleNamespace) -> None:
    assert training_rows(world.here.counts, 150, world.here.before, world.twin, 1095) is None


def test_the_twin_says_nearly_what_prophet_says(world: SimpleNamespace) -> None:
    here, cutoff = world.here, 860
    totals, dates = here.counts.total[0], here.counts.days.dates
    frame = pd.DataFrame({"ds": dates[:cutoff], "y": totals[:cutoff]}).dropna().reset_index(drop=True)
    prophet = compile_prophet(fit_prophet(frame, here.calendar))
    ahead = only_days(dates[cutoff : cutoff + 28])
    said = prophet.predict(here.calendar, None, ahead)
    parts = world.twin.parts(cutoff, 28, 1095)
    twin = parts.expected[0, -28:]
    assert np.abs(twin - said).mean() < 0.1
    assert np.corrcoef(twin, said)[0, 1] > 0.9


def test_offsets_turn_prophets_hours_into_the_blended_ones() -> None:
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


def test_weather_is_left_to_prophet() -> None:
    """What a warm day did is taken out of its counts, against the mean weather of the zone."""
    model = DayModel(("trend:1", "weather:temp"), np.array([5.0, 0.1]))
    hours = pd.date_range("2025-06-01 22:00", periods=48, freq="h", tz="UTC", unit="us")
    days = Timeline.of(hours, area().tz)
    weather = np.zeros((48, 4))
    weather[:, 0] = np.where(days.day == 0, 10, 30)
    calendar = calendar_days(area(), days.dates[0].date(), days.dates[-1].date())
    found = weather_effects([model], [np.array([1.0, 20.0])], calendar, weather, days)
    assert found[0] == pytest.approx([-1, 1])
    assert (weather_effects([model], [np.array([1.0, 20.0])], calendar, None, days) == 0).all()


def test_the_regression_is_not_led_by_outliers() -> None:
    rng = np.random.default_rng(3)
    x = np.stack([np.ones(4000), rng.normal(0, 1, 4000)], axis=1).astype(np.float32)
    y = 0.1 + 0.3 * x[:, 1] + rng.normal(0, 0.05, 4000)
    y[::10] = 1.2
    assert least_absolute(x, y.astype(np.float32), np.ones(4000)) == pytest.approx([0.1, 0.3], abs=0.04)
