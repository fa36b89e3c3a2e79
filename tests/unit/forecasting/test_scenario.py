"""Scenarios: the value and its codec, what they do to a forecast, and what they leave alone."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import forecasting.__main__ as command
from data.area.area import Area, load_area
from data.area.schemas import HOUR, checked
from data.simulator import truth
from forecasting.inputs.history import WEATHER
from forecasting.model.drivers import expectation
from forecasting.model.features import DAYTIME
from forecasting.snapshot.changes.weather import colder_days
from forecasting.snapshot.computing import doubts_of, forecast
from forecasting.snapshot.extrapolation import spread
from forecasting.snapshot.issue import issue
from forecasting.snapshot.scenario_inputs import altered
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import QUANTILES
from forecasting.values.scenario import PRESETS, Scenario
from language import UserError, language
from visuals.words.scenario_sentences import colder_sentence

SATURDAY = datetime(2026, 8, 8)
HARBOUR, NEXT_DOOR = "dr-lelykade", "visafslag"
AT_ONCE = hypothesis_settings(max_examples=25, deadline=None, derandomize=True)


@pytest.fixture(scope="module")
def area() -> Area:
    return load_area("scheveningen")


@pytest.fixture(scope="module")
def snapshot(area: Area) -> Snapshot:
    return issue(area, area.now())


def scenario_of(**fields: object) -> Scenario:
    return Scenario.from_json(json.dumps(fields))


def period(first: int, last: int) -> dict[str, str]:
    """From one hour of Saturday to another."""
    return {
        "start": (SATURDAY + timedelta(hours=first)).isoformat(),
        "end": (SATURDAY + timedelta(hours=last)).isoformat(),
    }


EVENT = {"event_id": "question", "zone_id": HARBOUR, "attendance": 10_000, **period(12, 18)}

numbers = st.floats(-30, 30).map(lambda value: round(value, 1))
periods = st.tuples(st.integers(0, 100), st.integers(1, 60)).map(lambda pair: period(pair[0], sum(pair)))
scenarios = st.builds(
    lambda **fields: Scenario.from_json(json.dumps({name: value for name, value in fields.items() if value})),
    weather=st.one_of(
        st.none(),
        st.builds(lambda preset: {"preset": preset}, st.sampled_from(PRESETS)),
        st.fixed_dictionaries({}, optional={"temp_delta_c": numbers, "rain_mm": st.floats(0, 50)}),
    ),
    events=st.lists(
        st.builds(lambda when, many: {**EVENT, **when, "attendance": many}, periods, st.floats(0, 1e6)), max_size=1
    ),
    school_holiday=st.sampled_from([None, True]),
    closures=st.lists(periods.map(lambda when: {"zone_id": "pier", **when}), max_size=3),
    measures=st.lists(periods.map(lambda when: {"id": "vroeg-komen", **when}), max_size=3),
)


@given(scenarios)
@AT_ONCE
def test_a_scenario_comes_back_from_its_file_and_its_link(scenario: Scenario) -> None:
    assert Scenario.from_json(scenario.to_json(indent=1)).to_json() == scenario.to_json()
    again = Scenario.decode(scenario.encode())
    assert again.to_json() == scenario.to_json()
    assert again.encode() == scenario.encode()
    assert not set("=+/") & set(scenario.encode())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"wheather": {}}', "'wheather'"),
        ('{"weather": {"temp_c": 20, "sunshine": 1}}', "'weather.sunshine'"),
        (
            '{"events": [{"event_id": "a", "zone_id": "pier", "start": "2026-08-08", "end": "2026-08-09"}]}',
            "attendance",
        ),
        ('{"closures": [{"zone_id": "pier", "start": "2026-08-08T12:00", "end": "2026-08-08T11:00"}]}', "after start"),
        ('{"weather": {"preset": "stranddag", "rain_mm": 1}}', "alone"),
        ('{"weather": {"temp_c": 20, "temp_delta_c": 1}}', "exclude"),
        ('{"closures": [{"zone_id": "pier", "start": 5, "end": 6}]}', "2026-08-08T14:00"),
        ('{"weather": {"temp_c": NaN}}', "temp_c"),
        ('{"version": 2, "dreams": true}', "newer version (2)"),
        ("[]", "not an object"),
        ("{", "JSON"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, named: str) -> None:
    with pytest.raises(UserError, match=re.escape(named)):
        Scenario.from_json(text)


@pytest.mark.parametrize("code", ["", "!", "eyJ2", "é", "a" * 20_000, "bnVsbA", "eyJ2ZXJzaW9uIjo5fQ"])
def test_a_damaged_code_is_one_sentence(code: str) -> None:
    with pytest.raises(UserError):
        Scenario.decode(code)


def test_without_changes_the_forecast_is_the_same(snapshot: Snapshot) -> None:
    plain = forecast(snapshot)
    for scenario in (None, Scenario(), scenario_of(version=1, weather={}, events=[])):
        same = forecast(snapshot, scenario)
        np.testing.assert_array_equal(same.quantiles, plain.quantiles)
        np.testing.assert_array_equal(same.paths, plain.paths)
    assert Scenario().changes_nothing


def _true(area: Area, snapshot: Snapshot, *, warmer: float = 0.0, event: bool = False) -> np.ndarray:
    whole = snapshot.whole_timeline.hours
    frame = pd.DataFrame(snapshot.whole_weather, columns=list(WEATHER)).assign(
        hour=whole.astype(HOUR), cloud_okta=np.nan, origin="forecast"
    )
    frame["temp_c"] += np.where(whole >= snapshot.hours[0], warmer, 0)
    events = snapshot.events
    if event:
        moments = [pd.Timestamp(EVENT[side], tz=area.time_zone).tz_convert("UTC") for side in ("start", "end")]
        row = [EVENT["event_id"], "", HARBOUR, *moments, float(EVENT["attendance"])]
        wished = pd.DataFrame([row], columns=list(events.columns)).astype({"start": HOUR, "end": HOUR})
        events = pd.concat([events, wished], ignore_index=True)
    weather = checked("weather", frame[["hour", *WEATHER, "cloud_okta", "origin"]])
    return truth.expected(area, snapshot.hours, weather=weather, events=events)


def test_eight_degrees_warmer_changes_each_zone_by_the_true_factor(area: Area, snapshot: Snapshot) -> None:
    plain, warm = forecast(snapshot), forecast(snapshot, scenario_of(weather={"temp_delta_c": 8}))
    day = (snapshot.hour_of_day >= DAYTIME[0]) & (snapshot.hour_of_day < DAYTIME[1])
    for row, zone in enumerate(area.zones):
        found, true = (
            np.exp(np.log(after[row, day] / before[row, day]).mean())
            for after, before in (
                (warm.median, plain.median),
                (_true(area, snapshot, warmer=8), _true(area, snapshot)),
            )
        )
        assert found / true == pytest.approx(1, abs=0.2), zone.zone_id
        assert found > (1.5 if zone.kind == "beach" else 1), zone.zone_id


def test_an_event_at_the_harbour_adds_the_true_number_there_and_nowhere_else(area: Area, snapshot: Snapshot) -> None:
    added = forecast(snapshot, scenario_of(events=[EVENT])).median - forecast(snapshot).median
    true = _true(area, snapshot, event=True) - _true(area, snapshot)
    for row, zone_id in enumerate(area.zone_ids):
        if zone_id in (HARBOUR, NEXT_DOOR):
            assert added[row].sum() / true[row].sum() == pytest.approx(1, abs=0.2), zone_id
        else:
            assert abs(added[row]).max() < 0.005 * EVENT["attendance"], zone_id
    far = [row for row, zone_id in enumerate(area.zone_ids) if snapshot.apart[row, area.zone_ids.index(HARBOUR)] > 2000]
    assert len(far) >= 5
    assert (added[far] == 0).all()


def test_an_event_with_the_id_of_a_known_one_replaces_it(snapshot: Snapshot) -> None:
    known = snapshot.events.iloc[0]
    cancelled = {
        "event_id": known["event_id"],
        "zone_id": known["zone_id"],
        "start": known["start"].isoformat(),
        "end": known["end"].isoformat(),
        "attendance": 0,
    }
    less = forecast(snapshot).median - forecast(snapshot, scenario_of(events=[cancelled])).median
    assert less[snapshot.zone_ids.index(known["zone_id"])].max() > 0.2 * known["attendance"]


@given(st.floats(5, 24), st.floats(0.5, 3))
@AT_ONCE
def test_beaches_are_fuller_when_it_is_warmer_in_summer(snapshot: Snapshot, temp: float, more: float) -> None:
    cold, warm = (forecast(snapshot, scenario_of(weather={"temp_c": value})) for value in (temp, temp + more))
    beach = [kind == "beach" for kind in snapshot.zone_kinds]
    assert (warm.median[beach] >= cold.median[beach] * (1 - 1e-9)).all()


@given(
    st.lists(
        st.tuples(st.sampled_from(["pier", "strand-pier", "keizerstraat", "zuiderstrand"]), periods),
        min_size=1,
        max_size=3,
    )
)
@AT_ONCE
def test_closing_zones_keeps_the_totals_and_empties_them(
    snapshot: Snapshot, closures: list[tuple[str, dict[str, str]]]
) -> None:
    plain = forecast(snapshot)
    closed = forecast(snapshot, scenario_of(closures=[{"zone_id": zone, **when} for zone, when in closures]))
    np.testing.assert_allclose(closed.paths.sum(axis=1), plain.paths.sum(axis=1), rtol=1e-4)
    assert (np.diff(closed.quantiles, axis=2) >= 0).all()
    for zone, when in closures:
        start, end = (pd.Timestamp(when[side], tz=closed.time_zone) for side in ("start", "end"))
        here = (closed.local_hours >= start) & (closed.local_hours < end)
        assert (closed.quantiles[closed.zone_ids.index(zone), here] == 0).all()
    untouched = (closed.paths == plain.paths).all(axis=(0, 1))
    np.testing.assert_array_equal(closed.quantiles[:, untouched], plain.quantiles[:, untouched])


def test_people_of_a_closed_zone_go_where_it_is_near_and_there_is_room(snapshot: Snapshot) -> None:
    plain = forecast(snapshot)
    closed = forecast(snapshot, scenario_of(closures=[{"zone_id": "strand-pier", **period(14, 15)}]))
    hour = int(np.flatnonzero((closed.paths != plain.paths).any(axis=(0, 1)))[0])
    more = (closed.paths - plain.paths)[0, :, hour]
    row = snapshot.zone_ids.index("strand-pier")
    expected = expectation(snapshot.drivers)[0][:, hour]
    room = np.maximum(snapshot.room - expected, 0.05 * snapshot.room)
    weight = np.exp(-snapshot.apart[row] / 500) * room
    weight[row] = 0
    others = np.arange(len(more)) != row
    np.testing.assert_allclose(more[others], (-more[row] * weight / weight.sum())[others], rtol=1e-3, atol=0.1)
    assert more[snapshot.zone_ids.index("strand-noord")] > more[snapshot.zone_ids.index("zuiderstrand")] > 0


@pytest.mark.parametrize("measure", ["borden-spreiden", "vroeg-komen", "extra-strandopgang"])
def test_measures_that_move_people_lose_none(snapshot: Snapshot, measure: str) -> None:
    plain = forecast(snapshot)
    taken = forecast(snapshot, scenario_of(measures=[{"id": measure, **period(0, 24)}]))
    np.testing.assert_allclose(taken.paths.sum(axis=(1, 2)), plain.paths.sum(axis=(1, 2)), rtol=1e-5)
    other_days = plain.local_hours.date != SATURDAY.date()
    np.testing.assert_array_equal(taken.quantiles[:, other_days], plain.quantiles[:, other_days])
    assert abs(taken.median - plain.median).max() > 10


def test_the_range_of_a_measure_is_carried_into_the_paths(snapshot: Snapshot) -> None:
    plain = forecast(snapshot)
    taken = forecast(snapshot, scenario_of(measures=[{"id": "strandweg-autovrij", **period(0, 24)}]))
    row, hour = (
        snapshot.zone_ids.index("strand-midden"),
        int(np.flatnonzero(plain.local_hours.date == SATURDAY.date())[14]),
    )
    factors = taken.paths[:, row, hour] / plain.paths[:, row, hour]
    assert factors.min() == pytest.approx(0.82, abs=0.02)
    assert factors.max() == pytest.approx(0.97, abs=0.02)
    assert np.median(factors) == pytest.approx(0.90, abs=0.01)
    assert abs(np.corrcoef(factors, plain.paths[:, row, hour])[0, 1]) < 0.25, "unrelated to the forecast's own errors"
    assert taken.parts["measure"][row, hour] == pytest.approx(0.90, abs=0.001)


def test_without_a_change_quantiles_of_paths_are_those_of_the_forecast(snapshot: Snapshot) -> None:
    """What measures rely on: the paths hold the quantiles of the forecast."""
    plain = forecast(snapshot)
    of_paths = np.quantile(plain.paths, QUANTILES, axis=0, method="hazen").transpose(1, 2, 0)
    np.testing.assert_allclose(of_paths, plain.quantiles, rtol=0.02, atol=2)


def test_implausible_wishes_are_named_and_widen_the_interval(area: Area, snapshot: Snapshot) -> None:
    plain = forecast(snapshot)
    hot, huge = scenario_of(weather={"temp_c": 40}), scenario_of(events=[{**EVENT, "attendance": 500_000}])
    assert [doubt.beyond for doubt in doubts_of(snapshot, hot)] == ["warm"]
    assert [doubt.beyond for doubt in doubts_of(snapshot, huge)] == ["event"]
    assert not doubts_of(snapshot, scenario_of(weather={"temp_c": 24}, events=[EVENT]))
    for scenario in (hot, huge):
        strange = forecast(snapshot, scenario)
        ratio = [f.quantile(0.9) / np.maximum(f.quantile(0.1), 1) for f in (strange, plain)]
        row = snapshot.zone_ids.index(HARBOUR)
        hour = int(np.flatnonzero(plain.local_hours == pd.Timestamp(SATURDAY, tz=area.tz) + pd.Timedelta(hours=15))[0])
        assert ratio[0][row, hour] > 1.3 * ratio[1][row, hour]
        assert (np.diff(strange.quantiles, axis=2) >= 0).all()


@pytest.mark.parametrize(("times", "wide"), [(1.5, 1 + np.log2(1.5)), (100, 2.0)])
def test_an_interval_becomes_wider_with_the_wish_and_at_most_twice_as_wide(
    snapshot: Snapshot, times: float, wide: float
) -> None:
    seen = snapshot.seen.attendance
    scenario = scenario_of(events=[{**EVENT, "attendance": round(times * seen)}])
    found = spread(snapshot, altered(snapshot, scenario), scenario)
    assert found.max() == pytest.approx(wide, abs=1e-3)
    assert found.min() == 1
    plain, strange = forecast(snapshot), forecast(snapshot, scenario)
    low, high = (np.log(strange.quantile(q) + 1) for q in (0.1, 0.9))
    narrow = np.log(plain.quantile(0.9) + 1) - np.log(plain.quantile(0.1) + 1)
    assert np.nanmax((high - low) / np.maximum(narrow, 0.2)) <= wide + 0.01


def test_what_is_forecast_anyway_is_no_doubt_about_a_wish(snapshot: Snapshot) -> None:
    """The practice week itself is warmer than the models have seen: a cooler wish need not be warned about."""
    assert not doubts_of(snapshot, scenario_of(weather={"preset": "buiig"}))
    warmer = doubts_of(snapshot, scenario_of(weather={"temp_delta_c": 1}))
    assert [doubt.beyond for doubt in warmer] == ["warm"]


def test_forty_degrees_in_january_is_more_than_was_seen_then(area: Area) -> None:
    winter = issue(area, datetime(2027, 1, 10, 8, tzinfo=area.tz))
    found = doubts_of(winter, scenario_of(weather={"temp_c": 40}))
    assert [doubt.beyond for doubt in found] == ["warm"]
    assert found[0].seen < 20
    assert [doubt.beyond for doubt in doubts_of(winter, scenario_of(weather={"temp_c": 22}))] == ["warm"]


def test_the_school_holiday_can_be_taken_away(snapshot: Snapshot) -> None:
    plain, without = forecast(snapshot), forecast(snapshot, scenario_of(school_holiday=False))
    assert without.median.sum() < 0.95 * plain.median.sum()
    np.testing.assert_allclose(forecast(snapshot, scenario_of(school_holiday=True)).median, plain.median)


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"events": [{**EVENT, "zone_id": "atlantis"}]}, "atlantis"),
        ({"closures": [{"zone_id": "atlantis", **period(1, 2)}]}, "atlantis"),
        ({"measures": [{"id": "magic", **period(1, 2)}]}, "magic"),
    ],
)
def test_what_the_area_has_not_got_is_named(snapshot: Snapshot, wish: dict[str, object], named: str) -> None:
    with pytest.raises(UserError, match=named):
        forecast(snapshot, scenario_of(**wish))


def test_not_all_zones_can_be_closed(snapshot: Snapshot) -> None:
    everything = [{"zone_id": zone, **period(1, 3)} for zone in snapshot.zone_ids]
    with pytest.raises(UserError, match="all places"):
        forecast(snapshot, scenario_of(closures=everything))


def test_the_command_line_prints_the_scenario(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    file, scenario = tmp_path / "scenario.json", scenario_of(weather={"preset": "stranddag"}, events=[EVENT])
    file.write_text(scenario.to_json(indent=1))
    assert command.main(["forecast", "--area", "scheveningen", "--scenario", str(file)]) == 0
    assert capsys.readouterr().out == forecast(snapshot, scenario).csv()
    file.write_text('{"weather": {"temp_c": 20}, "whether": {}}')
    assert command.main(["forecast", "--area", "scheveningen", "--scenario", str(file)]) == 2
    assert "'whether'" in capsys.readouterr().err


def test_a_beach_day_says_of_which_days_it_is_colder_and_those_only(snapshot: Snapshot) -> None:
    told = colder_days(snapshot, scenario_of(weather={"preset": "stranddag"}))
    assert told
    for day, (was, wished) in told.items():
        of_day = (snapshot.dates.date[snapshot.day] == day) & np.isin(snapshot.hour_of_day, range(10, 18))
        assert was == pytest.approx(float(snapshot.weather[of_day, 0].mean()))
        assert was > wished == 26
    warmest = max(was for was, _ in told.values())
    assert colder_days(snapshot, scenario_of(weather={"temp_c": warmest + 1})) == {}
    assert colder_days(snapshot, scenario_of(weather={"temp_delta_c": -3})) == {}
    said = colder_sentence(told, language("nl"))
    assert f"({round(warmest)} °C)" in said
    assert "26 °C. Daarom kan het dan minder druk worden" in said
    assert colder_sentence({}, language("nl")) == ""
