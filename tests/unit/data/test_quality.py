"""The quality report finds faults put into synthetic counts, and finds none where there are none."""

import json
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.quality import quality, rules
from language import LANGUAGES, UserError, language

TZ = ZoneInfo("Europe/Amsterdam")
WEEKS = 20
ZONES = tuple("abcdef")
START = pd.Timestamp("2025-04-07 00:00", tz=TZ)
HOURS = pd.date_range(START.tz_convert("UTC"), periods=WEEKS * 168, freq="h", unit="us")
CLOCK = HOURS.tz_convert(TZ).hour.to_numpy()
DAYS = np.arange(len(HOURS)) // 24

cheap = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
zone = st.sampled_from(range(len(ZONES)))


def street() -> np.ndarray:
    """Return counts ``[hour, zone]`` of ordinary streets: a daily curve, busier weekends, gamma-Poisson noise."""
    rng = np.random.default_rng(1)
    curve = 20 + 400 * np.exp(-(((CLOCK - 15) / 4.5) ** 2))
    weekend = np.where(HOURS.tz_convert(TZ).day_of_week >= 5, 1.4, 1.0)
    size = np.linspace(0.6, 1.6, len(ZONES))
    mean = (curve * weekend)[:, None] * size * rng.gamma(60, 1 / 60, (len(HOURS), len(ZONES)))
    return rng.poisson(mean).astype(float)


def frame(values: np.ndarray, zones: tuple[str, ...] = ZONES) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "zone_id": np.repeat(zones, len(HOURS)),
            "hour": np.tile(HOURS, len(zones)),
            "count": values[:, : len(zones)].T.ravel(),
        }
    )


def judged(values: np.ndarray, place: int) -> quality.ZoneQuality:
    return quality.report(frame(values), TZ).zones[place]


def afternoon(day: int) -> int:
    """Return the row of 14:00 local time on a day."""
    return int(np.flatnonzero((day == DAYS) & (CLOCK == 14))[0])


def test_ordinary_streets_have_no_findings() -> None:
    report = quality.report(frame(street()), TZ)
    assert report.rows == len(HOURS) * len(ZONES)
    assert report.first == START
    assert report.last == HOURS[-1]
    assert report.steps == ()
    for found in report.zones:
        assert found.missing_share == 0
        assert found.gaps == found.suspicious_zeros == found.flat == found.copies == found.steps == ()
        assert found.outliers == ()


@cheap
@given(place=zone, start=st.integers(1, 3000), hours=st.integers(1, 300))
def test_gaps_are_found_exactly(place: int, start: int, hours: int) -> None:
    values = street()
    values[start : start + hours, place] = np.nan
    found = judged(values, place)
    (gap,) = found.gaps
    assert (gap.start, gap.hours) == (HOURS[start], hours)
    assert gap.end == HOURS[start + hours]
    assert found.missing_share == pytest.approx(hours / len(HOURS))
    assert found.rows == len(HOURS) - hours


def test_hours_before_the_first_count_are_no_gap() -> None:
    values = street()
    values[:500, 2] = np.nan
    values[-40:, 2] = np.nan
    found = judged(values, 2)
    assert found.gaps == ()
    assert found.missing_share == 0
    assert (found.first, found.last) == (HOURS[500], HOURS[-41])


def test_absent_rows_are_gaps_too() -> None:
    counts = frame(street())
    counts = counts.drop(counts.index[1000:1010])
    (gap,) = quality.report(counts, TZ).zones[0].gaps
    assert (gap.start, gap.hours) == (HOURS[1000], 10)


@cheap
@given(place=zone, day=st.integers(5, 130), hours=st.integers(2, 400))
def test_zeros_by_day_are_suspicious(place: int, day: int, hours: int) -> None:
    values = street()
    start = afternoon(day)
    values[start : start + hours, place] = 0
    (run,) = judged(values, place).suspicious_zeros
    assert (run.start, run.hours) == (HOURS[start], min(hours, len(HOURS) - start))


def test_a_year_of_zeros_is_judged_by_the_rest_of_the_record() -> None:
    values = street()
    values[afternoon(20) : afternoon(110), 0] = 0
    (run,) = judged(values, 0).suspicious_zeros
    assert run.hours == afternoon(110) - afternoon(20)


@cheap
@given(seed=st.integers(0, 99))
def test_zeros_where_it_is_always_quiet_are_counts(seed: int) -> None:
    """A lane with about one passer-by an hour at night is often empty, also all night."""
    rng = np.random.default_rng(seed)
    values = street()
    night = (CLOCK < 7) | (CLOCK > 21)
    values[night, 3] = rng.poisson(0.7, night.sum())
    values[(DAYS == 60) & (CLOCK < 7), 3] = 0
    assert (values[:, 3] == 0).sum() > 100
    assert judged(values, 3).suspicious_zeros == ()


def test_a_lockdown_lowers_what_is_expected() -> None:
    """Counts fall to 1% for seven weeks: the zeros in it are plausible, a zero afternoon after it is not."""
    rng = np.random.default_rng(5)
    values = street()
    lockdown = (DAYS >= 40) & (DAYS < 89)
    values[lockdown] = rng.poisson(values[lockdown] * 0.01)
    values[afternoon(130) : afternoon(130) + 3, 4] = 0
    found = judged(values, 4)
    assert (values[lockdown, 4] == 0).sum() > 200
    assert [run.start for run in found.suspicious_zeros] == [HOURS[afternoon(130)]]


@cheap
@given(place=zone, start=st.integers(0, 3000), hours=st.integers(6, 40), count=st.integers(5000, 9000))
def test_a_stuck_sensor_is_found(place: int, start: int, hours: int, count: int) -> None:
    values = street()
    values[start : start + hours, place] = count
    (run,) = judged(values, place).flat
    assert (run.start, run.hours, run.count) == (HOURS[start], hours, count)


def test_five_equal_hours_may_be_chance() -> None:
    values = street()
    values[500:505, 0] = 7777
    assert judged(values, 0).flat == ()


@cheap
@given(place=zone, day=st.integers(30, 120), days=st.integers(1, 20), back=st.integers(1, 29))
def test_copied_days_are_found(place: int, day: int, days: int, back: int) -> None:
    values = street()
    start, stop, lag = day * 24, (day + min(days, back)) * 24, back * 24
    values[start:stop, place] = values[start - lag : stop - lag, place]
    copies = judged(values, place).copies
    (longest,) = [run for run in copies if run.hours >= 20]
    assert (longest.start, longest.source) == (HOURS[start], HOURS[start - lag])
    assert stop - start <= longest.hours <= stop - start + 2


@cheap
@given(place=zone, day=st.integers(35, 80), factor=st.sampled_from([0.5, 0.7, 1.45, 2.0]))
def test_a_step_of_one_zone_is_found_on_its_day(place: int, day: int, factor: float) -> None:
    values = street()
    values[day <= DAYS, place] *= factor
    report = quality.report(frame(values), TZ)
    (step,) = report.zones[place].steps
    assert abs(step.start - (START + pd.Timedelta(days=day))) <= pd.Timedelta(days=2)
    assert step.ratio == pytest.approx(factor, rel=0.08)
    assert report.steps == ()
    assert all(not other.steps for index, other in enumerate(report.zones) if index != place)


def test_ten_odd_days_are_no_step() -> None:
    values = street()
    values[(DAYS >= 60) & (DAYS < 70), 1] *= 3
    assert judged(values, 1).steps == ()


def test_a_step_of_all_zones_is_told_once() -> None:
    values = street()
    values[DAYS >= 60] *= 0.3
    report = quality.report(frame(values), TZ)
    (step,) = report.steps
    assert step.ratio == pytest.approx(0.3, rel=0.08)
    assert abs(step.start - (START + pd.Timedelta(days=60))) <= pd.Timedelta(days=2)
    assert all(not found.steps for found in report.zones)


def test_with_few_zones_each_is_judged_by_itself() -> None:
    values = street()
    values[DAYS >= 60] *= 0.5
    report = quality.report(frame(values, ZONES[:2]), TZ)
    assert report.steps == ()
    assert [len(found.steps) for found in report.zones] == [1, 1]


def test_a_known_step_bears_its_cause() -> None:
    values = street()
    values[DAYS >= 60, :2] *= 2
    note = "Camera upgrade: a wider area is counted"
    known = pd.DataFrame({"zone_id": ["a"], "hour": [HOURS[60 * 24]], "note": [note]})
    report = quality.report(frame(values), TZ, known_steps=known)
    assert [step.note for found in report.zones[:2] for step in found.steps] == [note, ""]
    assert language("nl").t(note) in report.text(language("nl"))


@cheap
@given(place=zone, day=st.integers(10, 120), factor=st.sampled_from([12.0, 40.0]))
def test_a_spike_is_flagged_and_kept(place: int, day: int, factor: float) -> None:
    values = street()
    values[afternoon(day), place] *= factor
    counts = frame(values)
    before = counts.copy()
    (spike,) = quality.report(counts, TZ).zones[place].outliers
    assert spike.hour == HOURS[afternoon(day)]
    assert spike.count == values[afternoon(day), place]
    assert spike.z > rules.OUTLIER_Z
    pd.testing.assert_frame_equal(counts, before)


def test_three_people_instead_of_one_are_no_outlier() -> None:
    values = street()
    values[CLOCK == 4, 0] = 1
    values[afternoon(50) - 10, 0] = 3
    assert CLOCK[afternoon(50) - 10] == 4
    assert judged(values, 0).outliers == ()


def test_duplicates_come_from_the_import() -> None:
    report = quality.report(frame(street()), TZ, duplicates={"b": 3})
    assert [found.duplicates for found in report.zones[:3]] == [0, 3, 0]
    assert "3 rijen" in report.text(language("nl"))


def test_a_zone_without_counts_is_told() -> None:
    values = street()
    values[:, 5] = np.nan
    report = quality.report(frame(values), TZ)
    assert report.zones[5].first is None
    assert report.zones[5].missing_share == 1
    assert "f: geen enkele telling." in report.text(language("nl"))


def test_one_hour_of_one_zone_can_be_judged() -> None:
    report = quality.report(frame(street()).iloc[:1], TZ)
    assert report.zones[0].rows == 1


def test_counts_that_are_all_unknown_can_be_judged() -> None:
    report = quality.report(frame(np.full_like(street(), np.nan)), TZ)
    assert report.first is None
    assert report.rows == 0
    assert json.loads(json.dumps(report.to_dict()))["first"] is None


def test_no_rows_at_all_is_an_error() -> None:
    with pytest.raises(UserError, match="Import counts first"):
        quality.report(frame(street()).iloc[:0], TZ)


def test_json_has_stable_keys_and_local_hours() -> None:
    values = street()
    values[1000:1010, 0] = np.nan
    plain = json.loads(json.dumps(quality.report(frame(values), TZ, area="scheveningen").to_dict()))
    assert list(plain) == ["area", "rows", "first", "last", "steps", "zones"]
    assert plain["area"] == "scheveningen"
    assert plain["first"] == "2025-04-07T00:00:00+02:00"
    assert list(plain["zones"][0]) == [
        "zone_id", "rows", "first", "last", "missing_share", "gaps", "duplicates", "suspicious_zeros",
        "flat", "copies", "steps", "outliers",
    ]  # fmt: skip
    assert list(plain["zones"][0]["gaps"][0]) == ["start", "end", "hours"]
    assert plain["zones"][0]["gaps"][0]["hours"] == 10


def test_text_is_complete_in_every_language() -> None:
    """A report with every sort of finding reads fully in both languages, without a field left open."""
    values = street()
    values[100:110, 0] = np.nan
    values[afternoon(30) : afternoon(30) + 5, 0] = 0
    values[afternoon(40) : afternoon(40) + 7, 0] = 6000
    values[50 * 24 : 52 * 24, 0] = values[43 * 24 : 45 * 24, 0]
    values[DAYS >= 90, 0] *= 2
    report = quality.report(frame(values), TZ, duplicates={"a": 1})
    texts = {code: report.text(language(code)) for code in LANGUAGES}
    for title in ("Gaps", "Zeros that", "The same count", "Copied from", "Lasting changes", "Unusual counts"):
        assert title in texts["en"]
        assert title not in texts["nl"]
    assert all("{" not in text for text in texts.values())
    assert "14:00" in texts["nl"]


@pytest.mark.parametrize("change", ["2025-03-30", "2025-10-26"])
def test_clock_changes_make_no_findings(change: str) -> None:
    """A full record across a clock change has no gap, and the cells come back to their hours."""
    start = pd.Timestamp(change, tz=TZ) - pd.Timedelta(days=40)
    hours = pd.date_range(start.tz_convert("UTC"), periods=80 * 24, freq="h", unit="us")
    values = 50.0 + np.random.default_rng(0).poisson(50, len(hours))
    report = quality.report(pd.DataFrame({"zone_id": "a", "hour": hours, "count": values}), TZ)
    assert report.zones[0].gaps == ()
    assert report.zones[0].outliers == ()
    wide = pd.DataFrame({"a": np.arange(float(len(hours)))}, index=hours)
    grid = rules.local_grid(wide, TZ)
    returned = grid.back(grid.cells)[:, 0]
    differs = np.flatnonzero(returned != wide["a"].to_numpy())
    assert len(differs) == (1 if change == "2025-10-26" else 0)


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 5))
def test_runs_cover_what_is_true_and_nothing_else(mask: list[bool], least: int) -> None:
    found = rules.runs(np.array(mask, dtype=bool))
    assert rules.runs(np.array(mask, dtype=bool), least) == [run for run in found if run[1] - run[0] >= least]
    covered = np.zeros(len(mask), dtype=bool)
    for start, stop in found:
        assert start < stop
        assert not covered[max(start - 1, 0) : stop].any()
        covered[start:stop] = True
    assert covered.tolist() == mask
