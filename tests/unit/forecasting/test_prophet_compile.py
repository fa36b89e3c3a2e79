"""Compiled day models give what Prophet gives."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from forecasting.model.day_model import DayModel, compile_prophet, fit_prophet, fit_simple, training_frame
from forecasting.model.features import WEATHER_FEATURES, design
from forecasting.values.timeline import Timeline

TZ = ZoneInfo("Europe/Amsterdam")


def calendar(first: str, last: str) -> pd.DataFrame:
    index = pd.date_range(first, last, freq="D", name="day", unit="us")
    public = np.where(index.strftime("%m-%d") == "04-27", "King's Day", "")
    public = np.where(index.strftime("%m-%d") == "12-25", "Christmas Day", public)
    school = np.where((index.month == 8), "Summer Holiday", "")
    return pd.DataFrame(
        {
            "weekday": index.day_of_week,
            "public_holiday": public,
            "school_holiday": school,
            "visitor_holiday": index.month == 7,
        },
        index=index,
    )


def made_up(first: str, last: str, seed: int) -> tuple[Timeline, np.ndarray, np.ndarray]:
    timeline = Timeline.between(pd.Timestamp(first, tz=TZ), pd.Timestamp(last, tz=TZ), TZ)
    rng = np.random.default_rng(seed)
    h = len(timeline.hours)
    year = np.sin(2 * np.pi * (timeline.dates.day_of_year.to_numpy() - 110) / 365.25)[timeline.day]
    temp = 11 + 9 * year + np.repeat(rng.normal(0, 3, h // 24 + 2), 24)[:h]
    weather = np.stack([temp, rng.gamma(0.1, 2, h), rng.gamma(4, 1.5, h), rng.uniform(0, 1, h)], axis=1)
    days = len(timeline.dates)
    day_temp = np.bincount(timeline.day, temp) / np.bincount(timeline.day)
    weekend = timeline.dates.day_of_week >= 5
    log_total = 7 + 0.1 * weekend + 0.05 * np.maximum(day_temp - 17, 0) + rng.normal(0, 0.1, days)
    return timeline, weather, np.expm1(log_total)


@pytest.mark.parametrize(
    ("first", "last", "with_weather"), [("2023-11-01", "2026-01-01", True), ("2025-03-01", "2025-09-20", False)]
)
def test_compiled_is_prophets_prediction(first: str, last: str, with_weather: bool) -> None:
    timeline, weather, totals = made_up(first, last, seed=3)
    whole = calendar("2023-01-01", "2027-12-31")
    totals[10:14] = np.nan
    model = fit_prophet(training_frame(totals, whole, weather if with_weather else None, timeline), whole)
    compiled = compile_prophet(model)

    later, its_weather, _ = made_up(last, "2026-12-31", seed=8)
    asked = pd.DataFrame({"ds": later.dates})
    if with_weather:
        asked[list(WEATHER_FEATURES)] = design(WEATHER_FEATURES, whole, its_weather, later)
    expected = model.predict(asked)["yhat"].to_numpy()
    found = compiled.predict(whole, its_weather, later)

    assert found == pytest.approx(expected, rel=1e-6)
    assert any(name.startswith("weather:") for name in compiled.names) is with_weather
    special = [name for name in compiled.names if name.startswith("holiday:")]
    assert special
    days_off = [name for name in special if "Holiday" in name or "Day" in name]
    assert np.ptp(design(tuple(days_off), whole, None, later), axis=0).max() == 1


def test_unfitted_model_is_refused() -> None:
    from prophet import Prophet

    with pytest.raises(ValueError, match="not been fitted"):
        compile_prophet(Prophet())


def test_short_history_gives_level_and_weekday() -> None:
    timeline, _, _ = made_up("2025-03-03", "2025-04-14", seed=1)
    totals = np.where(timeline.dates.day_of_week == 5, 2000.0, 1000.0)
    model = fit_simple(totals, calendar("2025-02-01", "2025-05-01"), timeline)
    total = np.expm1(model.predict(calendar("2025-02-01", "2025-05-01"), None, timeline))
    assert total[timeline.dates.day_of_week == 5].min() > 1.3 * total[timeline.dates.day_of_week == 2].max()


def test_zone_without_counts_is_unknown() -> None:
    timeline, _, totals = made_up("2025-03-03", "2025-04-14", seed=1)
    model = fit_simple(np.full_like(totals, np.nan), calendar("2025-02-01", "2025-05-01"), timeline)
    assert isinstance(model, DayModel)
    assert np.isnan(model.predict(calendar("2025-02-01", "2025-05-01"), None, timeline)).all()
