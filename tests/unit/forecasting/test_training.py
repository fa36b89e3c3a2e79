"""The models that ship: small, whole, and what training gives again."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.area.area import load_area
from data.keeping.home import SHIPPED
from forecasting.model.area_model import fit_area_model
from forecasting.model.residuals import AHEAD, APART_DAYS, plan_origins
from forecasting.training.model_files import load_models
from forecasting.training.training import known_history, zone_series
from forecasting.training.zone_fit import HEADROOM, fit_until, fit_zone


@pytest.fixture(autouse=True)
def only_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def test_shipped_models_are_small_and_complete() -> None:
    area = load_area("scheveningen")
    models = load_models(area)
    assert tuple(zone.zone_id for zone in models.zones) == area.zone_ids
    assert all(zone.kind == "prophet" for zone in models.zones)
    assert models.until <= area.now()
    assert models.past.errors.shape == (len(area.zones), 60, 168)
    assert np.isfinite(models.past.errors).mean() > 0.9
    assert models.mix.trees is not None
    assert set(models.thresholds(area).zones) == set(area.zone_ids)
    sizes = {file.name: file.stat().st_size for file in (SHIPPED / area.id / "models").iterdir()}
    assert max(size for name, size in sizes.items() if not name.startswith("_")) <= 20_000
    assert sum(sizes.values()) <= 2_500_000


def test_shipped_model_is_what_training_gives() -> None:
    area = load_area("scheveningen")
    models = load_models(area)
    history = known_history(area, models.until)
    model = fit_area_model(history)
    assert model.events.shares == pytest.approx(models.area_model.events.shares, abs=1e-3)
    assert model.hour_effects == pytest.approx(models.area_model.hour_effects, abs=1e-3)
    assert (history.timeline.hours[plan_origins(history, model).index] == models.past.moments).all()

    zone = models.zones[3]
    series = zone_series(history, model)[zone.zone_id]
    fitted, profile = fit_until(series, len(series.timeline.hours))
    days = slice(-200, None)
    again = fitted.predict(series.calendar, series.weather, series.timeline)[days]
    shipped = zone.day_model.predict(series.calendar, series.weather, series.timeline)
    assert again == pytest.approx(shipped[days], abs=0.02)
    assert profile == pytest.approx(zone.profile, abs=1e-4)


def test_a_day_as_hot_and_busy_as_any_that_was_counted_may_be_expected() -> None:
    """Models are learned in mean weather; how busy a day may be at most is said in the weather that came."""
    area = load_area("scheveningen")
    until = load_models(area).until
    history = known_history(area, until, days=500)
    model = fit_area_model(history)
    series, counted = zone_series(history, model), model.without_events(history)
    for zone_id in ("strand-pier", "keizerstraat"):
        days = history.timeline.cube(counted[[area.zone_ids.index(zone_id)]])[0]
        busiest = np.nansum(days, axis=1).max()
        calm = np.nansum(history.timeline.cube(series[zone_id].ordinary[None])[0], axis=1).max()
        assert fit_zone(series[zone_id], "").cap >= np.log1p(busiest) + HEADROOM - 0.15
        assert (zone_id == "strand-pier") == (calm < busiest / 2)


def test_each_origin_knows_the_weather_of_all_days_it_looks_ahead() -> None:
    """Where clocks go forward 168 hours touch eight days; an origin whose week ends the history knows of seven."""
    area = load_area("scheveningen")
    spring = (pd.Timestamp("2026-03-29") - pd.Timestamp(0)).days
    last = next(day for day in range(spring + 30, spring + 40) if day % APART_DAYS == 0)
    until = (pd.Timestamp(0) + pd.Timedelta(days=last + 7)).tz_localize(area.tz)
    history = known_history(area, until.to_pydatetime(), days=150)
    origins = plan_origins(history, fit_area_model(history))
    assert origins.index[-1] + AHEAD == len(history.timeline.hours)
    touched = [int(history.timeline.part(slice(i, i + AHEAD)).day[-1]) + 1 for i in origins.index]
    assert max(touched) == 8
    assert origins.days.shape[1] >= max(touched)
