"""Of hours that a counter never counts nothing is forecast, and its days are whole without them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.evaluation import backtest
from forecasting.evaluation.forecast_scores import score
from forecasting.inputs.counted import at_hours, counted_week, nobody_outside
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training.model_files import Models, load_models
from forecasting.training.training import train
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.timeline import Timeline
from tests.unit.counters import COUNTERS, town_of_counters

AT = datetime(2026, 6, 15, 6, tzinfo=UTC)
DAYS = 210
HOURS = pd.date_range(AT - timedelta(days=DAYS), AT, freq="h", inclusive="left")
TZ = ZoneInfo("Europe/Amsterdam")


MEASURE = """[[measure]]
id = "{id}"
names = {{ nl = "{id}" }}
decided_by = {{ nl = "Gemeente" }}
source = {{ nl = "Aanname" }}
[measure.effect]
type = "{id}"
places = {{ zones = ["winkel"] }}
{more}
"""
MEASURES = "".join(
    MEASURE.format(id=kind, more=more)
    for kind, more in {
        "change": "factor = { low = 0.8, expected = 0.9, high = 1.0 }",
        "move": 'to = { zones = ["nacht"] }\nshare = { low = 0.1, expected = 0.2, high = 0.3 }',
        "shift": "hours = [18, 24]\nto_hours = [4, 10]\nshare = { low = 0.1, expected = 0.2, high = 0.3 }",
    }.items()
)


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    folder = tmp_path_factory.mktemp("counters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(folder / "home"))
        town = town_of_counters(folder, HOURS)
        (area_home(town.id) / "measures.toml").write_text(MEASURES)
        train(town, AT, jobs=1)
        yield town


@pytest.fixture(scope="module")
def models(area: Area) -> Models:
    return load_models(area)


@pytest.fixture(scope="module")
def snapshot(area: Area, models: Models) -> Snapshot:
    return issue(area, AT, models=models)


@pytest.fixture(scope="module")
def result(snapshot: Snapshot) -> Forecast:
    return forecast(snapshot)


@pytest.mark.parametrize("name", COUNTERS)
def test_only_hours_that_are_counted_are_forecast(result: Forecast, name: str) -> None:
    row, runs = result.zone_ids.index(name), COUNTERS[name](result.local_hours)
    assert np.isfinite(result.quantiles[row]).all(axis=1).tolist() == runs.tolist()
    assert np.isfinite(result.paths[:, row]).all(axis=0).tolist() == runs.tolist()


@pytest.mark.parametrize("name", COUNTERS)
def test_such_a_counter_is_trained_and_forecast_as_one_that_always_counts(
    models: Models, result: Forecast, name: str
) -> None:
    zone = models.zones[result.zone_ids.index(name)]
    assert zone.kind == "prophet" or name == "weekend"
    assert zone.known_days >= DAYS * {"weekend": 2, "zaterdag": 6}.get(name, 7) / 7 - 8
    own, always = (result.median[result.zone_ids.index(zone_id)] for zone_id in (name, "altijd"))
    known = np.isfinite(own)
    assert np.median(own[known] / always[known]) == pytest.approx(1, abs=0.12)


def test_what_follows_from_a_forecast_says_nothing_of_them(result: Forecast, models: Models, area: Area) -> None:
    thresholds = models.thresholds(area)
    chances = result.exceedance(thresholds)
    assert (np.isnan(chances).all(axis=2) == np.isnan(result.median)).all()
    peaks = result.daypart_maximum(thresholds)
    shop = peaks[peaks["zone_id"] == "winkel"]
    assert shop.loc[shop["daypart"] == "night", "q50"].isna().all()
    assert shop.loc[shop["daypart"] == "morning", "q50"].notna().all()
    assert shop.loc[shop["daypart"] == "evening", "p_red"].notna().all()
    levels = result.levels(thresholds)
    assert ((levels == -1) == np.isnan(result.median)).all()
    rows = result.csv().splitlines()
    assert sum(row.startswith("vroeg") and ",,,,,,," in row for row in rows) == 7 * 6


@pytest.mark.parametrize(
    "wish",
    [
        {"school_holiday": True},
        {
            "events": [
                {
                    "event_id": "x",
                    "name": "X",
                    "zone_id": "winkel",
                    "start": "2026-06-16T01:00",
                    "end": "2026-06-16T05:00",
                    "attendance": 9000,
                }
            ]
        },
    ],
)
def test_a_scenario_cannot_make_them_known(snapshot: Snapshot, result: Forecast, wish: dict[str, object]) -> None:
    changed = forecast(snapshot, Scenario.model_validate({"version": 1, **wish}))
    assert (np.isnan(changed.quantiles) == np.isnan(result.quantiles)).all()
    assert (np.isnan(changed.paths) == np.isnan(result.paths)).all()
    assert not np.array_equal(np.nan_to_num(changed.median), np.nan_to_num(result.median))


@pytest.mark.parametrize("measure", ["change", "move", "shift"])
def test_measures_move_nobody_to_hours_that_are_not_counted(snapshot: Snapshot, result: Forecast, measure: str) -> None:
    day = {"start": "2026-06-16T00:00", "end": "2026-06-17T00:00"}
    changed = forecast(snapshot, Scenario.model_validate({"version": 1, "measures": [{"id": measure, **day}]}))
    assert (np.isnan(changed.paths) == np.isnan(result.paths)).all()
    before, after = (np.nansum(one.paths.astype(float), axis=(1, 2)) for one in (result, changed))
    if measure == "change":
        assert (after <= before).all()
    else:
        assert after == pytest.approx(before, rel=1e-4)
    assert not np.array_equal(np.nan_to_num(changed.median), np.nan_to_num(result.median))


def test_default_thresholds_come_from_hours_that_are_counted(models: Models, result: Forecast) -> None:
    found = {zone_id: zone.percentiles for zone_id, zone in zip(result.zone_ids, models.zones, strict=True)}
    assert all(found.values())
    assert found["winkel"] == pytest.approx(found["altijd"], rel=0.1)


def test_such_a_counter_is_judged_by_what_it_counts(
    tmp_path: Path, result: Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    area = town_of_counters(tmp_path, HOURS, names=("altijd", "winkel"))
    plan = backtest.Plan((AT - timedelta(days=7, hours=6),))
    tested, hours, _ = backtest.run(area, plan, jobs=1)
    assert set(tested.zones) == set(area.zone_ids)
    rows = hours[hours["zone_id"] == "winkel"]
    assert rows["model"].notna().sum() == 7 * 15
    assert rows.loc[rows["model"].isna(), "count"].isna().all()
    assert tested.model.coverage_80 > 0.6
    week = tested.last_forecast()
    assert np.isnan(week.median[week.zone_ids.index("winkel")]).sum() == 168 - 7 * 15
    stray = np.full(result.median.shape, 5.0)
    judged = score(result, stray)
    assert judged is not None
    assert judged.hours == np.isfinite(result.median).sum()


def counts(days: int, runs: str = "altijd") -> tuple[Timeline, np.ndarray]:
    """Counts of one zone of the ``days`` before now."""
    timeline = Timeline.between(pd.Timestamp(AT - timedelta(days=days)), pd.Timestamp(AT), TZ)
    return timeline, np.where(COUNTERS[runs](timeline.hours.tz_convert(TZ)), 10.0, np.nan)[None]


@pytest.mark.parametrize("runs", COUNTERS)
@pytest.mark.parametrize("days", [30, 98, 700])
def test_what_is_counted_is_seen_from_the_counts(runs: str, days: int) -> None:
    timeline, values = counts(days, runs)
    assert (at_hours(counted_week(timeline, values), timeline) == np.isfinite(values)).all()


@given(st.integers(0, 2**32 - 1), st.floats(0, 0.6))
@example(seed=28154, missing=0.5)  # of this weekday only today is left, which is not over
def test_gaps_and_outages_are_no_hours_that_are_never_counted(seed: int, missing: float) -> None:
    rng = np.random.default_rng(seed)
    timeline, values = counts(98)
    days_out = rng.random(len(timeline.dates)) < missing
    days_out[-3:] = False
    values[:, days_out[timeline.day]] = np.nan
    found = counted_week(timeline, values)
    for day in range(7):
        recent = (timeline.dates.day_of_week == day)[-56:]
        if (recent & ~days_out[-56:]).any():
            assert found[0, day].all()


def test_an_hour_seen_once_in_a_while_is_not_counted() -> None:
    timeline, values = counts(98, "winkel")
    night = np.flatnonzero(timeline.hour_of_day == 2)
    values[0, night[[60, 75]]] = 3
    assert not counted_week(timeline, values)[0, :, 2].any()
    values[0, night[80:]] = 3
    assert counted_week(timeline, values)[0, :, 2].all()


def test_a_sensor_that_fell_silent_is_known_by_what_it_counted_before() -> None:
    timeline, values = counts(98, "winkel")
    values[:, timeline.day >= 50] = np.nan
    assert counted_week(timeline, values)[0].sum() == 7 * 15
    assert not counted_week(timeline, np.full(values.shape, np.nan)).any()


def test_days_are_whole_without_the_hours_that_are_never_counted() -> None:
    timeline, values = counts(60, "weekend")
    filled = nobody_outside(counted_week(timeline, values), timeline, values)
    weekend = timeline.dates.day_of_week.to_numpy()[timeline.day] >= 5
    assert np.isfinite(filled[0, weekend]).all()
    assert np.isnan(filled[0, ~weekend]).all()
