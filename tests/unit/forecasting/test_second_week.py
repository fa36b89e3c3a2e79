"""Days 8 to 14: nothing that came after is used, what is known moves them, and their ranges hold what they promise."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area, load_area
from data.area.schemas import empty
from data.keeping.home import SHIPPED
from forecasting.inputs.history import History, calendar_of
from forecasting.model.area_model import fit_area_model
from forecasting.model.second_week import SLOTS, SecondWeekErrors, daypart_peaks
from forecasting.snapshot.ahead import second_week
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import load, save
from forecasting.training import second_week_fit
from forecasting.training.model_files import (
    SECOND_WEEK_FILE,
    NotTrainedError,
    load_models,
    read_second_week,
    write_second_week,
)
from forecasting.training.second_week_fit import learn_second_week, past_second_weeks
from forecasting.values.forecast import QUANTILES
from forecasting.values.second_week import AHEAD, SecondWeek
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from forecasting.values.timeline import Timeline
from language import language
from visuals.tables.second_week import second_week_table

Q10, Q50, Q90 = (QUANTILES.index(q) for q in (0.1, 0.5, 0.9))


def town(area: Area, days: int = 330, *, noise: float = 0.15, end: str = "2026-08-03") -> History:
    """Made-up counts of all places of an area: busier at noon and on Saturdays, with days that differ by chance."""
    last = pd.Timestamp(end, tz=area.tz)
    timeline = Timeline.between(last - pd.Timedelta(days=days), last, area.tz)
    rng, places = np.random.default_rng(5), len(area.zones)
    course = 400 * (0.1 + np.exp(-(((timeline.hour_of_day - 14) / 4) ** 2)))
    weekend = np.where(timeline.dates.day_of_week == 5, 2.0, 1.0)[timeline.day]
    by_day = np.exp(rng.normal(0, noise, (places, len(timeline.dates))))[:, timeline.day]
    counts = np.round(course * weekend * by_day * np.arange(1, places + 1)[:, None])
    nothing = np.full((len(timeline.hours), 4), np.nan)
    return History(area, timeline, counts, nothing, empty("events"), calendar_of(area, timeline), ("made-up",))


def known_until(history: History, hour: int) -> History:
    counts = history.counts.copy()
    counts[:, hour:] *= 7
    return replace(history, counts=counts)


def test_nothing_that_came_after_is_used(coast: Area) -> None:
    history = town(coast, 240)
    model = fit_area_model(history)
    whole = past_second_weeks(history, model, most=4)
    last = history.timeline.hours.get_loc(whole.moments[-1])
    changed = past_second_weeks(known_until(history, last), model, most=4)
    np.testing.assert_array_equal(whole.levels, changed.levels)
    assert (changed.came[:, -1] > whole.came[:, -1] + 1).all()
    before = past_second_weeks(known_until(history, last - 24), model, most=4)
    assert not np.array_equal(whole.levels[:, -1], before.levels[:, -1], equal_nan=True), "the last day counts"
    assert (history.timeline.hour_of_day[history.timeline.hours.get_indexer(whole.moments)] == 0).all()


def test_ranges_hold_what_they_promise(coast: Area) -> None:
    history = town(coast, 365)
    found = past_second_weeks(history, fit_area_model(history))
    held = []
    for o in range(15, len(found.moments)):
        past = slice(0, o - 2)  # whose fourteen days have passed
        then = SecondWeekErrors(found.moments[past], found.came[:, past], found.levels[:, past], found.special[past])
        counts = then.quantiles(found.levels[:, o], found.special[o], found.moments[o])
        came = np.expm1(found.came[:, o])
        held.append((came >= counts[..., Q10]) & (came <= counts[..., Q90]))
        assert (np.diff(counts, axis=-1) >= 0).all()
    assert 0.74 < np.mean(held) < 0.86


def test_a_busier_last_week_lasts_in_part(coast: Area) -> None:
    quiet, twice = town(coast, noise=0.01), town(coast, noise=0.01)
    model = fit_area_model(quiet)
    one = past_second_weeks(quiet, model, most=1)
    last = int(twice.timeline.hours.get_loc(one.moments[0]))
    twice.counts[:, last - 168 : last] *= 2
    other = past_second_weeks(twice, model, most=1)
    afternoon = np.arange(SLOTS) % 4 == 2
    moved = (other.levels - one.levels)[:, 0, afternoon]
    assert (moved > np.log(1.3)).all()
    assert (moved < np.log(2.1)).all()


def test_a_holiday_is_taken_like_a_sunday(coast: Area) -> None:
    """Easter Monday, and Mondays, on which twice as many come as on Sundays."""
    history = town(coast, noise=0.01, end="2026-04-30")
    monday = (history.timeline.dates.day_of_week == 0)[history.timeline.day]
    easter = (history.timeline.dates == pd.Timestamp("2026-04-06"))[history.timeline.day]
    history.counts[:, monday & ~easter] *= 2
    found = past_second_weeks(history, fit_area_model(history))
    reached = [(date(2026, 4, 6) - moment.date()).days for moment in found.moments.tz_convert(coast.tz)]
    seen = [(o, AHEAD.index(ahead)) for o, ahead in enumerate(reached) if ahead in AHEAD]
    assert seen
    for o, day in seen:
        expected, came = (
            of[:, o].reshape(len(coast.zones), len(AHEAD), 4)[:, day, 2] for of in (found.levels, found.came)
        )
        np.testing.assert_allclose(expected, came, atol=0.4)


def test_without_a_past_the_ranges_are_assumed_and_wide(coast: Area) -> None:
    history = town(coast, 40)
    found = past_second_weeks(history, fit_area_model(history))
    assert len(found.moments) == 0
    levels = np.full((len(coast.zones), SLOTS), np.log1p(100.0))
    counts = found.quantiles(levels, np.zeros(SLOTS, bool), pd.Timestamp("2026-08-03", tz="UTC"))
    assert counts[..., Q50] == pytest.approx(np.full(levels.shape, 100.0))
    assert (counts[..., Q90] > 1.6 * counts[..., Q50]).all()
    assert (SecondWeekErrors.from_dict(found.to_dict()).came.shape) == (len(coast.zones), 0, SLOTS)


def test_a_peak_needs_most_of_its_hours() -> None:
    cube = np.arange(24.0)[None]
    assert daypart_peaks(cube).tolist() == [[5, 11, 17, 23]]
    cube[0, 6] = np.nan
    assert daypart_peaks(cube)[0, 1] == 11
    cube[0, 11] = np.nan
    assert np.isnan(daypart_peaks(cube)[0]).tolist() == [False, True, False, False]


def test_what_was_learned_is_kept_whole_or_not_used(coast: Area, tmp_path: Path) -> None:
    history = town(coast, 150)
    found = past_second_weeks(history, fit_area_model(history))
    until, path = datetime(2026, 8, 3, tzinfo=UTC), tmp_path / SECOND_WEEK_FILE
    assert read_second_week(tmp_path, coast) is None
    write_second_week(path, found, coast, until)
    kept = read_second_week(tmp_path, coast)
    assert kept is not None
    again, when = kept.errors, kept.until
    assert when == until
    assert (again.moments == found.moments).all()
    np.testing.assert_allclose(again.came, found.came, atol=0.011)
    np.testing.assert_allclose(again.levels, found.levels, atol=0.0051)
    np.testing.assert_array_equal(again.special, found.special)
    assert read_second_week(tmp_path, load_area("scheveningen")) is None, "of other places"
    written = json.loads(path.read_text())
    for change in (
        {"zones": ["a"]},
        {"origins": []},
        {"trained": {**written["trained"], "version": "0"}},
        {"error": ""},
    ):
        path.write_text(json.dumps(written | change))
        assert read_second_week(tmp_path, coast) is None
    path.write_bytes(path.read_bytes()[:100])
    assert read_second_week(tmp_path, coast) is None


def test_what_was_learned_is_used_for_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    area, made = load_area("scheveningen"), []
    shutil.copytree(SHIPPED / area.id / "models", tmp_path, dirs_exist_ok=True)
    models = load_models(area, tmp_path)
    assert models.second_week is not None

    def learned(*_: object) -> SecondWeekErrors:
        made.append(1)
        assert models.second_week is not None
        return models.second_week

    monkeypatch.setattr(second_week_fit, "known_history", lambda *_: None)
    monkeypatch.setattr(second_week_fit, "past_second_weeks", learned)
    learn_second_week(area, tmp_path)
    assert not made
    for days, again in ((7, 0), (8, 1), (-1, 1)):
        write_second_week(tmp_path / SECOND_WEEK_FILE, models.second_week, area, models.until - timedelta(days=days))
        learn_second_week(area, tmp_path)
        assert (len(made), made.clear()) == (again, None), days
    (tmp_path / SECOND_WEEK_FILE).unlink()
    without = load_models(area, tmp_path)
    assert (without.second_week, without.id == models.id) == (None, False)
    with pytest.raises(NotTrainedError):
        learn_second_week(area, tmp_path / "nowhere")


@pytest.fixture
def week() -> SecondWeek:
    logs = np.linspace(4, 6, len(QUANTILES))
    counts = np.broadcast_to(np.expm1(logs), (2, len(AHEAD), 4, len(QUANTILES))).copy()
    counts[1, 3, 2] = np.nan
    dates = tuple(pd.date_range("2026-08-10", periods=7).date)
    return SecondWeek(
        "coast", "present", "id", datetime(2026, 8, 3, 6, tzinfo=UTC), True, ("strand", "pier"), dates, counts
    )


def test_chances_are_those_of_the_quantiles(week: SecondWeek) -> None:
    at = {q: float(week.quantiles[0, 0, 0, QUANTILES.index(q)]) for q in QUANTILES}
    limits = Thresholds({zone: ZoneThresholds(at[0.1], at[0.5], at[0.9], "chosen") for zone in week.zone_ids})
    assert week.chances(limits)[0, 0, 0] == pytest.approx([0.9, 0.5, 0.1])
    assert np.isnan(week.chances(limits)[1, 3, 2]).all()
    outer = Thresholds({zone: ZoneThresholds(at[0.025], at[0.95], at[0.975], "chosen") for zone in week.zone_ids})
    assert week.chances(outer)[0, 0, 0] == pytest.approx([0.975, 0.05, 0.025])
    far = Thresholds({zone: ZoneThresholds(0.01, 0.02, 1e9, "chosen") for zone in week.zone_ids})
    assert week.chances(far)[0, 0, 0] == pytest.approx([1, 1, 0], abs=1e-3)
    told = json.loads(week.json(limits))
    assert (told["data"], len(told["dayparts"]), told["sure"]) == ("DEMO DATA", 56, "less than the first seven days")
    first = told["dayparts"][0]
    assert [first[name] for name in ("q10", "q50", "q90")] == [89.0171, 147.4132, 243.6919], "exp(4.5) - 1 and so on"
    assert [first[name] for name in ("p_yellow", "p_orange", "p_red")] == [0.9, 0.5, 0.1]
    unknown = next(one for one in told["dayparts"] if one["q50"] is None)
    assert week.known
    assert not replace(week, quantiles=np.full_like(week.quantiles, np.nan)).known
    assert (unknown["zone_id"], unknown["date"], unknown["daypart"]) == ("pier", "2026-08-13", "afternoon")


def test_the_table_says_what_is_unknown(week: SecondWeek, coast: Area) -> None:
    limits = Thresholds({zone: ZoneThresholds(10, 148, 1000, "chosen") for zone in week.zone_ids})
    table = second_week_table(week, coast, limits, language("en"), "pier")
    assert len(table) == 21, "no nights"
    assert list(table.columns) == ["Day", "Daypart", "Level", "Chance of crowds", "People in the fullest hour"]
    row = table[(table["Day"] == "Thu 13 Aug") & (table["Daypart"] == "Afternoon")].iloc[0]
    assert row["Chance of crowds"] == row["People in the fullest hour"] == "unknown"
    assert table.iloc[0]["Chance of crowds"] == "5 out of 10"
    assert table.iloc[0]["People in the fullest hour"] == "90 – 150 – 240"
    passing = second_week_table(week, coast.model_copy(update={"measure": "passages"}), limits, language("en"), "pier")
    assert "Passers-by in the fullest hour" in passing
    assert len(second_week_table(week, coast, limits, language("nl"), "pier", compact=True).columns) == 3


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    area = load_area("scheveningen")
    return issue(area, area.now())


def test_a_snapshot_holds_its_second_week(shipped: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area = load_area("scheveningen")
    found = second_week(shipped)
    assert found is not None
    assert found.known
    assert (str(found.dates[0]), str(found.dates[-1])) == ("2026-08-10", "2026-08-16")
    assert (np.diff(found.quantiles, axis=-1) >= 0).all()
    save(shipped)
    again = second_week(load(area.id, shipped.id))
    assert again is not None
    np.testing.assert_array_equal(again.quantiles, found.quantiles)
    without = issue(area, area.now(), models=replace(load_models(area), second_week=None))
    assert second_week(without) is None
    np.testing.assert_array_equal(forecast(without).quantiles, forecast(shipped).quantiles)
