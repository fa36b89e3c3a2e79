"""The pieces of a forecast, each on its own: timelines, profiles, levels, effects, calibration, paths."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shapely import Point

from data.area.area import Area
from data.area.zone import Zone
from forecasting.inputs.climatology import fit_climatology
from forecasting.model import hour_effects
from forecasting.model.calibration import ASSUMED_SD, Calibration, fit_errors
from forecasting.model.event_effects import EventEffects, assumed, distances, fit_event_effects, phases
from forecasting.model.level import DAYS, level_correction
from forecasting.model.paths import SAMPLES, path_ranks
from forecasting.model.profiles import KINDS, day_totals, long_profile, recent_profiles
from forecasting.model.recent import expected_counts
from forecasting.model.residuals import AHEAD
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked
from forecasting.values.forecast import QUANTILES
from forecasting.values.timeline import Timeline

TZ = ZoneInfo("Europe/Amsterdam")


def area(*lons: float) -> Area:
    zones = tuple(
        Zone(zone_id=f"z{i}", names={"en": f"Zone {i}"}, kind="square", geometry=Point(lon, 52.1))
        for i, lon in enumerate(lons)
    )
    return Area(
        id="here",
        names={"en": "Here"},
        time_zone="Europe/Amsterdam",
        country="NL",
        measure="present",
        centre={"lat": 52.1, "lon": 4.3},
        zones=zones,
    )


def timeline(first: str, last: str) -> Timeline:
    return Timeline.between(pd.Timestamp(first, tz=TZ), pd.Timestamp(last, tz=TZ), TZ)


@pytest.mark.parametrize(
    ("first", "last", "hours"), [("2026-03-23", "2026-03-30", 167), ("2025-10-20", "2025-10-27", 169)]
)
def test_weeks_with_a_clock_change_keep_their_hours(first: str, last: str, hours: int) -> None:
    week = timeline(first, last)
    assert len(week.hours) == hours
    assert len(week.dates) == 7
    cube = week.cube(np.arange(hours, dtype=float))
    assert np.isnan(cube).sum() == (1 if hours == 167 else 0)
    assert np.nansum(week.cube(np.ones(hours))) == (167 if hours == 167 else 168)


counts = arrays(float, (30, 24), elements=st.one_of(st.floats(0, 5000), st.just(np.nan)))


@given(counts, st.lists(st.integers(0, 13), min_size=30, max_size=30))
@settings(max_examples=40, deadline=None)
def test_shares_sum_to_one(cube: np.ndarray, kinds: list[int]) -> None:
    dates = pd.date_range("2025-06-01", periods=30, unit="us")
    long = long_profile(cube, np.array(kinds), dates)
    recent = recent_profiles(cube, np.array(kinds), long[5])
    assert recent.shape == (KINDS, 24)
    assert long.sum(axis=-1) == pytest.approx(1)
    assert recent.sum(axis=-1) == pytest.approx(1)
    assert (recent > 0).all()


@given(st.lists(st.integers(0, 23), max_size=10, unique=True))
def test_total_of_an_incomplete_day_is_completed_or_unknown(missing: list[int]) -> None:
    shares = np.linspace(1, 2, 24) / np.linspace(1, 2, 24).sum()
    cube = 1200 * shares[None]
    cube[0, missing] = np.nan
    total = day_totals(cube, shares[None])
    if shares[missing].sum() <= 0.2499:
        assert total[0] == pytest.approx(1200)
    elif shares[missing].sum() >= 0.2501:
        assert np.isnan(total[0])


def test_level_follows_recent_days_and_survives_an_outage() -> None:
    expected = np.full((1, DAYS), np.log1p(1000.0))
    totals = np.full((1, DAYS), np.expm1(np.log1p(1000) + 0.4))
    raised = level_correction(totals, expected)
    assert 0.2 < raised[0] < 0.401
    outage, unknown, all_low = totals.copy(), totals.copy(), totals / 20
    outage[0, : DAYS - 5] = 0
    unknown[0, : DAYS - 5] = np.nan
    assert level_correction(outage, expected) == pytest.approx(raised)
    assert level_correction(unknown, expected) == pytest.approx(raised)
    assert level_correction(all_low, expected)[0] < -2
    few = np.full((1, DAYS), np.nan)
    assert level_correction(few, expected) == 0
    few[0, -1] = totals[0, 0]
    assert 0 < level_correction(few, expected)[0] < raised[0] / 2


def test_typical_weather_follows_the_season_and_fills_gaps() -> None:
    years = timeline("2023-01-01", "2025-01-01")
    season = np.cos(2 * np.pi * (years.dates.day_of_year.to_numpy() - 201) / 365.25)[years.day]
    weather = np.stack(
        [11 + 7 * season, np.zeros(len(season)), np.full(len(season), 5.0), np.full(len(season), 0.4)], axis=1
    )
    typical = fit_climatology(weather, years)
    july = timeline("2026-07-20", "2026-07-21")
    gaps = np.full((24, 4), np.nan)
    gaps[3, 0] = 30
    filled = typical.completed(gaps, july)
    assert filled[3, 0] == 30
    assert filled[12] == pytest.approx([18, 0, 5, 0.4], abs=0.3)


def test_typical_weather_of_half_a_year_is_that_of_the_last_weeks() -> None:
    half = timeline("2025-01-01", "2025-06-01")
    weather = np.tile(np.linspace(0, 20, len(half.hours))[:, None], (1, 4))
    weather[-50:] = np.nan
    typical = fit_climatology(weather, half).weather(timeline("2025-06-01", "2025-06-02"))
    assert typical[:, 0].mean() == pytest.approx(17.9, abs=0.3)


def test_rain_in_the_hour_is_found_within_days() -> None:
    days = timeline("2025-05-01", "2025-09-01")
    rng = np.random.default_rng(5)
    rain = np.where(rng.uniform(size=len(days.hours)) < 0.1, rng.gamma(1, 1.5, len(days.hours)), 0)
    weather = np.stack([np.full_like(rain, 18), rain, np.full_like(rain, 4), np.full_like(rain, 0.5)], axis=1)
    day_level = rng.normal(0, 0.5, len(days.dates))[days.day]
    share = np.full(len(rain), 1 / 24)
    factor = np.where(rain >= 0.1, 0.8, 1) * (1 + rain) ** -0.5
    made = np.stack(
        [3000 * np.exp(day_level) * share * factor * np.exp(rng.normal(0, 0.1, len(rain))) for _ in range(2)]
    )
    made[0, :40] = np.nan
    effects = hour_effects.fit_hour_effects(area(4.3, 4.31), made, np.stack([share, share]), weather, days)
    three_mm = hour_effects.hour_features(np.array([[18, 3.0, 4, 0.5]]))[0]
    assert np.exp(effects @ three_mm) == pytest.approx([0.4, 0.4], rel=0.1)


def one_event(attendance: float, start: str = "2025-06-14 12:00", zone: str = "z0") -> pd.DataFrame:
    begin = pd.Timestamp(start, tz="UTC")
    return pd.DataFrame(
        {
            "event_id": [start],
            "name": ["Fair"],
            "zone_id": [zone],
            "start": [begin],
            "end": [begin + pd.Timedelta(hours=5)],
            "attendance": [attendance],
        }
    )


def test_event_effects_come_back_from_counts() -> None:
    place = area(4.300, 4.304, 4.330)
    span = timeline("2025-06-01", "2025-09-01")
    true = EventEffects(np.array([0.4, 0.2, 0.1, 0.0, 0.0]), np.array([0, 0.3, 0.9, 1, 1, 0.4, 0]), 0)
    events = pd.concat(
        [one_event(3000 + 500 * k, f"2025-0{6 + k // 4}-{3 + 6 * (k % 4):02d} 12:00") for k in range(10)]
    )
    base = np.full((3, len(span.hours)), 400.0)
    added = true.added(events, span.hours, place.zone_ids, distances(place))
    noisy = base * np.exp(np.random.default_rng(2).normal(0, 0.1, base.shape)) + added
    found = fit_event_effects(events, noisy, base, span.hours, place, distances(place))
    fair = one_event(10_000)
    hours = pd.date_range("2025-06-14 08:00", periods=14, freq="h", tz="UTC", unit="us")
    expected = true.added(fair, hours, place.zone_ids, distances(place))
    assert found.learned_from == 10
    assert found.added(fair, hours, place.zone_ids, distances(place)) == pytest.approx(expected, abs=600)


def test_without_past_events_the_assumptions_hold() -> None:
    place, span = area(4.3, 4.31), timeline("2025-06-01", "2025-06-08")
    none = one_event(5000).iloc[:0]
    flat = np.full((2, len(span.hours)), 100.0)
    found = fit_event_effects(none, flat, flat, span.hours, place, distances(place))
    assert found.learned_from == 0
    assert (found.shares == assumed("present").shares).all()
    assert found.added(none, span.hours, place.zone_ids, distances(place)).sum() == 0
    assert found.added(one_event(5000, zone="elsewhere"), span.hours, place.zone_ids, distances(place)).sum() == 0


@given(st.floats(0.25, 30), st.integers(0, 59))
@settings(max_examples=30, deadline=None)
def test_phases_cover_the_event_and_two_hours_around_it(length: float, minute: int) -> None:
    start = pd.Timestamp("2025-06-14 12:00", tz="UTC") + pd.Timedelta(minutes=minute)
    event = one_event(1).assign(start=start, end=start + pd.Timedelta(hours=length))
    hours = pd.date_range("2025-06-14 06:00", periods=48, freq="h", tz="UTC", unit="us")
    found = phases(event, hours)[0]
    assert (found > -1e-6).all()
    assert found.sum() == pytest.approx(length + 4, abs=1e-3)


errors = arrays(float, (2, 8, AHEAD), elements=st.one_of(st.floats(-3, 3), st.just(np.nan)), fill=st.just(0.1))


@given(errors, arrays(float, (2, 8, AHEAD), elements=st.floats(0, 9), fill=st.just(2.0)))
@settings(max_examples=15, deadline=None)
def test_calibrated_quantiles_never_cross(found: np.ndarray, levels: np.ndarray) -> None:
    special = np.zeros((8, AHEAD), dtype=bool)
    model = fit_errors(found, levels, special, 6.0 * np.arange(8, 0, -1))
    calibration = model.calibration(levels[:, 0, :30], np.arange(30) // 24, np.arange(30) > 20)
    assert np.isfinite(calibration.quantiles).all()
    assert (np.diff(calibration.quantiles, axis=-1) >= -1e-12).all()
    assert calibration.at(np.array(QUANTILES)) == pytest.approx(calibration.quantiles, abs=1e-9)


AGES = 6.0 * np.arange(60, 0, -1) + 2


def covered(calibration: Calibration, fresh: np.ndarray, low: float, high: float) -> np.ndarray:
    quantiles = calibration.quantiles
    inside = (fresh >= quantiles[..., QUANTILES.index(low)]) & (fresh <= quantiles[..., QUANTILES.index(high)])
    return np.asarray(inside.mean(axis=0))


def test_intervals_hold_what_they_promise_where_it_is_quiet_and_where_it_is_busy() -> None:
    """Errors four times as large in quiet hours, growing with the days ahead, of two zones that differ."""
    rng = np.random.default_rng(1)
    levels = np.tile(np.where(np.arange(AHEAD) % 24 < 12, 2.0, 6.0), (2, 60, 1)) + rng.normal(0, 0.2, (2, 60, AHEAD))
    size = np.where(levels < 4, 0.4, 0.1) * np.array([1, 1.5])[:, None, None] * np.where(np.arange(AHEAD) < 24, 1, 1.5)
    model = fit_errors(rng.standard_t(6, levels.shape) * size, levels, np.zeros((60, AHEAD), dtype=bool), AGES)
    ahead = levels[:, 0]
    calibration = model.calibration(ahead, np.arange(AHEAD) // 24, np.zeros(AHEAD, dtype=bool))
    fresh = rng.standard_t(6, (400, 2, AHEAD)) * size[:, 0]
    for low, high, promised in ((0.25, 0.75, 0.5), (0.1, 0.9, 0.8), (0.025, 0.975, 0.95)):
        inside = covered(calibration, fresh, low, high)
        for part in (ahead < 4, ahead > 4, np.broadcast_to(np.arange(AHEAD) < 24, ahead.shape)):
            assert inside[part].mean() == pytest.approx(promised, abs=0.05)
    width = np.ptp(calibration.quantiles, axis=-1)
    assert width[ahead < 4].mean() > 2.5 * width[ahead > 4].mean()


def test_a_zone_without_past_errors_has_the_assumed_spread() -> None:
    rng = np.random.default_rng(1)
    past = np.stack([rng.normal(0, 0.1, (20, AHEAD)), np.full((20, AHEAD), np.nan)])
    model = fit_errors(past, np.full(past.shape, 3.0), np.zeros((20, AHEAD), dtype=bool), AGES[-20:])
    found = model.calibration(np.full((2, 24), 3.0), np.zeros(24, dtype=np.int64), np.zeros(24, dtype=bool)).quantiles
    assert found[1, :, -1] == pytest.approx(ASSUMED_SD * 1.96, rel=0.01)
    assert found[0, :, -1].mean() < 0.3
    none = fit_errors(past[:, :0], past[:, :0], np.zeros((0, AHEAD), dtype=bool), AGES[:0])
    assert not none.known.any()


def test_paths_keep_what_goes_together() -> None:
    rng = np.random.default_rng(4)
    day = rng.normal(0, 0.3, (1, 60, 7)).repeat(24, axis=2)
    past = np.concatenate([day + rng.normal(0, 0.1, (1, 60, AHEAD)), day + rng.normal(0, 0.1, (1, 60, AHEAD))])
    past[0, :5, 10:40] = np.nan
    hour = np.tile(np.arange(AHEAD) % 24, (60, 1))
    ranks = path_ranks(past, hour, (np.arange(200) + 8) % 24, seed=7)
    assert ranks.shape == (SAMPLES, 2, 200)
    assert (np.sort(ranks, axis=0) == np.arange(SAMPLES)[:, None, None]).all()
    flat = ranks.astype(float)
    assert np.corrcoef(flat[:, 0, 18], flat[:, 1, 18])[0, 1] > 0.6
    assert np.corrcoef(flat[:, 0, 18], flat[:, 0, 20])[0, 1] > 0.6
    assert abs(np.corrcoef(flat[:, 0, 18], flat[:, 0, 70])[0, 1]) < 0.4
    assert (ranks == path_ranks(past, hour, (np.arange(200) + 8) % 24, seed=7)).all()
    assert path_ranks(past[:, :0], hour[:0], np.arange(24), seed=7).shape == (SAMPLES, 2, 24)


@given(arrays(float, (3, AHEAD), elements=st.one_of(st.floats(-5, 5), st.just(np.nan)), fill=st.just(0.0)))
@settings(max_examples=20, deadline=None)
def test_errors_survive_being_stored(found: np.ndarray) -> None:
    stored = from_hundredths(unpacked(packed(to_hundredths(found))))
    assert stored.reshape(found.shape) == pytest.approx(found, abs=0.0051, nan_ok=True)


def test_expected_counts_stay_within_what_is_believed() -> None:
    log_days = np.array([[5.0, 50.0, -3.0]])
    found = expected_counts(log_days, np.full((1, 3), 0.5), np.arange(3), np.zeros(3), np.zeros(3), np.array([8.0]))
    assert found[0] == pytest.approx([np.expm1(5) / 2, np.expm1(8) / 2, 0])
