"""The practice world: the same whatever is asked for, true to its documented effects, and worth practising on."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.area.schemas import checked
from data.keeping.home import SHIPPED
from data.simulator import crowds, effects, truth, weather
from data.simulator.noise import Floats, normal, smooth, uniform
from data.simulator.provider import read
from data.simulator.world import world_events, world_of
from forecasting.values.thresholds import default_thresholds, levels
from language import UserError

KINDS = ("beach", "promenade", "square", "street", "quay")


@pytest.fixture(scope="module")
def area() -> Area:
    return load_area("scheveningen")


@pytest.fixture(scope="module")
def seed(area: Area) -> int:
    return world_of(area).seed


def hours_of(area: Area, first: str, last: str) -> pd.DatetimeIndex:
    """Hours from local midnight of ``first`` to that of ``last``."""
    start, end = (pd.Timestamp(day, tz=area.tz).tz_convert("UTC") for day in (first, last))
    return pd.date_range(start, end, freq="h", inclusive="left", unit="us")


def rows(area: Area, kind: str) -> list[int]:
    return [row for row, zone in enumerate(area.zones) if zone.kind == kind]


@pytest.fixture(scope="module")
def years(area: Area) -> tuple[pd.DatetimeIndex, Floats, Floats]:
    """Three years of hours, counts and true means."""
    hours = hours_of(area, "2023-01-01", "2026-01-01")
    return hours, crowds.present(area, hours), truth.expected(area, hours)


def test_noise_is_standard_normal_and_uniform() -> None:
    counters = np.arange(200_000)
    assert abs(uniform(1, "a", counters).mean() - 0.5) < 0.005
    drawn = normal(1, "a", counters)
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01
    assert abs(np.corrcoef(drawn, normal(1, "b", counters))[0, 1]) < 0.01
    assert abs(np.corrcoef(drawn, normal(2, "a", counters))[0, 1]) < 0.01
    waves = smooth(1, "a", counters, 12.0)
    assert abs(waves.std() - 1) < 0.03
    assert np.corrcoef(waves[1:], waves[:-1])[0, 1] > 0.9


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 3 * 8760), length=st.integers(1, 400))
def test_any_part_of_a_period_has_the_same_counts_and_weather(
    area: Area,
    seed: int,
    years: tuple[pd.DatetimeIndex, Floats, Floats],
    start: int,
    length: int,
) -> None:
    hours, counts, means = years
    part = slice(min(start, len(hours) - 1), min(start + length, len(hours)))
    np.testing.assert_array_equal(crowds.present(area, hours[part]), counts[:, part])
    np.testing.assert_allclose(truth.expected(area, hours[part]), means[:, part])
    whole = weather.observed(seed, hours).iloc[part].reset_index(drop=True)
    pd.testing.assert_frame_equal(weather.observed(seed, hours[part]), whole)


def test_reading_gives_valid_frames_with_one_row_per_zone_and_hour(area: Area) -> None:
    start, end = datetime(2025, 7, 1, 10, 20, tzinfo=UTC), datetime(2025, 7, 3, 10, tzinfo=UTC)
    counts = read(area, "counts", start, end, None)
    checked("counts", counts)
    assert counts["hour"].min() == pd.Timestamp("2025-07-01 11:00", tz="UTC")
    assert len(counts) == 47 * len(area.zones)
    pd.testing.assert_frame_equal(counts, read(area, "counts", start, end, None))
    first = counts[counts["zone_id"] == area.zone_ids[0]]
    np.testing.assert_array_equal(first["count"], crowds.present(area, pd.DatetimeIndex(first["hour"]))[0])
    with pytest.raises(ValueError, match="events"):
        read(area, "events", start, end, None)


def test_empty_period_gives_empty_frames(area: Area) -> None:
    moment = datetime(2025, 7, 1, tzinfo=UTC)
    assert read(area, "counts", moment, moment, None).empty
    assert read(area, "weather", moment, moment, moment).empty


def test_three_years_take_less_than_a_few_seconds(area: Area) -> None:
    start = perf_counter()
    read(area, "counts", datetime(2023, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), None)
    assert perf_counter() - start < 6


@pytest.mark.parametrize(
    ("day", "after", "length"), [("2026-03-29", "2026-03-30", 23), ("2026-10-25", "2026-10-26", 25)]
)
def test_days_of_the_clock_change(area: Area, day: str, after: str, length: int) -> None:
    hours = hours_of(area, day, after)
    assert len(hours) == length
    mean = truth.expected(area, hours, events=world_events(area).iloc[:0])
    local = hours.tz_convert(area.tz).hour
    busiest = int(local[mean[rows(area, "street")].sum(axis=0).argmax()])
    assert 12 <= busiest <= 15, "profiles follow the clock on the wall"
    assert np.isfinite(mean).all()


def test_counts_scatter_around_the_true_mean_without_bias(
    years: tuple[pd.DatetimeIndex, Floats, Floats],
) -> None:
    _, counts, means = years
    known = np.isfinite(counts) & (means > 30)
    ratio = counts[known] / means[known]
    assert abs(ratio.mean() - 1) < 0.02
    assert 0.08 < ratio.std() < 0.25
    assert (counts[np.isfinite(counts)] >= 0).all()
    assert (counts[np.isfinite(counts)] % 1 == 0).all()


def test_sensors_fail_for_hours_and_for_days(years: tuple[pd.DatetimeIndex, Floats, Floats]) -> None:
    _, counts, _ = years
    gone = np.isnan(counts)
    assert 0.005 < gone.mean() < 0.05
    runs = [len(run) for zone in gone for run in "".join(map(str, zone.astype(int))).split("0") if run]
    assert runs.count(1) > 500
    assert sum(run >= effects.OUTAGE_HOURS[0] for run in runs) >= 10
    assert max(runs) <= effects.OUTAGE_HOURS[1] + 5


def test_warmth_draws_people_to_the_beach_and_not_to_the_street(area: Area, seed: int) -> None:
    hours = hours_of(area, "2025-06-10", "2025-06-11")
    cool = weather.observed(seed, hours).assign(temp_c=17.0)
    none = world_events(area).iloc[:0]
    factor = {
        kind: (
            truth.expected(area, hours, weather=cool.assign(temp_c=25.0), events=none)
            / truth.expected(area, hours, weather=cool, events=none)
        )[rows(area, kind)[0], 14]
        for kind in KINDS
    }
    of = effects.EFFECTS["beach"]
    degrees = np.diff(truth.beach_degrees(np.array([17.0, 25.0])))[0]
    assert factor["beach"] == pytest.approx(np.exp(8 * of.warmth + degrees * of.beach_weather))
    assert factor["beach"] > 2.5 > factor["promenade"] > factor["square"] > factor["street"] > 1


def test_rain_empties_the_hour_it_falls_in(area: Area, seed: int) -> None:
    hours = hours_of(area, "2025-06-10", "2025-06-11")
    dry = weather.observed(seed, hours).assign(rain_mm=0.0)
    wet = dry.copy()
    wet.loc[15, "rain_mm"] = 2.0
    none = world_events(area).iloc[:0]
    change = truth.expected(area, hours, weather=wet, events=none) / truth.expected(
        area, hours, weather=dry, events=none
    )
    for kind in KINDS:
        row = rows(area, kind)[0]
        assert change[row, 15] == pytest.approx(np.exp(effects.EFFECTS[kind].rain * np.log(5)))
    assert np.delete(change, 15, axis=1) == pytest.approx(1)


def test_effects_can_be_found_back_in_the_counts(
    area: Area, seed: int, years: tuple[pd.DatetimeIndex, Floats, Floats]
) -> None:
    hours, counts, _ = years
    local = hours.tz_convert(area.tz)
    observed = weather.observed(seed, hours)
    daily = truth.day_weather(area, observed).reindex(local.tz_localize(None).normalize())
    beach = np.nansum(counts[rows(area, "beach")], axis=0)
    summer = (local.month == 7) | (local.month == 8)
    afternoon = summer & (local.hour == 15)
    hot = afternoon & (daily["temp_c"].to_numpy() >= 24)
    cool = afternoon & (daily["temp_c"].to_numpy() < 19)
    assert np.median(beach[hot]) > 2.5 * np.median(beach[cool])
    street = counts[area.zone_ids.index("zwarte-pad")]
    assert np.nanmedian(street[hot]) < 1.6 * np.nanmedian(street[cool])
    rain = observed["rain_mm"].to_numpy()
    daytime = summer & (local.hour >= 11) & (local.hour < 18) & (daily["sunshine"].to_numpy() < 0.2)
    assert np.median(beach[daytime & (rain > 2)]) < 0.6 * np.median(beach[daytime & (rain == 0)])


@settings(max_examples=10, deadline=None)
@given(
    attendance=st.integers(0, 20_000),
    begin=st.integers(8, 20),
    length=st.integers(3, 8),
)
def test_event_adds_its_documented_share(area: Area, attendance: int, begin: int, length: int) -> None:
    hours = hours_of(area, "2025-09-10", "2025-09-12")
    start = pd.Timestamp("2025-09-10", tz=area.tz) + pd.Timedelta(hours=begin)
    events = pd.DataFrame(
        {
            "event_id": ["e"],
            "name": ["Oefening: toets"],
            "zone_id": ["dr-lelykade"],
            "start": [start.tz_convert("UTC")],
            "end": [(start + pd.Timedelta(hours=length)).tz_convert("UTC")],
            "attendance": [float(attendance)],
        }
    )
    added = truth.expected(area, hours, events=events) - truth.expected(area, hours, events=events.iloc[:0])
    own = added[area.zone_ids.index("dr-lelykade")]
    middle = begin + length // 2
    assert own[middle] == pytest.approx(effects.EVENT_PRESENT_SHARE * attendance, rel=0.05, abs=1e-6)
    assert own[: begin - 1] == pytest.approx(0)
    assert own[begin + length + 2 :] == pytest.approx(0)
    near, far = added[area.zone_ids.index("visafslag")], added[area.zone_ids.index("strand-noord")]
    assert far == pytest.approx(0)
    assert (near[middle] > 0) == (attendance > 0)
    assert near.max() <= effects.EVENT_SPILL_SHARE * attendance


def test_weather_must_be_complete(area: Area, seed: int) -> None:
    hours = hours_of(area, "2025-06-10", "2025-06-12")
    with pytest.raises(ValueError, match="every hour"):
        truth.expected(area, hours, weather=weather.observed(seed, hours[:24]))


def test_climate_is_that_of_the_coast(seed: int) -> None:
    hours = pd.date_range("2010-01-01", "2030-01-01", freq="h", tz="UTC", inclusive="left", unit="us")
    made = weather.observed(seed, hours)
    by_month = made["temp_c"].groupby(hours.month).mean()
    assert np.abs(by_month.to_numpy() - np.array(weather.MONTHLY_NORMALS)).max() < 1.0
    assert 0.08 < (made["rain_mm"] > 0).mean() < 0.12
    assert 700 < made["rain_mm"].sum() / 20 < 1000
    assert 5.5 < made["wind_ms"].mean() < 7
    assert (made["sun_h"][weather.sun_elevation(hours) < -1] == 0).all()
    wet = made["rain_mm"] > 0
    assert made["cloud_okta"][wet].min() >= 6.8
    afternoon = (hours.hour == 13) & (hours.month == 7)
    sunny = made["sun_h"] > 0.7
    assert made["temp_c"][afternoon & sunny].mean() > made["temp_c"][afternoon & ~sunny].mean() + 2


def test_forecast_equals_the_past_and_errs_more_with_lead_time(area: Area, seed: int) -> None:
    errors = []
    for cutoff in pd.date_range("2024-01-03 06:00", "2025-12-20", freq="14D", tz="UTC"):
        start, end = cutoff - pd.Timedelta(days=2), cutoff + pd.Timedelta(days=14)
        foreseen = read(area, "weather", start, end, cutoff)
        real = read(area, "weather", start, end, None).iloc[: len(foreseen)]
        past = foreseen["hour"] < cutoff
        pd.testing.assert_frame_equal(foreseen[past], real[past])
        assert set(foreseen["origin"][~past]) == {"forecast"}
        assert len(foreseen) < 16 * 24, "nothing is forecast beyond the horizon"
        error = (foreseen["temp_c"] - real["temp_c"])[~past].to_numpy()
        errors.append(error[: 9 * 24].reshape(9, 24))
    spread = np.sqrt(np.mean(np.square(errors), axis=(0, 2)))
    assert 0.5 < spread[0] < 1.4
    assert spread[1] < spread[3] < spread[6]
    assert 2.2 < spread[6] < 3.8


def test_forecast_depends_on_the_day_of_the_cutoff_only(seed: int) -> None:
    hours = pd.date_range("2025-05-06", periods=72, freq="h", tz="UTC", unit="us")
    early, late, earlier_day = (
        weather.forecast(seed, hours, datetime(2025, 5, day, hour, tzinfo=UTC))
        for day, hour in ((5, 0), (5, 23), (4, 23))
    )
    pd.testing.assert_frame_equal(early, late)
    assert not np.allclose(early["temp_c"], earlier_day["temp_c"])
    part = weather.forecast(seed, hours[10:20], datetime(2025, 5, 5, 12, tzinfo=UTC))
    pd.testing.assert_frame_equal(part, early.iloc[10:20].reset_index(drop=True))


def test_numbers_of_people_are_of_the_right_size(area: Area, years: tuple[pd.DatetimeIndex, Floats, Floats]) -> None:
    hours, _, means = years
    total = pd.Series(means.sum(axis=0), index=hours.tz_convert(area.tz))
    peak = total.resample("D").max()
    visitors = total.resample("D").sum() / 4
    assert 110_000 < visitors.max() < 200_000, "a top day, at a stay of four hours"
    january = peak[(peak.index.month == 1) & (peak.index.day > 7) & (peak.index.day_of_week == 1)]
    assert 1_500 < january.median() < 3_500
    summer = peak[peak.index.month.isin([7, 8]) & (peak.index.day_of_week < 4)]
    assert 7_000 < summer.quantile(0.25) < 12_500
    night = total[total.index.hour == 4].to_numpy()
    assert night.max() < 0.05 * total.max()


def test_practice_week_is_worth_practising_on(area: Area, seed: int) -> None:
    now = area.now()
    assert (now.weekday(), now.hour) == (0, 8)
    start = pd.Timestamp(now).normalize()
    hours = pd.date_range(start.tz_convert("UTC"), periods=168, freq="h", unit="us")
    borders = default_thresholds(area, {}).array(area.zone_ids)
    real = weather.observed(seed, hours)
    past = hours < now
    foreseen = pd.concat([real[past], weather.forecast(seed, hours[~past], now)], ignore_index=True)
    counted = np.nan_to_num(crowds.present(area, hours))
    means = truth.expected(area, hours)
    for counts in (means, counted, truth.expected(area, hours, weather=foreseen)):
        level = levels(counts, borders)
        for kind in KINDS:
            assert level[rows(area, kind)].max() >= 2, f"no {kind} reaches orange"
        assert (level == 3).any()
        assert (level == 0).mean() > 0.8
    daily = truth.day_weather(area, real)
    assert daily["temp_c"].max() >= 25
    assert daily["temp_c"].min() < 18
    assert real["rain_mm"].to_numpy().reshape(7, 24)[:, 9:21].sum(axis=1).max() > 4
    by_day = means.sum(axis=0).reshape(7, 24).max(axis=1)
    assert by_day.max() > 5 * by_day.min()
    events = world_events(area)
    assert 2 <= events["start"].between(hours[0], hours[-1]).sum() <= 4


def test_events_are_clearly_invented_and_many(area: Area) -> None:
    events = world_events(area)
    assert events["name"].str.startswith("Oefening: ").all()
    assert set(events["zone_id"]) <= set(area.zone_ids)
    assert (events["end"] > events["start"]).all()
    per_year = events.groupby(events["start"].dt.year).size()
    assert set(per_year.index) == set(range(2023, 2028))
    assert per_year.between(25, 42).all()
    past = events[events["start"] < area.now()]
    often = past["zone_id"].value_counts()
    assert (often[["dr-lelykade", "gevers-deynootplein", "pier", "keizerstraat", "strand-noord"]] >= 5).all()
    assert past["attendance"].min() <= 700
    assert past["attendance"].max() >= 15_000


def test_area_without_a_practice_world_is_said(area: Area) -> None:
    other = area.model_copy(update={"id": "elsewhere"})
    with pytest.raises(UserError, match=r"elsewhere has no simulator\.toml"):
        read(other, "counts", datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seed = 1\n[zones]\n", "strand-noord"),
        ("seed = ", "TOML"),
        ("seed = 1\n[zones]\npier = { base = -1, lon = 4, lat = 52 }", r"zones\.pier\.base"),
    ],
)
def test_invalid_world_is_said(
    area: Area, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    folder = tmp_path / "areas" / area.id
    folder.mkdir(parents=True)
    (folder / "simulator.toml").write_text(text, "utf-8")
    with pytest.raises(UserError, match=said):
        world_of(area)


def test_world_without_events_file_has_no_events(area: Area, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    folder = tmp_path / "areas" / area.id
    folder.mkdir(parents=True)
    shipped = (SHIPPED / area.id / "simulator.toml").read_text("utf-8")
    (folder / "simulator.toml").write_text(shipped, "utf-8")
    assert world_events(area).empty
    (folder / "events.csv").write_text("event_id,name\n1,x\n", "utf-8")
    with pytest.raises(UserError, match="list of events"):
        world_events(area)


def test_document_gives_the_true_effects() -> None:
    text = (SHIPPED.parents[1] / "docs" / "simulator.md").read_text("utf-8")
    found = {
        cells[0].split(":")[0]: [float(cell) for cell in cells[1:]]
        for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines())
        if len(cells) == 1 + len(KINDS) and cells[0] not in ("effect", "---")
    }
    true = [effects.EFFECTS[kind] for kind in KINDS]
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    assert [found.pop(day) for day in weekdays] == [[of.weekday[i] for of in true] for i in range(7)]
    names = [name for name in effects.Effects.__dataclass_fields__ if name != "weekday"]
    assert list(found.values()) == [[getattr(of, name) for of in true] for name in names]
