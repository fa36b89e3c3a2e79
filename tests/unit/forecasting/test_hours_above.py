"""Hours at or above a level: of the sample paths, of the last Saturday as counted, of the next one as expected."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area, load_area
from data.consent import gate
from forecasting.inputs.saturdays import Day, last_saturday, next_saturday, usual_counts
from forecasting.meaning.hours_above import hours_above
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import obtain
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import UserError
from tests.unit.visuals.conftest import Make

AREA = load_area("scheveningen")
CUTOFF = AREA.now().astimezone(UTC)


@pytest.fixture(scope="module", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
    yield
    patch.undo()


def test_hours_are_counted_in_each_path() -> None:
    shown = forecast(obtain(AREA, CUTOFF, 168))
    zone_thresholds = Thresholds({zone: ZoneThresholds(200, 1000, 5000, "chosen") for zone in AREA.zone_ids})
    for level in (1, 2, 3):
        found = hours_above(shown, zone_thresholds, level)
        assert found
        for one in found:
            z = shown.zone_ids.index(one.zone_id)
            hours = (shown.paths[:, z] >= (200, 1000, 5000)[level - 1]).sum(axis=1)
            assert one.low <= one.middle <= one.high
            assert (hours <= one.low).mean() >= 0.1
            assert (hours < one.high).mean() <= 0.9
            assert one.chance == pytest.approx((hours > 0).mean())


def test_the_last_saturday_is_the_one_that_was_counted() -> None:
    day = last_saturday(AREA, CUTOFF)
    assert day is not None
    assert day.counted
    assert day.date.isoformat() == "2026-08-01"
    assert list(day.hours.hour) == list(range(24))
    counts = gate.read(
        AREA, "counts", day.hours[0].to_pydatetime(), (day.hours[-1] + pd.Timedelta("1h")).to_pydatetime()
    )
    there = counts[counts["zone_id"] == "pier"].sort_values("hour")["count"].to_numpy()
    np.testing.assert_array_equal(day.of("pier"), there)
    for moment, expected in (("2026-08-08T23:59+02:00", "2026-08-01"), ("2026-08-09T00:00+02:00", "2026-08-08")):
        found = last_saturday(AREA, datetime.fromisoformat(moment))
        assert found is not None
        assert found.date.isoformat() == expected


def test_the_next_saturday_is_as_expected() -> None:
    shown = forecast(obtain(AREA, CUTOFF, 168))
    day = next_saturday(shown)
    assert day is not None
    assert not day.counted
    assert day.date.isoformat() == "2026-08-08"
    assert day.of("pier").max() == shown.median[shown.zone_ids.index("pier")][shown.local_hours.date == day.date].max()
    assert next_saturday(forecast(obtain(AREA, CUTOFF, 24))) is None


def test_hours_of_ten_paths_at_three_levels(make: Make, coast: Area) -> None:
    """The first path has no hour at the threshold, the second one, and so on; another zone is never counted."""
    made = make(coast, hours=24, unknown=("strand",))
    paths = np.full((10, len(coast.zones), 24), 0.0)
    for number in range(10):
        paths[number, 1:, :number] = 20.0
    paths[9, 1:, 20:23] = 30.0
    limits = Thresholds({zone: ZoneThresholds(10, 20, 30, "chosen") for zone in coast.zone_ids})
    shown = replace(made, paths=paths)
    yellow, orange, red = (hours_above(shown, limits, level) for level in (1, 2, 3))
    assert [one.zone_id for one in orange] == ["pier", "kade", "plein"]
    pier = orange[0]
    assert (pier.low, pier.middle, pier.high, pier.chance) == (0, 4, 8, 0.9)
    assert yellow == orange
    assert (red[0].low, red[0].middle, red[0].high, red[0].chance) == (0, 0, 0, 0.1)


def test_levels_of_a_day() -> None:
    hours = pd.date_range("2026-08-01", periods=5, freq="h", tz="Europe/Amsterdam")
    day = Day(("pier",), hours, np.array([[0.0, 10, 20, 30, np.nan]]), counted=True)
    assert day.levels("pier", (10, 20, 30)).tolist() == [0, 1, 2, 3, -1]


def test_a_source_that_was_not_approved_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(area: Area, *_: object) -> None:
        raise UserError("Area {area} has no counts. Add them first.", area=area.id)

    assert 0.95 * 365 * 14 < len(usual_counts(AREA, CUTOFF)["pier"]) <= 365 * 14
    monkeypatch.setattr(gate, "read", refuse)
    assert last_saturday(AREA, CUTOFF) is None
    assert usual_counts(AREA, CUTOFF) == {}
